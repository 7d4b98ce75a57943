//! Error curves of arms that are compared: one solid, the others dashed.

use crate::figure::{Axis, Body, Role, Run};
use crate::labs::curves::Curves;

/// One curve of a chart.
pub(super) struct Line<'a> {
    /// Its number among the curves.
    pub curve: usize,
    pub name: &'a str,
    /// Its value now.
    pub value: f64,
    pub role: Role,
}

/// Shares of wrong answers against the steps. The first curve is the arm whose weights are shared.
pub(super) fn error_chart(curves: &Curves, lines: &[Line], (steps, planned): (u64, usize)) -> Body {
    let now = steps as f64;
    let series = lines.iter().enumerate().map(|(place, line)| {
        let run = if place == 0 { Run::A } else { Run::B };
        curves.series(line.curve, line.name, line.role, run, (now, line.value))
    });
    let x = Axis::linear("step", 0.0, now.max(planned as f64));
    let y = Axis::linear("wrong answers", 0.0, 1.0).percent();
    Body::chart(x, y, series.collect(), Vec::new())
}

/// A setting that counts from 1 and can be larger than what there is to choose from: "filter 8", and
/// where 16 was asked for, why it is not that one.
pub(super) fn chosen(what: &str, asked: usize, there: usize) -> String {
    if asked > there {
        format!("{what} {there} (there is no {asked})")
    } else {
        format!("{what} {asked}")
    }
}
