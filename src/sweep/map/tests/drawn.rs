//! What is drawn of a map.

use super::{run, runs, state};
use crate::figure::{Body, Chart, LineStyle, Mark, Scale, Series};
use crate::sweep::{MapRun, MapState, map_figure};
use crate::value::Value;

fn chart(state: MapState) -> Chart {
    let Body::Chart(chart) = map_figure(state).unwrap().body else { panic!("a chart") };
    chart
}

/// A run of free play at p = 0.5.
fn now() -> MapRun {
    run(&[("keep_prob", 0.5)], &[("test_error", 0.17), ("baseline_test_error", 0.26)])
}

fn several() -> Vec<MapRun> {
    let mut all = vec![now()];
    all.extend(runs("keep_prob", "test_error", &[(0.3, 0.2), (1.0, f64::NAN), (0.7, 0.22)], 0));
    let filled = (1..4).flat_map(|seed| {
        let more = f64::from(seed) / 100.0;
        runs("keep_prob", "test_error", &[(0.3, 0.2 + more), (0.5, 0.15 + more)], seed)
    });
    all.extend(filled.map(|run| MapRun { filled: true, ..run }));
    all
}

fn named<'a>(chart: &'a Chart, name: &str) -> &'a Series {
    chart.series.iter().find(|series| series.name == name).expect(name)
}

#[test]
fn until_the_guess_is_made_the_run_that_is_shown_stands_alone() {
    let closed =
        MapState { now: Some(now()), open: false, ..state("playground", several(), Some(2)) };
    let chart = chart(closed.clone());
    assert_eq!(chart.series.len(), 1);
    let spot = &chart.series[0];
    assert_eq!((spot.mark, &spot.x, &spot.y), (Mark::Spot, &vec![0.5], &vec![0.17]));
    assert_eq!(spot.label(), "p = 0.5: 17.0\u{202f}%");
    assert_eq!((chart.events[0].x, chart.events[0].label.as_str()), (0.5, ""));
    let figure = map_figure(closed).unwrap();
    assert_eq!(figure.description, "The run shown, p = 0.5: test error 17.0\u{202f}%.");
}

