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
use regularization_playground::value::Value;
use std::collections::HashMap;
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

fn mnist_files() -> [Vec<u8>; 2] {
    ["tests/reference/mnist5k-images.u8", "www/data/mnist5k-labels.u8"]
        .map(|name| std::fs::read(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap())
}

/// The subset of MNIST as it is read from files in IDX, and how many images of them were left off.
fn mnist_table() -> (Table, usize) {
    let [images, labels] = mnist_files();
    let idx = |magic: u32, sizes: &[u32], data: &[u8]| {
        let head = std::iter::once(&magic).chain(sizes).flat_map(|number| number.to_be_bytes());
        head.chain(data.iter().copied()).collect::<Vec<u8>>()
    };
    read_idx(&idx(0x803, &[5000, 28, 28], &images), &idx(0x801, &[5000], &labels)).unwrap()
}

#[test]
fn images_in_idx_are_those_of_the_hosted_set() {
    let ([images, labels], (table, left_off)) = (mnist_files(), mnist_table());
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
    assert_eq!(limits(settings)["n_train"], 119.0);
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
    let said = takes("co_adaptation").unwrap_err().to_string();
    assert!(
        said.starts_with("table: the lab co_adaptation takes none; must be one of playground"),
        "{said}"
    );
    takes("playground").unwrap();
    let few = Arc::new(read("a,y\n1,2\n2,3\n3,4\n", "y"));
    let said = run_of("playground", "", &few).err().unwrap().to_string();
    assert!(said.starts_with("n_train = 10: must be at most 1: the table has 3 rows"), "{said}");
}

/// Settings of a short run of each lab that learns from images of the digits' size.
const LEARN_DIGITS: [(&str, &str); 6] = [
    ("weight_sharing_cnn", "task=digits&n_train=40&filters=2&steps=6"),
    ("pre_training_unsupervised", "n_labels=20&pretext_steps=100&steps=110"),
    ("pre_training_supervised", "task=digits&n_labels=25&source_steps=100&steps=110"),
    ("ensembles", "n_train=60&units=4&n_members=3&steps=9"),
    ("symmetry_breaking", "n_train=60&units=3&steps=9"),
    ("subnetworks", "n_train=60&units=3&label_noise=0.2&image=696&steps=30"),
];

fn finished_on(id: &str, dataset: &str, query: &str, table: &Arc<Table>) -> Result<Run> {
    let mut run = run_of(id, &format!("dataset={dataset}&{query}"), table)?;
    run.step(run.progress().of)?;
    Ok(run)
}

/// The digits with every pixel as four, averaged down again, are the digits: so is all that is learned of
/// them.
#[test]
fn own_images_take_the_place_of_the_digits() {
    let Examples { x, y } = digits();
    let twice = |image: &[f64]| -> Vec<f64> {
        (0..256).map(|at| image[at / 32 * 8 + at % 16 / 2]).collect()
    };
    let x = x.chunks_exact(64).flat_map(twice).collect();
    let (classes, inputs) = ((0..10).map(|class| class.to_string()), (0..256));
    let table = Table {
        inputs: inputs.map(|pixel| pixel.to_string()).collect(),
        target: "digit".into(),
        classes: classes.collect(),
        examples: Examples { x, y },
        standardize: false,
        image_side: Some(16),
    };
    let table = Arc::new(table.checked().unwrap());
    for (id, query) in LEARN_DIGITS {
        let [built_in, own] =
            ["digits", "own"].map(|dataset| finished_on(id, dataset, query, &table).unwrap());
        let measured = |run: &Run| -> Vec<(&str, u64)> {
            run.metrics().into_iter().map(|(key, value)| (key, value.to_bits())).collect()
        };
        assert_eq!(measured(&own), measured(&built_in), "{id}");
        let trained = |run: &Run| -> Vec<u64> {
            let parameters = run.weights().into_iter().flat_map(|network| network.parameters);
            parameters.flat_map(|numbers| numbers.values).map(f64::to_bits).collect()
        };
        assert!(trained(&own) == trained(&built_in), "{id}");
    }
}

#[test]
fn labs_on_digits_learn_from_mnist() {
    let table = Arc::new(mnist_table().0);
    for (id, query) in LEARN_DIGITS {
        let run = finished_on(id, "own", query, &table).unwrap();
        let figures = run.spec().figures.iter().map(|figure| lab::figure(&run, figure.key));
        assert!(figures.filter(|figure| !matches!(figure.body, Body::Empty)).count() > 3, "{id}");
    }
    // A table says by itself which task it is for.
    for id in ["weight_sharing_cnn", "pre_training_supervised"] {
        assert_eq!(run_of(id, "", &table).unwrap().settings().choice("task"), "digits");
    }
    // Ten in a hundred are right by chance alone.
    let random =
        finished_on("symmetry_breaking", "own", "arm=random&n_train=1000&steps=2000", &table);
    assert!(lab::metric(&random.unwrap(), "test_error") < 0.15);
}

/// What is said beside a run on own images is right of letters too.
#[test]
fn no_word_is_of_digits_where_own_images_are_learned() {
    let table = Arc::new(mnist_table().0);
    let more = [
        ("dropout", "n_train=60&units=4&label_noise=0.2&compare=false&steps=9"),
        ("playground", "n_train=60&units=4&steps=9"),
    ];
    for (id, query) in LEARN_DIGITS.into_iter().chain(more) {
        let run = finished_on(id, "own", query, &table).unwrap();
        let spec = run.spec();
        let figures =
            spec.figures.iter().map(|figure| format!("{:?}", lab::figure(&run, figure.key)));
        let metrics =
            spec.metrics.iter().map(|metric| format!("{}: {}", metric.label, metric.help));
        let labels = spec.parameters.iter().map(|spec| format!("{}: {}", spec.label, spec.help));
        let choices = spec.parameters.iter().flat_map(|spec| spec.choices);
        let choices = choices.map(|choice| choice.label.replace("Handwritten digits", ""));
        for said in figures.chain(metrics).chain(labels).chain(choices) {
            let at = said.to_lowercase().find("digit");
            assert!(at.is_none(), "{id}: {:.200}", &said[at.unwrap_or(0)..]);
        }
    }
}

#[test]
fn images_that_a_lab_cannot_learn_from_are_refused() {
    let (all, _) = mnist_table();
    let refusal = |id: &str, query: &str, table: &Table| {
        let said = run_of(id, &format!("dataset=own&{query}"), &Arc::new(table.clone()));
        said.err().map_or(String::new(), |error| error.to_string())
    };
    let of = |rows: Vec<usize>, classes: usize| Table {
        examples: all.examples.pick(&rows),
        classes: all.classes[..classes].to_vec(),
        ..all.clone()
    };
    let three = of((0..5000).filter(|&row| all.examples.y[row] < 3.0).collect(), 3);
    // Of the file, which is in the order of its classes, every tenth.
    let few = of((0..5000).step_by(10).collect(), 10);
    let standardized = Table { standardize: true, ..all.clone() };
    let no_images = plane(2, "kind");
    for (id, query) in LEARN_DIGITS {
        let said = refusal(id, query, &three);
        assert!(
            said.starts_with("the table has images of 3 classes; must have ten"),
            "{id}: {said}"
        );
        let said = refusal(id, query, &standardized);
        assert!(said.starts_with("table.standardize = true: must be false"), "{id}: {said}");
        let said = refusal(id, query, &no_images);
        assert!(said.starts_with("the table has no images of classes"), "{id}: {said}");
        let said = refusal(id, query, &few);
        let of_each = "the table has 50 images of class 0; must have at least 120 of each here";
        assert_eq!(said, if id.starts_with("pre_training") { of_each } else { "" }, "{id}");
    }
    for (id, most) in [
        ("symmetry_breaking", 480),
        ("subnetworks", 480),
        ("ensembles", 480),
        ("weight_sharing_cnn", 480),
    ] {
        let said = refusal(id, &format!("n_train={}", most + 10), &few);
        let left = 500 - most;
        let want = format!(
            "n_train = {}: must be at most {most}: there are 500 images, and {left} must be left to be judged by",
            most + 10
        );
        assert_eq!(said, want, "{id}");
    }
    for (id, task) in [("weight_sharing_cnn", "motif"), ("pre_training_supervised", "teacher")] {
        let said = refusal(id, &format!("task={task}"), &all);
        let want = format!("dataset = \"own\": must be \"digits\" with task = \"{task}\"");
        assert!(said.starts_with(&want), "{id}: {said}");
    }
}

/// As few images as the page takes, left to the settings that suit them, are learned from and shown, and so is
/// the last image that can be asked for.
#[test]
fn few_images_are_enough_to_begin_with() {
    let (all, _) = mnist_table();
    let labs = [
        ("ensembles", "example", 142.0),
        ("weight_sharing_cnn", "example", 40.0),
        ("symmetry_breaking", "images_seen", 16.0),
        ("subnetworks", "image", 696.0),
    ];
    for rows in [12, 13, 30, 60, 200] {
        let picked: Vec<usize> = (0..rows).map(|i| i * 5000 / rows).collect();
        let table = Arc::new(Table { examples: all.examples.pick(&picked), ..all.clone() });
        for (id, key, last) in labs {
            let mut run = run_of(id, "steps=6", &table).unwrap();
            run.step(6).unwrap();
            run.set(key, &Value::Number(last)).unwrap();
            let figures = run.spec().figures.iter().map(|figure| lab::figure(&run, figure.key));
            assert!(
                figures.filter(|figure| !matches!(figure.body, Body::Empty)).count() > 3,
                "{id}"
            );
        }
    }
}

fn limits(settings: &Settings) -> HashMap<&'static str, f64> {
    settings.limits().into_iter().collect()
}

