//! An experiment as the list of its cells: what is varied, over which values, and with which seeds.

use super::varied::Varied;
use crate::error::{Error, Result};
use crate::lab::LabSpec;
use crate::param::Settings;
use crate::value::{Value, one_of};
use std::ops::Range;

/// The most cells of one experiment.
const MOST_CELLS: usize = 1_000_000;
/// So much of what is wrong is told; the rest is likely more of the same.
const MOST_PROBLEMS: usize = 5;

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

/// "20", "5..25": the seeds from 0 on, or from the first up to but not including the last.
///
/// # Errors
/// In one sentence, where it is neither.
pub fn read_seeds(text: &str) -> Result<Range<u32>> {
    let range = match text.trim().split_once("..") {
        Some((first, end)) => first.parse().ok().zip(end.parse().ok()).map(|(a, b)| a..b),
        None => text.trim().parse().ok().map(|count| 0..count),
    };
    range.filter(|range: &Range<u32>| !range.is_empty()).ok_or_else(|| {
        let given = Value::Text(text.to_string());
        Error::invalid(format!(
            "seeds = {given}: must be a whole number of at least 1, or a range like 5..25"
        ))
    })
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
            if problems.len() >= MOST_PROBLEMS {
                problems.push("and perhaps more".to_string());
                break;
            }
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

    /// How many cells there are, which need not be made for that.
    pub(super) fn count(&self) -> usize {
        let curves = self.curves.as_ref().map_or(1, |curves| curves.values.len());
        self.over.values.len().saturating_mul(curves).saturating_mul(self.seeds.len())
    }

    /// What a link to a cell holds, short of what is at its default. What is set along with a value wins
    /// over what is the same elsewhere.
    fn query(&self, x: &str, curve: Option<&str>, seed: u32) -> String {
        let mut pairs: Vec<(&str, &str)> = self.over.pairs(x).collect();
        if let (Some(curves), Some(value)) = (&self.curves, curve) {
            pairs.extend(curves.pairs(value));
        }
        let is_set = |key: &str| pairs.iter().any(|(set, _)| *set == key);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.fixed.iter().filter(|(key, _)| !is_set(key))).extend_pairs(&pairs);
        query.append_pair("seed", &seed.to_string()).finish()
    }

    /// Refuses what no single cell would.
    pub(super) fn check(&self) -> Result<()> {
        let mut problems = Vec::new();
        let known = || self.spec.metrics.iter().map(|metric| metric.key);
        for unknown in self.metrics.iter().filter(|key| known().all(|known| known != *key)) {
            let given = Value::Text(unknown.clone());
            problems.push(format!("metric = {given}: must be {}", one_of(known())));
        }
        if self.metrics.is_empty() {
            problems.push("metric: none is named; must be at least one".to_string());
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
        let cells = self.count();
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
    fn what_is_set_along_with_a_value_wins_there_and_nowhere_else() {
        let cells = plan("keep_prob=0.5(n_train=50;units=8),1", None).cells().unwrap();
        let told = |i: usize| {
            let settings = &cells[i].settings;
            (settings.real("keep_prob"), settings.whole("n_train"), settings.whole("units"))
        };
        assert_eq!((told(0), told(2)), ((0.5, 50, 8), (1.0, 100, 64)));
        assert_eq!(cells[0].x, "0.5(n_train=50;units=8)");
        let message = refusal(plan("keep_prob=0.5(unit=8)", None).cells());
        assert!(message.contains("nearest known key is units"), "{message}");
        let message = refusal(plan("keep_prob=0.5(units=8)", Some("units=8,16")).cells());
        assert!(message.contains("units: given twice"), "{message}");
        let message = refusal(plan("keep_prob=0.5(seed=8)", None).cells());
        assert!(message.contains("seed: given twice"), "{message}");
    }

    #[test]
    fn seeds_are_a_count_or_a_range() {
        assert_eq!([read_seeds("20").unwrap(), read_seeds(" 5..25 ").unwrap()], [0..20, 5..25]);
        for text in ["0", "", "5..5", "7..5", "-1", "x", "1.5"] {
            assert!(refusal(read_seeds(text)).contains("or a range like 5..25"), "{text}");
        }
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
