//! Every claim of one lecture on regularization, seen and measured on real networks.
//!
//! The layers, each knowing only those before it:
//! [`nn`], [`data`] (the mathematics and the data sets); [`param`], [`figure`] (definitions and
//! figures as data); [`lab`], [`labs`] (the experiments and their catalogue); [`sweep`] (a lab as
//! one cell of a larger experiment); [`plot`] (figures to pictures); `wasm` (the bindings).
//! [`error`], [`numbers`] and [`value`] serve them all.

pub mod data;
pub mod error;
pub mod figure;
pub mod lab;
pub mod labs;
pub mod nn;
pub mod numbers;
pub mod param;
pub mod plot;
pub mod sweep;
pub mod value;
#[cfg(target_arch = "wasm32")]
mod wasm;
#[cfg(target_arch = "wasm32")]
pub use wasm::*;

/// The Rust example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
