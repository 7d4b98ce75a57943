//! An experiment as the page asks for it and shows it: the cells of its plan, what they measured as a chart,
//! in tables and in words.

mod asked;
mod chart;
mod found;
mod lines;
mod names;
mod paired;
mod student;
mod suggest;
mod tables;
#[cfg(test)]
mod tests;

pub use asked::{Bars, Experiment, Place, Planned, Wanted};
pub use found::Found;
pub use paired::Differences;
pub use suggest::{Suggested, suggested};
