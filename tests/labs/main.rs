//! What holds of every lab in the catalogue; beside it, a file for each lab with what holds of it
//! alone. Every test here goes through the public door: settings, steps, metrics and figures.

mod charts;
mod co_adaptation;
mod divergence;
mod dropout;
mod dropout_example;
mod ensemble_formula;
mod ensembles;
mod kept;
mod l2_noise;
#[path = "../common/lab.rs"]
mod lab;
mod playground;
mod pre_training_supervised;
mod pre_training_unsupervised;
#[path = "../common/prose.rs"]
mod prose;
mod subnetworks;
mod symmetry_breaking;
mod weight_sharing_cnn;
mod weight_sharing_rnn;

use lab::start;
use proptest::prelude::*;
use regularization_playground::figure::{Body, csv, table};
use regularization_playground::lab::weights::{Numbers, Weights};
use regularization_playground::lab::{Effect, LabSpec, Run};
use regularization_playground::labs::{CATALOGUE, find};
use regularization_playground::param::{Kind, Letters, ParamSpec, Setting, Settings};
use regularization_playground::sweep::run_cell;
use regularization_playground::value::Value;

fn run(spec: &'static LabSpec) -> Run {
    Run::new(spec, Settings::defaults(spec.parameters)).unwrap()
}

fn as_value(setting: Setting) -> Value {
    match setting {
        Setting::Number(number) => Value::Number(number),
        Setting::Choice(choice) => Value::Text(choice.to_string()),
        Setting::Flag(flag) => Value::Flag(flag),
        Setting::Text(word) => Value::Text(word.as_str().to_string()),
    }
}

#[test]
fn ids_and_keys_are_unique_and_the_common_ones_are_there() {
    for (i, spec) in CATALOGUE.iter().enumerate() {
        assert!(CATALOGUE[..i].iter().all(|other| other.id != spec.id), "{}", spec.id);
        let keys: Vec<&str> = spec.parameters.iter().map(|parameter| parameter.key).collect();
        assert!((0..keys.len()).all(|i| !keys[..i].contains(&keys[i])), "{keys:?}");
        for common in ["seed", "steps"] {
            assert!(keys.contains(&common), "{} has no {common}", spec.id);
        }
    }
    let message = find("playgruond").err().unwrap().to_string();
    assert!(message.contains("must be one of playground, "), "{message}");
}

/// Outside checks rely on these.
#[test]
fn the_labs_of_the_contract_have_its_keys() {
    let contract = [
        (
            "playground",
            "dataset n_train label_noise hidden_layers units activation keep_prob_input keep_prob \
             alpha l2 n_members optimizer learning_rate batch_size seed steps",
            "train_loss test_loss train_error test_error baseline_train_error baseline_test_error",
        ),
        (
            "l2_noise",
            "dataset alpha copies batch_size learning_rate intercept dependent_noise seed steps",
            "distance_average distance_last distance_copies distance_copies_predicted \
             distance_unregularized cross_term cross_term_se quadratic_term quadratic_term_se \
             quadratic_expected identity_gap test_error test_error_unregularized",
        ),
        (
            "l2_noise_nonlinear",
            "alpha l2 n_train units seed steps",
            "distance_noise_exact distance_l2_exact test_error_noise test_error_l2 \
             test_error_unregularized taylor_ratio rescale_l2_factor rescale_noise_factor",
        ),
        (
            "dropout_ridge",
            "dataset keep_prob copies rescale seed steps",
            "distance_enumerated distance_copies distance_ridge",
        ),
        (
            "weight_sharing_cnn",
            "task n_train split shift seed steps",
            "test_error_shared test_error_local test_error_dense train_error_shared \
             train_error_local train_error_dense parameters_shared parameters_local \
             parameters_dense shift_gap",
        ),
        (
            "weight_sharing_rnn",
            "n_train length test_length units seed steps",
            "test_error_shared test_error_unshared long_error_shared long_error_unshared \
             parameters_shared parameters_unshared",
        ),
        (
            "pre_training_unsupervised",
            "n_labels tuning augment seed steps",
            "test_error_scratch test_error_pretrained gain reconstruction_error",
        ),
        (
            "pre_training_supervised",
            "task n_labels tuning seed steps",
            "test_error_scratch test_error_pretrained gain",
        ),
        (
            "ensemble_formula",
            "variance covariance n_members samples seed steps",
            "predicted measured measured_se",
        ),
        (
            "ensembles",
            "dataset diversity n_members n_train seed steps",
            "variance covariance predicted measured ambiguity bias mean_member best_member \
             error_average error_vote",
        ),
        (
            "dropout_example",
            "input scaling keep_prob seed steps",
            "y_hat_1 y_hat_2 loss mean_y_hat_1 mean_y_hat_2",
        ),
        (
            "dropout",
            "n_train label_noise hidden_layers units keep_prob_input keep_prob scaling seed steps",
            "train_error test_error best_test_error baseline_train_error baseline_test_error \
             baseline_best_test_error",
        ),
        (
            "symmetry_breaking",
            "arm keep_prob units seed steps",
            "max_difference mean_cosine effective_rank test_error",
        ),
        (
            "co_adaptation",
            "scaling target keep_prob n_pathways label_noise learning_rate batch_size seed steps",
            "columns_3_4_max pathway_error full_error difference_drift distance_to_target",
        ),
        (
            "subnetworks",
            "units hidden_layers keep_prob activation n_train seed steps",
            "error_weight_scaled error_average error_geometric error_mean_subnetwork gap_geometric \
             gap_average agreement error_independent",
        ),
    ];
    for (id, parameters, metrics) in contract {
        let spec = find(id).unwrap();
        for key in parameters.split_whitespace() {
            assert!(spec.parameters.iter().any(|known| known.key == key), "{id} has no {key}");
        }
        for key in metrics.split_whitespace() {
            assert!(spec.metrics.iter().any(|known| known.key == key), "{id} has no {key}");
        }
    }
}

