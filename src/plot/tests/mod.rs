//! What holds for every picture, tested on sample figures and on odd ones.

mod ends;
mod grips;
mod odd;
mod readout;
mod samples;

use super::geometry::Rect;
use super::text::{Anchor, Type, bounds, estimated_width};
use super::{Palette, Theme, svg, svg_captioned, svg_in};
use crate::figure::{
    Axis, Body, Figure, LayerDrawing, LineStyle, NetworkDrawing, Role, Series, Tie, UnitDrawing,
};
use plotters::style::{BLACK, RGBColor};

/// The sizes every figure has to be readable at: a phone, a column, a lecture room.
const SIZES: [(u32, u32); 3] = [(320, 200), (560, 300), (1100, 500)];

fn figure(body: Body) -> Figure {
    let [key, title] = ["error", "Error"].map(str::to_string);
    let note = "Nothing to show: the ensemble has one member.".to_string();
    Figure {
        key,
        title,
        note,
        description: "Falls, then rises.".to_string(),
        body,
        handles: Vec::new(),
    }
}

/// The value of an attribute within a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    Some(after.split_once('"')?.0)
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(f64::NAN)
}

/// Every text of an SVG with the rectangle it covers, in CSS pixels.
fn texts(svg: &str) -> Vec<(String, Rect)> {
    svg.split("<text").skip(1).filter_map(text).collect()
}

fn text(element: &str) -> Option<(String, Rect)> {
    let (tag, after) = element.split_once('>')?;
    let words = after.split_once("</text>")?.0.trim().to_string();
    let anchor = match attribute(tag, "text-anchor")? {
        "start" => Anchor::Left,
        "middle" => Anchor::Middle,
        _ => Anchor::Right,
    };
    let (size, bold) = (number(tag, "font-size") / 8.0, tag.contains("bold"));
    let kind = Type { size, bold, colour: BLACK, anchor };
    let at = (number(tag, "x") / 8.0, number(tag, "y") / 8.0 + 0.4 * size);
    let covered = bounds(at, estimated_width(&words, size, bold), &kind);
    // What glyphs cover: their line is higher.
    let covered = Rect { top: covered.top + 1.5, bottom: covered.bottom - 1.5, ..covered };
    (!words.is_empty()).then_some((words, covered))
}

/// A ring is round and whole, however wide or high the picture is.
#[test]
fn where_units_are_as_long_across_as_up_rings_are_round() {
    let turn = |i: usize| i as f64 / 64.0 * std::f64::consts::TAU;
    let of = |part: fn(f64) -> f64| (0..=64).map(|i| part(turn(i))).collect();
    let ring = Series::line("ring", Role::Theory, of(f64::cos), of(f64::sin));
    for (low, sizes) in [(-1.5, &SIZES[..]), (0.0, &[(505, 205), (330, 220), (200, 400)])] {
        let (x, y) = (Axis::linear("x", -1.5, 1.5).equal(), Axis::linear("y", low, 1.5));
        let body = Body::chart(x, y, vec![ring.clone()], Vec::new());
        for &(width, height) in sizes {
            let svg = svg(&figure(body.clone()), width, height);
            let points: Vec<f64> = lines(&svg, "#007A5A")
                .iter()
                .flat_map(|line| line.split([' ', ',']).filter_map(|number| number.parse().ok()))
                .collect();
            let span = |way: usize| {
                let along = points.iter().skip(way).step_by(2);
                let high = along.clone().copied().fold(f64::MIN, f64::max);
                high - along.copied().fold(f64::MAX, f64::min)
            };
            let up = if low == 0.0 { 2.0 * span(1) } else { span(1) };
            assert!((span(0) / up - 1.0).abs() < 0.03, "{width} x {height}: {} {up}", span(0));
        }
    }
}

/// The points of every line of a colour.
fn lines<'a>(svg: &'a str, colour: &str) -> Vec<&'a str> {
    let tags = svg.split("<polyline").skip(1).filter_map(|rest| rest.split('>').next());
    let tags = tags.filter(|tag| tag.contains(colour));
    tags.filter_map(|tag| attribute(tag, "points")).collect()
}

