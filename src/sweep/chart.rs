//! What many runs measured, as a chart: the mean over the seeds, with bars of a standard deviation.

use super::means::{Cell, Point, points};
use super::words::{description, names, note};
use crate::error::{Error, Result};
use crate::figure::{Axis, Body, Event, Figure, LineStyle, Mark, Role, Series, round_up};
use crate::lab::{LabSpec, MetricSpec};
use crate::labs::find;
use crate::param::{Kind, ParamSpec};
use crate::value::{Value, one_of};
use serde::Deserialize;

/// From this ratio of the largest value to the smallest, an axis counts by ratios.
const WIDE: f64 = 20.0;
/// The same for means, which a reader compares with 0 while they can.
const VERY_WIDE: f64 = 50.0;

/// What an experiment varies and what it measures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// The lab's id.
    pub lab: String,
    /// The key of the parameter on the horizontal axis.
    pub over: String,
    /// The figure's heading.
    pub title: String,
    /// What is measured.
    pub metrics: Vec<SweepMetric>,
    /// The name of the vertical axis; without it, what the metrics' labels have in common.
    pub axis: Option<String>,
}

/// One metric of an experiment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepMetric {
    /// Its key.
    pub key: String,
    /// What it stands for; without it, what its key and place suggest.
    pub role: Option<Role>,
    /// Which of two that are compared it belongs to; without it, the first.
    pub run: Option<LineStyle>,
    /// What its line is called; without it, what its label does not share with the others.
    pub name: Option<String>,
}

impl Sweep {
    /// The means of the cells so far, with bars of one standard deviation over the seeds.
    ///
    /// # Errors
    /// An unknown lab, parameter or metric, or a parameter that is no number.
    pub fn figure(&self, cells: &[Cell]) -> Result<Figure> {
        let spec = find(&self.lab)?;
        let over = numeric(spec, &self.over)?;
        let metrics =
            self.metrics.iter().map(|m| metric(spec, &m.key)).collect::<Result<Vec<_>>>()?;
        let (head, names) = names(&metrics);
        let given = |(metric, name): (&SweepMetric, String)| metric.name.clone().unwrap_or(name);
        let names: Vec<String> = self.metrics.iter().zip(names).map(given).collect();
        let points: Vec<Vec<Point>> =
            self.metrics.iter().map(|metric| points(cells, &metric.key)).collect();
        let run = |i: usize| self.metrics[i].run.unwrap_or(LineStyle::Solid);
        let series = (0..metrics.len())
            .map(|i| series(&names[i], self.role(i), &points[i]).with_line(run(i)));
        let percent = !metrics.is_empty() && metrics.iter().all(|m| m.unit == "fraction");
        let y = vertical(self.axis.clone().unwrap_or(head), &points.iter().collect::<Vec<_>>());
        let y = if percent { y.percent() } else { y };
        let body = Body::chart(horizontal(over, cells), y, series.collect(), Vec::<Event>::new());
        Ok(Figure {
            key: format!("sweep-{}", self.over),
            title: self.title.clone(),
            note: note(cells),
            description: description(over, &names, &points),
            body,
            handles: Vec::new(),
        })
    }

    fn role(&self, i: usize) -> Role {
        let others = [Role::Test, Role::Average, Role::Neutral, Role::Member];
        let is_training = |metric: &SweepMetric| metric.key.split('_').any(|word| word == "train");
        let before = self.metrics[..i].iter().filter(|metric| !is_training(metric)).count();
        let train = is_training(&self.metrics[i]);
        let usual = if train { Role::Train } else { others[before % others.len()] };
        self.metrics[i].role.unwrap_or(usual)
    }
}

