//! The means of an experiment in rows.

use super::chart::{extremes, mean};
use super::lines::Line;
use super::names::{label_of, place_name};
use crate::figure::{Cell, Column, Table};
use crate::sweep::plan::Plan;

/// A row for every place of every line: mean, standard error, least, greatest, and of how many seeds.
pub(super) fn means(plan: &Plan, lines: &[Line]) -> Table {
    let percent = lines.iter().all(|line| line.metric.unit == "fraction");
    let column = |label: &str| if percent { Column::percent(label) } else { Column::plain(label) };
    let numbers = ["mean", "standard error", "least", "greatest"].map(column);
    let over = label_of(plan, &plan.over.key);
    let columns = [Column::plain("line"), Column::plain(over)].into_iter().chain(numbers);
    let columns = columns.chain([Column::plain("seeds")]).collect();
    let row = |line: &Line| -> Vec<Vec<Cell>> {
        let of = |place| {
            let point = mean(place)?;
            let [least, most] = extremes(place)?;
            let error = point.standard_error().unwrap_or(f64::NAN);
            let place = Cell::Text(place_name(plan, &place.written));
            let numbers = [point.mean, error, least, most, point.count as f64].map(Cell::Number);
            Some([Cell::Text(line.name.clone()), place].into_iter().chain(numbers).collect())
        };
        line.places.iter().filter_map(of).collect()
    };
    Table { columns, rows: lines.iter().flat_map(row).collect() }
}
