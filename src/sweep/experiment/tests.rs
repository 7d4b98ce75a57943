//! What is said of experiments, against numbers worked out by hand.

use super::*;
use crate::figure::{Body, Cell, Chart, LineStyle, Mark, Role, Scale};
use crate::sweep::report::Ended;
use std::collections::BTreeMap;

fn experiment(lab: &str, x: &str, curves: &str, metrics: &[&str]) -> Experiment {
    let wanted = |key: &&str| Wanted { key: key.to_string(), role: None, run: None, name: None };
    Experiment {
        lab: lab.into(),
        x: x.into(),
        curves: curves.into(),
        metrics: metrics.iter().map(wanted).collect(),
        seeds: "4".into(),
        set: String::new(),
        base: String::new(),
        title: None,
        axis: None,
        bars: Bars::StandardError,
        each: false,
    }
}

/// Cells that have ended, with what one metric was.
fn ended(key: &str, runs: &[(&str, Option<&str>, u32, f64)]) -> Vec<Ended> {
    let one = |(x, curve, seed, value): &(&str, Option<&str>, u32, f64)| Ended {
        x: x.to_string(),
        curve: curve.map(str::to_string),
        seed: *seed,
        query: String::new(),
        metrics: BTreeMap::from([(key.to_string(), *value)]),
        error: None,
    };
    runs.iter().map(one).collect()
}

fn chart(found: &Found) -> &Chart {
    let Body::Chart(chart) = &found.figure.body else { panic!("a chart") };
    chart
}

#[test]
fn the_cells_are_those_of_the_plan_and_all_is_said_in_words() {
    let mut asked = experiment("dropout", "keep_prob=0.2..0.4:0.2", "units:16,32", &["test_error"]);
    asked.base = "v=1&units=8&n_train=100&looked_at=3&seed=9&steps=20".into();
    asked.set = "compare=false; steps:30".into();
    let planned = asked.planned().unwrap();
    let plan = asked.plan().unwrap();
    let queries: Vec<String> =
        plan.cells().unwrap().iter().map(|cell| cell.settings.query()).collect();
    assert_eq!(planned.cells.iter().map(|cell| cell.query.clone()).collect::<Vec<_>>(), queries);
    assert!(queries[0].contains("keep_prob=0.2&") && queries[0].contains("&units=16&"));
    assert!(queries[0].contains("&looked_at=0&steps=30&seed=0"), "{}", queries[0]);
    assert_eq!(
        planned.told,
        "16 runs: keep probability 0.2, 0.4; units per layer 16, 32; seeds 0 to 3; other keep \
         probabilities no, steps 30 and training examples 100; everything else at the lab’s defaults."
    );
    assert_eq!(
        planned.command,
        "sweep dropout --x keep_prob=0.2..0.4:0.2 --curves units=16,32 --metric test_error --seeds 4 \
         --set compare=false --set steps=30 --set n_train=100"
    );
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let usual = || experiment("dropout", "keep_prob=0.5,1", "", &["test_error"]);
    let refusal = |change: fn(&mut Experiment)| {
        let mut asked = usual();
        change(&mut asked);
        asked.planned().unwrap_err().to_string()
    };
    for (told, start) in [
        (refusal(|e| e.lab = "dropuot".into()), "lab = \"dropuot\""),
        (refusal(|e| e.x = "keep_prob".into()), "x = \"keep_prob\": has no"),
        (refusal(|e| e.x = "keep_prob=0".into()), "keep_prob = 0: must be"),
        (refusal(|e| e.curves = "units=1..x".into()), "curves = \"units=1..x\""),
        (refusal(|e| e.set = "steps".into()), "set = \"steps\": must be like"),
        (refusal(|e| e.set = "keep_prob=1".into()), "keep_prob: is said twice"),
        (refusal(|e| e.seeds = "many".into()), "seeds = \"many\""),
        (refusal(|e| e.metrics[0].key = "tset".into()), "metric = \"tset\""),
        (refusal(|e| e.base = "n_train=x".into()), "n_train = \"x\""),
        (
            refusal(|e| e.seeds = "6000".into()),
            "12,000 runs: a page does at most 10,000. The program",
        ),
        (
            refusal(|e| e.x = "keep_prob=0.1..1:0.0001".into()),
            "36,004 runs: a page does at most 10,000. The program does them: \
             sweep dropout --x keep_prob=0.1..1:0.0001 --metric",
        ),
        (refusal(|e| e.x = "units=1..9000".into()), "36,000 runs"),
        (
            refusal(|e| e.x = "keep_prob=1..200:0.001".into()),
            "x = \"keep_prob=1..200:0.001\": has 199,001 values",
        ),
    ] {
        assert!(told.starts_with(start), "{told}");
    }
}

