//! Numbers in words: the one style of all figures, tables, axes and sentences.
//!
//! The page's `www/numbers.js` writes in the same style, in the reader's own language; what is
//! written here is English. A minus sign is a true one and never stands before what is written as
//! zero; thousands are set apart; very large and very small numbers are written with a power of
//! ten; what is not a finite number is a dash. Data files are written in full elsewhere.

/// What stands where there is no number.
pub const NO_NUMBER: &str = "–";

/// A number with so many decimals: "−1,000.50".
///
/// ```
/// use regularization_playground::numbers::fixed;
///
/// assert_eq!([-62.74, -0.04, f64::NAN].map(|x| fixed(x, 1)), ["−62.7", "0.0", "–"]);
/// ```
pub fn fixed(number: f64, decimals: usize) -> String {
    if !number.is_finite() {
        return NO_NUMBER.to_string();
    }
    let digits = format!("{:.decimals$}", number.abs());
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let negative = number < 0.0 && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    format!("{}{}{fraction}", if negative { "−" } else { "" }, grouped(whole))
}

/// A number with at most so many decimals, and none that say nothing: "60", "0.5", "2.9724".
pub fn trimmed(number: f64, decimals: usize) -> String {
    without_zeros(&fixed(number, decimals)).to_string()
}

/// A number with at most so many significant digits: "0.0214", "1.2·10⁻¹⁶".
pub fn significant(number: f64, digits: usize) -> String {
    if number != 0.0 && number.is_finite() && !(1e-4..1e7).contains(&number.abs()) {
        return power_of_ten(number, digits);
    }
    let decimals = digits as i32 - 1 - if number == 0.0 { 0 } else { magnitude(number) };
    trimmed(number, decimals.max(0) as usize)
}

/// A number with a power of ten, and at most so many digits before it: "5.2·10⁻⁸".
pub fn power_of_ten(number: f64, digits: usize) -> String {
    if number == 0.0 || !number.is_finite() {
        return trimmed(number, 0);
    }
    let written = format!("{:.*e}", digits.max(1) - 1, number.abs());
    let (factor, exponent) = written.split_once('e').expect("that is how it is written");
    let sign = if number < 0.0 { "−" } else { "" };
    format!(
        "{sign}{}·10{}",
        without_zeros(factor),
        exponent.chars().map(raised).collect::<String>()
    )
}

/// How far apart two numbers are: said where it is exactly nothing, and never rounded to nothing.
///
/// ```
/// use regularization_playground::numbers::difference;
///
/// let written = [0.0, 5.24e-8, 0.0191].map(|x| difference(x, 3));
/// assert_eq!(written, ["exactly 0", "5.2·10⁻⁸", "0.019"]);
/// ```
pub fn difference(size: f64, decimals: usize) -> String {
    match size {
        0.0 => "exactly 0".to_string(),
        tiny if tiny.abs() < 10f64.powi(-(decimals as i32)) => power_of_ten(tiny, 2),
        _ => fixed(size, decimals),
    }
}

/// A fraction as a percentage: "20.0 %".
pub fn percent(fraction: f64) -> String {
    percent_to(fraction, 1)
}

/// A fraction as a percentage with so many decimals. The number does not part from its sign at the
/// end of a line.
pub fn percent_to(fraction: f64, decimals: usize) -> String {
    if !fraction.is_finite() {
        return NO_NUMBER.to_string();
    }
    fixed(100.0 * fraction, decimals) + "\u{202f}%"
}

/// A count: "1,240".
pub fn whole(count: u64) -> String {
    grouped(&count.to_string())
}

/// A count of things named by a regular noun: "1 step", "1,240 steps".
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", whole(count), if count == 1 { "" } else { "s" })
}

/// Words in a row: "a", "a and b", "a, b and c".
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        few => few.concat(),
    }
}

/// A symbol with its index as the slides write it, counted from 1: "x₁" for place 0.
pub fn indexed(symbol: &str, place: usize) -> String {
    let lowered = |digit: char| char::from_u32(0x2050 + digit as u32).unwrap_or(digit);
    symbol.chars().chain((place + 1).to_string().chars().map(lowered)).collect()
}

/// A digit or a minus sign as it stands in an exponent.
pub fn raised(character: char) -> char {
    match character {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '-' => '⁻',
        digit => digit.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(digit),
    }
}

