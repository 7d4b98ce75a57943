//! What the lab of supervised pre-training shows.

use super::supervised::Supervised;
use super::tasks::HALF;
use super::transfer::Scores;
use super::transfer_figures::{strip, strips, with_mean};
use crate::data::{CANVAS_SIDE, TEACHER_FEATURES, TEACHER_INPUTS};
use crate::figure::{Axis, Body, Chart, Image, Role, Series};
use crate::lab::Picture;
use crate::labs::pixels::FRAME;
use crate::nn::most_likely;
use crate::numbers::{counted, percent};

/// Test examples whose answers are drawn as points, and as images.
const POINTS: usize = 300;
const IMAGES: usize = 10;
const A_CLASS: usize = IMAGES / HALF;

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

    pub(super) fn answers_picture(&self) -> Picture {
        if self.teacher.is_some() { self.scatter_picture() } else { self.read_picture() }
    }

    fn scatter_picture(&self) -> Picture {
        let truth = &self.transfer.tasks.target.test.y;
        let Scores { scratch, pretrained, .. } = self.transfer.scores();
        let cloud = |y_hat: &[f64], name: &str, role: Role| {
            let (x, y) = (truth[..POINTS].to_vec(), y_hat[..POINTS].to_vec());
            Series::points(name, role, x, y)
        };
        let reach = 3.0;
        let diagonal = vec![-reach, reach];
        let series = vec![
            cloud(&scratch.y_hat, "from scratch", Role::Member),
            cloud(&pretrained.y_hat, "pre-trained", Role::Test),
            Series::line("right", Role::Neutral, diagonal.clone(), diagonal).dashed(),
        ];
        let (x, y) = (Axis::linear("true y", -reach, reach), Axis::linear("ŷ", -reach, reach));
        let body = Body::chart(x, y, series, Vec::new());
        let description = format!(
            "{POINTS} test examples: what the networks say against what is true. On the line an \
             answer is right. Squared errors over the variance: pre-trained {}, from scratch {}.",
            percent(pretrained.test),
            percent(scratch.test)
        );
        Picture { note: String::new(), description, body }.told_once(self.transfer.tuned() > 0)
    }

    /// The rows of the first two test digits of every class.
    fn shown(&self) -> Vec<usize> {
        let y = &self.transfer.tasks.target.test.y;
        let of_class = |class: usize| (0..y.len()).filter(move |&row| y[row] == class as f64);
        (0..HALF).flat_map(|class| of_class(class).take(A_CLASS)).collect()
    }

    fn read_picture(&self) -> Picture {
        let (test, pixels) = (&self.transfer.tasks.target.test, CANVAS_SIDE * CANVAS_SIDE);
        let Scores { scratch, pretrained, .. } = self.transfer.scores();
        let read = |y_hat: &[f64], row: usize| HALF + most_likely(&y_hat[row * HALF..][..HALF]);
        let one = |row: usize| -> Image {
            let (scratch, pretrained) = (read(&scratch.y_hat, row), read(&pretrained.y_hat, row));
            let class = HALF + test.y[row] as usize;
            let role = if pretrained == class { Role::Neutral } else { Role::Test };
            let caption = format!("{class}: {pretrained}, {scratch}");
            strip(&[test.x[row * pixels..][..pixels].to_vec()], FRAME, caption, role)
        };
        let items: Vec<Image> = self.shown().into_iter().map(one).collect();
        let captions: Vec<&str> = items.iter().map(|item| item.caption.as_str()).collect();
        let description = format!(
            "Ten test digits, with what they are, what the pre-trained network reads and what the \
             one from scratch reads: {}.",
            captions.join("; ")
        );
        let note = "digit: pre-trained, from scratch".to_string();
        let body = Body::Images(strips(1, items));
        Picture { note, description, body }.told_once(self.transfer.tuned() > 0)
    }
}
