//! A link: a line with a lab's id, then what stands behind the question mark. With `x=` in it it asks for
//! an experiment, too.

use super::{names_one_of, taken};
use regularization_playground::error::Error;
use regularization_playground::labs::{CATALOGUE, find};
use regularization_playground::param::Settings;
use regularization_playground::sweep::{Bars, Experiment, Wanted};
use regularization_playground::value::shortened;

/// Holds what is held of a link.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (lab, query) = text.split_once('\n').unwrap_or(("playground", &text));
    let spec = taken(find(lab), &["lab = "]).unwrap_or(&CATALOGUE[input.len() % CATALOGUE.len()]);
    let (settings, problems) = Settings::understood(spec.parameters, query);

    let link = settings.query();
    let again = Settings::from_query(spec.parameters, &link).expect("a link of ours");
    assert_eq!((&again, again.query()), (&settings, link));
    let pairs: Vec<(String, String)> = pairs(query);
    match Settings::from_query(spec.parameters, query) {
        Ok(strict) => assert_eq!((strict, problems), (settings, Vec::new())),
        Err(error) => {
            let keys: Vec<String> = pairs.iter().map(|(key, _)| shortened(key)).collect();
            let named: Vec<&str> = keys.iter().map(String::as_str).chain(["more"]).collect();
            names_one_of(&error, &named);
            assert_eq!(error, Error::Invalid(problems));
        }
    }
    experiment(spec.id, &pairs);
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// The experiment that a link asks for, taken apart as the page does.
fn experiment(lab: &str, pairs: &[(String, String)]) {
    let value = |wanted: &str| {
        let found = pairs.iter().find(|(key, _)| key == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let is_setting =
        |key: &str| !["x", "curves", "metrics", "seeds", "set", "bars", "each"].contains(&key);
    let base = pairs.iter().filter(|(key, _)| is_setting(key));
    let wanted =
        |key: &str| Wanted { key: key.trim().to_string(), role: None, run: None, name: None };
    if value("x").is_empty() {
        return;
    }
    super::experiment::planned(&Experiment {
        lab: lab.to_string(),
        x: value("x"),
        curves: value("curves"),
        metrics: value("metrics").split(',').map(wanted).collect(),
        seeds: value("seeds"),
        set: value("set"),
        base: form_urlencoded::Serializer::new(String::new()).extend_pairs(base).finish(),
        title: None,
        axis: None,
        bars: Bars::default(),
        each: false,
    });
}
