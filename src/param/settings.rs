//! A value for every parameter: from an object, from a link, and back.

use super::{ParamSpec, Setting, Word};
use crate::data::Table;
use crate::error::{Error, Result};
use crate::value::{Value, unknown_key};
use std::sync::Arc;

/// The format of links. A link without it is read as this version; an unknown one is refused.
pub const LINK_VERSION: u32 = 1;

/// The key under which a link holds its format.
const VERSION_KEY: &str = "v";

/// The parameter that chooses the data.
pub(super) const DATASET: &str = "dataset";

/// A value for every parameter of a lab, all within their ranges; and the reader's own table, where there
/// is one.
#[derive(Clone, Debug)]
pub struct Settings {
    pub(super) specs: &'static [ParamSpec],
    pub(super) values: Vec<Setting>,
    pub(super) table: Option<Arc<Table>>,
}

impl Settings {
    /// Every parameter at its default.
    pub fn defaults(specs: &'static [ParamSpec]) -> Self {
        Settings { specs, values: specs.iter().map(|spec| spec.default).collect(), table: None }
    }

    /// The defaults with the given fields of an object in their place.
    ///
    /// # Errors
    /// One sentence for every unknown key and every bad value.
    pub fn from_value(specs: &'static [ParamSpec], given: Value) -> Result<Self> {
        Self::from_value_and(specs, given, None)
    }

    /// The same with a table of the reader's own. What is not given then suits the table.
    ///
    /// # Errors
    /// As [`Settings::from_value`].
    pub fn from_value_and(
        specs: &'static [ParamSpec],
        given: Value,
        table: Option<Arc<Table>>,
    ) -> Result<Self> {
        let fields = given.fields("parameters")?;
        let dataset = fields.iter().find(|(key, _)| key == DATASET).map(|(_, value)| value);
        let pairs = fields.iter().map(|(key, value)| (key.as_str(), value));
        let start = Self::start(specs, table, dataset);
        without_problems(start.with_pairs(pairs, |spec, value| spec.check(value)))
    }

    /// What a link holds: `keep_prob=0.5&seed=3`, with or without a leading `?` and the version.
    ///
    /// # Errors
    /// One sentence for every unknown or repeated key, every bad value and an unknown version.
    pub fn from_query(specs: &'static [ParamSpec], query: &str) -> Result<Self> {
        Self::from_query_and(specs, query, None)
    }

    /// The same with a table of the reader's own. What the link leaves open then suits the table.
    ///
    /// # Errors
    /// As [`Settings::from_query`].
    pub fn from_query_and(
        specs: &'static [ParamSpec],
        query: &str,
        table: Option<Arc<Table>>,
    ) -> Result<Self> {
        without_problems(Self::understood_with(specs, query, table))
    }

    /// What can be understood of a link, and one sentence for everything in it that cannot. The rest is at
    /// its default; of what is given twice the first counts.
    pub fn understood(specs: &'static [ParamSpec], query: &str) -> (Self, Vec<String>) {
        Self::understood_with(specs, query, None)
    }

    /// The same with a table of the reader's own.
    pub fn understood_with(
        specs: &'static [ParamSpec],
        query: &str,
        table: Option<Arc<Table>>,
    ) -> (Self, Vec<String>) {
        let query = query.strip_prefix('?').unwrap_or(query);
        let mut pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut problems = Vec::new();
        pairs.retain(|(key, version)| {
            let is_version = key == VERSION_KEY;
            if is_version && *version != LINK_VERSION.to_string() {
                let given = Value::Text(version.clone());
                problems.push(format!("v = {given}: must be {LINK_VERSION}, the format of links"));
            }
            !is_version
        });
        let borrowed = pairs.iter().map(|(key, text)| (key.as_str(), text.as_str()));
        let named = pairs.iter().find(|(key, _)| key == DATASET);
        let dataset = named.map(|(_, text)| Value::Text(text.clone()));
        let start = Self::start(specs, table, dataset.as_ref());
        let (settings, more) = start.with_pairs(borrowed, |spec, text| spec.check_text(text));
        problems.extend(more);
        (settings, problems)
    }

