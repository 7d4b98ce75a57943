//! A change begins a run anew, but a stage it does not touch is not trained again: what is shown is,
//! to the last bit, what a run from the beginning shows.

use super::as_value;
use regularization_playground::lab::{LabSpec, Run};
use regularization_playground::labs::CATALOGUE;
use regularization_playground::param::{Kind, ParamSpec, Setting, Settings};
use regularization_playground::value::Value;

/// Short runs, in every lab past all its stages.
fn short(id: &str) -> &'static str {
    match id {
        "pre_training_unsupervised" => "pretext_steps=5&steps=12",
        "pre_training_supervised" => "source_steps=5&steps=12",
        "subnetworks" => "units=4&n_train=60&steps=12",
        "playground" | "dropout" => "units=8&n_train=60&steps=12",
        "weight_sharing_cnn" | "weight_sharing_rnn" | "ensembles" => "steps=12",
        "ensemble_formula" | "dropout_example" => "",
        "l2_noise" | "dropout_ridge" => "copies=4&steps=45",
        _ => "steps=45",
    }
}

/// Everything a run shows.
fn shown(run: &Run) -> String {
    let metrics = run.metrics().into_iter().map(|(key, value)| format!("{key} {value:e}"));
    let figure = |key: &str| serde_json::to_string(&run.figure(key).unwrap()).unwrap();
    let figures = run.spec().figures.iter().map(|spec| figure(spec.key));
    metrics.chain(figures).collect::<Vec<String>>().join("\n")
}

/// Another value that is near.
fn neighbour(spec: &ParamSpec, now: Setting) -> Setting {
    let (min, max) = (spec.min.unwrap_or(0.0), spec.max.unwrap_or(1.0));
    match now {
        Setting::Flag(flag) => Setting::Flag(!flag),
        Setting::Text(_) => spec.check(&Value::Text("+0-00".into())).unwrap(),
        Setting::Choice(choice) => {
            let place = spec.choices.iter().position(|known| known.value == choice).unwrap();
            Setting::Choice(spec.choices[(place + 1) % spec.choices.len()].value)
        }
        Setting::Number(now) => {
            let step =
                if spec.kind == Kind::Integer { 1.0 } else { now * 0.1 + spec.step.unwrap() };
            Setting::Number(if now + step <= max { now + step } else { (now - step).max(min) })
        }
    }
}

/// Steps to stops on the way, and what both show there.
fn assert_same(mut kept: Run, of: &str) -> Run {
    let mut fresh = Run::new(kept.spec(), kept.settings().clone()).unwrap();
    let end = kept.progress().of;
    for stop in [0, 1, end / 3 + 1, end] {
        let steps = |run: &Run| stop.max(run.progress().steps) - run.progress().steps;
        kept.step(steps(&kept)).unwrap();
        fresh.step(steps(&fresh)).unwrap();
        assert!(shown(&kept) == shown(&fresh), "{}, {of}: step {stop}", kept.spec().id);
    }
    kept
}

fn change(run: &mut Run, key: &str, to: Setting) -> bool {
    run.change(&[(key, as_value(to))]).is_ok()
}

/// Every parameter to another value and back, first after the end of a run, then in the middle of one.
fn change_each(spec: &'static LabSpec) {
    let settings = Settings::from_query(spec.parameters, short(spec.id)).unwrap();
    let mut run = Run::new(spec, settings).unwrap();
    run.step(run.progress().of).unwrap();
    let mut refused = Vec::new();
    for parameter in spec.parameters {
        let key = parameter.key;
        let (_, now) = run.settings().iter().find(|(known, _)| *known == key).unwrap();
        // Some values do not go together with others: a refusal changes nothing.
        if !change(&mut run, key, neighbour(parameter, now)) {
            refused.push(key);
            continue;
        }
        if run.progress().steps > 0 {
            run.reset().unwrap();
        }
        run = assert_same(run, key);
        run.reset().unwrap();
        run.step(run.progress().of / 2).unwrap();
        assert!(change(&mut run, key, now), "{key} back again");
        // Live settings do not begin anew in mid-run: then the reset does.
        run.reset().unwrap();
        run = assert_same(run, &format!("{key} back again"));
    }
    assert!(refused.len() <= 2, "{}: {refused:?}", spec.id);
}

#[test]
fn what_is_kept_shows_what_a_fresh_start_shows() {
    for spec in CATALOGUE {
        change_each(spec);
    }
}
