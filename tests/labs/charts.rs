//! What holds of the charts and tables of every lab: names, colours, axes, words.

use super::run;
use regularization_playground::figure::{Body, Chart, Figure, Mark, Role, table};
use regularization_playground::lab::Run;
use regularization_playground::labs::CATALOGUE;
use std::sync::LazyLock;

/// Every figure of every lab with its lab's id, and the tenth of the run it is of.
static FIGURES: LazyLock<Vec<(&str, u64, Figure)>> = LazyLock::new(|| {
    let mut figures = Vec::new();
    for spec in CATALOGUE {
        let mut run = run(spec);
        let of = run.progress().of;
        for tenth in [0, 1, 2, 4, 7, 10] {
            go_to(&mut run, tenth * of / 10);
            let now = spec.figures.iter().map(|figure| run.figure(figure.key).unwrap());
            figures.extend(now.map(|figure| (spec.id, tenth, figure)));
        }
    }
    figures
});

/// Calls `look` with every figure of every lab, at its start, on its way and at its end.
fn at_all_times(mut look: impl FnMut(&str, u64, &Figure)) {
    for (lab, tenth, figure) in FIGURES.iter() {
        look(&format!("{lab} {}", figure.key), *tenth, figure);
    }
}

fn go_to(run: &mut Run, step: u64) {
    run.step(step.saturating_sub(run.progress().steps)).unwrap();
}

fn chart(figure: &Figure) -> Option<&Chart> {
    match &figure.body {
        Body::Chart(chart) => Some(chart),
        _ => None,
    }
}

#[test]
fn every_series_and_column_has_a_name_and_no_words_tell_what_is_not_known() {
    at_all_times(|at, tenth, figure| {
        for words in [&figure.note, &figure.description] {
            let unknown =
                ["NaN", "inf ", "–%", "– ", "null"].iter().any(|none| words.contains(none));
            assert!(!unknown, "{at} at {tenth}: {words}");
        }
        let columns = table(figure).columns;
        assert!(columns.iter().all(|column| !column.label.is_empty()), "{at}: {columns:?}");
        for series in chart(figure).map_or(&[][..], |chart| &chart.series) {
            assert!(!series.name.is_empty(), "{at} at {tenth}: {series:?}");
        }
    });
}

#[test]
fn of_a_network_that_is_not_trained_no_error_is_told() {
    let errors =
        ["error", "loss", "course", "test", "train", "u", "train_error", "answers", "source"];
    at_all_times(|at, tenth, figure| {
        let of_errors =
            errors.contains(&figure.key.as_str()) && !at.starts_with("ensemble_formula");
        if tenth == 0 && of_errors {
            let words = format!("{} {}", figure.note, figure.description);
            assert!(!words.contains('%'), "{at}: {words}");
        }
    });
}

#[test]
fn axes_stay_where_they_are_while_training_runs() {
    let (mut known, mut moved) = (Vec::<(String, [f64; 4])>::new(), Vec::new());
    at_all_times(|at, tenth, figure| {
        let Some(Chart { x, y, .. }) = chart(figure) else { return };
        let now = [x.min, x.max, y.min, y.max];
        match known.iter().find(|(name, _)| name == at) {
            Some((_, before)) if *before != now => {
                moved.push(format!("{at} at {tenth}: {now:?}, not {before:?}"));
            }
            Some(_) => {}
            None => known.push((at.to_string(), now)),
        }
    });
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}

#[test]
fn points_stand_at_the_numbers_they_are_of() {
    at_all_times(|at, _, figure| {
        let Some(chart) = chart(figure) else { return };
        for series in chart.series.iter().filter(|series| series.mark == Mark::Points) {
            let named = !chart.x.names.is_empty() || chart.x.label.starts_with("networks averaged");
            let whole = series.x.iter().all(|x| x.fract() == 0.0);
            assert!(!named || whole, "{at}: {:?}", series.x);
        }
    });
}

/// What ink and green stand for, in all labs: an average, a formula.
const AVERAGES: &[&str] = &[
    "SGD average",
    "average",
    "8 draws",
    "mean of all masks",
    "average of all",
    "measured",
    "groups drawn at random: mean ± sd",
    "all together",
    "boundary",
];
const FORMULAS: &[&str] = &[
    "ridge",
    "formula",
    "f + α w²",
    "noise variance",
    "formula, now",
    "ridge, now",
    "predicted",
    "exact, for noise",
    "exact",
    "exact end",
    "c",
    "chance",
    "σ/√m",
    "survivors",
    "by p or 1/p",
];

#[test]
fn a_colour_has_one_meaning_in_all_labs() {
    at_all_times(|at, _, figure| {
        for series in chart(figure).map_or(&[][..], |chart| &chart.series) {
            let name = series.name.as_str();
            let formula = FORMULAS.contains(&name) || name.ends_with("exact mean");
            assert_eq!(series.role == Role::Theory, formula, "{at}: {name}");
            assert_eq!(series.role == Role::Average, AVERAGES.contains(&name), "{at}: {name}");
        }
    });
}
