//! "Ensemble of many smaller networks".

use crate::lab::{self, figure, metric, refusal};
use regularization_playground::data::{Examples, digits, split};
use regularization_playground::figure::{Body, Cell, Heat, MaskDrawing, Role};
use regularization_playground::lab::{Effect, Run};
use regularization_playground::value::Value;

fn run(query: &str) -> Run {
    lab::finished("subnetworks", query)
}

#[test]
fn one_pass_is_a_mean_exactly_where_the_outputs_are_linear_in_every_mask() {
    let exact = ["units=6", "units=5&keep_prob=0.7&activation=tanh", "activation=sigmoid&units=4"];
    let linear = ["units=4&hidden_layers=2&activation=linear&keep_prob=0.6"];
    for query in exact.iter().chain(&linear) {
        let run = run(&format!("{query}&steps=300"));
        assert!(metric(&run, "gap_outputs") < 1e-12, "{query}");
        assert!(metric(&run, "gap_geometric") < 1e-12, "{query}");
        assert!(metric(&run, "gap_average") > 1e-3, "{query}");
    }
    let two = run("units=4&hidden_layers=2&steps=300");
    assert!(metric(&two, "gap_geometric") > 1e-3);
}

#[test]
fn with_nothing_dropped_there_is_one_network() {
    let mut run = run("units=3&keep_prob=1&steps=90");
    let error = metric(&run, "error_weight_scaled");
    for key in ["error_average", "error_geometric", "error_mean_subnetwork", "error_sixteen"] {
        assert!((metric(&run, key) - error).abs() < 1e-12, "{key}");
    }
    for drawn in [1.0, 3.0, 50.0, 64.0] {
        run.set("drawn", &Value::Number(drawn)).unwrap();
        assert!((metric(&run, "error_drawn") - error).abs() < 1e-12, "{drawn}");
    }
    assert_eq!((metric(&run, "gap_average"), metric(&run, "agreement")), (0.0, 1.0));
    assert_eq!((metric(&run, "subnetworks"), metric(&run, "votes")), (1.0, 1.0));
    let shown = gallery(&run);
    assert_eq!((shown.len(), &shown[0].layers), (1, &vec![vec![true; 3]]));
    assert_eq!(figure(&run, "network").note, "3 of 3 hidden neurons kept");
    assert_eq!(figure(&run, "distance").note, "all are the same");
}

fn gallery(run: &Run) -> Vec<MaskDrawing> {
    match figure(run, "gallery").body {
        Body::Masks(masks) => masks.items,
        _ => panic!("masks"),
    }
}

/// Page by page every network comes once, the best first.
#[test]
fn all_networks_are_in_the_gallery_page_by_page() {
    let mut run = run("units=6&steps=90");
    let mut all = Vec::new();
    for (page, count) in [(1, 24), (2, 24), (3, 16)] {
        run.set("page", &Value::Number(f64::from(page))).unwrap();
        let shown = gallery(&run);
        assert_eq!(shown.len(), count);
        all.extend(shown.into_iter().map(|item| item.layers));
    }
    assert_eq!(figure(&run, "gallery").note, "49 to 64 of 64, the best first");
    run.set("page", &Value::Number(171.0)).unwrap();
    assert!(gallery(&run).iter().all(|item| all[48..].contains(&item.layers)));
    all.sort();
    all.dedup();
    assert_eq!((all.len(), run.progress().steps), (64, 90));
}

/// Sixteen times the steps, each with half the weights, are eight times the work.
#[test]
fn what_not_sharing_costs_is_steps_times_parameters() {
    let Body::Table(table) = figure(&run("steps=300"), "sharing").body else { panic!("a table") };
    let words = |row: usize| {
        table.rows[row].iter().map(|cell| match cell {
            Cell::Text(text) => text.as_str(),
            Cell::Number(_) => panic!("words"),
        })
    };
    assert_eq!(words(5).skip(1).collect::<Vec<_>>(), ["760", "6,160"]);
    assert_eq!(words(7).skip(1).collect::<Vec<_>>(), ["0.2", "1.2"]);
}

#[test]
fn votes_begin_when_training_ends_and_all_are_in_at_the_end() {
    let mut run = lab::run("subnetworks", "units=6&steps=30", 20);
    assert_eq!(metric(&run, "votes"), 0.0);
    assert!(metric(&run, "error_average").is_nan() && metric(&run, "gap_average").is_nan());
    let trained = metric(&run, "error_weight_scaled");
    run.step(3).unwrap();
    assert_eq!(metric(&run, "votes"), 32.0);
    assert!(metric(&run, "error_average").is_finite() && metric(&run, "gap_average").is_nan());
    run.step(7).unwrap();
    assert_eq!((metric(&run, "votes"), metric(&run, "error_weight_scaled")), (64.0, trained));
    assert!(run.metrics().iter().all(|(key, value)| value.is_finite() || panic!("{key}")));
    let all = run.metrics();
    run.step(5).unwrap();
    assert_eq!(run.metrics(), all, "after the end nothing changes");
}

