//! What is shown of the rows of a reader's own table.

use super::Playground;
use super::problem::Problem;
use crate::figure::{Axis, Body, Cell, Column, Role, Series, Table};
use crate::lab::Picture;
use crate::nn::{Network, most_likely};
use crate::numbers::{counted, percent, significant, whole};

/// Rows shown of what it gets wrong, and inputs of a row.
const MOST_ROWS: usize = 12;
const MOST_COLUMNS: usize = 4;

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
            "What the network finds for {name} against what is true, of the {} it is judged by. On the line \
             it is right. Its error is {error} of the variance.",
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
        let body = Body::Table(Table { columns, rows: cells.collect() });
        let description = format!(
            "Judged by {}: {said}. {} as a table, each with what is true, what the network finds, and its \
             first inputs.",
            counted(rows as u64, "row"),
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
