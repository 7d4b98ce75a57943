//! "Dropout: example".

use crate::lab::{self, run};
use regularization_playground::figure::{Body, Figure};

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