#[test]
fn means_stand_between_the_bars_that_are_asked_for_whichever_run_ended_first() {
    let mut asked = experiment("dropout", "keep_prob=0.5,1", "", &["test_error"]);
    let runs =
        [("1", None, 0, 0.4), ("0.5", None, 2, 0.3), ("0.5", None, 0, 0.1), ("0.5", None, 1, 0.2)];
    let cells = ended("test_error", &runs);
    let found = asked.found(&cells).unwrap();
    assert_eq!(found.figure.note, "means of 1 to 3 seeds, bars: one standard error");
    let said = format!(
        "Test error against keep probability: means of 1 to 3 seeds, bars: one standard error. 8 runs: keep \
         probability 0.5, 1; seeds 0 to 3; everything else at the lab’s defaults. 4 have ended. Lab dropout, \
         Regularization Playground {}.",
        crate::sweep::VERSION
    );
    assert_eq!(found.caption, said);
    let line = &chart(&found).series[0];
    assert_eq!((&line.x, line.y[1], line.high[1].is_nan()), (&vec![0.5, 1.0], 0.4, true));
    assert!((line.y[0] - 0.2).abs() < 1e-15);
    assert!((line.high[0] - 0.2 - 0.1 / 3f64.sqrt()).abs() < 1e-15);
    asked.bars = Bars::Extremes;
    asked.each = true;
    let found = asked.found(&cells).unwrap();
    let [each, line] = &chart(&found).series[..] else { panic!("runs, then their means") };
    assert_eq!((line.low[0], line.high[0]), (0.1, 0.3));
    assert_eq!((&each.x, &each.y), (&vec![0.5, 0.5, 0.5, 1.0], &vec![0.1, 0.2, 0.3, 0.4]));
    assert!(found.differences.is_none());
    assert_eq!(found.means.rows.len(), 2);
    assert_eq!(found.means.rows[1][6], Cell::Number(1.0));
}

#[test]
fn values_that_are_no_numbers_or_have_one_number_stand_side_by_side_by_name() {
    let x = "keep_prob=1,1(l2=0.01),0.5";
    let asked = experiment("playground", x, "", &["test_error"]);
    let cells = ended("test_error", &[("1(l2=0.01)", None, 0, 0.4)]);
    let found = asked.found(&cells).unwrap();
    let names: Vec<&str> = chart(&found).x.names.iter().map(String::as_str).collect();
    assert_eq!(names, ["1", "1, λ = 0.01", "0.5"]);
    let line = &chart(&found).series[0];
    assert_eq!((&line.x[..], line.mark), (&[2.0][..], Mark::Points));
    let asked = experiment("playground", "optimizer=sgd,adam", "", &["test_error"]);
    assert_eq!(chart(&asked.found(&[]).unwrap()).x.names.len(), 2);
}

#[test]
fn an_axis_that_counts_by_ratios_names_the_values_that_were_run() {
    let axis = |x: &str| {
        let asked = experiment("dropout", x, "", &["test_error"]);
        chart(&asked.found(&[]).unwrap()).x.clone()
    };
    let wide = axis("n_train=50,100,200,1100");
    assert_eq!((wide.scale, wide.marks), (Scale::Log, vec![50.0, 100.0, 200.0, 1100.0]));
    assert!(axis("n_train=50,100,200").marks.is_empty());
}

#[test]
fn curves_are_compared_seed_by_seed() {
    // Student (1908), the ten patients' hours of sleep under two drugs: differences 1.2, 2.4, 1.3, 1.3, 0,
    // 1, 1.8, 0.8, 4.6, 1.4; mean 1.58, 95 % interval 0.70 to 2.46
    let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let curve = |name: &'static str, values: &[f64; 10]| {
        let runs: Vec<_> =
            values.iter().enumerate().map(|(i, v)| ("0.5", Some(name), i as u32, *v)).collect();
        ended("test_loss", &runs)
    };
    let mut cells = curve("16", &first);
    cells.extend(curve("32", &second).into_iter().rev());
    let mut asked = experiment("playground", "keep_prob=0.5,1", "units=16,32", &["test_loss"]);
    asked.seeds = "10".into();
    let differences = asked.found(&cells).unwrap().differences.unwrap();
    let [mean, low, high] = [2, 3, 4].map(|i| match differences.table.rows[0][i] {
        Cell::Number(number) => number,
        _ => panic!("a number"),
    });
    assert!((mean - 1.58).abs() < 1e-12, "{mean}");
    assert!(
        (low - 0.700_114_237).abs() < 1e-8 && (high - 2.459_885_763).abs() < 1e-8,
        "{low} {high}"
    );
    assert_eq!(
        differences.words,
        [
            "“units per layer 32” minus “units per layer 16”, the same seeds: 1.58 at keep probability 0.5 \
          (95\u{202f}% interval 0.7 to 2.46), 10 seeds."
        ]
    );
    // a seed that only one of them has run counts for neither
    cells.pop();
    let differences = asked.found(&cells).unwrap().differences.unwrap();
    assert_eq!(differences.table.rows[0][5], Cell::Number(9.0));
}

