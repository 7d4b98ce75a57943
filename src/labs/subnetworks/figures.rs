//! What the lab shows in charts and tables.

use super::draws::{ALL, REPEATS, SIZES};
use super::{FIGURES, Subnetworks};
use crate::figure::{
    Axis, Body, Cell, Chart, Column, Event, Figure, Mark, Role, Run, Series, Table,
};
use crate::numbers::{NO_NUMBER, fixed, percent, power_of_ten, whole};

/// Bars of the histogram: 2.5 % each.
const BINS: usize = 40;

impl Subnetworks {
    fn chart(&self, key: &str, (x, y): (Axis, Axis), series: Vec<Series>, words: Words) -> Figure {
        let body = Body::Chart(Chart { x, y, map: None, series, events: words.events });
        Figure::of(FIGURES, key, words.note, words.description, body)
    }

    pub(super) fn votes_figure(&self) -> Figure {
        let (trained, votes, all) = (self.trained(), &self.votes, self.votes.all());
        let last = all.max(trained.independent.by_size.len()) as f64;
        let axes = (
            Axis::log("networks averaged", 1.0, last),
            Axis::linear("test error", 0.0, 1.0).percent(),
        );
        let average = percent(votes.error_average(self.y()));
        let (counted, one) = (whole(votes.errors.len() as u64), percent(trained.error));
        let alone = percent(votes.mean_error());
        let note = match votes.errors.len() {
            0 => format!("one pass {one}; votes follow after step {}", self.plan.trained),
            _ => format!("alone {alone}, averaged {average}, one pass {one}"),
        };
        let of = whole(all as u64);
        let description = format!(
            "{counted} of {of} smaller networks have voted{}. Alone they get {alone} of the test images \
             wrong on average, averaged {average}; the whole network in one pass {one}. {} Sixteen \
             independent networks averaged get {} wrong.",
            self.weighted(),
            self.drawn_in_words(),
            percent(trained.independent.error())
        );
        self.chart("votes", axes, self.averages(last), Words::new(note, description))
    }

    /// The errors of averages, on an axis that ends at the number `last`.
    fn averages(&self, last: f64) -> Vec<Series> {
        let (trained, alone) = (self.trained(), self.trained().watched.clone());
        let rivals = trained.independent.by_size.clone();
        let sizes = (1..=rivals.len()).map(|size| size as f64).collect();
        let (x, y) = self.votes.curve.clone();
        let name = if self.votes.complete() { "all of them" } else { "votes so far" };
        // Of a single network there is nothing to tell apart.
        let [one, name] = if self.votes.all() > 1 { ["alone", name] } else { [""; 2] };
        let whole = vec![trained.error; 2];
        vec![
            Series::line(one, Role::Member, side_by_side(alone.len()), alone)
                .with_mark(Mark::Points),
            Series::line("whole network, one pass", Role::Theory, vec![1.0, last], whole),
            Series::line("independent", Role::Neutral, sizes, rivals)
                .with_mark(Mark::Points)
                .of_run(Run::B),
            Series::line(format!("{name}{}", self.weighted()), Role::Average, x, y),
            self.drawn(),
        ]
    }

