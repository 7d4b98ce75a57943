//! The program: what it is asked, and what it answers.

mod arguments;
mod cells;
mod data;
mod merge;
mod plan;
mod problem;
mod run;
mod table;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

pub fn main() -> ExitCode {
    let done = match Arguments::parse().command() {
        Command::Merge(merge) => merge::merge(&merge),
        Command::Run(run) => run::run(&run),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("sweep: {problem}");
            ExitCode::FAILURE
        }
    }
}
