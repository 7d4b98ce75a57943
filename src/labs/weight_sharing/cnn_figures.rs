//! What the lab of convolutions shows.

use super::cnn::{Cnn, FIGURES, NAMES};
use super::cnn_problem::KERNEL;
use super::cnn_shown::Maps;
use super::lines::{Line, chosen, error_chart};
use super::named;
use crate::figure::{Axis, Body, Figure, Heat, Image, Images, Role, Series};
use crate::labs::network_drawing::network_drawing;
use crate::numbers::{counted, difference, fixed, percent, significant};

/// The ink of the frames round images: it shows where a canvas ends.
const FRAME: f64 = 0.25;

impl Cnn {
    fn errors(&self, key: &str, what: &str, values: [f64; 3], first: usize, role: Role) -> Figure {
        // The two it is compared with have one colour each, in this chart and in the experiment.
        let roles = [role, Role::Average, Role::Neutral];
        let line = |i: usize| {
            let (name, value, role) = (NAMES[i], values[i], roles[i]);
            Line { curve: first + i, name, value, role }
        };
        let steps = (self.steps, self.settings.whole("steps"));
        let body = error_chart(&self.curves, &[0, 1, 2].map(line), steps);
        let told: Vec<String> =
            (0..3).map(|i| format!("the {} network {}", NAMES[i], percent(values[i]))).collect();
        let description = format!(
            "After {}, wrong answers {what}: {}.",
            counted(self.steps, "step"),
            told.join(", ")
        );
        let note = format!("n = {}", self.problem.train.y.len());
        Figure::of(FIGURES, key, note, description, body)
    }

    pub(super) fn error_figure(&self) -> Figure {
        self.errors("error", "on new examples", self.scores().test, 0, Role::Test)
    }

    pub(super) fn train_error_figure(&self) -> Figure {
        let what = "on what they learn from";
        self.errors("train_error", what, self.scores().train, 3, Role::Train)
    }

    pub(super) fn network_figure(&self) -> Figure {
        let (drawing, note) = match self.settings.choice("network") {
            "shared" => (self.filters_drawing(true), self.uses(true)),
            "local" => (self.filters_drawing(false), self.uses(false)),
            _ => {
                let network = &self.networks[2];
                let weights = network.parameters(0).expect("member 0")[0].values.len();
                (network_drawing(network), format!("{weights} weights below, each used once"))
            }
        };
        let lit =
            drawing.edges.iter().filter(|edge| drawing.lit.is_some() && edge.group == drawing.lit);
        let (count, weight) = lit.fold((0, 0.0), |(count, _), edge| (count + 1, edge.weight));
        let description = match count {
            0 => format!("A fully connected network: {note}."),
            _ => format!(
                "{note}. The weight lit, {} of {}, is {}; it is drawn {}.",
                self.tap_name(),
                self.filter_name(),
                fixed(weight, 3),
                counted(count, "time")
            ),
        };
        Figure::of(FIGURES, "network", note, description, Body::Network(drawing))
    }

    /// "5 weights a filter, each used 28 times"; of a canvas, what of that is drawn.
    fn uses(&self, shared: bool) -> String {
        let (taps, (rows, across)) = (self.problem.taps(), self.problem.locations());
        let used = if shared {
            format!("{taps} weights a filter, each used {} times", rows * across)
        } else {
            format!("{} weights a filter, each used once", taps * rows * across)
        };
        if rows == 1 { used } else { format!("{used}; drawn: one row of {across} locations") }
    }

    fn filter_name(&self) -> String {
        chosen("filter", self.settings.whole("filter"), self.settings.whole("filters"))
    }

    fn tap_name(&self) -> String {
        chosen("weight", self.settings.whole("tap"), self.problem.taps())
    }

    pub(super) fn signal_figure(&self) -> Figure {
        let (problem, shown) = (&self.problem, self.shown());
        let name = match problem.down() {
            1 => self.class_name(shown.class),
            _ => format!("digit {}", shown.class),
        };
        let moved = moved(self.settings.whole("shift"), problem.across());
        let description =
            format!("An example of {name}, {moved}. It has {} places.", problem.across());
        let body = if problem.down() == 1 {
            let places = (1..=shown.x.len()).map(|place| place as f64).collect();
            let x = Axis::linear("place", 1.0, shown.x.len() as f64);
            let y = Axis::linear("input", -2.0, 2.0);
            let series = vec![Series::line("", Role::Average, places, shown.x.clone())];
            Body::chart(x, y, series, Vec::new())
        } else {
            let canvas = (shown.x.clone(), name.clone());
            framed((problem.across(), problem.down()), vec![canvas])
        };
        Figure::of(FIGURES, "signal", format!("{name}, {moved}"), description, body)
    }

