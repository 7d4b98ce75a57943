//! Data sets against what is known of them in closed form.

use regularization_playground::data::{
    CANVAS_SIDE, DIABETES_COLUMNS, DIGIT_SIDE, Examples, MOTIF_WIDTH, MOTIFS, MotifPlaces,
    SIGNAL_LENGTH, TEACHER_INPUTS, TEST_MEMBER, Teacher, blur, diabetes, digits, in_the_middle,
    interaction, interaction_of, last_nonzero, latch, linear, mnist, motifs, on_canvas, sine,
    sine_grid, sine_of, split, standardize,
};
use regularization_playground::nn::{Rng, Stream, ridge, stream};

fn rng(seed: u32) -> Rng {
    stream(seed, Stream::Data, 0)
}

/// The mean of the values is `want`, within 5 standard errors of their own.
fn assert_mean(what: &str, values: &[f64], want: f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    let z = (mean - want) / (variance / n).sqrt();
    assert!(z.abs() < 5.0, "{what}: mean {mean}, not {want}: z = {z}");
}

fn squares(values: &[f64]) -> Vec<f64> {
    values.iter().map(|v| v * v).collect()
}

fn column(examples: &Examples, j: usize) -> Vec<f64> {
    (0..examples.y.len()).map(|row| examples.row(row)[j]).collect()
}

/// Every generated set of one stream, by name.
fn generated(rng: impl Fn() -> Rng, rows: usize) -> Vec<(&'static str, Examples)> {
    let tens = digits().pick(&(0..rows).collect::<Vec<_>>());
    let teacher = Teacher::new(&mut stream(0, Stream::Data, 9));
    let (x, y) = teacher.source_examples(&mut rng(), rows, 0.1);
    vec![
        ("linear", linear(&mut rng(), rows, 6, 0.5, 2.0).examples),
        ("interaction", interaction(&mut rng(), rows, 0.5)),
        ("motifs", motifs(&mut rng(), rows, MotifPlaces::Anywhere, 0.3).examples),
        ("canvas", on_canvas(&mut rng(), &tens).examples),
        ("latch", latch(&mut rng(), rows, 10)),
        ("target", teacher.target_examples(&mut rng(), rows, 0.1)),
        ("source", Examples { x, y }),
    ]
}

#[test]
fn a_stream_gives_one_set_and_another_seed_or_member_another_one() {
    let sets = |seed, member| generated(|| stream(seed, Stream::Data, member), 50);
    assert_eq!(sets(1, 0), sets(1, 0));
    for others in [sets(2, 0), sets(1, 1), sets(1, TEST_MEMBER)] {
        for ((name, set), (_, other)) in sets(1, 0).iter().zip(&others) {
            assert_ne!(set.x, other.x, "{name}");
        }
    }
}

#[test]
fn a_longer_set_begins_with_the_shorter_one() {
    for ((name, short), (_, long)) in generated(|| rng(1), 20).iter().zip(generated(|| rng(1), 50))
    {
        assert!(long.x.starts_with(&short.x) && long.y.starts_with(&short.y), "{name}");
    }
}

#[test]
fn the_sets_of_two_members_are_uncorrelated() {
    let set = |member| interaction(&mut stream(3, Stream::Data, member), 20_000, 0.5);
    let (a, b) = (set(0), set(1));
    let products = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).collect::<Vec<_>>();
    assert_mean("x", &products(&a.x, &b.x), 0.0);
    assert_mean("y", &products(&a.y, &b.y), 0.0);
}

#[test]
fn diabetes_in_standard_units() {
    let mut all = diabetes();
    let standard = standardize(&mut all);
    assert_eq!(standard.x_mean.len(), DIABETES_COLUMNS.len());
    // The same for all ten columns and the target: mean 0, and a sum of squares of 442.
    for values in (0..10).map(|j| column(&all, j)).chain([all.y.clone()]) {
        assert!(values.iter().sum::<f64>().abs() < 1e-10);
        assert!((squares(&values).iter().sum::<f64>() - 442.0).abs() < 1e-10);
    }
    // The published fit by least squares: R squared 0.5177, and bmi the coefficient 519.8 in units
    // where a column's sum of squares is 1.
    let fit = ridge(&all.x, &all.y, 10, 0.0, false).unwrap();
    assert!((1.0 - fit.loss - 0.517748).abs() < 1e-6, "{}", fit.loss);
    let bmi = fit.weights[2] * standard.y_sd * 442f64.sqrt();
    assert!((bmi - 519.846).abs() < 1e-3, "{bmi}");
}

