//! A table of a reader's own: rows of named columns, and what is to be learned of them.

use super::{Examples, Split, Standard, split};
use crate::error::{Error, Result};
use crate::numbers;
use crate::value::shortened;

/// The most rows to learn from.
pub const MOST_LEARNED: usize = 10_000;

/// The most rows to be judged by: as many as a page can score while it is looked at.
pub const MOST_JUDGED: usize = 1000;

/// The most numbers of all inputs together: 64 MB of them.
pub const MOST_NUMBERS: usize = 8_000_000;

/// The most inputs.
pub const MOST_INPUTS: usize = 1000;

/// The most classes.
pub const MOST_CLASSES: usize = 20;

/// The largest number, whatever its sign: its square is still one.
pub const LARGEST: f64 = 1e30;

/// A table: every row is an example.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The names of the columns of inputs.
    pub inputs: Vec<String>,
    /// The name of what is to be learned.
    pub target: String,
    /// The names of the classes, of which a target is the number; none where targets are numbers.
    pub classes: Vec<String>,
    /// Inputs and targets as they were read.
    pub examples: Examples,
    /// Whether inputs, and targets that are numbers, are brought to mean 0 and variance 1.
    pub standardize: bool,
    /// Pixels along a side, where every row is a square image.
    pub image_side: Option<usize>,
}

/// A table that was split: rows to learn from, others to be judged by, and their units.
#[derive(Clone, Debug, PartialEq)]
pub struct Divided {
    /// The rows in these units.
    pub split: Split,
    /// The means and deviations of the rows to learn from; 0 and 1 where nothing is to be standardized.
    pub standard: Standard,
}

/// A sentence of what a part of the table is.
fn refuse(what: String) -> Result<()> {
    Err(Error::invalid(format!("table{what}")))
}

impl Table {
    /// Whether classes are to be told apart; else a number is to be found.
    pub fn of_classes(&self) -> bool {
        !self.classes.is_empty()
    }

    /// A table of which no more is known than how many rows it has.
    pub fn of_rows(rows: usize) -> Self {
        let mut table = Table::default();
        table.examples.y.resize(rows, 0.0);
        table
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.examples.y.len()
    }

    /// The same table, where it is one.
    ///
    /// # Errors
    /// In one sentence: lengths that do not fit, too many of anything, numbers that are none, too
    /// large, or of no class.
    pub fn checked(self) -> Result<Self> {
        self.check_sizes()?;
        self.check_numbers()?;
        Ok(self)
    }

    fn check_sizes(&self) -> Result<()> {
        let (inputs, rows, classes) = (self.inputs.len(), self.rows(), self.classes.len());
        let numbers = self.examples.x.len();
        if inputs == 0 || inputs > MOST_INPUTS {
            return refuse(format!(
                ".inputs: has {inputs} names; must have from 1 to {MOST_INPUTS}"
            ));
        }
        if Some(numbers) != rows.checked_mul(inputs) || numbers > MOST_NUMBERS || rows == 0 {
            return refuse(format!(
                ".x: has {numbers} numbers, and .y has {rows}; must have {inputs} for every number of \
                 .y, and at most {MOST_NUMBERS}"
            ));
        }
        if classes == 1 || classes > MOST_CLASSES {
            return refuse(format!(
                ".classes: has {classes} names; must have from 2 to {MOST_CLASSES}, or none where \
                 numbers are to be found"
            ));
        }
        match self.image_side {
            Some(side) if side.checked_mul(side) != Some(inputs) => refuse(format!(
                ".image_side = {side}: must be the side of a square of {inputs} pixels"
            )),
            _ => Ok(()),
        }
    }

    fn check_numbers(&self) -> Result<()> {
        let (Examples { x, y }, classes) = (&self.examples, self.classes.len());
        let allowed = |number: &f64| number.abs() <= LARGEST;
        let size = format!("a number of size {LARGEST:e} at most");
        if let Some(at) = x.iter().position(|number| !allowed(number)) {
            return refuse(format!(".x[{at}] = {}: must be {size}", x[at]));
        }
        let of_class = |y: &f64| y.fract() == 0.0 && (0.0..classes as f64).contains(y);
        let right = |y: &f64| if classes == 0 { allowed(y) } else { of_class(y) };
        let Some(at) = y.iter().position(|number| !right(number)) else { return Ok(()) };
        let must = match classes {
            0 => size,
            _ => format!("the number of a class, from 0 to {}", classes - 1),
        };
        refuse(format!(".y[{at}] = {}: must be {must}", y[at]))
    }

    /// The most rows that can be learned from, so that some are left to be judged by.
    pub fn most_train(&self) -> usize {
        self.rows().saturating_sub(if self.of_classes() { 1 } else { 2 }).min(MOST_LEARNED)
    }

