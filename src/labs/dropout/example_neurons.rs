//! The neurons of the worked example by their names.

use crate::param::{Choice, Settings};

/// The neurons that can be inspected, layer by layer.
pub(super) const INSPECTED: &[Choice] = &[
    Choice::new("none", "none"),
    Choice::new("x1", "x₁"),
    Choice::new("x2", "x₂"),
    Choice::new("x3", "x₃"),
    Choice::new("h1", "h₁"),
    Choice::new("h2", "h₂"),
    Choice::new("h3", "h₃"),
    Choice::new("y1", "ŷ₁"),
    Choice::new("y2", "ŷ₂"),
];

/// The neuron that is inspected: its layer and its number, both from 0.
pub(super) fn inspected(settings: &Settings) -> Option<(usize, usize)> {
    let chosen = settings.choice("inspected");
    let place = INSPECTED.iter().position(|choice| choice.value == chosen)?.checked_sub(1)?;
    Some((place / 3, place % 3))
}

/// The choice of a neuron.
pub(super) fn neuron(layer: usize, unit: usize) -> &'static str {
    INSPECTED[1 + 3 * layer + unit].value
}