#[test]
fn the_gallery_goes_from_best_to_worst_and_another_image_changes_the_answers_alone() {
    let mut run = run("units=6&steps=300");
    let before = gallery(&run);
    assert_eq!(before.len(), 24);
    let share = |caption: &str| -> u32 {
        let (_, share) = caption.split_once(", wrong on ").unwrap();
        share.trim_end_matches("\u{202f}%").parse().unwrap()
    };
    assert!(before.windows(2).all(|pair| share(&pair[0].caption) <= share(&pair[1].caption)));
    run.set("image", &Value::Number(5.0)).unwrap();
    let after = gallery(&run);
    assert!(before.iter().zip(&after).all(|(a, b)| a.layers == b.layers));
    assert_eq!(run.progress().steps, 300);
}

#[test]
fn more_neurons_than_can_vote_are_refused_with_the_reason() {
    assert_eq!(
        refusal("subnetworks", "units=7&hidden_layers=2&steps=1"),
        "units = 7: must be at most 6 with hidden_layers = 2, since all 2^14 smaller networks \
         vote, which would be too many"
    );
}

/// Of every mask of one hidden layer, how likely it is and what its network says of the test images
/// (images x classes): from the weights alone.
fn all_smaller(run: &Run, test: &Examples, keep_prob: f64) -> Vec<(f64, Vec<f64>)> {
    let weights = run.weights();
    let values = |place: usize| weights[0].parameters[place].values.as_slice();
    let [w1, b1, w2, b2] = [0, 1, 2, 3].map(values);
    let units = b1.len();
    let dense = |w: &[f64], b: &[f64], x: &[f64]| -> Vec<f64> {
        let rows = w.chunks(x.len()).zip(b);
        rows.map(|(w, b)| b + w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>()).collect()
    };
    let of_mask = |mask: u32| {
        let kept = |unit: usize| mask >> unit & 1 == 1;
        let chance = (0..units).map(|unit| if kept(unit) { keep_prob } else { 1.0 - keep_prob });
        let answer = |row: &[f64]| {
            let h = dense(w1, b1, row).into_iter().enumerate();
            let masked =
                |(unit, h): (usize, f64)| if kept(unit) { h.max(0.0) / keep_prob } else { 0.0 };
            let e: Vec<f64> = dense(w2, b2, &h.map(masked).collect::<Vec<f64>>())
                .iter()
                .map(|z| z.exp())
                .collect();
            let sum: f64 = e.iter().sum();
            e.into_iter().map(move |e| e / sum).collect::<Vec<f64>>()
        };
        let y_hat = (0..test.y.len()).flat_map(|image| answer(test.row(image))).collect();
        (chance.product(), y_hat)
    };
    (0..1 << units).map(of_mask).collect()
}

/// Mean and variance of the wrong answers of an average of so many networks, over all there can be.
fn over_all_groups(all: &[(f64, Vec<f64>)], y: &[f64], drawn: u32) -> (f64, f64) {
    let (mut mean, mut square) = (0.0, 0.0);
    for group in 0..all.len().pow(drawn) {
        let members = (0..drawn).map(|place| &all[group / all.len().pow(place) % all.len()]);
        let (mut chance, mut sum) = (1.0, vec![0.0; all[0].1.len()]);
        for (of_one, y_hat) in members {
            chance *= of_one;
            sum.iter_mut().zip(y_hat).for_each(|(sum, y_hat)| *sum += y_hat);
        }
        let wrong = sum.chunks(10).zip(y).filter(|(row, y)| lead(row, **y as usize) <= 0.0);
        let error = wrong.count() as f64 / y.len() as f64;
        mean += chance * error;
        square += chance * error * error;
    }
    (mean, square - mean * mean)
}

#[test]
fn groups_drawn_at_random_err_as_all_groups_do_on_average() {
    let keep_prob = 0.7;
    let groups = [1, 2, 3];
    let (mut off, seeds) = ([0.0; 3], 8);
    for seed in 0..seeds {
        let mut run = run(&format!("units=3&keep_prob={keep_prob}&steps=150&seed={seed}"));
        let test = split(&digits(), 300, 697, seed).test;
        let all = all_smaller(&run, &test, keep_prob);
        for (off, drawn) in off.iter_mut().zip(groups) {
            run.set("drawn", &Value::Number(f64::from(drawn))).unwrap();
            let (mean, variance) = over_all_groups(&all, &test.y, drawn);
            *off += (metric(&run, "error_drawn") - mean) / (variance / 16.0).sqrt();
            if drawn == 1 {
                assert!((metric(&run, "error_mean_subnetwork") - mean).abs() < 1e-12, "{mean}");
            }
        }
    }
    // Sums of independent standard numbers.
    let z = off.map(|sum| sum / f64::from(seeds).sqrt());
    assert!(z.iter().all(|z| z.abs() < 3.0), "{z:?}");
}

