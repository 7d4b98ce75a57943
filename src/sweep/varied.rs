//! A parameter that is varied, and how its values are written.

use crate::error::{Error, Result};
use crate::numbers::{self, whole};
use crate::value::Value;
use std::collections::HashMap;

/// The most values of one parameter; they are counted before any is written down, for a page reads them at
/// every key that is pressed.
const MOST_VALUES: usize = 10_000;

/// A parameter that is varied, and its values as they stand in a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// The parameter's key.
    pub key: String,
    /// Its values, in order, each with what else is set with it: "0.5", "0.25(units=256)".
    pub values: Vec<String>,
}

impl Varied {
    /// Reads `units=64,128` or `keep_prob=0.05..1:0.05`: values one by one, or from the first to the last
    /// by steps. The last is among them where a whole number of steps leads to it. Behind a value may
    /// stand what else is set with it: `keep_prob=0.25(units=256;steps=500),0.5(units=128)`. In a link a
    /// colon stands for `=`.
    ///
    /// # Errors
    /// In one sentence, where it is neither.
    pub fn read(text: &str) -> Result<Self> {
        let refuse = |what: &str| {
            let given = Value::Text(text.to_string());
            Err(Error::invalid(format!(
                "{given}: {what}; must be like units=64,128 or keep_prob=0.05..1:0.05"
            )))
        };
        let Some((key, values)) = text.split_once(SIGNS) else {
            return refuse("has no \"=\"");
        };
        let key = key.trim();
        let values = match values.split_once("..").filter(|_| !values.contains('(')) {
            Some((first, rest)) => match Steps::read(first, rest) {
                Some(steps) if steps.count > MOST_VALUES => return refuse(&too_many(steps.count)),
                Some(steps) => steps.values(),
                None => return refuse("is no range of numbers with a step above 0"),
            },
            None => match values.split(',').count() {
                count if count > MOST_VALUES => return refuse(&too_many(count)),
                _ => values.split(',').map(|value| value.trim().to_string()).collect(),
            },
        };
        if key.is_empty() || values.iter().any(|value| bare(value).is_empty()) {
            return refuse("has an empty part");
        }
        if values.iter().any(|value| along(value).is_none()) {
            return refuse(
                "what is set along with a value must stand behind it like (units=256;steps=500)",
            );
        }
        if let Some(what) = repeated(&values) {
            return refuse(&what);
        }
        Ok(Varied { key: key.to_string(), values })
    }

    /// What one of its values sets.
    pub fn pairs<'a>(&'a self, value: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let others = along(value).unwrap_or_default();
        std::iter::once((self.key.as_str(), bare(value))).chain(others)
    }
}

/// What parts a key from its value; a link would have to write `=` in three signs.
const SIGNS: [char; 2] = ['=', ':'];

/// "units=256", "units:256".
pub(super) fn pair(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(SIGNS)?;
    let (key, value) = (key.trim(), value.trim());
    (!key.is_empty() && !value.is_empty()).then_some((key, value))
}

/// A value without what is set along with it.
pub(super) fn bare(value: &str) -> &str {
    value.split_once('(').map_or(value, |(bare, _)| bare).trim()
}

/// What is set along with a value; none where it cannot be read.
pub(super) fn along(value: &str) -> Option<Vec<(&str, &str)>> {
    match value.split_once('(') {
        Some((_, rest)) => rest.strip_suffix(')')?.split(';').map(pair).collect(),
        None => Some(Vec::new()),
    }
}

/// Which value is named twice, if any.
fn repeated(values: &[String]) -> Option<String> {
    let mut seen = HashMap::new();
    values.iter().find_map(|value| {
        let first = seen.insert(meant(value), value)?;
        Some(match first == value {
            true => format!("names the value {value} twice"),
            false => format!("names one value twice, as {first} and {value}"),
        })
    })
}

/// What a value means, however its numbers are written: "0.50(units=8.0)" as "0.5(units=8)".
fn meant(value: &str) -> String {
    let plain =
        |text: &str| numbers::read(text).map_or(text.to_string(), |n| (n + 0.0).to_string());
    let more = along(value).unwrap_or_default();
    let more = more.into_iter().map(|(key, value)| format!(";{key}={}", plain(value)));
    plain(bare(value)) + &more.collect::<String>()
}

fn too_many(count: usize) -> String {
    let [count, most] = [count, MOST_VALUES].map(|count| whole(count as u64));
    format!("has {count} values, more than the {most} allowed")
}

/// "keep_prob=0.1..1:0.1" in the words it was written in, as a terminal takes them.
pub(super) fn as_written(text: &str) -> String {
    text.replacen(SIGNS, "=", 1).split_whitespace().collect()
}

