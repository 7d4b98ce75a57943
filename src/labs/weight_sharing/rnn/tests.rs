use super::*;
use crate::figure::{Body, Edge};
use crate::lab::Run;

fn run(query: &str) -> Run {
    let settings = Settings::from_query(PARAMETERS, query).unwrap();
    let mut run = Run::new(&WEIGHT_SHARING_RNN, settings).unwrap();
    run.step(run.progress().of).unwrap();
    run
}

fn metrics<const N: usize>(run: &Run, keys: [&str; N]) -> [f64; N] {
    let all = run.metrics();
    keys.map(|wanted| all.iter().find(|(key, _)| *key == wanted).unwrap().1)
}

#[test]
fn parameters_by_hand() {
    // 6 x (6 + 1 + 1) at one step or at each of ten, and 6 weights and a bias for the answer.
    let counts = metrics(&run("steps=1"), ["parameters_shared", "parameters_unshared"]);
    assert_eq!(counts, [55.0, 487.0]);
}

#[test]
fn a_tied_gradient_is_the_sum_over_the_steps() {
    for weight in [1, 8, 40] {
        let run = run(&format!("steps=30&weight={weight}"));
        let [sum, tied, gap] = metrics(&run, ["gradient_sum", "gradient_tied", "gradient_gap"]);
        assert!(gap <= 1e-12 && (sum - tied).abs() <= 1e-12 * tied.abs().max(1e-3), "{gap}");
    }
}

#[test]
fn the_answer_shown_after_the_last_step_is_the_networks() {
    let settings = Settings::from_query(PARAMETERS, "steps=40&test_length=14").unwrap();
    let mut lab = Rnn::new(&settings).unwrap();
    (0..40).for_each(|_| lab.step().unwrap());
    let shown = lab.shown();
    for (network, course) in lab.networks.iter().zip(&shown.courses) {
        let short = network.predict(&shown.x[..10]).unwrap()[0];
        let long = network.with_steps(14).unwrap().predict(&shown.x).unwrap()[0];
        assert!((course.y_hat[9] - short).abs() < 1e-5, "{} {short}", course.y_hat[9]);
        assert!((course.y_hat[13] - long).abs() < 1e-5, "{} {long}", course.y_hat[13]);
    }
}

/// Between states from the second step on, on x at every step, whatever part of time is drawn.
#[test]
fn a_tied_weight_is_drawn_at_every_step_and_others_once() {
    let cases = [
        ("shared", 1, 10, 9),
        ("shared", 1, 17, 10),
        ("shared", 37, 10, 10),
        ("unshared", 1, 10, 1),
    ];
    for (network, weight, time, times) in cases {
        let query = format!("steps=2&network={network}&weight={weight}&time={time}");
        let Body::Network(drawing) = run(&query).figure("network").unwrap().body else {
            panic!("a network")
        };
        let lit = drawing.edges.iter().filter(|edge| edge.group == drawing.lit);
        assert_eq!(lit.count(), times, "{query}");
        let pick = drawing.picks.unwrap();
        let picked = 1 + drawing.lit.unwrap() % pick.count;
        assert_eq!((pick.parameter.as_str(), picked), ("weight", weight));
        let tied = |edge: &&Edge| {
            drawing.ties.iter().any(|tie| edge.group.is_some_and(|g| tie.groups.contains(&g)))
        };
        let within = drawing.edges.iter().filter(|edge| edge.layer < 10);
        let shared = if network == "shared" { within.clone().count() } else { 0 };
        assert_eq!(within.filter(tied).count(), shared, "{query}");
    }
}

#[test]
fn started_alike_both_are_the_same_function_at_first() {
    let settings = Settings::from_query(PARAMETERS, "same_start=true").unwrap();
    let run = Run::new(&WEIGHT_SHARING_RNN, settings).unwrap();
    let errors = metrics(&run, ["long_error_shared", "long_error_unshared"]);
    assert_eq!(errors[0], errors[1]);
}
