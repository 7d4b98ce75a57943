//! What points say of a guess.

use super::{run, runs, state};
use crate::sweep::{Judgement, MapRun, map_verdict};
use Judgement::{Open, Right, Wrong};

/// What the runs say of each of the three guesses of a lab.
fn judged(lab: &str, runs: &[MapRun]) -> [(Judgement, String); 3] {
    [0, 1, 2].map(|guess| {
        let verdict = map_verdict(state(lab, runs.to_vec(), Some(guess))).unwrap();
        (verdict.state, verdict.text)
    })
}

fn states(lab: &str, runs: &[MapRun]) -> [Judgement; 3] {
    judged(lab, runs).map(|(state, _)| state)
}

/// Runs of free play, whose guesses are: fall; rise; fall, then rise.
fn playground(points: &[(f64, f64)], seed: u32) -> Vec<MapRun> {
    runs("keep_prob", "test_error", points, seed)
}

#[test]
fn a_trend_is_told_with_its_ends_and_where_it_turns() {
    let valley = playground(&[(0.1, 0.861), (0.4, 0.168), (0.7, 0.21), (1.0, 0.295)], 0);
    let [fall, _, turn] = judged("playground", &valley);
    let numbers =
        "86.1\u{202f}% at p = 0.1, least at p = 0.4 (16.8\u{202f}%), 29.5\u{202f}% at p = 1.";
    assert_eq!(turn, (Right, format!("Right: {numbers}")));
    assert_eq!(fall, (Wrong, format!("No, it falls, then rises: {numbers}")));
    // what lies beyond the range that is asked about says nothing of it
    let beyond = [&valley[..], &playground(&[(0.05, 0.95)], 0)].concat();
    assert_eq!(judged("playground", &beyond)[2], (Right, format!("Right: {numbers}")));
    let falls = playground(&[(0.1, 0.9), (0.5, 0.5), (1.0, 0.1)], 0);
    assert_eq!(states("playground", &falls), [Right, Wrong, Wrong]);
    let rises = playground(&[(0.1, 0.1), (0.5, 0.12), (1.0, 0.4)], 0);
    assert_eq!(states("playground", &rises), [Wrong, Right, Wrong]);
    let hill = playground(&[(0.1, 0.1), (0.5, 0.6), (1.0, 0.2)], 0);
    let [(state, text), ..] = judged("playground", &hill);
    assert_eq!(state, Wrong);
    assert!(text.starts_with("No, it rises, then falls: 10.0"), "{text}");
}

#[test]
fn too_few_runs_leave_it_open_and_say_where_more_are_wanted() {
    let no_end = playground(&[(0.3, 0.2), (0.5, 0.2), (0.7, 0.22), (1.0, 0.3)], 0);
    let [(state, text), ..] = judged("playground", &no_end);
    assert_eq!((state, text.as_str()), (Open, "Not clear yet: it takes a run at p = 0.1."));
    let ends = playground(&[(0.1, 0.9), (1.0, 0.3)], 0);
    assert_eq!(states("playground", &ends), [Open; 3]);
    let [(_, text), ..] = judged("playground", &[]);
    assert_eq!(text, "Not clear yet: it takes runs at p = 0.1 and p = 1.");
    let no_guess = map_verdict(state_of_none()).unwrap();
    assert_eq!(no_guess.state, Open);
}

fn state_of_none() -> crate::sweep::MapState {
    state("playground", Vec::new(), None)
}

/// A dip no deeper than one run differs from the next is no valley, and no reason to say there is none.
#[test]
fn differences_within_the_spread_leave_it_open() {
    let shallow = [(0.1, 0.30), (0.5, 0.25), (1.0, 0.36)];
    assert_eq!(states("playground", &playground(&shallow, 0)), [Open; 3]);
    // Eight seeds that agree make it clear.
    let many: Vec<MapRun> = (0..8).flat_map(|seed| playground(&shallow, seed)).collect();
    assert_eq!(states("playground", &many), [Wrong, Wrong, Right]);
    // Eight that contradict each other do not.
    let wild = |seed: u32| shallow.map(|(x, y)| (x, y + 0.15 * f64::from(seed % 2) - 0.075));
    let many: Vec<MapRun> = (0..8).flat_map(|seed| playground(&wild(seed), seed)).collect();
    assert_eq!(states("playground", &many), [Open; 3]);
}

