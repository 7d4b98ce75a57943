//! Charts the labs of this section share.

use super::copies::Copies;
use super::fitting::Fitting;
use super::{percent, short};
use crate::figure::{Axis, Body, Event, Role, Series};
use crate::lab::Picture;
use crate::numbers::counted;
use std::ops::RangeInclusive;

fn distance_axis(min: f64, max: f64, what: &str) -> Axis {
    Axis::log(what, min, max).percent()
}

/// The power of ten at or below a number above 0.
fn decade_below(number: f64) -> f64 {
    let mut decade = 10.0;
    while decade > number && decade > 1e-9 {
        decade /= 10.0;
    }
    decade
}

/// The run's alpha on an axis of alphas; nothing where it lies beyond.
pub fn at_alpha(alpha: f64, axis: RangeInclusive<f64>) -> Vec<Event> {
    let here = Event { x: alpha, label: format!("α = {}", short(alpha)) };
    if axis.contains(&alpha) { vec![here] } else { Vec::new() }
}

/// The weights of one model as points beside the places 1, 2, …; nothing where there is no model.
pub fn weight_points(name: &str, role: Role, offset: f64, fit: &[f64]) -> Series {
    let weights = &fit[..fit.len().saturating_sub(1)];
    let x = (1..=weights.len()).map(|place| place as f64 + offset).collect();
    Series::points(name, role, x, weights.to_vec())
}

/// The exact weights: a level across the width of every place, with gaps between.
pub fn weight_levels(name: &str, fit: &[f64]) -> Series {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for (i, &weight) in fit[..fit.len() - 1].iter().enumerate() {
        let at = i as f64 + 1.0;
        x.extend([at - 0.4, at + 0.4, at + 0.4]);
        y.extend([weight, weight, f64::NAN]);
    }
    Series::line(name, Role::Theory, x, y)
}

/// Weights against their places; the vertical axis has room for the given models.
pub fn weights_chart(series: Vec<Series>, models: [&[f64]; 2]) -> Body {
    let columns = models[0].len() - 1;
    let all = models.iter().flat_map(|fit| &fit[..columns]);
    let largest = all.fold(0.1f64, |largest, w| largest.max(w.abs()));
    let x = Axis::linear("weight", 0.5, columns as f64 + 0.5);
    let y = Axis::linear("value", -1.25 * largest, 1.25 * largest);
    Body::chart(x, y, series, Vec::new())
}

/// Distances of SGD's average and last iterate against steps, and where plain least squares is; `told`
/// makes the sentence of the steps taken and of these three distances.
pub fn steps_picture(
    fitting: &Fitting,
    plain: &[f64],
    planned: f64,
    what: &str,
    told: impl FnOnce(String, [String; 3]) -> String,
) -> Picture {
    let plain = fitting.distance(plain);
    let [average, last] = [fitting.average(), fitting.last()].map(|fit| fitting.distance(&fit));
    let [average, last, without] = [average, last, plain].map(percent);
    let note = format!("average {average}, last {last}");
    let description = told(counted(fitting.steps, "step"), [average, last, without]);
    Picture { note, description, body: steps_chart(fitting, planned, plain, what) }
}

fn steps_chart(fitting: &Fitting, planned: f64, plain: f64, what: &str) -> Body {
    let line = |name, label: &str, role| fitting.learning.line(name, label, role);
    let end = planned.max(fitting.steps as f64).max(10.0);
    let level = Series::level("least squares", Role::Neutral, [1.0, end], plain);
    let series = vec![
        level.dashed(),
        line("distance_last", "last iterate", Role::Test),
        line("distance_average", "average", Role::Train),
    ];
    let x = Axis::log("step", 1.0, end);
    Body::chart(x, distance_axis(0.001, 3.0, what), series, Vec::new())
}

/// Distances of least squares on K copies: every draw, their root mean square, and a law that falls
/// as one over the root of K from `one_copy`.
pub fn copies_chart(
    copies: &Copies,
    wanted: f64,
    (name, role): (&str, Role),
    one_copy: f64,
    what: &str,
) -> Body {
    let one = |distances: &Vec<f64>| {
        Series::line("", Role::Member, copies.counts.clone(), distances.clone())
    };
    let mut series: Vec<Series> = copies.distances.iter().map(one).collect();
    let end = wanted.max(2.0);
    let last = one_copy / end.sqrt();
    series.push(Series::line(name, role, vec![1.0, end], vec![one_copy, last]));
    let counts = copies.counts.clone();
    series.push(Series::points("8 draws", Role::Average, counts, copies.rms()));
    let low = if last > 0.0 { decade_below((last / 4.0).max(1e-4)) } else { 1e-3 };
    let x = Axis::log("copies K", 1.0, end);
    let high = 10.0 * decade_below((1.6 * one_copy).clamp(0.05, 9.0));
    Body::chart(x, distance_axis(low, high, what), series, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_starts_at_a_power_of_ten() {
        let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-9;
        assert!(
            near(decade_below(0.02), 0.01)
                && near(decade_below(3.0), 1.0)
                && near(decade_below(0.3), 0.1)
        );
    }

    #[test]
    fn levels_have_gaps_and_leave_the_intercept_out() {
        let series = weight_levels("ridge", &[0.5, -0.5, 9.0]);
        assert_eq!(series.x, [0.6, 1.4, 1.4, 1.6, 2.4, 2.4]);
        assert!(series.y[2].is_nan() && series.y[3] == -0.5);
        assert_eq!(weight_points("", Role::Train, 0.25, &[0.5, 9.0]).x, [1.25]);
        assert!(weight_points("", Role::Train, 0.0, &[]).x.is_empty());
    }
}
