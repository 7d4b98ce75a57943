//! What an experiment found: a table of its cells, and their means at the terminal.

use super::cells::Outcome;
use super::problem::Result;
use regularization_playground::numbers::significant;
use regularization_playground::sweep::{Cell, Ended, Plan, PlannedCell, csv, points, report};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A cell and what came of it.
type Row<'a> = (&'a PlannedCell, &'a Outcome);

/// Refuses a name whose end says neither of the two formats, before anything is run.
pub fn check_format(path: &Path) -> Result<()> {
    match path.extension().and_then(|end| end.to_str()) {
        Some("csv" | "json") => Ok(()),
        _ => Err(format!("--out {}: must end in .csv or .json", path.display())),
    }
}

/// Writes the table, and says the means and what has no result.
pub fn write(
    path: &Path,
    plan: &Plan,
    cells: &[PlannedCell],
    done: &BTreeMap<String, Outcome>,
) -> Result<()> {
    let rows: Vec<Row> = cells.iter().map(|cell| (cell, &done[&cell.settings.query()])).collect();
    let ended: Vec<Ended> = rows.iter().map(of).collect();
    let text = match path.extension() {
        Some(end) if end == "json" => {
            serde_json::to_string_pretty(&report(plan, &ended)).expect("values have texts") + "\n"
        }
        _ => csv(plan, &ended),
    };
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    print!("{}", means(plan, &rows));
    let without: Vec<_> = rows.iter().filter_map(|(_, outcome)| outcome.as_ref().err()).collect();
    if let Some(reason) = without.first() {
        eprintln!("{} of {} cells have no result; the first: {reason}", without.len(), rows.len());
    }
    eprintln!("{}: {} cells", path.display(), rows.len());
    Ok(())
}

/// A cell as the page has it too.
fn of((cell, outcome): &Row) -> Ended {
    Ended {
        x: cell.x.clone(),
        curve: cell.curve.clone(),
        seed: cell.seed,
        query: cell.settings.query(),
        metrics: outcome.as_ref().ok().cloned().unwrap_or_default(),
        error: outcome.as_ref().err().cloned(),
    }
}

/// Curve by curve and value by value: the mean, its standard error, and over how many seeds.
fn means(plan: &Plan, rows: &[Row]) -> String {
    let mut text = String::new();
    let together = |a: &Row, b: &Row| (&a.0.x, &a.0.curve) == (&b.0.x, &b.0.curve);
    for at in rows.chunk_by(together) {
        let PlannedCell { x, curve, .. } = at[0].0;
        let named = plan.curves.as_ref().zip(curve.as_ref());
        let named = named.map(|(curves, value)| format!("{} = {value}, ", curves.key));
        let done = at.iter().filter_map(|(_, outcome)| outcome.as_ref().ok());
        let done: Vec<Cell> =
            done.map(|metrics| Cell { x: 0.0, metrics: metrics.clone() }).collect();
        let told: Vec<String> = plan.metrics.iter().map(|key| mean(key, &done)).collect();
        let named = named.unwrap_or_default();
        text += &format!("{named}{} = {x}: {}\n", plan.over.key, told.join(", "));
    }
    text
}

fn mean(key: &str, cells: &[Cell]) -> String {
    let Some(point) = points(cells, key).pop() else { return format!("{key} not measured") };
    let mean = significant(point.mean, 4);
    match point.standard_error() {
        Some(error) => format!("{key} {mean} ± {} ({} seeds)", significant(error, 2), point.count),
        None => format!("{key} {mean} (1 seed)"),
    }
}