#[test]
fn no_text_is_cut() {
    for (name, body) in samples::all() {
        for (width, height) in SIZES {
            let page = Rect { left: 0.0, top: 0.0, right: width.into(), bottom: height.into() };
            for (words, covered) in texts(&svg(&figure(body.clone()), width, height)) {
                let inside = covered.overlap(&page) / (covered.width() * covered.height());
                assert!(inside > 0.99, "{name} at {width}: \"{words}\" at {covered:?}");
            }
        }
    }
}

#[test]
fn no_text_covers_another() {
    for (name, body) in samples::all() {
        for (width, height) in SIZES {
            let texts = texts(&svg(&figure(body.clone()), width, height));
            for (i, (a, at)) in texts.iter().enumerate() {
                for (b, other) in &texts[i + 1..] {
                    let overlap = at.overlap(other);
                    assert!(overlap < 2.0, "{name} at {width}: \"{a}\" and \"{b}\" by {overlap}");
                }
            }
        }
    }
}

#[test]
fn a_line_is_cut_where_it_leaves_the_frame() {
    let chart = |x, y| svg(&figure(samples::line(x, y)), 560, 300);
    let (cut, fitting) =
        (chart(vec![0.0, 1.0], vec![0.0, 2.0]), chart(vec![0.0, 0.5], vec![0.0, 1.0]));
    assert_eq!(lines(&cut, "#0072B2"), lines(&fitting, "#0072B2"));
    let broken = chart(vec![0.0, 0.25, 0.5, 0.75, 1.0], vec![0.1, 0.2, f64::NAN, 0.2, 0.1]);
    assert_eq!(lines(&broken, "#0072B2").len(), 2);
}

#[test]
fn a_caption_stands_whole_under_the_picture() {
    let (body, palette) = (figure(samples::learning()), Palette::of(Theme::Light));
    let words = "Test error against p, means of 5 seeds, bars: one standard error. ".repeat(3);
    let plain = texts(&svg(&body, 544, 292));
    let odd = svg_captioned(&body, "a\u{ffff}\u{7}b", (560, 361), &palette);
    assert!(!odd.contains(['\u{ffff}', '\u{7}']), "XML has no such signs");
    let all = texts(&svg_captioned(&body, words.trim(), (560, 361), &palette));
    let (above, under) = all.split_at(plain.len());
    let same = |((a, moved), (b, at)): (&(String, Rect), &(String, Rect))| {
        let by = |edge: f64, from: f64| (edge - from - 8.0).abs() < 1e-9;
        a == b && by(moved.left, at.left) && by(moved.top, at.top) && by(moved.right, at.right)
    };
    assert!(above.iter().zip(&plain).all(same), "the picture is as it is alone, within a margin");
    let said: Vec<&str> = under.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!((said.join(" "), said.len()), (words.trim().to_string(), 3));
    assert!(under.iter().all(|(_, at)| at.top > 300.0 && at.bottom < 361.0), "{under:?}");
}

#[test]
fn the_values_that_were_run_are_named_as_far_as_there_is_room() {
    let svg = svg(&figure(samples::marked()), 560, 300);
    let texts: Vec<String> = texts(&svg).into_iter().map(|(words, _)| words).collect();
    for (words, there) in [("5", true), ("19", true), ("8", false), ("1,000", false)] {
        assert_eq!(texts.iter().any(|text| text == words), there, "{words}: {texts:?}");
    }
}

#[test]
fn a_learning_curve_has_its_lines_numbers_and_labels() {
    let svg = svg(&figure(samples::learning()), 560, 300);
    let texts: Vec<String> = texts(&svg).into_iter().map(|(words, _)| words).collect();
    for words in [
        "0\u{202f}%",
        "10\u{202f}%",
        "30\u{202f}%",
        "0",
        "500",
        "1,000",
        "step",
        "train",
        "test, p = 1",
    ] {
        assert!(texts.iter().any(|text| text == words), "{words} is not among {texts:?}");
    }
    assert!(!texts.iter().any(|text| text == "Error"), "the heading has said it");
    // One solid line of all points, and one in dashes.
    let points = |line: &&str| line.split_whitespace().count();
    let train = lines(&svg, "#0072B2");
    assert_eq!(train.iter().filter(|line| points(line) > 50).count(), 1);
    assert!(train.iter().filter(|line| points(line) < 50).count() > 20);
}

