//! What the lab of dropout and overfitting shows.

use super::arms::{Arms, Errors};
use super::overfitting::{FIGURES, Overfitting};
use crate::figure::{
    Axis, Body, Cell, Column, Event, Figure, Mark, Role, Run, Series, Table, Unit,
};
use crate::labs::network_drawing::{kept_counts, network_drawing};
use crate::numbers::{counted, fixed, percent};

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
            "After {}, training error and test error by keep probability: {}. The test error \
             is least at {lowest}. The dashed line is the test error without dropout; grey, the \
             test error of each network at the step at which it was least.",
            counted(self.steps(), "step"),
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
        let planned = self.settings.whole("steps") as f64;
        let x = Axis::linear("step", 0.0, planned.max(self.steps() as f64));
        let y = Axis::linear("error", 0.0, 1.0).percent();
        let body = Body::chart(x, y, self.course_series(role, first, now, best), Vec::new());
        let [own, plain] = [self.arms.own, self.arms.baseline].map(|arm| percent(now[arm]));
        let description = format!(
            "After {} {own} at {}, and {plain} without dropout (dashed); other keep \
             probabilities in grey. {words}",
            counted(self.steps(), "step"),
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
            let (role, run) = match arm {
                arm if arm == own => (role, Run::A),
                arm if arm == baseline => (role, Run::B),
                _ => (Role::Member, Run::A),
            };
            let last = (self.steps() as f64, now[arm]);
            let end = self.end(arm, best.get(arm));
            series.push(self.curves.series(first + arm, &end, role, run, last));
            if let Some(&(error, step)) = best.get(arm) {
                let point = Series::line("", role, vec![step as f64], vec![error]);
                series.push(point.with_mark(Mark::Points).of_run(run));
            }
        }
        series
    }

    /// What stands at the end of a network’s curve: its keep probability, and its best step, by which its
    /// point is found. Before the first step all networks are one point, and have one name.
    fn end(&self, arm: usize, best: Option<&(f64, u64)>) -> String {
        let Arms { own, baseline, .. } = self.arms;
        let name = match arm {
            _ if self.steps() == 0 => {
                return if arm == own { "all networks".to_string() } else { String::new() };
            }
            arm if arm == own => self.name(arm),
            arm if arm == baseline => "no dropout".to_string(),
            _ => self.arms.all[arm].keep_prob.to_string(),
        };
        match best {
            Some((_, step)) => format!("{name}, best at {step}"),
            None => name,
        }
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
        let [gain, stopped] = [gain, stopped].map(|gain| fixed(100.0 * gain, 1));
        let note = format!("gain {gain} points now, {stopped} at the best steps");
        let description = format!(
            "Now, {} makes {gain} percentage points fewer mistakes on the test set than no dropout; \
             with each network stopped at its own best step, {stopped} points fewer.",
            self.name(arms.own)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Chart;
    use crate::lab::Run as LabRun;
    use crate::labs::dropout::DROPOUT;
    use crate::param::Settings;

    fn figure(query: &str, steps: u64, key: &str) -> Figure {
        let query = format!("n_train=60&units=16&hidden_layers=1&steps=100&{query}");
        let settings = Settings::from_query(DROPOUT.parameters, &query).unwrap();
        let mut run = LabRun::new(&DROPOUT, settings).unwrap();
        run.step(steps).unwrap();
        run.figure(key).unwrap()
    }

    fn chart(steps: u64, key: &str) -> Chart {
        let Body::Chart(chart) = figure("", steps, key).body else { panic!("a chart") };
        chart
    }

    #[test]
    fn every_network_and_its_best_step_lie_within_the_frame() {
        for key in ["test", "train"] {
            let chart = chart(60, key);
            let mut errors = chart.series.iter().flat_map(|series| &series.y);
            assert!(errors.all(|error| (chart.y.min..=chart.y.max).contains(error)), "{key}");
        }
        let series = chart(60, "test").series;
        for pair in series.chunks_exact(2) {
            let named = format!(", best at {}", pair[1].x[0]);
            assert!(pair[1].mark == Mark::Points && pair[0].name.ends_with(&named), "{pair:?}");
        }
        assert_eq!(series.len(), 12);
    }

    #[test]
    fn before_the_first_step_one_point_has_one_name() {
        let names: Vec<String> = chart(0, "test").series.into_iter().map(|s| s.name).collect();
        assert_eq!(names.concat(), "all networks");
    }

    #[test]
    fn a_loss_has_a_true_minus_sign() {
        let Figure { note, description, .. } = figure("keep_prob=0.05", 60, "stopping");
        assert!(note.starts_with("gain −") && !note.contains('-'), "{note}");
        assert!(description.contains(" makes −"), "{description}");
    }
}
