//! Reading values off charts: what is read stands where it is drawn.

use super::{SIZES, figure, number, samples};
use crate::figure::{Axis, Body, Chart, Heat, LineStyle, Map, Mark, Role, Series, Wall};
use crate::plot::{Readout, readout, svg};

/// Where the discs of a radius stand in an SVG, in CSS pixels.
pub(super) fn discs(svg: &str, radius: f64) -> Vec<(f64, f64)> {
    let tags = svg.split("<circle").skip(1).filter_map(|rest| rest.split('>').next());
    let tags = tags.filter(|tag| number(tag, "r") == radius * 8.0);
    tags.map(|tag| (number(tag, "cx") / 8.0, number(tag, "cy") / 8.0)).collect()
}

fn chart(series: Vec<Series>) -> Body {
    Body::chart(Axis::linear("step", 0.0, 100.0), Axis::linear("loss", 0.0, 2.0), series, vec![])
}

fn read(body: &Body, x: f64) -> Option<Readout> {
    readout(&figure(body.clone()), 560, 300, (x, f64::NAN))
}

/// Names and values, from top to bottom.
fn said(readout: &Readout) -> Vec<(&str, &str)> {
    readout.items.iter().map(|item| (item.name.as_str(), item.value.as_str())).collect()
}

#[test]
fn what_is_read_stands_where_it_is_drawn() {
    let body = samples::answer();
    for (width, height) in SIZES {
        let drawn = discs(&svg(&figure(body.clone()), width, height), 3.25);
        assert_eq!(drawn.len(), 10);
        for (i, (x, y)) in drawn.into_iter().enumerate() {
            let read = readout(&figure(body.clone()), width, height, (x + 2.0, y)).unwrap();
            let item = read.items.iter().find(|item| item.name == "test error").unwrap();
            assert!((read.x - x).abs() < 0.2 && (item.y - y).abs() < 0.2, "{read:?}, {x}, {y}");
            assert_eq!(read.label, format!("keep probability: {}", samples::tenth(i + 1)));
            assert!(read.items.is_sorted_by(|a, b| a.y <= b.y));
        }
    }
}

#[test]
fn the_numbers_are_those_of_the_chart() {
    let read = read(&samples::answer(), 280.0).unwrap();
    let error = read.items.iter().find(|item| item.name == "test error").unwrap();
    let y = 0.16 + 0.4 * (read.at - 0.6) * (read.at - 0.6);
    assert_eq!(error.value, format!("{:.1}\u{202f}%", 100.0 * y));
    let level = read.items.iter().find(|item| item.name == "without dropout").unwrap();
    assert_eq!((level.value.as_str(), level.run), ("23.0\u{202f}%", LineStyle::Dashed));
}

#[test]
fn several_curves_of_one_name_are_one_item_and_earlier_ones_are_there_too() {
    let line = |name: &str, role, y: f64| Series::level(name, role, [0.0, 100.0], y);
    let mut before = line("test, p = 0.9", Role::Test, 1.5);
    (before.faint, before.x[1]) = (true, 200.0);
    let body = chart(vec![
        line("networks", Role::Member, 0.25),
        line("networks", Role::Member, 0.75),
        line("average", Role::Average, 1.0),
        before,
    ]);
    let read = read(&body, 200.0).unwrap();
    let want = [("test, p = 0.9", "1.500"), ("average", "1.000"), ("networks", "0.250 to 0.750")];
    assert_eq!(said(&read), want);
    assert!(read.items[0].faint && !read.items[1].faint);
}

#[test]
fn a_line_is_read_between_its_points_and_nowhere_beyond() {
    let coarse = Series::line("coarse", Role::Train, vec![0.0, 40.0], vec![0.0, 1.0]);
    let x: Vec<f64> = (0..=10).map(|i| 10.0 * f64::from(i)).collect();
    let fine = Series::line("fine", Role::Test, x.clone(), x.iter().map(|x| x / 50.0).collect());
    let bars = Series::line("bars", Role::Member, vec![20.0, 30.0], vec![0.125, 2.5]);
    let body = chart(vec![coarse, fine, bars.with_mark(Mark::Bars)]);
    let at = |wanted: f64| {
        let all = (0..560).filter_map(|x| read(&body, f64::from(x)));
        all.into_iter().find(|read| read.at == wanted).unwrap()
    };
    assert_eq!(said(&at(20.0)), [("coarse", "0.500"), ("fine", "0.400"), ("bars", "0.125")]);
    assert_eq!(said(&at(30.0)), [("bars", "2.500"), ("coarse", "0.750"), ("fine", "0.600")]);
    assert_eq!((said(&at(90.0)), at(90.0).label.as_str()), (vec![("fine", "1.800")], "step 90"));
    let top = discs(&svg(&figure(samples::answer()), 560, 300), 3.25)[0].1.min(40.0);
    assert!(at(30.0).items[0].y <= top, "at the frame, where the bar is cut");
}

