//! Cells that are done, in a file: its first line describes the experiment, and every further one is the
//! result of a cell, written when the cell has ended. A run that is killed loses only what it was at.

use super::plan::VERSION;
use super::problem::Result;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What came of a cell: every metric of the lab, or why there is none.
pub type Outcome = std::result::Result<BTreeMap<String, f64>, String>;

/// What a file of cells holds.
#[derive(Debug)]
pub struct Cells {
    /// The experiment.
    pub plan: Value,
    /// By what a link to a cell's run holds.
    pub done: BTreeMap<String, Outcome>,
}

/// Where the cells of a table are kept.
pub fn beside(table: &Path) -> PathBuf {
    let mut name = table.as_os_str().to_owned();
    name.push(".cells");
    name.into()
}

impl Cells {
    /// Reads a file. A last line that was cut off, by whatever ended the run, counts for nothing.
    pub fn read(path: &Path) -> Result<Self> {
        let within = |problem: &str| format!("{}: {problem}", path.display());
        let text = fs::read_to_string(path).map_err(|error| within(&error.to_string()))?;
        let mut lines = text.split_inclusive('\n').enumerate();
        let head: Value = lines
            .next()
            .and_then(|(_, line)| serde_json::from_str(line).ok())
            .ok_or_else(|| within("is no file of cells: its first line describes no experiment"))?;
        let version = head["version"].as_str().unwrap_or("?");
        if version != VERSION {
            let told = format!(
                "its cells are of version {version}, and this is {VERSION}: their bits may differ. \
                 Run them anew, or use sweep {version}"
            );
            return Err(within(&told));
        }
        let mut done = BTreeMap::new();
        for (number, line) in lines {
            match cell(line) {
                Some((query, outcome)) => drop(done.insert(query, outcome)),
                None if !line.ends_with('\n') => {}
                None => return Err(within(&format!("line {} is no cell", number + 1))),
            }
        }
        Ok(Cells { plan: head["plan"].clone(), done })
    }
}

/// Begins a file with what is done already. It takes the place of what was there at once.
pub fn begin(path: &Path, plan: &Value, done: &BTreeMap<String, Outcome>) -> Result<File> {
    let within = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let mut text = json!({ "version": VERSION, "plan": plan }).to_string() + "\n";
    done.iter().for_each(|(query, outcome)| text += &line(query, outcome));
    fs::write(&part, text).map_err(within)?;
    fs::rename(&part, path).map_err(within)?;
    File::options().append(true).open(path).map_err(within)
}

/// Adds a cell that has ended.
pub fn add(file: &mut File, query: &str, outcome: &Outcome) -> Result<()> {
    let told = |error: std::io::Error| format!("a cell could not be written: {error}");
    file.write_all(line(query, outcome).as_bytes()).map_err(told)
}

fn line(query: &str, outcome: &Outcome) -> String {
    let cell = match outcome {
        // what is not finite is `null` in JSON
        Ok(metrics) => json!({ "query": query, "metrics": metrics }),
        Err(reason) => json!({ "query": query, "error": reason }),
    };
    cell.to_string() + "\n"
}

fn cell(line: &str) -> Option<(String, Outcome)> {
    let cell: Value = serde_json::from_str(line).ok()?;
    let query = cell["query"].as_str()?.to_string();
    if let Some(reason) = cell["error"].as_str() {
        return Some((query, Err(reason.to_string())));
    }
    let number = |(key, value): (&String, &Value)| {
        let number = if value.is_null() { f64::NAN } else { value.as_f64()? };
        Some((key.clone(), number))
    };
    let metrics = cell["metrics"].as_object()?.iter().map(number).collect::<Option<_>>()?;
    Some((query, Ok(metrics)))
}