#[test]
fn features_are_as_correlated_as_asked_and_the_weights_are_true() {
    let set = linear(&mut rng(4), 20_000, 5, 0.6, 2.0);
    let features: Vec<Vec<f64>> = (0..5).map(|j| column(&set.examples, j)).collect();
    for i in 0..5 {
        assert_mean("feature", &features[i], 0.0);
        for j in 0..5 {
            let products: Vec<f64> =
                features[i].iter().zip(&features[j]).map(|(a, b)| a * b).collect();
            assert_mean("product", &products, 0.6f64.powi(i.abs_diff(j) as i32));
        }
    }
    let truth = |row: &[f64]| row.iter().zip(&set.weights).map(|(x, w)| x * w).sum::<f64>();
    let noise: Vec<f64> =
        (0..20_000).map(|row| set.examples.y[row] - truth(set.examples.row(row))).collect();
    assert_mean("noise", &noise, 0.0);
    assert_mean("its square", &squares(&noise), 4.0);
    let many = linear(&mut rng(5), 1, 20_000, 0.0, 1.0).weights;
    assert_mean("weights", &many, 0.0);
    assert_mean("their square", &squares(&many), 0.25);
}

/// 25 examples for 20 weights: least squares errs by 1 + 20/4 on new examples, ridge by far less.
#[test]
fn few_examples_for_many_weights_need_a_penalty() {
    let mean_error = |alpha: f64| -> f64 {
        let errors = (0..20).map(|seed| {
            let rows: Vec<usize> = (0..1025).collect();
            let all = linear(&mut rng(seed), 1025, 20, 0.0, 1.0).examples;
            let (train, test) = (all.pick(&rows[..25]), all.pick(&rows[25..]));
            let w = ridge(&train.x, &train.y, 20, alpha, false).unwrap().weights;
            let y_hat = |row| test.row(row).iter().zip(&w).map(|(x, w)| x * w).sum::<f64>();
            (0..1000).map(|row| (y_hat(row) - test.y[row]).powi(2)).sum::<f64>() / 1000.0
        });
        errors.sum::<f64>() / 20.0
    };
    let (without, with) = (mean_error(0.0), mean_error(0.1));
    assert!(without > 4.0 && with < 3.0, "{without} {with}");
}

#[test]
fn a_noisy_sine_is_noise_about_the_sine() {
    let mut set = sine(&mut rng(6), 20_000);
    blur(&mut set, 0.4, 6);
    assert_mean("x", &set.x, 0.0);
    assert_mean("its square", &squares(&set.x), 0.75);
    let noise: Vec<f64> = set.x.iter().zip(&set.y).map(|(&x, y)| y - sine_of(x)).collect();
    assert_mean("noise", &noise, 0.0);
    assert_mean("its square", &squares(&noise), 0.16);
    let grid = sine_grid();
    assert_eq!((grid.x.len(), grid.x[0], grid.x[70], grid.x[140]), (141, -1.4, 0.0, 1.4));
    assert!((grid.y[140] - 4.2f64.sin()).abs() < 1e-15);
}

#[test]
fn three_features_and_their_interaction() {
    let set = interaction(&mut rng(7), 20_000, 0.5);
    let signal: Vec<f64> =
        (0..20_000).map(|row| interaction_of(set.row(row).try_into().unwrap())).collect();
    assert_mean("signal", &signal, 0.0);
    assert_mean("its square", &squares(&signal), (1.0 - (-8f64).exp()) / 2.0 + 0.25);
    let noise: Vec<f64> = set.y.iter().zip(&signal).map(|(y, signal)| y - signal).collect();
    assert_mean("noise", &noise, 0.0);
    assert_mean("its square", &squares(&noise), 0.25);
}

