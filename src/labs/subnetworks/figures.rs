//! What the lab shows in charts and tables.

use super::draws::{Group, MOST, REPEATS};
use super::{ErrorOf, Subnetworks};
use crate::figure::{Axis, Body, Cell, Event, Mark, Role, Series, doubled};
use crate::lab::Picture;
use crate::numbers::{NO_NUMBER, fixed, percent, power_of_ten, whole};

/// Bars of the histogram: 2.5 % each.
const BINS: usize = 40;

/// From so many votes on, their distribution says where its axis ends.
const SETTLED: usize = 64;

impl Subnetworks {
    pub(super) fn votes_picture(&self) -> Picture {
        let (trained, votes, all) = (self.trained(), &self.votes, self.votes.all());
        let last = all.max(self.networks.averaged().count()) as f64;
        let x = Axis::log("networks averaged", 1.0, last);
        let average = percent(votes.average.error());
        let (counted, one) = (whole(votes.counted() as u64), percent(trained.error));
        let alone = percent(votes.average.mean_error());
        let note = match votes.counted() {
            0 => format!("one pass {one}; {}", self.waited_for()),
            _ => format!("alone {alone}, averaged {average}, one pass {one}"),
        };
        let of = whole(all as u64);
        let independent = percent(trained.independent);
        let description = match votes.counted() {
            0 => format!(
                "None of {of} smaller networks has voted yet. The whole network in one pass gets {one} \
                 of the test images wrong, sixteen independent networks averaged {independent}."
            ),
            _ => format!(
                "{counted} of {of} smaller networks have voted{}. Alone they get {alone} of the test \
                 images wrong on average, averaged {average}; the whole network in one pass {one}. {} \
                 Sixteen independent networks averaged get {independent} wrong.",
                self.weighted(),
                self.drawn_in_words()
            ),
        };
        let body = Body::chart(x, error_axis(), self.averages(last), Vec::new());
        Picture { note, description, body }.told_once(self.steps > 0)
    }

    /// The errors of averages, on an axis that ends at the number `last`.
    fn averages(&self, last: f64) -> Vec<Series> {
        let (trained, alone) = (self.trained(), self.trained().watched.clone());
        let line = |name: &str, role, curve: &[(f64, f64)]| {
            let (x, y) = curve.iter().copied().unzip();
            Series::line(name, role, x, y)
        };
        let name = if self.votes.complete() { "all of them" } else { "votes so far" };
        // Of a single network there is nothing to tell apart.
        let [one, name] = if self.votes.all() > 1 { ["alone", name] } else { [""; 2] };
        vec![
            Series::points("alone", Role::Member, vec![1.0; alone.len()], alone).labelled(one),
            Series::level("whole network, one pass", Role::Test, [1.0, last], trained.error),
            line("independent", Role::Neutral, &self.networks.averaged().curve)
                .with_mark(Mark::Points)
                .dashed(),
            line("average", Role::Average, &self.votes.average.curve)
                .labelled(format!("{name}{}", self.weighted())),
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
        for group in self.draws.shown().rev().filter(|group| group.drawn() > 1) {
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
        let all: Vec<String> = self.draws.shown().map(one).collect();
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
        let body = Body::chart(x, error_axis(), series, Vec::new());
        Picture { note, description, body }.told_once(self.steps > 0)
    }

    pub(super) fn errors_picture(&self) -> Picture {
        let voted = self.votes.counted() > 0;
        let shares = if voted { self.votes.histogram(BINS) } else { vec![0.0; BINS] };
        let middle = |bin: usize| (bin as f64 + 0.5) / BINS as f64;
        // Of a few votes each is a large share.
        let settled = self.votes.counted() >= SETTLED || self.votes.complete();
        let highest = if settled { shares.iter().copied().fold(0.0, f64::max) } else { 0.0 };
        let bars = (0..BINS).map(middle).collect();
        let bars = Series::line("smaller networks", Role::Member, bars, shares);
        let bars = bars.with_mark(Mark::Bars).unlabelled();
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
        let y = Axis::linear(of, 0.0, doubled(0.2, highest).min(1.0)).percent();
        let (note, description) = (self.better_than(average), self.errors_in_words());
        let body = Body::chart(x, y, vec![bars], events);
        Picture { note, description, body }.told_once(self.steps > 0)
    }

    fn errors_in_words(&self) -> String {
        let (average, one) = (&self.votes.average, percent(self.trained().error));
        let best = average.errors.iter().copied().fold(f64::NAN, f64::min);
        match self.votes.counted() {
            0 => format!(
                "No smaller network has voted yet; the whole one gets {one} wrong in one pass."
            ),
            counted => format!(
                "Of {} smaller networks that have voted, the best gets {} of the test images wrong, one \
                 of them on average {}; the average of all gets {} wrong, and the whole network in one \
                 pass {one}.",
                whole(counted as u64),
                percent(best),
                percent(average.mean_error()),
                percent(average.error())
            ),
        }
    }

    /// What there is to wait for before the first vote.
    pub(super) fn waited_for(&self) -> String {
        format!("votes follow after step {}", whole(self.plan.trained as u64))
    }

    /// How many of the networks that have voted are better alone than their average.
    fn better_than(&self, average: f64) -> String {
        let better = self.votes.average.errors.iter().filter(|&&error| error < average).count();
        let written = percent(average);
        match (self.votes.counted(), better) {
            (0, _) => self.waited_for(),
            (1, _) => "one network".to_string(),
            (_, 0) => format!("none is better than their average, {written}"),
            (_, 1) => format!("1 is better than their average, {written}"),
            _ => format!("{} are better than their average, {written}", whole(better as u64)),
        }
    }

    pub(super) fn distance_picture(&self) -> Picture {
        let (sizes, distances) = self.draws.distances().into_iter().unzip();
        let spread = self.spread();
        let all_sizes: Vec<f64> = self.draws.shown().map(|group| group.size as f64).collect();
        let theory = all_sizes.iter().map(|size| spread / size.sqrt()).collect();
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
        let alone = if spread.is_finite() {
            format!("One network alone is {} away, and", fixed(spread, 3))
        } else {
            "However far one network alone is away,".to_string()
        };
        let description = format!(
            "The root mean square distance between the probabilities of an average of m smaller \
             networks and those of the average of all. {alone} m of them should be that over the root \
             of m. {measured}"
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
        let body = Body::table(["mean over all of", "largest gap", "verdict"], rows);
        if !gaps.outputs.is_finite() {
            let description =
                "The means are taken when all smaller networks have voted.".to_string();
            return Picture { note: self.waited_for(), description, body };
        }
        let description = format!(
            "Against the whole network in one pass: the mean of the outputs before the softmax differs \
             by at most {}, the geometric mean of the probabilities by {}, their arithmetic mean by \
             {}.",
            power_of_ten(gaps.outputs, 2),
            power_of_ten(gaps.geometric, 2),
            fixed(gaps.average, 3)
        );
        let note = format!("same answer for {}", percent(gaps.agreement));
        Picture { note, description, body }
    }
}

/// The axis of all errors.
fn error_axis() -> Axis {
    Axis::linear("test error", 0.0, 1.0).percent()
}

/// Whether a difference is one of rounding.
fn verdict(gap: f64) -> &'static str {
    match gap {
        gap if gap.is_nan() => "",
        gap if gap < 1e-10 => "exact",
        _ => "not exact",
    }
}