#[test]
fn exactly_zero_has_a_place_of_its_own_on_a_logarithmic_axis() {
    let written = |low: f64, y: Vec<f64>| -> Vec<String> {
        let svg = svg(&figure(samples::decades(low, y)), 560, 300);
        texts(&svg).into_iter().map(|(words, _)| words).collect()
    };
    let zero = |texts: &[String]| texts.iter().any(|text| text == "exactly 0");
    let below = written(2e-4, vec![0.0, 0.5]);
    assert!(zero(&below) && below.contains(&"0.001".to_string()), "{below:?}");
    assert!(!zero(&written(2e-4, vec![0.1, 0.5])), "nothing is exactly 0");
    assert!(!zero(&written(1e-3, vec![0.0, 0.5])), "another number stands there");
}

#[test]
fn the_dark_theme_has_its_own_colours() {
    let palette = Palette::of(Theme::Dark);
    let svg = svg_in(&figure(samples::learning()), 560, 300, &palette, false);
    assert!(svg.contains("#56B4E9") && svg.contains("#FF8A4C") && !svg.contains("#0072B2"));
    assert!(!svg.contains("width=\"4480\" height=\"2400\" opacity"), "no ground was asked for");
}

#[test]
fn dropped_neurons_keep_their_place_and_lose_their_edges() {
    let svg = svg(&figure(samples::network()), 560, 300);
    let kept = |svg: &str| svg.matches("fill=\"#1B1F24\"").count();
    assert!(kept(&svg) < 12 + 16 + 16 + 10 && kept(&svg) > 22);
    let edges = lines(&svg, "#0072B2").len() + lines(&svg, "#C2410C").len();
    assert!(edges > 50 && edges < 12 * 16 + 16 * 16 + 16 * 10, "{edges}");
}

#[test]
fn a_weight_that_stands_out_does_so_at_every_place() {
    let svg = svg(&figure(samples::tied()), 560, 300);
    let edges: Vec<&str> = svg
        .split("<polyline")
        .skip(1)
        .filter(|tag| tag.contains("#0072B2") || tag.contains("#C2410C"))
        .collect();
    let full = edges.iter().filter(|tag| number(tag, "opacity") == 1.0);
    let faint = edges.iter().filter(|tag| number(tag, "opacity") < 0.4);
    assert_eq!((edges.len(), full.count(), faint.count()), (18, 6, 12), "{svg}");
}

#[test]
fn where_no_weight_stands_out_groups_lie_on_bands() {
    let Body::Network(mut network) = samples::tied() else { panic!("a network") };
    network.lit = None;
    let bands = |network: &NetworkDrawing, tints: &[RGBColor]| -> Vec<usize> {
        let svg = svg(&figure(Body::Network(network.clone())), 560, 300);
        let hex = |&RGBColor(r, g, b): &RGBColor| format!("#{r:02X}{g:02X}{b:02X}");
        tints.iter().map(|tint| lines(&svg, &hex(tint)).len()).collect()
    };
    let palette = Palette::of(Theme::Light);
    assert_eq!(bands(&network, &palette.ties), [6, 6, 6, 0, 0], "three groups");
    network.edges.retain(|edge| edge.group < Some(2));
    assert_eq!(bands(&network, &palette.bands), [6, 6]);
    assert_eq!(bands(&network, &palette.ties), [0; 5]);
}

#[test]
fn a_tied_weight_has_a_colour_of_its_own_and_its_value_in_the_key() {
    let Body::Network(network) = samples::tied() else { panic!("a network") };
    let tie = |group: usize| Tie { name: format!("w{group}"), groups: vec![group] };
    let ties = vec![tie(0), tie(1)];
    let svg = svg(&figure(Body::Network(NetworkDrawing { ties, ..network })), 560, 300);
    let edges = ["#B5174F", "#007C8C", "#0072B2", "#C2410C"].map(|hue| lines(&svg, hue).len());
    assert_eq!(edges, [6, 6, 6, 0]);
    let texts: Vec<String> = texts(&svg).into_iter().map(|(words, _)| words).collect();
    assert!(["w0 −1.50", "w1 −0.50"].iter().all(|key| texts.iter().any(|text| text == key)));
}

