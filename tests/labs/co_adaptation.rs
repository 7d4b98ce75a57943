//! "Co-adaptation".

use crate::lab::{self, metric};
use regularization_playground::figure::{Body, Cell};
use regularization_playground::lab::{Effect, Run};
use regularization_playground::value::Value;

fn run(query: &str) -> Run {
    lab::finished("co_adaptation", query)
}

#[test]
fn without_dropout_no_weight_of_the_slide_moves_at_all() {
    for k in [2, 5, 32] {
        let run = run(&format!("scaling=no_dropout&n_pathways={k}&steps=300"));
        for key in ["full_error", "difference_drift"] {
            assert_eq!(metric(&run, key), 0.0, "{k} {key}");
        }
        assert_eq!(metric(&run, "columns_3_4_max"), 1.0);
        assert_eq!(metric(&run, "pathway_error"), 2.0);
    }
}

#[test]
fn noise_and_another_target_move_both_rows_alike() {
    let noisy = "scaling=no_dropout&label_noise=1&target=x3_x4&steps=2000";
    let run = run(noisy);
    assert!(metric(&run, "difference_drift") < 1e-9);
    assert!((metric(&run, "w_13") - metric(&run, "w_23") - 2.0).abs() < 1e-9);
    assert!((metric(&run, "w_11") - 2.0).abs() > 1e-6, "but they move");
}

#[test]
fn kept_with_certainty_all_arms_are_one() {
    let of = |scaling| run(&format!("keep_prob=1&label_noise=1&scaling={scaling}&steps=50"));
    let [survivors, none, inverted, at_test] =
        ["survivors", "no_dropout", "inverted", "at_test"].map(of);
    for other in [none, inverted, at_test] {
        assert_eq!(metric(&other, "w_12"), metric(&survivors, "w_12"));
        assert!(metric(&other, "exact_factor").is_nan());
    }
}

/// The shrink factors of the slider k at p = 1/2.
#[test]
fn more_pathways_shrink_less() {
    for (k, want) in [(2, 2.0 / 3.0), (4, 0.8), (8, 8.0 / 9.0), (32, 32.0 / 33.0)] {
        for scaling in ["inverted", "at_test"] {
            let run = run(&format!("n_pathways={k}&scaling={scaling}&steps=1"));
            assert!((metric(&run, "exact_factor") - want).abs() < 1e-12, "{k} {scaling}");
            assert!((metric(&run, "exact_factor_inverted") - want).abs() < 1e-12);
        }
    }
}

#[test]
fn an_arm_that_is_not_looked_at_may_diverge() {
    let wild = "keep_prob=0.05&learning_rate=0.1&batch_size=1&steps=3000";
    let mut all = run(wild);
    let mut wildest = lab::start("co_adaptation", &format!("{wild}&scaling=inverted")).unwrap();
    let message = wildest.step(3000).unwrap_err().to_string();
    assert!(message.starts_with("diverged at step"), "{message}");
    // Looked at later, it stops the run for the same reason, and nothing else has moved.
    let before = all.metrics();
    all.set("scaling", &Value::Text("inverted".into())).unwrap();
    assert_eq!(all.step(1).unwrap_err().to_string(), message);
    all.set("scaling", &Value::Text("survivors".into())).unwrap();
    assert_eq!((all.metrics(), all.progress().steps), (before, 3000));
}

/// All four are trained whatever is looked at: their curves and numbers are there at once.
#[test]
fn another_way_is_looked_at_without_a_new_start() {
    let mut looked = run("steps=60");
    looked.set("scaling", &Value::Text("at_test".into())).unwrap();
    let trained = run("steps=60&scaling=at_test");
    assert_eq!(looked.progress().steps, 60);
    assert_eq!(looked.metrics(), trained.metrics());
    for key in ["network", "errors", "pathway_1", "pathway_2", "arms", "shrink"] {
        assert_eq!(looked.figure(key).unwrap(), trained.figure(key).unwrap(), "{key}");
    }
}

/// At the start p times the weights is half of them: the figures say so where they show it.
#[test]
fn what_only_prediction_multiplies_by_p_is_written_beside_the_numbers() {
    let note = |query: &str| run(query).figure("network").unwrap().note;
    let at_test = note("scaling=at_test&steps=1&learning_rate=0.0001");
    assert_eq!(at_test, "in prediction, × p: ŷ = 1.00 x₁ − 1.50 x₂ + 0.00 x₃ + 0.00 x₄");
    let none = note("scaling=no_dropout&steps=1");
    assert_eq!(none, "ŷ = 2.00 x₁ − 3.00 x₂ + 0.00 x₃ + 0.00 x₄");
}

