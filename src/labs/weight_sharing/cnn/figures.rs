//! What the lab of convolutions shows.

use super::drawing::Filtering;
use super::{Arms, Cnn};
use crate::figure::{Axis, Body, Handle, Place, Role, Series};
use crate::lab::{Picture, View};
use crate::labs::network_drawing::network_drawing;
use crate::labs::weight_sharing::chosen;
use crate::labs::weight_sharing::drawing::lit;
use crate::labs::weight_sharing::errors::{Line, error_chart};
use crate::numbers::{counted, fixed, percent};

pub(super) const VIEWS: [View<Cnn>; 10] = [
    View::new(
        "error",
        "Wrong answers on new examples",
        "The test errors of the three networks as they learn.",
        Cnn::error_picture,
    ),
    View::new(
        "train_error",
        "Wrong answers on the training set",
        "The training errors of the three networks as they learn.",
        Cnn::train_error_picture,
    ),
    View::new(
        "answers",
        "What they answer, wherever it stands",
        "One example, moved to every place: a filled lamp is a right answer, an empty ring a wrong one. Drag \
         the motif along.",
        Cnn::answers_picture,
    )
    .with_handles(Cnn::motif_handle),
    View::new(
        "network",
        "One weight, at every location",
        "The network drawn. Where weights are shared, each has a colour of its own, the same at every \
         location; elsewhere blue is positive and orange negative. Point at a weight to light it up \
         wherever it is used; a click keeps it.",
        Cnn::network_picture,
    ),
    View::new(
        "signal",
        "The input",
        "An example of the test set, shifted as the slider says.",
        Cnn::signal_picture,
    )
    .with_handles(Cnn::shift_handle),
    View::new(
        "map_shared",
        "Activations, the same filters at every location",
        "The activations of the convolution’s filters: they shift with the input.",
        |lab| lab.map_picture(&lab.shown().shared),
    ),
    View::new(
        "map_local",
        "Activations, a separate filter at every location",
        "The same for the locally connected network: nothing shifts along.",
        |lab| lab.map_picture(&lab.shown().local),
    ),
    View::new(
        "filters",
        "The filters as they form",
        "The weights of the convolution’s filters, blue positive and orange negative.",
        Cnn::filters_picture,
    ),
    View::new(
        "places",
        "One filter, written out at every location",
        "Shared, it is the same at all of them; unshared, each location has learned its own.",
        Cnn::places_picture,
    ),
    View::new(
        "gradient",
        "The gradient of the highlighted weight",
        "What every location adds to it, their sum, and the gradient of the tied weight.",
        Cnn::gradient_picture,
    ),
];

impl Cnn {
    fn error_picture(&self) -> Picture {
        let keys = Arms {
            shared: "test_error_shared",
            local: "test_error_local",
            dense: "test_error_dense",
        };
        self.error_curves(keys, "on new examples", Role::Test)
    }

    fn train_error_picture(&self) -> Picture {
        let keys = Arms {
            shared: "train_error_shared",
            local: "train_error_local",
            dense: "train_error_dense",
        };
        self.error_curves(keys, "on the training set", Role::Train)
    }

    /// Learning curves, by the keys of the metrics they show.
    fn error_curves(&self, keys: Arms<&'static str>, what: &str, role: Role) -> Picture {
        let curves = self.curves();
        let shared = Line { key: keys.shared, name: "convolutional", role };
        let others = [
            Line { key: keys.local, name: "locally connected", role },
            Line { key: keys.dense, name: "fully connected", role: Role::Neutral },
        ];
        let told: Vec<String> = std::iter::once(&shared)
            .chain(&others)
            .map(|line| format!("the {} network {}", line.name, percent(curves.now(line.key))))
            .collect();
        let description = format!(
            "After {}, wrong answers {what}: {}.",
            counted(self.steps, "step"),
            told.join(", ")
        );
        let body = error_chart(&curves, &shared, &others, self.settings.whole("steps"));
        let note = format!("n = {}", self.problem.train.y.len());
        Picture { note, description, body }.told_once(self.steps > 0)
    }

