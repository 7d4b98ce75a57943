//! A table of the reader's own as a problem, and what is shown of its rows.

use super::Playground;
use super::problem::{Problem, Shown};
use crate::data::{Divided, Examples, Standard, Table, blur, mislabel};
use crate::error::Result;
use crate::figure::{Axis, Body, Cell, Column, Role, Series, Table as Rows};
use crate::lab::Picture;
use crate::nn::{Loss, Network, most_likely};
use crate::numbers::{counted, percent, significant, whole};
use crate::param::Settings;
use crate::value::shortened;

/// Rows shown of what it gets wrong, and inputs of a row.
const MOST_ROWS: usize = 12;
const MOST_COLUMNS: usize = 4;

/// What inputs, target and classes are called.
pub struct Names {
    pub inputs: Vec<String>,
    pub target: String,
    /// None where numbers are to be found.
    pub classes: Vec<String>,
}

impl Names {
    pub fn new(inputs: &[&str], target: &str, classes: &[&str]) -> Self {
        let owned = |names: &[&str]| names.iter().map(|name| name.to_string()).collect();
        Names { inputs: owned(inputs), target: target.to_string(), classes: owned(classes) }
    }
}

/// The problem of a table: its rows split by the seed.
///
/// # Errors
/// As [`Table::divided`].
pub fn problem(table: &Table, settings: &Settings) -> Result<Problem> {
    let (n_train, seed) = (settings.whole("n_train"), settings.seed());
    let Divided { mut split, standard } = table.divided(n_train, seed)?;
    let (classes, noise) = (table.classes.len(), settings.real("label_noise"));
    let (loss, wrong) = if table.of_classes() {
        (Loss::CrossEntropy, mislabel(&mut split.train, noise, classes, seed))
    } else {
        blur(&mut split.train, noise, seed);
        (Loss::Mse, Vec::new())
    };
    let shown = match (table.image_side, table.inputs.len(), table.of_classes()) {
        (Some(side), _, true) => Shown::Images(side),
        (_, 2, true) => Shown::Plane,
        (_, 1, false) => Shown::Curve,
        (_, _, true) => Shown::Rows,
        (_, _, false) => Shown::Found,
    };
    let short = |names: &[String]| names.iter().map(|name| shortened(name)).collect();
    let names = Names {
        inputs: short(&table.inputs),
        target: shortened(&table.target),
        classes: short(&table.classes),
    };
    Ok(Problem {
        split,
        wrong,
        loss,
        outputs: classes.max(1),
        shown,
        most_train: table.most_train(),
        names,
        standard,
        reach: reach(&table.examples, shown),
    })
}

/// From where to where the axes of a plane or of a curve go: over all rows, with some room.
fn reach(all: &Examples, shown: Shown) -> [(f64, f64); 2] {
    let inputs = all.inputs();
    let column = |at: usize| with_room(all.x.iter().skip(at).step_by(inputs).copied());
    match shown {
        Shown::Plane => [column(0), column(1)],
        Shown::Curve => [column(0), with_room(all.y.iter().copied())],
        Shown::Found => [with_room(all.y.iter().copied()); 2],
        Shown::Images(_) | Shown::Rows => [(0.0, 1.0); 2],
    }
}

/// The range of these numbers and a twentieth more on both sides.
fn with_room(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    let (least, most) = numbers.fold(ends, |(a, b), number| (a.min(number), b.max(number)));
    let room = if most > least { (most - least) / 20.0 } else { least.abs().max(1.0) / 2.0 };
    (least - room, most + room)
}

impl Problem {
    /// An input as it was before it was standardized.
    pub fn input(&self, at: usize, x: f64) -> f64 {
        x * self.standard.x_sd[at] + self.standard.x_mean[at]
    }

    /// A target, or what was found, likewise.
    pub fn target(&self, y: f64) -> f64 {
        y * self.standard.y_sd + self.standard.y_mean
    }

    /// Inputs as a network sees them.
    pub fn seen(&self, rows: impl IntoIterator<Item = f64>) -> Vec<f64> {
        let Standard { x_mean, x_sd, .. } = &self.standard;
        let units = x_mean.iter().zip(x_sd).cycle();
        rows.into_iter().zip(units).map(|(x, (mean, sd))| (x - mean) / sd).collect()
    }
}

