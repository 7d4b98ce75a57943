//! The table that a file holds: which column is the target, which are inputs, and the rows.

use super::columns::{Column, MOST_DISTINCT, MOST_WORDS, Task, Values};
use super::file::{CsvDescription, Faults, File, LeftOut};
use super::number::number;
use super::options::{CsvOptions, Missing};
use crate::data::Examples;
use crate::data::table::{MOST_CLASSES, MOST_INPUTS, MOST_NUMBERS, Table};
use crate::error::{Error, Result, nearest};
use crate::numbers::{counted, whole};
use crate::value::shortened;

/// Cells named in a refusal.
const NAMED: usize = 4;

/// Names that say which column is the target.
const TARGETS: [&str; 6] = ["target", "label", "class", "y", "outcome", "species"];

fn refused<T>(sentence: String) -> Result<T> {
    Err(Error::invalid(sentence))
}

/// The table, and what was understood of the file.
pub fn table(file: &File, options: &CsvOptions) -> Result<(Table, CsvDescription)> {
    let left_out = options
        .leave_out
        .iter()
        .map(|name| file.at(name, "leave_out"))
        .collect::<Result<Vec<_>>>()?;
    let target = file.target(options, &left_out)?;
    let task = task(&file.columns[target], options.task)?;
    let is_input =
        |at: &usize| *at != target && !left_out.contains(at) && !file.columns[*at].is_empty();
    let inputs: Vec<usize> = (0..file.columns.len()).filter(is_input).collect();
    let names = file.inputs(&inputs)?;
    let mut used = inputs.clone();
    used.push(target);
    let faults = file.faults(&used);
    if faults.count > 0 && options.missing == Missing::Refuse {
        return Err(refusal(&faults));
    }
    let rows = file.rows().len() - faults.rows;
    if rows < 2 || rows.saturating_mul(names.len()) > MOST_NUMBERS {
        return refused(format!(
            "the table has {} of {}; must have at least 2 rows, and at most {} numbers in all",
            counted(rows as u64, "row"),
            counted(names.len() as u64, "input"),
            whole(MOST_NUMBERS as u64)
        ));
    }
    let classes = if task == Task::Classes { classes(&file.columns[target]) } else { Vec::new() };
    let table = Table {
        inputs: names,
        target: file.columns[target].name.clone(),
        examples: file.examples(&inputs, target, task, faults.count > 0),
        classes,
        standardize: options.standardize.unwrap_or(true),
        image_side: None,
    };
    differing(&table)?;
    Ok((table.checked()?, file.described(&faults)))
}

/// The names of all classes, in the order of their numbers.
fn classes(target: &Column) -> Vec<String> {
    match &target.values {
        Values::Words(words) => words.clone(),
        Values::Numbers(numbers) => numbers.iter().map(f64::to_string).collect(),
    }
}

/// Refuses a target that is the same everywhere.
fn differing(table: &Table) -> Result<()> {
    let Examples { y, .. } = &table.examples;
    match y.iter().all(|one| *one == y[0]) {
        true => refused(format!(
            "column {}: has one value in all rows that are read; the target must have at least two",
            shortened(&table.target)
        )),
        false => Ok(()),
    }
}

/// Names the first cells that cannot be read.
fn refusal(faults: &Faults) -> Error {
    let one = |LeftOut { line, column, what }: &LeftOut| match column.as_str() {
        "" => format!("line {line}: {what}"),
        column => format!("line {line}, column {}: {what}", shortened(column)),
    };
    let mut sentences: Vec<String> = faults.named.iter().take(NAMED).map(one).collect();
    let more = match faults.count.saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("and {} more, ", whole(more as u64)),
    };
    sentences.push(format!(
        "{more}in {} in all: fill them in, or leave these rows out (missing: \"leave_out\")",
        counted(faults.rows as u64, "row")
    ));
    Error::Invalid(sentences)
}

