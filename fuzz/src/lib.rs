//! What is held of every input from outside, whatever it is: it is taken, or refused in a sentence that
//! names what is wrong; what is taken reads back as it is; nothing panics.
//!
//! Each kind of input has a module with one function, `check`. The targets of cargo-fuzz call it, and so
//! does `tests/hostile`, with the files in `corpus` and what is made of them.

pub mod arrays;
pub mod configuration;
pub mod csv;
pub mod experiment;
pub mod figure;
pub mod idx;
pub mod link;
pub mod mutate;

use mutate::Form;
use regularization_playground::error::Error;

/// One kind of input.
pub struct Kind {
    /// Its folder in `corpus`, and its target.
    pub name: &'static str,
    /// What its files are.
    pub form: Form,
    /// What is held of it.
    pub check: fn(&[u8]),
}

/// All of them.
pub const KINDS: [Kind; 7] = [
    Kind { name: "link", form: Form::Text, check: link::check },
    Kind { name: "configuration", form: Form::Json, check: configuration::check },
    Kind { name: "arrays", form: Form::Json, check: arrays::check },
    Kind { name: "csv", form: Form::Text, check: csv::check },
    Kind { name: "idx", form: Form::Bytes, check: idx::check },
    Kind { name: "experiment", form: Form::Json, check: experiment::check },
    Kind { name: "figure", form: Form::Json, check: figure::check },
];

/// What was taken; of what was refused, that each sentence names one of these.
fn taken<T>(read: Result<T, Error>, names: &[&str]) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(error) => {
            names_one_of(&error, names);
            None
        }
    }
}

/// A sentence is for a person: it says of what it speaks, and goes on for a few lines at most.
fn names_one_of(error: &Error, names: &[&str]) {
    let Error::Invalid(sentences) = error else { return };
    assert!(!sentences.is_empty(), "refused without a word");
    for sentence in sentences {
        assert!(names.iter().any(|name| sentence.contains(name)), "names nothing: {sentence}");
        assert!(sentence.chars().count() < 2_000, "goes on for ever: {sentence}");
    }
}