    /// These settings with the given pairs in their place where they are allowed, and one sentence for
    /// every one that is not.
    fn with_pairs<'a, T>(
        mut self,
        pairs: impl Iterator<Item = (&'a str, T)>,
        check: impl Fn(&ParamSpec, T) -> Result<Setting>,
    ) -> (Self, Vec<String>) {
        let specs = self.specs;
        let mut problems = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for (key, value) in pairs {
            let Some(index) = specs.iter().position(|spec| spec.key == key) else {
                let known = specs.iter().map(|spec| spec.key);
                problems.push(unknown_key(problems.len(), "", key, known));
                continue;
            };
            let checked = check(&specs[index], value);
            let again = seen.contains(&key);
            if again {
                problems.push(format!("{key}: given twice; must be given once"));
            } else {
                seen.push(key);
            }
            match checked {
                Ok(setting) if !again => self.values[index] = setting,
                Ok(_) => {}
                Err(problem) => problems.push(problem.to_string()),
            }
        }
        (self, problems)
    }

    /// The same settings with some changed; what is looked at goes no further than what they leave of it.
    ///
    /// # Errors
    /// One sentence for every unknown or repeated key and every bad value.
    pub fn with<'a>(
        &self,
        changes: impl IntoIterator<Item = (&'a str, &'a Value)>,
    ) -> Result<Self> {
        self.with_all(&changes.into_iter().collect::<Vec<_>>())
    }

    fn with_all(&self, changes: &[(&str, &Value)]) -> Result<Self> {
        let pairs = changes.iter().copied();
        let check = |spec: &ParamSpec, value| self.check_one_of(changes.len(), spec, value);
        let changed = without_problems(self.clone().with_pairs(pairs, check))?;
        Ok(changed.looking_within(self, changes))
    }

    /// Every key with its value, in the order of the definitions.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Setting)> + '_ {
        self.specs.iter().map(|spec| spec.key).zip(self.values.iter().copied())
    }

    /// What a link holds: the format's version, then every parameter.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair(VERSION_KEY, &LINK_VERSION.to_string());
        for (key, setting) in self.iter() {
            query.append_pair(key, &written(setting));
        }
        query.finish()
    }

    /// Every key that is not at its default, with its value as it stands in a link.
    pub fn changed(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        let usual = self.specs.iter().map(|spec| spec.default);
        let changed = self.iter().zip(usual).filter(|((_, setting), usual)| setting != usual);
        changed.map(|((key, setting), _)| (key, written(setting)))
    }

    pub(super) fn get(&self, key: &str) -> Setting {
        let index = self.specs.iter().position(|spec| spec.key == key);
        self.values[index.unwrap_or_else(|| panic!("no parameter named {key}"))]
    }

    /// The value of a number.
    ///
    /// # Panics
    /// If the lab defines no such number: a mistake in the lab, not in its input.
    pub fn real(&self, key: &str) -> f64 {
        match self.get(key) {
            Setting::Number(number) => number,
            other => panic!("{key} is {other:?}, not a number"),
        }
    }

    /// The value of a whole number.
    ///
    /// # Panics
    /// As [`Settings::real`].
    pub fn whole(&self, key: &str) -> usize {
        self.real(key) as usize
    }

    /// The seed, which every lab has.
    pub fn seed(&self) -> u32 {
        self.real("seed") as u32
    }

    /// The value of a choice.
    ///
    /// # Panics
    /// If the lab defines no such choice.
    pub fn choice(&self, key: &str) -> &'static str {
        match self.get(key) {
            Setting::Choice(value) => value,
            other => panic!("{key} is {other:?}, not a choice"),
        }
    }

    /// The value of a flag.
    ///
    /// # Panics
    /// If the lab defines no such flag.
    pub fn flag(&self, key: &str) -> bool {
        match self.get(key) {
            Setting::Flag(flag) => flag,
            other => panic!("{key} is {other:?}, not a flag"),
        }
    }

    /// The value of a word.
    ///
    /// # Panics
    /// If the lab defines no such word.
    pub fn word(&self, key: &str) -> Word {
        match self.get(key) {
            Setting::Text(word) => word,
            other => panic!("{key} is {other:?}, not a word"),
        }
    }
}

/// A value as it stands in a link.
fn written(setting: Setting) -> String {
    match setting {
        Setting::Number(number) => number.to_string(),
        Setting::Choice(value) => value.to_string(),
        Setting::Flag(flag) => flag.to_string(),
        Setting::Text(word) => word.as_str().to_string(),
    }
}

