//! What a lab wants shown, as data: no pixels, no colours, no plotting library.
//!
//! A figure travels from the worker that trains to the page that draws, and every figure can be
//! turned into a table (and so into CSV and into words). Roles say what a mark stands for; the
//! plot chooses the colour.

mod axis;
mod chart;
mod contour;
mod earlier;
mod handle;
mod images;
mod matrices;
mod network;
mod rows;
mod strips;
mod table;

pub use axis::{Axis, Scale, Unit, doubled, round_up};
pub use chart::{Chart, Event, LineStyle, Map, Mark, Role, Series};
pub use contour::contour;
pub use earlier::{Earlier, with_earlier};
pub use handle::{Along, Change, Given, Handle, Place};
pub use images::{Image, Images, MaskDrawing, Masks};
pub use matrices::{EntryState, Heat, Matrices, Matrix, Wall};
pub use network::{Edge, LayerDrawing, NetworkDrawing, Pick, Tie, UnitDrawing};
pub use rows::{Cell, Column, Table};
pub use strips::{Answer, Strip, StripMark, Strips};
pub use table::{csv, quoted, table};

use serde::{Deserialize, Serialize};

/// A figure a lab offers: what it is called and what it shows, before any run.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FigureSpec {
    /// The figure's name in code and on the page.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What to look for in it.
    pub description: &'static str,
}

/// A figure as it stands now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The key of its `FigureSpec`.
    pub key: String,
    /// Heading, at the left.
    pub title: String,
    /// A short remark on the present state, at the right of the heading: "31 of 64 neurons kept".
    pub note: String,
    /// What the figure shows at this moment, in full sentences, for those who do not see it.
    pub description: String,
    /// The content.
    pub body: Body,
    /// Where a hand changes settings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handles: Vec<Handle>,
}

/// The content of a figure; outside, an object whose one key says which: `{ "chart": … }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Nothing to show with these settings; the figure's note says why.
    Empty,
    /// Lines, points, bands or bars on two axes, over an optional map.
    Chart(Chart),
    /// Neurons in layers, joined by weights.
    Network(NetworkDrawing),
    /// Small grey-scale images in a grid.
    Images(Images),
    /// Matrices with their entries written out.
    Matrices(Matrices),
    /// Rows of numbers and words.
    Table(Table),
    /// A matrix as a grid of colours.
    Heat(Heat),
    /// Small networks in a grid, their dropped neurons crossed out.
    Masks(Masks),
    /// Rows of cells, place by place or step by step.
    Strips(Strips),
}

impl Body {
    /// A chart without a map.
    pub fn chart(x: Axis, y: Axis, series: Vec<Series>, events: Vec<Event>) -> Self {
        Body::Chart(Chart { x, y, map: None, series, events })
    }

    /// A table whose columns are plain.
    pub fn table<const N: usize>(heads: [&str; N], rows: Vec<Vec<Cell>>) -> Self {
        Body::Table(Table { columns: heads.map(Column::plain).to_vec(), rows })
    }
}
