//! Labels at the ends of lines: beside what is drawn, not over it.

use super::{SIZES, figure, lines, texts};
use crate::figure::{Axis, Body, Mark, Role, Series};
use crate::plot::geometry::Rect;
use crate::plot::svg;

/// Points of a line of an SVG, in CSS pixels.
fn points(line: &str) -> Vec<(f64, f64)> {
    let numbers: Vec<f64> = line
        .split([' ', ','])
        .filter_map(|number| number.parse().ok())
        .map(|n: f64| n / 8.0)
        .collect();
    numbers.chunks_exact(2).map(|point| (point[0], point[1])).collect()
}

/// Curves that end where another goes on: "measured" up to 10 of what a formula says up to 30, and points
/// of a run on the line through all runs.
#[test]
fn no_label_hides_the_curve_that_goes_on_beside_it() {
    let x = |end: i32| (1..=end).map(f64::from).collect::<Vec<_>>();
    let over = |x: &[f64]| x.iter().map(|x| 1.0 / x).collect::<Vec<_>>();
    let line = |name: &str, role, end| Series::line(name, role, x(end), over(&x(end)));
    let spot = Series::line("n = 6: 0.167", Role::Test, vec![6.0], vec![1.0 / 6.0]);
    let ends = line("measured", Role::Average, 10).with_mark(Mark::Joined);
    let series = vec![line("formula", Role::Theory, 30), ends, spot.with_mark(Mark::Spot)];
    let axes = (Axis::linear("n", 0.0, 30.0), Axis::linear("error", 0.0, 1.0));
    let body = Body::chart(axes.0, axes.1, series, Vec::new());
    for (width, height) in SIZES {
        let svg = svg(&figure(body.clone()), width, height);
        let formula =
            points(lines(&svg, "#007A5A").into_iter().max_by_key(|line| line.len()).unwrap());
        let between = |pair: &[(f64, f64)]| {
            let (a, b) = (pair[0], pair[1]);
            let part = move |t: f64| (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
            (0..=20).map(move |i| part(f64::from(i) / 20.0)).collect::<Vec<_>>()
        };
        let curve: Vec<(f64, f64)> = formula.windows(2).flat_map(between).collect();
        let labels = ["measured", "n = 6: 0.167", "formula"];
        let texts: Vec<_> =
            texts(&svg).into_iter().filter(|(words, _)| labels.contains(&words.as_str())).collect();
        assert!(texts.len() >= 3, "{texts:?}");
        for (words, covered) in texts {
            let hidden = curve
                .iter()
                .filter(|&&at| Rect::around(at, 0.0, 0.0).grown(0.01).overlap(&covered) > 0.0);
            assert_eq!(hidden.count(), 0, "{words} at {width} x {height}: {covered:?}");
        }
    }
}
