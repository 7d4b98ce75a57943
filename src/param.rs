//! One definition per parameter: name, kind, default, range, labels and help.
//!
//! From a definition come the typed settings, the range check, the slider, the key in a link, the
//! attribute of an embed and the row in the documentation.

use crate::error::{Error, Result};
use crate::value::{Value, one_of, unknown_key, whole_number};
use serde::{Serialize, Serializer};

/// The format of links. A link without it is read as this version; an unknown one is refused.
pub const LINK_VERSION: u32 = 1;

/// The key under which a link holds its format.
const VERSION_KEY: &str = "v";

/// What kind of value a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Any number in the range.
    Real,
    /// A whole number in the range; 3.7 is refused, not cut.
    Integer,
    /// One of named choices.
    Choice,
    /// Yes or no.
    Flag,
}

/// How a slider spreads its range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SliderScale {
    /// Evenly.
    Linear,
    /// By ratios. Where the range starts at 0, the slider's first stop is 0 and the next is `step`.
    Log,
}

/// One value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setting {
    /// Of a real or whole-number parameter.
    Number(f64),
    /// Of a choice.
    Choice(&'static str),
    /// Of a flag.
    Flag(bool),
}

impl Serialize for Setting {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Setting::Number(number) => serializer.serialize_f64(*number),
            Setting::Choice(value) => serializer.serialize_str(value),
            Setting::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

/// One choice of a choice parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// The name in links and code.
    pub value: &'static str,
    /// The name in words.
    pub label: &'static str,
    /// Settings of other parameters that a person who picks this choice is offered along with it.
    #[serde(serialize_with = "as_record", skip_serializing_if = "<[_]>::is_empty")]
    pub suggests: &'static [(&'static str, Setting)],
}

impl Choice {
    /// A choice that suggests nothing for other parameters.
    pub const fn new(value: &'static str, label: &'static str) -> Self {
        Choice { value, label, suggests: &[] }
    }

    /// The same choice, suggesting settings of other parameters.
    pub const fn suggests(self, suggests: &'static [(&'static str, Setting)]) -> Self {
        Choice { suggests, ..self }
    }
}

fn as_record<S: Serializer>(
    pairs: &&'static [(&'static str, Setting)],
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().copied())
}

/// The one definition of a parameter.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ParamSpec {
    /// Its one spelling, everywhere.
    pub key: &'static str,
    /// Its name in words.
    pub label: &'static str,
    /// The lecture's symbol, where it has one.
    pub symbol: &'static str,
    /// Its unit, where it has one.
    pub unit: &'static str,
    /// One line for a reader.
    pub help: &'static str,
    /// What kind of value it takes.
    pub kind: Kind,
    /// The value where none is given.
    pub default: Setting,
    /// The least value, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The largest value, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The slider's step, of numbers; values between steps are allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<f64>,
    /// How the slider spreads the range, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<SliderScale>,
    /// The choices, of a choice.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub choices: &'static [Choice],
    /// Whether a change starts the run anew; otherwise it takes effect at once.
    pub rebuilds: bool,
}

impl ParamSpec {
    const fn of(key: &'static str, kind: Kind, default: Setting) -> Self {
        let (min, max, step, scale) = (None, None, None, None);
        let (label, symbol, unit, help) = (key, "", "", "");
        let (choices, rebuilds): (&[Choice], bool) = (&[], true);
        ParamSpec {
            key,
            label,
            symbol,
            unit,
            help,
            kind,
            default,
            min,
            max,
            step,
            scale,
            choices,
            rebuilds,
        }
    }

    const fn ranged(self, min: f64, max: f64, step: f64) -> Self {
        let scale = Some(SliderScale::Linear);
        ParamSpec { min: Some(min), max: Some(max), step: Some(step), scale, ..self }
    }

    /// A real number between `min` and `max`, moved by the slider in steps of `step`.
    pub const fn real(key: &'static str, default: f64, min: f64, max: f64, step: f64) -> Self {
        Self::of(key, Kind::Real, Setting::Number(default)).ranged(min, max, step)
    }

    /// A whole number between `min` and `max`.
    pub const fn integer(key: &'static str, default: u32, min: u32, max: u32, step: u32) -> Self {
        Self::of(key, Kind::Integer, Setting::Number(default as f64)).ranged(
            min as f64,
            max as f64,
            step as f64,
        )
    }