/// Every slider ends where the data do: what is there is taken, and one more of what is learned is refused.
#[test]
fn sliders_end_where_the_data_do() {
    let (all, _) = mnist_table();
    let few = |rows: usize| {
        let picked: Vec<usize> = (0..rows).map(|i| i * 5000 / rows).collect();
        Arc::new(Table { examples: all.examples.pick(&picked), ..all.clone() })
    };
    let checked = |id: &str, query: &str, table: &Arc<Table>, key: &str, most: f64| {
        let mut run = run_of(id, query, table).unwrap();
        assert_eq!(limits(run.settings())[key], most, "{id}: {key} of {query}");
        run.set(key, &Value::Number(most)).unwrap();
        let beyond = run.set(key, &Value::Number(most + 1.0));
        assert!(beyond.is_err() || !key.starts_with("n_"), "{id}: {key}");
        let far = run.set(key, &Value::Number(1e7)).unwrap_err().to_string();
        assert!(far.ends_with(&format!(" to {most}")), "{id}: {far}");
    };
    let (small, whole) = (few(200), Arc::new(all.clone()));
    for id in ["ensembles", "symmetry_breaking", "subnetworks", "weight_sharing_cnn"] {
        checked(id, "dataset=own&steps=5", &small, "n_train", 180.0);
    }
    checked("dropout", "dataset=own&steps=5", &small, "n_train", 199.0);
    checked("subnetworks", "dataset=own&n_train=180&steps=5", &small, "image", 19.0);
    checked("ensembles", "dataset=own&n_train=180&steps=5", &small, "example", 20.0);
    checked("weight_sharing_cnn", "dataset=own&n_train=180&steps=5", &small, "example", 20.0);
    checked("symmetry_breaking", "dataset=own&n_train=10&steps=5", &small, "images_seen", 10.0);
    checked("dropout", "dataset=own&n_train=40&label_noise=0.1&steps=5", &small, "looked_at", 4.0);
    checked(
        "pre_training_supervised",
        "dataset=own&source_steps=0&steps=5",
        &whole,
        "n_labels",
        550.0,
    );
    checked("subnetworks", "dataset=own&steps=5", &whole, "image", 696.0);
    // Of built-in data too, and none is limited further than its own range.
    for (id, query, key, most) in [
        ("weight_sharing_cnn", "", "n_train", 2000.0),
        ("weight_sharing_cnn", "task=digits", "n_train", 1297.0),
        ("ensembles", "", "n_train", 300.0),
        ("ensembles", "", "example", 142.0),
        ("ensembles", "dataset=generated&n_train=1100", "example", 142.0),
        ("pre_training_supervised", "", "n_labels", 5000.0),
        ("pre_training_supervised", "task=digits", "n_labels", 550.0),
        ("playground", "", "n_train", 1100.0),
    ] {
        let settings = Settings::from_query(find(id).unwrap().parameters, query).unwrap();
        assert_eq!(limits(&settings)[key], most, "{id}: {query}");
    }
}

