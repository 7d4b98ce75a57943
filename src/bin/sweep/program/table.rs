//! What an experiment found: a table of its cells, and their means at the terminal.

use super::cells::Outcome;
use super::plan::{VERSION, described};
use super::problem::Result;
use regularization_playground::numbers::significant;
use regularization_playground::sweep::{Cell, Plan, PlannedCell, points};
use serde_json::{Value, json};
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
    let text = match path.extension() {
        Some(end) if end == "json" => as_json(plan, &rows),
        _ => as_csv(plan, &rows)?,
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

/// A row for each cell; what it measured is written so that reading it gives the same bits.
fn as_csv(plan: &Plan, rows: &[Row]) -> Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let curves = plan.curves.as_ref().map(|curves| curves.key.as_str());
    let head = [plan.over.key.as_str()].into_iter().chain(curves).chain(["seed"]);
    let head = head.chain(plan.metrics.iter().map(String::as_str)).chain(["error"]);
    let mut told = table.write_record(head);
    for (cell, outcome) in rows {
        let number = |key: &String| match outcome {
            Ok(metrics) => metrics.get(key).filter(|value| value.is_finite()).map(f64::to_string),
            Err(_) => None,
        };
        let measured = plan.metrics.iter().map(|key| number(key).unwrap_or_default());
        let error = outcome.as_ref().err().cloned().unwrap_or_default();
        let place = [Some(cell.x.clone()), cell.curve.clone(), Some(cell.seed.to_string())];
        let row = place.into_iter().flatten().chain(measured).chain([error]);
        told = told.and_then(|()| table.write_record(row));
    }
    told.map_err(|error| error.to_string())?;
    let bytes = table.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// The same with every setting, and the version whose bits these are.
fn as_json(plan: &Plan, rows: &[Row]) -> String {
    let cell = |(cell, outcome): &Row| -> Value {
        let query = cell.settings.query();
        let (x, curve, seed) = (&cell.x, &cell.curve, cell.seed);
        match outcome {
            Ok(metrics) => {
                let of = |key: &String| (key.clone(), json!(metrics.get(key)));
                let metrics: serde_json::Map<_, _> = plan.metrics.iter().map(of).collect();
                json!({ "x": x, "curve": curve, "seed": seed, "query": query, "metrics": metrics })
            }
            Err(error) => {
                json!({ "x": x, "curve": curve, "seed": seed, "query": query, "error": error })
            }
        }
    };
    let cells: Vec<Value> = rows.iter().map(cell).collect();
    let table = json!({ "version": VERSION, "experiment": described(plan), "cells": cells });
    serde_json::to_string_pretty(&table).expect("values have texts") + "\n"
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
