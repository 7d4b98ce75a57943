//! The pooling layer: the largest number of every window.

use super::workspace::{Backward, Workspace};
use crate::error::{Error, Result};
use crate::nn::registers::widely;
use crate::nn::{Real, Shape};

/// A layer of maxima. Windows lie side by side; what is left over at the end is left out.
#[derive(Clone, Debug)]
pub struct MaxPool {
    channels: usize,
    height: usize,
    width: usize,
    /// Height and width of a window.
    size: (usize, usize),
}

impl MaxPool {
    /// The layer and the shape of its outputs.
    ///
    /// # Errors
    /// Where the windows do not suit the input.
    pub fn new(input: Shape, size: usize) -> Result<(Self, Shape)> {
        let (channels, height, width) = input.as_image().expect("a signal or an image");
        let (shortest, high) = match input {
            Shape::Line { .. } => (width, 1),
            _ => (width.min(height), size),
        };
        if size == 0 || size > shortest {
            return Err(Error::invalid(format!(
                ".size = {size}: must be a whole number from 1 to {shortest}, the size of the input"
            )));
        }
        let (rows, columns) = (height / high, width / size);
        let shape = match input {
            Shape::Line { .. } => Shape::Line { channels, length: columns },
            _ => Shape::Image { channels, height: rows, width: columns },
        };
        Ok((MaxPool { channels, height, width, size: (high, size) }, shape))
    }

    /// Numbers kept for `rows` rows, and computed in.
    pub fn workspace_numbers(&self, rows: f64) -> f64 {
        let (high, wide) = self.size;
        let outputs = self.channels * (self.height / high) * (self.width / wide);
        rows * outputs as f64 + 4.0 * self.inputs() as f64
    }

    /// h = the largest number of every window; where it stands in the window stays in the workspace.
    ///
    /// The windows at all places are compared side by side, in registers, though few of them are
    /// asked for. One by one, a branch for each number would be guessed wrong half of the time.
    pub fn forward<T: Real>(&self, x: &[T], h: &mut [T], workspace: &mut Workspace<T>) {
        let Workspace { kept, sums: largest, gradients: room, .. } = workspace;
        let size = self.inputs();
        kept.resize(h.len(), T::ZERO);
        // Numbers, and behind them how far each stands from where its window starts.
        largest.resize(2 * size, T::ZERO);
        room.resize(2 * size, T::ZERO);
        let mut outputs = h.iter_mut().zip(kept);
        for image in x.chunks_exact(size) {
            largest[..size].copy_from_slice(image);
            largest[size..].fill(T::ZERO);
            for by in doublings(self.size.1) {
                widely!(merge(largest, room, by));
                std::mem::swap(largest, room);
            }
            for by in doublings(self.size.0) {
                widely!(merge(largest, room, by * self.width));
                std::mem::swap(largest, room);
            }
            self.each_window(|first| {
                let (h, place) = outputs.next().expect("one output a window");
                (*h, *place) = (largest[first], largest[size + first]);
            });
        }
    }

    /// The gradient of an output goes to the first of the largest numbers of its window.
    pub fn backward<T: Real>(&self, pass: Backward<T>, workspace: &Workspace<T>) {
        let Some(x_gradient) = pass.x_gradient else { return };
        x_gradient.fill(T::ZERO);
        let mut given = pass.gradient.iter().zip(&workspace.kept);
        for image in x_gradient.chunks_exact_mut(self.inputs()) {
            self.each_window(|first| {
                let (&gradient, place) = given.next().expect("one output a window");
                image[first + place.to_f64() as usize] = gradient;
            });
        }
    }

    fn inputs(&self) -> usize {
        self.channels * self.height * self.width
    }

    /// Hands the first place of every window to `see`, in the order of the outputs.
    #[inline(always)]
    fn each_window(&self, mut see: impl FnMut(usize)) {
        for channel in 0..self.channels {
            for row in 0..self.height / self.size.0 {
                let first = (channel * self.height + row * self.size.0) * self.width;
                (0..self.width / self.size.1).for_each(|column| see(first + column * self.size.1));
            }
        }
    }
}

/// Steps by which 1 grows to `size`, each at most as long as what there is.
fn doublings(size: usize) -> impl Iterator<Item = usize> {
    let mut seen = 1;
    std::iter::from_fn(move || {
        let by = seen.min(size - seen);
        seen += by;
        (by > 0).then_some(by)
    })
}

/// Every number becomes the larger of itself and the one `by` places on, and its distance with it;
/// the first, where both are equal. NaN counts as larger than all, so that a broken run is noticed.
#[inline(always)]
fn merge<T: Real>(from: &[T], to: &mut [T], by: usize) {
    let distance = T::from_f64(by as f64);
    let (numbers, places) = from.split_at(from.len() / 2);
    let (to, to_places) = to.split_at_mut(numbers.len());
    let here = numbers.iter().zip(places);
    let next = numbers[by..].iter().zip(&places[by..]);
    for ((to, place), ((&a, &at), (&b, &further))) in
        to.iter_mut().zip(to_places).zip(here.zip(next))
    {
        let second = (b > a) | b.partial_cmp(&b).is_none();
        *to = if second { b } else { a };
        // Whole numbers, so this is exact.
        *place = at + if second { T::ONE } else { T::ZERO } * (further + distance - at);
    }
}
