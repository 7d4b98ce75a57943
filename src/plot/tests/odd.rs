//! Figures no lab should make: none may panic, none may put nonsense into a picture.

use super::{figure, samples};
use crate::figure::*;
use crate::plot::svg;
use proptest::prelude::*;

fn draws(body: Body, width: u32, height: u32) {
    let svg = svg(&figure(body), width, height);
    assert!(svg.ends_with("</svg>\n"));
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
}

#[test]
fn every_figure_draws_at_every_size() {
    for (_, body) in samples::all() {
        for (width, height) in [(0, 0), (0, 300), (1, 1), (17, 9), (40, 400), (400, 40), (3000, 60)]
        {
            draws(body.clone(), width, height);
        }
    }
}

fn any_number() -> impl Strategy<Value = f64> {
    let odd = [0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 1e-308];
    prop_oneof![prop::sample::select(odd.to_vec()), -2.0..2.0_f64, any::<f64>()]
}

fn numbers(most: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(any_number(), 0..most)
}

fn any_axis() -> impl Strategy<Value = Axis> {
    (any_number(), any_number(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(min, max, log, percent, names)| {
            let scale = if log { Scale::Log } else { Scale::Linear };
            let unit = if percent { Unit::Percent } else { Unit::Plain };
            let names = if names { vec!["age".to_string(), "bmi".to_string()] } else { Vec::new() };
            Axis { unit, scale, names, ..Axis::linear("an axis", min, max) }
        },
    )
}

fn any_series() -> impl Strategy<Value = Series> {
    let marks =
        prop::sample::select(vec![Mark::Line, Mark::Points, Mark::Spot, Mark::Levels, Mark::Bars]);
    let roles = prop::sample::select(vec![Role::Train, Role::Member, Role::Theory]);
    let runs = prop::sample::select(vec![LineStyle::Solid, LineStyle::Dashed, LineStyle::Dotted]);
    let all = (marks, roles, runs, any::<bool>(), numbers(9), numbers(9), numbers(9), numbers(9));
    all.prop_map(|(mark, role, run, faint, x, y, low, high)| Series {
        name: "a series of many words".to_string(),
        label: None,
        role,
        run,
        mark,
        x,
        y,
        low,
        high,
        faint,
    })
}

fn any_map() -> impl Strategy<Value = Map> {
    (0..4_usize, 0..4_usize, any_number(), any_number(), numbers(12)).prop_map(
        |(columns, rows, low, high, values)| Map {
            columns,
            rows,
            label: "a map".to_string(),
            low,
            high,
            values,
        },
    )
}

fn any_unit() -> impl Strategy<Value = UnitDrawing> {
    (any_number(), any_number(), any::<bool>(), "[a-z0-9]{0,8}").prop_map(|(x, y, kept, text)| {
        let level = text.is_empty().then_some(x);
        UnitDrawing { x, y, kept, name: text.clone(), value: text, level }
    })
}

fn any_edge() -> impl Strategy<Value = Edge> {
    (0..4_usize, 0..5_usize, 0..5_usize, any_number(), any::<bool>(), "[0-9]{0,3}").prop_map(
        |(layer, from, to, weight, kept, label)| {
            let group = (from > 1).then_some(to);
            Edge { layer, from, to, weight, kept, label, group }
        },
    )
}

proptest! {
    #[test]
    fn any_chart_draws(
        x in any_axis(),
        y in any_axis(),
        map in prop::option::of(any_map()),
        series in prop::collection::vec(any_series(), 0..5),
        at in any_number(),
        width in 0..700_u32,
        height in 0..400_u32,
    ) {
        let events = vec![Event { x: at, label: "now".to_string() }];
        draws(Body::Chart(Chart { x, y, map, series, events }), width, height);
    }

    #[test]
    fn any_network_draws(
        units in prop::collection::vec(prop::collection::vec(any_unit(), 0..5), 0..4),
        edges in prop::collection::vec(any_edge(), 0..20),
        largest in any_number(),
    ) {
        let layer = |units| LayerDrawing { label: "h(1)".to_string(), units, total: 7 };
        let layers = units.into_iter().map(layer).collect();
        let ties = [vec![2], vec![], vec![1, 9]]
            .map(|groups| Tie { name: "w₁".to_string(), groups })
            .to_vec();
        let lit = Some(1);
        let network = NetworkDrawing { layers, edges, largest, lit, ties, picks: None };
        draws(Body::Network(network), 320, 200);
    }

    #[test]
    fn any_rows_of_cells_draw(
        columns in 0..40_usize,
        rows in 0..5_usize,
        values in numbers(40),
    ) {
        let label = "一二三 \u{7}".to_string();
        let strip = Strip {
            name: label.clone(),
            note: label.clone(),
            mark: [StripMark::Bars, StripMark::Keys, StripMark::Lamps][rows % 3],
            values: values.clone(),
            full: values.last().copied().unwrap_or(0.0),
            answers: vec![Answer::Wrong; columns],
        };
        let events = values.iter().map(|&x| Event { x, label: label.clone() }).collect();
        let (item, now, reach) = (label.clone(), Some(rows), rows * columns);
        let strips = Strips { item, columns, rows: vec![strip; rows], now, reach, events };
        draws(Body::Strips(strips), 320, 200);
    }

    #[test]
    fn any_images_and_matrices_draw(
        columns in 0..5_usize,
        rows in 0..5_usize,
        values in numbers(26),
        states in 0..26_usize,
    ) {
        let caption = "一二三 \u{7}".to_string();
        let (lit, crossed, ringed) = (rows > 2, rows > 3, rows > 1);
        let image =
            Image { lit, crossed, ringed, ..Image::new(values.clone(), caption, Role::Test) };
        let images = Images::new((columns, rows), vec![image; 3]);
        draws(Body::Images(images.clone()), 320, 200);
        draws(Body::Images(images.in_rows(vec!["words".to_string(); columns])), 320, 200);
        let states = vec![EntryState::Dropped; states];
        let [symbol, label] = ["W(1)", "words"].map(str::to_string);
        let heat = Heat {
            label: label.clone(),
            items: [label.clone(), label.clone()],
            row_names: vec![label.clone(), String::new()],
            rows,
            columns,
            low: values.first().copied().unwrap_or(0.0),
            high: 1.0,
            values: values.clone(),
            wall: None,
        };
        let frame = values.last().copied().unwrap_or(f64::NAN);
        let wall = Wall { frame, ringed: Some(rows), image: values.clone() };
        draws(Body::Heat(Heat { wall: Some(wall), ..heat.clone() }), 320, 200);
        draws(Body::Heat(heat), 320, 200);
        let matrix = Matrix { symbol, label, rows, columns, values, states };
        draws(Body::Matrices(Matrices { items: vec![matrix; 2] }), 320, 200);
    }

    #[test]
    fn any_table_draws(rows in prop::collection::vec(numbers(5), 0..30)) {
        let cells = |row: Vec<f64>| row.into_iter().map(Cell::Number).collect();
        let columns = vec![Column::plain("a"), Column::plain("b")];
        let rows = rows.into_iter().map(cells).collect();
        draws(Body::Table(Table { columns, rows }), 320, 200);
    }
}

#[test]
fn nothing_at_all_draws() {
    draws(Body::Images(Images::new((0, 0), Vec::new())), 320, 200);
    draws(Body::Matrices(Matrices { items: Vec::new() }), 320, 200);
    draws(Body::Table(Table { columns: Vec::new(), rows: Vec::new() }), 320, 200);
    draws(Body::Network(NetworkDrawing::default()), 320, 200);
}
