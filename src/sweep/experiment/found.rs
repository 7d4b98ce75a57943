//! What the cells of an experiment have measured.

use super::asked::Experiment;
use super::lines::Line;
use super::paired::{Differences, differences};
use super::{asked, chart, lines, tables};
use crate::error::Result;
use crate::figure::{Figure, Table};
use crate::numbers::whole;
use crate::sweep::plan::Plan;
use crate::sweep::report::{Ended, VERSION};
use serde::Serialize;

/// More lines than this are told apart only where all are of one metric, or of two and of as few curves.
const MOST_LINES: usize = 4;

/// What the cells of an experiment measured, so far.
#[derive(Debug, Serialize)]
pub struct Found {
    /// Means with their bars.
    pub figure: Figure,
    /// What was run and what is shown of it, for a picture that is handed on.
    pub caption: String,
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
        let figure = self.figure(&plan, &lines, ended)?;
        let caption = caption(&figure, &plan, ended.len());
        Ok(Found {
            figure,
            caption,
            means: tables::means(&plan, &lines),
            differences: differences(&plan, &lines),
        })
    }

    /// The chart; where there are many lines of several metrics, of the first of these alone.
    fn figure(&self, plan: &Plan, all: &[Line], ended: &[Ended]) -> Result<Figure> {
        let (metrics, count) = (self.metrics.len(), all.len());
        if metrics == 1 || count <= MOST_LINES * metrics.min(2) {
            return Ok(chart::figure(self, plan, all, ended));
        }
        let alone = Experiment { metrics: self.metrics[..1].to_vec(), ..self.clone() };
        let plan = alone.plan()?;
        let figure = chart::figure(&alone, &plan, &lines::lines(&alone, &plan, ended), ended);
        let note = format!(
            "{}; one metric of {metrics}, for {count} lines would run into one another: untick it to see the next",
            figure.note
        );
        Ok(Figure { note, ..figure })
    }
}

/// What was run and what the figure shows of it, in sentences.
fn caption(Figure { title, note, .. }: &Figure, plan: &Plan, ended: usize) -> String {
    let (count, lab) = (plan.count(), plan.spec.id);
    let so_far = match ended {
        all if all >= count => String::new(),
        some => format!(" {} have ended.", whole(some as u64)),
    };
    let told = asked::told(plan, count);
    format!("{title}: {note}. {told}{so_far} Lab {lab}, Regularization Playground {VERSION}.")
}
