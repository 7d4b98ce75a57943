//! Which of the processor's registers the arithmetic uses: chosen when the program runs, for all of
//! it, through the crate `pulp`.
//!
//! Every number of a register is rounded as it would be alone, and products are added after they
//! were rounded, so all widths give the same bits. `REGULARIZATION_REGISTERS=128` (or 256) in the
//! environment takes narrower ones than there are, for tests and comparisons. In WebAssembly there
//! is one width, fixed when the module is compiled.

use pulp::{Arch, Scalar128b, Simd, WithSimd};

/// Runs `work` on the widest registers.
#[inline(always)]
pub fn on_registers<W: WithSimd>(work: W) -> W::Output {
    run_on(widest(), work)
}

#[inline(always)]
pub fn run_on<W: WithSimd>(registers: Arch, work: W) -> W::Output {
    match registers {
        // Four numbers in an array: what the compiler makes registers of on every processor.
        Arch::Scalar => Scalar128b.vectorize(work),
        registers => registers.dispatch(work),
    }
}

/// The bits of the registers in use: 128, 256 or 512.
pub fn register_bits() -> usize {
    struct Bits;
    impl WithSimd for Bits {
        type Output = usize;
        #[inline(always)]
        fn with_simd<S: Simd>(self, _: S) -> usize {
            8 * size_of::<S::f32s>()
        }
    }
    on_registers(Bits)
}

/// Runs `$work` compiled for the widest registers: its loops, with all that is inlined into them.
macro_rules! widely {
    ($work:expr) => {
        $crate::nn::registers::run_widely(
            #[inline(always)]
            || $work,
        )
    };
}
pub(super) use widely;

/// What [`widely`] stands for. A closure that is not inlined would be compiled for the narrowest.
#[inline(always)]
pub fn run_widely<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "wasm32")]
    return work();
    #[cfg(not(target_arch = "wasm32"))]
    widest().dispatch(work)
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn widest() -> Arch {
    Arch::new()
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn widest() -> Arch {
    static WIDEST: std::sync::OnceLock<Arch> = std::sync::OnceLock::new();
    *WIDEST.get_or_init(|| {
        let asked = std::env::var("REGULARIZATION_REGISTERS").unwrap_or_default();
        up_to(asked.parse().unwrap_or(512))
    })
}

/// The widest registers this processor has of at most so many bits; 128 are there always.
#[cfg(target_arch = "x86_64")]
fn up_to(bits: usize) -> Arch {
    match Arch::new() {
        Arch::V4(_) if bits < 512 => {
            pulp::x86::V3::try_new().filter(|_| bits >= 256).map_or(Arch::Scalar, Arch::V3)
        }
        Arch::V3(_) if bits < 256 => Arch::Scalar,
        widest => widest,
    }
}

/// Registers of every width that this processor has.
#[cfg(all(test, target_arch = "x86_64"))]
pub fn widths() -> [Arch; 3] {
    [128, 256, 512].map(up_to)
}

#[cfg(all(test, not(target_arch = "x86_64")))]
pub fn widths() -> [Arch; 1] {
    [Arch::new()]
}
