//! Weights: in the colour of their tie, or blue where positive and orange where negative; wider and
//! darker the larger they are. Where one group of weights stands out, all others step back; where none
//! does, the groups lie on bands, so that it is seen what belongs together.

use super::names;
use super::plan::Plan;
use crate::error::Result;
use crate::figure::{Edge, NetworkDrawing};
use crate::plot::geometry::{Point, Rect};
use crate::plot::pen::{Pen, Stroke};
use crate::plot::text::{Type, bounds};

/// Pieces of a curved edge.
const PIECES: usize = 14;

/// How wide a band is where there are two, and at least where there are many.
const BAND: f64 = 13.0;
const NARROWEST: f64 = 4.0;

/// The size of the labels on edges.
const LABEL: f64 = 11.0;

/// Where along its edge a label may stand, the best place first: a quarter of the way, where
/// edges have parted and not yet crossed.
const PLACES: [f64; 13] = [0.25, 0.3, 0.35, 0.2, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8];

/// Draws the weights, the largest on top. Those of dropped neurons are only hinted at where a
/// label needs something to stand on, and otherwise left out.
pub(super) fn draw(pen: &Pen, network: &NetworkDrawing, plan: &Plan) -> Result<()> {
    let straight = network.edges.iter().any(|edge| !edge.label.is_empty() || edge.group.is_some());
    let mut edges: Vec<&Edge> = network.edges.iter().filter(|edge| is_drawn(edge)).collect();
    edges.sort_by(|a, b| a.weight.abs().total_cmp(&b.weight.abs()));
    edges.sort_by_key(|edge| (edge.kept, light(network, edge) == Light::On));
    bands(pen, network, plan)?;
    for edge in edges {
        let Some(ends) = ends(plan, edge) else { continue };
        let path = if straight { vec![ends.0, ends.1] } else { curve(ends) };
        pen.path(&path, &stroke(pen, network, edge))?;
    }
    Ok(())
}

fn stroke(pen: &Pen, network: &NetworkDrawing, edge: &Edge) -> Stroke {
    let size = size(edge.weight, network.largest);
    let tie =
        network.ties.iter().position(|tie| edge.group.is_some_and(|g| tie.groups.contains(&g)));
    let colour = tie.map_or(pen.palette.sign(edge.weight), |tie| pen.palette.tie(tie));
    // Of many weights, the small ones step back; of few, each is to be seen.
    let (widest, faintest) = if network.edges.len() > 100 { (1.6, 0.15) } else { (3.0, 0.4) };
    match light(network, edge) {
        _ if !edge.kept => Stroke::new(pen.palette.pale, 1.0).dashed().faded(0.8),
        Light::None => Stroke::new(colour, 0.4 + (widest - 0.4) * size)
            .faded(faintest + (0.9 - faintest) * size),
        Light::On => Stroke::new(colour, 1.4 + size),
        // A colour of its own is to be told from the others even there.
        Light::Off if tie.is_some() => Stroke::new(colour, 0.6 + size).faded(0.45 + 0.4 * size),
        Light::Off => Stroke::new(colour, 0.6 + 0.6 * size).faded(0.2 + 0.15 * size),
    }
}

/// Bands under the weights in use, in the tint of their group; of many groups they are narrower.
fn bands(pen: &Pen, network: &NetworkDrawing, plan: &Plan) -> Result<()> {
    let groups =
        network.edges.iter().filter_map(|edge| edge.group).max().map_or(0, |last| last + 1);
    for group in (0..groups).filter(|_| network.lit.is_none()) {
        let of_group = |edge: &&Edge| edge.kept && edge.group == Some(group);
        for edge in network.edges.iter().filter(of_group) {
            let Some(ends) = ends(plan, edge) else { continue };
            pen.path(&[ends.0, ends.1], &band(pen, group, groups))?;
        }
    }
    Ok(())
}

fn band(pen: &Pen, group: usize, groups: usize) -> Stroke {
    let bands = &pen.palette.bands;
    if groups <= bands.len() {
        return Stroke::new(bands[group], BAND);
    }
    let width = (BAND * bands.len() as f64 / groups as f64).max(NARROWEST);
    Stroke::new(pen.palette.tie(group), width).faded(0.25)
}