#[test]
fn a_weight_that_stands_out_alone_is_said_to_be_used_once() {
    let Body::Network(mut network) = samples::tied() else { panic!("a network") };
    for (place, edge) in network.edges.iter_mut().enumerate() {
        edge.group = Some(place);
    }
    let lit = |lit| Body::Network(NetworkDrawing { lit, ..network.clone() });
    let said =
        |lit: Body| svg(&figure(lit), 560, 300).contains("lit: −0.50, used at this place only");
    assert_eq!([Some(1), Some(99), None].map(lit).map(said), [true, false, false]);
}

#[test]
fn neurons_with_values_side_by_side_do_not_touch() {
    let layer = |column: usize| {
        let unit = UnitDrawing {
            x: 0.1 + 0.08 * column as f64,
            y: 0.5,
            kept: true,
            name: String::new(),
            value: "−1".to_string(),
            level: Some(0.0),
        };
        LayerDrawing { label: String::new(), units: vec![unit], total: 1 }
    };
    let layers = (0..10).map(layer).collect();
    let body = Body::Network(NetworkDrawing { layers, ..NetworkDrawing::default() });
    let svg = svg(&figure(body), 340, 212);
    let reach = |points: &str| {
        let xs = points.split_whitespace().filter_map(|point| point.split(',').next());
        let xs: Vec<f64> = xs.filter_map(|x| x.parse().ok()).collect();
        (xs.iter().copied().fold(f64::MAX, f64::min), xs.iter().copied().fold(0.0, f64::max))
    };
    let outlines: Vec<(f64, f64)> = lines(&svg, "#57606A").into_iter().map(reach).collect();
    assert_eq!(outlines.len(), 10);
    assert!(outlines.windows(2).all(|pair| pair[0].1 < pair[1].0), "{outlines:?}");
}

#[test]
fn a_growing_line_keeps_its_dashes() {
    let dashes = |points: usize| {
        let x: Vec<f64> = (0..points).map(|i| i as f64 / 40.0).collect();
        let y = x.iter().map(|x| 0.5 + 0.4 * libm::sin(9.0 * x)).collect();
        let Body::Chart(mut chart) = samples::line(x, y) else { panic!("a chart") };
        chart.series[0].run = LineStyle::Dashed;
        chart.series[0].name = String::new();
        let svg = svg(&figure(Body::Chart(chart)), 560, 300);
        lines(&svg, "#0072B2").into_iter().map(str::to_string).collect::<Vec<String>>()
    };
    let (short, long) = (dashes(20), dashes(40));
    assert!(short.len() > 10 && long.len() > 3 * short.len() / 2);
    assert_eq!(short[..short.len() - 1], long[..short.len() - 1]);
}

/// The colour of a text.
fn text_colour(svg: &str, words: &str) -> Option<String> {
    let element = svg.split("<text").find(|element| element.contains(&format!(">\n{words}\n")))?;
    attribute(element.split_once('>')?.0, "fill").map(str::to_string)
}

#[test]
fn an_earlier_run_is_pale_behind_the_present_one_and_named_in_soft_ink() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        let svg = svg_in(&figure(samples::earlier()), 560, 300, &palette, true);
        let hex = |RGBColor(r, g, b): RGBColor| format!("#{r:02X}{g:02X}{b:02X}");
        let pale = hex(super::palette::blend(palette.background, palette.train, 0.4));
        let (behind, before) = (svg.find(&pale).unwrap(), svg.find(&hex(palette.train)).unwrap());
        assert!(behind < before, "{theme:?}");
        assert_eq!(text_colour(&svg, "p = 0.9"), Some(hex(palette.muted)), "{theme:?}");
    }
}

#[test]
fn a_guess_is_round_dots_of_ink_and_a_large_point_has_its_name_beside_it() {
    let svg = svg(&figure(samples::answer()), 320, 200);
    let discs = |radius: u32, colour: &str| {
        let tags = svg.split("<circle").skip(1).filter_map(|rest| rest.split('>').next());
        tags.filter(|tag| number(tag, "r") == f64::from(radius) && tag.contains(colour)).count()
    };
    assert!(discs(10, "#1B1F24") > 20, "dots of 1.25 pixels: {}", discs(10, "#1B1F24"));
    assert_eq!((discs(56, "#FFFFFF"), discs(48, "#C2410C")), (1, 1), "a disc in its ring");
    let (_, name) = texts(&svg).into_iter().find(|(words, _)| words == "p = 0.9").unwrap();
    assert!(name.right < 300.0, "{name:?}");
}
