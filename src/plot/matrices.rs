//! Not drawn yet.
use super::pen::Pen;
use super::surface::Surface;
use crate::error::Result;
use crate::figure::Matrices;
pub(super) fn draw<B: Surface>(_pen: &Pen<B>, _x: &Matrices) -> Result<()> {
    Ok(())
}
