//! What the charts of experiments say.

use super::means::{Cell, Point};
use crate::lab::MetricSpec;
use crate::numbers::{fixed, percent, significant};
use crate::param::ParamSpec;

/// The words all labels begin with, and what is left of each: "Test error" and "from scratch". Where
/// all are one, their keys tell them apart.
pub(super) fn names(metrics: &[&MetricSpec]) -> (String, Vec<String>) {
    if metrics.len() > 1 && metrics.iter().all(|metric| metric.label == metrics[0].label) {
        let keys = metrics.iter().map(|metric| metric.key.to_string()).collect();
        return (metrics[0].label.to_string(), keys);
    }
    let words: Vec<Vec<&'static str>> =
        metrics.iter().map(|metric| metric.label.split(' ').collect()).collect();
    let alike = |place: usize| {
        words.iter().all(|label| {
            label.len() > place + 1
                && label[place].trim_end_matches(',') == words[0][place].trim_end_matches(',')
        })
    };
    let shared = if words.len() > 1 { (0..).take_while(|&place| alike(place)).count() } else { 0 };
    if shared == 0 {
        let last = |label: &Vec<&'static str>| label[label.len() - 1];
        let one_kind =
            !words.is_empty() && words.iter().all(|label| last(label) == last(&words[0]));
        let head = match metrics {
            [alone] => alone.label,
            _ if one_kind => last(&words[0]),
            _ => "measured",
        };
        return (head.to_string(), metrics.iter().map(|m| m.label.to_string()).collect());
    }
    let head = words[0][..shared].join(" ");
    let rest = words.iter().map(|label| label[shared..].join(" ")).collect();
    (head.trim_end_matches(',').to_string(), rest)
}

/// What was measured, in its unit: "16.8 %", "0.217".
pub(super) fn measured(metric: &MetricSpec, value: f64) -> String {
    match (metric.decimals, metric.unit) {
        (_, "fraction") => percent(value),
        (_, "points") => format!("{} points", fixed(100.0 * value, 1)),
        (Some(decimals), _) => fixed(value, decimals as usize),
        (None, _) => significant(value, 3),
    }
}

/// How many seeds the means are of.
pub(super) fn note(cells: &[Cell]) -> String {
    let count = |x: f64| cells.iter().filter(|cell| cell.x == x).count();
    let least = cells.iter().map(|cell| count(cell.x)).min().unwrap_or(0);
    let most = cells.iter().map(|cell| count(cell.x)).max().unwrap_or(0);
    match (least, most) {
        (_, 0) => "no run yet".to_string(),
        (_, 1) => "one run a point".to_string(),
        (least, most) if least == most => {
            format!("means of {most} seeds, bars: one standard deviation")
        }
        _ => format!("means of {least} to {most} seeds, bars: one standard deviation"),
    }
}

/// All means in sentences.
pub(super) fn description(over: &ParamSpec, names: &[String], points: &[Vec<Point>]) -> String {
    let one = |point: &Point| {
        let deviation = point.deviation.map_or(String::new(), |d| format!(" ± {}", fixed(d, 3)));
        format!("{}{deviation} at {}", fixed(point.mean, 3), point.x)
    };
    let line = |(name, points): (&String, &Vec<Point>)| {
        format!("{name}: {}.", points.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    let lines: Vec<String> = names.iter().zip(points).map(line).collect();
    format!("Means over the seeds against {}. {}", over.label.to_ascii_lowercase(), lines.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::number;

    #[test]
    fn labels_share_what_they_begin_with() {
        let label = |label| number("k", label, "");
        let (scratch, tuned) = (label("Test error from scratch"), label("Test error, pre-trained"));
        let (head, rest) = names(&[&scratch, &tuned]);
        assert_eq!(
            (head.as_str(), rest),
            ("Test error", vec!["from scratch".into(), "pre-trained".into()])
        );
        assert_eq!(names(&[&scratch]).0, "Test error from scratch");
        let (head, rest) = names(&[&scratch, &number("other", scratch.label, "")]);
        assert_eq!(
            (head.as_str(), rest),
            ("Test error from scratch", vec!["k".into(), "other".into()])
        );
        assert_eq!(names(&[&label("v"), &label("c")]).0, "measured");
    }
}