/// A run made by hand and by the fill-in is one run.
#[test]
fn a_run_that_is_there_twice_counts_once() {
    let shallow = playground(&[(0.1, 0.30), (0.5, 0.25), (1.0, 0.36)], 0);
    let again = |filled: bool| shallow.iter().cloned().map(move |run| MapRun { filled, ..run });
    let eight: Vec<MapRun> = (0..8).flat_map(|i| again(i % 2 == 0)).collect();
    assert_eq!(states("playground", &eight), [Open; 3]);
}

#[test]
fn a_quotient_follows_the_settings() {
    let formula = |n: f64, points: &[(f64, f64)]| -> Vec<MapRun> {
        let one = |&(c, error): &(f64, f64)| {
            run(&[("n_members", n), ("covariance", c)], &[("measured", error)])
        };
        points.iter().map(one).collect()
    };
    // By the formula: ten predictors, three, and two.
    let ten = formula(10.0, &[(0.0, 0.1), (0.5, 0.55)]);
    assert_eq!(states("ensemble_formula", &ten), [Wrong, Wrong, Right]);
    let three = formula(3.0, &[(0.0, 1.0 / 3.0), (0.5, 2.0 / 3.0)]);
    assert_eq!(states("ensemble_formula", &three), [Wrong, Right, Wrong]);
    let two = formula(2.0, &[(0.0, 0.5), (0.5, 0.75)]);
    assert_eq!(states("ensemble_formula", &two), [Right, Wrong, Wrong]);
    let [_, (_, text), _] = judged("ensemble_formula", &two);
    assert_eq!(text, "No, it rises by half: 0.5 at c = 0, 0.75 at c = 0.5.");
}

/// y = x^s is multiplied by 16^s where x is multiplied by 16.
#[test]
fn a_slope_on_axes_of_ratios_is_told_as_what_sixteen_times_as_many_leave() {
    let law = |slope: f64| {
        let points = [1.0f64, 4.0, 16.0, 64.0].map(|k| (k, 0.2 * k.powf(slope)));
        let many = (0..3).flat_map(|seed| runs("copies", "distance_copies_rms", &points, seed));
        many.collect::<Vec<_>>()
    };
    assert_eq!(states("l2_noise", &law(-0.25)), [Right, Wrong, Wrong]);
    assert_eq!(states("l2_noise", &law(-0.5)), [Wrong, Right, Wrong]);
    assert_eq!(states("l2_noise", &law(-1.0)), [Wrong, Wrong, Right]);
    let [_, (_, text), _] = judged("l2_noise", &law(-0.5));
    let numbers = "20.0\u{202f}% at K = 1 and 2.5\u{202f}% at K = 64";
    let left = "so that 16 times as many leave 25\u{202f}% of it.";
    assert_eq!(text, format!("Right: {numbers}, {left}"));
}

/// Errors that fall in a straight line against the logarithm of n, and reach 2 % at this many examples.
#[test]
fn how_many_times_as_many_it_takes_is_where_one_curve_comes_down_to_the_other() {
    let meeting = |there: f64| -> Vec<MapRun> {
        let dense = |n: f64| 0.02 + 0.2 * (there / n).ln();
        let one = |n: f64| {
            let errors = [("test_error_shared", 0.02), ("test_error_dense", dense(n))];
            (0..5).map(move |seed| run(&[("n_train", n), ("seed", f64::from(seed))], &errors))
        };
        [50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0].into_iter().flat_map(one).collect()
    };
    assert_eq!(states("weight_sharing_cnn", &meeting(250.0)), [Right, Wrong, Wrong]);
    assert_eq!(states("weight_sharing_cnn", &meeting(1000.0)), [Wrong, Right, Wrong]);
    assert_eq!(states("weight_sharing_cnn", &meeting(4000.0)), [Wrong, Wrong, Right]);
    // Not beyond what was run: at 1,000 it might come down right after.
    let short: Vec<MapRun> = meeting(4000.0).into_iter().take(25).collect();
    assert_eq!(states("weight_sharing_cnn", &short), [Wrong, Open, Open]);
}