    /// One of named choices.
    pub const fn choice(
        key: &'static str,
        default: &'static str,
        choices: &'static [Choice],
    ) -> Self {
        ParamSpec { choices, ..Self::of(key, Kind::Choice, Setting::Choice(default)) }
    }

    /// Yes or no.
    pub const fn flag(key: &'static str, default: bool) -> Self {
        Self::of(key, Kind::Flag, Setting::Flag(default))
    }

    /// Every lab's seed.
    pub const fn seed() -> Self {
        Self::integer("seed", 0, 0, u32::MAX, 1)
            .label("Seed")
            .help("the same seed and settings give the same run, bit for bit")
    }

    /// Every lab's planned end.
    pub const fn steps(default: u32, max: u32) -> Self {
        Self::integer("steps", default, 1, max, 1)
            .label("Steps")
            .help("updates of the weights until the run's planned end")
            .live()
    }

    /// The name in words.
    pub const fn label(self, label: &'static str) -> Self {
        ParamSpec { label, ..self }
    }

    /// The lecture's symbol.
    pub const fn symbol(self, symbol: &'static str) -> Self {
        ParamSpec { symbol, ..self }
    }

    /// The unit.
    pub const fn unit(self, unit: &'static str) -> Self {
        ParamSpec { unit, ..self }
    }

    /// One line of help.
    pub const fn help(self, help: &'static str) -> Self {
        ParamSpec { help, ..self }
    }

    /// A slider that goes by ratios.
    pub const fn log(self) -> Self {
        ParamSpec { scale: Some(SliderScale::Log), ..self }
    }

    /// Takes effect at once, without starting the run anew.
    pub const fn live(self) -> Self {
        ParamSpec { rebuilds: false, ..self }
    }

    /// What is allowed, in words.
    fn allowed(&self) -> String {
        let (min, max) = (self.min.unwrap_or(f64::MIN), self.max.unwrap_or(f64::MAX));
        match self.kind {
            Kind::Real => format!("a number from {min} to {max}"),
            Kind::Integer => format!("a whole number from {min} to {max}"),
            Kind::Choice => one_of(self.choices.iter().map(|choice| choice.value)),
            Kind::Flag => "true or false".to_string(),
        }
    }

    /// Checks a value from outside.
    ///
    /// # Errors
    /// A sentence that names the key, the value and what is allowed.
    pub fn check(&self, value: &Value) -> Result<Setting> {
        let (min, max) = (self.min.unwrap_or(f64::MIN), self.max.unwrap_or(f64::MAX));
        let setting = match (self.kind, value) {
            (Kind::Real, Value::Number(x)) if *x >= min && *x <= max => Some(Setting::Number(*x)),
            (Kind::Integer, value) => whole_number(value, min as u64, max as u64)
                .map(|number| Setting::Number(number as f64)),
            (Kind::Choice, Value::Text(text)) => self
                .choices
                .iter()
                .find(|choice| choice.value == text)
                .map(|choice| Setting::Choice(choice.value)),
            (Kind::Flag, Value::Flag(flag)) => Some(Setting::Flag(*flag)),
            _ => None,
        };
        setting.ok_or_else(|| {
            Error::invalid(format!("{} = {value}: must be {}", self.key, self.allowed()))
        })
    }

    /// Checks a value as it stands in a link or an attribute.
    fn check_text(&self, text: &str) -> Result<Setting> {
        let value = match (self.kind, text) {
            (Kind::Real | Kind::Integer, text) => text.parse().ok().map(Value::Number),
            (Kind::Flag, "true") => Some(Value::Flag(true)),
            (Kind::Flag, "false") => Some(Value::Flag(false)),
            _ => None,
        };
        self.check(&value.unwrap_or_else(|| Value::Text(text.to_string())))
    }
}

/// A value for every parameter of a lab, all within their ranges.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    specs: &'static [ParamSpec],
    values: Vec<Setting>,
}

impl PartialEq for ParamSpec {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Settings {
    /// Every parameter at its default.
    pub fn defaults(specs: &'static [ParamSpec]) -> Self {
        Settings { specs, values: specs.iter().map(|spec| spec.default).collect() }
    }

