//! `sweep`: an experiment over many runs of a lab, natively, on all cores or shared out among machines. Its
//! cells have the same bits as those of the page.

#[cfg(not(target_arch = "wasm32"))]
mod program;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    program::main()
}

/// In a browser there is no terminal: the page has experiments of its own.
#[cfg(target_arch = "wasm32")]
fn main() {}
