//! What the lab of convolutions shows.

use super::cnn::{Cnn, FIGURES, NAMES};
use super::cnn_problem::KERNEL;
use super::cnn_shown::Maps;
use super::lines::error_chart;
use super::named;
use crate::figure::{
    Axis, Body, Chart, Figure, Heat, Image, Images, Role, Scale, Series, Unit, percent,
};
use crate::labs::network_drawing::network_drawing;

/// Filters of a canvas in one row of their figure.
const IN_A_ROW: usize = 4;

impl Cnn {
    fn errors(&self, key: &str, what: &str, values: [f64; 3], first: usize, role: Role) -> Figure {
        let lines: Vec<_> = (0..3).map(|i| (first + i, NAMES[i], values[i])).collect();
        let steps = (self.steps, self.settings.whole("steps"));
        let body = error_chart(&self.curves, &lines, role, steps, 1.0);
        let told: Vec<String> =
            (0..3).map(|i| format!("the {} network {}", NAMES[i], percent(values[i]))).collect();
        let description =
            format!("After {} steps, wrong answers {what}: {}.", self.steps, told.join(", "));
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
        let taps = self.problem.taps();
        let (rows, across) = self.problem.locations();
        let locations = rows * across;
        let (drawing, note) = match self.settings.choice("network") {
            "shared" => {
                let note = format!("{taps} weights a filter, each used {locations} times");
                (self.filters_drawing(true), note)
            }
            "local" => {
                let note = format!("{} weights a filter, each used once", taps * locations);
                (self.filters_drawing(false), note)
            }
            _ => {
                let network = &self.networks[2];
                let weights = network.parameters(0).expect("member 0")[0].values.len();
                let note = format!("{weights} weights below, each used once");
                (network_drawing(network), note)
            }
        };
        let lit =
            drawing.edges.iter().filter(|edge| drawing.lit.is_some() && edge.group == drawing.lit);
        let (count, weight) = lit.fold((0, 0.0), |(count, _), edge| (count + 1, edge.weight));
        let description = match count {
            0 => format!("A fully connected network: {note}."),
            _ => format!(
                "Filter {}: {note}. The weight lit, number {}, is {weight:.3}; it is drawn {count} \
                 times.",
                self.filter() + 1,
                self.tap() + 1
            ),
        };
        Figure::of(FIGURES, "network", note, description, Body::Network(drawing))
    }

    pub(super) fn signal_figure(&self) -> Figure {
        let (problem, shown) = (&self.problem, self.shown());
        let name = self.class_name(shown.class);
        let shift = self.settings.whole("shift") % problem.across();
        let note = format!("{name}, shifted by {shift}");
        let description =
            format!("An example of {name}, shifted by {shift} of {} places.", problem.across());
        let body = if problem.down() == 1 {
            let places = (1..=shown.x.len()).map(|place| place as f64).collect();
            let axis = |label: &str, min, max| {
                let label = label.to_string();
                Axis { label, unit: Unit::Plain, scale: Scale::Linear, min, max }
            };
            let x = axis("place", 1.0, shown.x.len() as f64);
            let series = vec![Series::line("", Role::Average, places, shown.x.clone())];
            let y = axis("input", -2.0, 2.0);
            Body::Chart(Chart { x, y, map: None, series, events: Vec::new() })
        } else {
            let items = vec![Image { pixels: shown.x.clone(), caption: name, role: Role::Neutral }];
            Body::Images(Images { width: problem.across(), height: problem.down(), items })
        };
        Figure::of(FIGURES, "signal", note, description, body)
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
            let (low, high) = (-maps.largest(), maps.largest());
            let (label, item) = ("filter × location".to_string(), "filter".to_string());
            let values = maps.now.clone();
            Body::Heat(Heat { label, item, rows: filters, columns: across, low, high, values })
        } else {
            let image = |(filter, map): (usize, &[f64])| Image {
                pixels: map.iter().map(|activation| activation / maps.largest()).collect(),
                caption: format!("filter {}", filter + 1),
                role: Role::Neutral,
            };
            let items = maps.now.chunks_exact(rows * across).enumerate().map(image).collect();
            Body::Images(Images { width: across, height: rows, items })
        };
        let shift = self.settings.whole("shift") % self.problem.across();
        let note = match (shift, maps.gap == 0.0) {
            (0, _) => "shift the input to compare".to_string(),
            (_, true) => "they shift along: difference exactly 0".to_string(),
            (_, false) => format!("they do not: difference up to {:.2}", maps.gap),
        };
        let description = format!(
            "The activations of {filters} filters at {} locations. Shifted by {shift}, they differ \
             from the shifted activations of the input as it was by at most {}; with any shift, by \
             at most {}.",
            rows * across,
            short(maps.gap),
            short(maps.worst_gap)
        );
        Figure::of(FIGURES, key, note, description, body)
    }

    pub(super) fn filters_figure(&self) -> Figure {
        let parameters = self.networks[0].parameters(0).expect("member 0");
        let (w, filters) = (&named(&parameters, "w1").values, self.settings.whole("filters"));
        let heat = if self.problem.down() == 1 {
            let item = "filter".to_string();
            heat("filter × weight", item, (filters, KERNEL), w.clone())
        } else {
            let (rows, columns) = (filters.div_ceil(IN_A_ROW), filters.min(IN_A_ROW));
            let (rows, columns) = (rows * (KERNEL + 1) - 1, columns * (KERNEL + 1) - 1);
            let entry = |i: usize| {
                let (row, column) = (i / columns, i % columns);
                let filter = row / (KERNEL + 1) * IN_A_ROW + column / (KERNEL + 1);
                let (row, column) = (row % (KERNEL + 1), column % (KERNEL + 1));
                let gap = row == KERNEL || column == KERNEL || filter >= filters;
                if gap { f64::NAN } else { w[(filter * KERNEL + row) * KERNEL + column] }
            };
            let values = (0..rows * columns).map(entry).collect();
            heat("filter by filter", String::new(), (rows, columns), values)
        };
        let largest = heat.high;
        let description = format!(
            "The {} weights of each of {filters} filters after {} steps, the largest {largest:.2}.",
            self.problem.taps(),
            self.steps
        );
        Figure::of(
            FIGURES,
            "filters",
            format!("step {}", self.steps),
            description,
            Body::Heat(heat),
        )
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
        let heat = heat("above shared, below its own at each", String::new(), shape, values);
        let note = format!("filter {}: {taps} weights at {locations} locations", filter + 1);
        let description = format!(
            "Filter {} written out at {locations} locations. Shared, its {taps} weights are the same \
             at all of them. Unshared, they differ between locations by up to {spread:.2}.",
            filter + 1
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
        let note = format!("filter {}, weight {}", self.filter() + 1, self.tap() + 1);
        let description = format!(
            "The gradients of weight {} of filter {} at {} locations add up to {sum:.6e}; the \
             gradient of the tied weight is {tied:.6e}.",
            self.tap() + 1,
            self.filter() + 1,
            rows * across
        );
        Figure::of(FIGURES, "gradient", note, description, body)
    }
}

fn heat(label: &str, item: String, (rows, columns): (usize, usize), values: Vec<f64>) -> Heat {
    let known = values.iter().filter(|value| value.is_finite());
    let high = known.fold(1e-6, |high: f64, value| high.max(value.abs()));
    Heat { label: label.to_string(), item, rows, columns, low: -high, high, values }
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
fn short(difference: f64) -> String {
    if difference == 0.0 { "exactly 0".to_string() } else { format!("{difference:.2}") }
}
