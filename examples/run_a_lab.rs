//! Runs one lab to its planned end with the settings of a link, as the page does, and prints what it measures:
//! `cargo run --release --example run_a_lab -- dropout "keep_prob=0.3&seed=7"`
use regularization_playground::error::Result;
use regularization_playground::labs::find;
use regularization_playground::param::Settings;
use regularization_playground::sweep::run_cell;

fn main() -> Result<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let lab = find(given.first().map_or("ensembles", String::as_str))?;
    let settings = Settings::from_query(lab.parameters, given.get(1).map_or("", String::as_str))?;
    let keys: Vec<String> = lab.metrics.iter().map(|metric| metric.key.to_string()).collect();
    println!("{}\n{}", lab.claim, settings.query());
    for (key, value) in run_cell(lab, settings, &keys)? {
        println!("{key:>28} {value}");
    }
    Ok(())
}
