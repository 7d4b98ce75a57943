//! Two files of IDX, images and labels: four bytes that say how long the first is, then both.

use super::taken;
use regularization_playground::data::{idx_examples, mnist, read_idx};

/// What a sentence about files speaks of.
const NAMES: [&str; 2] = ["images", "labels"];

/// Holds what is held of files of IDX.
pub fn check(input: &[u8]) {
    let Some((length, files)) = input.split_first_chunk() else { return };
    let length = (u32::from_be_bytes(*length) as usize).min(files.len());
    let (images, labels) = files.split_at(length);
    let read = taken(read_idx(images, labels), &NAMES);
    let all = taken(idx_examples(images, labels), &NAMES);
    if let Some((table, left_off)) = read {
        assert_eq!(all.map(|all| all.y.len()), Some(table.rows() + left_off));
        assert_eq!(table.examples.x.len(), table.rows() * table.inputs.len());
        assert!(table.examples.x.iter().all(|ink| (0.0..=1.0).contains(ink)));
    }
    taken(mnist::decode(images, labels, 1), &NAMES);
}