#[test]
fn motifs_are_where_they_are_said_to_be_and_nothing_else_is() {
    for (places, first, last) in
        [(MotifPlaces::Anywhere, 0, 27), (MotifPlaces::Left, 0, 11), (MotifPlaces::Right, 16, 27)]
    {
        let set = motifs(&mut rng(8), 2000, places, 0.0);
        for (row, &place) in set.places.iter().enumerate() {
            let mut want = vec![0.0; SIGNAL_LENGTH];
            let class = set.examples.y[row] as usize;
            want[place..place + MOTIF_WIDTH].copy_from_slice(&MOTIFS[class]);
            assert_eq!(set.examples.row(row), want, "{places:?} {row}");
        }
        let mut seen = set.places.clone();
        seen.sort();
        seen.dedup();
        assert_eq!(seen, (first..=last).collect::<Vec<_>>(), "every place there is");
        let classes: Vec<usize> =
            (0..4).map(|c| set.examples.y.iter().filter(|&&y| y == c as f64).count()).collect();
        assert_eq!(classes, [500; 4]);
    }
}

#[test]
fn the_noise_of_motifs_is_the_same_everywhere() {
    let (noisy, places) = (motifs(&mut rng(8), 2000, MotifPlaces::Anywhere, 0.3), 0..28);
    let mut noise = noisy.examples.x.clone();
    for (row, &place) in noisy.places.iter().enumerate() {
        assert!(places.contains(&place));
        let motif = MOTIFS[noisy.examples.y[row] as usize];
        (0..MOTIF_WIDTH).for_each(|i| noise[row * SIGNAL_LENGTH + place + i] -= motif[i]);
    }
    assert_mean("noise", &noise, 0.0);
    assert_mean("its square", &squares(&noise), 0.09);
}

#[test]
fn a_digit_on_the_canvas_is_the_digit_at_its_place() {
    let all = digits();
    let set = on_canvas(&mut rng(9), &all);
    assert_eq!(set.examples.y, all.y);
    let mut seen = [0usize; 25];
    for (row, &place) in set.places.iter().enumerate() {
        let (top, left) = (place / CANVAS_SIDE, place % CANVAS_SIDE);
        let mut want = [0.0; 144];
        for (i, &pixel) in all.row(row).iter().enumerate() {
            want[(top + i / DIGIT_SIDE) * CANVAS_SIDE + left + i % DIGIT_SIDE] = pixel;
        }
        assert_eq!(set.examples.row(row), want);
        seen[top * 5 + left] += 1;
    }
    // 1797 draws among 25 places: 71.9 each, standard deviation 8.3.
    assert!(seen.iter().all(|&n| (31..=113).contains(&n)), "{seen:?}");
}

#[test]
fn digits_in_the_middle_all_have_the_same_margin() {
    let all = digits();
    let set = in_the_middle(&all);
    assert!(set.places.iter().all(|&place| place == 2 * CANVAS_SIDE + 2));
    for row in 0..all.y.len() {
        let ink: f64 = set.examples.row(row).iter().sum();
        assert!((ink - all.row(row).iter().sum::<f64>()).abs() < 1e-12);
        assert_eq!(set.examples.row(row)[2 * CANVAS_SIDE + 2..][..8], all.row(row)[..8]);
    }
}

#[test]
fn the_latch_holds_the_last_number_that_is_not_zero() {
    assert_eq!(last_nonzero(&[1.0, 0.0, -1.0, 0.0, 0.0]), -1.0);
    assert_eq!(last_nonzero(&[1.0, -1.0, 1.0]), 1.0);
    assert_eq!(last_nonzero(&[1.0, 0.0]), 1.0);
    assert_eq!(last_nonzero(&[0.0]), 0.0);
    let set = latch(&mut rng(10), 20_000, 30);
    assert_eq!(set.inputs(), 30);
    assert!((0..20_000).all(|row| set.y[row] == last_nonzero(set.row(row))));
    assert!(set.x.iter().all(|x| [-1.0, 0.0, 1.0].contains(x)));
    assert!(column(&set, 0).iter().all(|&x| x != 0.0));
    assert_mean("first", &column(&set, 0), 0.0);
    assert_mean("fifth", &column(&set, 4), 0.0);
    assert_mean("fifth, squared", &squares(&column(&set, 4)), 0.3);
    assert!(latch(&mut rng(10), 100, 1).y.iter().all(|y| y.abs() == 1.0));
}

