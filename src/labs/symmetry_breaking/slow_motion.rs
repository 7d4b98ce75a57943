//! The picture of the first step: the network that is looked at above, the one whose hidden neurons are
//! dropped below it.

use super::Symmetry;
use super::arms::{Arm, PIXELS};
use super::first_step::FirstStep;
use crate::data::DIGIT_SIDE;
use crate::figure::{Body, Handle, Image, Images, Place, Role};
use crate::lab::Picture;
use crate::numbers::counted;

/// The most neurons shown of a network.
const MOST: usize = 8;

impl Symmetry {
    pub(super) fn first_step_picture(&self) -> Picture {
        let shown = self.arm(if self.shown().kind.drops_hidden() {
            "tied"
        } else {
            self.settings.choice("arm")
        });
        let arms = [shown, self.hidden_dropped()];
        let steps = arms.map(|arm| arm.first_step(&self.train));
        let (seen, images) = self.seen(steps[0]);
        let added = steps.iter().flat_map(|step| step.added(seen));
        let most = added.fold(f64::MIN_POSITIVE, |most, w| most.max(w.abs()));
        let items = steps.iter().flat_map(|step| self.row(step, seen, most)).collect();
        let told = [0, 1].map(|i| told(arms[i], steps[i], seen));
        let now = match seen {
            0 => "before the first image".to_string(),
            seen => format!("after image {seen} of {images}: {}", self.label(steps[0], seen)),
        };
        let description = format!(
            "The first step of SGD, {now}: what each of {} has learned so far, as an image of its \
             weights, blue where they have grown and orange where they have shrunk, in the strongest \
             colour where by most. Neurons with the same letter have the same weights, to the last \
             bit. Above, {}; below, {}.",
            counted(self.settings.whole("units") as u64, "hidden neuron"),
            told[0],
            told[1]
        );
        let grid = Images { signed: true, ..Images::new((DIGIT_SIDE, DIGIT_SIDE), items) };
        let body = Body::Images(grid.in_rows(told.to_vec()));
        Picture { note: now, description, body }
    }

    /// The whole picture is dragged from the first image to the last.
    pub(super) fn first_step_handles(&self) -> Vec<Handle> {
        let (seen, images) = self.seen(self.hidden_dropped().first_step(&self.train));
        let state = format!("image {seen} of {images}");
        let handle = Handle::press("Images of the first batch", state, Place::All);
        vec![handle.across("images_seen", seen as f64, images as f64)]
    }

    /// How many images of the first batch have been seen, and how many there are.
    fn seen(&self, step: &FirstStep) -> (usize, usize) {
        let images = step.rows.len();
        (self.settings.whole("images_seen").min(images), images)
    }

    /// The image that is seen now, and beside it what every neuron has learned so far.
    fn row(&self, step: &FirstStep, seen: usize, most: f64) -> Vec<Image> {
        let digit = match seen {
            0 => Image::new(vec![0.0; PIXELS], "", Role::Neutral),
            seen => {
                let pixels = self.train.row(step.rows[seen - 1]).to_vec();
                Image::new(pixels, self.label(step, seen).to_string(), Role::Average)
            }
        };
        let (added, kinds) = (step.added(seen), step.kinds(seen));
        let neuron = |(unit, added): (usize, &[f64])| {
            let pixels = added.iter().map(|w| w / most).collect();
            let crossed = seen > 0 && !step.kept[seen - 1][unit];
            Image { crossed, ..Image::new(pixels, letter(kinds[unit]), Role::Average) }
        };
        let neurons = added.chunks_exact(PIXELS).take(MOST).enumerate().map(neuron);
        std::iter::once(digit).chain(neurons).collect()
    }

    /// What the image is that was seen last.
    fn label(&self, step: &FirstStep, seen: usize) -> usize {
        self.train.y[step.rows[seen - 1]] as usize
    }
}

/// What is said above a network's row: how many kinds of neurons it has.
fn told(arm: &Arm, step: &FirstStep, seen: usize) -> String {
    let kinds = step.kinds(seen);
    let count = kinds.iter().max().map_or(0, |last| last + 1);
    let all = match count {
        1 => "all the same".to_string(),
        count if count == kinds.len() => "all different".to_string(),
        count => format!("{count} kinds"),
    };
    format!("{}: {all}", arm.kind.label)
}

/// The letter of a kind of neurons.
fn letter(kind: usize) -> String {
    char::from(b'A' + (kind % 26) as u8).to_string()
}
