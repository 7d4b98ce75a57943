//! Where a figure's handles lie in its picture.

use super::geometry::{Area, Rect, inside};
use super::pen::Pen;
use super::{chart, heat, images, masks, strips};
use crate::figure::{Body, Figure, Handle, Place};
use serde::Serialize;

/// A handle where it lies in a picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grip {
    /// The handle.
    pub handle: Handle,
    /// Its centre, in CSS pixels from the left.
    pub x: f64,
    /// Its centre, in CSS pixels from the top.
    pub y: f64,
    /// How wide it is, in CSS pixels; 0 where it is a point.
    pub width: f64,
    /// How high it is, in CSS pixels; 0 where it is a point.
    pub height: f64,
    /// Cells across, where it is a grid of cells; else 1.
    pub columns: usize,
    /// Cells down, where it is a grid of cells; else 1.
    pub rows: usize,
    /// What a CSS pixel to the right is, in units of the axis, pixels of an image, cells, or parts of the
    /// whole; 0 where it cannot be dragged so.
    pub across: f64,
    /// The same of a CSS pixel downwards: below 0 where the vertical axis grows upwards.
    pub down: f64,
}

/// Where the handles of a figure lie; those that have no place in the picture are left out.
pub(super) fn of(pen: &Pen, figure: &Figure) -> Vec<Grip> {
    let place = places(pen, figure);
    let handles = figure.handles.iter();
    handles.filter_map(|handle| Some(grip(handle, place(&handle.at)?))).collect()
}

fn grip(handle: &Handle, Area { rect, cells, units }: Area) -> Grip {
    let (x, y) = rect.centre();
    Grip {
        handle: handle.clone(),
        x,
        y,
        width: rect.width(),
        height: rect.height(),
        columns: cells.0,
        rows: cells.1,
        across: units.0,
        down: units.1,
    }
}

/// Where a place of the figure is.
fn places<'a>(pen: &'a Pen, figure: &'a Figure) -> impl Fn(&Place) -> Option<Area> + 'a {
    let frame = match &figure.body {
        Body::Chart(chart) if !figure.handles.is_empty() => chart::frame(pen, chart, &figure.title),
        _ => None,
    };
    move |place| match (place, &figure.body) {
        (&Place::Point { x, y }, _) => frame.as_ref()?.area((x, y)),
        (&Place::Spot { x, y }, _) => {
            let rect = Rect::around(inside(&pen.page(), (x, y)), 0.0, 0.0);
            Some(Area { rect, cells: (1, 1), units: (0.0, 0.0) })
        }
        (Place::All, _) => Some(Area::item(pen.page(), (1, 1))),
        (&Place::Item(i), Body::Images(images)) => images::area(pen, images, i),
        (&Place::Item(i), Body::Masks(masks)) => masks::area(pen, masks, i),
        (&Place::Item(i), Body::Heat(heat)) => heat::cell(pen, heat, i),
        (&Place::Item(i), Body::Strips(rows)) => strips::area(pen, rows, i),
        (Place::Cells { .. }, Body::Strips(rows)) => strips::keys(pen, rows),
        (Place::Cells { .. }, Body::Heat(heat)) => heat::cells(pen, heat),
        (Place::Cells { .. }, Body::Images(images)) => images::cells(pen, images),
        _ => None,
    }
}
