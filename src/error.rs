//! What can go wrong, in words for the person who caused it.

use crate::numbers::whole;
use std::fmt;

/// An error that says what was wrong, with which value, and what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// One or more inputs were refused; one sentence each. Nothing was changed.
    Invalid(Vec<String>),
    /// The loss or a parameter stopped being a finite number at this step.
    Diverged {
        /// The step that could not be taken, counted from 1.
        step: u64,
    },
}

impl Error {
    /// A refused input, in one sentence.
    pub fn invalid(sentence: impl Into<String>) -> Self {
        Error::Invalid(vec![sentence.into()])
    }

    /// The same, every sentence led by the place it speaks of.
    pub fn within(self, place: &str) -> Self {
        match self {
            Error::Invalid(sentences) => {
                let led = sentences.iter().map(|sentence| format!("{place}{sentence}"));
                Error::Invalid(led.collect())
            }
            diverged => diverged,
        }
    }
}

/// So many sentences are told; the rest are counted.
const MOST_TOLD: usize = 100;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Invalid(sentences) => {
                let told = &sentences[..sentences.len().min(MOST_TOLD)];
                f.write_str(&told.join("; "))?;
                match sentences.len() - told.len() {
                    0 => Ok(()),
                    more => write!(f, "; and {} more", whole(more as u64)),
                }
            }
            Error::Diverged { step } => write!(f, "diverged at step {step}"),
        }
    }
}

impl std::error::Error for Error {}

/// The result of anything that may be refused.
pub type Result<T> = std::result::Result<T, Error>;

/// The name among `known` that `given` was most likely meant to be.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (edit_distance(given, name), name))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Levenshtein's distance, in characters. Only the first 64 characters count: a name is never longer.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_meant() {
        let known = ["keep_prob", "keep_prob_input", "alpha"];
        assert_eq!(nearest("keepprob", known), Some("keep_prob"));
        assert_eq!(nearest("alhpa", known), Some("alpha"));
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn edit_distance_of_a_textbook_pair() {
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }
}
