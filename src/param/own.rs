//! Settings with a table of the reader's own: a choice of the parameter `dataset`, in labs that take one.

use super::settings::DATASET;
use super::{Choice, Kind, ParamSpec, Setting, Settings};
use crate::data::Table;
use crate::error::{Error, Result};
use crate::value::Value;
use std::sync::Arc;

/// The choice of a table of the reader's own.
const OWN: &str = "own";

/// The number of rows to learn from.
const N_TRAIN: &str = "n_train";

/// The data: a table of the reader's own, which suits these settings.
pub const fn own(suggests: &'static [(&'static str, Setting)]) -> Choice {
    Choice::new(OWN, "Your own data").suggests(suggests)
}

/// The choice of a table of the reader's own, where these parameters have one.
fn own_of(specs: &'static [ParamSpec]) -> Option<&'static Choice> {
    let dataset = specs.iter().find(|spec| spec.key == DATASET)?;
    dataset.choices.iter().find(|choice| choice.value == OWN)
}

/// At most so many rows to learn from, and at most three quarters of those there are.
fn usual_of(table: &Table, spec: &ParamSpec, most: f64) -> f64 {
    most.min((3 * table.rows() / 4) as f64).max(spec.min.unwrap_or(0.0))
}

impl Choice {
    /// What it suggests for another parameter.
    fn suggested(&self, key: &str) -> Option<Setting> {
        let found = self.suggests.iter().find(|(known, _)| *known == key);
        found.map(|&(_, setting)| setting)
    }
}

/// Whether a lab with these parameters takes a table of the reader's own.
pub fn takes_table(specs: &'static [ParamSpec]) -> bool {
    own_of(specs).is_some()
}

/// Two tables are the same where they are one: to compare all their numbers takes time.
impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        let tables = [self, other].map(|settings| settings.table.as_ref().map(Arc::as_ptr));
        self.specs == other.specs && self.values == other.values && tables[0] == tables[1]
    }
}

impl Settings {
    /// Where settings for a table start: the data are the table's, other parameters as this choice suggests,
    /// and three quarters of the rows are learned from where the default would be more. Where `dataset` is
    /// named and is other data, the defaults.
    pub(super) fn start(
        specs: &'static [ParamSpec],
        table: Option<Arc<Table>>,
        dataset: Option<&Value>,
    ) -> Self {
        let mut settings = Settings { table, ..Self::defaults(specs) };
        let named_other = dataset.is_some_and(|value| *value != Value::Text(OWN.to_string()));
        let (Some(table), Some(own), false) = (&settings.table, own_of(specs), named_other) else {
            return settings;
        };
        for (value, spec) in settings.values.iter_mut().zip(specs) {
            *value = match (spec.key, *value) {
                (DATASET, _) => Setting::Choice(own.value),
                (N_TRAIN, Setting::Number(usual)) => Setting::Number(usual_of(table, spec, usual)),
                (_, usual) => own.suggested(spec.key).unwrap_or(usual),
            };
        }
        settings.fitted()
    }

    /// The same settings as far as the reader's own data allow: of a choice that only one makes possible, that
    /// one; of a number that goes beyond them, where they end, or what is usual of the rows to learn from.
    pub fn fitted(mut self) -> Self {
        let (Some(table), Some(own), true) =
            (self.table.clone(), own_of(self.specs), self.is_own())
        else {
            return self;
        };
        for (at, spec) in self.specs.iter().enumerate() {
            if spec.kind == Kind::Choice {
                self.values[at] = own.suggested(spec.key).unwrap_or(self.values[at]);
            }
        }
        // How far numbers go depends on choices, and of others on how many rows are learned from.
        self.shorten(|spec| spec.key == N_TRAIN, |spec, most| usual_of(&table, spec, most));
        self.shorten(|spec| spec.key != N_TRAIN, |_, most| most);
        self
    }

    /// Brings numbers that go further than the data at hand to where they are to be.
    pub(super) fn shorten(
        &mut self,
        which: impl Fn(&ParamSpec) -> bool,
        to: impl Fn(&ParamSpec, f64) -> f64,
    ) {
        for (at, spec) in self.specs.iter().enumerate().filter(|(_, spec)| which(spec)) {
            if let (Setting::Number(now), Some(most)) = (self.values[at], spec.limit(self))
                && now > most
            {
                self.values[at] = Setting::Number(to(spec, most));
            }
        }
    }

    /// The same settings, with a table of the reader's own.
    pub fn with_table(self, table: Arc<Table>) -> Self {
        Settings { table: Some(table), ..self }
    }

    /// The reader's own table, where one was given.
    pub fn table(&self) -> Option<&Arc<Table>> {
        self.table.as_ref()
    }

    /// Whether the reader's own table is to be learned from.
    pub fn is_own(&self) -> bool {
        own_of(self.specs).is_some() && self.get(DATASET) == Setting::Choice(OWN)
    }

    /// The reader's own table where that is to be learned from; none where other data are.
    ///
    /// # Errors
    /// Where no table was given.
    pub fn own_table(&self) -> Result<Option<&Table>> {
        match (self.is_own(), &self.table) {
            (false, _) => Ok(None),
            (true, Some(table)) => Ok(Some(table)),
            (true, None) => Err(Error::invalid(format!(
                "{DATASET} = \"{OWN}\": must come with a table of your own, and none was given"
            ))),
        }
    }
}
