//! The mathematics: networks, their training, and the lecture's closed forms.
//!
//! This part knows no labs, no figures, no browser, no clock and no randomness but its own seeded
//! streams.
//!
//! # Conventions
//! Batches are rows: `x` is (rows x inputs), row major. Weights are (out x in), as on the slides:
//! `z = W h + b`. There is no factor 1/2 in the penalty, and in a loss only where its name says so.
//! Sums are taken in one fixed order, so that equal neurons stay equal to the last bit and every
//! platform gives the same numbers.
//!
//! # Symbols
//! | lecture | code | meaning |
//! |---|---|---|
//! | W(1), b(1), h(1) | `w1`, `b1`, `h1` | weights, biases and outputs of the first hidden layer |
//! | x, y, y-hat, n | `x`, `y`, `y_hat`, `noise` | input, target, prediction, noise on the input |
//! | alpha | `alpha` | variance of the noise, and the coefficient of the L2 penalty it equals |
//! | p | `keep_prob` | probability that a neuron is KEPT |
//! | v, c, n | `variance`, `covariance`, `n_members` | of the errors of an ensemble; its size |

mod activation;
mod batches;
mod bearable;
mod check;
mod config;
mod config_value;
mod dropout;
mod elementary;
mod elementary_64;
mod ensemble;
mod gemm;
mod gradients;
mod init;
mod jet;
mod lane_rng;
mod layer;
mod least_squares;
mod likeness;
mod loss;
mod matrix;
mod member;
mod members;
mod moments;
mod network;
mod noise;
mod optimizer;
mod parameters;
mod pass;
mod pathways;
mod penalty;
mod predict;
mod real;
mod reduced;
mod registers;
mod ridge;
mod rng;
mod shape;
mod spread;
mod subnetworks;
mod test_set;
mod untied;
mod wide;
mod words;
mod work;

pub use activation::Activation;
pub use batches::Batches;
pub use check::check_rows;
pub use config::NetworkConfig;
pub use config_value::read_train_options;
pub use dropout::{DropoutScaling, all_masks, draw_mask, mask_chance};
pub use ensemble::{EnsembleErrors, ensemble_errors};
pub use gemm::{Scratch, Start, gemm};
pub use gradients::Gradients;
pub(crate) use jet::{first_order_noise_penalty, noise_penalty};
pub use lane_rng::LaneRng;
pub use layer::{Filters, Init, LayerConfig, LayerKind, StepOutputs};
pub(crate) use likeness::{cosines, effective_rank, max_difference, mean_cosine};
pub use loss::{Loss, Score, most_likely, score};
pub(crate) use loss::{log_softmax, softmax};
pub use matrix::{Matrix, MatrixMut};
pub use moments::Moments;
pub use network::{Network, StepReport};
pub use noise::{NoiseTerms, copies_distance, nadaraya_watson, noise_terms};
pub use optimizer::{Optimizer, OptimizerConfig, OptimizerKind};
pub use parameters::{Parameter, WeightsView};
pub use pathways::{MAX_PATHWAYS, PathwayScaling, Pathways};
pub use predict::{MAX_SAMPLES, MonteCarlo};
pub use real::Real;
pub(crate) use reduced::ReducedNetworks;
pub use registers::register_bits;
pub use ridge::{RidgeFit, dropout_penalty, dropout_ridge, ridge};
pub use rng::{Rng, Stream, below, copy_of, normal, shuffle, stream, uniform};
pub use shape::{MAX_ROW, Shape};
pub use subnetworks::{MAX_DROPPABLE, Subnetworks};
pub use test_set::TestSet;