#[test]
fn another_number_of_networks_drawn_is_looked_at_and_nothing_is_trained_for_it() {
    let mut run = run("units=5&steps=300");
    let groups = lab::chart(&run, "votes").series.pop().unwrap();
    let before = run.metrics();
    for (size, error) in groups.x.iter().zip(&groups.y) {
        assert_eq!(run.change(&[("drawn", Value::Number(*size))]).unwrap(), Effect::View);
        assert_eq!(metric(&run, "error_drawn"), *error, "{size}");
    }
    assert_eq!((groups.x.len(), run.progress().steps), (7, 300));
    let others = |metrics: Vec<(&'static str, f64)>| -> Vec<(&'static str, f64)> {
        metrics.into_iter().filter(|(key, _)| *key != "error_drawn").collect()
    };
    assert_eq!(others(run.metrics()), others(before));
    let early = lab::run("subnetworks", "units=5&steps=300", 299);
    assert!(metric(&early, "error_drawn").is_nan(), "not all are drawn");
}

fn wall(run: &Run) -> Heat {
    match figure(run, "wall").body {
        Body::Heat(heat) => heat,
        _ => panic!("a heat map"),
    }
}

/// Where a mask stands on the wall: its first half says the row, the rest the column.
fn cell(heat: &Heat, kept: &[bool]) -> usize {
    let number = |part: &[bool]| part.iter().fold(0, |sum, &kept| 2 * sum + usize::from(kept));
    let (rows, columns) = kept.split_at(kept.len() / 2);
    number(rows) * heat.columns + number(columns)
}

/// By how much the probability of a class is above all others.
fn lead(y_hat: &[f64], class: usize) -> f64 {
    let others = (0..y_hat.len()).filter(|&other| other != class);
    y_hat[class] - others.map(|other| y_hat[other]).fold(0.0, f64::max)
}

#[test]
fn the_wall_is_blue_where_the_gallery_says_right_and_its_frame_is_one_pass() {
    for query in ["units=4", "units=2&hidden_layers=2", "units=3&keep_prob=0.8"] {
        let mut run = run(&format!("{query}&steps=300"));
        let test = split(&digits(), 300, 697, 0).test;
        for image in [0_usize, 5, 11] {
            run.set("image", &Value::Number(image as f64)).unwrap();
            let (heat, items) = (wall(&run), gallery(&run));
            assert_eq!((heat.values.len(), heat.rows * heat.columns), (items.len(), items.len()));
            for item in items {
                let lead = heat.values[cell(&heat, &item.layers.concat())];
                assert_eq!(lead > 0.0, item.role == Role::Member, "{query}: {lead} {item:?}");
            }
            let around = heat.wall.unwrap();
            assert_eq!(around.image, test.row(image));
            let one = run.predict(test.row(image)).unwrap();
            assert!((around.frame - lead(&one, test.y[image] as usize)).abs() < 1e-12, "{query}");
        }
    }
}

#[test]
fn the_wall_fills_as_networks_vote_and_a_chosen_cell_is_the_network_shown() {
    let mut run = lab::run("subnetworks", "units=6&steps=30", 20);
    let voted = |run: &Run| wall(run).values.iter().filter(|lead| lead.is_finite()).count();
    assert_eq!(voted(&run), 0);
    run.step(3).unwrap();
    assert_eq!((voted(&run), metric(&run, "votes")), (32, 32.0));
    run.step(7).unwrap();
    let metrics = run.metrics();
    run.set("subnetwork", &Value::Number(43.0)).unwrap();
    let ringed = wall(&run).wall.unwrap().ringed;
    assert_eq!((voted(&run), ringed), (64, Some(42)));
    // 42 is 101010.
    let drawing = lab::drawing(&run, "network");
    let kept: Vec<bool> = drawing.layers[1].units.iter().map(|unit| unit.kept).collect();
    assert_eq!(kept, [true, false, true, false, true, false]);
    let shown = gallery_of_all(&mut run);
    let item = shown.iter().find(|item| item.layers == [kept.clone()]).unwrap();
    let says = format!("says {}", item.caption.split(',').next().unwrap());
    let description = figure(&run, "wall").description;
    assert!(
        description.contains(&format!("keeps 3 hidden neurons and {says} with")),
        "{description}"
    );
    let chart = lab::chart(&run, "answer");
    let chosen = chart.series.iter().find(|series| series.name == "the chosen one").unwrap();
    let (answer, _) = chosen.y.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
    assert_eq!(says, format!("says {answer}"));
    assert_eq!((run.metrics(), run.progress().steps), (metrics, 30));
}

fn gallery_of_all(run: &mut Run) -> Vec<MaskDrawing> {
    let mut all = Vec::new();
    for page in 1..=3 {
        run.set("page", &Value::Number(f64::from(page))).unwrap();
        all.extend(gallery(run));
    }
    all
}
