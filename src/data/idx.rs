//! IDX, the form in which MNIST and sets like it are handed out: a magic number, the sizes, then bytes.

use super::Examples;
use super::table::{MOST_CLASSES, MOST_INPUTS, MOST_NUMBERS, Table};
use crate::error::{Error, Result};

/// Images of bytes: three sizes.
const IMAGES: u32 = 0x0803;

/// Labels of bytes: one size.
const LABELS: u32 = 0x0801;

/// Images and their labels as a table, and how many images at the end were left off because no more
/// fit. Pixels are between 0 and 1; they are not to be standardized.
///
/// # Shapes
/// n images of side x side bytes and n labels; of them the first so many that there are at most
/// [`MOST_NUMBERS`] pixels.
///
/// # Errors
/// A wrong magic number, sizes that do not fit each other or the file, labels of 20 or more, and
/// files that are still packed: each named.
///
/// # Source
/// The format as LeCun, Cortes and Burges describe it with MNIST.
pub fn read_idx(images: &[u8], labels: &[u8]) -> Result<(Table, usize)> {
    let set = Set::read(images, labels)?;
    let size = set.side * set.side;
    if size > MOST_INPUTS {
        let side = set.side;
        return Err(Error::invalid(format!(
            "images: are {side} x {side} pixels; must be square, with at most 31 along a side"
        )));
    }
    let count = set.labels.len();
    let taken = count.min(MOST_NUMBERS / size);
    let largest = set.labels.iter().copied().max().unwrap_or(0).max(1);
    let table = Table {
        inputs: (0..size).map(|i| format!("pixel {},{}", i / set.side, i % set.side)).collect(),
        target: "label".to_string(),
        classes: (0..=largest).map(|class| class.to_string()).collect(),
        examples: set.first(taken),
        standardize: false,
        image_side: Some(set.side),
    };
    Ok((table.checked()?, count - taken))
}

/// All images and their labels, for who has the room: 10 MB a thousand images of MNIST.
///
/// # Errors
/// As [`read_idx`], short of its bound on sizes.
pub fn idx_examples(images: &[u8], labels: &[u8]) -> Result<Examples> {
    let set = Set::read(images, labels)?;
    Ok(set.first(set.labels.len()))
}

/// Two files that belong together.
struct Set<'a> {
    /// Pixels along a side of an image.
    side: usize,
    pixels: &'a [u8],
    labels: &'a [u8],
}

impl<'a> Set<'a> {
    fn read(images: &'a [u8], labels: &'a [u8]) -> Result<Self> {
        let ([count, down, across], pixels) = parts("images", images, IMAGES)?;
        let ([count_of_labels], labels) = parts("labels", labels, LABELS)?;
        let refuse = |what: String| Err(Error::invalid(what));
        if count != count_of_labels || count == 0 {
            return refuse(format!(
                "images: has {count} images, and labels {count_of_labels}; must have one label for \
                 each, and at least one"
            ));
        }
        if down != across || down == 0 {
            return refuse(format!(
                "images: are {down} x {across} pixels; must be square, with at most 31 along a side"
            ));
        }
        if let Some(at) = labels.iter().position(|&class| usize::from(class) >= MOST_CLASSES) {
            let most = MOST_CLASSES - 1;
            return refuse(format!(
                "labels: that of image {} is {}; must be from 0 to {most}",
                at + 1,
                labels[at]
            ));
        }
        Ok(Set { side: down, pixels, labels })
    }

    fn first(&self, count: usize) -> Examples {
        let pixels = &self.pixels[..count * self.side * self.side];
        Examples {
            x: pixels.iter().map(|&ink| f64::from(ink) / 255.0).collect(),
            y: self.labels[..count].iter().map(|&class| f64::from(class)).collect(),
        }
    }
}

