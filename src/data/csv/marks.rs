//! Whether marks stand between the thousands of a column, and what of its numbers a reader should look at.

use super::number::{Style, grouping, is_like_number, is_missing, is_unclear, number, other};
use crate::value::shortened;

/// How the numbers of a column are written.
pub(super) struct Marks {
    pub style: Style,
    /// How one of its numbers was understood, where that may be wrong.
    pub told: String,
    /// Why what looks like numbers with thousands, or with another mark before decimals, is not read so; empty
    /// where nothing does.
    pub clash: String,
}

/// Looks through the cells of a column. A mark is one of thousands where it is so in all that look like numbers.
/// A single mark that may be either is of decimals, which is told where `doubtful`.
pub(super) fn marks<'a, C>(cells: impl Fn() -> C, decimal: char, doubtful: bool) -> Marks
where
    C: Iterator<Item = &'a str>,
{
    let plain = Style::plain(decimal);
    let (told, clash) = (String::new(), String::new());
    let found = cells().find_map(|cell| Some((cell, grouping(cell, decimal)?)));
    let Some((cell, mark)) = found else {
        let told = if doubtful { unclear(&cells, plain) } else { told };
        return Marks { style: plain, told, clash: mixed(cells, decimal) };
    };
    let style = Style { decimal, thousands: Some(mark) };
    let odd = cells().find(|cell| is_like_number(cell) && number(cell, style).is_none());
    match odd {
        Some(odd) => {
            let [cell, odd] = [cell, odd].map(shortened);
            let clash = format!(
                "\"{cell}\" looks like a number with thousands, \"{odd}\" does not, so neither is read as \
                 one"
            );
            Marks { style: plain, told, clash }
        }
        None => Marks { style, told: understood(cell, style), clash },
    }
}

/// What is told where both marks stand before decimals in one column.
fn mixed<'a, C: Iterator<Item = &'a str>>(cells: impl Fn() -> C, decimal: char) -> String {
    let first = |mark| {
        let style = Style::plain(mark);
        cells().find(|cell| cell.contains(mark) && number(cell, style).is_some())
    };
    match (first(decimal), first(other(decimal))) {
        (Some(cell), Some(odd)) => {
            let [cell, odd] = [cell, odd].map(shortened);
            format!("decimals are marked in two ways, \"{cell}\" and \"{odd}\"")
        }
        _ => String::new(),
    }
}

/// What is told where a mark may be of decimals or of thousands in every number that has it.
fn unclear<'a, C: Iterator<Item = &'a str>>(cells: &impl Fn() -> C, style: Style) -> String {
    let with = || cells().filter(|cell| !is_missing(cell) && cell.contains(style.decimal));
    match with().next() {
        Some(first) if with().all(|cell| is_unclear(cell, style.decimal)) => {
            let whole = first.replace(style.decimal, "");
            format!("{}, not as {}", understood(first, style), shortened(&whole))
        }
        _ => String::new(),
    }
}

fn understood(cell: &str, style: Style) -> String {
    let number = number(cell, style).unwrap_or(f64::NAN);
    format!("\"{}\" is read as {number}", shortened(cell))
}
