//! What holds of the map of every lab.

use crate::lab::{Answer, Ask, LabSpec, MainSpec};
use crate::labs::CATALOGUE;
use crate::param::{Kind, Settings};
use crate::sweep::{map_cells, map_figure};

fn maps() -> impl Iterator<Item = (&'static LabSpec, &'static MainSpec)> {
    CATALOGUE.iter().filter_map(|lab| Some((lab, lab.main.as_ref()?)))
}

/// A title stands in one line beside the way to the data, in the narrowest of three columns (1280 pixels).
#[test]
fn the_title_of_every_map_has_room() {
    for (lab, _) in maps() {
        let title = map_figure(super::state(lab.id, Vec::new(), None)).unwrap().title;
        assert!(title.chars().count() <= 42, "{title}");
    }
}

/// The metrics that a map asks about.
fn asked(ask: Ask) -> Vec<&'static str> {
    match ask {
        Ask::Trend { curve, .. }
        | Ask::Value { curve, .. }
        | Ask::Ratio { curve, .. }
        | Ask::PerTimes { curve, .. } => vec![curve],
        Ask::Reaches { curve, target, .. } => vec![curve, target],
        Ask::Gap { above, below, .. } => vec![above, below],
        Ask::Between { curve, low, high, .. } => vec![curve, low, high],
    }
}

/// The places it asks about.
fn places(ask: Ask) -> Vec<f64> {
    match ask {
        Ask::Trend { from, to, .. } | Ask::Ratio { from, to, .. } | Ask::Gap { from, to, .. } => {
            vec![from, to]
        }
        Ask::Value { at, .. } | Ask::Reaches { at, .. } | Ask::Between { at, .. } => vec![at],
        Ask::PerTimes { .. } => Vec::new(),
    }
}

#[test]
fn every_lab_but_the_worked_example_has_a_map_of_what_it_has() {
    let without: Vec<&str> =
        CATALOGUE.iter().filter(|lab| lab.main.is_none()).map(|lab| lab.id).collect();
    assert_eq!(without, ["dropout_example"]);
    for (lab, main) in maps() {
        let parameter = lab.parameters.iter().find(|spec| spec.key == main.parameter).unwrap();
        let (min, max) = (parameter.min.unwrap(), parameter.max.unwrap());
        let beside = main.beside.iter().map(|beside| beside.at);
        assert!(main.stops.is_sorted() && main.seeds > 0, "{}", lab.id);
        assert!(main.stops.iter().copied().chain(beside).all(|x| (min..=max).contains(&x)));
        let by = main
            .by
            .or(main.looked_at)
            .map(|key| lab.parameters.iter().find(|spec| spec.key == key).unwrap());
        assert!(by.is_none_or(|by| by.kind == Kind::Choice));
        let curves = main.curves.iter().filter_map(|curve| curve.of);
        for of in curves.chain(main.levels.iter().filter_map(|level| level.of)) {
            assert!(by.unwrap().choices.iter().any(|choice| choice.value == of), "{of}");
        }
        let curves = main.curves.iter().map(|curve| curve.metric);
        let levels = main.levels.iter().map(|level| level.metric);
        let drawn: Vec<&str> = curves.chain(levels).collect();
        let there = main.beside.iter().flat_map(|beside| beside.metrics);
        let named = there.flat_map(|&(key, there)| [key, there]);
        for key in drawn.iter().copied().chain(named) {
            assert!(lab.metrics.iter().any(|metric| metric.key == key), "{}: {key}", lab.id);
        }
        assert!(asked(main.ask).iter().all(|key| drawn.contains(key)), "{}", lab.id);
    }
}

/// What is asked can be answered by the fill-in, and of the guesses at most one is right.
#[test]
fn guesses_answer_what_is_asked_and_exclude_each_other() {
    for (lab, main) in maps() {
        let beside = main.beside.iter().map(|beside| beside.at);
        let filled: Vec<f64> = main.stops.iter().copied().chain(beside).collect();
        assert!(places(main.ask).iter().all(|place| filled.contains(place)), "{}", lab.id);
        let is_trend = matches!(main.ask, Ask::Trend { .. });
        for (i, guess) in main.guesses.iter().enumerate() {
            assert!((1..=4).contains(&guess.label.split(' ').count()), "{}", guess.label);
            let inside = |&[x, y]: &[f64; 2]| (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y);
            assert!(guess.shape.len() > 1 && guess.shape.iter().all(inside), "{}", guess.label);
            assert_eq!(matches!(guess.answer, Answer::Trend(_)), is_trend, "{}", guess.label);
            for other in &main.guesses[..i] {
                let apart = match (guess.answer, other.answer) {
                    (Answer::Between(a, b), Answer::Between(c, d)) => b <= c || d <= a,
                    (one, other) => one != other,
                };
                assert!(apart, "{}: {} and {}", lab.id, guess.label, other.label);
            }
        }
    }
}

/// Outside, a curve is the key of its metric, and what is for drawing and judging alone is left out.
#[test]
fn outside_a_map_is_keys_and_numbers() {
    let json = |id: &str| {
        let lab = CATALOGUE.iter().find(|lab| lab.id == id).unwrap();
        serde_json::to_value(lab).unwrap()["main"].clone()
    };
    let main = json("playground");
    let keys: Vec<&String> = main.as_object().unwrap().keys().collect();
    let all = ["guesses", "level", "metrics", "parameter", "scale_x", "scale_y", "seeds", "stops"];
    let mut found: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, all);
    assert_eq!(main["metrics"], serde_json::json!(["test_error"]));
    assert_eq!(main["level"], "baseline_test_error");
    assert_eq!(main["scale_x"], "linear");
    let guess = main["guesses"][2].as_object().unwrap();
    assert_eq!(guess.keys().collect::<Vec<_>>(), ["label", "shape"]);
    assert_eq!(json("ensembles")["by"], "diversity");
    assert!(json("weight_sharing_cnn").get("level").is_none());
    assert!(json("co_adaptation").get("by").is_none(), "every run measures all of its curves");
    assert!(json("dropout_example").is_null());
}

#[test]
fn the_fill_in_runs_every_stop_of_a_seed_before_the_next_seed() {
    let lab = CATALOGUE.iter().find(|lab| lab.id == "playground").unwrap();
    let settings = Settings::from_query(lab.parameters, "seed=7&label_noise=0.1").unwrap();
    let cells = map_cells(lab, &settings).unwrap();
    let (stops, seeds) = (lab.main.unwrap().stops, lab.main.unwrap().seeds as usize);
    assert_eq!(cells.len(), stops.len() * seeds);
    for (i, cell) in cells.iter().enumerate() {
        let read = Settings::from_query(lab.parameters, &cell.query).unwrap();
        assert_eq!((cell.x, cell.seed), (stops[i % stops.len()], 7 + (i / stops.len()) as u32));
        assert_eq!((read.real("keep_prob"), read.seed()), (cell.x, cell.seed));
        assert_eq!(read.real("label_noise"), 0.1);
    }
}
