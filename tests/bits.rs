//! The same configuration and seed give the same bits: natively here, in browsers in tests/web.rs.

#[path = "common/runs.rs"]
mod runs;

/// To accept new bits (which breaks the numbers behind every link), replace the file by what the
/// failing test prints.
#[test]
fn weights_are_those_of_the_golden_file() {
    let got = runs::hashes().join("\n");
    let want = include_str!("reference/hashes.txt");
    assert!(got == want.trim_end(), "the bits have changed; they are now:\n{got}");
}
