//! The wall: every smaller network's answer to the chosen image, within that of the one pass.
//!
//! Its cells are all masks in order. The neurons are shared out: which of the first half are kept says
//! the row, which of the others the column; so the last cell is the whole network, scaled, and the first
//! one has no hidden neuron left.

use super::Subnetworks;
use super::average::Mean;
use super::smaller::Whole;
use crate::figure::{Body, Handle, Heat, Wall};
use crate::lab::Picture;
use crate::nn::{all_masks, most_likely};
use crate::numbers::{counted, percent, whole};

/// What has been answered to one image.
struct Answers {
    /// Of every mask in order by how much the right class leads; not a number where it has not voted.
    leads: Vec<f64>,
    /// The mean of the probabilities of those that have voted, each times its chance.
    mean: Mean,
}

/// By how much the probability of a class is above the largest of the others: above 0 where it is the
/// answer.
fn lead(y_hat: &[f64], class: usize) -> f64 {
    let others = y_hat.iter().enumerate().filter(|&(other, _)| other != class);
    y_hat[class] - others.map(|(_, &y_hat)| y_hat).fold(f64::NEG_INFINITY, f64::max)
}

/// Where a mask stands among all of them.
fn place(kept: &[bool]) -> usize {
    kept.iter().fold(0, |place, &kept| 2 * place + usize::from(kept))
}

impl Subnetworks {
    /// The mask that is chosen, if any is: of all of them in order, from 1.
    pub(super) fn chosen(&self) -> Option<Vec<bool>> {
        let number = self.settings.whole("subnetwork").checked_sub(1)?;
        all_masks(self.networks.dropout.units).nth(number)
    }

    fn answers(&self, asked: &Whole) -> Answers {
        let units = self.networks.dropout.units;
        let mut answers = Answers { leads: vec![f64::NAN; 1 << units], mean: Mean::default() };
        let mut y_hat = Vec::new();
        for voter in &self.votes.voters[..self.votes.counted()] {
            asked.ask_probabilities(&voter.kept, &mut y_hat);
            answers.leads[place(&voter.kept)] = lead(&y_hat, self.class());
            answers.mean.add(voter.chance, &y_hat);
        }
        answers
    }

    pub(super) fn wall_picture(&self) -> Picture {
        let (asked, class) = (self.asked(), self.class());
        let (answers, one) = (self.answers(&asked), asked.one_pass().y_hat);
        let units = self.networks.dropout.units;
        let last = self.votes.last().filter(|_| !self.votes.complete());
        let ringed = self.chosen().or_else(|| last.map(|voter| voter.kept.clone()));
        let wall = Wall {
            frame: lead(&one, class),
            ringed: ringed.as_deref().map(place),
            image: self.image().to_vec(),
        };
        let items = ["kept of the first half", "kept of the others"];
        let shape = (1 << (units / 2), 1 << units.div_ceil(2));
        let (note, description) = self.wall_in_words(&answers, &one);
        let heat = Heat::new("lead of the right answer", items, shape, 0.5, answers.leads);
        let body = Body::Heat(Heat { wall: Some(wall), ..heat });
        Picture { note, description, body }.told_once(self.steps > 0)
    }

    /// A press on a cell chooses that network.
    pub(super) fn wall_cells(&self) -> Vec<Handle> {
        // with fewer neurons than a link was made for there are fewer networks
        let number = self.chosen().map_or(0, |kept| place(&kept) + 1);
        let state =
            if number == 0 { "none is chosen".to_string() } else { format!("number {number}") };
        vec![Handle::cells("Network inspected", state, "subnetwork", number)]
    }

    fn wall_in_words(&self, answers: &Answers, one: &[f64]) -> (String, String) {
        let say = |y_hat: &[f64]| {
            let answer = most_likely(y_hat);
            format!("{answer} with {}", percent(y_hat[answer]))
        };
        let (class, voted, one) = (self.class(), self.votes.counted(), say(one));
        let (number, chosen) = (self.place(), self.chosen_in_words());
        if voted == 0 {
            let note = format!("class {class}; {}", self.waited_for());
            let description = format!(
                "Test image number {number}, class {class}. No smaller network has voted yet; \
                 one pass says {one}.{chosen}"
            );
            return (note, description);
        }
        let right = answers.leads.iter().filter(|&&lead| lead > 0.0).count();
        let [right, voted] = [right, voted].map(|count| whole(count as u64));
        // their average weights them by how likely dropout makes them
        let alike = if self.settings.real("keep_prob") == 0.5 { "" } else { ", each counted once" };
        let note = format!("class {class}: {right} of {voted} right{alike}");
        let description = format!(
            "Test image number {number}, class {class}. A cell for every smaller network, \
             blue where its answer is right, orange where it is wrong: {right} of the {voted} that \
             have voted are right. Their average says {}; the frame is the answer of the whole network \
             in one pass, {one}.{chosen}",
            say(&answers.mean.so_far())
        );
        (note, description)
    }

    /// Which neurons the chosen network keeps, what it says, and how often it is wrong.
    fn chosen_in_words(&self) -> String {
        let Some(kept) = self.chosen() else { return String::new() };
        let mut y_hat = Vec::new();
        self.asked().ask_probabilities(&kept, &mut y_hat);
        let answer = most_likely(&y_hat);
        let voted = &self.votes.voters[..self.votes.counted()];
        let error = match voted.iter().position(|voter| voter.kept == kept) {
            Some(place) => {
                format!(" (wrong on {} of the test set)", percent(self.votes.average.errors[place]))
            }
            None => String::new(),
        };
        let neurons = kept.iter().filter(|&&kept| kept).count() as u64;
        format!(
            " The ringed one keeps {} and says {answer} with {}{error}.",
            counted(neurons, "hidden neuron"),
            percent(y_hat[answer])
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DIGIT_CLASSES;

    #[test]
    fn places_are_those_of_all_masks_in_order() {
        assert!(all_masks(5).enumerate().all(|(i, kept)| place(&kept) == i));
    }

    #[test]
    fn a_lead_is_above_0_for_the_most_likely_class_alone() {
        let mut y_hat = [0.05; DIGIT_CLASSES];
        (y_hat[3], y_hat[7]) = (0.4, 0.2);
        assert!((lead(&y_hat, 3) - 0.2).abs() < 1e-15);
        assert!((lead(&y_hat, 7) + 0.2).abs() < 1e-15);
        assert!((0..DIGIT_CLASSES).filter(|&class| lead(&y_hat, class) > 0.0).eq([3]));
    }

    /// The engine takes the same networks through whole passes, one at a time.
    #[test]
    fn cells_are_what_the_engine_says() {
        use crate::lab::Lab;
        use crate::param::Settings;
        let settings = Settings::from_query(
            super::super::PARAMETERS,
            "units=3&hidden_layers=2&steps=60&image=3",
        );
        let mut lab = Subnetworks::new(&settings.unwrap()).unwrap();
        (0..60).for_each(|_| lab.step().unwrap());
        let (answers, mut cells) = (lab.answers(&lab.asked()), Vec::new());
        let see = |_: &[bool], _: f64, y_hat: &[f64]| cells.push(lead(y_hat, lab.class()));
        lab.networks.whole.each_subnetwork(lab.image(), see).unwrap();
        assert_eq!(cells.len(), answers.leads.len());
        assert!(cells.iter().zip(&answers.leads).all(|(a, b)| (a - b).abs() < 1e-12));
    }
}