#[test]
fn the_teacher_has_orthonormal_features_and_a_target_of_length_1() {
    let teacher = Teacher::new(&mut rng(11));
    let rows: Vec<&[f64]> = teacher.features.chunks_exact(TEACHER_INPUTS).collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    for (i, a) in rows.iter().enumerate() {
        for (j, b) in rows.iter().enumerate() {
            assert!((dot(a, b) - if i == j { 1.0 } else { 0.0 }).abs() < 1e-12);
        }
    }
    assert!((dot(&teacher.target, &teacher.target) - 1.0).abs() < 1e-12);
    assert_eq!((rows.len(), teacher.source.len(), teacher.target.len()), (4, 40, 4));
}

#[test]
fn the_tasks_of_the_teacher_are_heads_on_the_same_features() {
    let teacher = Teacher::new(&mut rng(11));
    let set = teacher.target_examples(&mut rng(12), 20_000, 0.1);
    let h: Vec<Vec<f64>> = (0..20_000).map(|row| teacher.features_of(set.row(row))).collect();
    let head = |head: &[f64], h: &[f64]| h.iter().zip(head).map(|(h, w)| h * w).sum::<f64>();
    // The mean of a standard normal number cut off at 0, and its square.
    for i in 0..4 {
        let one: Vec<f64> = h.iter().map(|h| h[i]).collect();
        assert_mean("h", &one, 1.0 / (2.0 * std::f64::consts::PI).sqrt());
        assert_mean("its square", &squares(&one), 0.5);
    }
    let noise: Vec<f64> = h.iter().zip(&set.y).map(|(h, y)| y - head(&teacher.target, h)).collect();
    assert_mean("noise", &noise, 0.0);
    assert_mean("its square", &squares(&noise), 0.01);
    let (x, y) = teacher.source_examples(&mut rng(12), 100, 0.0);
    for (x, y) in x.chunks_exact(40).zip(y.chunks_exact(10)) {
        let h = teacher.features_of(x);
        let want: Vec<f64> = teacher.source.chunks_exact(4).map(|w| head(w, &h)).collect();
        assert_eq!(y, want);
    }
}

fn mnist_files() -> (Vec<u8>, Vec<u8>) {
    let file =
        |name: &str| std::fs::read(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    (file("tests/reference/mnist5k-images.u8"), file("www/data/mnist5k-labels.u8"))
}

#[test]
fn mnist_is_whole_and_in_a_random_order() {
    let (images, labels) = mnist_files();
    let all = mnist::decode(&images, &labels, 1).unwrap();
    assert_eq!((all.y.len(), all.inputs()), (5000, 784));
    for class in 0..10 {
        let of_class = |y: &&f64| **y == f64::from(class);
        assert_eq!(all.y.iter().filter(of_class).count(), 500);
        // Sorted, the first thousand would be zeros and ones. 100 each, standard deviation 8.5.
        let early = all.y[..1000].iter().filter(of_class).count();
        assert!((58..=142).contains(&early), "{class}: {early}");
    }
    // The mean pixel published for all of MNIST is 0.1307.
    assert!((all.x.iter().sum::<f64>() / all.x.len() as f64 - 0.1307).abs() < 0.005);
    assert!(all.x.iter().all(|x| (0.0..=1.0).contains(x)));
    // Images go with their labels.
    let bytes: Vec<u8> = all.row(17).iter().map(|x| (x * 255.0).round() as u8).collect();
    let at = images.chunks_exact(784).position(|image| image == bytes).unwrap();
    assert_eq!(f64::from(labels[at]), all.y[17]);
    assert_eq!(mnist::decode(&images, &labels, 1).unwrap(), all);
    assert_ne!(mnist::decode(&images, &labels, 2).unwrap().y, all.y);
    assert_eq!(split(&all, 10, 10, 1).test.y.len(), 10);
}

#[test]
fn files_that_are_not_mnist_are_refused_in_words() {
    let refused =
        |images: &[u8], labels: &[u8]| mnist::decode(images, labels, 0).unwrap_err().to_string();
    let wanted = "images must have 784 bytes for each label, and there must be at least one label";
    assert_eq!(refused(&[0; 784], &[1, 2]), format!("images has 784 bytes and labels 2: {wanted}"));
    assert_eq!(refused(&[], &[]), format!("images has 0 bytes and labels 0: {wanted}"));
    let message = refused(&[0; 1568], &[9, 10]);
    assert_eq!(message, "labels[1] = 10: must be a digit from 0 to 9");
}