#[test]
fn defaults_bounds_and_choices_are_allowed_and_survive_a_link() {
    for spec in CATALOGUE {
        for parameter in spec.parameters {
            let mut allowed = vec![as_value(parameter.default)];
            allowed.extend(parameter.min.into_iter().chain(parameter.max).map(Value::Number));
            allowed.extend(parameter.choices.iter().map(|c| Value::Text(c.value.to_string())));
            for value in allowed {
                let settings = Settings::defaults(spec.parameters);
                let settings = settings.with([(parameter.key, &value)]).unwrap();
                let read = Settings::from_query(spec.parameters, &settings.query()).unwrap();
                assert_eq!(read, settings, "{} {}", spec.id, parameter.key);
            }
        }
    }
}

#[test]
fn choices_suggest_only_what_is_allowed() {
    for spec in CATALOGUE {
        for choice in spec.parameters.iter().flat_map(|parameter| parameter.choices) {
            for (key, setting) in choice.suggests {
                let settings = Settings::defaults(spec.parameters);
                settings.with([(*key, &as_value(*setting))]).unwrap();
            }
        }
    }
}

#[test]
fn bad_values_are_refused_with_key_value_and_range_and_nothing_changes() {
    for spec in CATALOGUE {
        let mut run = run(spec);
        run.step(2).unwrap();
        let before = (run.settings().clone(), run.metrics(), run.progress());
        for parameter in spec.parameters {
            let mut bad = vec![Value::Number(f64::NAN), Value::List(Vec::new()), Value::Missing];
            match parameter.kind {
                Kind::Real | Kind::Integer => {
                    bad.push(Value::Number(parameter.max.unwrap() + 1.0));
                    bad.push(Value::Number(parameter.min.unwrap() - 1.0));
                    bad.push(Value::Text("many".into()));
                }
                Kind::Choice => bad.push(Value::Text("neither".into())),
                Kind::Flag => bad.push(Value::Number(1.0)),
                Kind::Text => {
                    bad.extend(["neither", &"0".repeat(65)].map(|w| Value::Text(w.into())))
                }
            }
            if parameter.kind == Kind::Integer {
                bad.push(Value::Number(3.7));
            }
            for value in bad {
                let message = run.set(parameter.key, &value).unwrap_err().to_string();
                let says = format!("{} = {value}: must be ", parameter.key);
                assert!(message.starts_with(&says), "{message}");
            }
        }
        let known = spec.parameters[0].key;
        let misspelt = &known[..known.len() - 1];
        let message = run.set(misspelt, &Value::Number(1.0)).unwrap_err().to_string();
        assert!(message.contains(&format!("the nearest known key is {known}")), "{message}");
        let same = |a: &[(&str, f64)], b: &[(&str, f64)]| format!("{a:?}") == format!("{b:?}");
        assert_eq!((run.settings(), run.progress()), (&before.0, before.2));
        assert!(same(&run.metrics(), &before.1));
    }
}

