//! Adaptive binary arithmetic coding (MacKay, "Information Theory, Inference, and Learning
//! Algorithms", 2003, chapter 6): each bit takes the less room, the more often it was the same at its
//! place before.
//!
//! Packing and unpacking are one walk over the numbers: it asks for one bit after the other, and the
//! coder either takes the bit it is given or finds it in the bytes.

/// Shares of ones, of 65,536, stay that far from certainty.
const DOUBT: u32 = 64;

/// After so many times a share moves no more slowly.
const STEADY: u8 = 60;

/// A coder between bytes and bits that have places.
pub struct Coder {
    bytes: Vec<u8>,
    /// The byte that is read next.
    at: usize,
    /// The share of ones at each place, and how often it was asked for.
    seen: Vec<(u16, u8)>,
    low: u32,
    high: u32,
    /// The four bytes that are looked at where the coder unpacks; where it packs there are none.
    code: Option<u32>,
}

impl Coder {
    /// A coder that packs bits of so many places.
    pub fn packing(places: usize) -> Self {
        let seen = vec![(1 << 15, 0); places];
        Self { bytes: Vec::new(), at: 0, seen, low: 0, high: u32::MAX, code: None }
    }

    /// A coder that unpacks bits of so many places.
    pub fn unpacking(packed: &[u8], places: usize) -> Self {
        let code = packed[..4].iter().fold(0, |code, &byte| (code << 8) | u32::from(byte));
        Self { bytes: packed.to_vec(), at: 4, code: Some(code), ..Self::packing(places) }
    }

    /// A number from 0 to 15, its highest bit first. Its bits have the fifteen places after `tree`.
    pub fn sixteen(&mut self, tree: usize, number: u8) -> u8 {
        let (mut node, mut shift) = (1, 4);
        while shift > 0 {
            shift -= 1;
            node = 2 * node + self.bit(tree + node, (number >> shift) & 1 == 1) as usize;
        }
        (node - 16) as u8
    }

    /// One bit.
    pub fn bit(&mut self, place: usize, bit: bool) -> bool {
        let middle = self.low + ((self.high - self.low) >> 16) * self.seen[place].0 as u32;
        let bit = self.code.map_or(bit, |code| code <= middle);
        if bit {
            self.high = middle
        } else {
            self.low = middle + 1
        }
        self.learn(place, bit);
        while (self.low ^ self.high) >> 24 == 0 {
            self.shift();
        }
        bit
    }

    /// The share of ones comes nearer to what was seen: at first by much, later by little.
    fn learn(&mut self, place: usize, bit: bool) {
        let (share, times) = self.seen[place];
        let (share, slowness) = (share as u32, 2 * times as u32 + 3);
        let share = if bit {
            share + ((1 << 16) - DOUBT - share) * 2 / slowness
        } else {
            share - (share - DOUBT) * 2 / slowness
        };
        self.seen[place] = (share as u16, if times < STEADY { times + 1 } else { times });
    }

    /// The highest byte is settled: it is written, or the next one is read.
    fn shift(&mut self) {
        match &mut self.code {
            Some(code) => *code = (*code << 8) | u32::from(self.bytes[self.at]),
            None => self.bytes.push((self.high >> 24) as u8),
        }
        self.at += 1;
        self.low <<= 8;
        self.high = (self.high << 8) | 0xff;
    }
}

#[cfg(test)]
impl Coder {
    /// The bytes, with what tells the last bits apart.
    pub fn packed(mut self) -> Vec<u8> {
        (0..4).for_each(|_| self.shift());
        self.bytes
    }
}
