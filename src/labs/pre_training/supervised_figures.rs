//! What the lab of supervised pre-training shows.

use super::supervised::{Of, Supervised};
use super::tasks::HALF;
use super::transfer::{Scores, TargetScore};
use super::transfer_figures::with_mean;
use crate::data::{TEACHER_FEATURES, TEACHER_INPUTS};
use crate::figure::{Axis, Body, Chart, Role, Series};
use crate::lab::Picture;
use crate::nn::most_likely;
use crate::numbers::{counted, fixed, list, percent};

/// Test examples of a teacher whose answers are drawn, and how far the axes of the answers go.
const POINTS: usize = 300;
const REACH: f64 = 3.0;

/// Points along a side of a square of test digits: all digits of a class fit into one.
const SIDE: i32 = 9;

/// The axis of a teacher's errors: they go over several powers of ten.
const ERRORS: (f64, f64) = (0.001, 10.0);

impl Supervised {
    fn error_axis(&self) -> Axis {
        if self.teacher.is_some() {
            let label = "squared error / variance";
            return Axis::log(label, ERRORS.0, ERRORS.1).percent();
        }
        Axis::linear("wrong answers on the test set", 0.0, 1.0).percent()
    }

    /// The level of answering with the mean, under the curves of a teacher's errors.
    fn with_mean(&self, chart: Chart) -> Chart {
        if self.teacher.is_some() { with_mean(chart, "the mean") } else { chart }
    }

    pub(super) fn course_picture(&self) -> Picture {
        let chart = self.with_mean(self.transfer.course_chart(self.error_axis()));
        let Scores { scratch, pretrained, .. } = self.transfer.scores();
        let what = match self.teacher {
            Some(_) => "squared error divided by the variance of the target",
            None => "wrong answers on the test set",
        };
        let description = format!(
            "{}: {what}, pre-trained {}, from scratch {}.",
            self.transfer.phase(),
            percent(pretrained.test),
            percent(scratch.test)
        );
        let told =
            if self.transfer.tuned() > 0 { description } else { self.transfer.phase() + "." };
        Picture { note: self.transfer.course_note(), description: told, body: Body::Chart(chart) }
    }

    pub(super) fn source_picture(&self) -> Picture {
        let chart = self.with_mean(self.transfer.source_chart(self.error_axis()));
        let error = percent(self.transfer.source_error());
        let description = format!(
            "After {} on the first task the error on test examples of it is {error}.",
            counted(self.transfer.source_done(), "step")
        );
        let picture =
            Picture { note: format!("error {error}"), description, body: Body::Chart(chart) };
        picture.told_once(self.transfer.source_done() > 0)
    }

    pub(super) fn features_picture(&self) -> Picture {
        self.overlap_picture().unwrap_or_else(|| self.transfer.features_picture())
    }

    fn overlap_picture(&self) -> Option<Picture> {
        let has_body = self.transfer.has_body();
        let body = if has_body { &self.transfer.pretrained } else { self.transfer.source() };
        let (pretrained, scratch) = (self.overlaps(body)?, self.overlaps(&self.transfer.scratch)?);
        let ranks = |mut shares: Vec<f64>| {
            shares.sort_by(|a, b| b.total_cmp(a));
            ((1..=shares.len()).map(|rank| rank as f64).collect::<Vec<f64>>(), shares)
        };
        let chance = TEACHER_FEATURES as f64 / TEACHER_INPUTS as f64;
        let (all, all_scratch) = (percent(pretrained.all), percent(scratch.all));
        let ((x, y), (of, shares)) = (ranks(pretrained.neurons), ranks(scratch.neurons));
        let ends = [0.0, x.len() as f64 + 1.0];
        let series = vec![
            Series::level("chance", Role::Theory, ends, chance),
            Series::points("from scratch", Role::Test, of, shares).dashed(),
            Series::points("pre-trained", Role::Test, x, y),
        ];
        let y = Axis::linear("share in the teacher’s plane", 0.0, 1.0).percent();
        let x = Axis::linear("neurons, best first", ends[0], ends[1]);
        let body = Body::chart(x, y, series, Vec::new());
        let note = format!("pre-trained {all}, from scratch {all_scratch}");
        let description = format!(
            "For every hidden neuron, the share of its squared weights that lies along the four \
             directions both tasks rest on: {all} of all weights pre-trained, {all_scratch} from \
             scratch. Random weights would have {}.",
            percent(chance)
        );
        let trained = has_body || self.transfer.source_done() > 0;
        Some(Picture { note, description, body }.told_once(trained))
    }

