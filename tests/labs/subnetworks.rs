//! "Ensemble of many smaller networks".

use crate::lab::{self, figure, metric, refusal};
use regularization_playground::figure::{Body, Cell, MaskDrawing};
use regularization_playground::lab::Run;
use regularization_playground::value::Value;

fn run(query: &str) -> Run {
    lab::finished("subnetworks", query)
}

#[test]
fn one_pass_is_a_mean_exactly_where_the_outputs_are_linear_in_every_mask() {
    let exact = ["units=6", "units=5&keep_prob=0.7&activation=tanh", "activation=sigmoid&units=4"];
    let linear = ["units=4&hidden_layers=2&activation=linear&keep_prob=0.6"];
    for query in exact.iter().chain(&linear) {
        let run = run(&format!("{query}&steps=300"));
        assert!(metric(&run, "gap_outputs") < 1e-12, "{query}");
        assert!(metric(&run, "gap_geometric") < 1e-12, "{query}");
        assert!(metric(&run, "gap_average") > 1e-3, "{query}");
    }
    let two = run("units=4&hidden_layers=2&steps=300");
    assert!(metric(&two, "gap_geometric") > 1e-3);
}

#[test]
fn with_nothing_dropped_there_is_one_network() {
    let run = run("units=3&keep_prob=1&steps=90");
    let error = metric(&run, "error_weight_scaled");
    for key in ["error_average", "error_geometric", "error_mean_subnetwork", "error_sixteen"] {
        assert!((metric(&run, key) - error).abs() < 1e-12, "{key}");
    }
    assert_eq!((metric(&run, "gap_average"), metric(&run, "agreement")), (0.0, 1.0));
    assert_eq!((metric(&run, "subnetworks"), metric(&run, "votes")), (1.0, 1.0));
    let shown = gallery(&run);
    assert_eq!((shown.len(), &shown[0].layers), (1, &vec![vec![true; 3]]));
    assert_eq!(figure(&run, "network").note, "3 of 3 hidden neurons kept");
    assert_eq!(figure(&run, "distance").note, "all are the same");
}

fn gallery(run: &Run) -> Vec<MaskDrawing> {
    match figure(run, "gallery").body {
        Body::Masks(masks) => masks.items,
        _ => panic!("masks"),
    }
}

/// Page by page every network comes once, the best first.
#[test]
fn all_networks_are_in_the_gallery_page_by_page() {
    let mut run = run("units=6&steps=90");
    let mut all = Vec::new();
    for (page, count) in [(1, 24), (2, 24), (3, 16)] {
        run.set("page", &Value::Number(f64::from(page))).unwrap();
        let shown = gallery(&run);
        assert_eq!(shown.len(), count);
        all.extend(shown.into_iter().map(|item| item.layers));
    }
    assert_eq!(figure(&run, "gallery").note, "49 to 64 of 64, the best first");
    run.set("page", &Value::Number(171.0)).unwrap();
    assert!(gallery(&run).iter().all(|item| all[48..].contains(&item.layers)));
    all.sort();
    all.dedup();
    assert_eq!((all.len(), run.progress().steps), (64, 90));
}

/// Sixteen times the steps, each with half the weights, are eight times the work.
#[test]
fn what_not_sharing_costs_is_steps_times_parameters() {
    let Body::Table(table) = figure(&run("steps=300"), "sharing").body else { panic!("a table") };
    let words = |row: usize| {
        table.rows[row].iter().map(|cell| match cell {
            Cell::Text(text) => text.as_str(),
            Cell::Number(_) => panic!("words"),
        })
    };
    assert_eq!(words(5).skip(1).collect::<Vec<_>>(), ["760", "6,160"]);
    assert_eq!(words(7).skip(1).collect::<Vec<_>>(), ["0.2", "1.2"]);
}

#[test]
fn votes_begin_when_training_ends_and_all_are_in_at_the_end() {
    let mut run = lab::run("subnetworks", "units=6&steps=30", 20);
    assert_eq!(metric(&run, "votes"), 0.0);
    assert!(metric(&run, "error_average").is_nan() && metric(&run, "gap_average").is_nan());
    let trained = metric(&run, "error_weight_scaled");
    run.step(3).unwrap();
    assert_eq!(metric(&run, "votes"), 32.0);
    assert!(metric(&run, "error_average").is_finite() && metric(&run, "gap_average").is_nan());
    run.step(7).unwrap();
    assert_eq!((metric(&run, "votes"), metric(&run, "error_weight_scaled")), (64.0, trained));
    assert!(run.metrics().iter().all(|(key, value)| value.is_finite() || panic!("{key}")));
    let all = run.metrics();
    run.step(5).unwrap();
    assert_eq!(run.metrics(), all, "after the end nothing changes");
}

#[test]
fn the_gallery_goes_from_best_to_worst_and_another_image_changes_the_answers_alone() {
    let mut run = run("units=6&steps=300");
    let before = gallery(&run);
    assert_eq!(before.len(), 24);
    let share = |caption: &str| -> u32 {
        let share = caption.split(" · ").nth(1).unwrap();
        share.trim_end_matches("\u{202f}%").parse().unwrap()
    };
    assert!(before.windows(2).all(|pair| share(&pair[0].caption) <= share(&pair[1].caption)));
    run.set("image", &Value::Number(5.0)).unwrap();
    let after = gallery(&run);
    assert!(before.iter().zip(&after).all(|(a, b)| a.layers == b.layers));
    assert_eq!(run.progress().steps, 300);
}

#[test]
fn more_neurons_than_can_vote_are_refused_with_the_reason() {
    assert_eq!(
        refusal("subnetworks", "units=7&hidden_layers=2&steps=1"),
        "units = 7: must be at most 6 with hidden_layers = 2, since all 2^14 smaller networks \
         vote, which would be too many"
    );
}
