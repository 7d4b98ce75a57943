//! What the lab of trained ensembles shows.

use super::moments::{HasMoments, MOST_MEMBERS, sizes};
use super::networks::Ensemble;
use super::scores::Predictor;
use crate::figure::{Axis, Body, Cell, Event, Heat, Role, Series, doubled, round_up};
use crate::lab::Picture;
use crate::numbers::{counted, fixed, power_of_ten};

impl Ensemble {
    pub(super) fn sizes_picture(&self) -> Picture {
        let (moments, scores, n) = (self.moments(), self.scores(), self.members.len());
        let alone = scores.alone();
        let theory = sizes().into_iter().map(|size| moments.expected_at(size)).collect();
        let measured: Vec<f64> = (1..=n).map(|size| size as f64).collect();
        let ends = [1.0, f64::from(MOST_MEMBERS)];
        let series = vec![
            Series::level("c", Role::Theory, ends, moments.c).dashed(),
            Series::line("formula", Role::Theory, sizes(), theory),
            Series::points("networks", Role::Member, vec![1.0; n], alone.clone()).unlabelled(),
            Series::points("average", Role::Average, measured, scores.by_size.clone()),
        ];
        let best = alone.iter().copied().fold(f64::INFINITY, f64::min);
        let better = alone.iter().filter(|&&error| error < scores.errors.measured).count();
        let worst = alone.iter().copied().fold(0.0, f64::max);
        let x = Axis::linear("n, networks averaged", 0.0, f64::from(MOST_MEMBERS));
        let y = Axis::linear("mean squared error", 0.0, self.top());
        let events = vec![Event { x: n as f64, label: format!("n = {n}") }];
        let body = Body::chart(x, y, series, events);
        let note = match better {
            0 => "better than each network alone".to_string(),
            1 => "better than all networks but 1".to_string(),
            _ => format!("better than all networks but {better}"),
        };
        let description = format!(
            "Alone, the networks have mean squared errors from {} to {} (grey, at n = 1); the \
             average of all {n} has {}: {note}. The line is the formula with v = {} and c = {}; the \
             points follow one order of the networks, the line is their mean over all orders.",
            fixed(best, 4),
            fixed(worst, 4),
            fixed(scores.errors.measured, 4),
            fixed(moments.v, 4),
            fixed(moments.c, 4)
        );
        Picture { note, description, body }.told_once(self.steps > 0)
    }

    pub(super) fn course_picture(&self) -> Picture {
        let (curves, planned) = (self.curves(), self.settings.whole("steps"));
        let members = (0..self.members.len()).map(Predictor::Member);
        let mut series: Vec<Series> =
            members.map(|member| curves.line(member, "networks", Role::Member)).collect();
        series.push(curves.line(Predictor::Average, "average", Role::Average));
        let y = Axis::linear("mean squared error", 0.0, self.top());
        let body = Body::chart(curves.steps(planned), y, series, Vec::new());
        let errors = &self.scores().errors;
        let [alone, together] = [errors.variance, errors.measured];
        let note = format!("{} alone, {} together", fixed(alone, 3), fixed(together, 3));
        let description = format!(
            "After {} the networks have a mean squared error of {} on average, and their average \
             one of {}.",
            counted(self.steps, "step"),
            fixed(alone, 4),
            fixed(together, 4)
        );
        Picture { note, description, body }.told_once(self.steps > 0)
    }

    /// Where the axis of the errors ends: above the error of always answering with the mean, unless after
    /// the first tenth of the run a network was above that.
    fn top(&self) -> f64 {
        let (y, curves) = (&self.problem.y, self.curves());
        let mean = y.iter().sum::<f64>() / y.len() as f64;
        let variance = y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / y.len() as f64;
        let tenth = self.settings.real("steps") / 10.0;
        let members = (0..self.members.len()).map(Predictor::Member);
        let highest = members.map(|member| curves.highest_from(member, tenth)).fold(0.0, f64::max);
        doubled(round_up(1.1 * variance), highest)
    }

    pub(super) fn correlation_picture(&self) -> Picture {
        let n = self.members.len();
        let values = self.scores().correlations();
        let others = (0..n * n).filter(|i| i / n != i % n).map(|i| values[i]);
        let (least, most) = others.fold((1.0, -1.0), |(a, b): (f64, f64), r| (a.min(r), b.max(r)));
        let [least, most] = [least, most].map(|r| fixed(r, 2));
        let note = if n > 1 { format!("{least} to {most}") } else { String::new() };
        let heat = Heat::new("correlation", ["network", "network"], (n, n), 1.0, values);
        let range = if n > 1 { format!(", off it {note}") } else { String::new() };
        let description = format!(
            "A matrix of {n} rows and {n} columns: the correlations of the networks’ errors on the \
             test set, 1 on the diagonal{range}."
        );
        Picture { note, description, body: Body::Heat(heat) }.told_once(self.steps > 0)
    }

    pub(super) fn readings_picture(&self) -> Picture {
        let (moments, errors) = (self.moments(), &self.scores().errors);
        let (predicted, difference) = (moments.expected(), errors.variance - errors.ambiguity);
        let terms = |first: f64, sign: char, second: f64| {
            format!("{}\u{a0}{sign}\u{a0}{}", fixed(first, 4), fixed(second, 4))
        };
        let row = |name: &str, terms: String, sum: f64| {
            vec![Cell::Text(name.to_string()), Cell::Text(terms), Cell::Number(sum)]
        };
        let formula = terms(moments.variance_term(), '+', moments.covariance_term());
        let ambiguity = terms(errors.variance, '−', errors.ambiguity);
        let mut rows = vec![
            row("v/n\u{a0}+\u{a0}(n−1)c/n", formula, predicted),
            row("v\u{a0}−\u{a0}ambiguity", ambiguity, difference),
            row("measured", String::new(), errors.measured),
        ];
        if self.settings.flag("centred") {
            let squared = errors.bias * errors.bias;
            let sum = terms(predicted, '+', squared);
            rows.insert(1, row("…\u{a0}+\u{a0}bias²", sum, predicted + squared));
        }
        let note = format!("measured − formula: {}", power_of_ten(self.gap(), 2));
        let description = format!(
            "The slides’ formula gives {}, Krogh and Vedelsby’s difference {}, and the measured \
             error of the average is {}.",
            fixed(predicted, 6),
            fixed(difference, 6),
            fixed(errors.measured, 6)
        );
        let body = Body::table(["reading", "terms", "sum"], rows);
        Picture { note, description, body }.told_once(self.steps > 0)
    }
}