    /// What a network answers on the test set against what is true.
    pub(super) fn answers_picture(&self, of: Of) -> Picture {
        let Scores { scratch, pretrained } = self.transfer.scores();
        let (score, who, role) = match of {
            Of::Scratch => (scratch, "from scratch", Role::Member),
            Of::Pretrained => (pretrained, "pre-trained", Role::Test),
        };
        let picture = match self.teacher {
            Some(_) => self.scatter_picture(score, who, role),
            None => self.digits_picture(score, who, role),
        };
        picture.told_once(self.transfer.tuned() > 0)
    }

    /// Of a teacher: a point for each of the first test examples.
    fn scatter_picture(&self, score: &TargetScore, who: &str, role: Role) -> Picture {
        let truth = &self.transfer.tasks.target.test.y;
        let (x, y) = (truth[..POINTS].to_vec(), score.y_hat[..POINTS].to_vec());
        let r2 = fixed(1.0 - score.test, 2);
        let note = format!("{} · R² = {r2}", self.learned_from());
        let description = format!(
            "{POINTS} test examples, the answer {who} against what is true: an answer on the line is \
             right. After {} the squared error is {} of the variance: R² is {r2}.",
            self.learned_from(),
            percent(score.test)
        );
        let body = against_truth([-REACH, REACH], "y", Series::points(who, role, x, y));
        Picture { note, description, body }
    }

    /// Of digits: a point for every test digit, in the square of what it is and what is read. Those of a
    /// square fill it from its middle, so that each square has a disc as large as they are many.
    fn digits_picture(&self, score: &TargetScore, who: &str, role: Role) -> Picture {
        let truth = &self.transfer.tasks.target.test.y;
        let inside = from_the_middle();
        let mut filled = [[0usize; HALF]; HALF];
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for (&class, y_hat) in truth.iter().zip(score.y_hat.chunks_exact(HALF)) {
            let (class, read) = (class as usize, most_likely(y_hat));
            let place = filled[class][read];
            filled[class][read] += 1;
            let (across, up) = inside[place % inside.len()];
            x.push((HALF + class) as f64 + across);
            y.push((HALF + read) as f64 + up);
        }
        let note = format!("{} · {} wrong", self.learned_from(), percent(score.test));
        let right: Vec<String> = (0..HALF)
            .map(|class| {
                let all = filled[class].iter().sum::<usize>();
                format!("{} of {all} of class {}", filled[class][class], HALF + class)
            })
            .collect();
        let description = format!(
            "{} test images, what is read {who} against what they are: those on the line are right. \
             After {} {} are read wrong; right are {}.",
            truth.len(),
            self.learned_from(),
            percent(score.test),
            list(&right)
        );
        let ends = [HALF as f64 - 0.5, 2.0 * HALF as f64 - 0.5];
        let body = against_truth(ends, "class", Series::points(who, role, x, y));
        Picture { note, description, body }
    }

    /// "20 examples".
    fn learned_from(&self) -> String {
        counted(self.n_labels as u64, "example")
    }
}

/// Places in a square of side 1, by their distance from its middle.
fn from_the_middle() -> Vec<(f64, f64)> {
    let reach = SIDE / 2;
    let column = |i: i32| (-reach..=reach).map(move |j| (i, j));
    let mut places: Vec<(i32, i32)> = (-reach..=reach).flat_map(column).collect();
    places.sort_by_key(|(i, j)| i * i + j * j);
    let part = |i: i32| f64::from(i) / f64::from(SIDE + 1);
    places.into_iter().map(|(i, j)| (part(i), part(j))).collect()
}

/// Answers against what is true, on two equal axes, with the line on which they are right.
fn against_truth([low, high]: [f64; 2], what: &str, answers: Series) -> Body {
    let ends = vec![low, high];
    let right = Series::line("right", Role::Neutral, ends.clone(), ends).dashed().unlabelled();
    let (x, y) =
        (Axis::linear(format!("true {what}"), low, high), Axis::linear("answer", low, high));
    Body::chart(x, y, vec![answers, right], Vec::new())
}
