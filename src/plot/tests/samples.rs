//! Figures as the labs make them.

use crate::figure::*;

/// One figure of every kind, with its name.
pub(super) fn all() -> Vec<(&'static str, Body)> {
    vec![
        ("empty", Body::Empty),
        ("learning", learning()),
        ("earlier", earlier()),
        ("answer", answer()),
        ("map", map()),
        ("theory", theory()),
        ("marked", marked()),
        ("bars", bars()),
        ("network", network()),
        ("tied", tied()),
        ("example", example()),
        ("images", images()),
        ("matrices", matrices()),
        ("table", table()),
        ("heat", heat()),
        ("masks", masks()),
        ("signal", signal()),
        ("sequence", sequence()),
    ]
}

fn axis(label: &str, unit: Unit, scale: Scale, min: f64, max: f64) -> Axis {
    Axis { unit, scale, ..Axis::linear(label, min, max) }
}

fn plain(label: &str, min: f64, max: f64) -> Axis {
    axis(label, Unit::Plain, Scale::Linear, min, max)
}

fn chart(x: Axis, y: Axis, series: Vec<Series>) -> Chart {
    Chart { x, y, map: None, series, events: Vec::new() }
}

/// One line on axes from 0 to 1.
pub(super) fn line(x: Vec<f64>, y: Vec<f64>) -> Body {
    let series = vec![Series::line("train", Role::Train, x, y)];
    Body::Chart(chart(plain("x", 0.0, 1.0), plain("y", 0.0, 1.0), series))
}

/// One line on a logarithmic axis from this number to 10.
pub(super) fn decades(low: f64, y: Vec<f64>) -> Body {
    let series = vec![Series::line("train", Role::Train, vec![0.0, 1.0], y)];
    let y = axis("y", Unit::Plain, Scale::Log, low, 10.0);
    Body::Chart(chart(plain("x", 0.0, 1.0), y, series))
}

/// A line against values that were run, more than there is room for.
pub(super) fn marked() -> Body {
    let x: Vec<f64> = (0..30).map(|i| 5.0 * 1.3f64.powi(i)).map(f64::round).collect();
    let series = vec![Series::line("train", Role::Train, x.clone(), vec![0.5; 30])];
    let across = axis("examples", Unit::Plain, Scale::Log, 4.0, 12_000.0).marked(x);
    Body::Chart(chart(across, plain("y", 0.0, 1.0), series))
}

/// Four learning curves, two of them of another run, that end where labels must move apart.
pub(super) fn learning() -> Body {
    let curve = |name: &str, role, run, start: f64, end: f64| {
        let x: Vec<f64> = (0..=100).map(|i| f64::from(i) * 12.5).collect();
        let y = x.iter().map(|x| end + (start - end) * 100.0 / (100.0 + x)).collect();
        Series::line(name, role, x, y).with_line(run)
    };
    let series = vec![
        curve("train", Role::Train, LineStyle::Solid, 0.5, 0.07),
        curve("test", Role::Test, LineStyle::Solid, 0.4, 0.09),
        curve("train, p = 1", Role::Train, LineStyle::Dashed, 0.4, 0.0),
        curve("test, p = 1", Role::Test, LineStyle::Dashed, 0.3, 0.1),
    ];
    let y = axis("Error", Unit::Percent, Scale::Linear, 0.0, 0.37);
    let event = |x: f64, label: &str| Event { x, label: label.to_string() };
    let events = vec![event(100.0, "keep_prob = 0.3"), event(130.0, "alpha = 0.1")];
    Body::Chart(Chart { events, ..chart(plain("step", 0.0, 1250.0), y, series) })
}

/// Two learning curves with those of two earlier runs behind them.
pub(super) fn earlier() -> Body {
    let Body::Chart(mut chart) = learning() else { unreachable!("a chart") };
    for (series, name) in chart.series.iter_mut().skip(2).zip(["p = 0.9", ""]) {
        (series.run, series.faint, series.name) = (LineStyle::Solid, true, name.to_string());
    }
    Body::Chart(Chart { events: Vec::new(), ..chart })
}

