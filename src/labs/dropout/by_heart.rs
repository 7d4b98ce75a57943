//! The digits with wrong labels, and which of those labels a network has learned by heart.

use super::overfitting::Overfitting;
use crate::data::{DIGIT_SIDE, Mislabelled};
use crate::figure::{Body, Handle, Image, Images, Role};
use crate::lab::Picture;
use crate::nn::most_likely;
use crate::numbers::percent_to;

/// The most images shown, small ones and larger ones; of more, the first.
const MOST: [usize; 2] = [90, 28];

impl Overfitting {
    pub(super) fn by_heart_picture(&self) -> Picture {
        self.wall(self.arms.own)
    }

    pub(super) fn by_heart_plain_picture(&self) -> Picture {
        self.wall(self.arms.baseline)
    }

    /// An image is pressed to be told of.
    pub(super) fn by_heart_handles(&self) -> Vec<Handle> {
        let number = self.settings.whole("looked_at");
        let number = if number <= self.wrong.len() { number } else { 0 };
        let state = if number == 0 { "none".to_string() } else { format!("image {number}") };
        let handle = Handle::cells("Image looked at", state, "looked_at", number);
        if self.wrong.is_empty() { Vec::new() } else { vec![handle] }
    }

    fn most_shown(&self) -> usize {
        MOST[usize::from(self.side > DIGIT_SIDE)]
    }

    /// The wrong labels, and what an arm answers: lit where it answers what the label says.
    fn wall(&self, arm: usize) -> Picture {
        if self.wrong.is_empty() {
            return Picture::empty("No label is wrong.");
        }
        let answers = self.answers(arm);
        let learned = |&(one, answer): &(Mislabelled, usize)| answer == self.label(one);
        let looked_at = self.settings.whole("looked_at");
        let name = |class: usize| self.classes[class].as_str();
        let most = self.most_shown();
        let image = |(place, pair): (usize, &(Mislabelled, usize))| {
            let (lit, (one, answer)) = (learned(pair), *pair);
            let role = if lit { Role::Negative } else { Role::Neutral };
            let [truth, label, answer] = [one.truth, self.label(one), answer].map(&name);
            let caption = format!("{truth} as {label}: {answer}");
            let image = Image::new(self.train.row(one.row).to_vec(), caption, role);
            Image { lit, ringed: place + 1 == looked_at, ..image }
        };
        let items = answers.iter().take(most).enumerate().map(image).collect();
        let (all, count) = (answers.len(), answers.iter().filter(|pair| learned(pair)).count());
        let right = answers.iter().filter(|(one, answer)| *answer == one.truth).count();
        let arm = self.name(arm);
        let note = match looked_at.checked_sub(1).and_then(|place| answers.get(place)) {
            Some(&(one, answer)) => {
                let [truth, label, answer] = [one.truth, self.label(one), answer].map(&name);
                format!("{count} of {all}; {truth} labelled {label}: answers {answer}")
            }
            None => format!("{arm}: agrees with {count} of {all}"),
        };
        let shown =
            if all > most { format!(" The first {most} are shown.") } else { String::new() };
        let description = format!(
            "The images with wrong labels, and the network with {arm}. It agrees with {count} of {all} \
             of the labels ({}): those images have an orange ground. {right} it reads as what they \
             are.{shown}",
            percent_to(count as f64 / all as f64, 0),
        );
        let body = Body::Images(Images::new((self.side, self.side), items));
        Picture { note, description, body }.told_once(self.steps() > 0)
    }

    /// What an arm answers to every example with a wrong label.
    fn answers(&self, arm: usize) -> Vec<(Mislabelled, usize)> {
        let rows = self.wrong.iter().flat_map(|one| self.train.row(one.row));
        let x: Vec<f64> = rows.copied().collect();
        let y_hat = self.arms.all[arm].course.now().predict(&x).expect("the lab's own examples");
        let answers = y_hat.chunks_exact(self.classes.len()).map(most_likely);
        self.wrong.iter().copied().zip(answers).collect()
    }

    /// The label that a wrongly labelled example has.
    fn label(&self, one: Mislabelled) -> usize {
        self.train.y[one.row] as usize
    }
}
