//! The lab's picture: one sequence, and what both networks would answer after every step of it.

use super::reading::{Reading, letters};
use super::{Arms, Rnn};
use crate::figure::{Answer, Body, Event, Handle, Strip, StripMark, Strips};
use crate::lab::Picture;
use crate::numbers::fixed;

impl Rnn {
    /// The sequence as keys, the right answers, and the answers of both networks under them.
    pub(super) fn readout_picture(&self) -> Picture {
        let (Arms { shared, unshared }, now) = (self.readings(), self.time());
        let (x, length) = (self.sequence(), self.settings.whole("length"));
        let right: Vec<f64> = (1..=x.len()).map(|step| self.right(step)).collect();
        let answers = [
            self.answers("tied weights", shared, &right),
            self.answers("separate weights", unshared, &right),
        ];
        let [of_shared, of_unshared] = answers.each_ref().map(|row| row.count(Answer::Wrong));
        let description = format!(
            "{}, read step by step: the answer of the tied network has the wrong sign after \
             {of_shared} of {} steps, that of the network with separate weights after {of_unshared}. \
             They were trained on sequences of {length}. After step {now} they say {} and {}; the right \
             answer is {}.",
            self.told(),
            x.len(),
            fixed(shared.y_hat[now - 1], 2),
            fixed(unshared.y_hat[now - 1], 2),
            fixed(right[now - 1], 0)
        );
        let mut rows = vec![
            Strip::of("the sequence", "press a cell to change it", StripMark::Keys, x.to_vec()),
            Strip::of("right answer", "the last that is not 0", StripMark::Cells, right),
        ];
        rows.extend(answers);
        let end = Event { x: length as f64, label: "trained up to here".to_string() };
        let body = Body::Strips(Strips {
            item: "step".to_string(),
            columns: x.len(),
            rows,
            now: Some(now),
            reach: 0,
            events: if length < x.len() { vec![end] } else { Vec::new() },
        });
        Picture { note: self.told(), description, body }.told_once(self.steps > 0)
    }

    /// Every cell of the sequence is a key: 0 becomes +, + becomes − and − becomes 0; and the cell that is
    /// pressed is the one that is looked at.
    pub(super) fn keys(&self) -> Vec<Handle> {
        let (x, now) = (self.sequence(), self.time());
        let pressed = |step: usize| {
            let mut written = x.to_vec();
            written[step] = match x[step] {
                0.0 => 1.0,
                plus if plus > 0.0 => -1.0,
                _ => 0.0,
            };
            letters(&written)
        };
        let state =
            format!("{} at step {now} of {}; Enter changes it", fixed(x[now - 1], 0), x.len());
        let keys = Handle::cells("The sequence, step by step", state, "time", now);
        vec![keys.each("written", (0..x.len()).map(pressed).collect())]
    }

    /// Where the sequence comes from.
    fn told(&self) -> String {
        if self.written.is_empty() {
            format!("Test sequence {}", self.settings.whole("sequence"))
        } else {
            "A sequence of your own".to_string()
        }
    }

    /// What one network answers, and how often it is wrong, within the trained length and beyond it.
    fn answers(&self, name: &str, reading: &Reading, right: &[f64]) -> Strip {
        let said = |(y_hat, right): (&f64, &f64)| match y_hat * right {
            _ if *right == 0.0 => Answer::Open,
            same if same > 0.0 => Answer::Right,
            _ => Answer::Wrong,
        };
        let answers: Vec<Answer> = reading.y_hat.iter().zip(right).map(said).collect();
        let wrong =
            |answers: &[Answer]| answers.iter().filter(|one| **one == Answer::Wrong).count();
        let length = self.settings.whole("length").min(answers.len());
        let (within, beyond) = answers.split_at(length);
        let mut note = format!("wrong: {} of {length}", wrong(within));
        if !beyond.is_empty() {
            note += &format!(", then {} of {}", wrong(beyond), beyond.len());
        }
        Strip { answers, ..Strip::of(name, note, StripMark::Cells, reading.y_hat.clone()) }
    }
}
