//! An experiment as it is asked for, and the cells of its plan.

use super::names::{label_of, value_of};
use crate::error::{Error, Result};
use crate::figure::{LineStyle, Role};
use crate::labs::find;
use crate::numbers::{counted, list, whole};
use crate::param::Settings;
use crate::sweep::plan::{Plan, PlannedCell, read_seeds};
use crate::sweep::varied::{Varied, as_written, pair};
use crate::value::Value;
use serde::{Deserialize, Serialize};

/// More cells than this are for the program, which has all cores and keeps what it has in a file.
const MOST_ON_PAGE: usize = 10_000;

/// What an experiment varies and what it measures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// The lab's id.
    pub lab: String,
    /// The parameter on the horizontal axis and its values: "keep_prob=0.1..1:0.1".
    pub x: String,
    /// The parameter whose values are separate curves, written alike; empty where there is one curve.
    #[serde(default)]
    pub curves: String,
    /// What is measured.
    pub metrics: Vec<Wanted>,
    /// "5", "5..25".
    pub seeds: String,
    /// What else is set in all runs, parted by semicolons: "steps=300;compare=false".
    #[serde(default)]
    pub set: String,
    /// What a link to the lab holds: whatever is not said above is as it is there.
    #[serde(default)]
    pub base: String,
    /// The figure's heading; without it, what is measured against what.
    pub title: Option<String>,
    /// The name of the vertical axis; without it, what the metrics' labels have in common.
    pub axis: Option<String>,
    /// What the bars around the means are.
    #[serde(default)]
    pub bars: Bars,
    /// Whether each run has a point of its own.
    #[serde(default)]
    pub each: bool,
}

/// One metric of an experiment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Its key.
    pub key: String,
    /// What it stands for; without it, what its key and place suggest.
    pub role: Option<Role>,
    /// Which of two that are compared it belongs to; without it, the first.
    pub run: Option<LineStyle>,
    /// What its line is called; without it, what its label does not share with the others.
    pub name: Option<String>,
}

/// What the bars around means over the seeds are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bars {
    /// One standard error of the mean to each side.
    #[default]
    StandardError,
    /// One standard deviation of a run to each side.
    Deviation,
    /// From the least to the greatest run.
    Extremes,
}

/// The cells of an experiment, before any is run.
#[derive(Debug, Serialize)]
pub struct Planned {
    /// Each with what a link to it holds.
    pub cells: Vec<Place>,
    /// What will be run, in words.
    pub told: String,
    /// The words for a terminal that run the same cells natively.
    pub command: String,
}

/// Where a cell stands.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The value on the horizontal axis, as it was written.
    pub x: String,
    /// That of the curve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<String>,
    /// The seed.
    pub seed: u32,
    /// What a link to it holds.
    pub query: String,
}

impl Experiment {
    /// The plan, with the settings of the link that differ from the defaults.
    ///
    /// # Errors
    /// One sentence for everything that cannot be read.
    pub fn plan(&self) -> Result<Plan> {
        let spec = find(&self.lab)?;
        let over = Varied::read(&self.x).map_err(|error| error.within("x = "))?;
        let curves = match self.curves.trim() {
            "" => None,
            text => Some(Varied::read(text).map_err(|error| error.within("curves = "))?),
        };
        let mut fixed = Vec::new();
        for part in self.set.split(';').filter(|part| !part.trim().is_empty()) {
            let Some((key, value)) = pair(part) else {
                let given = Value::Text(self.set.clone());
                let allowed = "must be like steps=300;units=16";
                return Err(Error::invalid(format!("set = {given}: {allowed}")));
            };
            fixed.push((key.to_string(), value.to_string()));
        }
        let base = Settings::from_query(spec.parameters, &self.base)?;
        let varied = [Some(&over), curves.as_ref()];
        let is_said = |key: &str| {
            key == "seed"
                || fixed.iter().any(|(set, _)| set == key)
                || varied.iter().flatten().any(|varied| varied.key == key)
        };
        let looks = |key: &str| spec.parameters.iter().any(|spec| spec.key == key && spec.view);
        let own = base.changed().filter(|(key, _)| !is_said(key) && !looks(key));
        let own: Vec<_> = own.map(|(key, value)| (key.to_string(), value)).collect();
        fixed.extend(own);
        let metrics = self.metrics.iter().map(|metric| metric.key.clone()).collect();
        Ok(Plan { spec, over, curves, metrics, seeds: read_seeds(&self.seeds)?, fixed })
    }

    /// The cells, all of them checked.
    ///
    /// # Errors
    /// One sentence for everything that is wrong.
    pub fn planned(&self) -> Result<Planned> {
        let plan = self.plan()?;
        let command = command(self, &plan);
        if plan.count() > MOST_ON_PAGE {
            let [count, most] = [plan.count(), MOST_ON_PAGE].map(|count| whole(count as u64));
            return Err(Error::invalid(format!(
                "{count} runs: a page does at most {most}. The program does them: {command}"
            )));
        }
        let cells = plan.cells()?;
        let told = told(&plan, cells.len());
        let place = |cell: PlannedCell| {
            let query = cell.settings.query();
            Place { x: cell.x, curve: cell.curve, seed: cell.seed, query }
        };
        Ok(Planned { told, command, cells: cells.into_iter().map(place).collect() })
    }
}

/// "45 runs: training examples 50, 100; units 16, 64; seeds 0 to 4; everything else at its default but …".
pub(super) fn told(plan: &Plan, count: usize) -> String {
    let varied = |varied: &Varied| {
        let named = |value: &String| value_of(plan, &varied.key, value);
        let values: Vec<String> = varied.values.iter().map(named).collect();
        let label = label_of(plan, &varied.key);
        match &values[..] {
            [first, .., last] if values.len() > 12 => {
                format!("{label} {first} to {last}, {} values", values.len())
            }
            _ => format!("{label} {}", values.join(", ")),
        }
    };
    let mut parts = vec![varied(&plan.over)];
    parts.extend(plan.curves.as_ref().map(varied));
    parts.push(match (plan.seeds.start, plan.seeds.end - 1) {
        (only, last) if only == last => format!("seed {only}"),
        (first, last) => format!("seeds {first} to {last}"),
    });
    let fixed: Vec<String> = plan
        .fixed
        .iter()
        .map(|(key, value)| format!("{} {}", label_of(plan, key), value_of(plan, key, value)))
        .collect();
    let rest = match &fixed[..] {
        [] => "everything else at the lab’s defaults".to_string(),
        fixed => format!("{}; everything else at the lab’s defaults", list(fixed)),
    };
    format!("{}: {}; {rest}.", counted(count as u64, "run"), parts.join("; "))
}

/// The same for the program, what is varied as it was written.
pub(super) fn command(experiment: &Experiment, plan: &Plan) -> String {
    let mut words = vec!["sweep".to_string(), plan.spec.id.to_string()];
    words.push(format!("--x {}", quoted(&as_written(&experiment.x))));
    let curves = plan.curves.as_ref().map(|_| quoted(&as_written(&experiment.curves)));
    words.extend(curves.map(|curves| format!("--curves {curves}")));
    words.push(format!("--metric {}", plan.metrics.join(",")));
    words.push(match plan.seeds.start {
        0 => format!("--seeds {}", plan.seeds.end),
        start => format!("--seeds {start}..{}", plan.seeds.end),
    });
    words.extend(
        plan.fixed
            .iter()
            .map(|(key, value)| format!("--set {}", quoted(&format!("{key}={value}")))),
    );
    words.join(" ")
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "=,._-:/".contains(c);
    if word.chars().all(plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
