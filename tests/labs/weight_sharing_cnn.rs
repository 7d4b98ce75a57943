//! "Weight sharing": convolution.

use crate::lab::{drawing, figure, finished, metric, refusal, start};
use regularization_playground::figure::Body;
use regularization_playground::lab::Run;
use regularization_playground::value::Value;

fn run(query: &str) -> Run {
    finished("weight_sharing_cnn", query)
}

#[test]
fn parameters_by_hand() {
    let keys = ["parameters_shared", "parameters_local", "parameters_dense"];
    let (signal, canvas) = (run("steps=1"), run("task=digits&steps=1"));
    // 8 filters of 5 weights and a bias, 28 of each; 32-64; and 4 classes of 8 or 64 numbers.
    let motifs = [8 * 6 + 4 * 9, 28 * 8 * 6 + 4 * 9, 64 * 33 + 4 * 65].map(f64::from);
    assert_eq!(keys.map(|key| metric(&signal, key)), motifs);
    // 8 filters of 25 weights and a bias, 64 of each; four maxima a filter; 144-64.
    let digits = [8 * 26 + 10 * 33, 64 * 8 * 26 + 10 * 33, 64 * 145 + 10 * 65].map(f64::from);
    assert_eq!(keys.map(|key| metric(&canvas, key)), digits);
}

#[test]
fn shifted_inputs_give_shifted_activations_to_the_last_bit() {
    for task in ["motif", "digits"] {
        for shift in [1, 5, 11, 31] {
            let run = run(&format!("task={task}&steps=20&shift={shift}"));
            let [shared, local] = ["shift_gap", "shift_gap_local"].map(|key| metric(&run, key));
            assert_eq!(shared, 0.0, "{task} {shift}");
            assert!(local > 0.1, "{task} {shift}: {local}");
            let note = figure(&run, "map_shared").note;
            assert!(note.ends_with("exactly 0"), "{note}");
        }
    }
}

#[test]
fn a_tied_gradient_is_the_sum_over_the_locations() {
    for task in ["motif", "digits"] {
        let run = run(&format!("task={task}&steps=20&filter=3&tap=4"));
        let [sum, tied, gap] =
            ["gradient_sum", "gradient_tied", "gradient_gap"].map(|key| metric(&run, key));
        assert!(gap <= 1e-12 && (sum - tied).abs() <= 1e-12 * tied.abs().max(1e-3), "{gap}");
    }
}

#[test]
fn a_tied_weight_is_drawn_at_every_location_and_others_once() {
    for (network, times, groups) in [("shared", 28, 5), ("local", 1, 140)] {
        let run = run(&format!("network={network}&steps=3"));
        let drawing = drawing(&run, "network");
        let of_group = |group: usize| {
            let edges = drawing.edges.iter().filter(move |edge| edge.group == Some(group));
            edges.map(|edge| edge.weight).collect::<Vec<f64>>()
        };
        for group in 0..groups {
            let weights = of_group(group);
            assert_eq!(weights.len(), times, "{network}");
            assert!(weights.iter().all(|weight| *weight == weights[0]));
        }
        assert!(of_group(groups).is_empty() && drawing.lit.is_some());
        assert_eq!(drawing.ties.len(), if network == "shared" { 5 } else { 0 });
    }
}

#[test]
fn a_click_on_a_weight_of_any_row_of_a_filter_sets_its_number() {
    for (network, ties) in [("shared", "w₁₁ w₁₂ w₁₃ w₁₄ w₁₅"), ("local", "")] {
        let run = run(&format!("task=digits&network={network}&steps=1&tap=12"));
        let drawing = drawing(&run, "network");
        let pick = drawing.picks.unwrap();
        let picked = |group: usize| 1 + group % pick.count;
        assert_eq!((pick.parameter.as_str(), picked(drawing.lit.unwrap())), ("tap", 12));
        let first = drawing.edges.iter().map(|edge| edge.group).take(5);
        let numbers: Vec<usize> = first.map(|group| picked(group.unwrap())).collect();
        assert_eq!(numbers, [11, 12, 13, 14, 15]);
        let names: Vec<String> = drawing.ties.into_iter().map(|tie| tie.name).collect();
        assert_eq!(names.join(" "), ties);
    }
}

#[test]
fn colours_stay_the_same_while_the_input_moves() {
    for key in ["map_shared", "map_local"] {
        let full = (0..32).map(|shift| {
            let mut run = run("steps=20");
            run.set("shift", &Value::Number(f64::from(shift))).unwrap();
            let Body::Heat(heat) = figure(&run, key).body else { panic!("a heat map") };
            assert!(heat.values.iter().all(|value| value.abs() <= heat.high), "{key} {shift}");
            heat.high
        });
        let full: Vec<f64> = full.collect();
        assert!(full.iter().all(|high| *high == full[0]), "{key}: {full:?}");
    }
}

#[test]
fn started_alike_filters_of_their_own_are_the_same_function_at_first() {
    let run = start("weight_sharing_cnn", "same_start=true").unwrap();
    let [shared, local] = ["test_error_shared", "test_error_local"].map(|key| metric(&run, key));
    assert_eq!(shared, local);
    let [shared, local] = ["shift_gap", "shift_gap_local"].map(|key| metric(&run, key));
    assert_eq!((shared, local), (0.0, 0.0));
}

#[test]
fn more_images_than_there_are_are_refused_and_a_live_change_goes_on() {
    let message = refusal("weight_sharing_cnn", "task=digits&n_train=1300");
    assert!(message.starts_with("n_train = 1300: must be at most 1297 with task"), "{message}");
    let mut run = run("steps=4");
    for (key, value) in [("filter", 16.0), ("tap", 25.0), ("example", 40.0), ("shift", 31.0)] {
        run.set(key, &Value::Number(value)).unwrap();
    }
    assert_eq!(run.progress().steps, 4);
    let note = figure(&run, "gradient").note;
    assert_eq!(note, "filter 8 (there is no 16), weight 5 (there is no 25)");
}