#[test]
fn runs_by_hand_are_points_and_those_of_the_fill_in_a_band() {
    let open = MapState { now: Some(now()), ..state("playground", several(), Some(2)) };
    let figure = map_figure(open.clone()).unwrap();
    assert_eq!(figure.title, "Test error against p");
    assert_eq!(figure.note, "4 runs, 6 filled in · 4 seeds");
    let chart = chart(open);
    let dots = named(&chart, "test error, your runs");
    // The one that is no number is left out.
    assert_eq!((&dots.x, &dots.y), (&vec![0.3, 0.5, 0.7], &vec![0.2, 0.17, 0.22]));
    assert_eq!((dots.mark, dots.run), (Mark::Points, LineStyle::Dashed));
    let band = named(&chart, "test error, filled in");
    assert_eq!(band.x, [0.3, 0.5]);
    for (i, mean) in [0.22, 0.17].into_iter().enumerate() {
        // Of 0.01, 0.02 and 0.03 the standard deviation is 0.01.
        let ends = [band.low[i], band.y[i], band.high[i]];
        let wanted = [mean - 0.01, mean, mean + 0.01];
        assert!(ends.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{ends:?}");
    }
    let level = named(&chart, "no regularization");
    assert_eq!((level.run, &level.y), (LineStyle::Dashed, &vec![0.26; 2]));
    assert_eq!(level.label(), "no regularization 26.0\u{202f}%");
    let guess = named(&chart, "your guess");
    assert_eq!(guess.run, LineStyle::Dotted);
    let labels = chart.series.iter().filter(|series| series.label() == "test error").count();
    assert_eq!(labels, 1, "a curve is named once");
}

#[test]
fn axes_hold_all_that_is_shown_and_move_only_for_what_lies_outside() {
    let with = |more: &[(f64, f64)]| {
        let mut all = several();
        all.extend(runs("keep_prob", "test_error", more, 0));
        chart(MapState { now: Some(now()), ..state("playground", all, Some(2)) })
    };
    let before = with(&[]);
    assert_eq!((before.x.min, before.x.max), (0.0, 1.0));
    assert!((before.y.max - 0.3).abs() < 1e-12 && before.y.min == 0.0, "{:?}", before.y);
    assert_eq!(with(&[(0.8, 0.05), (0.9, 0.29)]).y, before.y);
    assert!((with(&[(0.1, 0.86)]).y.max - 1.0).abs() < 1e-12);
    for guess in 0..3 {
        let chart = chart(state("playground", several(), Some(guess)));
        let shape = named(&chart, "your guess");
        let inside =
            |value: &f64, axis: &crate::figure::Axis| (axis.min..=axis.max).contains(value);
        assert!(shape.x.iter().all(|x| inside(x, &chart.x)));
        assert!(shape.y.iter().all(|y| inside(y, &chart.y)));
    }
}

/// A shape is mapped by what an axis takes for equal distances.
#[test]
fn a_guess_is_as_straight_on_axes_of_ratios_as_in_its_picture() {
    let points = [(1.0, 0.2), (64.0, 0.03)];
    let chart =
        chart(state("l2_noise", runs("copies", "distance_copies_rms", &points, 0), Some(0)));
    assert_eq!((chart.x.scale, chart.y.scale), (Scale::Log, Scale::Log));
    assert!(chart.y.min <= 0.03 && chart.y.max >= 0.2);
    let shape = crate::labs::find("l2_noise").unwrap().main.unwrap().guesses[0].shape;
    let guess = named(&chart, "your guess");
    for (i, [across, up]) in shape.iter().enumerate() {
        let part = |value: f64, axis: &crate::figure::Axis| {
            (value / axis.min).ln() / (axis.max / axis.min).ln()
        };
        assert!((part(guess.x[i], &chart.x) - across).abs() < 1e-9);
        assert!((part(guess.y[i], &chart.y) - up).abs() < 1e-9);
    }
}

/// On an axis of ratios exactly 0 has the start to itself, below the lowest place that is above 0.
#[test]
fn exactly_nothing_stands_apart() {
    let metrics = [("max_difference_tied", 0.0), ("first_difference_tied", 0.0)];
    let apart = [("max_difference_tied", 2.4), ("first_difference_tied", 5e-8)];
    let all = vec![run(&[("perturbation", 0.0)], &metrics), run(&[("perturbation", 1e-8)], &apart)];
    let open = MapState { open: true, ..state("symmetry_breaking", all, None) };
    let chart = chart(MapState { at: 0.0, ..open });
    assert!(chart.x.min > 0.0 && chart.x.min < 1e-8 && chart.x.max >= 0.1, "{:?}", chart.x);
    assert!(chart.y.min > 0.0 && chart.y.min < 5e-8 && chart.y.max >= 2.4, "{:?}", chart.y);
    // and no line leads from there to where a difference was
    let joins = |series: &&Series| series.name.ends_with("mean of your runs");
    let line = chart.series.iter().filter(joins).find(|series| series.y.contains(&2.4)).unwrap();
    assert_eq!(line.x, [0.0, 0.0, 1e-8]);
    assert!(line.y[1].is_nan() && line.y[2] == 2.4, "{:?}", line.y);
}

/// Where every run measures all curves, the one that is looked at stands out, whichever was looked at in
/// the runs before.
#[test]
fn the_curve_that_is_looked_at_stands_out() {
    let measured = [
        ("pathway_error_no_dropout", 2.0),
        ("pathway_error_inverted", 1.5),
        ("full_error_no_dropout", 0.0),
        ("full_error_inverted", 1.4),
    ];
    let looking = |at: &str| {
        let mut shown = run(&[("keep_prob", 0.5)], &measured);
        let Value::Record(fields) = &mut shown.params else { panic!("settings") };
        fields.push(("scaling".into(), Value::Text(at.into())));
        let before = vec![run(&[("keep_prob", 0.7)], &measured)];
        chart(MapState { now: Some(shown), ..state("co_adaptation", before, None) })
    };
    for (at, spot, level) in [("no_dropout", 2.0, 0.0), ("inverted", 1.5, 1.4)] {
        let chart = looking(at);
        let spots: Vec<&Series> =
            chart.series.iter().filter(|series| series.mark == Mark::Spot).collect();
        assert_eq!(spots.iter().map(|series| series.y[0]).collect::<Vec<_>>(), [spot], "{at}");
        assert_eq!(named(&chart, "all together").y, [level], "{at}");
    }
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let refused = |state: MapState| map_figure(state).unwrap_err().to_string();
    let map = |runs| state("playground", runs, Some(0));
    assert!(
        refused(state("playgruond", Vec::new(), None)).starts_with("lab = \"playgruond\": must")
    );
    let message = refused(state("dropout_example", Vec::new(), None));
    assert!(
        message.starts_with("lab = \"dropout_example\": must be one with a map, "),
        "{message}"
    );
    let message = refused(MapState { guess: Some(3), ..map(Vec::new()) });
    assert_eq!(message, "guess = 3: must be a whole number from 0 to 2, or nothing");
    let message = refused(MapState { at: f64::NAN, ..map(Vec::new()) });
    assert_eq!(message, "at = NaN: must be a finite number");
    let bad = vec![now(), run(&[("keep_prob", 2.0), ("unit", 3.0)], &[])];
    let message = refused(map(bad));
    let known = "runs[1].params.keep_prob = 2: must be a number from 0.05 to 1";
    assert!(message.starts_with(known) && message.contains("runs[1].params.unit: "), "{message}");
    let words = Value::record(vec![("test_error", Value::Text("much".into()))]);
    let message = refused(map(vec![MapRun { metrics: words, ..now() }]));
    assert_eq!(message, "runs[0].metrics.test_error = \"much\": must be a number");
    let now = Some(run(&[("seed", -1.0)], &[]));
    let message = refused(MapState { now, ..map(Vec::new()) });
    assert!(message.starts_with("now.params.seed = -1: must be "), "{message}");
}
