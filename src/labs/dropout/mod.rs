//! "Dropout": the worked example of the slides, and what dropout does to overfitting.

mod arms;
mod example;
mod example_figures;
mod overfitting;
mod overfitting_figures;

pub use example::DROPOUT_EXAMPLE;
pub use overfitting::DROPOUT;

use crate::nn::DropoutScaling;

/// The scaling of this name.
fn scaling(name: &str) -> DropoutScaling {
    let found = DropoutScaling::NAMES.iter().find(|(known, _)| *known == name);
    found.map(|(_, scaling)| *scaling).expect("every choice of the lab has a name in the engine")
}
