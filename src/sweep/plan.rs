//! An experiment as the list of its cells: what is varied, over which values, and with which seeds.

use crate::error::{Error, Result};
use crate::lab::LabSpec;
use crate::param::Settings;
use crate::value::{Value, one_of};
use std::ops::Range;

/// The most cells of one experiment.
const MOST_CELLS: usize = 1_000_000;

/// A parameter that is varied, and its values as they stand in a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// The parameter's key.
    pub key: String,
    /// Its values, in order.
    pub values: Vec<String>,
}

/// One cell: a run to its planned end.
#[derive(Clone, Debug)]
pub struct PlannedCell {
    /// The value of the parameter on the horizontal axis, as it was written.
    pub x: String,
    /// The value of the parameter whose values are separate curves, where there is one.
    pub curve: Option<String>,
    /// The seed.
    pub seed: u32,
    /// All settings of the run.
    pub settings: Settings,
}

/// An experiment: any parameter on the horizontal axis, if wanted a second one for separate curves, any
/// metrics, and some seeds.
#[derive(Clone)]
pub struct Plan {
    /// The lab.
    pub spec: &'static LabSpec,
    /// The parameter on the horizontal axis.
    pub over: Varied,
    /// The parameter whose values are separate curves.
    pub curves: Option<Varied>,
    /// The keys of what is measured.
    pub metrics: Vec<String>,
    /// The seeds of every value.
    pub seeds: Range<u32>,
    /// Settings that differ from the lab's defaults and are the same in all cells.
    pub fixed: Vec<(String, String)>,
}

impl Varied {
    /// Reads `units=64,128` or `keep_prob=0.05..1:0.05`: values one by one, or from the first to the last
    /// by steps. The last is among them where a whole number of steps leads to it.
    ///
    /// # Errors
    /// In one sentence, where it is neither.
    pub fn read(text: &str) -> Result<Self> {
        let refuse = |what: &str| {
            let given = Value::Text(text.to_string());
            Err(Error::invalid(format!(
                "{given}: {what}; must be like units=64,128 or keep_prob=0.05..1:0.05"
            )))
        };
        let Some((key, values)) = text.split_once('=') else {
            return refuse("has no \"=\"");
        };
        let values = match values.split_once("..") {
            Some((first, rest)) => match range(first, rest) {
                Some(values) => values,
                None => return refuse("is no range of numbers with a step above 0"),
            },
            None => values.split(',').map(|value| value.trim().to_string()).collect(),
        };
        if key.is_empty() || values.iter().any(String::is_empty) {
            return refuse("has an empty part");
        }
        if (1..values.len()).any(|i| values[..i].contains(&values[i])) {
            return refuse("names a value twice");
        }
        Ok(Varied { key: key.to_string(), values })
    }
}

/// "0.05", "1:0.05": every number on the way, written with as many decimals as there are in these: a sum
/// of tenths in binary would not be the number a reader means.
fn range(first: &str, rest: &str) -> Option<Vec<String>> {
    let (last, step) = rest.split_once(':').unwrap_or((rest, "1"));
    let decimals = [first, last, step].into_iter().filter_map(|text| text.split_once('.'));
    let decimals = decimals.map(|(_, decimals)| decimals.len()).max().unwrap_or(0);
    let unit = 10f64.powi(i32::try_from(decimals).ok().filter(|&d| d <= 12)?);
    let whole = |text: &str| {
        let number: f64 = text.trim().parse().ok()?;
        let units = (number * unit).round();
        (units.abs() < 1e15).then_some(units as i64)
    };
    let (first, last, step) = (whole(first)?, whole(last)?, whole(step)?);
    let count = last.checked_sub(first)?.checked_div(step).filter(|_| step > 0)?;
    let count = usize::try_from(count).ok().filter(|&count| count < MOST_CELLS)?;
    let written = |i| format!("{}", (first + i as i64 * step) as f64 / unit);
    Some((0..=count).map(written).collect())
}

impl Plan {
    /// Every cell, curve by curve and value by value, the seeds of each together; all are checked before
    /// any is run.
    ///
    /// # Errors
    /// Unknown metrics, settings that are not allowed (each once), and what is varied twice.
    pub fn cells(&self) -> Result<Vec<PlannedCell>> {
        self.check()?;
        let curves = match &self.curves {
            Some(curves) => curves.values.iter().map(|value| Some(value.as_str())).collect(),
            None => vec![None],
        };
        let mut cells = Vec::new();
        let mut problems: Vec<String> = Vec::new();
        for (curve, x) in curves.iter().flat_map(|c| self.over.values.iter().map(move |x| (c, x))) {
            for seed in self.seeds.clone() {
                match Settings::from_query(self.spec.parameters, &self.query(x, *curve, seed)) {
                    Ok(settings) => {
                        let (x, curve) = (x.clone(), curve.map(str::to_string));
                        cells.push(PlannedCell { x, curve, seed, settings });
                    }
                    Err(Error::Invalid(found)) => {
                        problems.extend(
                            found.into_iter().filter(|p| !problems.contains(p)).collect::<Vec<_>>(),
                        );
                        break;
                    }
                    Err(other) => return Err(other),
                }
            }
        }
        if problems.is_empty() { Ok(cells) } else { Err(Error::Invalid(problems)) }
    }