/// So many tenths.
pub(super) fn tenth(count: usize) -> f64 {
    count as f64 / 10.0
}

/// Runs as points over what was turned, the present one large, and what was guessed.
pub(super) fn answer() -> Body {
    let p: Vec<f64> = (1..=10).map(tenth).collect();
    let y = p.iter().map(|p| 0.16 + 0.4 * (p - 0.6) * (p - 0.6)).collect();
    let series = vec![
        Series::line("your guess", Role::Average, vec![0.1, 0.5, 1.0], vec![0.16, 0.2, 0.28])
            .with_line(LineStyle::Dotted),
        Series::level("without dropout", Role::Test, [0.0, 1.0], 0.23).dashed(),
        Series::line("test error", Role::Test, p, y).with_mark(Mark::Joined),
        Series::points("p = 0.9", Role::Test, vec![0.9], vec![0.196]).with_mark(Mark::Spot),
    ];
    let y = axis("test error", Unit::Percent, Scale::Linear, 0.15, 0.3);
    Body::Chart(chart(plain("keep probability", 0.0, 1.0), y, series))
}

fn map() -> Body {
    let cloud = |name: &str, role, shift: f64| {
        let x: Vec<f64> = (0..40).map(|i| f64::from(i * 17 % 40) / 20.0 - 1.0).collect();
        let y = (0..40).map(|i| shift + f64::from(i * 7 % 40) / 80.0).collect();
        Series::line(name, role, x, y).with_mark(Mark::Points)
    };
    let values = (0..400).map(|i| f64::from(i) / 400.0).collect();
    let label = "the network's output".to_string();
    let map = Map { columns: 20, rows: 20, label, low: 0.0, high: 1.0, values };
    let series =
        vec![cloud("class 1", Role::Positive, 0.3), cloud("class −1", Role::Negative, -0.8)];
    let chart = chart(plain("x1", -1.0, 1.0), plain("x2", -1.0, 1.0), series);
    Body::Chart(Chart { map: Some(map), ..chart })
}

fn theory() -> Body {
    let x: Vec<f64> = [0.001, 0.01, 0.1, 1.0, 10.0].to_vec();
    let y: Vec<f64> = x.iter().map(|x| 0.02 + 0.3 * x / (1.0 + x)).collect();
    let formula = Series::line("formula: ridge", Role::Theory, x.clone(), y.clone());
    let name = "measured with Gaussian noise on the inputs";
    let measured = Series::line(name, Role::Test, x, y.clone()).with_mark(Mark::Points);
    let low = y.iter().map(|y| 0.8 * y).collect();
    let high = y.iter().map(|y| 1.2 * y).collect();
    let x = axis("noise variance α", Unit::Plain, Scale::Log, 0.001, 10.0);
    let y = axis("mean squared error", Unit::Plain, Scale::Log, 0.01, 1.0);
    Body::Chart(chart(x, y, vec![formula, Series { low, high, ..measured }]))
}

fn bars() -> Body {
    let x: Vec<f64> = (0..30).map(|i| f64::from(i) / 10.0 - 1.45).collect();
    let bars = |name: &str, role, spread: f64| {
        let y = x.iter().map(|x| 12_000.0 / (1.0 + x * x / spread)).collect();
        Series::line(name, role, x.clone(), y).with_mark(Mark::Bars)
    };
    let series = vec![bars("no penalty", Role::Neutral, 1.0), bars("L2", Role::Train, 0.1)];
    Body::Chart(chart(plain("weight", -1.5, 1.5), plain("how many", 0.0, 13_000.0), series))
}

fn layer(label: &str, x: f64, total: usize, units: Vec<UnitDrawing>) -> LayerDrawing {
    let units = units.into_iter().map(|unit| UnitDrawing { x, ..unit }).collect();
    LayerDrawing { label: label.to_string(), units, total }
}

