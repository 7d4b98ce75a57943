//! Text: its size and colour, how wide it comes out, how it is cut into lines.

use super::geometry::{Point, Rect};
use crate::numbers;
use plotters::style::RGBColor;

/// The size of all text but the smallest, in CSS pixels.
pub(super) const SIZE: f64 = 12.0;

/// From one line of text to the next, in CSS pixels.
pub(super) const LINE: f64 = 15.0;

/// Which part of a text lies at the given place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Anchor {
    Left,
    Middle,
    Right,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub size: f64,
    pub bold: bool,
    pub colour: RGBColor,
    pub anchor: Anchor,
}

impl Type {
    /// Text of the usual size, beginning at the given place.
    pub fn new(colour: RGBColor) -> Self {
        Type { size: SIZE, bold: false, colour, anchor: Anchor::Left }
    }

    /// The same, centred on the given place.
    pub fn centred(self) -> Self {
        Type { anchor: Anchor::Middle, ..self }
    }

    /// The same, ending at the given place.
    pub fn right(self) -> Self {
        Type { anchor: Anchor::Right, ..self }
    }

    /// The same in another size.
    pub fn sized(self, size: f64) -> Self {
        Type { size, ..self }
    }

    /// The same, bold or not.
    pub fn bold(self, bold: bool) -> Self {
        Type { bold, ..self }
    }
}

/// The rectangle a text of this width covers.
pub(super) fn bounds((x, y): Point, width: f64, kind: &Type) -> Rect {
    let left = match kind.anchor {
        Anchor::Left => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::Right => x - width,
    };
    let half = 0.58 * kind.size;
    Rect { left, top: y - half, right: left + width, bottom: y + half }
}

/// Widths of the characters from space to tilde in hundredths of the size, in a wide sans face
/// (DejaVu Sans): on a system with a narrower one, a label gets a little more room than it needs.
const WIDTHS: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];

/// About how wide a text comes out where nobody can measure it, in the unit of its size.
pub(super) fn estimated_width(text: &str, size: f64, bold: bool) -> f64 {
    let hundredths: u32 = text.chars().map(character_width).sum();
    let weight = if bold { 1.12 } else { 1.0 };
    f64::from(hundredths) / 100.0 * size * weight
}

fn character_width(character: char) -> u32 {
    let code = character as usize;
    match character {
        ' '..='~' => u32::from(WIDTHS[code - 32]),
        '⁰'..='₎' | '²' | '³' | '¹' | '·' => 45,
        // The space before a percent sign.
        '\u{202f}' => 20,
        _ if code < 0x2000 => 66,
        // Arrows, signs, and writing systems whose characters are as wide as high.
        _ => 100,
    }
}

/// Cuts a text into at most `most` lines no wider than `room`, between words where it can; what
/// does not fit ends in "…". `width` tells how wide a piece of text comes out.
pub(super) fn lines(
    text: &str,
    room: f64,
    most: usize,
    width: impl Fn(&str) -> f64,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && lines.len() + 1 < most && width(rest) > room {
        let breaks = rest.match_indices(' ').map(|(at, _)| at);
        let Some(at) = breaks.take_while(|&at| width(&rest[..at]) <= room).last() else { break };
        lines.push(rest[..at].to_string());
        rest = rest[at..].trim_start();
    }
    if !rest.is_empty() {
        lines.push(shortened(rest, room, width));
    }
    lines
}

/// The text, or as much of it as fits with "…".
pub(super) fn shortened(text: &str, room: f64, width: impl Fn(&str) -> f64) -> String {
    if width(text) <= room {
        return text.to_string();
    }
    let piece = |&at: &usize| format!("{}…", text[..at].trim_end());
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let fitting = ends.partition_point(|at| width(&piece(at)) <= room);
    ends.get(fitting.saturating_sub(1)).map(piece).unwrap_or_default()
}

/// The text with the layer numbers of the lecture raised: "W(1)" becomes "W⁽¹⁾".
pub(super) fn raised(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('(') {
        let digits = rest[at + 1..].chars().take_while(char::is_ascii_digit).count();
        let end = at + 1 + digits;
        let symbol = rest[..at].chars().last().is_some_and(char::is_alphabetic);
        let whole = digits > 0 && symbol && rest[end..].starts_with(')');
        out.push_str(&rest[..at]);
        if whole {
            out.push('⁽');
            out.extend(rest[at + 1..end].chars().map(numbers::raised));
            out.push('⁾');
            rest = &rest[end + 1..];
        } else {
            out.push('(');
            rest = &rest[at + 1..];
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_count(text: &str) -> f64 {
        text.chars().count() as f64
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("test, p = 1", 20.0, 2, by_count), ["test, p = 1"]);
        assert_eq!(
            lines("measured on the test set", 11.0, 3, by_count),
            ["measured on", "the test", "set"]
        );
        assert_eq!(
            lines("measured on the test set", 11.0, 2, by_count),
            ["measured on", "the test s…"]
        );
        assert_eq!(lines("immeasurable", 5.0, 3, by_count), ["imme…"]);
        assert!(lines("", 5.0, 3, by_count).is_empty());
    }

    #[test]
    fn without_room_only_the_dots_are_left() {
        assert_eq!(shortened("αβγ", 0.0, by_count), "…");
        let asked = std::cell::Cell::new(0);
        let counted = |text: &str| {
            asked.set(asked.get() + 1);
            by_count(text)
        };
        assert_eq!(shortened(&"x".repeat(100_000), 3.0, counted), "xx…");
        assert!(asked.get() < 30, "a long text is measured a few times: {}", asked.get());
        assert_eq!(shortened("αβγ", 2.0, by_count), "α…");
    }

    #[test]
    fn digits_are_equally_wide() {
        assert_eq!(estimated_width("1,000", 12.0, false), estimated_width("8,888", 12.0, false));
        assert!(
            (estimated_width("test", 12.0, false) - 12.0 * (0.39 + 0.62 + 0.52 + 0.39)).abs()
                < 1e-9
        );
    }

    #[test]
    fn layer_numbers_are_raised() {
        assert_eq!(raised("W(1) and h(12)"), "W⁽¹⁾ and h⁽¹²⁾");
        assert_eq!(raised("64 inputs (12 drawn)"), "64 inputs (12 drawn)");
        assert_eq!(raised("f(x"), "f(x");
    }
}