/// How a weight stands to the group that stands out.
#[derive(Clone, Copy, PartialEq)]
enum Light {
    /// No group does.
    None,
    /// It is one of the group.
    On,
    /// It is not.
    Off,
}

fn light(network: &NetworkDrawing, edge: &Edge) -> Light {
    match network.lit {
        None => Light::None,
        lit if edge.group == lit => Light::On,
        _ => Light::Off,
    }
}

fn is_drawn(edge: &Edge) -> bool {
    edge.weight.is_finite() && (edge.kept || !edge.label.is_empty())
}

/// How large a weight is among all, from 0 to 1.
fn size(weight: f64, largest: f64) -> f64 {
    let part = weight.abs() / largest.abs();
    if part.is_finite() { part.min(1.0) } else { 0.0 }
}

/// The centres of the neurons an edge joins; none where the figure has no such neurons.
fn ends(plan: &Plan, edge: &Edge) -> Option<(Point, Point)> {
    let (from, to) = (plan.unit(edge.layer, edge.from)?, plan.unit(edge.layer + 1, edge.to)?);
    Some((from.centre(), to.centre()))
}

/// A curve that leaves and arrives level: Bézier's, with both control points half way across.
fn curve((from, to): (Point, Point)) -> Vec<Point> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let point = |i: usize| {
        let t = i as f64 / PIECES as f64;
        let (x, y) = (t * (1.5 - 1.5 * t + t * t), t * t * (3.0 - 2.0 * t));
        (from.0 + dx * x, from.1 + dy * y)
    };
    (0..=PIECES).map(point).collect()
}

/// Writes the labels on the edges, each where it covers no other, no neuron and no name, if there is
/// such a place.
pub(super) fn labels(pen: &Pen, network: &NetworkDrawing, plan: &Plan) -> Result<()> {
    let mut taken = plan.units.concat();
    taken.extend(names::covered(pen, network, plan));
    for edge in network.edges.iter().filter(|edge| !edge.label.is_empty()) {
        let Some(ends) = ends(plan, edge) else { continue };
        let colour = if edge.kept { pen.palette.sign(edge.weight) } else { pen.palette.muted };
        let kind = Type::new(colour).centred().sized(LABEL);
        let width = pen.width(&edge.label, &kind);
        let at = free_place(ends, &taken, |at| bounds(at, width, &kind).grown(1.0));
        taken.push(bounds(at, width, &kind).grown(1.0));
        pen.text_with_halo(&edge.label, at, &kind)?;
    }
    Ok(())
}

/// The first place along an edge where a label covers nothing, else the one where it covers least.
fn free_place(ends: (Point, Point), taken: &[Rect], label: impl Fn(Point) -> Rect) -> Point {
    let (from, to) = ends;
    let place = |part: f64| (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1));
    let covered = |at: Point| taken.iter().map(|other| label(at).overlap(other)).sum::<f64>();
    let covering = PLACES.map(place).map(|at| (covered(at), at));
    let best = covering.into_iter().reduce(|a, b| if b.0 < a.0 { b } else { a });
    best.map_or(from, |(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_joins_its_ends_and_is_level_there() {
        let curve = curve(((0.0, 0.0), (100.0, 50.0)));
        assert_eq!((curve[0], curve[PIECES]), ((0.0, 0.0), (100.0, 50.0)));
        assert!(curve[1].1 < 1.0 && curve[PIECES - 1].1 > 49.0);
    }

    #[test]
    fn labels_of_three_by_three_edges_cover_nothing() {
        let mut taken = Vec::<Rect>::new();
        for (from, to) in (0..9).map(|i| (f64::from(i / 3) * 60.0, f64::from(i % 3) * 60.0)) {
            let label = |at| Rect::around(at, 20.0, 13.0);
            let at = free_place(((0.0, from), (120.0, to)), &taken, label);
            assert!(taken.iter().all(|other| label(at).overlap(other) == 0.0), "{from} to {to}");
            taken.push(label(at));
        }
    }

    #[test]
    fn sizes_are_parts_of_the_largest() {
        assert_eq!([size(-2.0, 4.0), size(9.0, 4.0), size(0.0, 0.0)], [0.5, 1.0, 0.0]);
    }
}
