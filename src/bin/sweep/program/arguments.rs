//! What stands on the command line.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Runs an experiment over many runs of a lab, or joins its parts.
#[derive(Parser)]
#[command(
    name = "sweep",
    version,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    #[command(subcommand)]
    merge: Option<Joining>,
    #[command(flatten)]
    run: Option<Run>,
}

#[derive(Subcommand)]
enum Joining {
    /// Joins the cells of several shards into one table
    Merge(Merge),
}

/// What is to be done.
pub enum Command {
    Run(Box<Run>),
    Merge(Merge),
}

/// An experiment.
#[derive(Args)]
pub struct Run {
    /// The lab, as its links name it: dropout, ensembles, ...
    #[arg(value_name = "LAB")]
    pub lab: String,
    /// The parameter on the horizontal axis and its values
    #[arg(long = "x", value_name = "KEY=0.05..1:0.05|KEY=A,B")]
    pub over: String,
    /// A parameter whose values are separate curves
    #[arg(long, value_name = "KEY=A,B")]
    pub curves: Option<String>,
    /// What is measured; several, parted by commas
    #[arg(long = "metric", value_name = "KEY", value_delimiter = ',', required = true)]
    pub metrics: Vec<String>,
    /// How many seeds, from 0 on; or from 5 up to, but not including, 25: 5..25
    #[arg(long, value_name = "N|A..B", default_value = "5")]
    pub seeds: String,
    /// A setting of all runs that is not the lab's default; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// A file of comma-separated values to learn from, in labs that take one
    #[arg(long, value_name = "FILE.csv")]
    pub data: Option<PathBuf>,
    /// The column of that file that is to be learned
    #[arg(long, value_name = "COLUMN", requires = "data")]
    pub target: Option<String>,
    /// Columns of that file that are no inputs, parted by commas
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', requires = "data")]
    pub leave_out: Vec<String>,
    /// The table to write, .csv or .json; the cells are kept beside it, in FILE.cells
    #[arg(long, value_name = "FILE", default_value = "sweep.csv")]
    pub out: PathBuf,
    /// Go on with the cells that are there
    #[arg(long)]
    pub resume: bool,
    /// Run only every n-th cell from the i-th on, and write no table: see `sweep merge`
    #[arg(long, value_name = "I/N")]
    pub shard: Option<String>,
    /// How many runs side by side; without it, as many as there are cores
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

/// Parts of an experiment that are to be joined.
#[derive(Args)]
pub struct Merge {
    /// The .cells files of all shards
    #[arg(required = true, value_name = "FILE.cells")]
    pub parts: Vec<PathBuf>,
    /// The table to write, .csv or .json
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

impl Arguments {
    /// What they ask for.
    pub fn command(self) -> Command {
        match (self.merge, self.run) {
            (Some(Joining::Merge(merge)), _) => Command::Merge(merge),
            (None, Some(run)) => Command::Run(Box::new(run)),
            (None, None) => unreachable!("without any argument the help is shown"),
        }
    }
}