#[test]
fn a_run_too_short_to_see_anything_says_so() {
    let note = |query: &str| run(query).figure("errors").unwrap().note;
    assert!(
        note("n_pathways=32&scaling=inverted&steps=10").ends_with("raise the rate or the steps")
    );
    assert!(!note("steps=1000").contains("slow"));
    assert!(!note("scaling=no_dropout&steps=10").contains("slow"), "there nothing ever comes");
}

#[test]
fn exactly_nothing_is_not_what_is_too_small_to_write() {
    let Body::Table(table) = run("steps=400").figure("arms").unwrap().body else { panic!() };
    assert_eq!(table.rows[0][2], Cell::Text("exactly\u{a0}0".into()));
    assert_eq!(table.rows[1][2], Cell::Text("<\u{a0}0.001".into()));
}

#[test]
fn the_keep_probability_changes_while_it_runs() {
    let mut run = run("steps=10");
    run.set("keep_prob", &Value::Number(0.25)).unwrap();
    assert_eq!(run.progress().steps, 10);
    assert!((metric(&run, "exact_factor_inverted") - 0.4).abs() < 1e-12);
}

#[test]
fn predictions_are_those_of_the_average() {
    let run = run("steps=1&scaling=no_dropout");
    assert_eq!(run.predict(&[1.0, 1.0, 5.0, 7.0, 0.0, 1.0, 0.0, 0.0]).unwrap(), [-1.0, -3.0]);
    assert!(run.predict(&[1.0; 3]).is_err() && run.predict(&[f64::NAN; 4]).is_err());
}

/// The slide's numbers by hand: for x = (1, -1, 2, -1) h1 = 8, h2 = 2 and y = 5.
#[test]
fn a_pathway_that_is_cut_takes_its_part_of_the_answer_away() {
    let told = |query: &str| {
        let figure = run(query).figure("cut_before").unwrap();
        let Body::Network(network) = figure.body else { panic!() };
        let answer = &network.layers[2].units[0];
        (answer.value.clone(), answer.name.clone(), figure.note)
    };
    for (query, y_hat, error) in [
        ("", "5", "0.000"),
        ("&cut_h1=true", "2", "2.000"),
        ("&cut_h2=true", "8", "2.000"),
        ("&cut_h1=true&cut_h2=true", "0", "13.000"),
        ("&scaling=at_test", "2.5", "3.250"),
    ] {
        let want = format!("mean squared error {error} over all x");
        let found = told(&format!("steps=1{query}"));
        assert_eq!(found, (y_hat.to_string(), "right: 5".to_string(), want), "{query}");
    }
}

/// The mean square over x from N(0, I) is that over all signs of four inputs of size 1: both have the
/// same second moments.
#[test]
fn the_error_of_what_is_left_is_that_of_all_inputs() {
    let beta = [2.0, -3.0, 0.0, 0.0];
    for (scaling, scale) in
        [("survivors", 1.0), ("no_dropout", 1.0), ("inverted", 1.0), ("at_test", 0.5)]
    {
        let mut run = run(&format!("scaling={scaling}&steps=150"));
        let before = format!("{:?}", run.metrics());
        assert_eq!(run.change(&[("cut_h1", Value::Flag(true))]).unwrap(), Effect::View);
        let left = ["w_21", "w_22", "w_23", "w_24"].map(|key| scale * metric(&run, key));
        let off = |signs: usize| {
            let x = |i: usize| if signs >> i & 1 == 1 { 1.0 } else { -1.0 };
            let off: f64 = (0..4).map(|i| (left[i] - beta[i]) * x(i)).sum();
            off * off / 16.0
        };
        let error: f64 = (0..16).map(off).sum();
        let note = run.figure("cut_after").unwrap().note;
        let told: f64 = note.split(' ').nth(3).unwrap().parse().unwrap();
        assert!((told - error).abs() <= 0.0005 + 1e-9, "{scaling}: {note}, not {error}");
        assert!((metric(&run, "error_2") - error).abs() < 1e-9, "{scaling}");
        assert_eq!(format!("{:?}", run.metrics()), before, "the run is not touched");
    }
}

/// What is cut is crossed out in both drawings and joined to nothing.
#[test]
fn a_cut_neuron_is_crossed_out_before_and_after() {
    let run = run("cut_h2=true&steps=5");
    for key in ["cut_before", "cut_after"] {
        let Body::Network(network) = run.figure(key).unwrap().body else { panic!("{key}") };
        let kept: Vec<bool> = network.layers[1].units.iter().map(|unit| unit.kept).collect();
        assert_eq!(kept, [true, false], "{key}");
        assert!(network.edges.iter().all(|edge| edge.layer == 1 || edge.to == 0));
        assert!(network.edges.iter().all(|edge| edge.layer == 0 || edge.from == 0));
    }
}