/// The settings where nothing is wrong with them.
fn without_problems((settings, problems): (Settings, Vec<String>)) -> Result<Settings> {
    if problems.is_empty() { Ok(settings) } else { Err(Error::Invalid(problems)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::param::Choice;

    const SPECS: &[ParamSpec] = &[
        ParamSpec::real("keep_prob", 0.5, 0.05, 1.0, 0.05),
        ParamSpec::integer("units", 64, 1, 256, 1),
        ParamSpec::choice("dataset", "digits", &[Choice::new("digits", "Digits")]),
        ParamSpec::flag("bootstrap", false),
        ParamSpec::word("written", "+0-", 5),
    ];

    #[test]
    fn a_link_holds_everything_and_reads_back() {
        let settings = Settings::from_query(SPECS, "?units=3&bootstrap=true").unwrap();
        let query = settings.query();
        assert_eq!(query, "v=1&keep_prob=0.5&units=3&dataset=digits&bootstrap=true&written=");
        assert_eq!(Settings::from_query(SPECS, &query).unwrap(), settings);
    }

    #[test]
    fn a_word_travels_in_a_link_whether_its_plus_is_escaped_or_not() {
        for link in ["written=%2B00-0", "written=+00-0"] {
            let settings = Settings::from_query(SPECS, link).unwrap();
            assert_eq!(settings.word("written").as_str(), "+00-0");
            assert!(settings.query().ends_with("&written=%2B00-0"));
            assert_eq!(Settings::from_query(SPECS, &settings.query()).unwrap(), settings);
        }
        let allowed = "must be a word of at most 5 letters, each one of + 0 -";
        for (given, told) in [
            ("+0-0+0", "\"+0-0+0\""),
            ("+1", "\"+1\""),
            ("−", "\"−\""),
            (
                "0000000000000000000000000000000000000000000",
                "\"0000000000000000000000000000000000000000…\"",
            ),
        ] {
            let link = format!("written={given}");
            let message = Settings::from_query(SPECS, &link).unwrap_err().to_string();
            assert_eq!(message, format!("written = {told}: {allowed}"));
        }
        let settings = Settings::defaults(SPECS);
        let message = settings.with([("written", &Value::Number(0.0))]).unwrap_err().to_string();
        assert_eq!(message, format!("written = 0: {allowed}"));
    }

    #[test]
    fn every_fault_of_a_link_is_named_in_one_message() {
        let link = "v=9&keep_prob=NaN&units=3.7&unit=4&dataset=cats&bootstrap=1&units=2";
        let message = Settings::from_query(SPECS, link).unwrap_err().to_string();
        assert_eq!(
            message,
            "v = \"9\": must be 1, the format of links; \
             keep_prob = NaN: must be a number from 0.05 to 1; \
             units = 3.7: must be a whole number from 1 to 256; \
             unit: unknown key, the nearest known key is units; \
             dataset = \"cats\": must be one of digits; \
             bootstrap = \"1\": must be true or false; \
             units: given twice; must be given once"
        );
    }

    #[test]
    fn what_can_be_understood_of_a_link_is_and_the_rest_is_named() {
        let link = "v=1&keep_prob=0.3&unit=4&dataset=cats&bootstrap=true&keep_prob=0.9&units=3.7";
        let (settings, problems) = Settings::understood(SPECS, link);
        let named: Vec<&str> =
            problems.iter().map(|said| said.split([' ', ':']).next().unwrap()).collect();
        assert_eq!(named, ["unit", "dataset", "keep_prob", "units"]);
        assert_eq!(settings, Settings::from_query(SPECS, "keep_prob=0.3&bootstrap=true").unwrap());
        assert_eq!(Settings::understood(SPECS, "").0, Settings::defaults(SPECS));
    }

    #[test]
    fn a_refused_change_leaves_the_settings_alone() {
        let settings = Settings::defaults(SPECS);
        let (allowed, bad) = (Value::Number(0.3), Value::Number(0.0));
        let message = settings.with([("keep_prob", &bad), ("units", &bad)]).unwrap_err();
        assert_eq!(
            message.to_string(),
            "keep_prob = 0: must be a number from 0.05 to 1; \
             units = 0: must be a whole number from 1 to 256"
        );
        assert_eq!(settings.with([("keep_prob", &allowed)]).unwrap().real("keep_prob"), 0.3);
        assert_eq!(settings.real("keep_prob"), 0.5);
    }
}
