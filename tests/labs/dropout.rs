//! "Dropout".

use crate::lab::{self, finished, metric, run};
use regularization_playground::data::{DIGIT_CLASSES, digits, mislabel, split};
use regularization_playground::figure::{Body, Chart, Figure, LineStyle, Mark, Role, Series};
use regularization_playground::lab::weights::Weights;
use regularization_playground::nn::most_likely;
use regularization_playground::numbers::whole;

const SMALL: &str = "n_train=60&units=16&hidden_layers=1&steps=100";

fn chart(steps: u64, key: &str) -> Chart {
    lab::chart(&run("dropout", SMALL, steps), key)
}

#[test]
fn every_network_and_its_best_step_lie_within_the_frame() {
    for key in ["test", "train"] {
        let chart = chart(60, key);
        let mut errors = chart.series.iter().flat_map(|series| &series.y);
        assert!(errors.all(|error| (chart.y.min..=chart.y.max).contains(error)), "{key}");
    }
    let series = chart(60, "test").series;
    for pair in series.chunks_exact(2) {
        let named = format!(", best at {}", whole(pair[1].x[0] as u64));
        assert!(pair[1].mark == Mark::Points && pair[0].label().ends_with(&named), "{pair:?}");
    }
    assert_eq!(series.len(), 12);
}

#[test]
fn before_the_first_step_one_point_has_one_name() {
    let series = chart(0, "test").series;
    assert_eq!(series.iter().map(Series::label).collect::<String>(), "all networks");
}

#[test]
fn which_keep_probability_is_best_is_said_only_after_the_first_step() {
    let told = |steps| lab::figure(&run("dropout", SMALL, steps), "u");
    let before = told(0);
    assert_eq!(before.note, "not trained yet");
    assert!(!before.description.contains("lowest at p"), "{}", before.description);
    let after = told(60);
    assert!(after.note.starts_with("lowest at "), "{}", after.note);
    assert!(after.description.contains(&format!("The test error is {}.", after.note)));
}

#[test]
fn a_loss_has_a_true_minus_sign() {
    let Figure { note, description, .. } =
        lab::figure(&run("dropout", &format!("{SMALL}&keep_prob=0.05"), 60), "stopping");
    assert!(note.starts_with("gain −") && !note.contains('-'), "{note}");
    assert!(description.contains(" makes −"), "{description}");
}

/// The picture, held against the networks themselves: the one without dropout is that of a run that
/// keeps all neurons.
#[test]
fn a_digit_lights_up_where_its_network_answers_with_the_wrong_label() {
    let query = |keep_prob: f64| {
        format!("n_train=100&units=32&hidden_layers=1&steps=400&seed=2&keep_prob={keep_prob}")
    };
    let mut train = split(&digits(), 100, 697, 2).train;
    let truth = train.y.clone();
    mislabel(&mut train, 0.3, DIGIT_CLASSES, 2);
    let wrong: Vec<usize> = (0..100).filter(|&row| train.y[row] != truth[row]).collect();
    let run = finished("dropout", &query(0.5));
    let mut counts = Vec::new();
    for (key, name, itself) in [
        ("by_heart", "p = 0.5", finished("dropout", &query(0.5))),
        ("by_heart_plain", "p = 1", finished("dropout", &query(1.0))),
    ] {
        let Figure { note, body: Body::Images(images), .. } = lab::figure(&run, key) else {
            panic!("images")
        };
        assert_eq!(images.items.len(), 30);
        let mut count = 0;
        for (image, &row) in images.items.iter().zip(&wrong) {
            let answer = most_likely(&itself.predict(train.row(row)).unwrap());
            let lit = answer as f64 == train.y[row];
            assert_eq!(image.pixels, train.row(row));
            assert_eq!(image.caption, format!("{} as {}: {answer}", truth[row], train.y[row]));
            assert_eq!((image.lit, image.role == Role::Negative), (lit, lit), "{}", image.caption);
            count += usize::from(lit);
        }
        assert_eq!(note, format!("{name}: agrees with {count} of 30"));
        counts.push(count);
    }
    assert!(counts[0] < counts[1], "with dropout more of them stay dark: {counts:?}");
}

#[test]
fn the_digit_that_is_looked_at_is_ringed_and_told_of() {
    let looked = |at: usize| {
        let Figure { note, body: Body::Images(images), .. } =
            lab::figure(&run("dropout", &format!("{SMALL}&looked_at={at}"), 5), "by_heart")
        else {
            panic!("images")
        };
        let ringed = images.items.iter().position(|image| image.ringed);
        (ringed, ringed.map(|place| images.items[place].caption.clone()), note)
    };
    let (ringed, caption, note) = looked(3);
    let words: Vec<String> = caption.unwrap().split([' ', ':']).map(str::to_string).collect();
    assert_eq!(ringed, Some(2));
    let told = format!("; {} labelled {}: answers {}", words[0], words[2], words[4]);
    assert!(note.ends_with(&told), "{note}");
    for none in [0, 500] {
        let (ringed, _, note) = looked(none);
        assert!(ringed.is_none() && note.starts_with("p = 0.5: agrees with "), "{note}");
    }
}

#[test]
fn without_wrong_labels_there_is_nothing_to_learn_by_heart() {
    let run = run("dropout", &format!("{SMALL}&label_noise=0"), 1);
    assert_eq!(lab::figure(&run, "by_heart").body, Body::Empty);
}

