//! Handles: they lie where what they move is drawn.

use super::readout::discs;
use super::{SIZES, figure, samples};
use crate::figure::{Axis, Body, Figure, Handle, Heat, Image, Images, Place, Role, Scale, Series};
use crate::plot::{Grip, grips, svg};

fn with(body: Body, handles: Vec<Handle>) -> Figure {
    Figure { handles, ..figure(body) }
}

fn one(body: Body, handle: Handle, (width, height): (u32, u32)) -> Option<Grip> {
    grips(&with(body, vec![handle]), width, height).pop()
}

fn at(x: f64, y: f64) -> Handle {
    Handle::press("point", "", Place::Point { x, y }).across("a", 0.0, 1.0).up("b", 0.0, 1.0)
}

fn points(x: Axis) -> Body {
    let series = Series::points("point", Role::Neutral, vec![1.0, 7.0], vec![2.0, 0.5]);
    Body::chart(x, Axis::linear("y", 0.0, 4.0), vec![series], Vec::new())
}

#[test]
fn a_handle_lies_on_its_point_and_follows_the_axes() {
    let body = points(Axis::linear("x", 0.0, 10.0));
    for size in SIZES {
        let first = one(body.clone(), at(1.0, 2.0), size).unwrap();
        let second = one(body.clone(), at(7.0, 0.5), size).unwrap();
        let drawn = svg(&figure(body.clone()), size.0, size.1);
        for grip in [&first, &second] {
            let near = |(x, y): (f64, f64)| (x - grip.x).hypot(y - grip.y) < 0.3;
            assert!(discs(&drawn, 3.25).into_iter().any(near), "{grip:?}");
        }
        // dragged from the one to the other, the numbers go from the one to the other
        let (right, down) = (second.x - first.x, second.y - first.y);
        assert!((right * first.across - 6.0).abs() < 1e-9, "{first:?}, {second:?}");
        assert!((down * first.down + 1.5).abs() < 1e-9, "{first:?}, {second:?}");
    }
}

#[test]
fn what_is_outside_the_axes_has_no_handle_and_a_logarithmic_axis_is_not_dragged_along() {
    let log = Axis { scale: Scale::Log, ..Axis::linear("x", 1.0, 10.0) };
    assert_eq!(one(points(Axis::linear("x", 0.0, 10.0)), at(11.0, 2.0), SIZES[1]), None);
    assert_eq!(one(points(log.clone()), at(f64::NAN, 2.0), SIZES[1]), None);
    let grip = one(points(log), at(7.0, 0.5), SIZES[1]).unwrap();
    assert!(grip.across == 0.0 && grip.down < 0.0);
}

#[test]
fn images_and_cells_are_dragged_by_their_pixels_and_cells() {
    let image = Image::new(vec![0.5; 12], "", Role::Neutral);
    let of = |count: usize| Body::Images(Images::new((4, 3), vec![image.clone(); count]));
    let images = of(2);
    let item = Handle::press("second", "", Place::Item(1)).across("x", 0.0, 1.0);
    let grip = one(images.clone(), item, SIZES[1]).unwrap();
    assert_eq!((grip.width * grip.across, grip.height * grip.down), (4.0, 3.0));
    let none = Handle::press("third", "", Place::Item(2));
    assert_eq!(one(images.clone(), none, SIZES[1]), None);
    let heat = Heat::new("", ["row", "column"], (3, 4), 1.0, vec![0.0; 12]);
    for body in [of(1), Body::Heat(heat.clone())] {
        let grip = one(body, Handle::cells("all", "", "i", 7), SIZES[1]).unwrap();
        assert_eq!((grip.columns, grip.rows), (4, 3));
        assert_eq!(grip.handle.at, Place::Cells { chosen: Some(6) });
    }
    let grip = one(of(20), Handle::cells("all", "", "i", 7), SIZES[1]).unwrap();
    let fifth = Handle::press("fifth", "", Place::Item(4));
    let fifth = one(of(20), fifth, SIZES[1]).unwrap();
    let cell = (grip.width / grip.columns as f64, grip.height / grip.rows as f64);
    let (column, row) = ((4 % grip.columns) as f64, (4 / grip.columns) as f64);
    assert!(((column + 0.5) * cell.0 - fifth.x).abs() < 1.0, "in the middle of its place");
    assert!(((row + 0.5) * cell.1 - fifth.y).abs() < 1.0);
    let all = one(Body::Heat(heat.clone()), Handle::cells("all", "", "i", 1), SIZES[1]).unwrap();
    let cell = one(Body::Heat(heat), Handle::press("7", "", Place::Item(6)), SIZES[1]).unwrap();
    let (left, top) = (all.x - all.width / 2.0, all.y - all.height / 2.0);
    assert_eq!((cell.x, cell.y), (left + 2.5 * cell.width, top + 1.5 * cell.height));
}

#[test]
fn keys_lie_side_by_side_and_a_framed_motif_is_dragged_by_columns() {
    let (sequence, signal) = (samples::sequence(), samples::signal());
    for size in SIZES {
        let item = |body: &Body, i: usize| {
            one(body.clone(), Handle::press("", "", Place::Item(i)).across("a", 0.0, 1.0), size)
        };
        let keys: Vec<Grip> = (0..30).map(|i| item(&sequence, i).unwrap()).collect();
        let width = f64::from(size.0) / 30.0;
        for (i, key) in keys.iter().enumerate() {
            assert!((key.x - (i as f64 + 0.5) * width).abs() < 1e-6 && key.y == keys[0].y);
            assert!((key.width - width).abs() < 1e-6 && (key.across * width - 1.0).abs() < 1e-9);
        }
        assert!(item(&sequence, 30).unwrap().y > keys[0].y, "the next row");
        assert_eq!(item(&sequence, 90), None);
        let all = one(sequence.clone(), Handle::cells("keys", "", "a", 3), size).unwrap();
        assert_eq!((all.columns, all.rows, all.y), (30, 1, keys[0].y));
        assert!((all.width - f64::from(size.0)).abs() < 1e-6);
        assert_eq!(one(signal.clone(), Handle::cells("keys", "", "a", 3), size), None);
        let column = f64::from(size.0) / 32.0;
        let framed = item(&signal, 15).unwrap();
        assert!((framed.width - 5.0 * column).abs() < 1e-6);
        assert!((framed.across * column - 1.0).abs() < 1e-9);
        let at_the_end = item(&signal, 0).unwrap();
        assert!((at_the_end.width - 3.0 * column).abs() < 1e-6, "within the picture");
    }
}
