//! Places on a slider: its named values, and where it ends.

use super::{ParamSpec, Setting, Settings};
use crate::error::{Error, Result};
use crate::value::Value;
use serde::{Serialize, Serializer};

/// How far a parameter goes with these settings and their data.
pub type Most = fn(&Settings) -> usize;

/// A place on a slider.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At a number.
    Number(f64),
    /// Where another parameter stands now.
    Parameter(&'static str),
    /// Where a metric stands now.
    Metric(&'static str),
    /// Where the data at hand end: [`Settings::limits`].
    Data(#[serde(serialize_with = "there")] Most),
}

fn there<S: Serializer>(_: &Most, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_bool(true)
}

impl ParamSpec {
    /// As far as the data at hand allow: the slider ends there.
    pub const fn most(self, most: Most) -> Self {
        let least = if let Some(min) = self.min { min } else { 0.0 };
        self.within(Place::Number(least), Place::Data(most))
    }

    /// How far it goes with these settings, where the data at hand limit it.
    #[inline(never)]
    pub(super) fn limit(&self, settings: &Settings) -> Option<f64> {
        let Some([_, Place::Data(most)]) = self.within else { return None };
        let (least, last) = (self.min.unwrap_or(0.0), self.max.unwrap_or(f64::MAX));
        Some((most(settings) as f64).min(last).max(least))
    }
}

impl Settings {
    /// Refuses a number beyond what there is, and says why that is all.
    ///
    /// # Errors
    /// In a sentence that names the parameter, its value and what is allowed.
    pub fn check_most(&self, key: &str, most: usize, why: &str) -> Result<()> {
        let given = self.whole(key);
        if given <= most {
            return Ok(());
        }
        Err(Error::invalid(format!("{key} = {given}: must be at most {most}{why}")))
    }

    /// Checks one of so many changes: what is changed alone is refused with how far it goes with the data at hand.
    pub(super) fn check_one_of(
        &self,
        changes: usize,
        spec: &ParamSpec,
        value: &Value,
    ) -> Result<Setting> {
        let checked = spec.check(value);
        match (&checked, spec.limit(self)) {
            (Err(_), Some(most)) if changes == 1 => {
                ParamSpec { max: Some(most), ..*spec }.check(value)
            }
            _ => checked,
        }
    }

    /// The same, with what only chooses what is shown within what there is, where these changes have left less
    /// of it than there was before them; but for what they name.
    pub(super) fn looking_within(mut self, before: &Self, changes: &[(&str, &Value)]) -> Self {
        let left = |spec: &ParamSpec| {
            let there = spec.limit(before).is_some_and(|there| before.real(spec.key) <= there);
            spec.view && there && !changes.iter().any(|(key, _)| *key == spec.key)
        };
        self.shorten(left, |_, most| most);
        self
    }

    /// Every parameter that the data at hand limit, with how far it goes.
    pub fn limits(&self) -> Vec<(&'static str, f64)> {
        let mut limits = Vec::new();
        for spec in self.specs {
            if let Some(most) = spec.limit(self) {
                limits.push((spec.key, most));
            }
        }
        limits
    }
}

/// A named value of a slider: a case the lecture speaks of.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Mark {
    /// Its name: "c = v".
    pub label: &'static str,
    /// Where it stands.
    pub at: Place,
}
