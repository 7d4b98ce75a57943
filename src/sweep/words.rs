//! What the charts of experiments say.

use crate::lab::MetricSpec;
use crate::numbers::{fixed, percent, significant};

/// The words all labels begin with, and what is left of each: "Test error" and "from scratch". Where
/// all are one, their keys tell them apart.
pub(super) fn names(metrics: &[&MetricSpec]) -> (String, Vec<String>) {
    if metrics.len() > 1 && metrics.iter().all(|metric| metric.label == metrics[0].label) {
        let apart = metrics.iter().map(|metric| apart(metric, metrics)).collect();
        return (metrics[0].label.to_string(), apart);
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
        return (head.to_string(), metrics.iter().map(|m| apart(m, metrics)).collect());
    }
    let head = words[0][..shared].join(" ");
    let rest = words.iter().map(|label| label[shared..].join(" ")).collect();
    (head.trim_end_matches(',').to_string(), rest)
}

/// A metric's label, with what tells it apart from others of that label: of the run compared with, its line for
/// a reader ("Test error, without dropout"); of any other, its key.
fn apart(metric: &MetricSpec, among: &[&MetricSpec]) -> String {
    let twins = || among.iter().filter(|other| other.label == metric.label);
    let of_other = |metric: &MetricSpec| metric.key.starts_with("baseline_");
    match twins().filter(|twin| of_other(twin) == of_other(metric)).count() {
        2.. => metric.key.to_string(),
        _ if of_other(metric) && twins().count() > 1 => {
            format!("{}, {}", metric.label, metric.help.trim_start_matches("of the same network "))
        }
        _ => metric.label.to_string(),
    }
}

/// What a vertical axis says: what was measured and, where one line for a reader is of all, what that is.
pub(super) fn quantity(metrics: &[&MetricSpec]) -> String {
    let (head, _) = names(metrics);
    let help = metrics.first().map_or("", |metric| metric.help);
    match head.as_str() {
        _ if help.is_empty() || metrics.iter().any(|metric| metric.help != help) => head,
        "measured" => help.to_string(),
        _ => format!("{head}: {help}"),
    }
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
        let own = number("test_error", "Test error", "wrong");
        let other =
            number("baseline_test_error", "Test error", "of the same network without dropout");
        let told = ["Test error".to_string(), "Test error, without dropout".to_string()];
        assert_eq!(names(&[&own, &other]).1, told);
        assert_eq!(names(&[&label("Loss"), &own, &other]).1[1..], told);
    }

    #[test]
    fn an_axis_says_what_is_measured() {
        let copies = number("k", "K noisy copies", "distance to ridge");
        let steps = number("s", "SGD", "distance to ridge");
        let loss = number("l", "Loss", "");
        assert_eq!(quantity(&[&copies]), "K noisy copies: distance to ridge");
        assert_eq!(quantity(&[&copies, &steps]), "distance to ridge");
        assert_eq!([quantity(&[&loss]), quantity(&[&copies, &loss])], ["Loss", "measured"]);
    }
}
