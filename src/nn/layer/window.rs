//! A window that slides over an image: where it stands, and what it sees there.

use crate::error::{Error, Result};
use crate::nn::shape::count_of;
use crate::nn::{Real, Shape};
use std::ops::Range;

/// The locations of a window on an image, or on a signal: an image of one row.
#[derive(Clone, Debug)]
pub struct Window {
    channels: usize,
    height: usize,
    width: usize,
    kernel: (usize, usize),
    stride: usize,
    padding: (usize, usize),
    /// Rows of locations, and locations in a row.
    pub locations: (usize, usize),
}

/// How far apart the numbers of all patches lie: from term to term of one patch, and from patch to
/// patch.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// From a number of a patch to its next one.
    pub term: usize,
    /// From a patch to the patch at the next location.
    pub location: usize,
}

/// One term of neighbouring patches, all within one row of the image.
struct Run {
    term: usize,
    location: usize,
    from: usize,
    count: usize,
}

impl Window {
    /// The locations on rows of this shape.
    ///
    /// # Errors
    /// Where the window, its stride or its padding does not suit the image.
    pub fn new(
        input: Shape,
        kernel: (usize, usize),
        stride: usize,
        padding: usize,
    ) -> Result<Self> {
        let (channels, height, width) = input.as_image().expect("a signal or an image");
        let (above, across) = match input {
            Shape::Line { .. } => (0, "length"),
            _ => (padding, "width"),
        };
        let locations = (
            locations_on("height", height, kernel.0, stride, above)?,
            locations_on(across, width, kernel.1, stride, padding)?,
        );
        count_of(&[channels, kernel.0, kernel.1])?;
        count_of(&[locations.0, locations.1])?;
        let padding = (above, padding);
        Ok(Window { channels, height, width, kernel, stride, padding, locations })
    }

    /// Numbers the window sees.
    pub fn terms(&self) -> usize {
        self.channels * self.kernel.0 * self.kernel.1
    }

    /// Where it can stand.
    pub fn count(&self) -> usize {
        self.locations.0 * self.locations.1
    }

    /// Numbers of an image.
    pub fn inputs(&self) -> usize {
        self.channels * self.height * self.width
    }

    /// Copies what the window sees at every location. Where it sees padding, `patches` stays as it
    /// is.
    pub fn gather<T: Real>(&self, image: &[T], layout: Layout, patches: &mut [T]) {
        self.each_run(|run| {
            let from = &image[run.from..=run.from + (run.count - 1) * self.stride];
            let first = run.term * layout.term + run.location * layout.location;
            let to = &mut patches[first..=first + (run.count - 1) * layout.location];
            if self.stride == 1 && layout.location == 1 {
                copy(from, to);
            } else {
                let to = to.iter_mut().step_by(layout.location);
                to.zip(from.iter().step_by(self.stride)).for_each(|(to, &from)| *to = from);
            }
        });
    }

    /// Adds up, for every place of the image, the numbers of all patches that saw it: term by term,
    /// then location by location.
    pub fn scatter<T: Real>(&self, patches: &[T], layout: Layout, image: &mut [T]) {
        image.fill(T::ZERO);
        self.each_run(|run| {
            let first = run.term * layout.term + run.location * layout.location;
            let from = &patches[first..=first + (run.count - 1) * layout.location];
            let to = &mut image[run.from..=run.from + (run.count - 1) * self.stride];
            if self.stride == 1 && layout.location == 1 {
                to.iter_mut().zip(from).for_each(|(to, &from)| *to += from);
            } else {
                let to = to.iter_mut().step_by(self.stride);
                let from = from.iter().step_by(layout.location);
                to.zip(from).for_each(|(to, &from)| *to += from);
            }
        });
    }

    #[inline(always)]
    fn each_run(&self, mut see: impl FnMut(Run)) {
        let (size, padding, stride) = ((self.height, self.width), self.padding, self.stride);
        for channel in 0..self.channels {
            for down in 0..self.kernel.0 {
                let rows = seen(down, padding.0, size.0, stride, self.locations.0);
                for right in 0..self.kernel.1 {
                    let columns = seen(right, padding.1, size.1, stride, self.locations.1);
                    if columns.is_empty() {
                        continue;
                    }
                    for row in rows.clone() {
                        let y = row * stride + down - padding.0;
                        let x = columns.start * stride + right - padding.1;
                        see(Run {
                            term: (channel * self.kernel.0 + down) * self.kernel.1 + right,
                            location: row * self.locations.1 + columns.start,
                            from: (channel * size.0 + y) * size.1 + x,
                            count: columns.len(),
                        });
                    }
                }
            }
        }
    }
}

/// Copies a run. Most are too short for a call of memcpy, which any loop would become: they are
/// copied as two blocks that overlap.
#[inline(always)]
fn copy<T: Real>(from: &[T], to: &mut [T]) {
    #[inline(always)]
    fn ends<T: Real, const N: usize>(from: &[T], to: &mut [T]) {
        let blocks = (from.first_chunk::<N>(), from.last_chunk::<N>());
        let (Some(first), Some(last)) = blocks else { return };
        to[..N].copy_from_slice(first);
        let end = to.len() - N;
        to[end..].copy_from_slice(last);
    }
    match from.len() {
        0 => {}
        1 => to[0] = from[0],
        2..4 => ends::<T, 2>(from, to),
        4..8 => ends::<T, 4>(from, to),
        8..16 => ends::<T, 8>(from, to),
        16..=32 => ends::<T, 16>(from, to),
        _ => to.copy_from_slice(from),
    }
}

/// Locations along one side of an image.
fn locations_on(
    side: &str,
    size: usize,
    kernel: usize,
    stride: usize,
    padding: usize,
) -> Result<usize> {
    if stride == 0 {
        return Err(Error::invalid(".stride = 0: must be a whole number of at least 1"));
    }
    if kernel == 0 {
        return Err(Error::invalid(".kernel = 0: must be a whole number of at least 1"));
    }
    if padding >= kernel {
        return Err(Error::invalid(format!(
            ".padding = {padding}: must be at most {}, so that a kernel of {kernel} sees something \
             of the input wherever it stands",
            kernel - 1
        )));
    }
    let padded = size + 2 * padding;
    if kernel > padded {
        return Err(Error::invalid(format!(
            ".kernel = {kernel}: must be at most {padded}, the {side} of the input with its padding"
        )));
    }
    Ok((padded - kernel) / stride + 1)
}

/// The locations along one side at which the term `offset` of the window lies on the image and not
/// on its padding.
fn seen(
    offset: usize,
    padding: usize,
    size: usize,
    stride: usize,
    locations: usize,
) -> Range<usize> {
    let first = padding.saturating_sub(offset).div_ceil(stride);
    let end = (size + padding).saturating_sub(offset).div_ceil(stride).min(locations);
    first..end.max(first)
}
