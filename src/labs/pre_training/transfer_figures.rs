//! What both labs show of the two phases.

use super::transfer::Transfer;
use crate::data::CANVAS_SIDE;
use crate::figure::{Axis, Body, Chart, Figure, FigureSpec, Image, Images, Role, Run, Series};
use crate::nn::Parameter;
use crate::numbers::{counted, percent, percent_to};

/// Neurons whose weights are shown as images.
const SHOWN: usize = 10;

/// The ink of the frames round the images of a strip.
pub(super) const FRAME: f64 = 0.25;

/// The side of an image with its frame.
pub(super) const FRAMED: usize = CANVAS_SIDE + 2;

impl Transfer {
    /// The test errors of both networks against steps on the target task.
    pub fn course_chart(&self, y: Axis) -> Chart {
        let (now, test) = (self.tuned() as f64, self.scores().test);
        let line = |curve: usize, name: &str, run: Run| {
            self.course.series(curve, name, Role::Test, run, (now, test[curve]))
        };
        let series = if self.has_body() {
            vec![line(0, "from scratch", Run::B), line(1, "pre-trained", Run::A)]
        } else {
            Vec::new()
        };
        let planned = self.planned.saturating_sub(self.source_steps) as f64;
        let x = Axis::linear(format!("step {}", self.words[1]), 0.0, planned.max(now).max(1.0));
        Chart { x, y, map: None, series, events: Vec::new() }
    }

    /// What is told of the phase the run is in.
    pub fn phase(&self) -> String {
        let ([first, then], steps) = (self.words, self.source_steps);
        if self.has_body() {
            return format!("{} {then}, after {steps} {first}", counted(self.tuned(), "step"));
        }
        let ends = if self.planned <= steps {
            format!("; the run ends at step {}, before there are any {then}", self.planned)
        } else {
            String::new()
        };
        format!("waiting: step {} of {steps} {first}{ends}", self.steps)
    }

    /// The error on the source task against its steps.
    pub fn source_chart(&self, y: Axis) -> Chart {
        let now = self.steps.min(self.source_steps) as f64;
        let at = (now, self.source_error());
        let series = vec![self.source_course.series(0, "test", Role::Test, Run::A, at)];
        let x = Axis::linear(
            format!("step {}", self.words[0]),
            0.0,
            (self.source_steps as f64).max(1.0),
        );
        Chart { x, y, map: None, series, events: Vec::new() }
    }

    /// What the first layer looks at: its weights as images.
    pub fn features_figure(&self, specs: &[FigureSpec]) -> Figure {
        let moved = self.scores().moved;
        let order = "top: pre-trained; middle: after fine-tuning; bottom: from scratch";
        let below = if moved.is_nan() { "" } else { "; below: how far it has moved" };
        let after = if moved.is_nan() {
            String::new()
        } else {
            format!(" Fine-tuning has moved the body by {} of its length.", percent(moved))
        };
        let description = format!(
            "A column for each of ten neurons of the first layer, its incoming weights as an image: \
             at the top as learned {}, under it after fine-tuning with how far they moved, at the \
             bottom those of the network from scratch.{after}",
            self.words[0]
        );
        let body = Body::Images(self.feature_images());
        Figure::of(specs, "features", format!("{order}{below}"), description, body)
    }

    /// Incoming weights of the first neurons, as images of the canvas: as the first task has them,
    /// after fine-tuning, and from scratch; with how far each has moved in fine-tuning.
    fn feature_images(&self) -> Images {
        let handed = if self.has_body() { self.handed.clone() } else { self.body(&self.source) };
        let tuned = if self.has_body() { self.body(&self.pretrained) } else { Vec::new() };
        let scratch = self.body(&self.scratch);
        let unit = |body: &[Parameter], unit: usize| -> Vec<f64> {
            let pixels = CANVAS_SIDE * CANVAS_SIDE;
            let first = body.first().map_or(&[][..], |w1| &w1.values);
            first.iter().skip(unit * pixels).take(pixels).copied().collect()
        };
        let column = |number: usize| {
            let bodies = [&handed, &tuned, &scratch].map(|body| unit(body, number));
            let caption =
                moved(&bodies[0], &bodies[1]).map_or(String::new(), |moved| percent_to(moved, 0));
            strip(&bodies.map(|weights| signed(&weights)), 0.0, caption, Role::Neutral)
        };
        let items = (0..SHOWN).map(column).collect();
        Images { width: FRAMED, height: 3 * (FRAMED - 1) + 1, items }
    }
}

/// A chart of squared errors over the variance, with a line where always answering with the mean is.
pub(super) fn with_mean(mut chart: Chart, name: &str) -> Chart {
    let ends = vec![chart.x.min, chart.x.max];
    chart.series.insert(0, Series::line(name, Role::Theory, ends, vec![1.0, 1.0]));
    chart
}

/// How far a list of weights has moved, as a share of its length.
fn moved(from: &[f64], to: &[f64]) -> Option<f64> {
    let square: f64 = from.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum();
    (from.len() == to.len()).then(|| (square / from.iter().map(|w| w * w).sum::<f64>()).sqrt())
}

/// Weights as shares of the largest.
fn signed(weights: &[f64]) -> Vec<f64> {
    let largest = weights.iter().fold(f64::MIN_POSITIVE, |largest, w| w.abs().max(largest));
    weights.iter().map(|w| w / largest).collect()
}

/// Images of the canvas, one under the other, with `frame` around them; an empty one leaves its frame
/// empty, and a smaller one stands in the middle.
pub(super) fn strip(images: &[Vec<f64>], frame: f64, caption: String, role: Role) -> Image {
    let mut pixels = vec![frame; FRAMED * (images.len() * (FRAMED - 1) + 1)];
    for (number, image) in images.iter().enumerate() {
        let side = (image.len() as f64).sqrt() as usize;
        let margin = (CANVAS_SIDE - side) / 2;
        for row in 0..CANVAS_SIDE {
            for column in 0..CANVAS_SIDE {
                let within = |at: usize| at >= margin && at < margin + side;
                let ink = if within(row) && within(column) {
                    image[(row - margin) * side + column - margin]
                } else {
                    0.0
                };
                let top = number * (FRAMED - 1) + 1;
                pixels[(top + row) * FRAMED + column + 1] = ink;
            }
        }
    }
    Image { pixels, caption, role }
}

/// A strip of so many images.
pub(super) fn strips(images: usize, items: Vec<Image>) -> Images {
    Images { width: FRAMED, height: images * (FRAMED - 1) + 1, items }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn colours_keep_the_sign_of_weights() {
        assert_eq!(signed(&[-2.0, 0.0, 1.0]), [-1.0, 0.0, 0.5]);
        assert_eq!(moved(&[3.0, 4.0], &[3.0, 9.0]), Some(1.0));
        assert_eq!(moved(&[3.0, 4.0], &[]), None);
    }
}
