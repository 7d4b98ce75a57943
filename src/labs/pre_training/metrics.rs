//! What both labs measure of the two phases. Where the two tell a reader different things, `help`
//! comes from the lab.

use super::transfer::{PRETRAINED_ERROR, SCRATCH_ERROR, Transfer};
use crate::lab::{Metric, points, share};

/// The error on the target task of the network that starts from scratch.
pub(super) const fn test_error_scratch<L: AsRef<Transfer>>(help: &'static str) -> Metric<L> {
    share(SCRATCH_ERROR, "Test error from scratch", help)
        .of(|lab| lab.as_ref().scores().scratch.test)
}

/// The error on the target task of the network that starts with the body.
pub(super) const fn test_error_pretrained<L: AsRef<Transfer>>(help: &'static str) -> Metric<L> {
    share(PRETRAINED_ERROR, "Test error pre-trained", help)
        .of(|lab| lab.as_ref().scores().pretrained.test)
}

/// What pre-training has gained.
pub(super) const fn gain<L: AsRef<Transfer>>() -> Metric<L> {
    points("gain", "Gain", "test error from scratch minus pre-trained").of(|lab| {
        let scores = lab.as_ref().scores();
        scores.scratch.test - scores.pretrained.test
    })
}

/// The error from scratch on the examples that are learned from.
pub(super) const fn train_error_scratch<L: AsRef<Transfer>>(help: &'static str) -> Metric<L> {
    share("train_error_scratch", "Training error from scratch", help)
        .of(|lab| lab.as_ref().train_error(&lab.as_ref().scratch))
}

/// The pre-trained network's error on the examples that are learned from.
pub(super) const fn train_error_pretrained<L: AsRef<Transfer>>(help: &'static str) -> Metric<L> {
    share("train_error_pretrained", "Training error pre-trained", help)
        .of(|lab| lab.as_ref().train_error(&lab.as_ref().pretrained))
}

/// What stopping early would have made of the network from scratch.
pub(super) const fn best_test_error_scratch<L: AsRef<Transfer>>() -> Metric<L> {
    let help = "its lowest test error so far, known only in hindsight";
    share("best_test_error_scratch", "Best from scratch", help)
        .of(|lab| lab.as_ref().curves().least(SCRATCH_ERROR))
}

/// How far fine-tuning has moved the body.
pub(super) const fn features_moved<L: AsRef<Transfer>>(help: &'static str) -> Metric<L> {
    share("features_moved", "Features moved", help)
        .of(|lab| lab.as_ref().moved().unwrap_or(f64::NAN))
}
