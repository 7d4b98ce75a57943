//! The pooling layer: the largest number of every window.

use super::Backward;
use crate::error::{Error, Result};
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

    /// h = the largest number of every window.
    pub fn forward<T: Real>(&self, x: &[T], h: &mut [T]) {
        let mut outputs = h.iter_mut();
        for image in x.chunks_exact(self.channels * self.height * self.width) {
            self.each_window(|first| {
                *outputs.next().expect("one output a window") = image[self.largest(image, first)];
            });
        }
    }

    /// The gradient of an output goes to the first of the largest numbers of its window.
    pub fn backward<T: Real>(&self, pass: Backward<T>) {
        let Some(x_gradient) = pass.x_gradient else { return };
        x_gradient.fill(T::ZERO);
        let size = self.channels * self.height * self.width;
        let mut gradients = pass.gradient.iter();
        for (image, to) in pass.x.chunks_exact(size).zip(x_gradient.chunks_exact_mut(size)) {
            self.each_window(|first| {
                to[self.largest(image, first)] = *gradients.next().expect("one output a window");
            });
        }
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

    /// The place of the first of the largest numbers. NaN counts as larger than all, so that a
    /// broken run is noticed.
    #[inline(always)]
    fn largest<T: Real>(&self, image: &[T], first: usize) -> usize {
        let (mut best, mut value) = (first, image[first]);
        for row in 0..self.size.0 {
            let start = first + row * self.width;
            for (place, &x) in image[start..start + self.size.1].iter().enumerate() {
                if x > value || x.to_f64().is_nan() {
                    (best, value) = (start + place, x);
                }
            }
        }
        best
    }
}
