//! The text of a file, whatever it is encoded in.

/// A text, and what it was encoded in.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The text; where it cannot be read it has a sign in the place, which readers of tables refuse by its line.
    pub text: String,
    /// "UTF-8", "UTF-16" or, where it is neither, "Windows-1252".
    pub encoding: &'static str,
}

/// In two bytes a letter where the file begins with their mark, or with two letters of which one byte is zero; else
/// in UTF-8. What is not, and has no letter
/// that is, is taken for Windows-1252, as spreadsheets of Western Europe and America save it.
///
/// ```
/// use regularization_playground::data::decoded;
/// assert_eq!(decoded(b"gr\xf6\xdfe").text, "größe");
/// ```
pub fn decoded(bytes: &[u8]) -> Decoded {
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => (wide(rest, u16::from_le_bytes), "UTF-16"),
        [0xfe, 0xff, rest @ ..] => (wide(rest, u16::from_be_bytes), "UTF-16"),
        [1..=255, 0, 1..=255, 0, ..] => (wide(bytes, u16::from_le_bytes), "UTF-16"),
        [0, 1..=255, 0, 1..=255, ..] => (wide(bytes, u16::from_be_bytes), "UTF-16"),
        _ => narrow(bytes),
    };
    Decoded { text, encoding }
}

fn wide(bytes: &[u8], number: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let letters = char::decode_utf16(pairs.iter().map(|pair| number(*pair)));
    let cut_off = (!rest.is_empty()).then_some(char::REPLACEMENT_CHARACTER);
    letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).chain(cut_off).collect()
}

fn narrow(bytes: &[u8]) -> (String, &'static str) {
    let text = String::from_utf8_lossy(bytes);
    let is_utf8 = !text.contains(char::REPLACEMENT_CHARACTER);
    let is_letter = |letter: char| !letter.is_ascii() && letter != char::REPLACEMENT_CHARACTER;
    match (!is_utf8 && !text.contains(is_letter)).then(|| western(bytes)).flatten() {
        Some(western) => (western, "Windows-1252"),
        None => (text.into_owned(), "UTF-8"),
    }
}

/// What Windows-1252 has for 0x80 to 0x9f, where other sets of Western letters have none.
const WESTERN: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The text in Windows-1252; none where it has signs that stand in no text.
fn western(bytes: &[u8]) -> Option<String> {
    let letter = |&byte: &u8| {
        let letter = match byte {
            0x80..=0x9f => WESTERN[usize::from(byte) - 0x80],
            other => char::from(other),
        };
        (!letter.is_control() || ['\t', '\r', '\n'].contains(&letter)).then_some(letter)
    };
    bytes.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_in_every_usual_encoding_are_text() {
        let text = "größe;preis €\r\n1,5;2\r\n";
        let wide = |number: fn(u16) -> [u8; 2]| {
            let letters = std::iter::once(0xfeff).chain(text.encode_utf16());
            letters.flat_map(number).collect::<Vec<u8>>()
        };
        let western: Vec<u8> = text
            .chars()
            .map(|letter| match letter {
                '€' => 0x80,
                other => other as u8,
            })
            .collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (wide(u16::to_le_bytes), "UTF-16"),
            (wide(u16::to_be_bytes), "UTF-16"),
            (wide(u16::to_le_bytes)[2..].to_vec(), "UTF-16"),
            (wide(u16::to_be_bytes)[2..].to_vec(), "UTF-16"),
            (western, "Windows-1252"),
        ] {
            assert_eq!(decoded(&bytes), Decoded { text: text.into(), encoding });
        }
    }

    #[test]
    fn what_is_damaged_or_no_text_is_left_to_be_refused() {
        for bytes in [
            &b"\xff\xfea\0\x00\xd8"[..],
            b"\xff\xfea\0b",
            "ü,\u{4f60}".as_bytes().split_last().unwrap().1,
            b"\xe9\x07",
            b"\x81\x8d",
        ] {
            assert!(decoded(bytes).text.contains('\u{fffd}'), "{bytes:?}");
        }
    }
}
