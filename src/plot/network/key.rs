//! The key to tied weights, in one line at the top: each in its colour, with its name and value. Where
//! none are tied, the value of the one that stands out.

use crate::error::Result;
use crate::figure::{NetworkDrawing, Tie};
use crate::numbers::fixed;
use crate::plot::geometry::Rect;
use crate::plot::pen::Pen;
use crate::plot::text::{LINE, Type};

/// The size of the words.
const SIZE: f64 = 11.0;

/// The bit of line before the words, and the gap between the two.
const SAMPLE: f64 = 10.0;
const NEAR: f64 = 4.0;

/// Between two entries, where there is room for that.
const BETWEEN: f64 = 18.0;

/// Draws the key; that of the weight which stands out is bold.
pub(super) fn draw(pen: &Pen, network: &NetworkDrawing) -> Result<()> {
    let ties = (0..network.ties.len()).map(|i| entry(pen, network, i));
    let entries: Vec<(String, Type)> = ties.chain(alone(pen, network)).collect();
    let width = |(words, kind): &(String, Type)| SAMPLE + NEAR + pen.width(words, kind);
    let gaps = entries.len().saturating_sub(1).max(1) as f64;
    let spare = pen.page().width() - entries.iter().map(width).sum::<f64>();
    let between = (spare / gaps).clamp(NEAR, BETWEEN);
    let (mut x, y) = (0.0, LINE / 2.0);
    for entry in &entries {
        let (words, kind) = entry;
        let height = if kind.bold { 4.0 } else { 2.0 };
        let sample = Rect::around((x + SAMPLE / 2.0, y), SAMPLE, height);
        pen.fill_rect(&sample, kind.colour, 1.0)?;
        pen.text(words, (x + SAMPLE + NEAR, y), kind)?;
        x += width(entry) + between;
    }
    Ok(())
}

/// What the key says of a tie, and how.
fn entry(pen: &Pen, network: &NetworkDrawing, index: usize) -> (String, Type) {
    let tie = &network.ties[index];
    let lit = network.lit.is_some_and(|lit| tie.groups.contains(&lit));
    let words = match (value(network, tie).map(|value| fixed(value, 2)), tie.groups.len()) {
        (Some(value), 1) => format!("{} {value}", tie.name),
        (Some(value), _) => format!("{}, lit: {value}", tie.name),
        (None, _) => tie.name.clone(),
    };
    (words, Type::new(pen.palette.tie(index)).sized(SIZE).bold(lit))
}

/// What is said of the weight that stands out where it is used once, and hence has no tie.
fn alone(pen: &Pen, network: &NetworkDrawing) -> Option<(String, Type)> {
    let untied = network.ties.is_empty() && network.lit.is_some();
    let lit = network.edges.iter().filter(|edge| untied && edge.group == network.lit);
    let &[edge] = &lit.collect::<Vec<_>>()[..] else { return None };
    let value = fixed(edge.weight, 2);
    let kind = Type::new(pen.palette.sign(edge.weight)).sized(SIZE).bold(true);
    edge.weight.is_finite().then(|| (format!("lit: {value}, used at this place only"), kind))
}

/// The value of a tie's only weight, or of the one that stands out among several.
fn value(network: &NetworkDrawing, tie: &Tie) -> Option<f64> {
    let group = match tie.groups[..] {
        [only] => only,
        _ => network.lit.filter(|lit| tie.groups.contains(lit))?,
    };
    let edge = network.edges.iter().find(|edge| edge.group == Some(group));
    edge.map(|edge| edge.weight).filter(|weight| weight.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Edge;

    #[test]
    fn the_key_has_the_value_of_an_only_weight_and_of_the_one_lit() {
        let edge = |group: usize| Edge {
            layer: 0,
            from: 0,
            to: 0,
            weight: group as f64,
            kept: true,
            label: String::new(),
            group: Some(group),
        };
        let tie = |groups: &[usize]| Tie { name: "w".into(), groups: groups.to_vec() };
        let network = NetworkDrawing {
            edges: (0..4).map(edge).collect(),
            lit: Some(2),
            ..NetworkDrawing::default()
        };
        let found = [&[3][..], &[1, 2], &[0, 1], &[7]].map(|groups| value(&network, &tie(groups)));
        assert_eq!(found, [Some(3.0), Some(2.0), None, None]);
    }
}
