//! The map of a lab: its main metric against its main parameter, a point for every finished run; what
//! a reader has guessed of it, and whether the points bear it out.

mod axes;
mod cells;
mod curves;
mod evidence;
mod figure;
mod finding;
mod numbers;
mod state;
#[cfg(test)]
mod tests;
mod trend;
mod verdict;
mod words;

pub use cells::{MapCell, map_cells};
pub use figure::map_figure;
pub use state::{MapRun, MapState};
pub use verdict::{Judgement, Verdict, map_verdict};