#[test]
fn outside_the_axes_and_off_charts_nothing_is_read() {
    for x in [-1.0, 0.0, 559.0, f64::NAN, f64::INFINITY] {
        assert_eq!(read(&samples::learning(), x), None, "{x}");
    }
    let none = samples::all().into_iter().filter(|(_, body)| !matches!(body, Body::Chart(_)));
    assert!(none.into_iter().all(|(_, body)| read(&body, 200.0).is_none()));
    let small = readout(&figure(samples::learning()), 20, 10, (10.0, 5.0));
    assert_eq!(small, None, "too small for a chart");
    assert_eq!(read(&chart(vec![]), 200.0), None);
}

#[test]
fn a_number_is_said_once_where_the_name_or_a_large_point_says_it_too() {
    let curve = Series::line("test", Role::Test, vec![0.0, 50.0, 100.0], vec![1.5, 1.0, 0.5]);
    let spot = |name: &str, role: Role, y: f64| {
        Series::line(name, role, vec![50.0], vec![y]).with_mark(Mark::Spot)
    };
    let level = Series::level("none 1.250", Role::Test, [0.0, 100.0], 1.25).dashed();
    let all = vec![curve, level, spot("p = 0.5: 1.000", Role::Test, 1.0)];
    let middle = |series: Vec<Series>| {
        let body = chart(series);
        (150..400).find_map(|x| read(&body, f64::from(x)).filter(|read| read.at == 50.0)).unwrap()
    };
    assert_eq!(said(&middle(all)), [("none", "1.250"), ("test", "1.000")]);
    // a large point alone, and one that is on no curve, are read
    assert_eq!(
        said(&middle(vec![spot("p = 0.5: 1.000", Role::Train, 1.0)])),
        [("p = 0.5", "1.000")]
    );
}

/// The readout of every place of a picture, at steps of a few pixels.
fn everywhere(body: &Body) -> Vec<((f64, f64), Option<Readout>)> {
    let places = (0..300).step_by(3).flat_map(|y| (0..560).step_by(3).map(move |x| (x, y)));
    let places = places.map(|(x, y): (i32, i32)| (f64::from(x) + 0.5, f64::from(y) + 0.5));
    places.map(|at| (at, readout(&figure(body.clone()), 560, 300, at))).collect()
}

#[test]
fn every_cell_of_a_grid_is_read_where_it_is_drawn_and_gaps_are_not() {
    let items = ["filter", "location"];
    let heat = Heat::new("weight", items, (3, 2), 1.0, vec![0.5, -0.25, 0.0, 0.0, 0.125, f64::NAN]);
    let row_names = ["first", "", "last"].map(String::from).to_vec();
    let numbered = Body::Heat(heat.clone());
    for (at, read) in everywhere(&numbered) {
        let Some(Readout { cell: Some(cell), .. }) = read else { continue };
        let inside = (cell.left..cell.left + cell.width).contains(&at.0)
            && (cell.top..cell.top + cell.height).contains(&at.1);
        assert!(inside, "{at:?} is not in {cell:?}");
    }
    let labels = |body: &Body| {
        let mut read: Vec<Readout> =
            everywhere(body).into_iter().filter_map(|(_, read)| read).collect();
        read.sort_by(|a, b| a.at.total_cmp(&b.at));
        read.dedup_by_key(|read| read.at);
        let said = |read: &Readout| format!("{}: {}", read.label, read.items[0].value);
        read.iter().map(said).collect::<Vec<_>>()
    };
    let want =
        ["1, location 1: 0.5", "1, location 2: −0.25", "2, location 1: 0", "2, location 2: 0"];
    let rest = ["3, location 1: 0.125", "3, location 2: –"];
    let want: Vec<String> = want.iter().chain(&rest).map(|one| format!("filter {one}")).collect();
    assert_eq!(labels(&numbered), want);
    let named = Body::Heat(Heat { row_names, ..heat.clone() });
    let read = labels(&named);
    assert_eq!(
        (read.len(), read[0].as_str(), read[3].as_str()),
        (4, "first, location 1: 0.5", "last, location 2: –")
    );
    let wall = Wall { frame: 1.0, ringed: None, image: Vec::new() };
    assert!(labels(&Body::Heat(Heat { wall: Some(wall), ..heat })).is_empty());
}

#[test]
fn a_map_under_a_chart_is_read_cell_by_cell_its_first_row_at_the_bottom() {
    let (label, values) = ("probability".to_string(), vec![0.0, 0.25, 0.5, 0.75]);
    let map = Some(Map { columns: 2, rows: 2, label, low: 0.0, high: 1.0, values });
    let (x, y) = (Axis::linear("x1", 0.0, 4.0), Axis::linear("x2", 0.0, 4.0));
    let body = Body::Chart(Chart { x, y, map, series: Vec::new(), events: Vec::new() });
    let read = |at| readout(&figure(body.clone()), 560, 300, at);
    let of = |at| read(at).map(|read| format!("{}: {}", read.label, read.items[0].value));
    assert_eq!(of((100.0, 60.0)).as_deref(), Some("x1 = 1, x2 = 3: 0.5"));
    assert_eq!(of((500.0, 230.0)).as_deref(), Some("x1 = 3, x2 = 1: 0.25"));
    assert_eq!([of((100.0, 299.0)), of((1.0, 60.0)), of((100.0, f64::NAN))], [None, None, None]);
}
