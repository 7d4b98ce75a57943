//! A network: neurons in columns, joined by weights.

mod edges;
mod key;
mod names;
mod plan;
pub(super) mod units;

use super::pen::Pen;
use crate::error::Result;
use crate::figure::NetworkDrawing;
use plan::Plan;

/// Draws a network over the whole picture, every neuron at the place its figure gives: whoever
/// shows the picture finds it there again under a click.
pub(super) fn draw(pen: &Pen, network: &NetworkDrawing) -> Result<()> {
    let plan = Plan::of(pen, network);
    edges::draw(pen, network, &plan)?;
    units::draw(pen, network, &plan)?;
    edges::labels(pen, network, &plan)?;
    key::draw(pen, network)?;
    names::draw(pen, network, &plan)
}
