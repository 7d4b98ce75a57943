//! "Weight sharing": recurrence.

use crate::lab::{drawing, finished, metric, start};
use regularization_playground::figure::Edge;
use regularization_playground::lab::Run;

fn run(query: &str) -> Run {
    finished("weight_sharing_rnn", query)
}

#[test]
fn parameters_by_hand() {
    // 6 x (6 + 1 + 1) at one step or at each of ten, and 6 weights and a bias for the answer.
    let run = run("steps=1");
    let counts = ["parameters_shared", "parameters_unshared"].map(|key| metric(&run, key));
    assert_eq!(counts, [55.0, 487.0]);
}

#[test]
fn a_tied_gradient_is_the_sum_over_the_steps() {
    for weight in [1, 8, 40] {
        let run = run(&format!("steps=30&weight={weight}"));
        let [sum, tied, gap] =
            ["gradient_sum", "gradient_tied", "gradient_gap"].map(|key| metric(&run, key));
        assert!(gap <= 1e-12 && (sum - tied).abs() <= 1e-12 * tied.abs().max(1e-3), "{gap}");
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
        let drawing = drawing(&run(&query), "network");
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
    let run = start("weight_sharing_rnn", "same_start=true").unwrap();
    let errors = ["long_error_shared", "long_error_unshared"].map(|key| metric(&run, key));
    assert_eq!(errors[0], errors[1]);
}
