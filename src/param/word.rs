//! Words over a few letters: "+00-0", a sequence that a reader writes.

use serde::Serialize;

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Letters {
    /// The letters there are.
    pub of: &'static str,
    /// How many of them a word has at most.
    pub most: usize,
}

impl Letters {
    /// The word, where it is one.
    pub(super) fn read(&self, text: &str) -> Option<Word> {
        let known = text.chars().all(|letter| self.of.contains(letter));
        (known && text.len() <= self.most).then(|| Word::of(text))
    }

    /// What is allowed, in words.
    pub(super) fn allowed(&self) -> String {
        let letters: Vec<String> = self.of.chars().map(String::from).collect();
        format!("a word of at most {} letters, each one of {}", self.most, letters.join(" "))
    }
}

/// A short word of plain letters, as small to hand on as a number.
#[derive(Clone, Copy, PartialEq)]
pub struct Word {
    letters: [u8; Word::MOST],
    length: usize,
}

impl Word {
    /// Letters there is room for.
    pub const MOST: usize = 64;

    /// No letter at all.
    pub const EMPTY: Word = Word { letters: [0; Word::MOST], length: 0 };

    /// The word of these letters, which are plain (ASCII) and no more than there is room for.
    fn of(text: &str) -> Self {
        let mut word = Word { length: text.len(), ..Word::EMPTY };
        word.letters[..text.len()].copy_from_slice(text.as_bytes());
        word
    }

    /// Its letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..self.length]).unwrap_or_default()
    }
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}
