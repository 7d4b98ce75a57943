//! What both labs show of the two phases.

use super::transfer::{
    PRETRAINED_ERROR, Plan, SCRATCH_ERROR, SOURCE_ERROR, Scores, Transfer, moved,
};
use crate::data::CANVAS_SIDE;
use crate::figure::{Axis, Body, Chart, Image, Images, Role, Series};
use crate::lab::Picture;
use crate::labs::pixels::{framed, shares_of_largest};
use crate::nn::Network;
use crate::numbers::{counted, percent, percent_to};

/// Neurons whose weights are shown as images.
const SHOWN: usize = 10;

/// The side of an image with its frame.
const FRAMED: usize = CANVAS_SIDE + 2;

impl Transfer {
    /// The test errors of both networks against steps on the target task.
    pub fn course_chart(&self, y: Axis) -> Chart {
        let curves = self.curves();
        let series = if self.has_body() {
            vec![
                curves.line(SCRATCH_ERROR, "from scratch", Role::Test).dashed(),
                curves.line(PRETRAINED_ERROR, "pre-trained", Role::Test),
            ]
        } else {
            Vec::new()
        };
        let planned = self.planned.saturating_sub(self.plan.source_steps);
        let label = format!("step {}", self.plan.on_target);
        let x = Axis { label, ..curves.steps(planned.max(1) as usize) };
        Chart { x, y, map: None, series, events: Vec::new() }
    }

    /// Both test errors or, before there are any, what is waited for.
    pub fn course_note(&self) -> String {
        if !self.has_body() {
            return self.phase();
        }
        let Scores { scratch, pretrained, .. } = self.scores();
        format!("pre-trained {}, from scratch {}", percent(pretrained.test), percent(scratch.test))
    }

    /// What is told of the phase the run is in.
    pub fn phase(&self) -> String {
        let Plan { source_steps, on_source, on_target, .. } = &self.plan;
        if self.has_body() {
            let tuned = counted(self.tuned(), "step");
            return format!("{tuned} {on_target}, after {source_steps} {on_source}");
        }
        let ends = if self.planned <= *source_steps {
            format!("; the run ends at step {}, before there are any {on_target}", self.planned)
        } else {
            String::new()
        };
        format!("waiting: step {} of {source_steps} {on_source}{ends}", self.steps)
    }

    /// The error on the source task against its steps.
    pub fn source_chart(&self, y: Axis) -> Chart {
        let curves = self.source_curves();
        let series = vec![curves.line(SOURCE_ERROR, "test", Role::Test)];
        let label = format!("step {}", self.plan.on_source);
        let x = Axis { label, ..curves.steps(self.plan.source_steps.max(1) as usize) };
        Chart { x, y, map: None, series, events: Vec::new() }
    }

    /// What the first layer looks at: its weights as images.
    pub fn features_picture(&self) -> Picture {
        let (below, after) = match self.moved() {
            None => ("", String::new()),
            Some(moved) => (
                "; below: how far it has moved",
                format!(" Fine-tuning has moved the body by {} of its length.", percent(moved)),
            ),
        };
        let note =
            format!("top: pre-trained; middle: after fine-tuning; bottom: from scratch{below}");
        let description = format!(
            "A column for each of ten neurons of the first layer, its incoming weights as an image: \
             at the top as learned {}, under it after fine-tuning with how far they moved, at the \
             bottom those of the network from scratch.{after}",
            self.plan.on_source
        );
        Picture { note, description, body: Body::Images(self.feature_images()) }
    }

    /// Incoming weights of the first neurons, as images of the canvas: as the first task has them,
    /// after fine-tuning, and from scratch; with how far each has moved in fine-tuning.
    fn feature_images(&self) -> Images {
        let w1 = |network: &Network<f32>| network.weights(0, "w1").expect("a layer").to_f64();
        let (learned, tuned) = match self.handed.first() {
            Some(handed) => (handed.values.clone(), w1(&self.pretrained)),
            None => (w1(self.source()), Vec::new()),
        };
        let scratch = w1(&self.scratch);
        let unit = |weights: &[f64], unit: usize| -> Vec<f64> {
            let pixels = CANVAS_SIDE * CANVAS_SIDE;
            weights.iter().skip(unit * pixels).take(pixels).copied().collect()
        };
        let column = |number: usize| {
            let [learned, tuned, scratch] = [&learned, &tuned, &scratch].map(|w1| unit(w1, number));
            let caption = moved(&learned, &tuned).map_or(String::new(), |by| percent_to(by, 0));
            let images = [learned, tuned, scratch].map(|weights| shares_of_largest(&weights));
            strip(&images, 0.0, caption, Role::Neutral)
        };
        strips(3, (0..SHOWN).map(column).collect())
    }
}

/// A chart of squared errors over the variance, with a line where always answering with the mean is.
pub(super) fn with_mean(mut chart: Chart, name: &str) -> Chart {
    let ends = [chart.x.min, chart.x.max];
    chart.series.insert(0, Series::level(name, Role::Neutral, ends, 1.0).dashed());
    chart
}

/// Images one under the other, each on a canvas with `frame` around it; of no image the canvas is empty.
pub(super) fn strip(images: &[Vec<f64>], frame: f64, caption: String, role: Role) -> Image {
    let mut pixels = vec![frame; FRAMED];
    for image in images {
        // The frame above is the one below the image before.
        pixels.extend_from_slice(&framed(CANVAS_SIDE, &canvas(image), frame)[FRAMED..]);
    }
    Image::new(pixels, caption, role)
}

/// A canvas with a square image in its middle.
fn canvas(image: &[f64]) -> Vec<f64> {
    let side = image.len().isqrt();
    let margin = (CANVAS_SIDE - side) / 2;
    let mut canvas = vec![0.0; CANVAS_SIDE * CANVAS_SIDE];
    for (i, ink) in image.iter().enumerate() {
        canvas[(margin + i / side) * CANVAS_SIDE + margin + i % side] = *ink;
    }
    canvas
}

/// A strip of so many images.
pub(super) fn strips(images: usize, items: Vec<Image>) -> Images {
    Images::new((FRAMED, images * (FRAMED - 1) + 1), items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::pixels::FRAME;

    #[test]
    fn a_strip_has_frames_and_small_images_in_their_middle() {
        let images = [vec![1.0; 144], vec![0.5; 64], Vec::new()];
        let strip = strip(&images, FRAME, String::new(), Role::Neutral);
        assert_eq!(strip.pixels.len(), 14 * 40);
        let at = |row: usize, column: usize| strip.pixels[row * 14 + column];
        assert_eq!([at(0, 5), at(13, 5), at(26, 5), at(39, 5), at(20, 0)], [FRAME; 5]);
        assert_eq!([at(1, 1), at(12, 12)], [1.0, 1.0]);
        assert_eq!(
            [at(14, 6), at(15, 6), at(16, 3), at(16, 2), at(30, 6)],
            [0.0, 0.0, 0.5, 0.0, 0.0]
        );
    }
}
