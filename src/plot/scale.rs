//! An axis as a scale: from a number to its place between the two ends.

use crate::figure::{Axis, Scale};

/// The largest number an axis reaches: differences must stay finite.
const FAR: f64 = 1e300;

/// An axis whose ends are fit to draw between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// The number at the start.
    pub min: f64,
    /// The number at the end; always larger.
    pub max: f64,
    /// Whether equal ratios, not differences, are equally far apart.
    pub log: bool,
}

impl Span {
    /// The span of an axis. Ends in the wrong order are exchanged, equal ends moved apart, and
    /// ends that cannot be drawn replaced.
    pub fn of(axis: &Axis) -> Self {
        let log = axis.scale == Scale::Log;
        let end = |value: f64, other: f64| if value.is_nan() { other } else { value };
        let (a, b) = (end(axis.min, 0.0).clamp(-FAR, FAR), end(axis.max, 1.0).clamp(-FAR, FAR));
        let (min, max) = (a.min(b), a.max(b));
        let (min, max) = if log { positive(min, max) } else { (min, max) };
        let (min, max) =
            if max - min > 1e-12 * max.abs().max(min.abs()) { (min, max) } else { apart(min, log) };
        Span { min, max, log }
    }

    /// The place of a number: 0 at the start, 1 at the end, not a number where it has none.
    ///
    /// On a logarithmic scale exactly 0 lies at the start: below all that has a place of its own.
    pub fn part(&self, value: f64) -> f64 {
        if self.log && value == 0.0 {
            0.0
        } else if self.log {
            let (low, high) = (libm::log10(self.min), libm::log10(self.max));
            (libm::log10(value) - low) / (high - low)
        } else {
            (value - self.min) / (self.max - self.min)
        }
    }

    /// The number at a place: 0 is the start, 1 the end.
    pub fn value(&self, part: f64) -> f64 {
        if self.log {
            let (low, high) = (libm::log10(self.min), libm::log10(self.max));
            libm::pow(10.0, low + part * (high - low))
        } else {
            self.min + part * (self.max - self.min)
        }
    }

    /// The number that bars stand on: 0, or the start where 0 has no place.
    pub fn floor(&self) -> f64 {
        if self.log { self.min } else { 0.0 }
    }
}

fn positive(min: f64, max: f64) -> (f64, f64) {
    match (min > 0.0, max > 0.0) {
        (true, _) => (min, max),
        (false, true) => (max / 1e3, max),
        (false, false) => (1.0, 10.0),
    }
}

/// A span around one number.
fn apart(value: f64, log: bool) -> (f64, f64) {
    let by = if value == 0.0 { 1.0 } else { value.abs() / 2.0 };
    if log { (value / 2.0, value * 2.0) } else { (value - by, value + by) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(min: f64, max: f64, scale: Scale) -> Span {
        Span::of(&Axis { scale, ..Axis::linear("", min, max) })
    }

    #[test]
    fn the_ends_are_0_and_1() {
        let linear = span(10.0, 30.0, Scale::Linear);
        assert_eq!([10.0, 25.0, 30.0].map(|value| linear.part(value)), [0.0, 0.75, 1.0]);
        let log = span(0.01, 100.0, Scale::Log);
        assert_eq!([0.01, 1.0, 100.0].map(|value| log.part(value)), [0.0, 0.5, 1.0]);
        assert_eq!([0.0, 0.75, 1.0].map(|part| linear.value(part)), [10.0, 25.0, 30.0]);
        assert_eq!([0.0, 0.5, 1.0].map(|part| log.value(part)), [0.01, 1.0, 100.0]);
        assert!(!log.part(-1.0).is_finite());
        assert_eq!(log.part(0.0), 0.0);
    }

    #[test]
    fn every_axis_gets_a_span() {
        let odd = [0.0, -1.0, 5.0, 1e-300, 1e308, -1e308, f64::NAN, f64::INFINITY];
        for scale in [Scale::Linear, Scale::Log] {
            for (min, max) in odd.iter().flat_map(|&a| odd.map(|b| (a, b))) {
                let span = span(min, max, scale);
                assert!(span.min < span.max, "{min} to {max}: {span:?}");
                assert_eq!((span.part(span.min), span.part(span.max)), (0.0, 1.0), "{span:?}");
            }
        }
    }

    #[test]
    fn ends_that_are_no_range_are_mended() {
        assert_eq!(span(3.0, 1.0, Scale::Linear), span(1.0, 3.0, Scale::Linear));
        assert_eq!(span(2.0, 2.0, Scale::Linear), span(1.0, 3.0, Scale::Linear));
        assert_eq!(span(0.0, 1000.0, Scale::Log), span(1.0, 1000.0, Scale::Log));
    }
}
