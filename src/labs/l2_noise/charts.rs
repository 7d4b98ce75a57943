//! Charts the labs of this section share.

use super::copies::Copies;
use super::fitting::Fitting;
use super::{percent, short};
use crate::figure::{Axis, Body, Event, Mark, Role, Series, round_up};
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

/// The weights of one model, one a column; nothing where there is no model.
pub fn weight_points(name: &str, role: Role, fit: &[f64]) -> Series {
    let weights = &fit[..fit.len().saturating_sub(1)];
    let x = (1..=weights.len()).map(|place| place as f64).collect();
    Series::points(name, role, x, weights.to_vec())
}

/// The exact weights: a level across every column.
pub fn weight_levels(name: &str, fit: &[f64]) -> Series {
    weight_points(name, Role::Theory, fit).with_mark(Mark::Levels)
}

/// The weights of named columns; the vertical axis has room for the given models.
pub fn weights_chart(names: &[String], series: Vec<Series>, models: [&[f64]; 2]) -> Body {
    let all = models.iter().flat_map(|fit| &fit[..names.len()]);
    let largest = all.fold(0.1f64, |largest, w| largest.max(w.abs()));
    let (x, reach) = (Axis::named("column", names.to_vec()), round_up(1.1 * largest));
    let y = Axis::linear("weight", -reach, reach);
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
    let picture = Picture { note, description, body: steps_chart(fitting, planned, plain, what) };
    picture.told_once(fitting.steps > 0)
}

fn steps_chart(fitting: &Fitting, planned: f64, plain: f64, what: &str) -> Body {
    let end = planned.max(fitting.steps as f64).max(10.0);
    let level = Series::level("least squares", Role::Neutral, [1.0, end], plain);
    let series = vec![
        level.dashed(),
        fitting.line("distance_last", "last iterate", Role::Train),
        fitting.line("distance_average", "average", Role::Average),
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
        Series::line("one draw", Role::Member, copies.counts.clone(), distances.clone())
            .unlabelled()
    };
    let mut series: Vec<Series> = copies.distances.iter().map(one).collect();
    let end = wanted.max(2.0);
    let last = one_copy / end.sqrt();
    series.push(Series::line(name, role, vec![1.0, end], vec![one_copy, last]));
    let counts = copies.counts.clone();
    series.push(Series::points("8 draws", Role::Average, counts, copies.rms()));
    let low = if last > 0.0 { decade_below((last / 4.0).max(1e-4)) } else { 1e-3 };
    let x = Axis::log("copies K", 1.0, end);
    let usual = if one_copy.is_finite() { 1.6 * one_copy } else { 0.2 };
    let high = 10.0 * decade_below(usual.clamp(0.05, 9.0));
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
    fn weights_stand_at_their_columns_and_the_intercept_is_left_out() {
        let series = weight_levels("ridge", &[0.5, -0.5, 9.0]);
        assert_eq!((series.x, series.y), (vec![1.0, 2.0], vec![0.5, -0.5]));
        assert!(weight_points("", Role::Train, &[]).x.is_empty());
    }
}