#[test]
fn a_gap_closes_stays_or_opens() {
    let gaps = |first: f64, last: f64| -> Vec<MapRun> {
        let one = |(n, gap): (f64, f64)| {
            let errors = [("test_error_scratch", 0.2 + gap), ("test_error_pretrained", 0.2)];
            (0..4).map(move |seed| run(&[("n_labels", n), ("seed", f64::from(seed))], &errors))
        };
        [(10.0, first), (1000.0, last)].into_iter().flat_map(one).collect()
    };
    assert_eq!(states("pre_training_unsupervised", &gaps(0.2, 0.0)), [Wrong, Wrong, Right]);
    assert_eq!(states("pre_training_unsupervised", &gaps(0.2, 0.2)), [Wrong, Right, Wrong]);
    assert_eq!(states("pre_training_unsupervised", &gaps(0.2, 0.5)), [Right, Wrong, Wrong]);
    // Of a gap that is not there, nothing can be said to be left.
    assert_eq!(states("pre_training_unsupervised", &gaps(0.01, 0.0)), [Open; 3]);
}

/// Of several curves, those of what is looked at now are judged.
#[test]
fn only_the_curve_that_is_looked_at_is_judged() {
    let of = |diversity: &str, last: f64| -> Vec<MapRun> {
        let mut both = runs("n_members", "share", &[(1.0, 1.0), (30.0, last)], 0);
        for run in &mut both {
            let crate::value::Value::Record(fields) = &mut run.params else { panic!("settings") };
            fields.push(("diversity".into(), crate::value::Value::Text(diversity.into())));
        }
        both
    };
    let mut mixed = of("identical", 1.0);
    mixed.extend(of("seed", 0.7));
    assert_eq!(states("ensembles", &mixed), [Wrong, Right, Wrong]);
    mixed.extend(of("identical", 1.0));
    assert_eq!(states("ensembles", &mixed), [Wrong, Wrong, Right]);
}

/// One run of this lab has measured all keep probabilities.
#[test]
fn networks_trained_beside_a_run_are_on_its_map() {
    let errors = [0.8, 0.4, 0.3, 0.2, 0.05, 0.0];
    let keys = [10, 20, 30, 50, 70, 100].map(|p| format!("train_error_{p}"));
    let measured: Vec<(&str, f64)> = keys.iter().map(String::as_str).zip(errors).collect();
    let alone = run(&[("keep_prob", 0.5)], &measured);
    assert_eq!(states("dropout", &[alone]), [Right, Wrong, Wrong]);
}

/// From where a curve has not yet come down to where it has: both are told.
#[test]
fn what_a_curve_takes_to_come_down_is_told_from_both_sides() {
    let runs = [(50.0, 5.0), (500.0, 0.1), (1000.0, 0.005)].into_iter().flat_map(|(n, scratch)| {
        let measured = [("test_error_scratch", scratch), ("test_error_pretrained", 0.01)];
        (0..3).map(move |seed| run(&[("n_labels", n), ("seed", f64::from(seed))], &measured))
    });
    let verdict = map_verdict(state("pre_training_supervised", runs.collect(), Some(2))).unwrap();
    assert_eq!(
        verdict.text,
        "Right: 1.0 % at n = 50 (pre-trained), 10.0 % at n = 500 and 0.5 % at n = 1,000 (from scratch)."
            .replace(" %", "\u{202f}%")
    );
}
