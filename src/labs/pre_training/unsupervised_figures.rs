//! What the lab of pre-training without labels shows.

use super::dragged::{ALL_PLACES, MAP_SIDE};
use super::transfer_figures::{strip, strips, with_mean};
use super::unsupervised::Unsupervised;
use crate::data::{CANVAS_SIDE, DIGIT_CLASSES};
use crate::figure::{Axis, Body, Image, Images, Role};
use crate::lab::Picture;
use crate::labs::pixels::FRAME;
use crate::numbers::{counted, fixed, percent};

impl Unsupervised {
    pub(super) fn course_picture(&self) -> Picture {
        let scores = self.transfer.scores();
        let y = Axis::linear("wrong answers on the test set", 0.0, 1.0).percent();
        let body = Body::Chart(self.transfer.course_chart(y));
        let description = format!(
            "{}: the pre-trained network gets {} of the test images wrong, the one from scratch {}.",
            self.transfer.phase(),
            percent(scores.pretrained.test),
            percent(scores.scratch.test)
        );
        let told =
            if self.transfer.tuned() > 0 { description } else { self.transfer.phase() + "." };
        Picture { note: self.transfer.course_note(), description: told, body }
    }

    /// The row of the first digit of every class.
    fn shown(&self) -> Vec<usize> {
        let first = |class| self.classes.iter().position(|&y| y == class as f64);
        (0..DIGIT_CLASSES).filter_map(first).collect()
    }

    pub(super) fn drawings_picture(&self) -> Picture {
        let (task, pixels) = (&self.transfer.tasks.source, CANVAS_SIDE * CANVAS_SIDE);
        let shown = self.shown();
        let x: Vec<f64> =
            shown.iter().flat_map(|row| &task.test.x[row * pixels..][..pixels]).copied().collect();
        let drawn = self.transfer.source().predict(&x).expect("the lab's own digits");
        let tuned = self.drawn_by_tuned();
        let one = |(place, row): (usize, &usize)| -> Image {
            // Ink is between none and full, whatever a linear output says.
            let ink = |pixel: &f64| pixel.clamp(0.0, 1.0);
            let cut = |list: &[f64], at: usize| {
                list[at * task.outputs..][..task.outputs].iter().map(ink).collect()
            };
            let images = [
                x[place * pixels..][..pixels].to_vec(),
                cut(&drawn, place),
                tuned.map_or(Vec::new(), |tuned| cut(tuned, *row)),
            ];
            strip(&images, FRAME, format!("{}", self.classes[*row]), Role::Neutral)
        };
        let items: Vec<Image> = shown.iter().enumerate().map(one).collect();
        let (left, tuned_error) = (self.transfer.source_error(), self.tuned_error());
        let note = "top: sees; middle: draws; bottom: after fine-tuning".to_string();
        let after = tuned_error.map_or(String::new(), |error| {
            format!(" From the fine-tuned features the same decoder has {}.", percent(error))
        });
        let description = format!(
            "A column for each of ten test images: at the top what the network sees, under it what \
             the autoencoder draws, at the bottom what its decoder draws after fine-tuning. On test \
             images it has {} of the squared error of always drawing their mean.{after}",
            percent(left)
        );
        let body = Body::Images(strips(3, items));
        Picture { note, description, body }.told_once(self.transfer.source_done() > 0)
    }

    pub(super) fn pretext_picture(&self) -> Picture {
        let error = self.transfer.source_error();
        let y = Axis::log("squared error / that of the mean image", 0.1, 10.0).percent();
        let body = Body::Chart(with_mean(self.transfer.source_chart(y), "the mean image"));
        let description = format!(
            "After {} without a label the autoencoder has {} of the squared error of always \
             drawing the mean image.",
            counted(self.transfer.source_done(), "step"),
            percent(error)
        );
        let picture = Picture { note: format!("error {}", percent(error)), description, body };
        picture.told_once(self.transfer.source_done() > 0)
    }

    /// The digit where it was dragged to, and what the autoencoder draws of it.
    pub(super) fn placed_picture(&self) -> Picture {
        let dragged = &self.dragged;
        let seen = dragged.seen();
        let drawn = self.transfer.source().predict(&seen).expect("the lab's own digit");
        let drawn: Vec<f64> = drawn.iter().map(|ink| ink.clamp(0.0, 1.0)).collect();
        let (digit, drawing) = (dragged.away(), dragged.drawing_away(&drawn));
        let image = |pixels: Vec<f64>, caption: &str| {
            strip(&[pixels], FRAME, caption.to_string(), Role::Neutral)
        };
        let items = vec![image(seen, "it sees"), image(drawn, "it draws")];
        let [far, drawn_far] = [digit, drawing].map(|(x, y)| fixed(libm::hypot(x, y), 1));
        let note = format!("image {far} pixels off, drawing {drawn_far}");
        let description = format!(
            "The {} on the canvas is off the middle by {}. What the autoencoder draws of it is off by \
             {}.",
            dragged.digit,
            moved(digit),
            moved(drawing)
        );
        let body = Body::Images(strips(1, items));
        Picture { note, description, body }.told_once(self.transfer.source_done() > 0)
    }

    /// What both classifiers answer, where the digit stands and at every other place.
    pub(super) fn places_picture(&self) -> Picture {
        let digit = self.dragged.digit;
        let [scratch, pretrained] = self.dragged.answered(&self.transfer);
        let note = format!(
            "right at {} and at {} of {ALL_PLACES} places",
            scratch.right, pretrained.right
        );
        let description = format!(
            "For the image of class {digit}, where it stands, the network from scratch answers {}, the pre-trained one \
             {}. At {} of all {ALL_PLACES} places the one from scratch is right, the pre-trained one at \
             {}. Of ten images at all places the one from scratch reads {} of {} right, the pre-trained \
             one {}.",
            scratch.here,
            pretrained.here,
            scratch.right,
            pretrained.right,
            scratch.right_of_all,
            DIGIT_CLASSES * ALL_PLACES,
            pretrained.right_of_all
        );
        let images = Images::new((MAP_SIDE, MAP_SIDE), vec![scratch.map, pretrained.map]);
        // Blue and orange, even where no place is wrong.
        let body = Body::Images(Images { signed: true, ..images });
        Picture { note, description, body }.told_once(self.transfer.tuned() > 0)
    }
}

/// How far something is moved: "2.0 pixels to the right and 1.0 up".
fn moved((right, down): (f64, f64)) -> String {
    let sideways = if right < 0.0 { "left" } else { "right" };
    let upright = if down < 0.0 { "up" } else { "down" };
    format!(
        "{} pixels to the {sideways} and {} {upright}",
        fixed(right.abs(), 1),
        fixed(down.abs(), 1)
    )
}
