//! What holds of the pictures of the three labs on noise and ridge.

use super::lab::{chart, figure, finished, metric, run};
use regularization_playground::data::{
    DIABETES_COLUMNS, Examples, Standard, diabetes, standardize,
};
use regularization_playground::figure::{Chart, Series};
use regularization_playground::lab::{Effect, Run};
use regularization_playground::nn::{dropout_ridge, ridge};
use regularization_playground::value::Value;

fn series<'a>(chart: &'a Chart, name: &str) -> &'a Series {
    let found = chart.series.iter().find(|series| series.name == name);
    found.unwrap_or_else(|| panic!("no {name}"))
}

/// One column of the patients, and the target, both in standard units.
fn standard_column(name: &str) -> (Vec<f64>, Vec<f64>) {
    let mut all = diabetes();
    standardize(&mut all);
    let column = DIABETES_COLUMNS.iter().position(|known| *known == name).unwrap();
    (all.x.iter().skip(column).step_by(10).copied().collect(), all.y)
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

#[test]
fn the_bowl_of_one_weight_is_the_loss_of_its_column() {
    let (x, y) = standard_column("bmi");
    let loss = |w: f64| mean(x.iter().zip(&y).map(|(x, y)| (w * x - y) * (w * x - y)));
    let (alpha, copies) = (0.7, 256.0);
    for dependent in [false, true] {
        let query = format!("alpha={alpha}&copies={copies}&dependent_noise={dependent}&seed=4");
        let bowl = chart(&run("l2_noise", &query, 0), "bowl");
        let near = |name: &str, of: &dyn Fn(f64) -> f64, by: f64| {
            let Series { x, y, .. } = series(&bowl, name);
            assert!(x.len() > 5);
            x.iter().zip(y).all(|(w, got)| (got - of(*w)).abs() < by * (1.0 + w * w))
        };
        assert!(near("f", &loss, 1e-12));
        let lifted = |w: f64| loss(w) + alpha * w * w;
        assert!(near("f + α w²", &lifted, 1e-12));
        // Four standard errors of the mean over all noisy rows are below 0.04 (1 + w²).
        assert_eq!(near("measured", &lifted, 0.04), !dependent);
        let leaning = |w: f64| {
            let cross = mean(x.iter().zip(&y).map(|(x, y)| (w * x - y) * w * x));
            lifted(w) + alpha.sqrt() * cross
        };
        assert_eq!(near("measured", &leaning, 0.04), dependent);
    }
}

#[test]
fn the_cloud_is_its_column_with_noise_and_the_lines_through_it_are_ridge() {
    let (x, y) = standard_column("bmi");
    let least = mean(x.iter().zip(&y).map(|(x, y)| x * y));
    let run = run("l2_noise", "alpha=0.5&copies=512", 3);
    let cloud = chart(&run, "cloud");
    let slope = |name: &str| {
        let Series { x, y, .. } = series(&cloud, name);
        (y[1] - y[0]) / (x[1] - x[0])
    };
    assert!((slope("without noise") - least).abs() < 1e-12);
    assert!((slope("ridge") - least / 1.5).abs() < 1e-12);
    assert!((slope("measured") - least / 1.5).abs() < 0.01);
    let (clean, noisy) = (series(&cloud, "as it is"), series(&cloud, "noisy copy"));
    let shown: Vec<f64> = y.iter().copied().step_by(8).collect();
    assert_eq!((&clean.y, &noisy.y, clean.y.len()), (&shown, &shown, 56));
    let noise: Vec<f64> = noisy.x.iter().zip(&clean.x).map(|(after, x)| after - x).collect();
    assert!(mean(noise.iter().copied()).abs() < 0.4);
    assert!((mean(noise.iter().map(|n| n * n)) - 0.5).abs() < 0.4);
    assert_eq!(figure(&run, "cloud").note, "copy 4 of 512");
}

#[test]
fn the_curves_of_distances_end_where_the_run_stands() {
    for lab in ["l2_noise", "dropout_ridge"] {
        let run = finished(lab, "copies=1&steps=1234");
        let steps = chart(&run, "steps");
        for (name, key) in [("average", "distance_average"), ("last iterate", "distance_last")] {
            let line = series(&steps, name);
            assert_eq!(line.x.last(), Some(&1234.0), "{lab}");
            assert_eq!(line.y.last(), Some(&metric(&run, key)), "{lab}");
        }
    }
}

#[test]
fn what_a_moved_point_changes_is_the_difference_of_two_runs() {
    let query = |by: f64| format!("steps=40&alpha=0.05&seed=2&moved=7&moved_by={by}");
    let [before, after] = [0.0, 1.25].map(|by| finished("l2_noise_nonlinear", &query(by)));
    let curves = [&before, &after].map(|run| chart(run, "curves"));
    let influence = chart(&after, "influence");
    for name in ["noise", "L2", "exact, for noise"] {
        let [before, after] = [0, 1].map(|i| series(&curves[i], name).y.iter());
        let shares = after.zip(before).map(|(after, before)| (after - before) / 1.25);
        let got = &series(&influence, name).y;
        assert!(got.iter().zip(shares).all(|(got, want)| (got - want).abs() < 1e-12), "{name}");
        assert!(got.iter().any(|share| share.abs() > 1e-4), "{name}");
    }
    // Of the exact answer: the point's own Gaussian over that of all points.
    let points = series(&curves[0], "training points");
    let mut sorted = points.x.clone();
    sorted.sort_by(f64::total_cmp);
    let kernel = |x: f64, at: f64| (-(x - at) * (x - at) / 0.1).exp();
    let share =
        |x: f64| kernel(x, sorted[6]) / points.x.iter().map(|at| kernel(x, *at)).sum::<f64>();
    let exact = series(&influence, "exact, for noise");
    assert!(exact.x.iter().zip(&exact.y).all(|(x, got)| (got - share(*x)).abs() < 1e-12));
    assert_eq!(chart(&before, "influence").series.len(), 1, "nothing has moved");
}

/// Without the move the networks are trained once, however far the point is dragged.
#[test]
fn a_point_is_dragged_from_where_it_was() {
    let mut run = finished("l2_noise_nonlinear", "steps=30&moved_by=0.5");
    assert_eq!(run.change(&[("moved_by", Value::Number(-0.75))]).unwrap(), Effect::Restart);
    run.step(30).unwrap();
    let fresh = finished("l2_noise_nonlinear", "steps=30&moved_by=-0.75");
    assert_eq!(figure(&run, "influence"), figure(&fresh, "influence"));
}

/// What both predict for the patient of the highest blood pressure, from the columns written out.
fn predicted(unit: f64, keep_prob: f64) -> [f64; 2] {
    let raw = diabetes();
    let pressure = DIABETES_COLUMNS.iter().position(|name| *name == "bp").unwrap();
    let mut rows = raw.clone();
    let Standard { y_mean, y_sd, x_mean, .. } = standardize(&mut rows);
    let in_unit = |row: usize| (raw.row(row)[pressure] - x_mean[pressure]) / unit;
    let count = rows.y.len();
    (0..count).for_each(|row| rows.x[row * 10 + pressure] = in_unit(row));
    let Examples { x, y } = &rows;
    let patient = (0..count).max_by(|a, b| in_unit(*a).total_cmp(&in_unit(*b))).unwrap();
    let of = |weights: &[f64]| {
        let standard: f64 = rows.row(patient).iter().zip(weights).map(|(x, w)| x * w).sum();
        y_mean + y_sd * standard
    };
    let by_ridge = ridge(x, y, 10, (1.0 - keep_prob) / keep_prob, false).unwrap();
    [of(&dropout_ridge(x, y, 10, keep_prob).unwrap()), of(&by_ridge.weights)]
}

#[test]
fn another_unit_moves_the_prediction_of_ridge_and_not_that_of_dropout() {
    let mut run = run("dropout_ridge", "keep_prob=0.6&copies=1", 5);
    let before = format!("{:?}", run.metrics());
    let (mut ridges, mut dropouts) = (Vec::new(), Vec::new());
    for n in [0.0, 1.0, 2.1, 3.0] {
        let unit = 10f64.powf(n);
        assert_eq!(run.change(&[("unit", Value::Number(n))]).unwrap(), Effect::View);
        let units = chart(&run, "units");
        let now = |name: &str| series(&units, name).y[0];
        let want = predicted(unit, 0.6);
        assert!((now("formula, now") - want[0]).abs() < 1e-8, "{unit}");
        assert!((now("ridge, now") - want[1]).abs() < 1e-8, "{unit}");
        ridges.push(now("ridge, now"));
        dropouts.push(now("formula, now"));
    }
    assert!(dropouts.iter().all(|dropout| (dropout - dropouts[0]).abs() < 1e-8), "{dropouts:?}");
    assert!(ridges.windows(2).all(|pair| pair[1] < pair[0] - 0.5), "{ridges:?}");
    let after = format!("{:?}", run.metrics());
    assert_eq!((after, run.progress().steps), (before, 5), "nothing is trained anew");
}

#[test]
fn of_a_rare_column_dropout_finds_as_much_as_of_any_and_ridge_little() {
    let at = |query: &str| run("dropout_ridge", &format!("copies=1&seed=3&{query}"), 1);
    let kept = |run: &Run| ["kept_dropout", "kept_ridge"].map(|key| metric(run, key));
    for keep_prob in [0.5, 0.8] {
        let p = |more: &str| at(&format!("keep_prob={keep_prob}&{more}"));
        let [dropout, ridge] = kept(&p(""));
        assert!((dropout - ridge).abs() < 1e-12, "standard columns: {dropout} {ridge}");
        let (mut before, mut most) = (ridge, dropout);
        for rare in ["0.5", "0.2", "0.05", "0.02"] {
            let run = p(&format!("rare={rare}"));
            let [dropout, ridge] = kept(&run);
            assert!(ridge < 0.9 * before, "{rare}: {ridge} after {before}");
            assert!(dropout > most && dropout < keep_prob, "{rare}: {dropout} after {most}");
            // Dropout is no ridge any more, but still the closed form, in any units.
            assert!(metric(&run, "distance_ridge") > 0.05, "{rare}");
            assert!(metric(&run, "distance_enumerated") < 1e-12, "{rare}");
            let other = p(&format!("rare={rare}&rescale=true"));
            assert!((kept(&other)[0] - dropout).abs() < 1e-12, "{rare}");
            (before, most) = (ridge, dropout);
        }
    }
    // At p = 1 nothing is penalised.
    assert!(kept(&at("keep_prob=1&rare=0.02")).iter().all(|kept| (kept - 1.0).abs() < 1e-10));
}
