//! What a lab asks of images of the reader's own.

use serde::Serialize;

/// Of a choice of data: which images suit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OwnImages {
    /// How many classes there must be; none where any number will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<usize>,
    /// How many images of each class there must be.
    pub of_each: usize,
}