    fn network_picture(&self) -> Picture {
        let (drawing, note) = match self.settings.choice("network") {
            "shared" => (self.filtering(true).drawing(), self.uses(true)),
            "local" => (self.filtering(false).drawing(), self.uses(false)),
            _ => {
                let network = &self.networks.dense;
                let w1 = network.weights(0, "w1").expect("the hidden layer").values;
                (network_drawing(network), format!("{} weights below, each used once", w1.len()))
            }
        };
        let description = match lit(&drawing) {
            (0, _) => format!("A fully connected network: {note}."),
            (count, weight) => format!(
                "{note}. The highlighted one, {} of {}, is {}; it is drawn {}.",
                self.tap_name(),
                self.filter_name(),
                fixed(weight, 3),
                counted(count, "time")
            ),
        };
        Picture { note, description, body: Body::Network(drawing) }
    }

    /// What is drawn of one of the networks with filters.
    fn filtering(&self, shared: bool) -> Filtering<'_> {
        let (networks, shown) = (&self.networks, self.shown());
        let (network, maps) = if shared {
            (&networks.shared, &shown.shared)
        } else {
            (&networks.local, &shown.local)
        };
        Filtering {
            problem: &self.problem,
            network,
            shared,
            x: &shown.x,
            maps,
            filters: self.settings.whole("filters"),
            filter: self.filter(),
            tap: self.tap(),
        }
    }

    /// "5 weights per filter, each used 28 times"; of a canvas, what of that is drawn.
    fn uses(&self, shared: bool) -> String {
        let (taps, (rows, across)) = (self.problem.taps(), self.problem.locations());
        let used = if shared {
            format!("{taps} weights per filter, each used {} times", rows * across)
        } else {
            format!("{} weights per filter, each used once", taps * rows * across)
        };
        if rows == 1 { used } else { format!("{used}; drawn: one row of {across} locations") }
    }

    pub(super) fn filter_name(&self) -> String {
        chosen("filter", self.settings.whole("filter"), self.settings.whole("filters"))
    }

    fn tap_name(&self) -> String {
        chosen("weight", self.settings.whole("tap"), self.problem.taps())
    }

    /// All the way across is once around.
    fn shift_handle(&self) -> Vec<Handle> {
        let shift = self.settings.whole("shift");
        let handle = Handle::press("Shift the input", counted(shift as u64, "place"), Place::All);
        vec![handle.across("shift", shift as f64, self.problem.across() as f64).wrapping()]
    }

    /// What the example shown is of: "motif 3", "class 7".
    pub(super) fn thing(&self) -> String {
        let class = self.problem.class_name(self.shown().class);
        if self.problem.down() == 1 { class } else { format!("class {class}") }
    }

    /// How far it is shifted, in words.
    pub(super) fn moved(&self) -> String {
        moved(self.settings.whole("shift"), self.problem.across())
    }

    fn signal_picture(&self) -> Picture {
        let (problem, shown) = (&self.problem, self.shown());
        let (name, moved) = (self.thing(), self.moved());
        let description =
            format!("An example of {name}, {moved}. It has {} places.", problem.across());
        let body = if problem.down() == 1 {
            let places = (1..=shown.x.len()).map(|place| place as f64).collect();
            let x = Axis::linear("place", 1.0, shown.x.len() as f64);
            let y = Axis::linear("input", -2.0, 2.0);
            let series =
                vec![Series::line("input", Role::Neutral, places, shown.x.clone()).unlabelled()];
            Body::chart(x, y, series, Vec::new())
        } else {
            self.canvas(name.clone())
        };
        Picture { note: format!("{name}, {moved}"), description, body }
    }

    fn gradient_picture(&self) -> Picture {
        let (rows, across) = self.problem.locations();
        let location = |i: usize| match rows {
            1 => format!("location {}", i + 1),
            _ => format!("location {}, {}", i / across + 1, i % across + 1),
        };
        let (filter, tap) = (self.filter_name(), self.tap_name());
        let names = (0..rows * across).map(location);
        let name = format!("{tap} of {filter}");
        let picture = self.gradient().picture(self.weight(), &name, "location", names);
        Picture { note: format!("{filter}, {tap}"), ..picture }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_of_more_than_a_round_says_what_is_left_of_it() {
        assert_eq!(moved(31, 32), "shifted by 31");
        assert_eq!(moved(15, 12), "shifted by 15: once round the 12 columns, and 3 more");
        assert_eq!(moved(30, 12), "shifted by 30: twice round the 12 columns, and 6 more");
    }
}