    /// What to add where a mean counts some networks more than others.
    fn weighted(&self) -> &'static str {
        if [0.5, 1.0].contains(&self.problem.keep_prob) { "" } else { ", each times its chance" }
    }

    /// The averages of groups drawn at random: mean and standard deviation over the draws. The
    /// largest group comes first: out of order, the points have their name above the chart, where it
    /// covers no line.
    fn drawn(&self) -> Series {
        let drawn = (0..SIZES.len()).rev().filter(|&place| self.draws.errors[place].len() > 1);
        let errors: Vec<(f64, (f64, f64))> =
            drawn.map(|place| (SIZES[place] as f64, self.draws.error(place))).collect();
        let list = |of: fn(&(f64, (f64, f64))) -> f64| errors.iter().map(of).collect::<Vec<f64>>();
        let line = Series::line(
            "groups drawn at random: mean ± sd",
            Role::Average,
            list(|p| p.0),
            list(|p| p.1.0),
        );
        let (low, high) = (list(|p| p.1.0 - p.1.1), list(|p| p.1.0 + p.1.1));
        Series { low, high, ..line.with_mark(Mark::Points) }
    }

    fn drawn_in_words(&self) -> String {
        if self.draws.made < ALL {
            return "Groups of them drawn at random follow.".into();
        }
        let one = |(place, size): (usize, &usize)| {
            let (mean, sd) = self.draws.error(place);
            format!("{size}: {} ± {}", percent(mean), percent(sd))
        };
        let all: Vec<String> = SIZES.iter().enumerate().map(one).collect();
        format!("Groups drawn at random, {REPEATS} of each size: {}.", all.join(", "))
    }

    pub(super) fn course_figure(&self) -> Figure {
        let (now, values) = (self.updates() as f64, self.on_curves());
        let line = |curve: usize, name: &str, role: Role, run: Run| {
            self.curves.series(curve, name, role, run, (now, values[curve]))
        };
        let smaller = Series {
            low: line(3, "", Role::Member, Run::A).y,
            high: line(4, "", Role::Member, Run::A).y,
            ..line(2, "smaller", Role::Member, Run::A)
        };
        let series = vec![
            smaller,
            line(1, "independent", Role::Neutral, Run::B),
            line(0, "whole", Role::Test, Run::A),
        ];
        let x = Axis::linear("step", 0.0, self.plan.trained as f64);
        let y = Axis::linear("test error", 0.0, 1.0).percent();
        let [whole, rivals, mean, best, worst] = values.map(percent);
        let count = self.watched.len();
        let note = match count {
            1 => format!("whole {whole}"),
            _ => format!("whole {whole}, mean of {count} smaller ones {mean}"),
        };
        let description = format!(
            "After {now} updates the whole network in one pass gets {whole} of the test images wrong. \
             Of the smaller networks in it {count} are watched: they get {best} to {worst} wrong, \
             {mean} on average. The sixteen independent networks, averaged, get {rivals} wrong."
        );
        self.chart("course", (x, y), series, Words::new(note, description))
    }

    pub(super) fn errors_figure(&self) -> Figure {
        let voted = !self.votes.errors.is_empty();
        let shares = if voted { self.votes.histogram(BINS) } else { vec![0.0; BINS] };
        let middle = |bin: usize| (bin as f64 + 0.5) / BINS as f64;
        let highest = shares.iter().copied().fold(0.0, f64::max);
        let bars = (0..BINS).map(middle).collect();
        let bars = Series::line("", Role::Member, bars, shares).with_mark(Mark::Bars);
        let (one, alone) = (self.trained().error, self.votes.mean_error());
        let average = self.votes.error_average(self.y());
        let event = |x: f64, name: &str| Event { x, label: format!("{name} {}", percent(x)) };
        let events = if voted {
            vec![event(average, "all"), event(alone, "one")]
        } else {
            vec![event(one, "whole network")]
        };
        let x = Axis::linear("test error of one of them", 0.0, 1.0).percent();
        let of = if self.weighted().is_empty() { "share of the networks" } else { "their chance" };
        let y = Axis::linear(of, 0.0, share_top(highest)).percent();
        let best = self.votes.errors.iter().copied().fold(f64::NAN, f64::min);
        let description = format!(
            "Of {} smaller networks that have voted, the best gets {} of the test images wrong, one of \
             them on average {}; the average of all gets {} wrong, and the whole network in one pass \
             {}.",
            whole(self.votes.errors.len() as u64),
            percent(best),
            percent(alone),
            percent(average),
            percent(one)
        );
        let note = self.better_than(average);
        self.chart("errors", (x, y), vec![bars], Words { note, description, events })
    }

    /// How many of the networks that have voted are better alone than their average.
    fn better_than(&self, average: f64) -> String {
        let better = self.votes.errors.iter().filter(|&&error| error < average).count();
        let written = percent(average);
        match (self.votes.errors.len(), better) {
            (0, _) => format!("votes follow after step {}", self.plan.trained),
            (1, _) => "one network".to_string(),
            (_, 0) => format!("none is better than their average, {written}"),
            (_, 1) => format!("1 is better than their average, {written}"),
            _ => format!("{} are better than their average, {written}", whole(better as u64)),
        }
    }

    pub(super) fn distance_figure(&self) -> Figure {
        let most = SIZES[SIZES.len() - 1] as f64;
        let distances = self.draws.distances();
        let (x, y): (Vec<f64>, Vec<f64>) = distances.iter().copied().unzip();
        let spread = if self.votes.complete() { self.votes.spread() } else { f64::NAN };
        let theory = SIZES.map(|size| spread / (size as f64).sqrt()).to_vec();
        let sizes = SIZES.map(|size| size as f64).to_vec();
        let series = vec![
            Series::line("σ/√m", Role::Theory, sizes, theory),
            Series::line("measured", Role::Average, x, y).with_mark(Mark::Points),
        ];
        let axes = (Axis::log("m, networks averaged", 1.0, most), Axis::log("distance", 0.01, 1.0));
        let drawn = self.draws.made == ALL;
        let slope = match self.draws.slope() {
            slope if drawn && slope.is_finite() => format!("slope {}", fixed(slope, 3)),
            _ if drawn => "all are the same".to_string(),
            _ => String::new(),
        };
        let measured = if drawn {
            format!("Measured where both axes go by ratios: {slope}.")
        } else {
            "Nothing is measured before all have voted.".to_string()
        };
        let description = format!(
            "The root mean square distance between the probabilities of an average of m smaller \
             networks and those of the average of all. One network alone is {} away, and m of them \
             should be that over the root of m. {measured}",
            fixed(spread, 3)
        );
        self.chart("distance", axes, series, Words::new(slope, description))
    }

    pub(super) fn exact_figure(&self) -> Figure {
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
        let columns = ["mean over all of", "largest gap", ""].map(Column::plain).to_vec();
        let description = format!(
            "Against the whole network in one pass: the mean of the outputs before the softmax differs \
             by at most {}, the geometric mean of the probabilities by {}, their arithmetic mean by \
             {}.",
            power_of_ten(gaps.outputs, 2),
            power_of_ten(gaps.geometric, 2),
            fixed(gaps.average, 3)
        );
        let note = format!("same answer for {}", percent(gaps.agreement));
        Figure::of(FIGURES, "exact", note, description, Body::Table(Table { columns, rows }))
    }
}

/// What a figure says.
struct Words {
    note: String,
    description: String,
    events: Vec<Event>,
}

impl Words {
    fn new(note: String, description: String) -> Self {
        Words { note, description, events: Vec::new() }
    }
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
