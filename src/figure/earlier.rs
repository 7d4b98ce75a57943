//! The curves of earlier runs, faint behind those of the present one.

use super::{Axis, Body, Chart, Figure, LineStyle, Mark, Role, Series};
use crate::numbers::list;
use serde::Deserialize;

/// A figure of an earlier run, and what that run is called: "p = 0.9".
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    /// What stands at the end of its curve.
    pub name: String,
    /// The figure as the run left it.
    pub figure: Figure,
}

/// The figure with what earlier runs measured behind it. One that is no chart, or has a map, stays as
/// it is; an earlier one with other axes is left out.
pub fn with_earlier(mut figure: Figure, earlier: Vec<Earlier>) -> Figure {
    let Body::Chart(chart) = &mut figure.body else { return figure };
    if chart.map.is_some() {
        return figure;
    }
    let added: Vec<String> = earlier.into_iter().filter_map(|run| add(chart, run)).collect();
    if !added.is_empty() {
        let added = format!(" In faint lines behind it: {}.", list(&added));
        figure.description.push_str(&added);
    }
    figure
}

/// Adds the curves of a run; gives its name, where it has any that fit.
fn add(chart: &mut Chart, Earlier { name, figure }: Earlier) -> Option<String> {
    let Body::Chart(before) = figure.body else { return None };
    if !(alike(&chart.x, &before.x) && alike(&chart.y, &before.y)) {
        return None;
    }
    let curves = main_curves(before.series);
    grow(&mut chart.x, &before.x, curves.iter().map(|curve| &curve.x[..]));
    // The steep start of a curve is cut in every chart.
    grow(&mut chart.y, &before.y, curves.iter().map(|curve| &curve.y[curve.y.len() / 4..]));
    let any = !curves.is_empty();
    for (i, curve) in curves.into_iter().enumerate() {
        let label = if i == 0 { name.as_str() } else { "" };
        chart.series.push(faint(curve, &name).labelled(label));
    }
    any.then_some(name)
}

/// Whether the same is measured on both axes, in the same way.
fn alike(a: &Axis, b: &Axis) -> bool {
    (&a.label, a.unit, a.scale) == (&b.label, b.unit, b.scale)
}

/// What a run is remembered by: its solid measured lines, of the test set where there are any; points
/// where there are no lines.
fn main_curves(mut series: Vec<Series>) -> Vec<Series> {
    series.retain(|series| {
        let of_this_run = series.run == LineStyle::Solid && !series.faint;
        let measured = !matches!(series.role, Role::Theory | Role::Member);
        of_this_run
            && measured
            && series.mark != Mark::Bars
            && series.x.is_sorted()
            && !series.x.is_empty()
    });
    prefer(&mut series, |series| matches!(series.mark, Mark::Line | Mark::Joined));
    prefer(&mut series, |series| series.role == Role::Test);
    series
}

/// Those of a kind alone, where there are any.
fn prefer(series: &mut Vec<Series>, kind: impl Fn(&Series) -> bool) {
    if series.iter().any(&kind) {
        series.retain(kind);
    }
}

/// A curve of an earlier run, without its band.
fn faint(curve: Series, run: &str) -> Series {
    let parts: Vec<&str> = [&curve.name, run].into_iter().filter(|part| !part.is_empty()).collect();
    let (name, faint) = (parts.join(", "), true);
    let mark = if curve.mark == Mark::Joined { Mark::Line } else { curve.mark };
    Series { name, mark, faint, low: Vec::new(), high: Vec::new(), ..curve }
}

