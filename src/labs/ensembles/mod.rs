//! "Ensembles": the formula of the slides on drawn errors, and on networks that are really trained.

mod dart_figures;
mod darts;
mod drawn;
mod example_figure;
mod formula;
mod formula_figures;
mod maps;
mod members;
mod moments;
mod network_figures;
mod networks;
mod one_example;
mod problem;
mod scores;

pub use formula::ENSEMBLE_FORMULA;
pub use networks::ENSEMBLES;
