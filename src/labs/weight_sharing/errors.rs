//! Error curves of networks that are compared: one solid, the others dashed.

use crate::figure::{Axis, Body, Role};
use crate::lab::learning_curves::Curves;

/// One curve of a chart.
pub(super) struct Line {
    /// The metric it shows.
    pub key: &'static str,
    /// The network it is measured on.
    pub name: &'static str,
    pub role: Role,
}

/// Shares of wrong answers against steps: of the network whose weights are shared, and of those it is
/// compared with.
pub(super) fn error_chart(
    curves: &Curves<'_, &'static str>,
    shared: &Line,
    others: &[Line],
    planned: usize,
) -> Body {
    let line = |line: &Line| curves.line(line.key, line.name, line.role);
    let mut series = vec![line(shared)];
    series.extend(others.iter().map(|other| line(other).dashed()));
    let y = Axis::linear("wrong answers", 0.0, 1.0).percent();
    Body::chart(curves.steps(planned), y, series, Vec::new())
}
