//! "Dropout: example".

use crate::lab::{self, drawing, run};
use regularization_playground::figure::{Body, Edge, Figure};

fn figure(query: &str, key: &str) -> Figure {
    lab::figure(&run("dropout_example", query, 0), key)
}

#[test]
fn the_formula_of_h_gives_the_numbers_of_h() {
    let told = |query: &str| {
        let Body::Matrices(matrices) = figure(query, "forward").body else { panic!("matrices") };
        let [left, h] = [2, 5].map(|place: usize| matrices.items[place].clone());
        (left.symbol, left.values, h.label, h.values)
    };
    let (left, x, label, h) = told("");
    assert_eq!((left.as_str(), label.as_str()), ("m(0) ⊙ x", "m⁽¹⁾ ⊙ W⁽¹⁾(m⁽⁰⁾ ⊙ x)"));
    assert_eq!((x, h), (vec![0.0, 0.0, 2.0], vec![6.0, 0.0, 18.0]));
    let (left, x, label, h) = told("scaling=inverted");
    assert_eq!(left, "2 · m(0) ⊙ x");
    assert_eq!(label, "2 · m⁽¹⁾ ⊙ W⁽¹⁾(2 · m⁽⁰⁾ ⊙ x)");
    assert_eq!((x, h), (vec![0.0, 0.0, 4.0], vec![24.0, 0.0, 72.0]));
}

#[test]
fn masks_that_differ_in_a_zero_alone_give_one_point() {
    let note = |query: &str| figure(query, "masks").note;
    assert_eq!(note(""), "22 different points, mean [30, 68.25]");
    assert!(note("input=no_zeros").starts_with("50 different points, "));
}

#[test]
fn weights_that_a_network_refuses_are_divergence() {
    let query = "learning_rate=0.01&scaling=inverted";
    let mut run = lab::start("dropout_example", query).unwrap();
    let message = run.step(500).unwrap_err().to_string();
    assert!(message.starts_with("diverged at step"), "{message}");
}

/// "9·2 = 18" gives 18.
fn result(label: &str) -> f64 {
    label.split_once(" = ").map_or(0.0, |(_, product)| product.parse().unwrap())
}

#[test]
fn the_products_on_the_weights_add_up_to_the_neuron() {
    for query in ["", "keep_x2=true&keep_h2=true", "scaling=inverted", "input=no_zeros"] {
        for (layer, unit, name) in [(1, 0, "h1"), (1, 2, "h3"), (2, 0, "y1"), (2, 1, "y2")] {
            let run = run("dropout_example", &format!("{query}&inspected={name}"), 0);
            let drawing = drawing(&run, "network");
            let into = |edge: &&Edge| (edge.layer + 1, edge.to) == (layer, unit);
            let sum: f64 = drawing.edges.iter().filter(into).map(|edge| result(&edge.label)).sum();
            let factor = if query == "scaling=inverted" && layer == 1 { 2.0 } else { 1.0 };
            let value: f64 = drawing.layers[layer].units[unit].value.parse().unwrap();
            assert_eq!(sum * factor, value, "{query} {name}");
            let lit = drawing.edges.iter().filter(|edge| edge.group == drawing.lit);
            assert_eq!(lit.count(), if layer == 1 { 5 } else { 3 });
        }
    }
}

#[test]
fn the_sum_of_a_neuron_is_written_out() {
    let note = |query: &str| figure(query, "network").note;
    assert_eq!(note(""), "step 1: ŷ = [60, 132]");
    assert_eq!(note("inspected=h3"), "step 1: h₃ = 7·0 + 8·0 + 9·2 = 18");
    assert_eq!(note("inspected=h2&keep_x2=true&keep_h2=true"), "step 1: h₂ = 4·0 + 5·1 + 6·2 = 17");
    assert_eq!(note("inspected=h2"), "step 1: h₂ is dropped and sends 0");
    assert_eq!(note("inspected=y1"), "step 1: ŷ₁ = 1·6 + 2·0 + 3·18 = 60");
    assert_eq!(note("inspected=x3"), "step 1: x₃ = 2");
    let inverted = note("inspected=h3&scaling=inverted");
    assert_eq!(inverted, "step 1: h₃ = 2·(7·0 + 8·0 + 9·4) = 72");
}

#[test]
fn all_figures_of_a_step_tell_of_that_step() {
    for steps in [0, 1, 5] {
        let run = run("dropout_example", "", steps);
        for key in ["network", "forward", "backward", "next"] {
            let note = lab::figure(&run, key).note;
            assert!(note.starts_with(&format!("step {}: ", steps + 1)), "{key}: {note}");
        }
    }
}
