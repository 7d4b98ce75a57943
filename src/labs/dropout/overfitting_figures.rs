//! What the lab of dropout and overfitting shows.

use super::arms::Errors;
use super::overfitting::{FIGURES, Overfitting};
use crate::figure::{
    Axis, Body, Cell, Column, Event, Figure, Mark, Role, Run, Series, Table, Unit, percent,
};
use crate::labs::network_drawing::{kept_counts, network_drawing};

/// Where the axis of the courses ends, unless the chosen network or the one without dropout is above.
const USUAL_TOP: f64 = 0.6;

impl Overfitting {
    /// "p = 0.3", or that nothing is dropped.
    fn name(&self, arm: usize) -> String {
        if arm == self.arms.baseline && arm >= self.arms.compared() {
            return "no dropout".to_string();
        }
        format!("p = {}", self.arms.all[arm].keep_prob)
    }

    pub(super) fn u_figure(&self) -> Figure {
        let chosen = self.settings.real("keep_prob");
        let events = vec![Event { x: chosen, label: format!("p = {chosen}") }];
        let x = Axis::linear("p, probability that a hidden neuron is kept", 0.0, 1.0);
        let y = Axis::linear("error", 0.0, 1.0).percent();
        let body = Body::chart(x, y, self.u_series(), events);
        let lowest = self.name(self.lowest());
        let told = |(arm, errors): (usize, &Errors)| {
            format!("{}: {} and {}", self.name(arm), percent(errors.train), percent(errors.test))
        };
        let all: Vec<String> = self.errors().iter().enumerate().map(told).collect();
        let description = format!(
            "After {} steps, training error and test error by keep probability: {}. The test error \
             is least at {lowest}. The dashed line is the test error without dropout; grey, the \
             test error of each network at the step at which it was least.",
            self.steps(),
            all.join("; "),
        );
        Figure::of(FIGURES, "u", format!("least at {lowest}"), description, body)
    }

    /// Against p: the best step's test error, that without dropout, training error and test error.
    fn u_series(&self) -> Vec<Series> {
        let compared = self.arms.compared();
        let joined = |name: &str, role: Role, error: &dyn Fn(usize) -> f64| {
            let p = self.arms.all[..compared].iter().map(|arm| arm.keep_prob).collect();
            let y = (0..compared).map(error).collect();
            Series::line(name, role, p, y).with_mark(Mark::Joined)
        };
        let errors = self.errors();
        let plain = vec![errors[self.arms.baseline].test; 2];
        vec![
            joined("test, at its best step", Role::Member, &|arm| self.best(arm).0),
            Series::line("no dropout", Role::Test, vec![0.0, 1.0], plain).of_run(Run::B),
            joined("train", Role::Train, &|arm| errors[arm].train),
            joined("test", Role::Test, &|arm| errors[arm].test),
        ]
    }

    pub(super) fn test_figure(&self) -> Figure {
        let count = self.arms.all.len();
        let best: Vec<(f64, u64)> = (0..count).map(|arm| self.best(arm)).collect();
        let (own, plain) = (best[self.arms.own], best[self.arms.baseline]);
        let words = format!(
            "Its least test error was {} at step {}; without dropout {} at step {}.",
            percent(own.0),
            own.1,
            percent(plain.0),
            plain.1
        );
        let now: Vec<f64> = self.errors().iter().map(|errors| errors.test).collect();
        self.course("test", Role::Test, count, &now, &best, &words)
    }

    pub(super) fn train_figure(&self) -> Figure {
        let noise = self.settings.real("label_noise");
        let words = format!(
            "{} of the labels are wrong: who gets fewer wrong has learned some of them by heart.",
            percent(noise)
        );
        let now: Vec<f64> = self.errors().iter().map(|errors| errors.train).collect();
        self.course("train", Role::Train, 0, &now, &[], &words)
    }