/// What is to be learned of the target.
fn task(target: &Column, asked: Option<Task>) -> Result<Task> {
    let Column { name, distinct, tasks, .. } = target;
    match (asked, tasks.first()) {
        (Some(asked), _) if tasks.contains(&asked) => Ok(asked),
        (None, Some(&first)) => Ok(first),
        _ => refused(format!(
            "column {}: cannot be the target so: has {} different {}; must have from 2 to \
             {MOST_CLASSES} values for classes, or numbers that differ for regression",
            shortened(name),
            if *distinct > MOST_DISTINCT { "more than 100".into() } else { distinct.to_string() },
            if matches!(target.values, Values::Words(_)) { "words" } else { "numbers" },
        )),
    }
}

impl File {
    /// The number of a column by its name.
    fn at(&self, name: &str, option: &str) -> Result<usize> {
        let names = || self.columns.iter().map(|column| column.name.as_str());
        names().position(|known| known == name).ok_or_else(|| {
            let hint = nearest(name, names()).unwrap_or_default();
            let (name, hint) = (shortened(name), shortened(hint));
            Error::invalid(format!(
                "{option} = \"{name}\": must be the name of a column; the nearest is {hint}"
            ))
        })
    }

    /// The target's number: by its name or, where none is told, by a usual name, else the last that can be.
    fn target(&self, options: &CsvOptions, left_out: &[usize]) -> Result<usize> {
        if let Some(name) = &options.target {
            let target = self.at(name, "target")?;
            return match left_out.contains(&target) {
                true => refused(format!("leave_out: \"{}\" is the target", shortened(name))),
                false => Ok(target),
            };
        }
        let can_be = |at: &usize| !self.columns[*at].tasks.is_empty() && !left_out.contains(at);
        let able = || (0..self.columns.len()).filter(can_be);
        let usual = |at: &usize| TARGETS.contains(&self.columns[*at].name.to_lowercase().as_str());
        able().find(usual).or_else(|| able().next_back()).ok_or_else(|| {
            Error::invalid(
                "no column can be the target; one must have numbers that differ, or from 2 to 20 \
                 different words",
            )
        })
    }

    /// The names of all inputs: a column of words has one for each.
    fn inputs(&self, columns: &[usize]) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for column in columns.iter().map(|&at| &self.columns[at]) {
            let Column { name, fits_input, values, note, .. } = column;
            match values {
                _ if !fits_input => {
                    let name = shortened(name);
                    let why = if note.is_empty() { String::new() } else { format!("{note}; ") };
                    return refused(format!(
                        "column {name}: {why}has more than {MOST_WORDS} different words; an input must \
                         have at most so many, or be numbers: leave it out (leave_out: [\"{name}\"])"
                    ));
                }
                Values::Words(words) => names.extend(words.iter().map(|w| format!("{name} = {w}"))),
                Values::Numbers(_) => names.push(name.clone()),
            }
        }
        if names.is_empty() || names.len() > MOST_INPUTS {
            return refused(format!(
                "the table has {}; must have from 1 to {MOST_INPUTS}: columns can be left out \
                 (leave_out)",
                counted(names.len() as u64, "input")
            ));
        }
        Ok(names)
    }

    /// The rows in which everything used can be read.
    fn examples(&self, inputs: &[usize], target: usize, task: Task, faulty: bool) -> Examples {
        let used: Vec<usize> = inputs.iter().copied().chain([target]).collect();
        let mut examples = Examples::default();
        for row in self.rows() {
            if faulty && self.faults_of(row, &used).next().is_some() {
                continue;
            }
            for &at in inputs {
                let cell = self.cells.cell(row, at);
                match &self.columns[at].values {
                    Values::Words(words) => {
                        examples.x.extend(words.iter().map(|word| f64::from(word == cell)));
                    }
                    Values::Numbers(_) => examples.x.extend(number(cell, self.columns[at].style)),
                }
            }
            let cell = self.cells.cell(row, target);
            let place = match &self.columns[target].values {
                Values::Words(words) => words.iter().position(|word| word == cell),
                Values::Numbers(numbers) => {
                    let value = number(cell, self.columns[target].style);
                    numbers.iter().position(|known| Some(*known) == value)
                }
            };
            match task {
                Task::Classes => examples.y.extend(place.map(|place| place as f64)),
                Task::Regression => examples.y.extend(number(cell, self.columns[target].style)),
            }
        }
        examples
    }
}