fn unit(index: usize, of: usize, kept: bool, name: String, value: &str) -> UnitDrawing {
    let y = 0.04 + 0.8 * (index as f64 + 0.5) / of as f64;
    let value = value.to_string();
    UnitDrawing { x: 0.0, y, kept, name, value, level: None }
}

/// All edges between neighbouring layers.
fn edges(layers: &[LayerDrawing], labelled: bool) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (layer, pair) in layers.windows(2).enumerate() {
        for (from, a) in pair[0].units.iter().enumerate() {
            for (to, b) in pair[1].units.iter().enumerate() {
                let weight = ((from * 7 + to * 5) % 9) as f64 - 4.0;
                let label = if labelled { weight.to_string() } else { String::new() };
                let kept = a.kept && b.kept;
                edges.push(Edge { layer, from, to, weight, kept, label, group: None });
            }
        }
    }
    edges
}

/// 64-64-64-10 neurons, some of them drawn, some of those dropped.
pub(super) fn network() -> Body {
    let column = |label: &str, x, total, count| {
        let kept = |i: usize| total == 10 || count == 12 || i % 3 != 1;
        let units = (0..count).map(|i| unit(i, count, kept(i), String::new(), ""));
        layer(label, x, total, units.collect())
    };
    let layers = vec![
        column("64 inputs", 0.08, 64, 12),
        column("h(1)", 0.36, 64, 16),
        column("h(2)", 0.64, 64, 16),
        column("10 outputs", 0.92, 10, 10),
    ];
    let edges = edges(&layers, false);
    Body::Network(NetworkDrawing { layers, edges, largest: 4.0, ..NetworkDrawing::default() })
}

/// One filter at every location of a signal: weights of one group lie parallel, and one stands out.
pub(super) fn tied() -> Body {
    let column = |label: &str, x, count, level| {
        let one = |i| UnitDrawing { level, ..unit(i, count, true, String::new(), "") };
        layer(label, x, count, (0..count).map(one).collect())
    };
    let layers = vec![column("8 inputs", 0.2, 8, None), column("6 places", 0.8, 6, Some(0.5))];
    let edge = |i: usize| {
        let (to, tap) = (i / 3, i % 3);
        let (kept, label, group) = (true, String::new(), Some(tap));
        Edge { layer: 0, from: to + tap, to, weight: tap as f64 - 1.5, kept, label, group }
    };
    let edges = (0..18).map(edge).collect();
    Body::Network(NetworkDrawing {
        layers,
        edges,
        largest: 1.5,
        lit: Some(1),
        ..NetworkDrawing::default()
    })
}

/// The worked example: 3-3-2 neurons with values, names and weights.
fn example() -> Body {
    let column = |label: &str, x, values: &[&str]| {
        let one = |(i, value): (usize, &&str)| {
            unit(i, values.len(), *value != "0", format!("{}{}", &label[..1], i + 1), value)
        };
        layer(label, x, values.len(), values.iter().enumerate().map(one).collect())
    };
    let layers = vec![
        column("x", 0.12, &["1", "2", "3"]),
        column("h(1)", 0.5, &["18", "0", "−12.5"]),
        column("y", 0.88, &["60", "132"]),
    ];
    let edges = edges(&layers, true);
    Body::Network(NetworkDrawing { layers, edges, largest: 4.0, ..NetworkDrawing::default() })
}

fn images() -> Body {
    let image = |i: usize| {
        let pixels = (0..64).map(|pixel| ((pixel * i) % 17) as f64 / 16.0).collect();
        Image::new(pixels, format!("{i} ← {}", (i + 3) % 10), Role::Test)
    };
    Body::Images(Images::new((8, 8), (0..6).map(image).collect()))
}