#[test]
fn every_figure_has_a_title_words_and_a_table() {
    for spec in CATALOGUE {
        let mut run = run(spec);
        for _ in 0..3 {
            for figure in spec.figures {
                let drawn = run.figure(figure.key).unwrap();
                assert_eq!((drawn.key.as_str(), drawn.title.as_str()), (figure.key, figure.title));
                assert!(!drawn.description.is_empty(), "{} {}", spec.id, figure.key);
                let table = table(&drawn);
                assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
                assert_eq!(csv(&drawn).lines().count(), table.rows.len() + 1);
            }
            run.step(2).unwrap();
        }
        assert!(run.figure("no_such_figure").unwrap_err().to_string().contains("must be one of"));
    }
}

#[test]
fn looking_changes_nothing_and_a_reset_gives_the_same_bits() {
    for spec in CATALOGUE {
        let (mut watched, mut unwatched) = (run(spec), run(spec));
        for _ in 0..20 {
            watched.step(1).unwrap();
            spec.figures.iter().for_each(|figure| drop(watched.figure(figure.key)));
            watched.metrics();
        }
        unwatched.step(20).unwrap();
        let bits = |run: &Run| -> Vec<u64> {
            run.metrics().into_iter().map(|(_, value)| value.to_bits()).collect()
        };
        assert_eq!(bits(&watched), bits(&unwatched), "{}", spec.id);
        watched.reset().unwrap();
        assert_eq!(watched.progress().steps, 0);
        watched.step(20).unwrap();
        assert_eq!(bits(&watched), bits(&unwatched), "{}", spec.id);
        let figures = |run: &Run| {
            spec.figures.iter().map(|f| format!("{:?}", run.figure(f.key))).collect::<Vec<_>>()
        };
        assert_eq!(figures(&watched), figures(&unwatched), "{}", spec.id);
    }
}

/// What only chooses what is shown: whatever it is meanwhile, the run comes to the same end.
#[test]
fn a_view_changes_nothing_of_the_run() {
    let views = |spec: &LabSpec| spec.parameters.iter().filter(|p| p.view).count();
    assert!(CATALOGUE.iter().map(views).sum::<usize>() >= 10);
    for spec in CATALOGUE.iter().filter(|spec| views(spec) > 0) {
        let (mut looked, mut left) = (run(spec), run(spec));
        for parameter in spec.parameters.iter().filter(|parameter| parameter.view) {
            assert!(!parameter.rebuilds, "{} {}", spec.id, parameter.key);
            let others = parameter.choices.iter().map(|c| Value::Text(c.value.to_string()));
            let others = others.chain(parameter.max.map(Value::Number));
            let flag = (parameter.kind == Kind::Flag).then_some(Value::Flag(true));
            let word = parameter.letters.map(|letters| Value::Text(letters.of.to_string()));
            for other in others.chain(flag).chain(word) {
                looked.set(parameter.key, &other).unwrap();
                looked.step(2).unwrap();
                left.step(2).unwrap();
            }
            looked.set(parameter.key, &as_value(parameter.default)).unwrap();
        }
        let seen = |run: &Run| {
            let figures = spec.figures.iter().map(|figure| run.figure(figure.key));
            format!("{:?} {:?}", run.metrics(), figures.collect::<Vec<_>>())
        };
        assert_eq!(seen(&looked), seen(&left), "{}", spec.id);
    }
}

#[test]
fn training_in_time_slices_comes_to_the_planned_end() {
    for spec in CATALOGUE {
        let mut run = start(spec.id, "steps=12").unwrap();
        let mut slices = 0;
        // A clock that jumps past every budget: one step a slice.
        let clock = std::cell::Cell::new(0.0);
        while !run.train(5.0, || clock.replace(clock.get() + 10.0)).unwrap().done {
            slices += 1;
        }
        assert_eq!((slices, run.progress().steps), (11, 12));
    }
}

#[test]
fn a_cell_gives_the_metrics_asked_for_and_refuses_others() {
    let spec = find("dropout_example").unwrap();
    let settings = Settings::from_query(spec.parameters, "steps=1").unwrap();
    let keys = ["mean_y_hat_1".to_string()];
    let cell = run_cell(spec, settings.clone(), &keys).unwrap();
    assert_eq!(cell.len(), 1);
    assert_eq!(cell[0].0, "mean_y_hat_1");
    let message = run_cell(spec, settings, &["y_hat_3".to_string()]).unwrap_err().to_string();
    assert!(message.starts_with("metric = \"y_hat_3\": must be one of y_hat_1"), "{message}");
}

