//! The filters of the lab of convolutions and how they respond to an input: as heat maps of a
//! signal, as images of a canvas.

use super::Cnn;
use super::drawing::of_filter;
use super::problem::KERNEL;
use super::shown::Maps;
use crate::figure::{Body, Heat, Image, Images, Role, round_up};
use crate::lab::Picture;
use crate::labs::pixels::{FRAME, framed};
use crate::labs::weight_sharing::weights;
use crate::nn::max_difference;
use crate::numbers::{counted, difference, fixed, trimmed};

impl Cnn {
    /// The example shown, on its canvas.
    pub(super) fn canvas(&self, caption: String) -> Body {
        let size = (self.problem.across(), self.problem.down());
        in_frames(size, vec![(self.shown().x.clone(), caption)])
    }

    pub(super) fn map_picture(&self, maps: &Maps) -> Picture {
        let (rows, across) = self.problem.locations();
        let filters = self.settings.whole("filters");
        let body = if rows == 1 {
            let (shape, values) = ((filters, across), maps.now.clone());
            let items = ["filter", "location"];
            Body::Heat(Heat::new("activation", items, shape, maps.full, values))
        } else {
            let image = |(filter, map): (usize, &[f64])| {
                let pixels = map.iter().map(|activation| activation / maps.full).collect();
                (pixels, format!("filter {}", filter + 1))
            };
            let maps = maps.now.chunks_exact(rows * across).enumerate().map(image);
            in_frames((across, rows), maps.collect())
        };
        let shift = self.settings.whole("shift") % self.problem.across();
        let note = match (shift, maps.gap == 0.0) {
            (0, _) => "shift the input to compare".to_string(),
            (_, true) => "they shift with it: difference exactly 0".to_string(),
            (_, false) => format!("they do not: difference up to {}", difference(maps.gap, 2)),
        };
        let description = format!(
            "The activations of {filters} filters at {} locations. Shifted by {shift}, they differ \
             from the shifted activations of the original input by at most {}; with any shift, by \
             at most {}.",
            rows * across,
            difference(maps.gap, 2),
            difference(maps.worst_gap, 2)
        );
        Picture { note, description, body }
    }

    pub(super) fn filters_picture(&self) -> Picture {
        let (taps, filters) = (self.problem.taps(), self.settings.whole("filters"));
        let w = weights(&self.networks.shared, "w1");
        let largest = largest(&w);
        let heat = heat(["filter", "weight"], (filters, taps), w);
        let description = format!(
            "The {taps} weights of each of {filters} filters after {}, the largest {}.",
            counted(self.steps, "step"),
            fixed(largest, 2)
        );
        let (note, body) = if self.problem.down() == 1 {
            (format!("step {}", self.steps), Body::Heat(heat))
        } else {
            let note = format!("step {}; full colour: ±{}", self.steps, trimmed(heat.high, 2));
            (note, filter_images(&heat.values, heat.high))
        };
        Picture { note, description, body }
    }

    pub(super) fn places_picture(&self) -> Picture {
        let (taps, filters) = (self.problem.taps(), self.settings.whole("filters"));
        let (rows, across) = self.problem.locations();
        let (locations, filter) = (rows * across, self.filter());
        let shared = of_filter(&self.networks.shared, filter, filters, taps);
        let own = of_filter(&self.networks.local, filter, filters, taps);
        // A row a weight: first those that are shared, then a gap, then those of every location.
        let entry = |i: usize| match (i / locations, i % locations) {
            (row, _) if row < taps => shared[row],
            (row, _) if row == taps => f64::NAN,
            (row, location) => own[location * taps + row - taps - 1],
        };
        let shape = (2 * taps + 1, locations);
        let values = (0..shape.0 * shape.1).map(entry).collect();
        let spread = max_difference(&own, taps);
        let heat = heat(["weight of the filter", "location"], shape, values);
        let names = |of: &str| -> Vec<String> { (1..=taps).map(|k| format!("{of} {k}")).collect() };
        let row_names = [names("shared"), vec![String::new()], names("own")].concat();
        let heat = Heat { row_names, ..heat };
        let note = format!("{}: {taps} weights at {locations} locations", self.filter_name());
        let description = format!(
            "Filter {} written out at {locations} locations. Shared, its {taps} weights are the same \
             at all of them. Unshared, they differ between locations by up to {}.",
            filter + 1,
            fixed(spread, 2)
        );
        Picture { note, description, body: Body::Heat(heat) }
    }
}

/// Weights, in full colour at a round number above all of them, which moves rarely while they grow; gaps
/// between them are not numbers.
fn heat(items: [&str; 2], shape: (usize, usize), values: Vec<f64>) -> Heat {
    Heat::new("weight", items, shape, round_up(largest(&values)), values)
}

fn largest(values: &[f64]) -> f64 {
    let known = values.iter().filter(|value| value.is_finite());
    known.fold(0.0, |largest: f64, value| largest.max(value.abs()))
}

/// Images and their captions, each image in a frame.
fn in_frames((width, height): (usize, usize), images: Vec<(Vec<f64>, String)>) -> Body {
    let image = |(pixels, caption): (Vec<f64>, String)| {
        Image::new(framed(width, &pixels, FRAME), caption, Role::Neutral)
    };
    let items = images.into_iter().map(image).collect();
    Body::Images(Images::new((width + 2, height + 2), items))
}

/// The filters of a canvas, their weights as parts of the largest.
fn filter_images(w: &[f64], largest: f64) -> Body {
    let image = |(filter, w): (usize, &[f64])| {
        let pixels = w.iter().map(|w| w / largest).collect();
        Image::new(pixels, format!("filter {}", filter + 1), Role::Neutral)
    };
    let items = w.chunks_exact(KERNEL * KERNEL).enumerate().map(image).collect();
    Body::Images(Images::new((KERNEL, KERNEL), items))
}