    pub(super) fn map_shared_figure(&self) -> Figure {
        self.map_figure("map_shared", &self.shown().shared)
    }

    pub(super) fn map_local_figure(&self) -> Figure {
        self.map_figure("map_local", &self.shown().local)
    }

    fn map_figure(&self, key: &str, maps: &Maps) -> Figure {
        let (rows, across) = self.problem.locations();
        let filters = self.settings.whole("filters");
        let body = if rows == 1 {
            let (shape, values) = ((filters, across), maps.now.clone());
            let heat = heat("activation", ["filter", "location"], shape, values);
            let (low, high) = (-maps.largest(), maps.largest());
            Body::Heat(Heat { low, high, ..heat })
        } else {
            let image = |(filter, map): (usize, &[f64])| {
                let pixels = map.iter().map(|activation| activation / maps.largest()).collect();
                (pixels, format!("filter {}", filter + 1))
            };
            let maps = maps.now.chunks_exact(rows * across).enumerate().map(image);
            framed((across, rows), maps.collect())
        };
        let shift = self.settings.whole("shift") % self.problem.across();
        let note = match (shift, maps.gap == 0.0) {
            (0, _) => "shift the input to compare".to_string(),
            (_, true) => "they shift along: difference exactly 0".to_string(),
            (_, false) => format!("they do not: difference up to {}", difference(maps.gap, 2)),
        };
        let description = format!(
            "The activations of {filters} filters at {} locations. Shifted by {shift}, they differ \
             from the shifted activations of the input as it was by at most {}; with any shift, by \
             at most {}.",
            rows * across,
            difference(maps.gap, 2),
            difference(maps.worst_gap, 2)
        );
        Figure::of(FIGURES, key, note, description, body)
    }

    pub(super) fn filters_figure(&self) -> Figure {
        let parameters = self.networks[0].parameters(0).expect("member 0");
        let (w, filters) = (&named(&parameters, "w1").values, self.settings.whole("filters"));
        let heat = heat("weight", ["filter", "weight"], (filters, KERNEL), w.clone());
        let largest = heat.high;
        let description = format!(
            "The {} weights of each of {filters} filters after {}, the largest {}.",
            self.problem.taps(),
            counted(self.steps, "step"),
            fixed(largest, 2)
        );
        let (note, body) = if self.problem.down() == 1 {
            (format!("step {}", self.steps), Body::Heat(heat))
        } else {
            let note = format!("step {}; full colour: ±{}", self.steps, fixed(largest, 2));
            (note, filter_images(w, largest))
        };
        Figure::of(FIGURES, "filters", note, description, body)
    }

    pub(super) fn places_figure(&self) -> Figure {
        let (taps, filters) = (self.problem.taps(), self.settings.whole("filters"));
        let (rows, across) = self.problem.locations();
        let (locations, filter) = (rows * across, self.filter());
        let w = [0, 1].map(|network| {
            let parameters = self.networks[network].parameters(0).expect("member 0");
            named(&parameters, "w1").values.clone()
        });
        let entry = |i: usize| {
            let (row, location) = (i / locations, i % locations);
            match row {
                row if row < taps => w[0][filter * taps + row],
                row if row == taps => f64::NAN,
                row => w[1][(location * filters + filter) * taps + row - taps - 1],
            }
        };
        let shape = (2 * taps + 1, locations);
        let values: Vec<f64> = (0..shape.0 * shape.1).map(entry).collect();
        let spread = spread(&values[(taps + 1) * locations..], locations);
        let heat = heat("weight", ["weight of the filter", "location"], shape, values);
        let name = |network: &str| (1..=taps).map(|tap| format!("{network} {tap}")).collect();
        let (shared, own): (Vec<String>, Vec<String>) = (name("shared"), name("own"));
        let row_names = [shared, vec![String::new()], own].concat();
        let heat = Heat { row_names, ..heat };
        let note = format!("{}: {taps} weights at {locations} locations", self.filter_name());
        let description = format!(
            "Filter {} written out at {locations} locations. Shared, its {taps} weights are the same \
             at all of them. Unshared, they differ between locations by up to {}.",
            filter + 1,
            fixed(spread, 2)
        );
        Figure::of(FIGURES, "places", note, description, Body::Heat(heat))
    }