#[test]
fn a_live_change_takes_effect_at_once_and_a_rebuilding_one_starts_anew() {
    let mut run = start("playground", "").unwrap();
    run.step(5).unwrap();
    run.set("keep_prob", &Value::Number(0.2)).unwrap();
    assert_eq!(run.progress().steps, 5);
    let Body::Chart(chart) = run.figure("error").unwrap().body else { panic!("a chart") };
    let marks: Vec<(f64, &str)> = chart.events.iter().map(|e| (e.x, e.label.as_str())).collect();
    assert_eq!(marks, [(5.0, "p = 0.2")]);
    run.step(1).unwrap();
    run.set("n_members", &Value::Number(2.0)).unwrap();
    assert_eq!(run.progress().steps, 0);
    assert_eq!(run.settings().real("keep_prob"), 0.2);
}

/// Everything a run can be asked for, to the last bit.
fn everything(run: &Run) -> String {
    let metrics: Vec<u64> = run.metrics().into_iter().map(|(_, value)| value.to_bits()).collect();
    let figures = run.spec().figures.iter().map(|figure| run.figure(figure.key));
    let figures: Vec<_> = figures.collect();
    format!("{:?} {:?} {metrics:?} {figures:?}", run.settings(), run.progress())
}

/// A value of the parameter's range: at 0 its least, at 1 its largest.
fn within(spec: &ParamSpec, place: f64) -> Value {
    let (min, max) = (spec.min.unwrap_or(0.0), spec.max.unwrap_or(0.0));
    let number = min + place * (max - min);
    match spec.kind {
        Kind::Real => Value::Number(number),
        Kind::Integer => Value::Number(number.round()),
        Kind::Flag => Value::Flag(place > 0.5),
        Kind::Text => {
            let Letters { of, most } = spec.letters.unwrap();
            Value::Text(of.chars().cycle().take((place * most as f64) as usize).collect())
        }
        Kind::Choice => {
            let last = spec.choices.len() - 1;
            Value::Text(spec.choices[(place * last as f64).round() as usize].value.to_string())
        }
    }
}

/// Changes of some live parameters of a lab, in the order of its definitions.
fn live_changes(spec: &LabSpec, places: &[f64]) -> Vec<(&'static str, Value)> {
    let live = spec.parameters.iter().filter(|parameter| !parameter.rebuilds);
    let changes = live.zip(places).map(|(parameter, place)| match parameter.key {
        // the run must still be under way
        "steps" => ("steps", Value::Number(parameter.max.unwrap())),
        key => (key, within(parameter, *place)),
    });
    changes.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn several_live_changes_at_once_are_the_same_changes_one_after_another(
        places in prop::collection::vec(0.0..=1.0, 16),
        before in 1..4u64,
    ) {
        for spec in CATALOGUE {
            let (mut at_once, mut in_turn) = (run(spec), run(spec));
            at_once.step(before).unwrap();
            in_turn.step(before).unwrap();
            let changes = live_changes(spec, &places);
            let effect = at_once.change(&changes).unwrap();
            let effects = changes.chunks(1).map(|change| in_turn.change(change).unwrap());
            prop_assert_eq!(effect, effects.max().unwrap_or(Effect::View), "{}", spec.id);
            prop_assert_ne!(effect, Effect::Restart, "{}", spec.id);
            // large learning rates may diverge: then both do, at the same step
            let (one, other) = (at_once.step(2), in_turn.step(2));
            prop_assert_eq!(format!("{one:?}"), format!("{other:?}"), "{}", spec.id);
            prop_assert_eq!(everything(&at_once), everything(&in_turn), "{}", spec.id);
        }
    }

    #[test]
    fn where_one_of_several_changes_is_refused_nothing_changes(
        places in prop::collection::vec(0.0..=1.0, 16),
        at in 0..16usize,
    ) {
        for spec in CATALOGUE {
            let (mut changed, mut left) = (run(spec), run(spec));
            changed.step(2).unwrap();
            left.step(2).unwrap();
            let all = spec.parameters.iter();
            let mut changes: Vec<_> =
                all.zip(&places).map(|(spec, place)| (spec.key, within(spec, *place))).collect();
            let at = at % changes.len();
            changes[at].1 = Value::Missing;
            let message = changed.change(&changes).unwrap_err().to_string();
            prop_assert!(message.starts_with(&format!("{} = ", changes[at].0)), "{}", message);
            changed.step(2).unwrap();
            left.step(2).unwrap();
            prop_assert_eq!(everything(&changed), everything(&left), "{}", spec.id);
        }
    }
}

