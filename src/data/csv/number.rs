//! What is written in one cell.

use crate::numbers;

/// What stands where nothing was measured, as spreadsheets, R, Python and old data sets write it.
const MISSING: [&str; 8] = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"];

/// Whether nothing is written.
pub fn is_missing(cell: &str) -> bool {
    MISSING.contains(&cell)
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// What stands before decimals.
    pub decimal: char,
    /// What parts thousands, if anything: a mark as [`thousands`] calls it.
    pub thousands: Option<char>,
}

impl Style {
    /// Numbers without marks between thousands.
    pub fn plain(decimal: char) -> Self {
        Style { decimal, thousands: None }
    }
}

/// What may part thousands; all spaces are one mark, and so are all apostrophes.
pub fn thousands(letter: char) -> Option<char> {
    match letter {
        '.' | ',' => Some(letter),
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => Some(' '),
        '\'' | '’' => Some('\''),
        _ => None,
    }
}

/// The number that is written so; infinite where it is too large for any number.
pub fn number(cell: &str, style: Style) -> Option<f64> {
    let first = cell.chars().next()?;
    if !(first.is_ascii_digit() || ['-', '+', '−', '.', ','].contains(&first)) {
        return None;
    }
    let Style { decimal, .. } = style;
    let read = if decimal == '.' && first != '−' {
        numbers::read(cell)
    } else if decimal == ',' && cell.contains('.') {
        None
    } else {
        numbers::read(&cell.replace('−', "-").replace(decimal, "."))
    };
    let named = || cell.trim_start_matches(['-', '+']).starts_with(['i', 'I', 'n', 'N']);
    match read {
        Some(number) if number.is_finite() || !named() => Some(number),
        Some(_) => None,
        None => numbers::read(&ungrouped(cell, decimal, style.thousands?)?),
    }
}

/// A number without its marks between thousands, and with a point before its decimals; none where they stand
/// elsewhere than before every third digit.
fn ungrouped(cell: &str, decimal: char, mark: char) -> Option<String> {
    let (sign, size) = match cell.chars().next()? {
        '-' | '−' => ("-", cell.trim_start_matches(['-', '−'])),
        '+' => ("", &cell[1..]),
        _ => ("", cell),
    };
    let (whole, decimals) = size.split_once(decimal).unwrap_or((size, ""));
    let mut groups = whole.split(|letter| thousands(letter) == Some(mark));
    let first = groups.next()?;
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let begins = (1..=3).contains(&first.len()) && are_digits(first) && !first.starts_with('0');
    let mut digits = first.to_string();
    for group in groups {
        if group.len() != 3 || !are_digits(group) {
            return None;
        }
        digits += group;
    }
    let is_grouped = begins && digits.len() > first.len() && are_digits(decimals);
    is_grouped.then(|| format!("{sign}{digits}.{decimals}0"))
}

/// The mark between the thousands of a number; none where there is none, or it cannot be one.
pub fn grouping(cell: &str, decimal: char) -> Option<char> {
    let mark = cell.chars().filter(|&letter| letter != decimal).find_map(thousands)?;
    ungrouped(cell, decimal, mark).map(|_| mark)
}

/// Whether a cell is a number with this decimal mark, whatever parts its thousands.
pub fn reads(cell: &str, decimal: char) -> bool {
    number(cell, Style::plain(decimal)).is_some() || grouping(cell, decimal).is_some()
}

/// Whether something is a number but for where its marks stand: nothing but digits and such marks.
pub fn is_like_number(cell: &str) -> bool {
    let size = cell.trim_start_matches(['-', '+', '−']);
    size.starts_with(|first: char| first.is_ascii_digit())
        && size.chars().all(|letter| letter.is_ascii_digit() || thousands(letter).is_some())
}

/// The other of the two marks that stand before decimals.
pub fn other(decimal: char) -> char {
    if decimal == ',' { '.' } else { ',' }
}

/// Whether the one mark in a number may as well be of decimals as between thousands: "1,234".
pub fn is_unclear(cell: &str, mark: char) -> bool {
    let thousands = grouping(cell, other(mark)) == Some(mark);
    thousands && cell.matches(mark).count() == 1 && !cell.contains(other(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_either_mark_and_words_are_none() {
        for (cell, decimal, want) in [
            ("1.5", '.', Some(1.5)),
            ("1,5", ',', Some(1.5)),
            ("−2", '.', Some(-2.0)),
            ("−2,5e1", ',', Some(-25.0)),
            (".5", '.', Some(0.5)),
            ("1,5", '.', None),
            ("1.5", ',', None),
            ("1.000,5", ',', None),
            ("inf", '.', None),
            ("-inf", '.', None),
            ("-nan", '.', None),
            ("1e31", '.', Some(1e31)),
            ("1e400", '.', Some(f64::INFINITY)),
            ("5 %", '.', None),
            ("", '.', None),
        ] {
            assert_eq!(number(cell, Style::plain(decimal)), want, "{cell}");
        }
        assert!(is_missing("NA") && is_missing("") && !is_missing("0") && !is_missing("none"));
    }

    #[test]
    fn thousands_are_set_apart_by_every_usual_mark_and_at_every_third_digit_only() {
        for (cell, decimal, mark, want) in [
            ("1.234,5", ',', '.', Some(1234.5)),
            ("1,234.5", '.', ',', Some(1234.5)),
            ("−1 234 567,25", ',', ' ', Some(-1_234_567.25)),
            ("1\u{202f}234,5", ',', ' ', Some(1234.5)),
            ("1\u{a0}234", '.', ' ', Some(1234.0)),
            ("12’345.5", '.', '\'', Some(12_345.5)),
            ("+1'234'567", '.', '\'', Some(1_234_567.0)),
            ("17", '.', ',', Some(17.0)),
            ("1,23", '.', ',', None),
            ("1,2345", '.', ',', None),
            ("0,123", '.', ',', None),
            ("1234,567", '.', ',', None),
            ("1,234,56", '.', ',', None),
            ("1,234.5.6", '.', ',', None),
            ("1,234 kg", '.', ',', None),
            ("1 234,567.5", '.', ' ', None),
        ] {
            let style = Style { decimal, thousands: Some(mark) };
            assert_eq!(number(cell, style), want, "{cell}");
        }
        assert_eq!(grouping("1\u{2009}234,5", ','), Some(' '));
        assert_eq!(grouping("1.234,5", '.'), None);
        assert!(is_like_number("12,34.5") && !is_like_number("1-2") && !is_like_number("5 kg"));
        assert!(is_unclear("1,234", ',') && is_unclear("1.234", '.'));
        assert!(!["1,23", "0,123", "1.234,5", "1,234,567"].iter().any(|c| is_unclear(c, ',')));
    }
}