/// Moves the ends of an axis out to those of an earlier chart, where its curves need that; never in.
fn grow<'a>(axis: &mut Axis, before: &Axis, curves: impl Iterator<Item = &'a [f64]>) {
    let finite = curves.flatten().copied().filter(|value| value.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if low < axis.min {
        axis.min = axis.min.min(before.min);
    }
    if high > axis.max {
        axis.max = axis.max.max(before.max);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Event;

    fn figure(y: Axis, series: Vec<Series>) -> Figure {
        let [key, title, note] = ["error", "Error", ""].map(str::to_string);
        let body = Body::chart(Axis::linear("step", 0.0, 100.0), y, series, Vec::<Event>::new());
        Figure { key, title, note, description: "It falls.".to_string(), body, handles: Vec::new() }
    }

    fn line(name: &str, role: Role, top: f64) -> Series {
        let x = [0.0, 25.0, 50.0, 75.0, 100.0];
        Series::line(name, role, x.to_vec(), vec![0.9, top, top / 2.0, top / 3.0, 0.1])
    }

    fn errors(max: f64, top: f64) -> Figure {
        let bounds = || vec![0.0; 5];
        let series = vec![
            line("test, without", Role::Test, top).dashed(),
            line("formula", Role::Theory, top),
            Series { low: bounds(), high: bounds(), ..line("test", Role::Test, top) },
            line("train", Role::Train, top),
        ];
        figure(Axis::linear("error", 0.0, max).percent(), series)
    }

    fn with(figure: Figure, before: &[(&str, Figure)]) -> (Chart, String) {
        let earlier = before.iter().map(|(name, figure)| (name.to_string(), figure.clone()));
        let earlier = earlier.map(|(name, figure)| Earlier { name, figure }).collect();
        let Figure { body: Body::Chart(chart), description, .. } = with_earlier(figure, earlier)
        else {
            panic!("a chart")
        };
        (chart, description)
    }

    #[test]
    fn of_an_earlier_run_the_measured_test_curve_stays_named_at_its_end() {
        let before = [("p = 0.9", errors(0.5, 0.4)), ("p = 0.7", errors(0.5, 0.3))];
        let (chart, description) = with(errors(0.5, 0.2), &before);
        let added = &chart.series[4..];
        let looks = added.iter().map(|s| (s.name.as_str(), s.label(), s.role, s.faint));
        let want = [
            ("test, p = 0.9", "p = 0.9", Role::Test, true),
            ("test, p = 0.7", "p = 0.7", Role::Test, true),
        ];
        assert_eq!(looks.collect::<Vec<_>>(), want);
        assert!(added.iter().all(|s| s.low.is_empty()) && added[0].y[1] == 0.4);
        assert!(description.ends_with("In faint lines behind it: p = 0.9 and p = 0.7."));
        let Body::Chart(own) = errors(0.5, 0.2).body else { panic!("a chart") };
        assert_eq!((&chart.series[..4], chart.y), (&own.series[..], own.y));
    }

    #[test]
    fn axes_grow_where_that_is_needed_and_never_shrink() {
        let max = |own: f64, before: (f64, f64)| {
            let before = [("p = 0.9", errors(before.0, before.1))];
            with(errors(own, 0.2), &before).0.y.max
        };
        assert_eq!(max(0.3, (0.5, 0.4)), 0.5, "it would be cut");
        assert_eq!(max(0.3, (0.5, 0.3)), 0.3, "it fits");
        assert_eq!(max(0.5, (0.2, 0.2)), 0.5, "the present run's own");
        assert_eq!(max(0.3, (0.4, 0.8)), 0.4, "the earlier chart cut it too");
    }

    #[test]
    fn a_run_has_one_label_however_many_curves() {
        let curves = |top: f64| {
            let series = vec![line("x1", Role::Positive, top), line("x2", Role::Negative, top)];
            figure(Axis::linear("weight", 0.0, 1.0), series)
        };
        let (chart, _) = with(curves(0.2), &[("p = 0.9", curves(0.4))]);
        let labels: Vec<&str> = chart.series[2..].iter().map(Series::label).collect();
        assert_eq!(labels, ["p = 0.9", ""]);
        let names: Vec<&str> = chart.series[2..].iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["x1, p = 0.9", "x2, p = 0.9"]);
    }

    #[test]
    fn what_was_measured_otherwise_and_what_is_no_chart_stays_out() {
        let other = figure(Axis::linear("loss", 0.0, 3.0), vec![line("test", Role::Test, 2.0)]);
        let formula = figure(
            Axis::linear("error", 0.0, 0.5).percent(),
            vec![line("formula", Role::Theory, 0.4), line("test", Role::Test, 0.4).dashed()],
        );
        let own = errors(0.5, 0.2);
        let empty = Figure { body: Body::Empty, ..own.clone() };
        let before = [("loss", other), ("formula", formula), ("empty", empty.clone())];
        let before = before.map(|(name, figure)| Earlier { name: name.to_string(), figure });
        assert_eq!(with_earlier(own.clone(), before.to_vec()), own);
        let run = Earlier { name: "p = 0.9".to_string(), figure: own };
        assert_eq!(with_earlier(empty.clone(), vec![run]), empty);
    }
}