impl Playground {
    /// What a network finds against what is true, of rows it has not learned from.
    pub(super) fn found_picture(&self, network: &Network<f32>, error: f64) -> Picture {
        let (problem, test) = (&self.problem, &self.judges.test);
        let own = |y: &[f64]| y.iter().map(|&y| problem.target(y)).collect::<Vec<f64>>();
        let (truth, found) = (own(test.y()), own(&test.predictions(network)));
        let name = &problem.names.target;
        let [(low, high), _] = problem.reach;
        let right = Series::line("right", Role::Neutral, vec![low, high], vec![low, high]).dashed();
        let points = Series::points("test rows", Role::Test, truth, found).unlabelled();
        let x = Axis::linear(format!("{name}, true"), low, high);
        let y = Axis::linear(format!("{name}, found"), low, high);
        let error = percent(error);
        let description = format!(
            "{}: what the network finds against what is true, of the {} it is judged by. On the line it \
             is right. Its error is {error} of the variance.",
            name,
            counted(test.y().len() as u64, "row"),
        );
        let body = Body::chart(x, y, vec![right, points], Vec::new());
        let note = format!("test error {error} of the variance");
        Picture { note, description, body }.told_once(self.network.steps() > 0)
    }

    /// The rows it gets wrong, or furthest from the truth, as a table.
    pub(super) fn wrong_rows(&self) -> Picture {
        let (problem, rows) = (&self.problem, self.problem.split.test.y.len());
        let y_hat = self.judges.test.predictions(self.network.now());
        let (off, said) = match problem.of_numbers() {
            true => furthest(problem, &y_hat),
            false => misread(problem, &y_hat),
        };
        let shown = off.len().min(MOST_ROWS);
        let cells = off.into_iter().take(MOST_ROWS).map(|(row, [truth, found])| {
            let inputs = problem.split.test.row(row).iter().take(MOST_COLUMNS).enumerate();
            let input = |(at, &x): (usize, &f64)| Cell::Text(significant(problem.input(at, x), 4));
            [Cell::Text(truth), Cell::Text(found)].into_iter().chain(inputs.map(input)).collect()
        });
        let heads = ["true".to_string(), "found".to_string()];
        let inputs = problem.names.inputs.iter().take(MOST_COLUMNS).cloned();
        let columns = heads.into_iter().chain(inputs).map(Column::plain).collect();
        let body = Body::Table(Rows { columns, rows: cells.collect() });
        let description = format!(
            "{said}, of {}. {} as a table, each with what is true, what the network finds, and its first \
             inputs.",
            counted(rows as u64, "test row"),
            if shown == 1 { "One is shown".to_string() } else { format!("{shown} are shown") },
        );
        Picture { note: said, description, body }.told_once(self.network.steps() > 0)
    }
}

/// A row of the test set, what is true of it and what was found.
type Off = (usize, [String; 2]);

/// The rows that were taken for another class.
fn misread(problem: &Problem, y_hat: &[f64]) -> (Vec<Off>, String) {
    let Problem { split, names, .. } = problem;
    let found = y_hat.chunks_exact(problem.outputs).map(most_likely).enumerate();
    let pairs = found.map(|(row, found)| (row, split.test.y[row] as usize, found));
    let wrong = pairs.filter(|(_, truth, found)| truth != found);
    let name = |class: usize| names.classes[class].clone();
    let off: Vec<Off> =
        wrong.map(|(row, truth, found)| (row, [name(truth), name(found)])).collect();
    let said = format!("{} of {} wrong", whole(off.len() as u64), whole(split.test.y.len() as u64));
    (off, said)
}

/// All rows, the furthest from the truth first.
fn furthest(problem: &Problem, y_hat: &[f64]) -> (Vec<Off>, String) {
    let y = &problem.split.test.y;
    let mut rows: Vec<usize> = (0..y.len()).collect();
    let distance = |row: usize| (y_hat[row] - y[row]).abs();
    rows.sort_by(|&a, &b| distance(b).total_cmp(&distance(a)));
    let written = |y: f64| significant(problem.target(y), 4);
    let furthest = rows.first().map_or(0.0, |&row| distance(row) * problem.standard.y_sd);
    let off = rows.into_iter().map(|row| (row, [written(y[row]), written(y_hat[row])])).collect();
    (off, format!("furthest off by {}", significant(furthest, 3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_some_room_and_a_constant_column_too() {
        assert_eq!(with_room([1.0, 3.0, 2.0].into_iter()), (0.9, 3.1));
        assert_eq!(with_room([4.0, 4.0].into_iter()), (2.0, 6.0));
        assert_eq!(with_room([0.0].into_iter()), (-0.5, 0.5));
    }
}
