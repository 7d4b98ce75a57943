//! The program `sweep`, run as a person runs it: shards, one of them cut off, come to the same bytes as one run.
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test, empty at first.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn sweep(&self, arguments: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sweep"));
        command.current_dir(&self.0).args(arguments.split(' ')).output().unwrap()
    }

    /// What it says where all goes well.
    fn told(&self, arguments: &str) -> String {
        let output = self.sweep(arguments);
        let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments}: {wrong}");
        String::from_utf8(output.stdout).unwrap() + &wrong
    }

    /// What it says where it refuses.
    fn refused(&self, arguments: &str) -> String {
        let output = self.sweep(arguments);
        assert!(!output.status.success(), "{arguments}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }
}

const EXPERIMENT: &str = "dropout --x keep_prob=0.5..1:0.25 --curves units=16,24 \
    --metric test_error,train_error --seeds 2..4 --set steps=20 --set n_train=60";

#[test]
fn shards_one_of_them_cut_off_join_to_the_table_of_one_run() {
    let folder = Folder::new("sweep-shards");
    let told = folder.told(&format!("{EXPERIMENT} --out whole.csv --jobs 1"));
    assert!(told.contains("units = 24, keep_prob = 0.75: test_error "), "{told}");
    for shard in 1..=3 {
        folder.told(&format!("{EXPERIMENT} --out part{shard}.csv --shard {shard}/3 --jobs 2"));
    }
    // killed in the middle of a line
    let cells = folder.read("part2.csv.cells");
    fs::write(folder.0.join("part2.csv.cells"), &cells[..cells.len() - 100]).unwrap();
    let merge = "merge part1.csv.cells part2.csv.cells part3.csv.cells --out joined.csv";
    assert!(folder.refused(merge).contains("1 of 12 cells are in none of these parts"));
    let again = format!("{EXPERIMENT} --out part2.csv --shard 2/3");
    assert!(folder.refused(&again).contains("--resume goes on with its cells"));
    assert!(folder.told(&format!("{again} --resume")).contains("3 of 4 cells are there already"));
    folder.told(merge);
    assert_eq!(folder.read("joined.csv"), folder.read("whole.csv"));
    assert_eq!(folder.read("whole.csv").lines().count(), 13);
}

/// The first try of shard 2 is killed once it has written a cell, and GNU parallel starts it again.
#[test]
fn under_gnu_parallel_a_shard_that_was_killed_is_started_again_and_loses_nothing() {
    let version = Command::new("parallel").arg("--version").output();
    if !version.is_ok_and(|told| String::from_utf8_lossy(&told.stdout).contains("GNU parallel")) {
        return println!("GNU parallel is not here: left out");
    }
    let folder = Folder::new("sweep-parallel");
    folder.told(&format!("{EXPERIMENT} --out whole.csv"));
    let shard = format!("$SWEEP {EXPERIMENT} --resume --jobs 1 --shard {{}}/4 --out part{{}}.csv");
    let cut_off = "pid=$!; until grep -q best_step part2.csv.cells 2>/dev/null; do sleep 0.01; done; kill -9 $pid; exit 1";
    let job = format!(
        "if [ {{}} = 2 ] && mkdir tried 2>/dev/null; then {shard} & {cut_off}; fi; {shard}"
    );
    let mut parallel = Command::new("parallel");
    parallel
        .current_dir(&folder.0)
        .env("SWEEP", env!("CARGO_BIN_EXE_sweep"))
        .env("HOME", &folder.0);
    let done = parallel.args(["--will-cite", "--jobs", "2", "--retries", "3", "--joblog", "log"]);
    let done = done.args([&job, ":::", "1", "2", "3", "4"]).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    assert!(said.contains(" of 3 cells are there already"), "{said}");
    let parts: Vec<String> = (1..=4).map(|shard| format!("part{shard}.csv.cells")).collect();
    folder.told(&format!("merge {} --out joined.csv", parts.join(" ")));
    assert_eq!(folder.read("joined.csv"), folder.read("whole.csv"));
}

#[test]
fn a_cell_has_the_bits_of_the_golden_cells_which_the_page_is_held_to() {
    let folder = Folder::new("sweep-bits");
    let cells: Vec<Value> = serde_json::from_str(include_str!("reference/cells.json")).unwrap();
    let golden = cells.iter().find(|cell| cell["lab"] == "playground").unwrap();
    assert_eq!(golden["params"], serde_json::json!({ "steps": 40, "units": 16 }));
    folder
        .told("playground --x units=16 --metric test_loss --seeds 1 --set steps=40 --out one.json");
    let table: Value = serde_json::from_str(&folder.read("one.json")).unwrap();
    assert_eq!(table["cells"][0]["metrics"]["test_loss"], golden["metrics"]["test_loss"]);
    assert_eq!(table["version"], env!("CARGO_PKG_VERSION"));
}

/// The page is held to the same file (tests/browser/experiment.test.mjs).
#[test]
fn a_table_is_the_page_s_to_the_last_byte() {
    let folder = Folder::new("sweep-golden");
    folder.told(
        "playground --x learning_rate=0.001,10 --curves units=4,16 --metric train_loss,test_loss --seeds 2 \
         --set steps=40 --set dataset=sine --set optimizer=sgd --out golden.csv",
    );
    let version = format!(",{}\n", env!("CARGO_PKG_VERSION"));
    let table = folder.read("golden.csv").replace(&version, ",\n");
    assert_eq!(table, include_str!("reference/experiment.csv"));
}

#[test]
fn a_run_without_a_result_is_told_and_takes_no_other_with_it() {
    let folder = Folder::new("sweep-diverged");
    let told = folder.told(
        "playground --x learning_rate=0.001,10 --metric test_loss --seeds 1 --set steps=20 \
         --set dataset=sine --set optimizer=sgd --out d.csv",
    );
    let table = folder.read("d.csv");
    let rows: Vec<&str> = table.lines().collect();
    assert!(told.contains("1 of 2 cells have no result; the first: diverged at step"), "{told}");
    assert!(rows[1].contains(",,v=1&") && rows[2].contains(",,diverged at step"), "{table}");
    // so is what a lab does not take with its other settings
    folder.told(
        "ensemble_formula --x n_members=2,10 --metric measured --seeds 1 --set covariance=-0.5 \
         --set samples=100 --out e.csv",
    );
    assert!(folder.read("e.csv").contains("10,0,,\"covariance = -0.5: must be at least"));
}

#[test]
fn parts_of_another_experiment_or_version_are_refused() {
    let folder = Folder::new("sweep-others");
    let run = "ensemble_formula --metric measured --seeds 1 --shard 1/1 --set samples=100";
    folder.told(&format!("{run} --x n_members=1,2 --out a.csv"));
    folder.told(&format!("{run} --x n_members=1,3 --out b.csv"));
    let told = folder.refused("merge a.csv.cells b.csv.cells --out c.csv");
    assert!(
        told.contains("b.csv.cells: is a part of another experiment than a.csv.cells"),
        "{told}"
    );
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let older = folder.read("a.csv.cells").replace(&version, "\"version\":\"0.1.0\"");
    fs::write(folder.0.join("old.csv.cells"), older).unwrap();
    let told = folder.refused("merge old.csv.cells --out c.csv");
    assert!(told.contains("of version 0.1.0"), "{told}");
    assert!(!folder.0.join("c.csv").exists());
}

#[test]
fn what_is_wrong_is_said_before_anything_is_run() {
    let folder = Folder::new("sweep-wrong");
    for (arguments, want) in [
        ("dropuot --x p=1,2 --metric test_error", "dropout"),
        ("dropout --x keep_prob=0,1 --metric test_error", "keep_prob = 0"),
        ("dropout --x keep_prob=0.5 --metric test_errors", "must be one of"),
        ("dropout --x keep_prob=0.5 --metric test_error --seeds 0", "--seeds = \"0\": must be"),
        ("dropout --x keep_prob=0.5 --metric test_error --shard 3/2", "--shard 3/2: must be I/N"),
        ("dropout --x keep_prob=0.5 --metric test_error --out x.txt", "must end in .csv or .json"),
        ("dropout --x keep_prob=0.5 --metric test_error --set units", "must be KEY=VALUE"),
        ("merge nowhere.cells --out x.csv", "nowhere.cells: "),
    ] {
        let told = folder.refused(arguments);
        assert!(told.contains(want), "{arguments}: {told}");
    }
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
}

/// The reader's own data: what suits them is in the cells, which are of no other data.
#[test]
fn cells_learn_from_a_file_and_are_known_by_it() {
    let folder = Folder::new("sweep-data");
    let rows: String = (0..60).map(|i| format!("{i},{},{}\n", i * 7 % 13, i / 30)).collect();
    fs::write(folder.0.join("own.csv"), format!("a,b,kind\n{rows}")).unwrap();
    let experiment = "playground --x keep_prob=0.5,1 --metric test_error --seeds 2 --set steps=30 \
                      --data own.csv --out own.json";
    folder.told(experiment);
    let table: Value = serde_json::from_str(&folder.read("own.json")).unwrap();
    let query = table["cells"][0]["query"].as_str().unwrap();
    assert!(query.contains("dataset=own&n_train=45&label_noise=0&"), "{query}");
    let error = table["cells"][3]["metrics"]["test_error"].as_f64().unwrap();
    assert!(error < 0.2, "{error}");
    let again = format!("{experiment} --resume");
    assert!(folder.told(&again).contains("4 of 4 cells are there already"));
    fs::write(folder.0.join("own.csv"), format!("a,b,kind\n{rows}1,1,1\n")).unwrap();
    assert!(folder.refused(&again).contains("its cells are of other data"));
    let elsewhere = "co_adaptation --x keep_prob=0.5 --metric factor --data own.csv --out e.csv";
    assert!(folder.refused(elsewhere).contains("the lab co_adaptation takes none"));
    fs::write(folder.0.join("own.csv"), b"a,b\n1,\x81\n").unwrap();
    assert!(
        folder.refused(&again).contains("--data own.csv: line 2, character 3: is an unreadable")
    );
}
