//! "Weight sharing": convolution.

use crate::lab::{drawing, figure, finished, metric, refusal, start};
use regularization_playground::data::MOTIFS;
use regularization_playground::figure::{Answer, Body, Strips};
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

fn answers(run: &Run) -> Strips {
    let Body::Strips(strips) = figure(run, "answers").body else { panic!("no rows of cells") };
    strips
}

/// The convolution is asked about every place one by one. Which motif it is, and where it stands, is read
/// off the signal itself: where it is most alike to one of them.
#[test]
fn lamps_are_lit_where_the_network_itself_is_right_and_stay_while_the_motif_moves() {
    for query in ["", "example=7&n_train=20", "example=14&seed=3&steps=60"] {
        let mut run = run(query);
        let drawn = answers(&run);
        let x = drawn.rows[0].values.clone();
        let alike = |(class, place): (usize, usize)| {
            let differences = MOTIFS[class].iter().zip(&x[place..]).map(|(a, b)| (a - b) * (a - b));
            differences.sum::<f64>()
        };
        let all = (0..4).flat_map(|class| (0..28).map(move |place| (class, place)));
        let (class, place) = all.min_by(|a, b| alike(*a).total_cmp(&alike(*b))).unwrap();
        assert_eq!(drawn.now, Some(place + 3), "the middle of five, from 1");
        let mut right = 0;
        for shift in 0..32 {
            let mut moved = x.clone();
            moved.rotate_right(shift);
            let y_hat = run.predict(&moved).unwrap();
            let best = (0..4).max_by(|a, b| y_hat[*a].total_cmp(&y_hat[*b])).unwrap();
            let first = (place + shift) % 32;
            let told = match (first <= 27, best == class) {
                (false, _) => Answer::Open,
                (true, true) => Answer::Right,
                (true, false) => Answer::Wrong,
            };
            assert_eq!(drawn.rows[1].answers[(first + 2) % 32], told, "{query} {shift}");
            right += usize::from(told == Answer::Right);
            run.set("shift", &Value::Number(shift as f64)).unwrap();
            let now = answers(&run);
            assert_eq!(now.now, Some((first + 2) % 32 + 1));
            assert!(now.rows[1..].iter().eq(&drawn.rows[1..]), "{query}: the lamps stay");
        }
        assert_eq!(drawn.rows[1].note, format!("right at {right} of 28 places"));
    }
}

#[test]
fn lamps_of_the_same_function_are_the_same_and_of_the_default_run_only_the_convolutions_are_steady()
{
    let same = answers(&start("weight_sharing_cnn", "same_start=true").unwrap());
    assert_eq!(same.rows[1].answers, same.rows[2].answers);
    let rows = answers(&run("")).rows;
    let right: Vec<usize> = rows[1..].iter().map(|row| row.count(Answer::Right)).collect();
    assert!(right[0] == 28 && right[1] < 20 && right[2] < 20, "{right:?}");
    let digits = answers(&run("task=digits&n_train=200&steps=20"));
    assert_eq!((digits.columns, digits.rows.len()), (12, 3));
    let whole = digits.rows[0].answers.iter().filter(|answer| **answer != Answer::Open);
    assert_eq!(whole.count(), 5, "a digit of 8 columns is whole at 5 of 12 places");
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
    assert!(
        message.starts_with("n_train = 1300: must be at most 1297: there are 1797 images"),
        "{message}"
    );
    let mut run = run("steps=4");
    for (key, value) in [("filter", 16.0), ("tap", 25.0), ("example", 40.0), ("shift", 31.0)] {
        run.set(key, &Value::Number(value)).unwrap();
    }
    assert_eq!(run.progress().steps, 4);
    let note = figure(&run, "gradient").note;
    assert_eq!(note, "filter 8 (there is no 16), weight 5 (there is no 25)");
}
