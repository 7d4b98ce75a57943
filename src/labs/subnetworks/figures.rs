//! What the lab shows in charts and tables.

use super::draws::{Group, MOST, REPEATS};
use super::{ErrorOf, Subnetworks};
use crate::figure::{Axis, Body, Cell, Event, Mark, Role, Series};
use crate::lab::Picture;
use crate::numbers::{NO_NUMBER, fixed, percent, power_of_ten, whole};

/// Bars of the histogram: 2.5 % each.
const BINS: usize = 40;

impl Subnetworks {
    pub(super) fn votes_picture(&self) -> Picture {
        let (trained, votes, all) = (self.trained(), &self.votes, self.votes.all());
        let last = all.max(self.networks.averaged().count()) as f64;
        let x = Axis::log("networks averaged", 1.0, last);
        let average = percent(votes.average.error());
        let (counted, one) = (whole(votes.counted() as u64), percent(trained.error));
        let alone = percent(votes.average.mean_error());
        let note = match votes.counted() {
            0 => format!(
                "one pass {one}; votes follow after step {}",
                whole(self.plan.trained as u64)
            ),
            _ => format!("alone {alone}, averaged {average}, one pass {one}"),
        };
        let of = whole(all as u64);
        let description = format!(
            "{counted} of {of} smaller networks have voted{}. Alone they get {alone} of the test images \
             wrong on average, averaged {average}; the whole network in one pass {one}. {} Sixteen \
             independent networks averaged get {} wrong.",
            self.weighted(),
            self.drawn_in_words(),
            percent(trained.independent)
        );
        let body = Body::chart(x, error_axis(), self.averages(last), Vec::new());
        Picture { note, description, body }
    }

    /// The errors of averages, on an axis that ends at the number `last`.
    fn averages(&self, last: f64) -> Vec<Series> {
        let (trained, alone) = (self.trained(), self.trained().watched.clone());
        let line = |name, role, curve: &[(f64, f64)]| {
            let (x, y) = curve.iter().copied().unzip();
            Series::line(name, role, x, y)
        };
        let name = if self.votes.complete() { "all of them" } else { "votes so far" };
        // Of a single network there is nothing to tell apart.
        let [one, name] = if self.votes.all() > 1 { ["alone", name] } else { [""; 2] };
        vec![
            Series::points(one, Role::Member, side_by_side(alone.len()), alone),
            Series::level("whole network, one pass", Role::Theory, [1.0, last], trained.error),
            line("independent".into(), Role::Neutral, &self.networks.averaged().curve)
                .with_mark(Mark::Points)
                .dashed(),
            line(format!("{name}{}", self.weighted()), Role::Average, &self.votes.average.curve),
            self.drawn(),
        ]
    }