/// The sizes that the head of a file tells, and what follows it.
fn parts<'a, const N: usize>(
    name: &str,
    file: &'a [u8],
    magic: u32,
) -> Result<([usize; N], &'a [u8])> {
    let refuse = |what: String| Err(Error::invalid(format!("{name}: {what}")));
    if file.starts_with(&[0x1f, 0x8b]) {
        return refuse("is packed by gzip; must be unpacked first".to_string());
    }
    let number = |at: usize| {
        let bytes = file.iter().skip(4 * at).take(4);
        bytes.fold(0, |number, &byte| number << 8 | u32::from(byte))
    };
    if file.len() >= 4 && number(0) != magic {
        let other = if magic == IMAGES { LABELS } else { IMAGES };
        let hint =
            if number(0) == other { "; the two files are in each other's place" } else { "" };
        return refuse(format!(
            "starts with 0x{:08x}; must start with 0x{magic:08x}, the magic number of {name} in \
             IDX{hint}",
            number(0)
        ));
    }
    let head = 4 + 4 * N;
    if file.len() < head {
        let bytes = file.len();
        return refuse(format!("has {bytes} bytes; must have a head of {head} bytes (IDX)"));
    }
    let sizes: [usize; N] = std::array::from_fn(|at| number(at + 1) as usize);
    let told = sizes.iter().try_fold(1usize, |product, &size| product.checked_mul(size));
    let there = file.len() - head;
    if told != Some(there) {
        let written: Vec<String> = sizes.iter().map(usize::to_string).collect();
        return refuse(format!(
            "its head says {} bytes of data; must be followed by as many, and is by {there}",
            written.join(" x ")
        ));
    }
    Ok((sizes, &file[head..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(magic: u32, sizes: &[u32], data: &[u8]) -> Vec<u8> {
        let head = std::iter::once(&magic).chain(sizes).flat_map(|number| number.to_be_bytes());
        head.chain(data.iter().copied()).collect()
    }

    fn images() -> Vec<u8> {
        file(IMAGES, &[3, 2, 2], &[0, 255, 51, 0, 1, 2, 3, 4, 5, 6, 7, 8])
    }

    fn labels() -> Vec<u8> {
        file(LABELS, &[3], &[4, 0, 2])
    }

    #[test]
    fn pixels_are_shares_of_ink_and_labels_are_classes() {
        let (table, left_off) = read_idx(&images(), &labels()).unwrap();
        assert_eq!((table.image_side, table.classes.len(), left_off), (Some(2), 5, 0));
        assert_eq!(table.examples.row(0), [0.0, 1.0, 0.2, 0.0]);
        assert_eq!(table.examples.y, [4.0, 0.0, 2.0]);
        assert_eq!(table.inputs[2], "pixel 1,0");
    }

    #[test]
    fn more_images_than_fit_are_left_off_at_the_end() {
        let many = MOST_NUMBERS as u32 / 900 + 7;
        let images = file(IMAGES, &[many, 30, 30], &vec![9; many as usize * 900]);
        let (table, left_off) =
            read_idx(&images, &file(LABELS, &[many], &vec![1; many as usize])).unwrap();
        assert_eq!((table.rows(), left_off), (MOST_NUMBERS / 900, 7));
        let all = idx_examples(&images, &file(LABELS, &[many], &vec![1; many as usize])).unwrap();
        assert_eq!((all.y.len(), all.inputs()), (many as usize, 900));
    }

    #[test]
    fn what_is_wrong_in_a_head_is_named() {
        let refusal =
            |images: &[u8], labels: &[u8]| read_idx(images, labels).unwrap_err().to_string();
        for (images, labels, says) in [
            (labels(), images(), "images: starts with 0x00000801; must start with 0x00000803"),
            (labels(), images(), "each other's place"),
            (vec![0x1f, 0x8b, 8], labels(), "images: is packed by gzip"),
            (images(), vec![0, 0], "labels: has 2 bytes; must have a head of 8 bytes"),
            (
                images()[..20].to_vec(),
                labels(),
                "3 x 2 x 2 bytes of data; must be followed by as many, \
                                                 and is by 4",
            ),
            (images(), file(LABELS, &[2], &[1, 2]), "has 3 images, and labels 2"),
            (
                images(),
                file(LABELS, &[3], &[1, 2, 20]),
                "labels: that of image 3 is 20; must be from 0 to 19",
            ),
            (file(IMAGES, &[3, 1, 4], &[0; 12]), labels(), "are 1 x 4 pixels; must be square"),
            (file(IMAGES, &[0, 2, 2], &[]), file(LABELS, &[0], &[]), "at least one"),
            (file(IMAGES, &[u32::MAX; 3], &[]), labels(), "4294967295 x 4294967295 x 4294967295"),
        ] {
            let said = refusal(&images, &labels);
            assert!(said.contains(says), "{said}: {says}");
        }
    }
}
