//! Four words of 32 bits side by side, as a vector register holds them.

/// Words in a register.
pub const LANES: usize = 4;

/// Four words; arithmetic wraps.
#[derive(Clone, Copy, Debug)]
pub struct Words(Register);

#[cfg(not(target_arch = "wasm32"))]
type Register = [u32; LANES];
#[cfg(target_arch = "wasm32")]
type Register = core::arch::wasm32::v128;

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.to_array() == other.to_array()
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Words {
    /// Four words.
    #[inline(always)]
    pub fn new(words: [u32; LANES]) -> Self {
        Words(words)
    }

    /// The four words.
    #[inline(always)]
    pub fn to_array(self) -> [u32; LANES] {
        self.0
    }

    /// Sums.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Words(std::array::from_fn(|i| self.0[i].wrapping_add(other.0[i])))
    }

    /// Exclusive or.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        Words(std::array::from_fn(|i| self.0[i] ^ other.0[i]))
    }

    /// Shifted to the left.
    #[inline(always)]
    pub fn shifted(self, bits: u32) -> Self {
        Words(self.0.map(|word| word << bits))
    }

    /// Rotated to the left.
    #[inline(always)]
    pub fn rotated(self, bits: u32) -> Self {
        Words(self.0.map(|word| word.rotate_left(bits)))
    }
}

#[cfg(target_arch = "wasm32")]
impl Words {
    /// Four words.
    #[inline(always)]
    pub fn new([a, b, c, d]: [u32; LANES]) -> Self {
        Words(core::arch::wasm32::u32x4(a, b, c, d))
    }

    /// The four words.
    #[inline(always)]
    pub fn to_array(self) -> [u32; LANES] {
        use core::arch::wasm32::u32x4_extract_lane as lane;
        [lane::<0>(self.0), lane::<1>(self.0), lane::<2>(self.0), lane::<3>(self.0)]
    }

    /// Sums.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Words(core::arch::wasm32::u32x4_add(self.0, other.0))
    }

    /// Exclusive or.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        Words(core::arch::wasm32::v128_xor(self.0, other.0))
    }

    /// Shifted to the left.
    #[inline(always)]
    pub fn shifted(self, bits: u32) -> Self {
        Words(core::arch::wasm32::u32x4_shl(self.0, bits))
    }

    /// Rotated to the left.
    #[inline(always)]
    pub fn rotated(self, bits: u32) -> Self {
        use core::arch::wasm32::{u32x4_shl, u32x4_shr, v128_or};
        Words(v128_or(u32x4_shl(self.0, bits), u32x4_shr(self.0, 32 - bits)))
    }
}
