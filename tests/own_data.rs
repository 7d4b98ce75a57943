//! A reader's own data: files against the built-in sets, hostile files, and labs on a table.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/lab.rs"]
#[allow(unused)]
mod lab;

use proptest::prelude::*;
use regularization_playground::data::{
    CsvOptions, DIGIT_CLASSES, Examples, Missing, Table, describe_csv, diabetes, digits, mnist,
    read_csv, read_idx,
};
use regularization_playground::error::Result;
use regularization_playground::figure::{Body, csv};
use regularization_playground::lab::Run;
use regularization_playground::labs::find;
use regularization_playground::param::Settings;
use std::sync::Arc;
use std::time::Instant;

const DIABETES: &str = include_str!("../data/diabetes.csv");

fn read(text: &str, target: &str) -> Table {
    let options = CsvOptions { target: Some(target.into()), ..CsvOptions::default() };
    read_csv(text, &options).unwrap().0
}

fn run_of(id: &str, query: &str, table: &Arc<Table>) -> Result<Run> {
    let spec = find(id)?;
    Run::new(spec, Settings::from_query_and(spec.parameters, query, Some(table.clone()))?)
}

#[test]
fn the_built_in_sets_are_what_is_read_of_their_files() {
    let table = read(DIABETES, "progression");
    assert_eq!(table.examples, diabetes());
    assert!(!table.of_classes() && table.standardize);
    let table = read(include_str!("../data/digits.csv"), "label");
    let Examples { x, y } = digits();
    assert_eq!((table.classes.len(), &table.examples.y), (DIGIT_CLASSES, &y));
    assert!(table.examples.x.iter().map(|ink| ink / 16.0).eq(x));
}

#[test]
fn images_in_idx_are_those_of_the_hosted_set() {
    let file =
        |name: &str| std::fs::read(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let images = file("tests/reference/mnist5k-images.u8");
    let labels = file("www/data/mnist5k-labels.u8");
    let idx = |magic: u32, sizes: &[u32], data: &[u8]| {
        let head = std::iter::once(&magic).chain(sizes).flat_map(|number| number.to_be_bytes());
        head.chain(data.iter().copied()).collect::<Vec<u8>>()
    };
    let (table, left_off) =
        read_idx(&idx(0x803, &[5000, 28, 28], &images), &idx(0x801, &[5000], &labels)).unwrap();
    assert_eq!((table.rows(), table.image_side, left_off), (5000, Some(28), 0));
    let known = mnist::decode(&images, &labels, 0).unwrap();
    let sum = |examples: &Examples| examples.x.iter().map(|ink| (ink * 255.0) as u64).sum::<u64>();
    assert_eq!(sum(&table.examples), sum(&known));
}

/// Five million bytes, natively; in a browser some four times as long.
#[test]
fn the_largest_file_is_read_in_good_time() {
    let row = |i: usize| format!("{},{}.5,{},word{}\n", i, i % 97, i % 13, i % 5);
    let mut text = "a,b,y,c\n".to_string();
    let mut i = 0;
    while text.len() < 4_999_900 {
        text += &row(i);
        i += 1;
    }
    let start = Instant::now();
    let table = read(&text, "y");
    println!("{} bytes, {} rows: {:?}", text.len(), table.rows(), start.elapsed());
    assert_eq!((table.rows(), table.inputs.len()), (i, 2 + 5));
    text += &"1,2,3,4\n".repeat(13);
    let said = read_csv(&text, &CsvOptions::default()).unwrap_err().to_string();
    assert!(said.contains("must have at most 5000000"), "{said}");
}

/// A file that most readers would take, in which some bytes are then changed.
const WHOLE: &str = "size;colour;rooms;price\r\n12,5;red;3;100\r\n7;\"blue\";2;80,5\r\n\r\n9;red;NA;90\r\n\
                     11;\"gr;een\";4;130\r\n10;blue;3;95\r\n13;red;3;120\r\n8,25;blue;2;70\r\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// A hostile file is read, or refused in a sentence that names a line, a column, or what is missing.
    #[test]
    fn no_file_panics_and_every_refusal_says_where(
        changes in prop::collection::vec((0..WHOLE.len(), "[0-9a-z;,\t\"\r\n.\\- é'=\u{0}\u{202f}\u{fffd}]{0,3}", 0..4usize), 0..12),
        leave_out: bool,
    ) {
        let mut text: Vec<char> = WHOLE.chars().collect();
        for (at, put, cut) in &changes {
            let at = (*at).min(text.len());
            let end = (at + cut).min(text.len());
            text.splice(at..end, put.chars());
        }
        let text: String = text.into_iter().collect();
        let missing = if leave_out { Missing::LeaveOut } else { Missing::Refuse };
        let options = CsvOptions { missing, ..CsvOptions::default() };
        match read_csv(&text, &options) {
            Ok((table, _)) => prop_assert!(table.checked().is_ok()),
            Err(error) => {
                let said = error.to_string();
                let names = ["line ", "column ", "the table has ", "the text has "];
                prop_assert!(names.iter().any(|name| said.starts_with(name)) || said.starts_with("no column can"), "{}", said);
                prop_assert!(said.len() < 1000, "{}", said);
            }
        }
        if let Err(error) = describe_csv(&text, &options) {
            let said = error.to_string();
            prop_assert!(said.starts_with("line ") || said.starts_with("the text has "), "{}", said);
        }
    }
}

/// Everything a run shows is there, in words at least, and holds no number that is none.
fn assert_shown(run: &Run, empty: &[&str]) {
    for spec in run.spec().figures {
        let figure = run.figure(spec.key).unwrap();
        assert_eq!(figure.body == Body::Empty, empty.contains(&spec.key), "{}", spec.key);
        assert!(!figure.description.is_empty() && !figure.description.contains("NaN"));
        assert!(!figure.description.contains('–'), "{}", figure.description);
        let table = csv(&figure);
        assert!(!table.contains("NaN") && !table.contains("inf"), "{}: {table}", spec.key);
    }
    for (key, value) in run.metrics() {
        assert!(value.is_finite(), "{key} = {value}");
    }
}