    /// The defaults with the given fields of an object in their place.
    ///
    /// # Errors
    /// One sentence for every unknown key and every bad value.
    pub fn from_value(specs: &'static [ParamSpec], given: Value) -> Result<Self> {
        let fields = match given {
            Value::Missing => Vec::new(),
            Value::Record(fields) => fields,
            other => {
                return Err(Error::invalid(format!("parameters = {other}: must be an object")));
            }
        };
        let pairs = fields.iter().map(|(key, value)| (key.as_str(), value));
        Self::collect(specs, pairs, |spec, value| spec.check(value))
    }

    /// What a link holds: `keep_prob=0.5&seed=3`, with or without a leading `?` and the version.
    ///
    /// # Errors
    /// One sentence for every unknown or repeated key, every bad value and an unknown version.
    pub fn from_query(specs: &'static [ParamSpec], query: &str) -> Result<Self> {
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
        let settings = Self::collect(specs, borrowed, |spec, text| spec.check_text(text));
        match (settings, problems.is_empty()) {
            (Ok(settings), true) => Ok(settings),
            (Ok(_), false) => Err(Error::Invalid(problems)),
            (Err(Error::Invalid(more)), _) => {
                Err(Error::Invalid(problems.into_iter().chain(more).collect()))
            }
            (Err(other), _) => Err(other),
        }
    }

    fn collect<'a, T>(
        specs: &'static [ParamSpec],
        pairs: impl Iterator<Item = (&'a str, T)>,
        check: impl Fn(&ParamSpec, T) -> Result<Setting>,
    ) -> Result<Self> {
        let mut settings = Self::defaults(specs);
        let mut problems = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for (key, value) in pairs {
            let Some(index) = specs.iter().position(|spec| spec.key == key) else {
                problems.push(unknown_key("", key, specs.iter().map(|spec| spec.key)));
                continue;
            };
            if seen.contains(&key) {
                problems.push(format!("{key}: given twice; must be given once"));
            }
            seen.push(key);
            match check(&specs[index], value) {
                Ok(setting) => settings.values[index] = setting,
                Err(problem) => problems.push(problem.to_string()),
            }
        }
        if problems.is_empty() { Ok(settings) } else { Err(Error::Invalid(problems)) }
    }

    /// The same settings with one changed, and the definition of the one that changed.
    ///
    /// # Errors
    /// A sentence for an unknown key or a bad value.
    pub fn with(&self, key: &str, value: &Value) -> Result<(Self, &'static ParamSpec)> {
        let index = self.specs.iter().position(|spec| spec.key == key).ok_or_else(|| {
            Error::invalid(unknown_key("", key, self.specs.iter().map(|spec| spec.key)))
        })?;
        let mut changed = self.clone();
        changed.values[index] = self.specs[index].check(value)?;
        Ok((changed, &self.specs[index]))
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
            let text = match setting {
                Setting::Number(number) => number.to_string(),
                Setting::Choice(value) => value.to_string(),
                Setting::Flag(flag) => flag.to_string(),
            };
            query.append_pair(key, &text);
        }
        query.finish()
    }

    fn get(&self, key: &str) -> Setting {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPECS: &[ParamSpec] = &[
        ParamSpec::real("keep_prob", 0.5, 0.05, 1.0, 0.05),
        ParamSpec::integer("units", 64, 1, 256, 1),
        ParamSpec::choice("dataset", "digits", &[Choice::new("digits", "Digits")]),
        ParamSpec::flag("bootstrap", false),
    ];

    #[test]
    fn a_link_holds_everything_and_reads_back() {
        let settings = Settings::from_query(SPECS, "?units=3&bootstrap=true").unwrap();
        let query = settings.query();
        assert_eq!(query, "v=1&keep_prob=0.5&units=3&dataset=digits&bootstrap=true");
        assert_eq!(Settings::from_query(SPECS, &query).unwrap(), settings);
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
             unit: unknown key; the nearest known key is units; \
             dataset = \"cats\": must be one of digits; \
             bootstrap = \"1\": must be true or false; \
             units: given twice; must be given once"
        );
    }

    #[test]
    fn a_refused_change_leaves_the_settings_alone() {
        let settings = Settings::defaults(SPECS);
        assert!(settings.with("keep_prob", &Value::Number(0.0)).is_err());
        let (changed, spec) = settings.with("keep_prob", &Value::Number(0.3)).unwrap();
        assert_eq!((changed.real("keep_prob"), spec.key), (0.3, "keep_prob"));
        assert_eq!(settings.real("keep_prob"), 0.5);
    }
}
