//! In a browser: figures on canvases of all kinds, and nothing else on the page touched.
#![cfg(target_arch = "wasm32")]

use regularization_playground::figure::{Axis, Body, Chart, Figure, Map, Mark, Role, Series};
use regularization_playground::plot::{canvas, readout_on_page, svg};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CanvasRenderingContext2d, Document, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

fn figure() -> Figure {
    let axis = |label: &str| Axis::linear(label, 0.0, 1.0);
    let values = vec![1.0; 16];
    let label = "output".to_string();
    let map = Map { columns: 4, rows: 4, label, low: 0.0, high: 1.0, values };
    let series = vec![Series::line("train", Role::Train, vec![0.0, 1.0], vec![0.0, 1.0])];
    let (x, y, events) = (axis("x"), axis("y"), Vec::new());
    let [key, title, note, description] = ["fit", "Fit", "", "A line."].map(str::to_string);
    let body = Body::Chart(Chart { x, y, map: Some(map), series, events });
    Figure { key, title, note, description, body, handles: Vec::new() }
}

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn detached(width: u32, height: u32) -> HtmlCanvasElement {
    let canvas = document().create_element("canvas").unwrap();
    let canvas: HtmlCanvasElement = canvas.dyn_into().unwrap();
    canvas.set_width(width);
    canvas.set_height(height);
    canvas
}

/// A canvas on the page; its size there is fixed where `style` says so.
fn on_page(style: &str) -> HtmlCanvasElement {
    let canvas = detached(300, 150);
    canvas.set_attribute("style", style).unwrap();
    document().body().unwrap().append_child(&canvas).unwrap();
    canvas
}

fn pixels(canvas: &HtmlCanvasElement) -> Vec<u8> {
    let context = canvas.get_context("2d").unwrap().unwrap();
    let context: CanvasRenderingContext2d = context.dyn_into().unwrap();
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.get_image_data(0.0, 0.0, width, height).unwrap().data().0
}

#[wasm_bindgen_test]
fn the_backing_store_is_as_fine_as_the_screen() {
    let canvas_on_page = on_page("width: 320px; height: 200px");
    for ratio in [1.0, 2.0, 1.5] {
        canvas(&figure(), "", &canvas_on_page, ratio).unwrap();
        let size = (f64::from(canvas_on_page.width()), f64::from(canvas_on_page.height()));
        assert_eq!(size, (320.0 * ratio, 200.0 * ratio));
    }
    canvas_on_page.remove();
}

#[wasm_bindgen_test]
fn a_canvas_sized_by_its_backing_store_does_not_grow() {
    let (free, detached) = (on_page(""), detached(400, 250));
    for _ in 0..3 {
        canvas(&figure(), "", &free, 2.0).unwrap();
        canvas(&figure(), "", &detached, 2.0).unwrap();
    }
    assert_eq!((free.width(), free.height()), (300, 150));
    assert_eq!((detached.width(), detached.height()), (400, 250));
    assert!(pixels(&detached).iter().any(|&byte| byte > 0));
    free.remove();
}

#[wasm_bindgen_test]
fn odd_sizes_and_ratios_are_no_error() {
    for canvas_of_odd_size in [detached(0, 0), detached(0, 9), detached(1, 1)] {
        for ratio in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9, 1e-9] {
            canvas(&figure(), "", &canvas_of_odd_size, ratio).unwrap();
        }
    }
    let shown = on_page("width: 320px; height: 200px");
    canvas(&figure(), "", &shown, 1e9).unwrap();
    assert!(shown.width() <= 8192);
    shown.remove();
}

#[wasm_bindgen_test]
fn drawing_again_gives_the_same_picture_on_a_clear_ground() {
    let shown = on_page("width: 320px; height: 200px");
    canvas(&figure(), "", &shown, 1.0).unwrap();
    let first = pixels(&shown);
    canvas(&figure(), "", &shown, 1.0).unwrap();
    assert!(first == pixels(&shown));
    assert_eq!(first[..4], [0, 0, 0, 0], "the corner shows the page");
    shown.remove();
}

#[wasm_bindgen_test]
fn light_ink_on_the_page_means_the_dark_theme() {
    let [light, dark] = ["rgb(27, 31, 36)", "rgb(232, 234, 237)"].map(|ink| {
        let shown = on_page(&format!("width: 320px; height: 200px; color: {ink}"));
        canvas(&figure(), "", &shown, 1.0).unwrap();
        let pixels = pixels(&shown);
        shown.remove();
        pixels
    });
    // The map's cells are all of the highest value: blue on white or on black.
    let middle = 4 * (320 * 100 + 60);
    assert!(light[middle + 2] > 190 && dark[middle + 2] < 190, "{:?}", &dark[middle..middle + 3]);
}

#[wasm_bindgen_test]
fn nothing_else_on_the_page_is_touched() {
    let shown = on_page("width: 320px; height: 200px");
    let before = document().body().unwrap().outer_html();
    canvas(&figure(), "", &shown, 1.0).unwrap();
    let after = document().body().unwrap().outer_html();
    let sized = |html: &str| html.replace("320", "300").replace("200", "150");
    assert_eq!(sized(&before), sized(&after));
    shown.remove();
}

#[wasm_bindgen_test]
fn a_canvas_in_other_use_is_refused_in_words() {
    let taken = detached(300, 150);
    let context = taken.get_context("bitmaprenderer").unwrap();
    assert!(context.is_some());
    let refusal = canvas(&figure(), "", &taken, 1.0).unwrap_err().to_string();
    assert!(refusal.contains("2D"), "{refusal}");
}

#[wasm_bindgen_test]
fn what_is_read_stands_where_the_canvas_has_drawn_it() {
    let points = |name: &str| Series::points(name, Role::Test, vec![0.25, 0.5], vec![0.75, 0.5]);
    let spots = points("a name of some length").with_mark(Mark::Spot).unlabelled();
    let level = Series::level("iiiiiiiiiiiiiiii", Role::Member, [0.0, 1.0], 1.0);
    let mut figure = figure();
    let Body::Chart(chart) = &mut figure.body else { unreachable!("a chart") };
    (chart.map, chart.series) = (None, vec![spots, level]);
    chart.y.max = 1000.0;
    chart.series[0].y = vec![750.0, 500.0];
    let shown = on_page("width: 400px; height: 250px");
    canvas(&figure, "", &shown, 1.0).unwrap();
    let pixels = pixels(&shown);
    for at in [0.25, 0.5] {
        let all =
            (0..400).filter_map(|x| readout_on_page(&figure, 400, 250, (f64::from(x), f64::NAN)));
        let read = all.into_iter().find(|read| read.at == at).unwrap();
        let item = read.items.iter().find(|item| item.role == Role::Test).unwrap();
        // The whole disc, but for its edge, is where it is read.
        for (dx, dy) in [(0, 0), (-5, 0), (4, 0), (0, -5), (0, 4)] {
            let [x, y] = [(read.x, dx), (item.y, dy)].map(|(at, by)| at.floor() as i32 + by);
            let pixel = (4 * (400 * y + x)) as usize;
            let [r, g, b] = [pixels[pixel], pixels[pixel + 1], pixels[pixel + 2]];
            assert_eq!([r, g, b], [0xc2, 0x41, 0x0c], "{at}, {dx}, {dy}: {read:?}");
        }
    }
    shown.remove();
}

#[wasm_bindgen_test]
fn svg_needs_no_page() {
    let svg = svg(&figure(), 320, 200);
    assert!(svg.starts_with("<svg ") && svg.contains("<title>Fit</title>"));
}
