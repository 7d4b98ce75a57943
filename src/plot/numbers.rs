//! Numbers beside others: with the digits that an axis, a column or a matrix needs.

use super::scale::Span;
use crate::figure::Unit;
use crate::numbers::{
    NO_NUMBER, fixed, magnitude, percent, percent_to, power_of_ten, raised, significant,
};

/// A number with the digits that tell it from its neighbours, `step` away, on an axis whose
/// largest number is `largest`.
pub(super) fn on_axis(value: f64, step: f64, largest: f64, unit: Unit) -> String {
    match unit {
        Unit::Percent if largest < 1e5 => percent_to(value, decimals(step * 100.0)),
        _ if !(1e-3..1e7).contains(&largest) => with_power(value, step, largest),
        _ => fixed(value, decimals(step)),
    }
}

/// All numbers of such an axis have the power of ten of the largest.
fn with_power(value: f64, step: f64, largest: f64) -> String {
    if value == 0.0 {
        return "0".to_string();
    }
    let exponent = magnitude(largest);
    let unit = libm::pow(10.0, f64::from(exponent));
    format!("{}·{}", fixed(value / unit, decimals(step / unit)), power(exponent))
}

/// A power of ten alone: "10⁻⁴".
pub(super) fn power(exponent: i32) -> String {
    format!("10{}", exponent.to_string().chars().map(raised).collect::<String>())
}

/// How many decimals tell multiples of `step` apart; never more than anyone would read.
fn decimals(step: f64) -> usize {
    (-magnitude(step * 1.000_001)).clamp(0, 6) as usize
}

/// A number read off an axis: a share to a tenth of a percent, or where that says too little to two
/// digits; another number to a thousandth of a linear axis, to three digits of a logarithmic one, where
/// exactly 0 has a place of its own.
pub(super) fn reading(value: f64, unit: Unit, span: &Span) -> String {
    match unit {
        _ if span.log && value == 0.0 => "exactly 0".to_string(),
        Unit::Percent if value != 0.0 && value.abs() < 0.001 => {
            significant(100.0 * value, 2) + "\u{202f}%"
        }
        Unit::Percent => percent(value),
        Unit::Plain if span.log || value.abs() >= 1e7 => significant(value, 3),
        Unit::Plain => fixed(value, (3 - magnitude(span.max - span.min)).clamp(0, 12) as usize),
    }
}

/// A place on the horizontal axis.
pub(super) fn place(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Percent => percent(value),
        Unit::Plain => significant(value, 4),
    }
}

/// The fewest decimals, three at most, that write all these numbers in full.
pub(super) fn shared_decimals(values: &[f64]) -> usize {
    let exact = |decimals: &usize| {
        let unit = [1.0, 10.0, 100.0][*decimals];
        let whole = |value: f64| (value * unit - (value * unit).round()).abs() < 1e-6;
        values.iter().filter(|value| value.is_finite()).all(|&value| whole(value))
    };
    (0..3).find(exact).unwrap_or(3)
}

/// A number as an entry of a matrix or a cell of a table.
pub(super) fn entry(value: f64, decimals: usize, unit: Unit) -> String {
    match unit {
        Unit::Percent => percent(value),
        Unit::Plain if !value.is_finite() => NO_NUMBER.to_string(),
        Unit::Plain if value != 0.0 && !(5e-4..1e7).contains(&value.abs()) => {
            power_of_ten(value, 2)
        }
        Unit::Plain => fixed(value, decimals),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_writes_the_digits_it_needs() {
        assert_eq!(on_axis(0.2, 0.1, 0.3, Unit::Percent), "20\u{202f}%");
        assert_eq!(on_axis(0.005, 0.005, 0.02, Unit::Percent), "0.5\u{202f}%");
        assert_eq!(on_axis(0.3, 0.1, 0.5, Unit::Plain), "0.3");
        assert_eq!(on_axis(1000.0, 500.0, 1250.0, Unit::Plain), "1,000");
        assert_eq!(on_axis(2e8, 1e8, 3e8, Unit::Plain), "2·10⁸");
        assert_eq!(on_axis(5e-5, 5e-5, 2e-4, Unit::Plain), "0.5·10⁻⁴");
        assert_eq!(on_axis(0.0, 5e-5, 2e-4, Unit::Plain), "0");
    }

    #[test]
    fn a_number_read_off_says_what_the_chart_can_tell() {
        let span = |min, max, log| Span { min, max, log };
        let percent = [0.168, 1.0, 0.0, 0.00042];
        let percent = percent.map(|x| reading(x, Unit::Percent, &span(0.0, 1.0, false)));
        let percent = percent.map(|x| x.replace('\u{202f}', " "));
        assert_eq!(percent, ["16.8 %", "100.0 %", "0.0 %", "0.042 %"]);
        let plain = |x, max| reading(x, Unit::Plain, &span(0.0, max, false));
        let written = [plain(0.6, 1.5), plain(0.1003, 0.02), plain(-62.3, 130.0)];
        assert_eq!(written, ["0.600", "0.10030", "−62.3"]);
        let log = [0.0, 0.01234].map(|x| reading(x, Unit::Plain, &span(1e-3, 1.0, true)));
        assert_eq!(log, ["exactly 0", "0.0123"]);
        assert_eq!([place(1485.0, Unit::Plain), place(0.3, Unit::Plain)], ["1,485", "0.3"]);
    }

    #[test]
    fn powers_have_exponents() {
        assert_eq!(power(-12), "10⁻¹²");
    }

    #[test]
    fn entries_are_short() {
        assert_eq!(entry(120.0, shared_decimals(&[120.0, 273.0]), Unit::Plain), "120");
        assert_eq!(entry(-0.5, shared_decimals(&[-0.5, 0.25]), Unit::Plain), "−0.50");
        assert_eq!(entry(2.34567, shared_decimals(&[2.34567, f64::NAN]), Unit::Plain), "2.346");
        assert_eq!(entry(0.2, 0, Unit::Percent), "20.0\u{202f}%");
        assert_eq!(entry(f64::NAN, 3, Unit::Plain), "–");
        assert_eq!(entry(1.26e-7, 3, Unit::Plain), "1.3·10⁻⁷");
        assert_eq!(entry(f64::MAX, 3, Unit::Plain), "1.8·10³⁰⁸");
        assert_eq!(entry(0.0, 0, Unit::Plain), "0");
    }
}
