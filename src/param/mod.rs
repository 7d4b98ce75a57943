//! One definition per parameter: name, kind, default, range, labels and help.
//!
//! From a definition come the typed settings, the range check, the slider, the key in a link, the
//! attribute of an embed and the row in the documentation.

mod images;
mod marks;
pub mod own;
pub mod presets;
mod settings;
mod word;

pub use images::OwnImages;
pub use marks::{Mark, Most, Place};
pub use settings::{LINK_VERSION, Settings};
pub use word::{Letters, Word};

use crate::error::{Error, Result};
use crate::numbers;
use crate::value::{Value, one_of, whole_number};
use serde::{Serialize, Serializer};

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
    /// A word over a few letters.
    Text,
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
    /// Of a word.
    Text(Word),
}

impl Serialize for Setting {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Setting::Number(number) => serializer.serialize_f64(*number),
            Setting::Choice(value) => serializer.serialize_str(value),
            Setting::Flag(flag) => serializer.serialize_bool(*flag),
            Setting::Text(word) => serializer.serialize_str(word.as_str()),
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
    /// Of the choice of a table of the reader's own: the images that it has to be of; none where any will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<OwnImages>,
}

impl Choice {
    /// A choice that suggests nothing for other parameters.
    pub const fn new(value: &'static str, label: &'static str) -> Self {
        Choice { value, label, suggests: &[], images: None }
    }

    /// The same choice, suggesting settings of other parameters.
    pub const fn suggests(self, suggests: &'static [(&'static str, Setting)]) -> Self {
        Choice { suggests, ..self }
    }

    /// The same choice, for images.
    pub const fn of_images(self, images: OwnImages) -> Self {
        Choice { images: Some(images), ..self }
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
    /// What a word is made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letters: Option<Letters>,
    /// Named values on the slider, of numbers.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub marks: &'static [Mark],
    /// What part of the range is allowed with the other settings as they are, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<[Place; 2]>,
    /// Whether a change starts the run anew; otherwise it takes effect at once.
    pub rebuilds: bool,
    /// Whether it only chooses what is shown of a run, which goes its way whatever it is.
    pub view: bool,
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
            letters: None,
            marks: &[],
            within: None,
            rebuilds,
            view: false,
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

    /// A word of at most `most` letters, each one of `of`; none at first.
    pub const fn word(key: &'static str, of: &'static str, most: usize) -> Self {
        assert!(most <= Word::MOST, "a word has room for so many letters");
        let letters = Some(Letters { of, most });
        ParamSpec { letters, ..Self::of(key, Kind::Text, Setting::Text(Word::EMPTY)) }
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
            .help("updates of the weights until the run’s planned end")
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

    /// Named values on the slider.
    pub const fn marks(self, marks: &'static [Mark]) -> Self {
        ParamSpec { marks, ..self }
    }

    /// The part of the range that the other settings allow: the slider has no other.
    pub const fn within(self, least: Place, most: Place) -> Self {
        ParamSpec { within: Some([least, most]), ..self }
    }

    /// A slider that goes by ratios.
    pub const fn log(self) -> Self {
        ParamSpec { scale: Some(SliderScale::Log), ..self }
    }

    /// Takes effect at once, without starting the run anew.
    pub const fn live(self) -> Self {
        ParamSpec { rebuilds: false, ..self }
    }

    /// Chooses what is shown of a run, and changes nothing of the run itself.
    pub const fn view(self) -> Self {
        ParamSpec { view: true, ..self.live() }
    }

    /// What it is called in a formula or, without a symbol, in a sentence: "p", "learning rate".
    pub fn short_name(&self) -> String {
        if self.symbol.is_empty() { self.label.to_lowercase() } else { self.symbol.to_string() }
    }

    /// What is allowed, in words.
    fn allowed(&self) -> String {
        let (min, max) = (self.min.unwrap_or(f64::MIN), self.max.unwrap_or(f64::MAX));
        match self.kind {
            Kind::Real => format!("a number from {min} to {max}"),
            Kind::Integer => format!("a whole number from {min} to {max}"),
            Kind::Choice => one_of(self.choices.iter().map(|choice| choice.value)),
            Kind::Flag => "true or false".to_string(),
            Kind::Text => self.letters.map(|letters| letters.allowed()).unwrap_or_default(),
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
            (Kind::Text, Value::Text(text)) => {
                self.letters.and_then(|letters| letters.read(text)).map(Setting::Text)
            }
            _ => None,
        };
        setting.ok_or_else(|| {
            Error::invalid(format!("{} = {value}: must be {}", self.key, self.allowed()))
        })
    }

    /// Checks a value as it stands in a link or an attribute.
    fn check_text(&self, text: &str) -> Result<Setting> {
        let value = match (self.kind, text) {
            (Kind::Real | Kind::Integer, text) => numbers::read(text).map(Value::Number),
            (Kind::Flag, "true") => Some(Value::Flag(true)),
            (Kind::Flag, "false") => Some(Value::Flag(false)),
            // In a link a plus that was not escaped is read as a space.
            (Kind::Text, text) => Some(Value::Text(text.replace(' ', "+"))),
            _ => None,
        };
        self.check(&value.unwrap_or_else(|| Value::Text(text.to_string())))
    }
}

impl PartialEq for ParamSpec {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
