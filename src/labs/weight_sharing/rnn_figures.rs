//! What the lab of recurrence shows.

use super::lines::{Line, chosen, error_chart};
use super::rnn::{FIGURES, NAMES, Rnn};
use crate::figure::{Axis, Body, Event, Figure, Heat, Role, Run, Series};
use crate::numbers::{counted, fixed, percent, significant};

impl Rnn {
    fn errors(&self, key: &str, length: usize, values: [f64; 2], first: usize) -> Figure {
        let line = |i: usize| {
            let (name, value) = (NAMES[i], values[i]);
            Line { curve: first + i, name, value, role: Role::Test }
        };
        let steps = (self.steps, self.settings.whole("steps"));
        let body = error_chart(&self.curves, &[0, 1].map(line), steps);
        let description = format!(
            "After {}, wrong answers on new sequences of {length}: the tied network {}, the one \
             with weights of its own at every step {}.",
            counted(self.steps, "step"),
            percent(values[0]),
            percent(values[1])
        );
        Figure::of(FIGURES, key, format!("length {length}"), description, body)
    }

    pub(super) fn error_figure(&self) -> Figure {
        self.errors("error", self.settings.whole("length"), self.scores().test, 0)
    }

    pub(super) fn long_error_figure(&self) -> Figure {
        self.errors("long_error", self.settings.whole("test_length"), self.scores().long, 2)
    }

    pub(super) fn network_figure(&self) -> Figure {
        let (drawing, shared) = (self.drawing(), self.settings.choice("network") == "shared");
        let (units, length) = (self.settings.whole("units"), self.settings.whole("length"));
        let weights = units * (units + 1);
        let note = if shared {
            format!("{weights} weights, the same at every step")
        } else {
            format!("{weights} weights of its own at each of {length} steps")
        };
        let lit = drawing.edges.iter().filter(|edge| edge.group == drawing.lit);
        let (count, weight) = lit.fold((0, 0.0), |(count, _), edge| (count + 1, edge.weight));
        let course = &self.shown().courses[usize::from(!shared)];
        let now = self.time();
        let description = format!(
            "{note}. The one lit, {}, is {}; it is drawn {}. After {} \
             the network would answer {}; right is {}.",
            self.weight_name(),
            fixed(weight, 3),
            counted(count, "time"),
            counted(now as u64, "step"),
            fixed(course.y_hat[now - 1], 2),
            fixed(self.shown().y[now - 1], 0)
        );
        Figure::of(FIGURES, "network", note, description, Body::Network(drawing))
    }

    /// "weight 2: W_h, row 1, column 2".
    fn weight_name(&self) -> String {
        let units = self.settings.whole("units");
        let number = chosen("weight", self.settings.whole("weight"), units * (units + 1));
        match self.lit() {
            ("wh1", at) => {
                format!("{number}: W_h, row {}, column {}", at / units + 1, at % units + 1)
            }
            (_, at) => format!("{number}: W_x, row {}", at + 1),
        }
    }

    pub(super) fn readout_figure(&self) -> Figure {
        let (shown, now) = (self.shown(), self.time());
        let count = shown.x.len();
        let steps: Vec<f64> = (1..=count).map(|step| step as f64).collect();
        let line = |name, role, y: &[f64]| Series::line(name, role, steps.clone(), y.to_vec());
        let [tied, apart] = &shown.courses;
        let series = vec![
            line("right", Role::Theory, &shown.y),
            line(NAMES[1], Role::Test, &apart.y_hat).of_run(Run::B),
            line(NAMES[0], Role::Test, &tied.y_hat),
        ];
        let length = self.settings.whole("length");
        let mut events = vec![Event { x: now as f64, label: format!("t = {now}") }];
        if length < count && length != now {
            events.push(Event { x: length as f64, label: "trained length".to_string() });
        }
        let x = Axis::linear("step", 1.0, count as f64);
        let y = Axis::linear("answer", -1.5, 1.5);
        let wrong =
            |y_hat: &[f64]| y_hat.iter().zip(&shown.y).filter(|(a, b)| *a * *b <= 0.0).count();
        let (of_tied, of_apart) = (wrong(&tied.y_hat), wrong(&apart.y_hat));
        let note =
            format!("wrong answers of {count}: tied {of_tied}, own at every step {of_apart}");
        let description = format!(
            "Read step by step, the answer of the tied network has the wrong sign after {of_tied} of \
             {count} steps, that of the network with weights of its own after {of_apart}. After step \
             {now} they say {} and {}; right is {}.",
            fixed(tied.y_hat[now - 1], 2),
            fixed(apart.y_hat[now - 1], 2),
            fixed(shown.y[now - 1], 0)
        );
        let body = Body::chart(x, y, series, events);
        Figure::of(FIGURES, "readout", note, description, body)
    }

    pub(super) fn states_figure(&self) -> Figure {
        let which = usize::from(self.settings.choice("network") != "shared");
        let (course, units) = (&self.shown().courses[which], self.settings.whole("units"));
        let columns = course.states.len() / units;
        let entry = |i: usize| course.states[i % columns * units + i / columns];
        let heat = Heat {
            label: "activation".to_string(),
            items: ["number of the state", "step"].map(String::from),
            rows: units,
            columns,
            low: -1.0,
            high: 1.0,
            values: (0..units * columns).map(entry).collect(),
            ..Heat::default()
        };
        let description = format!(
            "The {units} numbers of the state after each of {columns} steps of the sequence, in the \
             network with {}.",
            if which == 0 { "tied weights" } else { "weights of its own at every step" }
        );
        Figure::of(FIGURES, "states", NAMES[which].to_string(), description, Body::Heat(heat))
    }

    pub(super) fn gradient_figure(&self) -> Figure {
        let (gradient, (_, weight)) = (self.gradient(), self.lit());
        let steps = self.settings.whole("length");
        let body = gradient.table(weight, "step", (1..=steps).map(|step| format!("step {step}")));
        let (sum, tied) = (gradient.parts(weight).iter().sum::<f64>(), gradient.tied(weight));
        let name = self.weight_name();
        let description = format!(
            "The gradients of {name} at {steps} steps add up to {}; the gradient of the tied weight is \
             {}.",
            significant(sum, 7),
            significant(tied, 7)
        );
        Figure::of(FIGURES, "gradient", name, description, body)
    }
}
