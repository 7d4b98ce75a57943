//! "Pre-training": a body of features is learned on a task with many examples and handed to a task
//! with few; beside it, the same network learns the second task from scratch.

mod dragged;
mod feed;
mod maps;
mod metrics;
mod parameters;
mod placing;
mod supervised;
mod supervised_figures;
mod tasks;
mod transfer;
mod transfer_figures;
mod unsupervised;
mod unsupervised_figures;

pub use supervised::PRE_TRAINING_SUPERVISED;
pub use unsupervised::PRE_TRAINING_UNSUPERVISED;
