//! Runs the cells of an experiment, or of a shard of it, on all cores.

use super::arguments::Run;
use super::cells::{Cells, Outcome, add, begin, beside};
use super::data::{Own, head};
use super::plan::{planned, shard};
use super::problem::{Result, said};
use super::table::{check_format, write};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use regularization_playground::lab::LabSpec;
use regularization_playground::sweep::{Plan, PlannedCell, run_cell};
use serde_json::Value;
use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Mutex;

/// All of `sweep LAB …`.
pub fn run(run: &Run) -> Result<()> {
    let (mut plan, own) = (planned(run)?, Own::read(run)?);
    own.iter().try_for_each(|own| own.suit(&mut plan))?;
    let mut all = plan.cells().map_err(said)?;
    own.iter().for_each(|own| own.give(&mut all));
    let head = head(&plan, own.as_ref());
    let shard = run.shard.as_deref().map(shard).transpose()?;
    if shard.is_none() {
        check_format(&run.out)?;
    }
    let path = beside(&run.out);
    let mut done = there(&path, run.resume, &head)?;
    let mine = |(number, _): &(usize, &PlannedCell)| {
        shard.is_none_or(|shard| number % shard.of == shard.number - 1)
    };
    let wanted: Vec<&PlannedCell> = all.iter().enumerate().filter(mine).map(|(_, c)| c).collect();
    let had = wanted.len();
    let wanted: Vec<&PlannedCell> =
        wanted.into_iter().filter(|cell| !done.contains_key(&cell.settings.query())).collect();
    if wanted.len() < had {
        eprintln!("{} of {had} cells are there already", had - wanted.len());
    }
    done.extend(train(&plan, &head, &wanted, &path, &done, run.jobs)?);
    match shard {
        Some(_) => {
            eprintln!(
                "{}: {had} of {} cells; join all shards by sweep merge",
                path.display(),
                all.len()
            );
            Ok(())
        }
        None => write(&run.out, &plan, &all, &done),
    }
}

/// The cells that are done already; a file that is there is not written over unasked.
fn there(path: &Path, resume: bool, head: &Value) -> Result<BTreeMap<String, Outcome>> {
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    if !resume {
        return Err(format!(
            "{}: is there already. --resume goes on with its cells; --out writes elsewhere",
            path.display()
        ));
    }
    let Cells { plan, done } = Cells::read(path)?;
    let within = |problem: &str| Err(format!("{}: its cells are of {problem}", path.display()));
    match (plan["lab"].as_str(), head["lab"].as_str()) {
        (there, here) if there != here => {
            within(&format!("{}, not of {}", there.unwrap_or("no lab"), here.unwrap_or("none")))
        }
        _ if plan["data"] != head["data"] => {
            within("other data: --data must name the same file, unchanged, or --out another table")
        }
        _ => Ok(done),
    }
}

/// Trains the wanted cells side by side and writes each down when it has ended.
fn train(
    plan: &Plan,
    head: &Value,
    wanted: &[&PlannedCell],
    path: &Path,
    done: &BTreeMap<String, Outcome>,
    jobs: Option<usize>,
) -> Result<Vec<(String, Outcome)>> {
    let file = Mutex::new(begin(path, head, done)?);
    let crew = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build();
    let crew = crew.map_err(|error| error.to_string())?;
    let bar = ProgressBar::new(wanted.len() as u64).with_style(style());
    let ended = crew.install(|| {
        let cells = wanted.par_iter().with_max_len(1);
        let ended = cells.map(|cell| {
            let (query, outcome) = (cell.settings.query(), outcome(plan.spec, cell));
            add(&mut file.lock().expect("nothing panics that holds it"), &query, &outcome)?;
            bar.inc(1);
            Ok((query, outcome))
        });
        ended.collect::<Result<Vec<_>>>()
    });
    bar.finish_and_clear();
    ended
}

/// One run to its planned end. What a lab does not take with the other settings, and what diverges, is an
/// outcome too; so is a fault, which ends no other cell.
fn outcome(spec: &'static LabSpec, cell: &PlannedCell) -> Outcome {
    let metrics: Vec<String> = spec.metrics.iter().map(|metric| metric.key.to_string()).collect();
    let settings = cell.settings.clone();
    match catch_unwind(|| run_cell(spec, settings, &metrics)) {
        Ok(Ok(metrics)) => {
            Ok(metrics.into_iter().map(|(key, value)| (key.into(), value)).collect())
        }
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("a fault of the program; please report it".to_string()),
    }
}

fn style() -> ProgressStyle {
    let template = "{bar:30} {pos} of {len} cells, {elapsed} gone, {eta} to go";
    ProgressStyle::with_template(template).expect("it names what there is")
}