/// Points in a plane, of two classes or more; the second number may be the target too.
fn plane(classes: usize, target: &str) -> Arc<Table> {
    let row = |i: usize| {
        let (x, y) = ((i * 37 % 101) as f64 * 10.0, (i * 53 % 97) as f64 / 10.0);
        format!("{x},{y},{},class {}\n", i % 7, (x / 1010.0 * classes as f64) as usize)
    };
    let text = "metres,share,third,kind\n".to_string() + &(0..120).map(row).collect::<String>();
    let leave_out = match target {
        "kind" => vec!["third".into()],
        _ => vec!["kind".into(), "third".into()],
    };
    let target = Some(target.to_string());
    Arc::new(read_csv(&text, &CsvOptions { target, leave_out, ..CsvOptions::default() }).unwrap().0)
}

#[test]
fn every_kind_of_table_is_shown_from_the_first_step_to_the_last() {
    let diabetes = Arc::new(read(DIABETES, "progression"));
    let digits = Arc::new(read(include_str!("../data/digits.csv"), "label"));
    let images = Arc::new(Table { image_side: Some(8), ..(*digits).clone() });
    for (table, empty) in [
        (plane(2, "kind"), &["network"][..]),
        (plane(4, "kind"), &["network"]),
        (plane(2, "share"), &["network", "fit_plain"]),
        (diabetes, &["network"]),
        (digits, &["fit", "fit_plain"]),
        (images, &["fit", "fit_plain"]),
    ] {
        for more in ["", "&standardize=", "&n_members=2&label_noise=0.2"] {
            let query = format!("steps=20&units=8{}", more.trim_start_matches("&standardize="));
            let mut run = run_of("playground", &query, &table).unwrap();
            assert_shown(&run, empty);
            run.step(20).unwrap();
            assert_shown(&run, empty);
        }
    }
}

#[test]
fn planes_and_curves_are_in_the_units_of_the_file() {
    let run = run_of("playground", "steps=5", &plane(2, "kind")).unwrap();
    let chart = lab::chart(&run, "fit");
    assert_eq!((chart.x.label.as_str(), chart.y.label.as_str()), ("metres", "share"));
    assert!((chart.x.min, chart.x.max) == (-50.0, 1050.0), "{:?}", chart.x);
    let blue = chart.series.iter().find(|series| series.name == "class 1").unwrap();
    assert!(blue.x.iter().all(|&x| x > 500.0 && x <= 1000.0), "{:?}", blue.x);
    assert_eq!(chart.map.unwrap().label, "probability of class 1");
    let run = run_of("playground", "steps=5", &plane(2, "share")).unwrap();
    let points = lab::chart(&run, "fit").series.pop().unwrap();
    assert!(points.y.iter().any(|&y| y > 9.0), "{:?}", points.y);
}

#[test]
fn settings_suit_the_table_where_they_are_left_open() {
    let table = plane(2, "kind");
    let run = run_of("playground", "", &table).unwrap();
    let settings = run.settings();
    assert_eq!(settings.choice("dataset"), "own");
    assert_eq!((settings.whole("n_train"), settings.real("label_noise")), (90, 0.0));
    assert_eq!(lab::metric(&run, "most_train"), 119.0);
    let digits = run_of("playground", "dataset=digits", &table).unwrap();
    assert_eq!(digits.settings().whole("n_train"), 300);
    // What a link holds gives the same run, and so does a reset.
    let query = run.settings().query();
    let mut again = run_of("playground", &query, &table).unwrap();
    assert!(again.settings() == run.settings());
    again.step(3).unwrap();
    let before = again.metrics();
    again.reset().unwrap();
    again.step(3).unwrap();
    assert_eq!(again.metrics(), before);
}

#[test]
fn what_does_not_go_together_is_refused_by_name() {
    let table = plane(2, "kind");
    let refusal = |id: &str, query: &str| run_of(id, query, &table).err().unwrap().to_string();
    let said = refusal("playground", "n_train=120");
    assert!(
        said.starts_with("n_train = 120: must be at most 119: the table has 120 rows"),
        "{said}"
    );
    let none = lab::refusal("playground", "dataset=own");
    assert_eq!(none, "dataset = \"own\": must come with a table of your own, and none was given");
    let many = lab::refusal("playground", "n_train=1101");
    assert!(many.starts_with("n_train = 1101: must be at most 1100"), "{many}");
    let takes = |id: &str| regularization_playground::labs::check_takes_table(find(id).unwrap());
    let said = takes("ensembles").unwrap_err().to_string();
    assert!(
        said.starts_with("table: the lab ensembles takes none; must be one of playground"),
        "{said}"
    );
    takes("playground").unwrap();
    let few = Arc::new(read("a,y\n1,2\n2,3\n3,4\n", "y"));
    let said = run_of("playground", "", &few).err().unwrap().to_string();
    assert!(said.starts_with("n_train = 10: must be at most 1: the table has 3 rows"), "{said}");
}

/// The numbers that examples/own_data.rs prints of the data of diabetes.
#[test]
fn the_example_prints_these_numbers() {
    let table = Arc::new(read(DIABETES, "progression"));
    assert_eq!(table.classes.len(), 0);
    let mut run = run_of("playground", "l2=0.001&seed=7", &table).unwrap();
    run.step(run.progress().of).unwrap();
    let test_error = lab::metric(&run, "test_error");
    assert_eq!(test_error, 0.6646351310345975);
}
