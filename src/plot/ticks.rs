//! The few round numbers written along an axis.

use super::numbers::{on_axis, power};
use super::scale::Span;
use crate::figure::Unit;
use crate::numbers::magnitude;

/// A number written along an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub value: f64,
    pub label: String,
}

/// Round numbers within a span, in at most so many steps.
pub(super) fn ticks(span: &Span, unit: Unit, steps: usize) -> Vec<Tick> {
    if !span.log {
        return linear(span, unit, steps);
    }
    let powers = powers_of_ten(span, unit, steps);
    if powers.len() > 1 {
        return powers;
    }
    let between = ones_twos_fives(span, unit);
    if between.len() > 1 { between } else { linear(span, unit, steps) }
}

fn linear(span: &Span, unit: Unit, steps: usize) -> Vec<Tick> {
    let step = round_step((span.max - span.min) / steps.max(1) as f64);
    let (first, last) = (libm::ceil(span.min / step - 1e-9), libm::floor(span.max / step + 1e-9));
    let largest = span.max.abs().max(span.min.abs());
    let count = (last - first).clamp(0.0, steps as f64 + 1.0) as usize;
    let values = (0..=count).map(|i| (first + i as f64) * step);
    values.map(|value| Tick { value, label: on_axis(value, step, largest, unit) }).collect()
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `least`.
fn round_step(least: f64) -> f64 {
    let unit = libm::pow(10.0, f64::from(magnitude(least)));
    let fits = |times: &f64| times * unit >= least * (1.0 - 1e-9);
    [1.0, 2.0, 5.0].into_iter().find(fits).unwrap_or(10.0) * unit
}

fn powers_of_ten(span: &Span, unit: Unit, steps: usize) -> Vec<Tick> {
    let first = libm::ceil(libm::log10(span.min) - 1e-9) as i32;
    let last = libm::floor(libm::log10(span.max) + 1e-9) as i32;
    let decades = (last - first).max(0) as usize;
    let stride = decades.div_ceil(steps.max(1)).max(1);
    let written_out = first >= -4 && last <= 6 || unit == Unit::Percent;
    let tick = |exponent: i32| {
        let value = libm::pow(10.0, f64::from(exponent));
        let label = if written_out { on_axis(value, value, 1.0, unit) } else { power(exponent) };
        Tick { value, label }
    };
    (first..=last).step_by(stride).map(tick).collect()
}

/// 1, 2 and 5 times powers of ten: for an axis too short for powers alone.
fn ones_twos_fives(span: &Span, unit: Unit) -> Vec<Tick> {
    let (first, last) = (magnitude(span.min), magnitude(span.max));
    let within = |value: &f64| (span.min..=span.max * (1.0 + 1e-9)).contains(value);
    let decade = |exponent| [1.0, 2.0, 5.0].map(|t| t * libm::pow(10.0, f64::from(exponent)));
    let values = (first..=last).flat_map(decade).filter(within);
    values.map(|value| Tick { value, label: on_axis(value, value, value, unit) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(min: f64, max: f64, log: bool, unit: Unit, steps: usize) -> Vec<String> {
        ticks(&Span { min, max, log }, unit, steps).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!(labels(0.0, 1250.0, false, Unit::Plain, 5), ["0", "500", "1,000"]);
        assert_eq!(
            labels(0.0, 0.37, false, Unit::Percent, 5),
            ["0\u{202f}%", "10\u{202f}%", "20\u{202f}%", "30\u{202f}%"]
        );
        assert_eq!(labels(-1.0, 1.0, false, Unit::Plain, 4), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
        assert_eq!(labels(0.0, 0.3, false, Unit::Plain, 3), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(labels(0.0, 3e4, false, Unit::Plain, 3), ["0", "10,000", "20,000", "30,000"]);
    }

    #[test]
    fn a_log_axis_shows_powers_of_ten() {
        assert_eq!(labels(1e-3, 10.0, true, Unit::Plain, 5), ["0.001", "0.01", "0.1", "1", "10"]);
        assert_eq!(
            labels(1e-8, 1.0, true, Unit::Plain, 4),
            ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"]
        );
        assert_eq!(
            labels(0.05, 0.5, true, Unit::Percent, 4),
            ["5\u{202f}%", "10\u{202f}%", "20\u{202f}%", "50\u{202f}%"]
        );
        assert_eq!(labels(2.1, 4.0, true, Unit::Plain, 4), ["2.5", "3.0", "3.5", "4.0"]);
    }

    #[test]
    fn never_more_than_asked_whatever_the_span() {
        for &max in &[1e-300, 1e-9, 0.7, 1.0, 33.0, 1e5, 1e15, 1e300] {
            for min in [0.0, -max, max * 0.999_999] {
                for steps in 1..8 {
                    let span = Span { min, max, log: false };
                    let ticks = ticks(&span, Unit::Plain, steps);
                    assert!(ticks.len() <= steps + 1, "{min} to {max} in {steps}: {ticks:?}");
                }
            }
        }
    }
}
