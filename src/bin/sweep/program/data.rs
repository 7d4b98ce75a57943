//! A reader's own data as what every cell of an experiment learns from.

use super::arguments::Run;
use super::plan::described;
use super::problem::{Result, said};
use regularization_playground::data::{CsvOptions, Table, decoded, read_csv};
use regularization_playground::labs::check_takes_table;
use regularization_playground::param::Settings;
use regularization_playground::sweep::{Plan, PlannedCell};
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;

/// A table, and by what its file is known again.
pub struct Own {
    table: Arc<Table>,
    mark: Value,
}

impl Own {
    /// Reads the file that the command line names, if any.
    pub fn read(run: &Run) -> Result<Option<Self>> {
        let Some(path) = &run.data else { return Ok(None) };
        let within = |problem: String| format!("--data {}: {problem}", path.display());
        let bytes = fs::read(path).map_err(|error| within(error.to_string()))?;
        let options = CsvOptions {
            target: run.target.clone(),
            leave_out: run.leave_out.clone(),
            ..CsvOptions::default()
        };
        let (table, _) =
            read_csv(&decoded(&bytes).text, &options).map_err(|error| within(said(error)))?;
        let mark = json!({
            "file": path.file_name().map(|name| name.to_string_lossy()),
            "checksum": format!("{:016x}", checksum(&bytes)),
            "target": table.target,
            "left_out": run.leave_out,
        });
        Ok(Some(Own { table: Arc::new(table), mark }))
    }

    /// Writes into a plan what suits the table and was not said otherwise, so that the queries of its cells
    /// hold all there is to know but for the rows.
    pub fn suit(&self, plan: &mut Plan) -> Result<()> {
        check_takes_table(plan.spec).map_err(said)?;
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(&plan.fixed).finish();
        let table = Some(self.table.clone());
        let settings =
            Settings::from_query_and(plan.spec.parameters, &query, table).map_err(said)?;
        let default = Settings::defaults(plan.spec.parameters).query();
        let usual: Vec<_> = form_urlencoded::parse(default.as_bytes()).collect();
        let curves = plan.curves.as_ref().map(|curves| curves.key.clone());
        for (key, text) in form_urlencoded::parse(settings.query().as_bytes()) {
            let is_varied = key == plan.over.key || curves.as_deref() == Some(&*key);
            let is_said = plan.fixed.iter().any(|(known, _)| *known == key);
            if !is_varied && !is_said && !usual.contains(&(key.clone(), text.clone())) {
                plan.fixed.push((key.into_owned(), text.into_owned()));
            }
        }
        Ok(())
    }

    /// The cells with the table.
    pub fn give(&self, cells: &mut [PlannedCell]) {
        for cell in cells {
            cell.settings = cell.settings.clone().with_table(self.table.clone());
        }
    }
}

/// The first line of a file of cells: the plan and, where they are the reader's own, by what the data are
/// known again.
pub fn head(plan: &Plan, own: Option<&Own>) -> Value {
    let mut head = described(plan);
    if let Some(own) = own {
        head["data"] = own.mark.clone();
    }
    head
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
