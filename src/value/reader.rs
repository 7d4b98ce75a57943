//! Reading an object field by field, keeping every complaint.

use super::{Value, one_of, unknown_key, whole_number};
use crate::error::{Error, Result};
use std::fmt;
use std::ops::RangeInclusive;

/// The sizes of numbers that 32 bits hold with all their digits.
const SIZES: RangeInclusive<f64> = f32::MIN_POSITIVE as f64..=f32::MAX as f64;

/// Reads the fields of one object and keeps every complaint, so that all are told in one message.
pub struct Reader {
    path: String,
    fields: Vec<(String, Value)>,
    known: Vec<&'static str>,
    problems: Vec<String>,
}

impl Reader {
    /// A reader of `value`, whose place in the whole is `path` (empty at the top, `layers[0].` inside).
    pub fn new(path: impl Into<String>, value: Value) -> Self {
        let mut reader = Reader {
            path: path.into(),
            fields: Vec::new(),
            known: Vec::new(),
            problems: Vec::new(),
        };
        match value {
            Value::Record(fields) => reader.fields = fields,
            other => {
                let place = reader.path.trim_end_matches('.');
                let place = if place.is_empty() { "the configuration" } else { place };
                reader.problems.push(format!("{place} = {other}: must be an object"));
            }
        }
        reader
    }

    /// Takes a field out; `None` where it is missing.
    pub fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        let index = self.fields.iter().position(|(name, _)| name == key)?;
        Some(self.fields.remove(index).1).filter(|value| *value != Value::Missing)
    }

    /// The full name of a field, for messages.
    pub fn name(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    /// Notes that `key` was given as `value` and what would have been allowed.
    pub fn refuse(&mut self, key: &str, value: impl fmt::Display, allowed: &str) {
        self.problems.push(format!("{} = {value}: must be {allowed}", self.name(key)));
    }

    /// Notes that `key` was not given and what would have been allowed.
    pub fn miss(&mut self, key: &str, allowed: &str) {
        self.problems.push(format!("{} is missing: must be {allowed}", self.name(key)));
    }

    /// Adds the complaints of a part that was read on its own.
    pub fn absorb<T>(&mut self, part: Result<T>) -> Option<T> {
        match part {
            Ok(value) => Some(value),
            Err(Error::Invalid(sentences)) => {
                self.problems.extend(sentences);
                None
            }
            Err(other) => {
                self.problems.push(other.to_string());
                None
            }
        }
    }

    /// A finite number for which `allows` holds and which 32 bits hold, or the default where the field is
    /// missing.
    pub fn real(
        &mut self,
        key: &'static str,
        default: f64,
        allowed: &str,
        allows: impl Fn(f64) -> bool,
    ) -> f64 {
        match self.take(key) {
            None => default,
            Some(Value::Number(number)) if number.is_finite() && allows(number) => {
                if number != 0.0 && !SIZES.contains(&number.abs()) {
                    let size = "of a size from 1.2e-38 to 3.4e38, as 32 bits hold";
                    self.refuse(key, Value::Number(number), &format!("{allowed}, {size}"));
                }
                number
            }
            Some(other) => {
                self.refuse(key, other, allowed);
                default
            }
        }
    }

    /// A number of at least 0, or the default where the field is missing.
    pub fn not_negative(&mut self, key: &'static str, default: f64) -> f64 {
        self.real(key, default, "a number of at least 0", |x| x >= 0.0)
    }

    /// The probability of keeping something, above 0; 1 where the field is missing.
    pub fn keep_prob(&mut self, key: &'static str) -> f64 {
        self.real(key, 1.0, "above 0 and at most 1", |p| p > 0.0 && p <= 1.0)
    }

    /// A whole number between `min` and `max`; where the field is missing, the default, and
    /// without a default a complaint.
    pub fn whole(&mut self, key: &'static str, default: Option<u64>, min: u64, max: u64) -> u64 {
        let allowed = format!("a whole number from {min} to {max}");
        match (self.take(key), default) {
            (None, Some(default)) => default,
            (None, None) => {
                self.miss(key, &allowed);
                min
            }
            (Some(value), _) => whole_number(&value, min, max).unwrap_or_else(|| {
                self.refuse(key, value, &allowed);
                min
            }),
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str, default: bool) -> bool {
        match self.take(key) {
            None => default,
            Some(Value::Flag(flag)) => flag,
            Some(other) => {
                self.refuse(key, other, "true or false");
                default
            }
        }
    }

    /// One of a set of named choices; without a default the field must be there.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        default: Option<T>,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let allowed = one_of(choices.iter().map(|(name, _)| *name));
        match self.take(key) {
            None if default.is_some() => default,
            None => {
                self.miss(key, &allowed);
                None
            }
            Some(Value::Text(text)) if choices.iter().any(|(name, _)| *name == text) => {
                choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice)
            }
            Some(other) => {
                self.refuse(key, other, &allowed);
                None
            }
        }
    }

    /// Ends the reading: complains of every field nobody asked for, and hands out `value` if there
    /// was no complaint at all.
    ///
    /// # Errors
    /// All complaints, in the order in which they came.
    pub fn finish<T>(mut self, value: Option<T>) -> Result<T> {
        for (key, _) in &self.fields {
            let (told, known) = (self.problems.len(), self.known.iter().copied());
            self.problems.push(unknown_key(told, &self.path, key, known));
        }
        match value {
            Some(value) if self.problems.is_empty() => Ok(value),
            _ => Err(Error::Invalid(self.problems)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(fields: &[(&str, Value)]) -> Value {
        Value::Record(fields.iter().map(|(k, v)| (k.to_string(), v.clone())).collect())
    }

    #[test]
    fn every_complaint_is_told_at_once() {
        let given = record(&[
            ("units", Value::Number(3.7)),
            ("keep_prob", Value::Number(f64::NAN)),
            ("kep_prob", Value::Number(1.0)),
        ]);
        let mut reader = Reader::new("layers[0].", given);
        reader.whole("units", None, 1, 10);
        reader.keep_prob("keep_prob");
        let message = reader.finish(Some(())).unwrap_err().to_string();
        assert_eq!(
            message,
            "layers[0].units = 3.7: must be a whole number from 1 to 10; \
             layers[0].keep_prob = NaN: must be above 0 and at most 1; \
             layers[0].kep_prob: unknown key, the nearest known key is keep_prob"
        );
    }

    #[test]
    fn a_missing_field_takes_its_default_and_an_array_is_no_object() {
        let mut reader = Reader::new("", record(&[("seed", Value::Missing)]));
        assert_eq!(reader.whole("seed", Some(7), 0, 10), 7);
        assert!(reader.finish(Some(())).is_ok());
        let list = Reader::new("", Value::List(Vec::new()));
        let message = list.finish(Some(())).unwrap_err().to_string();
        assert_eq!(message, "the configuration = a list of 0: must be an object");
    }
}