/// The power of ten at or just below a number's size: 2 for 250.
pub fn magnitude(number: f64) -> i32 {
    libm::floor(libm::log10(number.abs())).clamp(-400.0, 400.0) as i32
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn without_zeros(number: &str) -> &str {
    let decimals = number.contains('.');
    if decimals { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

/// The number nearest to what is written, in every form in which the standard library reads numbers
/// ("-12", ".5", "1e-3", "NaN", "inf"), which does so by a table of ten kilobytes: a fiftieth of the
/// module, for a few numbers in links.
pub fn read(text: &str) -> Option<f64> {
    let (sign, size) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let size = match size.to_ascii_lowercase().as_str() {
        "nan" => f64::NAN,
        "inf" | "infinity" => f64::INFINITY,
        size => decimal(size)?,
    };
    Some(sign * size)
}

/// A number without a sign, its letters small.
fn decimal(text: &str) -> Option<f64> {
    let (digits, power) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = || whole.bytes().chain(fraction.bytes());
    if all().next().is_none() || !all().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = whole.trim_start_matches('0').as_bytes();
    let fraction = fraction.trim_end_matches('0').as_bytes();
    Some(minimal_lexical::parse_float(whole.iter(), fraction.iter(), power.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thousands_are_set_apart_and_zero_has_no_sign() {
        assert_eq!(fixed(1_234_567.0, 0), "1,234,567");
        assert_eq!(fixed(-1000.5, 2), "−1,000.50");
        assert_eq!([-0.004, 0.126].map(|x| fixed(x, 2)), ["0.00", "0.13"]);
        assert_eq!([(-1.0, 0), (-0.0, 1)].map(|(x, decimals)| fixed(x, decimals)), ["−1", "0.0"]);
        assert_eq!([12, 1_105_000].map(whole), ["12", "1,105,000"]);
    }

    #[test]
    fn decimals_that_say_nothing_are_left_out() {
        let written = [60.0, 0.5, 2.9724, -0.0, 68.25, 1.0 / 3.0, -1.5].map(|x| trimmed(x, 4));
        assert_eq!(written, ["60", "0.5", "2.9724", "0", "68.25", "0.3333", "−1.5"]);
        assert_eq!([4.8869, 7.0, -0.001].map(|w| trimmed(w, 2)), ["4.89", "7", "0"]);
        assert_eq!(trimmed(100.0, 0), "100");
    }

    #[test]
    fn significant_digits_count_from_the_first_that_is_not_zero() {
        let written = [0.0, 0.3, 0.02137, 123.4, 0.9996, -0.5].map(|x| significant(x, 3));
        assert_eq!(written, ["0", "0.3", "0.0214", "123", "1", "−0.5"]);
        let written = [123_456.0, 1.2e-16, -2.5e7, f64::NAN].map(|x| significant(x, 3));
        assert_eq!(written, ["123,456", "1.2·10⁻¹⁶", "−2.5·10⁷", "–"]);
    }

    #[test]
    fn powers_of_ten_have_the_style_of_the_page() {
        assert_eq!(power_of_ten(2.951e-13, 3), "2.95·10⁻¹³");
        assert_eq!(power_of_ten(-1e-12, 2), "−1·10⁻¹²");
        assert_eq!(power_of_ten(9.99e4, 1), "1·10⁵");
        assert_eq!([0.0, f64::INFINITY].map(|x| power_of_ten(x, 2)), ["0", "–"]);
        assert_eq!((magnitude(-250.0), magnitude(0.0), magnitude(1e-3)), (2, -400, -3));
    }

    #[test]
    fn a_difference_is_exactly_zero_or_never_written_as_zero() {
        let written = [0.0, 5.24e-8, 0.0191, 2.4, f64::NAN].map(|x| difference(x, 3));
        assert_eq!(written, ["exactly 0", "5.2·10⁻⁸", "0.019", "2.400", "–"]);
        assert_eq!(difference(0.004, 2), "4·10⁻³");
    }

    #[test]
    fn percentages_do_not_part_from_their_sign() {
        assert_eq!([0.2, -0.0321, f64::NAN].map(percent), ["20.0\u{202f}%", "−3.2\u{202f}%", "–"]);
        assert_eq!(percent_to(0.5, 0), "50\u{202f}%");
    }

    #[test]
    fn one_is_counted_without_an_s_and_the_last_in_a_row_follows_an_and() {
        let written = [0, 1, 1240].map(|count| counted(count, "step"));
        assert_eq!(written, ["0 steps", "1 step", "1,240 steps"]);
        let rows: [&[&str]; 4] = [&[], &["a"], &["a", "b"], &["a", "b", "c"]];
        assert_eq!(rows.map(list), ["", "a", "a and b", "a, b and c"]);
        assert_eq!((indexed("x", 0), indexed("h", 11)), ("x₁".into(), "h₁₂".into()));
    }

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        let whole = ["0", "-0", "1", "+1", "007.250", "9007199254740993", "18446744073709551617"];
        let part =
            ["+.5", "5.", "0.1", "1e-3", "1E5", "1e+2", "0.0e9", "0e400", "1e400", "-1e-400"];
        let edge = ["5e-324", "2.2250738585072011e-308", "1.7976931348623157e308", "2e308"];
        let none = ["", "-", ".", "e5", "1e", "1e+-2", "--1", "+-1", "1 ", " 1", "1,5", "0x1", "é"];
        let word = ["NaN", "inf", "-Infinity", "+INF", "in", "nane5"];
        for text in [&whole[..], &part, &edge, &none, &word].concat() {
            let known = text.parse::<f64>().ok();
            let same = read(text).map(f64::to_bits) == known.map(f64::to_bits);
            let neither = read(text).is_some_and(f64::is_nan) && known.is_some_and(f64::is_nan);
            assert!(same || neither, "{text}: {:?}, {known:?}", read(text));
        }
    }

    proptest! {
        #[test]
        fn every_number_is_read_back(bits: u64, digits in 0_usize..25) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            for text in [number.to_string(), format!("{number:e}"), format!("{number:.digits$e}")] {
                let known: f64 = text.parse().unwrap();
                prop_assert_eq!(read(&text).map(f64::to_bits), Some(known.to_bits()), "{}", text);
            }
        }
    }
}
