//! What the cells of an experiment have measured.

use super::asked::Experiment;
use super::paired::{Differences, differences};
use super::{chart, lines, tables};
use crate::error::Result;
use crate::figure::{Figure, Table};
use crate::sweep::report::Ended;
use serde::Serialize;

/// What the cells of an experiment measured, so far.
#[derive(Debug, Serialize)]
pub struct Found {
    /// Means with their bars.
    pub figure: Figure,
    /// The means as numbers.
    pub means: Table,
    /// Of what is compared, the differences of runs with the same seed, where anything is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differences: Option<Differences>,
}

impl Experiment {
    /// What the cells that have ended have measured.
    ///
    /// # Errors
    /// As [`Experiment::planned`].
    pub fn found(&self, ended: &[Ended]) -> Result<Found> {
        let plan = self.plan()?;
        plan.check()?;
        let lines = lines::lines(self, &plan, ended);
        Ok(Found {
            figure: chart::figure(self, &plan, &lines, ended),
            means: tables::means(&plan, &lines),
            differences: differences(&plan, &lines),
        })
    }
}