    /// A random split by the seed: `n_train` rows to learn from, the rest, at most [`MOST_JUDGED`], to be
    /// judged by; standardized by the rows to learn from alone.
    ///
    /// # Errors
    /// Where the table has too few rows, or where all targets on one side are one and the same number.
    pub fn divided(&self, n_train: usize, seed: u32) -> Result<Divided> {
        let (most, rows) = (self.most_train(), self.rows());
        let counted = numbers::counted(rows as u64, "row");
        if n_train > most {
            return Err(Error::invalid(format!(
                "n_train = {n_train}: must be at most {most}: the table has {counted}, and some must be \
                 left to judge by"
            )));
        }
        let n_test = (rows - n_train).min(MOST_JUDGED);
        let mut split = split(&self.examples, n_train, n_test, seed);
        let constant = |set: &Examples| set.y.iter().all(|y| *y == set.y[0]);
        if !self.of_classes() && (constant(&split.train) || constant(&split.test)) {
            return Err(Error::invalid(format!(
                "n_train = {n_train}: must leave different values of {} on both sides: of the \
                 {counted}, those to learn from or those to judge by all have the same",
                shortened(&self.target)
            )));
        }
        let standard = self.standard(&split.train);
        standard.apply(&mut split.train);
        standard.apply(&mut split.test);
        Ok(Divided { split, standard })
    }

    fn standard(&self, train: &Examples) -> Standard {
        match (self.standardize, self.of_classes()) {
            (false, _) => Standard::none(self.inputs.len()),
            (true, true) => Standard { y_mean: 0.0, y_sd: 1.0, ..Standard::of(train) },
            (true, false) => Standard::of(train),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: usize, classes: &[&str]) -> Table {
        let x = (0..2 * rows).map(|i| if i % 2 == 0 { i as f64 } else { 7.0 }).collect();
        let y = (0..rows).map(|row| (row % 3) as f64).collect();
        Table {
            inputs: vec!["a".into(), "same".into()],
            target: "y".into(),
            classes: classes.iter().map(|name| name.to_string()).collect(),
            examples: Examples { x, y },
            standardize: true,
            image_side: None,
        }
    }

    #[test]
    fn rows_to_learn_from_set_the_units_and_the_rest_is_judged_by() {
        let divided = table(40, &[]).divided(30, 1).unwrap();
        let Split { train, test } = divided.split;
        assert_eq!((train.y.len(), test.y.len()), (30, 10));
        let mean = |set: &Examples, at: usize| {
            set.x.iter().skip(at).step_by(2).sum::<f64>() / set.y.len() as f64
        };
        assert!(mean(&train, 0).abs() < 1e-12 && mean(&test, 0).abs() > 1e-3);
        assert_eq!((mean(&train, 1), mean(&test, 1)), (0.0, 0.0), "a constant column stays 0");
        assert!(train.y.iter().sum::<f64>().abs() < 1e-12);
        let classes = table(40, &["p", "q", "r"]).divided(30, 1).unwrap();
        assert!(classes.split.train.y.iter().all(|y| [0.0, 1.0, 2.0].contains(y)));
        let plain = Table { standardize: false, ..table(40, &[]) }.divided(30, 1).unwrap();
        assert!(plain.split.train.x.contains(&7.0) && plain.split.train.y.contains(&2.0));
        let many = table(3000, &[]).divided(100, 1).unwrap();
        assert_eq!(many.split.test.y.len(), MOST_JUDGED);
    }

    #[test]
    fn too_few_rows_are_refused_with_what_is_allowed() {
        let said = table(40, &[]).divided(39, 1).unwrap_err().to_string();
        let want = "n_train = 39: must be at most 38: the table has 40 rows, and some must be left to \
                    judge by";
        assert_eq!(said, want);
        assert!(table(40, &["p", "q", "r"]).divided(39, 1).is_ok());
        let mut same = table(40, &[]);
        same.examples.y[1..].fill(0.0);
        assert!(same.divided(30, 1).unwrap_err().to_string().contains("different values of y"));
    }

    #[test]
    fn what_is_no_table_is_refused_by_name() {
        type Spoil = fn(&mut Table);
        let spoiled: [(&str, Spoil); 8] = [
            ("table.inputs: has 0 names", |table| table.inputs.clear()),
            ("table.x: has 79 numbers", |table| table.examples.x.truncate(79)),
            ("table.x[3] = NaN", |table| table.examples.x[3] = f64::NAN),
            ("table.x[3] = 1000000000000000", |table| table.examples.x[3] = 1e31),
            ("table.y[2] = 2: must be the number of a class, from 0 to 1", |table| {
                table.classes.truncate(2)
            }),
            ("table.y[0] = 0.5", |table| table.examples.y[0] = 0.5),
            ("table.classes: has 1 names", |table| table.classes.truncate(1)),
            ("table.image_side = 3", |table| table.image_side = Some(3)),
        ];
        assert!(table(40, &["p", "q", "r"]).checked().is_ok());
        for (says, spoil) in spoiled {
            let mut table = table(40, &["p", "q", "r"]);
            spoil(&mut table);
            let said = table.checked().unwrap_err().to_string();
            assert!(said.starts_with(says), "{said}");
        }
        assert_eq!(Table::default().most_train(), 0);
    }
}
