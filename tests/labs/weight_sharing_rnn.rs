//! "Weight sharing": recurrence.

use crate::lab::{drawing, figure, finished, metric, refusal, start};
use regularization_playground::figure::{Answer, Body, Edge, Strips};
use regularization_playground::lab::Run;
use regularization_playground::value::Value;

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

fn readout(run: &Run) -> Strips {
    let Body::Strips(strips) = figure(run, "readout").body else { panic!("no rows of cells") };
    strips
}

#[test]
fn a_written_sequence_is_read_and_judged_step_by_step() {
    let mut run = run("steps=300&n_train=50");
    for (written, want) in [
        ("+0-0", vec![1.0, 1.0, -1.0, -1.0]),
        ("00-+000000", vec![0.0, 0.0, -1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
        (&"0+-00000".repeat(7)[..50], Vec::new()),
    ] {
        run.set("written", &Value::Text(written.into())).unwrap();
        let Strips { rows, columns, now, .. } = readout(&run);
        assert_eq!((columns, now), (written.len(), Some(written.len().min(10))));
        let [x, right, tied, separate] = &rows[..] else { panic!("four rows") };
        let letters =
            written.chars().map(|letter| f64::from("-0+".find(letter).unwrap() as u32) - 1.0);
        assert!(letters.eq(x.values.iter().copied()), "{written}");
        assert!(want.is_empty() || right.values == want, "{:?}", right.values);
        for row in [tied, separate] {
            for ((y_hat, right), answer) in row.values.iter().zip(&right.values).zip(&row.answers) {
                let told = match (*right == 0.0, y_hat * right > 0.0) {
                    (true, _) => Answer::Open,
                    (_, true) => Answer::Right,
                    (_, false) => Answer::Wrong,
                };
                assert_eq!(*answer, told, "{written}");
            }
        }
        // What the network itself says to the first ten.
        if written.len() >= 10 {
            let y_hat = run.predict(&x.values[..10]).unwrap()[0];
            assert!((tied.values[9] - y_hat).abs() < 1e-5, "{} {y_hat}", tied.values[9]);
        }
    }
    assert_eq!(run.progress().steps, 300, "to write is not to train");
}

/// Before its first step the network with separate weights that starts alike is the tied one, at any
/// length.
#[test]
fn the_same_function_gives_the_same_answers_beyond_the_trained_length() {
    let query = "same_start=true&written=%2B00000-000000%2B0000000000000";
    let Strips { rows, events, .. } = readout(&start("weight_sharing_rnn", query).unwrap());
    assert_eq!(rows[2].values, rows[3].values);
    assert_eq!(events[0].x, 10.0);
}

#[test]
fn the_sequence_shown_first_is_one_that_only_tied_weights_follow_to_its_end() {
    let Strips { rows, .. } = readout(&run(""));
    let wrong: Vec<usize> = rows[2..].iter().map(|row| row.count(Answer::Wrong)).collect();
    assert!(wrong[0] == 0 && wrong[1] >= 5, "{wrong:?}");
    assert_eq!(rows[3].answers[29], Answer::Wrong);
}

#[test]
fn a_sequence_of_other_letters_or_too_long_is_refused_in_words() {
    let allowed = "must be a word of at most 60 letters, each one of + 0 -";
    for written in ["1", "%2B0x", &"0".repeat(61)] {
        let message = refusal("weight_sharing_rnn", &format!("written={written}"));
        assert!(message.starts_with("written = \"") && message.ends_with(allowed), "{message}");
    }
    assert!(start("weight_sharing_rnn", &format!("written={}", "0".repeat(60))).is_ok());
}