/// The numbers from the first by steps, all in the smallest decimal that any of them is written with: a sum of
/// tenths in binary would not be the number a reader means.
struct Steps {
    first: i64,
    step: i64,
    unit: f64,
    count: usize,
}

impl Steps {
    /// "0.05", "1:0.05".
    fn read(first: &str, rest: &str) -> Option<Self> {
        let (last, step) = rest.split_once(':').unwrap_or((rest, "1"));
        let decimals = [first, last, step].into_iter().filter_map(|text| text.split_once('.'));
        let decimals = decimals.map(|(_, decimals)| decimals.len()).max().unwrap_or(0);
        let unit = 10f64.powi(i32::try_from(decimals).ok().filter(|&d| d <= 12)?);
        let whole = |text: &str| {
            let number: f64 = text.trim().parse().ok()?;
            let units = (number * unit).round();
            (units.abs() < 1e15).then_some(units as i64)
        };
        let (first, last, step) = (whole(first)?, whole(last)?, whole(step)?);
        let steps = last.checked_sub(first)?.checked_div(step).filter(|_| step > 0)?;
        let count = usize::try_from(steps).ok()?.checked_add(1)?;
        Some(Steps { first, step, unit, count })
    }

    fn values(&self) -> Vec<String> {
        let written = |i| format!("{}", (self.first + i as i64 * self.step) as f64 / self.unit);
        (0..self.count).map(written).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn varied(text: &str) -> Varied {
        Varied::read(text).unwrap()
    }

    #[test]
    fn values_are_written_as_a_reader_means_them() {
        let tenths = varied("keep_prob=0.1..0.5:0.1");
        assert_eq!(tenths.values, ["0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(varied("keep_prob=0.05..1:0.05").values.len(), 20);
        assert_eq!(varied("units=8..10").values, ["8", "9", "10"]);
        assert_eq!(varied("steps=100..1000:400").values, ["100", "500", "900"]);
        assert_eq!(varied("task=motif, digits").values, ["motif", "digits"]);
        assert_eq!(varied("variance=-1..1:0.5").values, ["-1", "-0.5", "0", "0.5", "1"]);
    }

    #[test]
    fn what_is_no_list_and_no_range_is_refused_with_an_example() {
        for text in [
            "keep_prob",
            "=1,2",
            "p=",
            "p=1,,2",
            "p=1..x",
            "p=1..2:0",
            "p=2..1",
            "p=0..1e9:1e-9",
            "p=1,2,1",
            "p=1(units=2",
            "p=1(units)",
            "p=(units=2)",
        ] {
            let message = Varied::read(text).unwrap_err().to_string();
            assert!(message.contains("must be like units=64,128"), "{text}: {message}");
        }
    }

    #[test]
    fn a_value_written_in_two_ways_is_one_value() {
        let said = |text| Varied::read(text).unwrap_err().to_string();
        assert!(said("p=0.5,0.50").contains("names one value twice, as 0.5 and 0.50; must be"));
        assert!(said("p=1(units=8),1.0(units=8.0)").contains("names one value twice"));
        assert!(said("p=-0,0").contains("names one value twice, as -0 and 0"));
        assert!(said("task=a,a").contains("names the value a twice"));
        assert_eq!(varied("p=1,1(units=8),1(units=9)").values.len(), 3);
    }

    #[test]
    fn more_values_than_may_be_are_counted_and_not_written_down() {
        let list = vec!["1"; 10_001].join(",");
        for (text, count) in [
            ("p=1..200:0.001".to_string(), "199,001"),
            ("p=0..900:0.000000000001".to_string(), "900,000,000,000,001"),
            (format!("p={list}"), "10,001"),
        ] {
            let message = Varied::read(&text).unwrap_err().to_string();
            assert!(
                message.contains(&format!("has {count} values, more than the 10,000 allowed")),
                "{message}"
            );
            assert!(message.len() < 300, "{message}");
        }
        assert_eq!(varied("p=1..10000").values.len(), 10_000);
    }

    #[test]
    fn a_value_may_set_more_and_a_link_may_write_it_with_colons() {
        let pairs = |varied: &Varied, i: usize| -> Vec<String> {
            let pairs = varied.pairs(&varied.values[i]);
            pairs.map(|(key, value)| format!("{key}={value}")).collect()
        };
        let fixed = varied("keep_prob=0.25(units=256; steps=500), 0.5(units=128),1");
        assert_eq!(pairs(&fixed, 0), ["keep_prob=0.25", "units=256", "steps=500"]);
        assert_eq!(pairs(&fixed, 2), ["keep_prob=1"]);
        let linked = varied("keep_prob:0.25(units:256;steps:500),0.5(units:128),1");
        assert_eq!(pairs(&linked, 0), pairs(&fixed, 0));
        assert_eq!(varied("units:8..10"), varied("units=8..10"));
    }
}