/// A first hidden layer, computed from the weights that a reader can take away: h = max(0, Wx + b) for each
/// image of the test set (image by image), and W, row by row.
fn first_layer(weights: &Weights, keep_prob_input: f64) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let values = |name: &str| {
        &weights.parameters.iter().find(|parameter| parameter.name == name).unwrap().values
    };
    let rows: Vec<Vec<f64>> = values("w1").chunks(64).map(<[f64]>::to_vec).collect();
    let test = split(&digits(), 60, 697, 0).test;
    let h = |image: &[f64]| {
        let neuron = |(row, b): (&Vec<f64>, &f64)| {
            let sum: f64 = row.iter().zip(image).map(|(w, x)| w * keep_prob_input * x).sum();
            (sum + b).max(0.0)
        };
        rows.iter().zip(values("b1")).map(neuron).collect()
    };
    (test.x.chunks(64).map(h).collect(), rows)
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn near(got: f64, want: f64) {
    assert!((got - want).abs() <= 1e-5 * want.abs(), "{got}, by hand {want}");
}

#[test]
fn activations_are_those_of_the_weights_on_the_test_set() {
    for (query, keep_prob_input) in
        [("keep_prob=0.4", 1.0), ("keep_prob=0.4&keep_prob_input=0.8&scaling=at_test", 0.8)]
    {
        let run = run("dropout", &format!("{SMALL}&compare=false&{query}"), 80);
        let weights = run.weights();
        let (own, plain) = (&weights[0], &weights[weights.len() - 1]);
        let measures = ["mean_activation", "zero_activations", "concentration"];
        for (network, kept, prefix) in [(own, keep_prob_input, ""), (plain, 1.0, "baseline_")] {
            let [activity, zeros, concentration] =
                measures.map(|key| metric(&run, &format!("{prefix}{key}")));
            let (h, rows) = first_layer(network, kept);
            let all = h.concat();
            assert_eq!(all.len(), 697 * 16);
            near(activity, mean(&all));
            // In 32 bits a sum next to 0 may be on the other side of it.
            let by_hand = all.iter().filter(|&&h| h == 0.0).count() as f64 / all.len() as f64;
            assert!((zeros - by_hand).abs() < 0.001 && zeros > 0.1, "{zeros}, by hand {by_hand}");
            near(concentration, mean(&rows.iter().map(|row| in_five(row)).collect::<Vec<f64>>()));
        }
        assert!(metric(&run, "mean_activation") != metric(&run, "baseline_mean_activation"));
    }
}

/// The share of the five largest squares, taken one by one.
fn in_five(weights: &[f64]) -> f64 {
    let mut left: Vec<f64> = weights.iter().map(|w| w * w).collect();
    let all: f64 = left.iter().sum();
    let mut five = 0.0;
    for _ in 0..5 {
        let at = (0..left.len()).fold(0, |at, i| if left[i] > left[at] { i } else { at });
        five += left.swap_remove(at);
    }
    five / all
}

#[test]
fn the_histogram_holds_the_activations_of_both_networks() {
    let run = run("dropout", &format!("{SMALL}&compare=false&keep_prob=0.4"), 80);
    let chart = lab::chart(&run, "activations");
    let weights = run.weights();
    for (series, (network, line)) in
        chart.series.iter().zip([(&weights[0], LineStyle::Solid), (&weights[1], LineStyle::Dashed)])
    {
        let all = first_layer(network, 1.0).0.concat();
        let width = chart.x.max / series.x.len() as f64;
        assert_eq!((series.run, chart.x.min, chart.x.max), (line, 0.0, 5.0));
        for (&x, &y) in series.x.iter().zip(&series.y) {
            let inside = |h: &&f64| (x - width / 2.0..x + width / 2.0).contains(*h);
            let by_hand = all.iter().filter(inside).count() as f64 / all.len() as f64;
            assert!((y - by_hand).abs() < 0.001, "{}: {y} at {x}, by hand {by_hand}", series.name);
        }
    }
    let note = ["mean_activation", "baseline_mean_activation"].map(|key| metric(&run, key));
    let figure = lab::figure(&run, "activations");
    assert_eq!(figure.note, format!("mean {:.2}, without {:.2}", note[0], note[1]));
    assert!(figure.description.contains("exactly 0"));
}

#[test]
fn features_are_the_weights_of_the_same_neurons_of_both_networks() {
    let run = run("dropout", &format!("{SMALL}&compare=false&keep_prob=0.4"), 80);
    let Body::Images(images) = lab::figure(&run, "features").body else { panic!("images") };
    let weights = run.weights();
    assert_eq!((images.width, images.items.len()), (8, 16));
    assert_eq!((images.rows, images.signed), (vec!["no dropout".into(), "p = 0.4".into()], true));
    for (network, shown) in [&weights[1], &weights[0]].into_iter().zip(images.items.chunks(8)) {
        let (h, rows) = first_layer(network, 1.0);
        for (neuron, image) in shown.iter().enumerate() {
            let largest = rows[neuron].iter().fold(0.0f64, |most, w| most.max(w.abs()));
            for (pixel, weight) in image.pixels.iter().zip(&rows[neuron]) {
                assert!((pixel - weight / largest).abs() < 1e-12);
            }
            let of_neuron: Vec<f64> = h.iter().map(|h| h[neuron]).collect();
            let caption: f64 = image.caption.parse().unwrap();
            assert!((caption - mean(&of_neuron)).abs() < 0.00501, "{caption}");
        }
    }
}
