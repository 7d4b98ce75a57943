
mod example;
mod example_figures;

pub use example::DROPOUT_EXAMPLE;

use crate::nn::DropoutScaling;

/// The scaling of this name.
fn scaling(name: &str) -> DropoutScaling {
    let found = DropoutScaling::NAMES.iter().find(|(known, _)| *known == name);
    found.map(|(_, scaling)| *scaling).expect("every choice of the lab has a name in the engine")
}
