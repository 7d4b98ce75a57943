//! What the lab of recurrence shows.

use super::drawing::Unrolled;
use super::{Arms, Rnn};
use crate::data::last_nonzero;
use crate::figure::{Body, Heat, Role};
use crate::lab::{Picture, View};
use crate::labs::weight_sharing::chosen;
use crate::labs::weight_sharing::drawing::lit;
use crate::labs::weight_sharing::errors::{Line, error_chart};
use crate::numbers::{counted, fixed, percent};

pub(super) const VIEWS: [View<Rnn>; 6] = [
    View::new(
        "error",
        "Wrong answers at the trained length",
        "The test errors of both networks as they learn.",
        Rnn::error_picture,
    ),
    View::new(
        "long_error",
        "Wrong answers on long sequences",
        "The errors on sequences longer than any in training.",
        Rnn::long_error_picture,
    ),
    View::new(
        "network",
        "The network, unrolled in time",
        "One column per time step, from left to right; the colour of a neuron is its activation. Tied, \
         the same matrices stand at every step, each in its colour. Point at a weight to light it up \
         wherever it is used; a click keeps it.",
        Rnn::network_picture,
    ),
    View::new(
        "readout",
        "What they would answer, step by step",
        "A sequence, the right answer after each of its steps, and what both networks answer; a cross is \
         a wrong answer. Press a cell to write a sequence of your own.",
        Rnn::readout_picture,
    )
    .with_handles(Rnn::keys),
    View::new(
        "states",
        "The state, step by step",
        "The numbers the drawn network carries along.",
        Rnn::states_picture,
    ),
    View::new(
        "gradient",
        "The gradient of the highlighted weight",
        "What every step adds to it, their sum, and the gradient of the tied weight.",
        Rnn::gradient_picture,
    ),
];

/// What the networks are called on curves.
const NAMES: Arms<&str> = Arms { shared: "tied", unshared: "separate at every step" };

impl Rnn {
    fn error_picture(&self) -> Picture {
        let keys = Arms { shared: "test_error_shared", unshared: "test_error_unshared" };
        self.error_curves(keys, self.settings.whole("length"))
    }

    fn long_error_picture(&self) -> Picture {
        let keys = Arms { shared: "long_error_shared", unshared: "long_error_unshared" };
        self.error_curves(keys, self.settings.whole("test_length"))
    }

    /// Learning curves, by the keys of the metrics they show.
    fn error_curves(&self, keys: Arms<&'static str>, length: usize) -> Picture {
        let curves = self.curves();
        let shared = Line { key: keys.shared, name: NAMES.shared, role: Role::Test };
        let unshared = Line { key: keys.unshared, name: NAMES.unshared, role: Role::Test };
        let description = format!(
            "After {}, wrong answers on new sequences of {length}: the tied network {}, the one \
             with weights of its own at every step {}.",
            counted(self.steps, "step"),
            percent(curves.now(keys.shared)),
            percent(curves.now(keys.unshared))
        );
        let body = error_chart(&curves, &shared, &[unshared], self.settings.whole("steps"));
        Picture { note: format!("length {length}"), description, body }.told_once(self.steps > 0)
    }

    /// Whether the network drawn is the one whose weights are shared.
    fn shows_shared(&self) -> bool {
        self.settings.choice("network") == "shared"
    }

    /// The right answer after so many steps of the sequence shown.
    pub(super) fn right(&self, steps: usize) -> f64 {
        last_nonzero(&self.sequence()[..steps])
    }

    fn network_picture(&self) -> Picture {
        let (shared, now) = (self.shows_shared(), self.time());
        let (units, length) = (self.settings.whole("units"), self.settings.whole("length"));
        let reading = self.readings().of(shared);
        let drawing = Unrolled {
            network: self.networks.of(shared),
            shared,
            length,
            units,
            x: self.sequence(),
            reading,
            time: now,
            weight: self.weight(),
        }
        .drawing();
        let weights = units * (units + 1);
        let note = if shared {
            format!("{weights} weights, the same at every step")
        } else {
            format!("{weights} separate weights at each of {length} steps")
        };
        let (count, weight) = lit(&drawing);
        let description = format!(
            "{note}. The highlighted one, {}, is {}; it is drawn {}. After {} \
             the network would answer {}; the right answer is {}.",
            self.weight_name(),
            fixed(weight, 3),
            counted(count, "time"),
            counted(now as u64, "step"),
            fixed(reading.y_hat[now - 1], 2),
            fixed(self.right(now), 0)
        );
        Picture { note, description, body: Body::Network(drawing) }
    }

    /// "weight 2: W_h, row 1, column 2".
    fn weight_name(&self) -> String {
        let (units, lit) = (self.settings.whole("units"), self.lit());
        let number = chosen("weight", self.settings.whole("weight"), units * (units + 1));
        if lit.matrix == "wh1" {
            let (row, column) = (lit.place / units + 1, lit.place % units + 1);
            format!("{number}: W_h, row {row}, column {column}")
        } else {
            format!("{number}: W_x, row {}", lit.place + 1)
        }
    }

    fn states_picture(&self) -> Picture {
        let (shared, units) = (self.shows_shared(), self.settings.whole("units"));
        let states = &self.readings().of(shared).states;
        let columns = states.len() / units;
        let entry = |i: usize| states[i % columns * units + i / columns];
        let values = (0..units * columns).map(entry).collect();
        let items = ["number of the state", "step"];
        let heat = Heat::new("activation", items, (units, columns), 1.0, values);
        let description = format!(
            "The {units} numbers of the state after each of {columns} steps of the sequence, in the \
             network with {}.",
            if shared { "tied weights" } else { "separate weights at every step" }
        );
        Picture { note: NAMES.of(shared).to_string(), description, body: Body::Heat(heat) }
    }

    fn gradient_picture(&self) -> Picture {
        let names = (1..=self.settings.whole("length")).map(|step| format!("step {step}"));
        self.gradient().picture(self.lit().place, &self.weight_name(), "step", names)
    }
}
