//! Plain values as they come from outside: from a link, from JavaScript, from a test.
//!
//! The readers of this crate check every value themselves, so that a wrong one is refused with its
//! key, with what was given and with what is allowed.

mod reader;

pub use reader::Reader;

use crate::error::{Error, Result, nearest};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// A value of unknown kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null` or `undefined`.
    Missing,
    /// `true` or `false`.
    Flag(bool),
    /// A number; may be NaN or infinite.
    Number(f64),
    /// Words.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object: keys and values, in order.
    Record(Vec<(String, Value)>),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Missing => f.write_str("nothing"),
            Value::Flag(flag) => write!(f, "{flag}"),
            // Beyond these JavaScript too writes a power of ten instead of up to 300 zeros.
            Value::Number(number)
                if number.is_finite()
                    && (number.abs() >= 1e21 || number.abs() < 1e-6 && *number != 0.0) =>
            {
                write!(f, "{number:e}")
            }
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => write!(f, "\"{}\"", shortened(text)),
            Value::List(items) => write!(f, "a list of {}", items.len()),
            Value::Record(fields) => write!(f, "an object of {} fields", fields.len()),
        }
    }
}

impl Value {
    /// An object of these fields.
    pub fn record(fields: Vec<(&str, Value)>) -> Self {
        Value::Record(fields.into_iter().map(|(key, value)| (key.to_string(), value)).collect())
    }

    /// The name of an item, from the list of all names; empty where it has none.
    pub fn name_of<T: Copy + PartialEq>(item: T, names: &[(&str, T)]) -> Self {
        let name = names.iter().find(|(_, known)| *known == item).map_or("", |(name, _)| name);
        Value::Text(name.to_string())
    }

    /// The fields of an object, none where nothing is given; `name` is what a complaint calls it.
    ///
    /// # Errors
    /// Where it is neither.
    pub fn fields(self, name: &str) -> Result<Vec<(String, Value)>> {
        match self {
            Value::Missing => Ok(Vec::new()),
            Value::Record(fields) => Ok(fields),
            other => Err(Error::invalid(format!("{name} = {other}: must be an object"))),
        }
    }
}

/// The first forty characters, so that a message stays a sentence.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Nested { depth: 0 }.deserialize(deserializer)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Value::Missing => serializer.serialize_unit(),
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Record(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                fields.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

/// Values nest at most this deep; an object that holds itself would go on for ever.
pub const MAX_DEPTH: usize = 8;

/// A value within `depth` others.
#[derive(Clone, Copy)]
struct Nested {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> std::result::Result<Value, D::Error> {
        if self.depth > MAX_DEPTH {
            return Err(serde::de::Error::custom("nested too deeply"));
        }
        input.deserialize_any(self)
    }
}

impl Nested {
    fn inner(self) -> Self {
        Nested { depth: self.depth + 1 }
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, words, true or false, a list or an object")
    }

    fn visit_bool<E>(self, flag: bool) -> std::result::Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> std::result::Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> std::result::Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> std::result::Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Value, E> {
        Ok(Value::Text(text.to_string()))
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Missing)
    }

    fn visit_none<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Missing)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> std::result::Result<Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.inner())? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key()? {
            fields.push((key, map.next_value_seed(self.inner())?));
        }
        Ok(Value::Record(fields))
    }
}

/// The whole number in `value`, if it is one between `min` and `max`; 3.7 is not.
pub fn whole_number(value: &Value, min: u64, max: u64) -> Option<u64> {
    match value {
        Value::Number(number) if number.fract() == 0.0 => {
            (*number >= min as f64 && *number <= max as f64).then_some(*number as u64)
        }
        _ => None,
    }
}

/// "one of a, b, c".
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    format!("one of {}", names.into_iter().collect::<Vec<_>>().join(", "))
}

/// So many complaints have the name that was most likely meant; to look for it takes some microseconds, and
/// of a hundred thousand keys a second.
const MOST_NEAREST: usize = 20;

/// The complaint about a key that does not exist, after `told` others.
pub fn unknown_key(
    told: usize,
    path: &str,
    key: &str,
    known: impl IntoIterator<Item = &'static str>,
) -> String {
    let key = if key.is_empty() { "\"\"".to_string() } else { shortened(key) };
    match nearest(&key, known.into_iter().filter(|_| told < MOST_NEAREST)) {
        Some(nearest) => format!("{path}{key}: unknown key, the nearest known key is {nearest}"),
        None => format!("{path}{key}: unknown key"),
    }
}
