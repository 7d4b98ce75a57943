//! What a lab measures and shows: each entry holds its definition and its function together.

use crate::figure::{Body, FigureSpec, Handle};
use serde::Serialize;

/// A number a lab measures.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct MetricSpec {
    /// Its name in code.
    pub key: &'static str,
    /// Its name in words.
    pub label: &'static str,
    /// The lecture's symbol, where it has one.
    pub symbol: &'static str,
    /// "fraction" where the page may write it as a percentage, "points" for the difference of two such
    /// fractions, in percentage points; otherwise its unit, if any.
    pub unit: &'static str,
    /// How many decimals it is written with, however small it is; as many as suit its size where none
    /// are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u32>,
    /// One line for a reader.
    pub help: &'static str,
}

/// A plain number, by its key, its name in words, and one line for a reader.
pub const fn number(key: &'static str, label: &'static str, help: &'static str) -> MetricSpec {
    MetricSpec { key, label, symbol: "", unit: "", decimals: None, help }
}

/// A fraction, which the page writes as a percentage.
pub const fn share(key: &'static str, label: &'static str, help: &'static str) -> MetricSpec {
    number(key, label, help).unit("fraction")
}

/// A difference of two fractions, in percentage points.
pub const fn points(key: &'static str, label: &'static str, help: &'static str) -> MetricSpec {
    number(key, label, help).unit("points")
}

impl MetricSpec {
    /// The lecture's symbol.
    pub const fn symbol(self, symbol: &'static str) -> Self {
        MetricSpec { symbol, ..self }
    }

    /// The unit.
    pub const fn unit(self, unit: &'static str) -> Self {
        MetricSpec { unit, ..self }
    }

    /// The number of decimals.
    pub const fn decimals(self, decimals: u32) -> Self {
        MetricSpec { decimals: Some(decimals), ..self }
    }
}

/// A metric of the lab `L`: its definition, and its formula.
pub struct Metric<L> {
    /// What the catalogue says of it.
    pub spec: MetricSpec,
    /// Its value now; NaN where it does not apply.
    pub(super) of: fn(&L) -> f64,
}

impl MetricSpec {
    /// The metric with its formula, which gives NaN where it does not apply.
    pub const fn of<L>(self, of: fn(&L) -> f64) -> Metric<L> {
        Metric { spec: self, of }
    }
}

/// What a figure shows at this moment.
pub struct Picture {
    /// A short remark on the present state, at the right of the heading: "31 of 64 neurons kept".
    pub note: String,
    /// The same in full sentences, for those who do not see it.
    pub description: String,
    /// The content.
    pub body: Body,
}

impl Picture {
    /// Nothing to show with these settings, and why.
    pub fn empty(why: &str) -> Self {
        Picture { note: why.to_string(), description: why.to_string(), body: Body::Empty }
    }

    /// The same, of which no number is told where nothing is trained yet: what a network answers
    /// before its first step is chance.
    pub fn told_once(self, trained: bool) -> Self {
        let (note, description) = match trained {
            true => (self.note, self.description),
            false => ("not trained yet".to_string(), "Nothing is trained yet.".to_string()),
        };
        Picture { note, description, ..self }
    }
}

/// A figure of the lab `L`: its definition, and what makes its picture.
pub struct View<L> {
    /// What the catalogue says of it.
    pub spec: FigureSpec,
    /// What it shows now.
    pub(super) of: fn(&L) -> Picture,
    /// Where a hand changes settings in it.
    pub(super) handles: fn(&L) -> Vec<Handle>,
}

impl<L> View<L> {
    /// A figure with its key, its heading, what to look for in it, and what makes its picture.
    pub const fn new(
        key: &'static str,
        title: &'static str,
        description: &'static str,
        of: fn(&L) -> Picture,
    ) -> Self {
        let spec = FigureSpec { key, title, description };
        View { spec, of, handles: |_| Vec::new() }
    }

    /// The same figure, with places to press and to drag.
    pub const fn with_handles(self, handles: fn(&L) -> Vec<Handle>) -> Self {
        View { handles, ..self }
    }
}

/// The definitions of a lab's metrics, for the catalogue.
pub const fn metric_specs<L, const N: usize>(metrics: &[Metric<L>; N]) -> [MetricSpec; N] {
    let mut specs = [metrics[0].spec; N];
    let mut place = 1;
    while place < N {
        specs[place] = metrics[place].spec;
        place += 1;
    }
    specs
}

/// The definitions of a lab's figures, for the catalogue.
pub const fn figure_specs<L, const N: usize>(views: &[View<L>; N]) -> [FigureSpec; N] {
    let mut specs = [views[0].spec; N];
    let mut place = 1;
    while place < N {
        specs[place] = views[place].spec;
        place += 1;
    }
    specs
}
