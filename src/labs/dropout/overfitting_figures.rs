//! What the lab of dropout and overfitting shows.

use super::compared::{Arms, Best, Errors};
use super::overfitting::{On, Overfitting};
use crate::figure::{
    Axis, Body, Cell, Column, Event, LineStyle, Mark, Role, Series, Table, doubled,
};
use crate::lab::Picture;
use crate::labs::network_drawing::{hidden_kept, network_drawing};
use crate::numbers::{counted, fixed, percent, whole};

impl Overfitting {
    /// "p = 0.3", or that nothing is dropped.
    pub(super) fn name(&self, arm: usize) -> String {
        if arm == self.arms.baseline && arm >= self.arms.compared() {
            return "no dropout".to_string();
        }
        format!("p = {}", self.arms.all[arm].keep_prob)
    }

    pub(super) fn u_picture(&self) -> Picture {
        let chosen = self.settings.real("keep_prob");
        let events = vec![Event { x: chosen, label: format!("p = {chosen}") }];
        let x = Axis::linear("p, probability that a hidden neuron is kept", 0.0, 1.0);
        let y = Axis::linear("error", 0.0, self.top_of_u()).percent();
        let body = Body::chart(x, y, self.u_series(), events);
        let note = format!("lowest at {}", self.name(self.lowest()));
        let told = |(arm, errors): (usize, &Errors)| {
            format!("{}: {} and {}", self.name(arm), percent(errors.train), percent(errors.test))
        };
        let all: Vec<String> = self.errors().iter().enumerate().map(told).collect();
        let description = format!(
            "After {}, training error and test error by keep probability: {}. The test error is \
             {note}. The dashed line is the test error without dropout; grey, the test error of each \
             network at the step at which it was lowest.",
            counted(self.steps(), "step"),
            all.join("; "),
        );
        Picture { note, description, body }.told_once(self.steps() > 0)
    }

    /// Where the axis of the U ends: so that its bottom can be seen, at half. What is dropped so often
    /// that it learns next to nothing is above that, and cut; the network that is chosen never is.
    fn top_of_u(&self) -> f64 {
        let (curves, Arms { own, baseline, .. }) = (self.curves(), &self.arms);
        let tenth = self.settings.real("steps") / 10.0;
        let both = [*own, *baseline].map(|arm| curves.highest_from((On::Test, arm), tenth));
        both.into_iter().fold(0.5, doubled)
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
        let plain = errors[self.arms.baseline].test;
        vec![
            joined("test, at its best step", Role::Member, &|arm| self.best(arm).error),
            Series::level("no dropout", Role::Test, [0.0, 1.0], plain).dashed(),
            joined("train", Role::Train, &|arm| errors[arm].train),
            joined("test", Role::Test, &|arm| errors[arm].test),
        ]
    }

    pub(super) fn test_picture(&self) -> Picture {
        let [own, plain] = [self.arms.own, self.arms.baseline].map(|arm| self.best(arm));
        let words = format!(
            "Its lowest test error was {} at step {}; without dropout {} at step {}.",
            percent(own.error),
            whole(own.step),
            percent(plain.error),
            whole(plain.step)
        );
        self.course(On::Test, &words)
    }

    pub(super) fn train_picture(&self) -> Picture {
        let words = format!(
            "{} of the labels are wrong: a network that gets fewer wrong has learned some of them \
             by heart.",
            percent(self.settings.real("label_noise"))
        );
        self.course(On::Train, &words)
    }

    /// The learning curves of all arms, those of the test error with their best steps.
    fn course(&self, on: On, words: &str) -> Picture {
        let curves = self.curves();
        let [own, plain] =
            [self.arms.own, self.arms.baseline].map(|arm| percent(curves.now((on, arm))));
        let x = curves.steps(self.settings.whole("steps"));
        let y = Axis::linear("error", 0.0, 1.0).percent();
        let description = format!(
            "After {} {own} at {}, and {plain} without dropout (dashed); other keep \
             probabilities in grey. {words}",
            counted(self.steps(), "step"),
            self.name(self.arms.own),
        );
        let note = format!("{own}, without {plain}");
        let body = Body::chart(x, y, self.course_series(on), Vec::new());
        Picture { note, description, body }.told_once(self.steps() > 0)
    }

    fn course_series(&self, on: On) -> Vec<Series> {
        let (curves, Arms { all, own, baseline }) = (self.curves(), &self.arms);
        // The greys first, so that the two that matter lie on top.
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|arm| (arm == own, arm == baseline));
        let mut series = Vec::new();
        for arm in order {
            let of_set = if on == On::Train { Role::Train } else { Role::Test };
            let (role, run) = match arm {
                arm if arm == *own => (of_set, LineStyle::Solid),
                arm if arm == *baseline => (of_set, LineStyle::Dashed),
                _ => (Role::Member, LineStyle::Solid),
            };
            let best = (on == On::Test).then(|| self.best(arm));
            let name = if arm == *baseline { "no dropout".to_string() } else { self.name(arm) };
            let line = curves.line((on, arm), name.clone(), role).with_line(run);
            series.push(line.labelled(self.end(arm, best)));
            if let Some(Best { error, step }) = best {
                let name = format!("{name}, best step");
                let point = Series::points(name, role, vec![step as f64], vec![error]);
                series.push(point.with_line(run).unlabelled());
            }
        }
        series
    }

    /// What stands at the end of a network’s curve: its keep probability, and its best step, by which its
    /// point is found. Before the first step all networks are one point, and have one name.
    fn end(&self, arm: usize, best: Option<Best>) -> String {
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
            Some(Best { step, .. }) => format!("{name}, best at {}", whole(step)),
            None => name,
        }
    }

    pub(super) fn stopping_picture(&self) -> Picture {
        let columns = vec![
            Column::plain("kept"),
            Column::percent("train"),
            Column::percent("test"),
            Column::percent("best"),
            Column::plain("at step"),
        ];
        let row = |(arm, errors): (usize, &Errors)| {
            let best = self.best(arm);
            Cell::row(self.name(arm), [errors.train, errors.test, best.error, best.step as f64])
        };
        let rows: Vec<Vec<Cell>> = self.errors().iter().enumerate().map(row).collect();
        let [gain, stopped] = [self.gain(), self.gain_stopped()].map(|gain| fixed(100.0 * gain, 1));
        let note = format!("gain {gain} points now, {stopped} at the best steps");
        let description = format!(
            "Now, {} makes {gain} percentage points fewer mistakes on the test set than no dropout; \
             with each network stopped at its own best step, {stopped} points fewer.",
            self.name(self.arms.own)
        );
        let body = Body::Table(Table { columns, rows });
        Picture { note, description, body }.told_once(self.steps() > 0)
    }

    pub(super) fn network_picture(&self) -> Picture {
        let network = self.arms.all[self.arms.own].course.now();
        let note = hidden_kept(network);
        let description = format!(
            "The network with {}, with the mask of the first example of this step’s batch: {note}. \
             Blue weights are positive, orange ones negative; a wider line is a larger weight. Of \
             wide layers only some neurons are drawn.",
            self.name(self.arms.own)
        );
        Picture { note, description, body: Body::Network(network_drawing(network)) }
    }
}
