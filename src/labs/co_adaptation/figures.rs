//! What the lab of co-adaptation shows against steps and pathways, and as a table.

use super::arm::{Arm, INPUTS};
use super::{CoAdaptation, Measure};
use crate::figure::{Axis, Body, Cell, Event, Role, Series, round_up};
use crate::lab::Picture;
use crate::nn::{PathwayScaling, Pathways};
use crate::numbers::{counted, fixed, indexed};

/// The short name of an arm.
fn name(scaling: PathwayScaling) -> &'static str {
    match scaling {
        PathwayScaling::NoDropout => "nothing dropped",
        PathwayScaling::Survivors => "survivors",
        PathwayScaling::Inverted => "by 1/p",
        PathwayScaling::AtTest => "by p",
    }
}

/// The most pathways of the slider.
const MOST_PATHWAYS: usize = 32;

/// Weights as the slide writes them: "2.00 x₁ − 3.00 x₂ + 0.00 x₃ + 0.00 x₄".
pub(super) fn written(weights: &[f64]) -> String {
    let mut text = String::new();
    for (i, weight) in weights.iter().enumerate() {
        let number = fixed(*weight, 2);
        match (i, number.strip_prefix('−')) {
            (0, _) => text += &number,
            (_, Some(size)) => text += &format!(" − {size}"),
            (_, None) => text += &format!(" + {number}"),
        }
        text += &format!(" {}", indexed("x", i));
    }
    text
}

/// A number of the table: three decimals say enough, and 0 is said where it is exact.
fn thousandths(number: f64) -> Cell {
    match number {
        0.0 => Cell::Text("exactly\u{a0}0".into()),
        number if number < 0.001 => Cell::Text("<\u{a0}0.001".into()),
        number => Cell::Number((1000.0 * number).round() / 1000.0),
    }
}

impl CoAdaptation {
    /// The arms that are not looked at.
    fn others(&self) -> impl Iterator<Item = &Arm> {
        self.arms.iter().filter(|arm| arm.scaling != self.shown().scaling)
    }

    /// The worst pathway alone in an arm that is not looked at. Three greys would be one grey where they
    /// cross: what does not move by itself is darker, and what is scaled in prediction alone is dashed.
    fn beside(&self, arm: &Arm) -> Series {
        let line =
            |label, role| self.curves().line((arm.scaling, Measure::WorstAlone), label, role);
        let label = name(arm.scaling).to_string();
        match arm.scaling {
            PathwayScaling::NoDropout => line(label, Role::Neutral),
            PathwayScaling::AtTest => line(label + ", dashed", Role::Member).dashed(),
            _ => line(label, Role::Member),
        }
    }

    pub(super) fn errors_picture(&self) -> Picture {
        let (curves, shown) = (self.curves(), self.shown());
        let mut series: Vec<Series> = self.others().map(|arm| self.beside(arm)).collect();
        let end = self.exact_error(shown);
        let x = curves.steps(self.settings.whole("steps"));
        if end > 0.0 {
            series.push(Series::level("exact end", Role::Theory, [0.0, x.max], end));
        }
        series.push(curves.line((shown.scaling, Measure::Full), "all together", Role::Average));
        let alone = (shown.scaling, Measure::WorstAlone);
        series.push(curves.line(alone, "worst one alone", Role::Test));
        let y = Axis::linear("expected squared error", 0.0, self.highest_error());
        let (alone, full) = (shown.worst_alone(&self.beta), shown.full_error(&self.beta));
        let note =
            format!("alone {}, together {}{}", fixed(alone, 3), fixed(full, 3), self.too_short());
        let description = format!(
            "After {} the worst pathway alone has an expected squared error of {}, all together \
             {}. In grey, the worst pathway alone of the networks trained in the \
             other three ways: {}.",
            counted(self.steps, "step"),
            fixed(alone, 4),
            fixed(full, 4),
            self.others_in_words()
        );
        Picture { note, description, body: Body::chart(x, y, series, Vec::new()) }
    }