#[test]
fn metrics_of_one_run_are_compared_place_by_place() {
    let metrics = ["test_error", "baseline_test_error"];
    let asked = experiment("dropout", "n_train=50,100,200", "", &metrics);
    let cell = |x: &str, seed: u32, pair: [f64; 2]| Ended {
        x: x.into(),
        curve: None,
        seed,
        query: String::new(),
        metrics: metrics.iter().map(|key| key.to_string()).zip(pair).collect(),
        error: None,
    };
    let cells = [
        cell("50", 0, [0.1, 0.1]),
        cell("50", 1, [0.1, 0.2]),
        cell("50", 2, [0.2, 0.1]),
        cell("100", 0, [0.1, 0.3]),
        cell("100", 1, [0.2, 0.4]),
        cell("200", 0, [0.2, 0.2]),
    ];
    let differences = asked.found(&cells).unwrap().differences.unwrap();
    assert_eq!(differences.table.rows.len(), 2, "one run has no interval");
    let words = &differences.words[0];
    assert!(
        words.contains("below 0 nowhere, above 0 at 100; elsewhere the interval has 0 in it."),
        "{words}"
    );
    assert!(words.contains("Farthest from 0: 20.0 points at training examples 100"), "{words}");
    assert_eq!(differences.table.columns[2].label, "mean difference (points)");
    // What differs by rounding, alike in every run, does not differ.
    let alike = |seed: u32| cell("50", seed, [0.3, 0.1 + 0.2]);
    let cells = [alike(0), alike(1), cells[3].clone(), cells[4].clone()];
    let words = &asked.found(&cells).unwrap().differences.unwrap().words[0];
    assert!(words.contains("above 0 at 100; elsewhere the interval has 0 in it."), "{words}");
}

#[test]
fn what_is_offered_of_every_parameter_is_allowed_there() {
    for lab in crate::labs::CATALOGUE {
        let all = suggested(lab.id).unwrap();
        if let Some(main) = &lab.main {
            assert_eq!(all[0].key, main.parameter);
        }
        for Suggested { key, values, .. } in all {
            let metrics = [lab.metrics[0].key];
            let asked = experiment(lab.id, &format!("{key}={values}"), "", &metrics);
            let planned = asked.planned().unwrap_or_else(|error| panic!("{}: {error}", lab.id));
            assert!(planned.cells.len() >= 8, "{} {key}: {values}", lab.id);
        }
    }
}

#[test]
fn what_a_preset_goes_across_is_offered_and_what_only_looks_is_not_else() {
    let offered = |lab: &str, key: &str| suggested(lab).unwrap().iter().any(|one| one.key == key);
    for lab in crate::labs::CATALOGUE {
        for preset in crate::sweep::presets(lab.id).unwrap() {
            let (key, _) = preset.x.split_once('=').unwrap();
            assert!(offered(lab.id, key), "{}: {key}", preset.title);
        }
    }
    let both = ["drawn", "image"].map(|key| offered("subnetworks", key));
    assert_eq!(both, [true, false]);
}

#[test]
fn many_lines_of_several_metrics_are_one_metric_at_a_time_and_the_axis_says_what_it_is() {
    let asked = |curves: &str| {
        let metrics = ["distance_copies_rms", "distance_average"];
        experiment("l2_noise", "copies=1,4", curves, &metrics).found(&[]).unwrap()
    };
    let few = asked("batch_size=1,2");
    assert_eq!((chart(&few).series.len(), few.figure.note.as_str()), (4, "no run yet"));
    assert_eq!(chart(&few).y.label, "distance to the ridge weights, as a share of their length");
    let colours = asked("batch_size=1,2,4");
    let series = &chart(&colours).series;
    let look = |i: usize| (series[i].role, series[i].run, series[i].label());
    assert_eq!(look(2), (Role::Average, LineStyle::Solid, "batch size 2"));
    assert_eq!(look(3), (Role::Average, LineStyle::Dashed, ""));
    assert!(colours.figure.note.contains("; solid: "), "{}", colours.figure.note);
    let many = asked("batch_size=1,2,4,8,16");
    assert_eq!(chart(&many).series.len(), 5);
    assert!(many.figure.note.contains("one metric of 2, for 10 lines"), "{}", many.figure.note);
    assert!(
        chart(&many).y.label.starts_with("K noisy copies, over 8 draws: distance to the ridge")
    );
}
