//! The catalogue: every lab, in the order of the lecture.

pub mod arms;
mod co_adaptation;
mod configs;
mod dropout;
mod ensembles;
mod histogram;
mod images;
mod l2_noise;
mod network_drawing;
mod pixels;
mod playground;
mod pre_training;
mod subnetworks;
mod symmetry_breaking;
mod weight_sharing;
mod weights;

use crate::error::{Error, Result};
use crate::lab::LabSpec;
use crate::param::own::takes_table;
use crate::value::{Value, one_of};

/// Every lab, in the order of the lecture.
pub const CATALOGUE: &[LabSpec] = &[
    playground::PLAYGROUND,
    l2_noise::L2_NOISE,
    l2_noise::L2_NOISE_NONLINEAR,
    l2_noise::DROPOUT_RIDGE,
    weight_sharing::WEIGHT_SHARING_CNN,
    weight_sharing::WEIGHT_SHARING_RNN,
    pre_training::PRE_TRAINING_UNSUPERVISED,
    pre_training::PRE_TRAINING_SUPERVISED,
    ensembles::ENSEMBLE_FORMULA,
    ensembles::ENSEMBLES,
    dropout::DROPOUT_EXAMPLE,
    dropout::DROPOUT,
    symmetry_breaking::SYMMETRY_BREAKING,
    co_adaptation::CO_ADAPTATION,
    subnetworks::SUBNETWORKS,
];

/// The lab with this id.
///
/// # Errors
/// Where there is none.
pub fn find(id: &str) -> Result<&'static LabSpec> {
    CATALOGUE.iter().find(|lab| lab.id == id).ok_or_else(|| {
        let given = Value::Text(id.to_string());
        let ids = one_of(CATALOGUE.iter().map(|lab| lab.id));
        Error::invalid(format!("lab = {given}: must be {ids}"))
    })
}

/// Refuses a table of the reader's own where a lab takes none.
///
/// # Errors
/// In a sentence that names the labs that take one.
pub fn check_takes_table(spec: &LabSpec) -> Result<()> {
    if takes_table(spec.parameters) {
        return Ok(());
    }
    let with = CATALOGUE.iter().filter(|lab| takes_table(lab.parameters));
    let ids = one_of(with.map(|lab| lab.id));
    Err(Error::invalid(format!("table: the lab {} takes none; must be {ids}", spec.id)))
}
