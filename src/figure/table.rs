//! Every figure as a table, and the table as CSV.

use super::{
    Body, Cell, Chart, Column, EntryState, Figure, Heat, Images, Masks, Matrices, NetworkDrawing,
    Table,
};

/// The data of a figure as one table, in the long form: one row a point, a weight or an entry.
pub fn table(figure: &Figure) -> Table {
    match &figure.body {
        Body::Empty => Table { columns: Vec::new(), rows: Vec::new() },
        Body::Chart(chart) => chart_table(chart),
        Body::Network(network) => network_table(network),
        Body::Images(images) => images_table(images),
        Body::Matrices(matrices) => matrices_table(matrices),
        Body::Table(table) => table.clone(),
        Body::Heat(heat) => heat_table(heat),
        Body::Masks(masks) => masks_table(masks),
    }
}

/// The data of a figure as comma-separated values (RFC 4180): a line of heads, then the rows.
///
/// Numbers are written in full, with a point, whatever the reader's locale.
pub fn csv(figure: &Figure) -> String {
    let table = table(figure);
    let heads = table.columns.iter().map(|column| quoted(&column.label)).collect::<Vec<_>>();
    let mut text = heads.join(",") + "\r\n";
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(cell_text).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_string()
    }
}

fn columns(labels: &[&str]) -> Vec<Column> {
    labels.iter().map(|label| Column::plain(*label)).collect()
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_string())
}

fn whole(number: usize) -> Cell {
    Cell::Number(number as f64)
}

fn chart_table(chart: &Chart) -> Table {
    let mut rows = Vec::new();
    for series in &chart.series {
        for (i, (&x, &y)) in series.x.iter().zip(&series.y).enumerate() {
            let bound = |ends: &[f64]| ends.get(i).map_or(text(""), |&end| Cell::Number(end));
            let numbers =
                [Cell::Number(x), Cell::Number(y), bound(&series.low), bound(&series.high)];
            rows.push([text(&series.name)].into_iter().chain(numbers).collect());
        }
    }
    if let Some(map) = &chart.map {
        for (i, &value) in map.values.iter().enumerate() {
            let centre = |cell: usize, cells: usize, low: f64, high: f64| {
                Cell::Number(low + (high - low) * (cell as f64 + 0.5) / cells as f64)
            };
            let x = centre(i % map.columns, map.columns, chart.x.min, chart.x.max);
            let y = centre(i / map.columns, map.rows, chart.y.min, chart.y.max);
            rows.push(vec![text(&map.label), x, y, Cell::Number(value), text("")]);
        }
    }
    let heads = ["series", &chart.x.label, &chart.y.label, "low (map: value)", "high"];
    Table { columns: columns(&heads), rows }
}

fn network_table(network: &NetworkDrawing) -> Table {
    let name = |layer: usize, unit: usize| {
        let layer = &network.layers[layer];
        match layer.units[unit].name.as_str() {
            "" => format!("{} {}", layer.label, unit + 1),
            name => name.to_string(),
        }
    };
    let state = |kept: bool| text(if kept { "kept" } else { "dropped" });
    let rows = network.edges.iter().map(|edge| {
        vec![
            Cell::Text(name(edge.layer, edge.from)),
            Cell::Text(name(edge.layer + 1, edge.to)),
            Cell::Number(edge.weight),
            state(edge.kept),
        ]
    });
    Table { columns: columns(&["from", "to", "weight", "state"]), rows: rows.collect() }
}

fn images_table(images: &Images) -> Table {
    let mut rows = Vec::new();
    for (i, image) in images.items.iter().enumerate() {
        for (pixel, &ink) in image.pixels.iter().enumerate() {
            rows.push(vec![
                whole(i + 1),
                text(&image.caption),
                whole(pixel / images.width),
                whole(pixel % images.width),
                Cell::Number(ink),
            ]);
        }
    }
    Table { columns: columns(&["image", "caption", "row", "column", "ink"]), rows }
}

