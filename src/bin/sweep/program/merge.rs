//! Joins the cells of several shards into one table.

use super::arguments::Merge;
use super::cells::{Cells, Outcome};
use super::plan::read;
use super::problem::{Result, said};
use super::table::{check_format, write};
use std::collections::BTreeMap;

/// All of `sweep merge …`.
pub fn merge(merge: &Merge) -> Result<()> {
    check_format(&merge.out)?;
    let mut first = None;
    let mut done: BTreeMap<String, Outcome> = BTreeMap::new();
    for path in &merge.parts {
        let part = Cells::read(path)?;
        let (of, plan) = first.get_or_insert_with(|| (path, part.plan.clone()));
        if *plan != part.plan {
            let (of, path) = (of.display(), path.display());
            return Err(format!("{path}: is a part of another experiment than {of}"));
        }
        for (query, outcome) in part.done {
            let told =
                format!("{}: another result than in an earlier part, for {query}", path.display());
            match done.get(&query) {
                Some(before) if !same(before, &outcome) => return Err(told),
                _ => drop(done.insert(query, outcome)),
            }
        }
    }
    let (path, plan) = first.expect("there is a part");
    let plan = read(&plan).map_err(|problem| format!("{}: {problem}", path.display()))?;
    let cells = plan.cells().map_err(said)?;
    let missing = cells.iter().filter(|cell| !done.contains_key(&cell.settings.query())).count();
    if missing > 0 {
        return Err(format!(
            "{missing} of {} cells are in none of these parts: run their shards, with --resume where \
             one was cut off",
            cells.len()
        ));
    }
    write(&merge.out, &plan, &cells, &done)
}

/// To the last bit.
fn same(a: &Outcome, b: &Outcome) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => {
            let bits = |(key, value): (&String, &f64)| (key.clone(), value.to_bits());
            a.iter().map(bits).eq(b.iter().map(bits))
        }
        (a, b) => a == b,
    }
}