    /// The curves from number `first` on, one an arm, with their best steps.
    fn course(
        &self,
        key: &str,
        role: Role,
        first: usize,
        now: &[f64],
        best: &[(f64, u64)],
        words: &str,
    ) -> Figure {
        let (own, plain) = (now[self.arms.own], now[self.arms.baseline]);
        let planned = self.settings.whole("steps") as f64;
        let late = self.steps() as f64 >= planned / 10.0;
        let top = if late && own.max(plain) > USUAL_TOP { 1.0 } else { USUAL_TOP };
        let above = (0..now.len()).filter(|&arm| late && now[arm] > top);
        let above: Vec<String> = above.map(|arm| self.name(arm)).collect();
        let out = match above[..] {
            [] => String::new(),
            _ => format!(" Above the frame: {}.", above.join(", ")),
        };
        let x = Axis::linear("step", 0.0, planned.max(self.steps() as f64));
        let y = Axis::linear("error", 0.0, top).percent();
        let body = Body::chart(x, y, self.course_series(role, first, now, best), Vec::new());
        let (own, plain) = (percent(own), percent(plain));
        let description = format!(
            "After {} steps {own} at {}, and {plain} without dropout (dashed); other keep \
             probabilities in grey. {words}{out}",
            self.steps(),
            self.name(self.arms.own),
        );
        Figure::of(FIGURES, key, format!("{own}, without {plain}"), description, body)
    }

    fn course_series(
        &self,
        role: Role,
        first: usize,
        now: &[f64],
        best: &[(f64, u64)],
    ) -> Vec<Series> {
        let (own, baseline) = (self.arms.own, self.arms.baseline);
        // The greys first, so that the two that matter lie on top.
        let mut order: Vec<usize> = (0..now.len()).collect();
        order.sort_by_key(|&arm| (arm == own, arm == baseline));
        let mut series = Vec::new();
        for arm in order {
            let (name, role, run) = match arm {
                arm if arm == own => (self.name(arm), role, Run::A),
                arm if arm == baseline => ("no dropout".to_string(), role, Run::B),
                _ => (self.arms.all[arm].keep_prob.to_string(), Role::Member, Run::A),
            };
            let last = (self.steps() as f64, now[arm]);
            series.push(self.curves.series(first + arm, &name, role, run, last));
            if let Some(&(error, step)) = best.get(arm) {
                let point = Series::line("", role, vec![step as f64], vec![error]);
                series.push(point.with_mark(Mark::Points).of_run(run));
            }
        }
        series
    }

    pub(super) fn stopping_figure(&self) -> Figure {
        let share = |label: &str| Column { label: label.to_string(), unit: Unit::Percent };
        let columns = vec![
            Column::plain("kept"),
            share("train"),
            share("test"),
            share("best"),
            Column::plain("at step"),
        ];
        let row = |(arm, errors): (usize, &Errors)| {
            let (best, step) = self.best(arm);
            vec![
                Cell::Text(self.name(arm)),
                Cell::Number(errors.train),
                Cell::Number(errors.test),
                Cell::Number(best),
                Cell::Number(step as f64),
            ]
        };
        let rows: Vec<Vec<Cell>> = self.errors().iter().enumerate().map(row).collect();
        let Self { arms, .. } = self;
        let gain = self.errors()[arms.baseline].test - self.errors()[arms.own].test;
        let stopped = self.best(arms.baseline).0 - self.best(arms.own).0;
        let note =
            format!("gain {:.1} now, {:.1} at the best steps", 100.0 * gain, 100.0 * stopped);
        let description = format!(
            "Now, {} makes {:.1} percentage points fewer mistakes on the test set than no dropout; \
             with each network stopped at its own best step, {:.1} points fewer.",
            self.name(arms.own),
            100.0 * gain,
            100.0 * stopped
        );
        Figure::of(FIGURES, "stopping", note, description, Body::Table(Table { columns, rows }))
    }

    pub(super) fn network_figure(&self) -> Figure {
        let network = &self.arms.all[self.arms.own].network;
        let counts = kept_counts(network);
        let hidden: Vec<String> =
            counts[1..].iter().map(|(kept, of)| format!("{kept} of {of}")).collect();
        let note = format!("{} hidden neurons kept", hidden.join(" + "));
        let description = format!(
            "The network with {}, with the mask of the first example of this step’s batch: {note}. \
             Blue weights are positive, orange ones negative; a wider line is a larger weight. Of \
             wide layers only some neurons are drawn.",
            self.name(self.arms.own)
        );
        Figure::of(FIGURES, "network", note, description, Body::Network(network_drawing(network)))
    }
}