fn matrices_table(matrices: &Matrices) -> Table {
    let mut rows = Vec::new();
    for matrix in &matrices.items {
        for (i, (&value, state)) in matrix.values.iter().zip(&matrix.states).enumerate() {
            let state = match state {
                EntryState::Plain => "",
                EntryState::Updated => "updated",
                EntryState::Unchanged => "unchanged",
                EntryState::Dropped => "dropped",
            };
            rows.push(vec![
                text(&matrix.symbol),
                whole(i / matrix.columns + 1),
                whole(i % matrix.columns + 1),
                Cell::Number(value),
                text(state),
            ]);
        }
    }
    Table { columns: columns(&["matrix", "row", "column", "value", "state"]), rows }
}

fn heat_table(heat: &Heat) -> Table {
    let [row, column] = &heat.items;
    let heads = if row == column {
        [format!("{row}, row"), format!("{column}, column"), heat.label.clone()]
    } else {
        [row.clone(), column.clone(), heat.label.clone()]
    };
    let named = |row: usize| match heat.row_names.get(row) {
        Some(name) => text(name),
        None => whole(row + 1),
    };
    let entry = |(i, &value): (usize, &f64)| {
        vec![named(i / heat.columns), whole(i % heat.columns + 1), Cell::Number(value)]
    };
    let entries = heat.values.iter().take(heat.rows * heat.columns).enumerate();
    let is_gap = |i: usize| heat.row_names.get(i / heat.columns).is_some_and(String::is_empty);
    Table {
        columns: heads.into_iter().map(Column::plain).collect(),
        rows: entries.filter(|(i, _)| !is_gap(*i)).map(entry).collect(),
    }
}

fn masks_table(masks: &Masks) -> Table {
    let digits = |layer: &Vec<bool>| -> String {
        layer.iter().map(|&kept| if kept { '1' } else { '0' }).collect()
    };
    let row = |(i, item): (usize, &super::MaskDrawing)| {
        let kept: Vec<String> = item.layers.iter().map(digits).collect();
        vec![whole(i + 1), Cell::Text(format!("mask {}", kept.join(" "))), text(&item.caption)]
    };
    let rows = masks.items.iter().enumerate().map(row).collect();
    Table { columns: columns(&["network", "kept", "caption"]), rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Axis, Role, Scale, Series, Unit};

    fn axis(label: &str) -> Axis {
        let label = label.to_string();
        Axis { label, unit: Unit::Plain, scale: Scale::Linear, min: 0.0, max: 1.0 }
    }

    #[test]
    fn a_chart_becomes_one_row_a_point() {
        let series = Series::line("test, p = 1", Role::Test, vec![0.0, 10.0], vec![0.5, 0.25]);
        let chart = Chart {
            x: axis("step"),
            y: axis("error"),
            map: None,
            series: vec![series],
            events: Vec::new(),
        };
        let figure = Figure {
            key: "error".into(),
            title: "Error".into(),
            note: String::new(),
            description: String::new(),
            body: Body::Chart(chart),
        };
        let want = "series,step,error,low (map: value),high\r\n\
                    \"test, p = 1\",0,0.5,,\r\n\"test, p = 1\",10,0.25,,\r\n";
        assert_eq!(csv(&figure), want);
    }
    #[test]
    fn a_matrix_says_what_its_rows_and_columns_are_and_leaves_gaps_out() {
        let heat = Heat {
            label: "weight".into(),
            items: ["where".into(), "location".into()],
            row_names: ["shared", "", "own"].map(String::from).to_vec(),
            rows: 3,
            columns: 2,
            values: vec![1.0, 1.0, f64::NAN, f64::NAN, 2.0, 3.0],
            ..Heat::default()
        };
        let rows = |heat: &Heat| {
            let table = heat_table(heat);
            let heads: Vec<String> = table.columns.into_iter().map(|column| column.label).collect();
            (heads.join("; "), table.rows)
        };
        let (heads, entries) = rows(&heat);
        assert_eq!((heads.as_str(), entries.len()), ("where; location; weight", 4));
        assert_eq!(entries[2], [text("own"), whole(1), Cell::Number(2.0)]);
        let items = ["network".into(), "network".into()];
        let (heads, entries) = rows(&Heat { items, row_names: Vec::new(), ..heat });
        assert_eq!((heads.as_str(), entries.len()), ("network, row; network, column; weight", 6));
        assert_eq!(entries[5], [whole(3), whole(2), Cell::Number(3.0)]);
    }
}