/// Where a run stands decides what a live change does to it.
#[test]
fn a_live_change_goes_on_only_with_a_run_that_is_under_way() {
    let change = |run: &mut Run, key: &str, value: f64| {
        let effect = run.change(&[(key, Value::Number(value))]).unwrap();
        (effect, run.progress().steps)
    };
    let run = &mut start("playground", "steps=4").unwrap();
    assert_eq!(change(run, "keep_prob", 0.3), (Effect::Restart, 0), "before the first step");
    run.step(2).unwrap();
    assert_eq!(change(run, "keep_prob", 0.4), (Effect::Live, 2), "under way");
    assert_eq!(change(run, "n_members", 1.0), (Effect::Restart, 0), "what is trained");
    run.step(4).unwrap();
    assert_eq!(change(run, "steps", 6.0), (Effect::Live, 4), "more steps than were planned");
    run.step(2).unwrap();
    assert_eq!(change(run, "keep_prob", 0.5), (Effect::Restart, 0), "after the end");
    run.step(6).unwrap();
    run.set("keep_prob", &Value::Number(0.6)).unwrap();
    assert_eq!(run.progress().steps, 6, "a script may change it after the end");
}

#[test]
fn after_a_step_that_failed_a_live_change_begins_anew() {
    let link = "dataset=sine&learning_rate=10&optimizer=sgd&keep_prob=1";
    let mut run = start("playground", link).unwrap();
    assert!(run.step(300).is_err());
    assert!(run.progress().steps > 0);
    let effect = run.change(&[("learning_rate", Value::Number(0.01))]).unwrap();
    assert_eq!((effect, run.progress().steps), (Effect::Restart, 0));
    run.step(3).unwrap();
}

proptest! {
    /// A link is read or refused, whatever stands in it.
    #[test]
    fn no_link_panics(query in "(v=1&?)?([a-z_]{1,9}=[-0-9a-zA-Z.%+&=é]{0,12}&?){0,6}") {
        for spec in CATALOGUE {
            if let Err(error) = Settings::from_query(spec.parameters, &query) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}

/// The table of labs in the README is the catalogue's.
#[test]
fn the_readme_lists_every_lab() {
    let readme = include_str!("../../README.md");
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| [`")).collect();
    let want: Vec<String> = CATALOGUE
        .iter()
        .map(|lab| {
            let slide = if lab.slide.is_empty() { "(free play)" } else { lab.slide };
            let poster = format!(
                "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"www/posters/{0}-dark.svg\">\
                 <img src=\"www/posters/{0}-light.svg\" width=\"200\" alt=\"\"></picture>",
                lab.id
            );
            format!("| [`{0}`](www/index.html#{0}) | {slide} | {1} | {poster} |", lab.id, lab.claim)
        })
        .collect();
    assert_eq!(rows, want);
}

/// Every lab has its file of prose, headed by its claim, and there is no other file.
#[test]
fn every_lab_has_its_prose() {
    for lab in CATALOGUE {
        let section = prose::section(lab.id);
        assert!(
            section.contains(&format!("data-lab=\"{}\"", lab.id)),
            "{}: not its section",
            lab.id
        );
        let heading = format!("<h1>{}</h1>", lab.claim);
        assert!(section.contains(&heading), "{}: the heading is not its claim", lab.id);
    }
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/www/labs")).unwrap();
    assert_eq!(files.count(), CATALOGUE.len());
}

/// All weights of a run, each network's with its name.
fn weights(run: &Run) -> Vec<(String, Vec<f64>)> {
    let all = |weights: Weights| {
        for Numbers { name, shape, values } in &weights.parameters {
            assert_eq!(
                shape.iter().product::<usize>(),
                values.len(),
                "{}: {name}",
                weights.network
            );
        }
        (weights.network, weights.parameters.into_iter().flat_map(|p| p.values).collect())
    };
    run.weights().into_iter().map(all).collect()
}

#[test]
fn every_lab_that_trains_gives_its_weights_by_the_names_of_its_networks() {
    for spec in CATALOGUE.iter().filter(|spec| spec.id != "ensemble_formula") {
        let mut run = run(spec);
        run.step(1).unwrap();
        let before = weights(&run);
        run.step(1).unwrap();
        let after = weights(&run);
        let names: Vec<&String> = after.iter().map(|(name, _)| name).collect();
        assert!(!names.is_empty(), "{}", spec.id);
        assert!(
            (0..names.len()).all(|i| !names[..i].contains(&names[i])),
            "{}: {names:?}",
            spec.id
        );
        assert!(after.iter().flat_map(|(_, values)| values).all(|w| w.is_finite()), "{}", spec.id);
        assert_ne!(before, after, "{}: a step changes none", spec.id);
    }
    assert!(weights(&run(find("ensemble_formula").unwrap())).is_empty(), "it trains nothing");
}
