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

use crate::lab::weights::Weights;
use crate::labs::weights::weights_of;
use transfer::Transfer;

pub use supervised::PRE_TRAINING_SUPERVISED;
pub use unsupervised::PRE_TRAINING_UNSUPERVISED;

/// The weights of the three networks that are trained.
fn weights(transfer: &Transfer) -> Vec<Weights> {
    let Transfer { pretrained, scratch, .. } = transfer;
    let source = transfer.source();
    weights_of([("source task", source), ("pre-trained", pretrained), ("from scratch", scratch)])
}
