//! What the charts of experiments say.

use crate::lab::MetricSpec;
use crate::numbers::{fixed, percent, significant};

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