fn masks() -> Body {
    let item = |i: usize| MaskDrawing {
        layers: vec![(0..6).map(|unit| !(unit + i).is_multiple_of(3)).collect(); 2],
        caption: format!("{} · {i} %", i % 10),
        role: if i < 12 { Role::Member } else { Role::Test },
    };
    Body::Masks(Masks { items: (0..24).map(item).collect() })
}

fn matrices() -> Body {
    let matrix = |symbol: &str, label: &str, rows: usize, columns: usize| {
        let states = [EntryState::Updated, EntryState::Dropped, EntryState::Unchanged];
        Matrix {
            symbol: symbol.to_string(),
            label: label.to_string(),
            rows,
            columns,
            values: (0..rows * columns).map(|i| i as f64 / 4.0 - 1.0).collect(),
            states: (0..rows * columns).map(|i| states[i % 3]).collect(),
        }
    };
    let items = vec![
        matrix("W(1)", "first layer after the step", 3, 3),
        matrix("b(1)", "", 3, 1),
        matrix("W(2)", "second layer", 2, 3),
        matrix("y", "output", 2, 1),
    ];
    Body::Matrices(Matrices { items })
}

fn table() -> Body {
    let columns = vec![
        Column::plain("setting"),
        Column { label: "test error".to_string(), unit: Unit::Percent },
        Column::plain("weights"),
    ];
    let row = |i: u32| {
        let i = f64::from(i);
        vec![Cell::Text(format!("keep {i}")), Cell::Number(i / 50.0), Cell::Number(1e4 * i)]
    };
    Body::Table(Table { columns, rows: (0..40).map(row).collect() })
}

/// The covariances of four networks, as on the slide.
fn heat() -> Body {
    let (label, items) = ("covariance".to_string(), ["network", "network"].map(String::from));
    let values = (0..16).map(|i| if i / 4 == i % 4 { 1.0 } else { 0.25 }).collect();
    let (low, high) = (-1.0, 1.0);
    Body::Heat(Heat { label, items, rows: 4, columns: 4, low, high, values, ..Heat::default() })
}

fn answers(columns: usize) -> Vec<Answer> {
    let kinds = [Answer::Right, Answer::Right, Answer::Wrong, Answer::Open];
    (0..columns).map(|i| kinds[i * i % 7 % 4]).collect()
}

fn strips(item: &str, columns: usize, rows: Vec<Strip>) -> Strips {
    Strips { item: item.to_string(), columns, rows, now: Some(2), ..Strips::default() }
}

/// A signal whose middle is looked at over both ends, and who knows it.
pub(super) fn signal() -> Body {
    let lamps = |name: &str| Strip {
        answers: answers(32),
        ..Strip::of(name, "right at 28 of 28 places", StripMark::Lamps, Vec::new())
    };
    let values = (0..32).map(|i| (f64::from(i * 7) % 5.0) / 2.0 - 1.0).collect();
    let signal = Strip::of("the signal", "drag its motif", StripMark::Bars, values);
    let rows = vec![signal, lamps("convolutional"), lamps("locally connected"), lamps("dense")];
    Body::Strips(Strips { reach: 2, ..strips("place", 32, rows) })
}

/// A sequence and two answers to it, beyond the trained length.
pub(super) fn sequence() -> Body {
    let values = |by: i32| (0..30).map(|i| f64::from((i * by) % 3 - 1)).collect::<Vec<f64>>();
    let note = "wrong: 0 of 10, then 12 of 20";
    let rows = vec![
        Strip::of("the sequence", "press a cell to change it", StripMark::Keys, values(2)),
        Strip::of("right answer", "the last that is not 0", StripMark::Cells, values(5)),
        Strip {
            answers: answers(30),
            ..Strip::of("separate weights", note, StripMark::Cells, values(7))
        },
    ];
    let events = vec![Event { x: 10.0, label: "trained up to here".to_string() }];
    Body::Strips(Strips { events, ..strips("step", 30, rows) })
}
