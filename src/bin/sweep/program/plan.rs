//! The experiment that the command line describes, and the shard of it that this run does.

use super::arguments::Run;
use super::problem::{Result, said};
use regularization_playground::labs::find;
use regularization_playground::sweep::{Described, Plan, Varied, read_seeds};
use serde_json::{Value, json};

pub use regularization_playground::sweep::VERSION;

/// Every `of`-th cell from the `number`-th on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shard {
    pub number: usize,
    pub of: usize,
}

/// The plan of a run.
pub fn planned(run: &Run) -> Result<Plan> {
    let fixed = run.set.iter().map(|text| match text.split_once('=') {
        Some((key, value)) => Ok((key.to_string(), value.to_string())),
        None => Err(format!("--set {text}: must be KEY=VALUE")),
    });
    Ok(Plan {
        spec: find(&run.lab).map_err(said)?,
        over: Varied::read(&run.over).map_err(|error| format!("--x {error}"))?,
        curves: match &run.curves {
            Some(text) => Some(Varied::read(text).map_err(|error| format!("--curves {error}"))?),
            None => None,
        },
        metrics: run.metrics.clone(),
        seeds: read_seeds(&run.seeds).map_err(|error| format!("--{error}"))?,
        fixed: fixed.collect::<Result<_>>()?,
    })
}

/// "2/4".
pub fn shard(text: &str) -> Result<Shard> {
    let numbers = text.split_once('/').and_then(|(i, n)| i.parse().ok().zip(n.parse().ok()));
    let shard = numbers.map(|(number, of)| Shard { number, of });
    shard
        .filter(|shard| (1..=shard.of).contains(&shard.number))
        .ok_or_else(|| format!("--shard {text}: must be I/N with I from 1 to N, like 2/4"))
}

/// The plan as the first line of a file of cells, by which shards of one experiment know each other.
pub fn described(plan: &Plan) -> Value {
    json!(Described::new(plan))
}

/// The plan that such a line describes.
pub fn read(line: &Value) -> Result<Plan> {
    let broken = || "its first line describes no experiment".to_string();
    let varied = |value: &Value| {
        let key = value["key"].as_str()?.to_string();
        Some(Varied { key, values: texts(&value["values"])? })
    };
    let seed = |i: usize| line["seeds"][i].as_u64().and_then(|seed| u32::try_from(seed).ok());
    let plan = || {
        Some(Plan {
            spec: find(line["lab"].as_str()?).ok()?,
            over: varied(&line["x"])?,
            curves: if line["curves"].is_null() { None } else { Some(varied(&line["curves"])?) },
            metrics: texts(&line["metrics"])?,
            seeds: seed(0)?..seed(1)?,
            fixed: serde_json::from_value(line["set"].clone()).ok()?,
        })
    };
    plan().ok_or_else(broken)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_string)).collect()
}
