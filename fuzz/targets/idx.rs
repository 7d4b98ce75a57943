#![no_main]
libfuzzer_sys::fuzz_target!(|input: &[u8]| regularization_playground_fuzz::idx::check(input));