/// What is looked at is what the settings say, also where another change leaves less of it.
#[test]
fn what_is_looked_at_stays_within_what_there_is() {
    let (all, _) = mnist_table();
    let picked: Vec<usize> = (0..200).map(|i| i * 25).collect();
    let table = Arc::new(Table { examples: all.examples.pick(&picked), ..all });
    let number = Value::Number;
    for (id, query, key, at, other, to, most) in [
        ("subnetworks", "n_train=100", "image", 99.0, "n_train", 180.0, 19),
        ("ensembles", "n_train=100", "example", 100.0, "n_train", 180.0, 20),
        (
            "symmetry_breaking",
            "n_train=100&batch_size=64",
            "images_seen",
            64.0,
            "n_train",
            10.0,
            10,
        ),
        ("dropout", "n_train=100&label_noise=0.5", "looked_at", 50.0, "label_noise", 0.1, 10),
    ] {
        let mut run = run_of(id, &format!("dataset=own&steps=5&{query}"), &table).unwrap();
        run.set(key, &number(at)).unwrap();
        run.change(&[(other, number(to))]).unwrap();
        assert_eq!(run.settings().whole(key), most, "{id}");
    }
}

/// What was set for other data stays as far as these allow; and what then comes is taken.
#[test]
fn settings_are_fitted_to_the_readers_own_data() {
    let fitted = |id: &str, query: &str, rows: usize| {
        let specs = find(id).unwrap().parameters;
        let own = Some(Arc::new(Table::of_rows(rows)));
        Settings::understood_with(specs, &format!("dataset=own&{query}"), own).0.fitted()
    };
    let settings = fitted("subnetworks", "n_train=400&image=600&units=4", 160);
    let number = |key: &str| settings.whole(key);
    assert_eq!((number("n_train"), number("image"), number("units")), (120, 39, 4));
    assert_eq!(fitted("subnetworks", "n_train=130&image=3", 160).whole("n_train"), 130);
    assert_eq!(fitted("symmetry_breaking", "n_train=400", 12).whole("n_train"), 10);
    assert_eq!(fitted("playground", "n_train=400", 12).whole("n_train"), 10);
    for (labels, kept) in [(5, 5), (120, 120), (5000, 550)] {
        let query = format!("task=teacher&n_labels={labels}");
        let settings = fitted("pre_training_supervised", &query, 5000);
        assert_eq!((settings.choice("task"), settings.whole("n_labels")), ("digits", kept));
    }
    assert_eq!(fitted("weight_sharing_cnn", "task=motif", 5000).choice("task"), "digits");
    let specs = find("subnetworks").unwrap().parameters;
    let built_in = Settings::from_query(specs, "n_train=1100&image=696").unwrap();
    assert!(built_in.clone().fitted() == built_in, "built-in data need no fitting");
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
