//! Every figure as a table, and the table as CSV.

use super::{
    Answer, Axis, Body, Cell, Chart, Column, EntryState, Figure, Heat, Images, Map, Masks,
    Matrices, NetworkDrawing, Series, Strip, Strips, Table, Unit,
};
use crate::numbers;

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
        Body::Strips(strips) => strips_table(strips),
    }
}

/// The data of a figure as comma-separated values (RFC 4180): a line of heads, then the rows.
///
/// Numbers are written in full, with a point, whatever the reader's locale; shares as percentages, as
/// the head of their column then says.
pub fn csv(figure: &Figure) -> String {
    let Table { columns, rows } = table(figure);
    let heads = columns.iter().map(|column| match column.unit {
        Unit::Plain => quoted(&column.label),
        Unit::Percent => quoted(&format!("{} (%)", column.label)),
    });
    let mut text = heads.collect::<Vec<_>>().join(",") + "\r\n";
    for row in &rows {
        let cells = row.iter().zip(&columns).map(|(cell, column)| cell_text(cell, column.unit));
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

fn cell_text(cell: &Cell, unit: Unit) -> String {
    match (cell, unit) {
        (Cell::Text(text), _) => quoted(text),
        (Cell::Number(number), Unit::Percent) if number.is_finite() => hundredfold(*number),
        (Cell::Number(number), _) if number.is_finite() => number.to_string(),
        (Cell::Number(_), _) => String::new(),
    }
}

/// A hundred times a number, its point moved and nothing else: 0.07 becomes 7 and not 7.000000000000001.
fn hundredfold(number: f64) -> String {
    let digits = format!("{number:e}");
    let moved = digits.split_once('e').and_then(|(digits, power)| {
        numbers::read(&format!("{digits}e{}", power.parse::<i32>().ok()? + 2))
    });
    moved.unwrap_or(100.0 * number).to_string()
}

/// A cell of a CSV, in quotes where it has to be. Words that a spreadsheet would take for a formula, and run,
/// have an apostrophe in front: names may be from a file that somebody was sent.
pub fn quoted(text: &str) -> String {
    let signed = || text.starts_with(['+', '-']) && numbers::read(text).is_none();
    let formula = text.starts_with(['=', '@', '\t', '\r']) || signed();
    let text = if formula { format!("'{text}") } else { text.to_string() };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
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
    let bounded = chart.series.iter().any(|s| !s.low.is_empty() || !s.high.is_empty());
    let head = |axis: &Axis| Column { label: axis.label.clone(), unit: axis.unit };
    let mut columns = vec![Column::plain("series"), head(&chart.x), head(&chart.y)];
    let series = chart.series.iter();
    let mut rows: Vec<Vec<Cell>> = series.flat_map(|s| points(&chart.x, s, bounded)).collect();
    if bounded {
        columns.extend(["low", "high"].map(|end| Column { label: end.into(), ..head(&chart.y) }));
    }
    if let Some(map) = &chart.map {
        rows.iter_mut().for_each(|row| row.push(text("")));
        rows.extend(map_rows(chart, map, columns.len()));
        columns.push(Column::plain(&map.label));
    }
    Table { columns, rows }
}

/// A row for every point of a series, with where its bar or band ends.
fn points(axis: &Axis, series: &Series, bounded: bool) -> Vec<Vec<Cell>> {
    let end = |ends: &[f64], i: usize| ends.get(i).map_or(text(""), |&end| Cell::Number(end));
    let points = series.x.iter().zip(&series.y).enumerate();
    let row = |(i, (&x, &y)): (usize, (&f64, &f64))| {
        let place = axis.name_of(x).map_or(Cell::Number(x), text);
        let mut row = vec![text(&series.name), place, Cell::Number(y)];
        if bounded {
            row.extend([end(&series.low, i), end(&series.high, i)]);
        }
        row
    };
    points.map(row).collect()
}

/// A row for every cell of a map, its value in the column `column`.
fn map_rows(chart: &Chart, map: &Map, column: usize) -> Vec<Vec<Cell>> {
    let centre = |cell: usize, cells: usize, axis: &Axis| {
        Cell::Number(axis.min + (axis.max - axis.min) * (cell as f64 + 0.5) / cells as f64)
    };
    let row = |(i, &value): (usize, &f64)| {
        let x = centre(i % map.columns, map.columns, &chart.x);
        let y = centre(i / map.columns, map.rows, &chart.y);
        let mut row = vec![text(&map.label), x, y];
        row.resize(column, text(""));
        row.push(Cell::Number(value));
        row
    };
    map.values.iter().take(map.columns.saturating_mul(map.rows)).enumerate().map(row).collect()
}

fn network_table(network: &NetworkDrawing) -> Table {
    let name = |layer: usize, unit: usize| {
        let layer = network.layers.get(layer)?;
        Some(match layer.units.get(unit)?.name.as_str() {
            "" => format!("{} {}", layer.label, unit + 1),
            name => name.to_string(),
        })
    };
    let state = |kept: bool| text(if kept { "kept" } else { "dropped" });
    // a weight that joins nothing is left out, as it is in the drawing
    let rows = network.edges.iter().filter_map(|edge| {
        Some(vec![
            Cell::Text(name(edge.layer, edge.from)?),
            Cell::Text(name(edge.layer.checked_add(1)?, edge.to)?),
            Cell::Number(edge.weight),
            state(edge.kept),
        ])
    });
    Table { columns: columns(&["from", "to", "weight", "state"]), rows: rows.collect() }
}

fn images_table(images: &Images) -> Table {
    let mut rows = Vec::new();
    let size = images.width.saturating_mul(images.height);
    for (i, image) in images.items.iter().enumerate() {
        for (pixel, &ink) in image.pixels.iter().take(size).enumerate() {
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
        let entries = matrix.values.iter().zip(&matrix.states);
        let size = matrix.rows.saturating_mul(matrix.columns);
        for (i, (&value, state)) in entries.take(size).enumerate() {
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
    let entries = heat.values.iter().take(heat.rows.saturating_mul(heat.columns)).enumerate();
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

/// A row for every cell: its value, where it has one, and whether that is a right answer.
fn strips_table(strips: &Strips) -> Table {
    let longest = strips.rows.iter().map(|row| row.values.len().max(row.answers.len())).max();
    let columns_filled = strips.columns.min(longest.unwrap_or(0));
    let cells = strips.rows.iter().flat_map(|row| (0..columns_filled).map(move |i| (row, i)));
    let cell = |(row, i): (&Strip, usize)| {
        let answer = match row.answers.get(i) {
            Some(Answer::Right) => "right",
            Some(Answer::Wrong) => "wrong",
            Some(Answer::Open) | None => "",
        };
        let value = row.values.get(i).map_or(text(""), |&value| Cell::Number(value));
        vec![text(&row.name), whole(i + 1), value, text(answer)]
    };
    Table {
        columns: columns(&["row", &strips.item, "value", "answer"]),
        rows: cells.map(cell).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Role;

    fn axis(label: &str) -> Axis {
        Axis::linear(label, 0.0, 1.0)
    }

    fn lines_of(map: Option<Map>, series: Series) -> String {
        let (x, y) = (axis("step"), axis("error"));
        let chart = Chart { x, y, map, series: vec![series], events: Vec::new() };
        let [key, title, note, description] = ["error", "Error", "", ""].map(str::to_string);
        csv(&Figure {
            key,
            title,
            note,
            description,
            body: Body::Chart(chart),
            handles: Vec::new(),
        })
    }

    #[test]
    fn a_chart_becomes_one_row_a_point() {
        let series = Series::line("test, p = 1", Role::Test, vec![0.0, 10.0], vec![0.5, 0.25]);
        let want = "series,step,error\r\n\"test, p = 1\",0,0.5\r\n\"test, p = 1\",10,0.25\r\n";
        assert_eq!(lines_of(None, series), want);
    }

    #[test]
    fn what_the_chart_shows_in_percent_is_percent_here_and_places_bear_their_names() {
        let names = ["age", "bmi"].map(String::from).to_vec();
        let (x, y) = (Axis::named("column", names), axis("error").percent());
        let series = Series::points("ridge", Role::Theory, vec![1.0, 2.0], vec![0.07, 1.0 / 3.0]);
        let body =
            Body::chart(x, y, vec![Series { low: vec![0.07], high: vec![0.29], ..series }], vec![]);
        let [key, title, note, description] = ["error", "Error", "", ""].map(str::to_string);
        let figure = Figure { key, title, note, description, body, handles: Vec::new() };
        let want = "series,column,error (%),low (%),high (%)\r\n\
                    ridge,age,7,7,29\r\nridge,bmi,33.33333333333333,,\r\n";
        assert_eq!(csv(&figure), want);
        let units: Vec<Unit> = table(&figure).columns.iter().map(|column| column.unit).collect();
        assert_eq!(units[..3], [Unit::Plain, Unit::Plain, Unit::Percent]);
        assert_eq!(
            [f64::NAN, 0.0, 1e-9].map(|x| cell_text(&Cell::Number(x), Unit::Percent)),
            ["", "0", "0.0000001"]
        );
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_words() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("@SUM(1)", "'@SUM(1)"),
            ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
            ("-1+cmd", "'-1+cmd"),
            ("-0.5", "-0.5"),
            ("+1e3", "+1e3"),
            ("test error", "test error"),
        ] {
            assert_eq!(quoted(text), cell);
        }
    }

    #[test]
    fn bars_and_maps_have_columns_of_their_own() {
        let line = Series::line("test", Role::Test, vec![0.0], vec![0.5]);
        let bounded = Series { low: vec![0.4], high: vec![0.6], ..line };
        let want = "series,step,error,low,high\r\ntest,0,0.5,0.4,0.6\r\n";
        assert_eq!(lines_of(None, bounded.clone()), want);
        let label = "y".to_string();
        let map = Map { columns: 1, rows: 1, values: vec![3.0], label, low: 0.0, high: 5.0 };
        let want = "series,step,error,low,high,y\r\ntest,0,0.5,0.4,0.6,\r\ny,0.5,0.5,,,3\r\n";
        assert_eq!(lines_of(Some(map), bounded), want);
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