    /// What a link to a cell holds, short of what is at its default.
    fn query(&self, x: &str, curve: Option<&str>, seed: u32) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.fixed).append_pair(&self.over.key, x);
        if let (Some(curves), Some(value)) = (&self.curves, curve) {
            query.append_pair(&curves.key, value);
        }
        query.append_pair("seed", &seed.to_string()).finish()
    }

    /// Refuses what no single cell would.
    fn check(&self) -> Result<()> {
        let mut problems = Vec::new();
        let known = || self.spec.metrics.iter().map(|metric| metric.key);
        for unknown in self.metrics.iter().filter(|key| known().all(|known| known != *key)) {
            let given = Value::Text(unknown.clone());
            problems.push(format!("metric = {given}: must be {}", one_of(known())));
        }
        if self.metrics.is_empty() {
            problems.push(format!("metric: must be {}", one_of(known())));
        }
        let varied = [Some(&self.over), self.curves.as_ref()].into_iter().flatten();
        let mut keys: Vec<&str> = varied.map(|varied| varied.key.as_str()).collect();
        keys.extend(self.fixed.iter().map(|(key, _)| key.as_str()));
        keys.push("seed"); // the seeds have a place of their own
        for (i, key) in keys.iter().enumerate() {
            if keys[..i].contains(key) {
                problems.push(format!("{key}: is said twice; must be said once"));
            }
        }
        let curves = self.curves.as_ref().map_or(1, |curves| curves.values.len());
        let cells = self.over.values.len().saturating_mul(curves).saturating_mul(self.seeds.len());
        if cells == 0 || cells > MOST_CELLS {
            problems.push(format!("{cells} cells: must be from 1 to {MOST_CELLS}"));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::find;

    fn varied(text: &str) -> Varied {
        Varied::read(text).unwrap()
    }

    fn plan(over: &str, curves: Option<&str>) -> Plan {
        Plan {
            spec: find("dropout").unwrap(),
            over: varied(over),
            curves: curves.map(varied),
            metrics: vec!["test_error".into()],
            seeds: 3..5,
            fixed: vec![("n_train".into(), "100".into())],
        }
    }

    fn refusal<T>(result: Result<T>) -> String {
        result.err().unwrap().to_string()
    }

    #[test]
    fn values_are_written_as_a_reader_means_them() {
        let tenths = varied("keep_prob=0.1..0.5:0.1");
        assert_eq!(tenths.values, ["0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(varied("keep_prob=0.05..1:0.05").values.len(), 20);
        assert_eq!(varied("units=8..10").values, ["8", "9", "10"]);
        assert_eq!(varied("steps=100..1000:400").values, ["100", "500", "900"]);
        assert_eq!(varied("task=motif, digits").values, ["motif", "digits"]);
        assert_eq!(varied("variance=-1..1:0.5").values, ["-1", "-0.5", "0", "0.5", "1"]);
    }

    #[test]
    fn what_is_no_list_and_no_range_is_refused_with_an_example() {
        for text in [
            "keep_prob",
            "=1,2",
            "p=",
            "p=1,,2",
            "p=1..x",
            "p=1..2:0",
            "p=2..1",
            "p=0..1e9:1e-9",
            "p=1,2,1",
        ] {
            let message = refusal(Varied::read(text));
            assert!(message.contains("must be like units=64,128"), "{text}: {message}");
        }
    }

    #[test]
    fn cells_go_curve_by_curve_with_the_seeds_of_each_value_together() {
        let cells = plan("keep_prob=0.5,1", Some("units=16,32")).cells().unwrap();
        let told: Vec<String> = cells
            .iter()
            .map(|cell| format!("{} {} {}", cell.curve.as_ref().unwrap(), cell.x, cell.seed))
            .collect();
        assert_eq!(told[..3], ["16 0.5 3", "16 0.5 4", "16 1 3"]);
        assert_eq!((told.len(), told[7].as_str()), (8, "32 1 4"));
        let settings = &cells[7].settings;
        assert_eq!((settings.real("keep_prob"), settings.whole("n_train")), (1.0, 100));
        assert_eq!((settings.whole("units"), settings.seed()), (32, 4));
    }

    #[test]
    fn everything_that_is_wrong_is_said_once_and_before_anything_runs() {
        let message = refusal(plan("keep_prob=0,0.5,2", None).cells());
        assert_eq!(message.matches("keep_prob = ").count(), 2, "{message}");
        let mut twice = plan("n_train=100,200", Some("seed=1,2"));
        twice.metrics.push("test_eror".into());
        let message = refusal(twice.cells());
        for part in ["n_train: is said twice", "seed: is said twice", "metric = \"test_eror\""] {
            assert!(message.contains(part), "{message}");
        }
        let mut many = plan("keep_prob=0.1..1:0.01", None);
        many.seeds = 0..u32::MAX;
        assert!(refusal(many.cells()).contains("cells: must be from 1 to 1000000"));
    }
}
