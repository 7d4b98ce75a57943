//! Reads a file of comma-separated values and trains on it, as the page does with a reader's own data:
//! `cargo run --release --example own_data -- data/diabetes.csv progression "l2=0.001&seed=7"`
use regularization_playground::data::{CsvOptions, read_csv};
use regularization_playground::labs::find;
use regularization_playground::param::Settings;
use regularization_playground::sweep::run_cell;
use std::error::Error;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let file = given.next().unwrap_or("data/diabetes.csv".to_string());
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
    let options = CsvOptions { target: given.next(), ..CsvOptions::default() };
    let (table, _) = read_csv(&text, &options).map_err(|error| format!("{file}: {error}"))?;
    println!("{} from {}, {} rows", table.target, table.inputs.join(", "), table.rows());
    let lab = find("playground")?;
    let query = given.next().unwrap_or_default();
    let settings = Settings::from_query_and(lab.parameters, &query, Some(Arc::new(table)))?;
    println!("{}", settings.query());
    let keys = ["train_error", "test_error", "baseline_test_error"].map(str::to_string);
    for (key, value) in run_cell(lab, settings, &keys)? {
        println!("{key:>28} {value}");
    }
    Ok(())
}