fn numeric(spec: &'static LabSpec, key: &str) -> Result<&'static ParamSpec> {
    let known =
        || spec.parameters.iter().filter(|spec| matches!(spec.kind, Kind::Real | Kind::Integer));
    known().find(|spec| spec.key == key).ok_or_else(|| {
        let given = Value::Text(key.to_string());
        Error::invalid(format!("over = {given}: must be {}", one_of(known().map(|spec| spec.key))))
    })
}

pub(super) fn metric(spec: &'static LabSpec, key: &str) -> Result<&'static MetricSpec> {
    spec.metrics.iter().find(|metric| metric.key == key).ok_or_else(|| {
        let given = Value::Text(key.to_string());
        let known = one_of(spec.metrics.iter().map(|metric| metric.key));
        Error::invalid(format!("metric = {given}: must be {known}"))
    })
}

/// Theory is a plain line, which hides no measurement it lies on.
fn series(name: &str, role: Role, points: &[Point]) -> Series {
    let mark = if role == Role::Theory { Mark::Line } else { Mark::Joined };
    let place = |of: fn(&Point) -> f64| points.iter().map(of).collect::<Vec<f64>>();
    Series {
        low: place(|p| p.deviation.map_or(f64::NAN, |deviation| p.mean - deviation)),
        high: place(|p| p.deviation.map_or(f64::NAN, |deviation| p.mean + deviation)),
        ..Series::line(name, role, place(|p| p.x), place(|p| p.mean)).with_mark(mark)
    }
}

fn horizontal(over: &ParamSpec, cells: &[Cell]) -> Axis {
    let label = over.label.to_ascii_lowercase();
    let low = cells.iter().map(|cell| cell.x).fold(f64::INFINITY, f64::min);
    let high = cells.iter().map(|cell| cell.x).fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        Axis::linear(label, 0.0, 1.0)
    } else if low > 0.0 && high / low >= WIDE {
        Axis::log(label, low / 1.2, high * 1.2)
    } else {
        let margin = if high > low { 0.05 * (high - low) } else { 0.5 };
        Axis::linear(label, low - margin, high + margin)
    }
}

pub(super) fn vertical(label: String, points: &[&Vec<Point>]) -> Axis {
    let all = || points.iter().copied().flatten();
    let means = || all().map(|point| point.mean);
    let least = means().fold(f64::INFINITY, f64::min);
    let most = means().fold(f64::NEG_INFINITY, f64::max);
    let end = |point: &Point, sign: f64| point.mean + sign * point.deviation.unwrap_or(0.0);
    let highest = all().map(|point| end(point, 1.0)).fold(0.0, f64::max);
    let lowest = all().map(|point| end(point, -1.0)).fold(0.0, f64::min);
    if least > 0.0 && most / least >= VERY_WIDE {
        return Axis::log(label, least / 2.0, highest * 1.2);
    }
    let floor = if least < 0.0 { -round_up(-lowest) } else { 0.0 };
    Axis::linear(label, floor, round_up(highest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sweep(over: &str, metrics: [&str; 2]) -> Sweep {
        let metrics = metrics
            .map(|key| SweepMetric { key: key.to_string(), role: None, run: None, name: None })
            .to_vec();
        Sweep {
            lab: "playground".into(),
            over: over.into(),
            title: "t".into(),
            metrics,
            axis: None,
        }
    }

    fn cell(x: f64, train: f64, test: f64) -> Cell {
        let pairs = [("train_error", train), ("test_error", test)];
        let metrics = pairs.map(|(key, value)| (key.to_string(), value)).into();
        Cell { x, metrics }
    }

    fn chart(figure: Figure) -> crate::figure::Chart {
        let Body::Chart(chart) = figure.body else { panic!("a chart") };
        chart
    }

    #[test]
    fn means_and_deviations_over_the_seeds_in_whatever_order_they_come() {
        let cells = [cell(0.5, 0.1, 0.4), cell(0.2, 0.3, f64::NAN), cell(0.5, 0.3, 0.2)];
        let figure = sweep("keep_prob", ["train_error", "test_error"]).figure(&cells).unwrap();
        assert_eq!(figure.note, "means of 1 to 2 seeds, bars: one standard deviation");
        let series = chart(figure).series;
        assert_eq!((&series[0].x, &series[0].y), (&vec![0.2, 0.5], &vec![0.3, 0.2]));
        assert!(series[0].low[0].is_nan());
        assert!((series[0].high[1] - (0.2 + 0.02f64.sqrt())).abs() < 1e-15);
        assert_eq!((series[1].x.len(), series[1].role), (1, Role::Test));
        assert_eq!(series[0].role, Role::Train);
    }

    #[test]
    fn theory_is_a_line_and_what_is_measured_has_points() {
        let mut compared = sweep("n_train", ["train_error", "test_error"]);
        compared.metrics[1].role = Some(Role::Theory);
        let series = chart(compared.figure(&[]).unwrap()).series;
        assert_eq!([series[0].mark, series[1].mark], [Mark::Joined, Mark::Line]);
    }

    #[test]
    fn a_test_error_is_not_taken_for_a_training_error_and_the_compared_one_is_dashed() {
        let keys = ["test_error_scratch", "test_error_pretrained"];
        let mut compared = sweep("n_labels", keys);
        compared.lab = "pre_training_supervised".into();
        compared.metrics[0].run = Some(LineStyle::Dashed);
        compared.metrics[1].name = Some("told of another task".into());
        let series = chart(compared.figure(&[]).unwrap()).series;
        assert_eq!([series[0].role, series[1].role], [Role::Test, Role::Average]);
        assert_eq!([series[0].run, series[1].run], [LineStyle::Dashed, LineStyle::Solid]);
        let names = [series[0].name.as_str(), series[1].name.as_str()];
        assert_eq!(names, ["from scratch", "told of another task"]);
    }

    #[test]
    fn values_far_apart_stand_on_an_axis_of_ratios() {
        let cells = [cell(20.0, 0.1, 0.4), cell(1000.0, 0.0, 0.2)];
        let chart = chart(sweep("n_train", ["train_error", "test_error"]).figure(&cells).unwrap());
        assert_eq!(chart.x, Axis::log("training examples", 20.0 / 1.2, 1200.0));
        assert_eq!(chart.y, Axis::linear("error", 0.0, 0.5).percent());
    }

    #[test]
    fn the_vertical_axis_has_the_name_it_is_given() {
        let mut named = sweep("n_train", ["train_error", "test_error"]);
        named.axis = Some("wrong answers".into());
        assert_eq!(chart(named.figure(&[]).unwrap()).y.label, "wrong answers");
    }

    #[test]
    fn what_the_lab_does_not_have_is_refused_by_name() {
        let refusal = |sweep: Sweep| sweep.figure(&[]).err().unwrap().to_string();
        let message = refusal(sweep("dataset", ["train_error", "test_error"]));
        assert!(
            message.starts_with("over = \"dataset\": must be one of ")
                && !message.contains("optimizer"),
            "{message}"
        );
        let message = refusal(sweep("n_train", ["train_error", "wrong"]));
        assert!(message.starts_with("metric = \"wrong\": must be one of "), "{message}");
    }
}
