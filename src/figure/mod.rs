//! What a lab wants shown, as data: no pixels, no colours, no plotting library.
//!
//! A figure travels from the worker that trains to the page that draws, and every figure can be
//! turned into a table (and so into CSV and into words). Roles say what a mark stands for; the
//! plot chooses the colour.

mod axis;
mod network;
mod table;

pub use axis::{Axis, Scale, Unit, round_up};
pub use network::{Edge, LayerDrawing, NetworkDrawing, Pick, Tie, UnitDrawing};
pub use table::{csv, table};

use crate::value::Value;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

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
}

impl Figure {
    /// A figure under the title of its definition, which is the one of these specs that has its key.
    pub fn of(
        specs: &[FigureSpec],
        key: &str,
        note: String,
        description: String,
        body: Body,
    ) -> Self {
        let title = specs.iter().find(|spec| spec.key == key).map_or("", |spec| spec.title);
        Figure { key: key.to_string(), title: title.to_string(), note, description, body }
    }
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
}

impl Body {
    /// A chart without a map.
    pub fn chart(x: Axis, y: Axis, series: Vec<Series>, events: Vec<Event>) -> Self {
        Body::Chart(Chart { x, y, map: None, series, events })
    }
}

/// Lines, points, bands or bars on two axes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// A map of values drawn under the series, filling the axes' whole range.
    pub map: Option<Map>,
    /// What is drawn, first to last.
    pub series: Vec<Series>,
    /// Moments on the horizontal axis worth a mark.
    pub events: Vec<Event>,
}

/// A grid of values that fills a chart: `values[row * columns + column]`, row 0 at the axis' min.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// Cells along the horizontal axis.
    pub columns: usize,
    /// Cells along the vertical axis.
    pub rows: usize,
    /// What the values are, in words.
    pub label: String,
    /// The value drawn in full orange; the middle between `low` and `high` is the neutral colour.
    pub low: f64,
    /// The value drawn in full blue.
    pub high: f64,
    /// One value a cell.
    pub values: Vec<f64>,
}

/// One line, cloud of points, band or set of bars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The label at the end of the line.
    pub name: String,
    /// What it stands for; decides the colour.
    pub role: Role,
    /// Which run it belongs to; decides solid or dashed.
    pub run: Run,
    /// How it is drawn.
    pub mark: Mark,
    /// Horizontal positions.
    pub x: Vec<f64>,
    /// Vertical positions; as many as `x`. A point that is not finite breaks the line.
    pub y: Vec<f64>,
    /// Lower ends of a band or of error bars; empty, or as many as `x`.
    pub low: Vec<f64>,
    /// Upper ends of a band or of error bars; empty, or as many as `x`.
    pub high: Vec<f64>,
}

impl Series {
    /// A solid line of run A without a band.
    pub fn line(name: impl Into<String>, role: Role, x: Vec<f64>, y: Vec<f64>) -> Self {
        let (low, high) = (Vec::new(), Vec::new());
        Series { name: name.into(), role, run: Run::A, mark: Mark::Line, x, y, low, high }
    }

    /// The same series drawn with another mark.
    pub fn with_mark(self, mark: Mark) -> Self {
        Series { mark, ..self }
    }

    /// The same series as part of another run.
    pub fn of_run(self, run: Run) -> Self {
        Series { run, ..self }
    }
}

/// What a series stands for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Measured on the training set.
    Train,
    /// Measured on the test set.
    Test,
    /// Given by a formula.
    Theory,
    /// The average over the members of an ensemble.
    Average,
    /// One member of an ensemble.
    Member,
    /// Above zero, or the class drawn in blue.
    Positive,
    /// Below zero, or the class drawn in orange.
    Negative,
    /// None of these.
    Neutral,
}

/// Which of the two runs that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// This run: solid.
    A,
    /// The run it is compared with: dashed.
    B,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Joined points, with the band between `low` and `high` where they are given.
    Line,
    /// Separate points, with error bars where `low` and `high` are given.
    Points,
    /// Points with error bars as above, and a line that joins them.
    Joined,
    /// Bars from 0 up to `y`, each as wide as the distance between neighbouring `x`.
    Bars,
}

/// A moment on the horizontal axis worth a mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Where.
    pub x: f64,
    /// What happened: "keep_prob = 0.3".
    pub label: String,
}

/// Small grey-scale images in a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Images {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// The images, in reading order.
    pub items: Vec<Image>,
}

/// One image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Row by row; 0 is the background's colour, 1 the ink's. Where a pixel of any image of the figure
    /// is negative they are weights: -1 is full orange, 0 the background, 1 full blue.
    pub pixels: Vec<f64>,
    /// What stands under it.
    pub caption: String,
    /// The colour of the caption.
    pub role: Role,
}

/// Small networks in a grid: which of its hidden neurons each keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Masks {
    /// The networks, in reading order.
    pub items: Vec<MaskDrawing>,
}

/// One small network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MaskDrawing {
    /// One flag a hidden neuron, layer by layer; true is kept.
    pub layers: Vec<Vec<bool>>,
    /// What stands under it.
    pub caption: String,
    /// The colour of the caption.
    pub role: Role,
}

/// Matrices with their entries written out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrices {
    /// In reading order.
    pub items: Vec<Matrix>,
}

/// One matrix; a column vector has one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Its symbol: "W(1)".
    pub symbol: String,
    /// What it is, in words.
    pub label: String,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Entries, row by row.
    pub values: Vec<f64>,
    /// One state an entry.
    pub states: Vec<EntryState>,
}

/// How an entry of a matrix stands in this step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Nothing special.
    Plain,
    /// Updated in this step.
    Updated,
    /// In use in this step, and yet its gradient is zero: not because of dropout.
    Unchanged,
    /// Belongs to a dropped neuron: not used and not updated.
    Dropped,
}

/// A matrix as a grid of colours, its first row at the top; numbers are written into the cells where
/// there is room for them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// What the entries are, in words.
    pub label: String,
    /// What a row and what a column stands for: "filter" and "location". They are numbered from 1.
    pub items: [String; 2],
    /// Names for the rows instead of numbers; none where they are numbered. A row without a name is a
    /// gap between others.
    #[serde(default)]
    pub row_names: Vec<String>,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// The entry drawn in full orange; the middle between `low` and `high` is the neutral colour.
    pub low: f64,
    /// The entry drawn in full blue.
    pub high: f64,
    /// Entries, row by row.
    pub values: Vec<f64>,
}

/// Rows of numbers and words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The heads of the columns.
    pub columns: Vec<Column>,
    /// The rows; each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub label: String,
    /// How its numbers are written.
    pub unit: Unit,
}

impl Column {
    /// A column of plain numbers or words.
    pub fn plain(label: impl Into<String>) -> Self {
        Column { label: label.into(), unit: Unit::Plain }
    }
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// A number, written by the page in the reader's locale.
    Number(f64),
    /// Words.
    Text(String),
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match Value::deserialize(input)? {
            Value::Number(number) => Ok(Cell::Number(number)),
            Value::Text(text) => Ok(Cell::Text(text)),
            other => Err(D::Error::custom(format!("a cell = {other}: must be a number or words"))),
        }
    }
}