    pub(super) fn gradient_figure(&self) -> Figure {
        let (gradient, weight) = (&self.shown().gradient, self.weight());
        let (rows, across) = self.problem.locations();
        let name = |i: usize| match rows {
            1 => format!("location {}", i + 1),
            _ => format!("location {}, {}", i / across + 1, i % across + 1),
        };
        let body = gradient.table(weight, "location", (0..rows * across).map(name));
        let (sum, tied) = (gradient.parts(weight).iter().sum::<f64>(), gradient.tied(weight));
        let (filter, tap) = (self.filter_name(), self.tap_name());
        let note = format!("{filter}, {tap}");
        let description = format!(
            "The gradients of {tap} of {filter} at {} locations add up to {}; the gradient of the tied \
             weight is {}.",
            rows * across,
            significant(sum, 7),
            significant(tied, 7)
        );
        Figure::of(FIGURES, "gradient", note, description, body)
    }
}

fn heat(label: &str, items: [&str; 2], (rows, columns): (usize, usize), values: Vec<f64>) -> Heat {
    let known = values.iter().filter(|value| value.is_finite());
    let high = known.fold(1e-6, |high: f64, value| high.max(value.abs()));
    let (label, items) = (label.to_string(), items.map(String::from));
    Heat { label, items, rows, columns, low: -high, high, values, ..Heat::default() }
}

/// Images and their captions, each image in a frame.
fn framed((width, height): (usize, usize), images: Vec<(Vec<f64>, String)>) -> Body {
    let (across, down) = (width + 2, height + 2);
    let image = |(inner, caption): (Vec<f64>, String)| {
        let pixel = |i: usize| match (i / across, i % across) {
            (row, column) if row % (down - 1) == 0 || column % (across - 1) == 0 => FRAME,
            (row, column) => inner[(row - 1) * width + column - 1],
        };
        Image { pixels: (0..across * down).map(pixel).collect(), caption, role: Role::Neutral }
    };
    let items = images.into_iter().map(image).collect();
    Body::Images(Images { width: across, height: down, items })
}

/// The filters of a canvas, their weights as parts of the largest.
fn filter_images(w: &[f64], largest: f64) -> Body {
    let image = |(filter, w): (usize, &[f64])| Image {
        pixels: w.iter().map(|w| w / largest).collect(),
        caption: format!("filter {}", filter + 1),
        role: Role::Neutral,
    };
    let items = w.chunks_exact(KERNEL * KERNEL).enumerate().map(image).collect();
    Body::Images(Images { width: KERNEL, height: KERNEL, items })
}

/// "shifted by 6"; where that is more than once round, how often and what is left.
fn moved(shift: usize, across: usize) -> String {
    match (shift / across, shift % across) {
        (0, places) => format!("shifted by {places}"),
        (rounds, left) => {
            let often = if rounds == 1 { "once" } else { "twice" };
            format!("shifted by {shift}: {often} round the {across} columns, and {left} more")
        }
    }
}

/// By how much the numbers of a row differ at most.
fn spread(values: &[f64], columns: usize) -> f64 {
    let of_row = |row: &[f64]| {
        let (low, high) =
            row.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &x| (a.min(x), b.max(x)));
        high - low
    };
    values.chunks_exact(columns).map(of_row).fold(0.0, f64::max)
}

/// A difference: exactly 0, or with two digits.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_of_more_than_a_round_says_what_is_left_of_it() {
        assert_eq!(moved(31, 32), "shifted by 31");
        assert_eq!(moved(15, 12), "shifted by 15: once round the 12 columns, and 3 more");
        assert_eq!(moved(30, 12), "shifted by 30: twice round the 12 columns, and 6 more");
    }

    #[test]
    fn an_image_keeps_its_pixels_within_its_frame() {
        let inner: Vec<f64> = (1..=6).map(f64::from).collect();
        let Body::Images(images) = framed((3, 2), vec![(inner, String::new())]) else {
            panic!("images")
        };
        let f = FRAME;
        let want = [[f; 5], [f, 1.0, 2.0, 3.0, f], [f, 4.0, 5.0, 6.0, f], [f; 5]].concat();
        assert_eq!((images.width, images.height, &images.items[0].pixels), (5, 4, &want));
    }
}