    /// What to add where a mean counts some networks more than others.
    fn weighted(&self) -> &'static str {
        if [0.5, 1.0].contains(&self.networks.dropout.keep_prob) {
            ""
        } else {
            ", each weighted by its probability"
        }
    }

    /// The averages of groups drawn at random: mean and standard deviation over the draws. The
    /// largest group comes first: out of order, the points have their name above the chart, where it
    /// covers no line.
    fn drawn(&self) -> Series {
        let name = "groups drawn at random: mean ± sd";
        let mut points = Series::line(name, Role::Average, Vec::new(), Vec::new());
        for group in self.draws.groups.iter().rev().filter(|group| group.drawn() > 1) {
            let (mean, sd) = group.error();
            points.x.push(group.size as f64);
            points.y.push(mean);
            points.low.push(mean - sd);
            points.high.push(mean + sd);
        }
        points.with_mark(Mark::Points)
    }

    fn drawn_in_words(&self) -> String {
        if !self.draws.complete() {
            return "Groups of them drawn at random follow.".into();
        }
        let one = |group: &Group| {
            let (mean, sd) = group.error();
            format!("{}: {} ± {}", group.size, percent(mean), percent(sd))
        };
        let all = self.draws.groups.each_ref().map(one);
        format!("Groups drawn at random, {REPEATS} of each size: {}.", all.join(", "))
    }

    pub(super) fn course_picture(&self) -> Picture {
        let curves = self.curves();
        let smaller = Series {
            low: curves.line(ErrorOf::Best, "", Role::Member).y,
            high: curves.line(ErrorOf::Worst, "", Role::Member).y,
            ..curves.line(ErrorOf::Mean, "smaller", Role::Member)
        };
        let series = vec![
            smaller,
            curves.line(ErrorOf::Independent, "independent", Role::Neutral).dashed(),
            curves.line(ErrorOf::Whole, "whole", Role::Test),
        ];
        let now = |of| percent(curves.now(of));
        let (whole, mean) = (now(ErrorOf::Whole), now(ErrorOf::Mean));
        let count = self.networks.watched.len();
        let note = match count {
            1 => format!("whole {whole}"),
            _ => format!("whole {whole}, mean of {count} smaller ones {mean}"),
        };
        let description = format!(
            "After {} updates the whole network in one pass gets {whole} of the test images wrong. Of \
             the smaller networks in it {count} are watched: they get {} to {} wrong, {mean} on \
             average. The sixteen independent networks, averaged, get {} wrong.",
            self.networks.whole.steps(),
            now(ErrorOf::Best),
            now(ErrorOf::Worst),
            now(ErrorOf::Independent)
        );
        let x = curves.steps(self.plan.trained);
        Picture { note, description, body: Body::chart(x, error_axis(), series, Vec::new()) }
    }

    pub(super) fn errors_picture(&self) -> Picture {
        let voted = self.votes.counted() > 0;
        let shares = if voted { self.votes.histogram(BINS) } else { vec![0.0; BINS] };
        let middle = |bin: usize| (bin as f64 + 0.5) / BINS as f64;
        let highest = shares.iter().copied().fold(0.0, f64::max);
        let bars = (0..BINS).map(middle).collect();
        let bars = Series::line("", Role::Member, bars, shares).with_mark(Mark::Bars);
        let (one, alone) = (self.trained().error, self.votes.average.mean_error());
        let average = self.votes.average.error();
        let event = |x: f64, name: &str| Event { x, label: format!("{name} {}", percent(x)) };
        let events = if voted {
            vec![event(average, "all"), event(alone, "one")]
        } else {
            vec![event(one, "whole network")]
        };
        let x = Axis::linear("test error of one of them", 0.0, 1.0).percent();
        let of =
            if self.weighted().is_empty() { "share of the networks" } else { "their probability" };
        let y = Axis::linear(of, 0.0, share_top(highest)).percent();
        let best = self.votes.average.errors.iter().copied().fold(f64::NAN, f64::min);
        let description = format!(
            "Of {} smaller networks that have voted, the best gets {} of the test images wrong, one of \
             them on average {}; the average of all gets {} wrong, and the whole network in one pass \
             {}.",
            whole(self.votes.counted() as u64),
            percent(best),
            percent(alone),
            percent(average),
            percent(one)
        );
        let note = self.better_than(average);
        Picture { note, description, body: Body::chart(x, y, vec![bars], events) }
    }

    /// How many of the networks that have voted are better alone than their average.
    fn better_than(&self, average: f64) -> String {
        let better = self.votes.average.errors.iter().filter(|&&error| error < average).count();
        let written = percent(average);
        match (self.votes.counted(), better) {
            (0, _) => format!("votes follow after step {}", whole(self.plan.trained as u64)),
            (1, _) => "one network".to_string(),
            (_, 0) => format!("none is better than their average, {written}"),
            (_, 1) => format!("1 is better than their average, {written}"),
            _ => format!("{} are better than their average, {written}", whole(better as u64)),
        }
    }

    pub(super) fn distance_picture(&self) -> Picture {
        let groups = &self.draws.groups;
        let (sizes, distances) = self.draws.distances().into_iter().unzip();
        let spread = self.spread();
        let theory = groups.iter().map(|group| spread / (group.size as f64).sqrt()).collect();
        let all_sizes = groups.iter().map(|group| group.size as f64).collect();
        let series = vec![
            Series::line("σ/√m", Role::Theory, all_sizes, theory),
            Series::points("measured", Role::Average, sizes, distances),
        ];
        let x = Axis::log("m, networks averaged", 1.0, MOST as f64);
        let y = Axis::log("distance", 0.01, 1.0);
        let drawn = self.draws.complete();
        let note = match self.draws.slope() {
            slope if slope.is_finite() => format!("slope {}", fixed(slope, 3)),
            _ if drawn => "all are the same".to_string(),
            _ => String::new(),
        };
        let measured = if drawn {
            format!("Measured on logarithmic axes: {note}.")
        } else {
            "Nothing is measured until all have voted.".to_string()
        };
        let description = format!(
            "The root mean square distance between the probabilities of an average of m smaller \
             networks and those of the average of all. One network alone is {} away, and m of them \
             should be that over the root of m. {measured}",
            fixed(spread, 3)
        );
        Picture { note, description, body: Body::chart(x, y, series, Vec::new()) }
    }

    pub(super) fn exact_picture(&self) -> Picture {
        let gaps = self.gaps();
        let row = |mean: &str, gap: f64| {
            let number =
                if gap.is_finite() { Cell::Number(gap) } else { Cell::Text(NO_NUMBER.into()) };
            vec![Cell::Text(mean.into()), number, Cell::Text(verdict(gap).into())]
        };
        let rows = vec![
            row("outputs before the softmax", gaps.outputs),
            row("probabilities, geometric mean", gaps.geometric),
            row("probabilities, arithmetic mean", gaps.average),
        ];
        let description = format!(
            "Against the whole network in one pass: the mean of the outputs before the softmax differs \
             by at most {}, the geometric mean of the probabilities by {}, their arithmetic mean by \
             {}.",
            power_of_ten(gaps.outputs, 2),
            power_of_ten(gaps.geometric, 2),
            fixed(gaps.average, 3)
        );
        let note = format!("same answer for {}", percent(gaps.agreement));
        Picture {
            note,
            description,
            body: Body::table(["mean over all of", "largest gap", ""], rows),
        }
    }
}

/// The axis of all errors.
fn error_axis() -> Axis {
    Axis::linear("test error", 0.0, 1.0).percent()
}

/// Points for one network each stand side by side in two rows, so that fewer of them lie on another.
fn side_by_side(count: usize) -> Vec<f64> {
    (0..count).map(|i| if i % 2 == 0 { 1.04 } else { 1.0 }).collect()
}

/// Whether a difference is one of rounding.
fn verdict(gap: f64) -> &'static str {
    match gap {
        gap if gap.is_nan() => "",
        gap if gap < 1e-10 => "exact",
        _ => "not exact",
    }
}

/// Where the axis of the shares ends: at the next 10 % above.
fn share_top(highest: f64) -> f64 {
    ((highest * 10.0).ceil() / 10.0).clamp(0.1, 1.0)
}
