//! The lab's picture: what the three networks answer, wherever the motif or the digit stands.

use super::{Arms, Cnn};
use crate::figure::{Answer, Body, Handle, Place, Strip, StripMark, Strips};
use crate::lab::Picture;

/// An input of a signal this large has a bar of the full height.
const FULL: f64 = 1.75;

impl Cnn {
    /// The signal over a row of lamps for each network: every lamp stands where the middle of the motif
    /// would, and is lit where the network would still know it.
    pub(super) fn answers_picture(&self) -> Picture {
        let (problem, across) = (&self.problem, self.problem.across());
        let thing = self.thing();
        let Arms { shared, local, dense } = self.everywhere();
        let lamps = [
            self.lamps("convolutional", shared),
            self.lamps("locally connected", local),
            self.lamps("fully connected", dense),
        ];
        let told: Vec<String> =
            lamps.iter().map(|row| format!("the {} network is {}", row.name, row.note)).collect();
        let places = across - problem.width() + 1;
        let description = format!(
            "An example of {thing}, {}. Moved to each of the {places} places at which it is whole, {}.",
            self.moved(),
            told.join(", ")
        );
        let mut rows = Vec::new();
        if problem.down() == 1 {
            let x = self.shown().x.clone();
            let signal = Strip::of("the signal", "drag its motif", StripMark::Bars, x);
            rows.push(Strip { full: FULL, ..signal });
        }
        rows.extend(lamps);
        let now = self.middle();
        let body = Body::Strips(Strips {
            item: if problem.down() == 1 { "place" } else { "column" }.to_string(),
            columns: across,
            rows,
            now: Some(now + 1),
            reach: problem.width() / 2,
            events: Vec::new(),
        });
        let note = format!("{thing}, {}", self.moved());
        Picture { note, description, body }.told_once(self.steps > 0)
    }

    /// The motif is dragged along its signal; a digit in its own figure.
    pub(super) fn motif_handle(&self) -> Vec<Handle> {
        if self.problem.down() > 1 {
            return Vec::new();
        }
        let (now, shift) = (self.middle(), self.settings.whole("shift"));
        let state = format!("place {}, {}", now + 1, self.moved());
        let handle = Handle::press("Move the motif", state, Place::Item(now));
        vec![handle.across("shift", shift as f64, 1.0).wrapping()]
    }

    /// The column of the middle of the motif or the digit, from 0.
    fn middle(&self) -> usize {
        let (problem, shift) = (&self.problem, self.settings.whole("shift"));
        (problem.column(self.example(), shift) + problem.width() / 2) % problem.across()
    }

    /// A network's lamps, and at how many places it is right. Where the two ends cut the motif or the
    /// digit in two, there is nothing to know.
    fn lamps(&self, name: &str, classes: &[usize]) -> Strip {
        let (problem, across) = (&self.problem, self.problem.across());
        let (width, class) = (problem.width(), self.shown().class);
        let mut answers = vec![Answer::Open; across];
        for (shift, answer) in classes.iter().enumerate() {
            let first = problem.column(self.example(), shift);
            if first + width <= across {
                let right = *answer == class;
                answers[first + width / 2] = if right { Answer::Right } else { Answer::Wrong };
            }
        }
        let row = Strip { answers, ..Strip::of(name, "", StripMark::Lamps, Vec::new()) };
        let (right, wrong) = (row.count(Answer::Right), row.count(Answer::Wrong));
        Strip { note: format!("right at {right} of {} places", right + wrong), ..row }
    }
}