    /// A hint where a run ends before much of it can be seen.
    fn too_short(&self) -> &'static str {
        let half_life = self.shown().half_life(self.settings.real("learning_rate"));
        let planned = self.settings.whole("steps") as f64;
        if half_life > planned { "; slow: raise the rate or the steps" } else { "" }
    }

    fn others_in_words(&self) -> String {
        let one = |arm: &Arm| {
            let diverged = if arm.diverged { ", diverged" } else { "" };
            format!("{} {}{diverged}", name(arm.scaling), fixed(arm.worst_alone(&self.beta), 4))
        };
        self.others().map(one).collect::<Vec<_>>().join(", ")
    }

    /// The error of every pathway at the fixed point; 0 where there is none.
    fn exact_error(&self, arm: &Arm) -> f64 {
        let missing = 1.0 - arm.exact_factor();
        let missing = if missing.abs() > 1e-12 { missing } else { 0.0 };
        missing * missing * self.beta.iter().map(|beta| beta * beta).sum::<f64>()
    }

    /// Where the axis of errors ends: above every start and every exact end.
    fn highest_error(&self) -> f64 {
        let k = self.shown().n_pathways();
        let starts = self.arms.iter().map(|arm| {
            let start = Arm::new(arm.scaling, k, self.settings.real("keep_prob"));
            start.map_or(0.0, |start| start.worst_alone(&self.beta)).max(self.exact_error(arm))
        });
        round_up(1.1 * starts.fold(2.0, f64::max))
    }

    /// The weights of a pathway against steps, each with its exact expectation.
    pub(super) fn pathway_picture(&self, pathway: usize) -> Picture {
        let (row, first) = (self.shown().row(pathway), pathway * INPUTS);
        let start = super::arm::start(self.shown().n_pathways());
        // The exact mean lies under the weights, which would else be green where they are on it.
        let curves = self.curves();
        let line =
            |measure, label: &str, role| curves.line((self.shown().scaling, measure), label, role);
        let expected = (0..INPUTS).map(|i| {
            let name = format!("{}, exact mean", indexed("x", i));
            line(Measure::Expected(first + i), &name, Role::Theory).unlabelled()
        });
        let mut series: Vec<Series> = expected.collect();
        for i in 0..INPUTS {
            let role = if start[first + i] < 0.0 { Role::Negative } else { Role::Positive };
            series.push(line(Measure::Weight(first + i), &indexed("x", i), role));
        }
        let expected = &self.shown().expected[first..][..INPUTS];
        let description = format!(
            "After {} {} = {}. The exact expectation of these weights over all runs is {}.",
            counted(self.steps, "step"),
            indexed("h", pathway),
            written(row),
            written(expected)
        );
        let note = format!("{} = {}", indexed("h", pathway), written(row));
        let (low, high) = self.range_of_weights();
        let y = Axis::linear("weight; thin and green: exact mean", low, high);
        Picture {
            note,
            description,
            body: Body::chart(curves.steps(self.settings.whole("steps")), y, series, Vec::new()),
        }
    }

    /// Room for where the weights start, where they go, and some noise.
    fn range_of_weights(&self) -> (f64, f64) {
        let start = super::arm::start(self.shown().n_pathways());
        let end = self.shown().pathways.fixed_point(&self.beta).unwrap_or_default();
        let all = || start.iter().chain(&end).copied();
        (all().fold(0.0, f64::min) - 0.5, all().fold(0.0, f64::max) + 0.5)
    }

    pub(super) fn arms_picture(&self) -> Picture {
        let heads =
            ["scaling", "worst alone", "together", "largest on x₃, x₄", "change of w₁ − w₂"];
        let row = |arm: &Arm| {
            let shown = if arm.scaling == self.shown().scaling { " (shown)" } else { "" };
            let stopped = if arm.diverged { ", diverged" } else { "" };
            vec![
                Cell::Text(format!("{}{shown}{stopped}", name(arm.scaling))),
                thousandths(arm.worst_alone(&self.beta)),
                thousandths(arm.full_error(&self.beta)),
                thousandths(arm.largest_of_columns_3_4()),
                thousandths(arm.difference_drift()),
            ]
        };
        let rows = self.arms.iter().map(row).collect();
        let sentence = |arm: &Arm| {
            let [alone, full] = [arm.worst_alone(&self.beta), arm.full_error(&self.beta)];
            let [alone, full] = [alone, full].map(|error| fixed(error, 4));
            format!("{}: worst pathway alone {alone}, all together {full}.", name(arm.scaling))
        };
        let sentences: Vec<String> = self.arms.iter().map(sentence).collect();
        let note = format!("after {}", counted(self.steps, "step"));
        Picture { note, description: sentences.join(" "), body: Body::table(heads, rows) }
    }

    pub(super) fn shrink_picture(&self) -> Picture {
        let keep_prob = self.settings.real("keep_prob");
        let exact = |k: usize| {
            let pathways = Pathways::new(k, keep_prob, PathwayScaling::Inverted).ok();
            let end = pathways.and_then(|pathways| pathways.fixed_point(&[1.0]));
            end.map_or(1.0, |end| end[0])
        };
        let x: Vec<f64> = (1..=MOST_PATHWAYS).map(|k| k as f64).collect();
        let y = (1..=MOST_PATHWAYS).map(exact).collect();
        let ends = [1.0, MOST_PATHWAYS as f64];
        let mut series = vec![
            Series::level("survivors", Role::Theory, ends, 1.0),
            Series::line("by p or 1/p", Role::Theory, x, y),
        ];
        let k = self.shown().n_pathways();
        let dropped = [PathwayScaling::Survivors, PathwayScaling::Inverted, PathwayScaling::AtTest];
        let factors = dropped.map(|scaling| self.arm(scaling).factor(&self.beta));
        series.extend(dropped.into_iter().zip(factors).map(|(scaling, factor)| {
            let role = if scaling == self.shown().scaling { Role::Test } else { Role::Member };
            let name = format!("{}, now", name(scaling));
            Series::points(name, role, vec![k as f64], vec![factor]).unlabelled()
        }));
        let [survivors, inverted, at_test] = factors.map(|factor| fixed(factor, 4));
        let events = vec![Event { x: k as f64, label: format!("k = {k}") }];
        let x = Axis::log("k, pathways", 1.0, MOST_PATHWAYS as f64);
        let y = Axis::linear("weights / the target’s", 0.0, 1.2);
        let note = format!("by p or 1/p: {}", fixed(exact(k), 3));
        let description = format!(
            "With {k} pathways kept with probability {keep_prob}, averaging the survivors takes the \
             weights to the target exactly, scaling by p or 1/p to {} of it. Now they are at \
             {survivors} (survivors), {inverted} (by 1/p) and {at_test} (by p).",
            fixed(exact(k), 4)
        );
        Picture { note, description, body: Body::chart(x, y, series, events) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_written_as_on_the_slide() {
        assert_eq!(written(&[2.0, -3.0, -0.001, 0.5]), "2.00 x₁ − 3.00 x₂ + 0.00 x₃ + 0.50 x₄");
    }
}
