//! A first line that is no row: "sep=;", by which spreadsheets are told what separates cells.

use super::guess::SEPARATORS;
use crate::error::{Error, Result};

/// The separator that the first line names, if it names one, and the text behind it; the end of that line stays,
/// so that lines keep their numbers.
///
/// # Errors
/// A separator that is none of ours.
pub(super) fn announced(text: &str) -> Result<(Option<char>, &str)> {
    let (line, _) = text.split_at(text.find(['\r', '\n']).unwrap_or(text.len()));
    let bare = line.trim_matches([' ', '"']);
    let is_said = bare.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    let mut named = bare.get(4..).unwrap_or_default().chars();
    match (named.next(), named.next()) {
        (Some(separator), None) if is_said && SEPARATORS.contains(&separator) => {
            Ok((Some(separator), &text[line.len()..]))
        }
        (Some(other), None) if is_said && !other.is_alphanumeric() => Err(Error::invalid(format!(
            "line 1: names {other:?} as what separates cells; must be a comma, a semicolon or a tab"
        ))),
        _ => Ok((None, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_taken_for_what_it_says_and_no_other_is() {
        for (text, want) in [
            ("sep=;\r\na;b", (Some(';'), "\r\na;b")),
            ("SEP=\t\na", (Some('\t'), "\na")),
            ("\"sep=,\"\na", (Some(','), "\na")),
            ("sep=;", (Some(';'), "")),
            ("sep,b\n1,2", (None, "sep,b\n1,2")),
            ("sep=;;\n1;2", (None, "sep=;;\n1;2")),
            ("sep=a\n", (None, "sep=a\n")),
            ("é\n", (None, "é\n")),
        ] {
            assert_eq!(announced(text).unwrap(), want, "{text}");
        }
        let said = announced("sep=|\na|b").unwrap_err().to_string();
        assert_eq!(
            said,
            "line 1: names '|' as what separates cells; must be a comma, a semicolon or a tab"
        );
    }
}
