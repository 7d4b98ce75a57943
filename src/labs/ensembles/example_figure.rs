//! One example of the test set as a picture: a triangle, whose truth is dragged to other examples.

use super::members::Member;
use super::networks::Ensemble;
use super::one_example::{self, OneExample, range};
use crate::figure::{Body, Handle, Place};
use crate::lab::Picture;
use crate::numbers::fixed;

impl Ensemble {
    /// How many examples there are to look at, and the place of the one that is, from 1.
    fn places(&self) -> (usize, usize) {
        let places = one_example::places(&self.problem);
        (places, self.settings.whole("example").min(places))
    }

    /// The example that is looked at.
    fn one_example(&self) -> OneExample {
        let predictions: Vec<&[f64]> = self.members.iter().map(Member::predictions).collect();
        OneExample::of(&self.problem, &predictions, self.places().1)
    }

    /// The truth is dragged to other examples: over the whole line, all there are.
    pub(super) fn other_examples(&self) -> Vec<Handle> {
        let ((places, place), x) = (self.places(), self.one_example().y);
        let name = match self.settings.choice("dataset") {
            "diabetes" => "Truth, patient by patient",
            "digits" | "own" => "Truth, image by image",
            _ => "Truth, example by example",
        };
        // Of classes all truths are 1: over the whole line, from 0 to 1, there are all images.
        let (low, high) = range(&self.problem.y);
        let truth = Handle::press(name, format!("number {place}"), Place::Point { x, y: 0.0 });
        vec![truth.across("example", place as f64, places as f64 / (high - low))]
    }

    pub(super) fn example_picture(&self) -> Picture {
        let (one, (places, place)) = (self.one_example(), self.places());
        let what = match self.settings.choice("dataset") {
            "diabetes" => format!("patient {place}"),
            "digits" | "own" => format!("image {place}, class {}", one.class.unwrap_or(0)),
            _ => format!("example {place}"),
        };
        let off = one.average() - one.y;
        // of three rounded numbers the third is what the other two leave, so that the sum can be checked
        let [alone, square] = [one.alone(), off * off].map(|square| (square * 1e3).round() / 1e3);
        let [alone, square, ambiguity] =
            [alone, square, alone - square].map(|square| fixed(square, 3));
        let note =
            format!("{what}: average’s {square} = a network’s {alone} − ambiguity {ambiguity}");
        let description = format!(
            "Of {places} in order of the truth, {what}. The truth is {}; the networks answer {} to {}, {} \
             on average. The squared error of their average is {square}: a network’s, {alone} on \
             average, less their ambiguity, {ambiguity}, the mean squared distance from their average.",
            fixed(one.y, 3),
            fixed(one.y_hat.iter().copied().fold(f64::INFINITY, f64::min), 3),
            fixed(one.y_hat.iter().copied().fold(f64::NEG_INFINITY, f64::max), 3),
            fixed(one.average(), 3)
        );
        let (x, y) = one.axes(&self.problem.y);
        let answers = one.answers().into_iter().filter(|series| !series.x.is_empty());
        let series = answers.chain(one.triangle()).collect();
        let body = Body::chart(x, y, series, Vec::new());
        Picture { note, description, body }.told_once(self.steps > 0)
    }
}
