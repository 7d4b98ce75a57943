//! Four words or four numbers of 32 bits side by side, as a vector register holds them: of a loop over
//! four, the compiler makes registers at one place and single numbers at the next.

#[cfg(target_arch = "wasm32")]
use core::arch::wasm32;
use std::ops::{Add, Mul, Sub};

/// Words in a register.
pub const LANES: usize = 4;

/// Four words; arithmetic wraps.
#[derive(Clone, Copy, Debug)]
pub struct Words(WordRegister);

/// Four numbers.
#[derive(Clone, Copy, Debug)]
pub struct Numbers(NumberRegister);

#[cfg(not(target_arch = "wasm32"))]
type WordRegister = [u32; LANES];
#[cfg(not(target_arch = "wasm32"))]
type NumberRegister = [f32; LANES];
#[cfg(target_arch = "wasm32")]
type WordRegister = wasm32::v128;
#[cfg(target_arch = "wasm32")]
type NumberRegister = wasm32::v128;

/// An instruction of WebAssembly; elsewhere the same of each of the four.
macro_rules! each {
    ($result:ident, $instruction:ident($($four:expr),* $(; $number:expr)?), $one:expr) => {{
        #[cfg(target_arch = "wasm32")]
        let result = wasm32::$instruction($($four.0),* $(, $number)?);
        #[cfg(not(target_arch = "wasm32"))]
        let result = std::array::from_fn(|i| $one($($four.0[i]),*));
        $result(result)
    }};
}

impl Words {
    /// Four words.
    #[inline(always)]
    pub fn new(words: [u32; LANES]) -> Self {
        #[cfg(target_arch = "wasm32")]
        let words = wasm32::u32x4(words[0], words[1], words[2], words[3]);
        Words(words)
    }

    /// Four times the same.
    #[inline(always)]
    pub fn all(word: u32) -> Self {
        Words::new([word; LANES])
    }

    /// The four words.
    #[inline(always)]
    pub fn to_array(self) -> [u32; LANES] {
        #[cfg(target_arch = "wasm32")]
        return pulp::bytemuck::cast(self.0);
        #[cfg(not(target_arch = "wasm32"))]
        self.0
    }

    /// Sums.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        each!(Words, u32x4_add(self, other), u32::wrapping_add)
    }

    /// Differences.
    #[inline(always)]
    pub fn minus(self, other: Self) -> Self {
        each!(Words, u32x4_sub(self, other), u32::wrapping_sub)
    }

    /// And.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        each!(Words, v128_and(self, other), |a, b| a & b)
    }

    /// Or.
    #[inline(always)]
    fn or(self, other: Self) -> Self {
        each!(Words, v128_or(self, other), |a, b| a | b)
    }

    /// Exclusive or.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        each!(Words, v128_xor(self, other), |a, b| a ^ b)
    }

    /// Shifted to the left.
    #[inline(always)]
    pub fn shifted(self, bits: u32) -> Self {
        each!(Words, u32x4_shl(self; bits), |word| word << bits)
    }

    /// Shifted to the right, zeros coming in.
    #[inline(always)]
    pub fn lowered(self, bits: u32) -> Self {
        each!(Words, u32x4_shr(self; bits), |word| word >> bits)
    }

    /// Shifted to the right, with the sign that they have as whole numbers.
    #[inline(always)]
    pub fn lowered_with_sign(self, bits: u32) -> Self {
        each!(Words, i32x4_shr(self; bits), |word| (word as i32 >> bits) as u32)
    }

    /// Rotated to the left.
    #[inline(always)]
    pub fn rotated(self, bits: u32) -> Self {
        self.shifted(bits).or(self.lowered(32 - bits))
    }

    /// The nearest numbers to the whole numbers they are, with a sign.
    #[inline(always)]
    pub fn to_numbers(self) -> Numbers {
        each!(Numbers, f32x4_convert_i32x4(self), |word| word as i32 as f32)
    }

    /// The numbers they are the bits of.
    #[inline(always)]
    pub fn as_numbers(self) -> Numbers {
        #[cfg(target_arch = "wasm32")]
        return Numbers(self.0);
        #[cfg(not(target_arch = "wasm32"))]
        Numbers(self.0.map(f32::from_bits))
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.to_array() == other.to_array()
    }
}

impl Numbers {
    /// The four numbers.
    #[inline(always)]
    pub fn to_array(self) -> [f32; LANES] {
        #[cfg(target_arch = "wasm32")]
        return pulp::bytemuck::cast(self.0);
        #[cfg(not(target_arch = "wasm32"))]
        self.0
    }

    /// Their bits.
    #[inline(always)]
    pub fn bits(self) -> Words {
        #[cfg(target_arch = "wasm32")]
        return Words(self.0);
        #[cfg(not(target_arch = "wasm32"))]
        Words(self.0.map(f32::to_bits))
    }

    /// The square roots.
    #[inline(always)]
    pub fn sqrt(self) -> Self {
        each!(Numbers, f32x4_sqrt(self), f32::sqrt)
    }
}

/// Four times the same.
impl From<f32> for Numbers {
    #[inline(always)]
    fn from(number: f32) -> Self {
        Words::all(number.to_bits()).as_numbers()
    }
}

/// Number by number, or with the same number for all four.
macro_rules! operator {
    ($name:ident, $method:ident, $instruction:ident) => {
        impl $name for Numbers {
            type Output = Numbers;
            #[inline(always)]
            fn $method(self, other: Numbers) -> Numbers {
                each!(Numbers, $instruction(self, other), $name::$method)
            }
        }

        impl $name<f32> for Numbers {
            type Output = Numbers;
            #[inline(always)]
            fn $method(self, other: f32) -> Numbers {
                $name::$method(self, Numbers::from(other))
            }
        }
    };
}

operator!(Add, add, f32x4_add);
operator!(Sub, sub, f32x4_sub);
operator!(Mul, mul, f32x4_mul);
