//! The network without the pathways that are cut by hand: with its weights of the start, and as it is
//! trained.

use super::CoAdaptation;
use super::arm::{Arm, INPUTS, squared_distance};
use super::drawing::{MIDDLE, heights, layer, unit};
use super::figures::written;
use super::parameters::CUT;
use crate::figure::{Body, Edge, Handle, NetworkDrawing, Place};
use crate::lab::Picture;
use crate::nn::PathwayScaling;
use crate::numbers::{counted, fixed, indexed, list, trimmed};

/// The example that is answered: its x3 and x4 are such that they show in h1 and h2.
const EXAMPLE: [f64; INPUTS] = [1.0, -1.0, 2.0, -1.0];

/// Where the columns of neurons stand: with room for the names of the inputs beside them.
const COLUMNS: [f64; 3] = [0.17, 0.55, 0.85];

/// The most pathways drawn.
const MOST_PATHWAYS: usize = 4;

/// The first input whose weights are written on them: x3 and x4 are what the lab is about.
const LABELLED: usize = 2;

/// Heights of the hidden neurons.
fn hidden_heights(count: usize) -> impl Iterator<Item = f64> {
    heights(count, 0.42, 0.66)
}

fn times(w: &[f64], x: &[f64]) -> f64 {
    w.iter().zip(x).map(|(w, x)| w * x).sum()
}

impl CoAdaptation {
    pub(super) fn cut_before_picture(&self) -> Picture {
        let shown = self.shown();
        let keep_prob = self.settings.real("keep_prob");
        let start = Arm::new(shown.scaling, shown.n_pathways(), keep_prob);
        self.cut_picture("At the start", &start.expect("the shape of one there is"))
    }

    pub(super) fn cut_after_picture(&self) -> Picture {
        self.cut_picture(&format!("After {}", counted(self.steps, "step")), self.shown())
    }

    /// Whether a pathway takes part in the answer.
    fn is_left(&self, pathway: usize) -> bool {
        CUT.get(pathway).is_none_or(|key| !self.settings.flag(key))
    }

    /// The weights of x1 to x4 in the answer, in prediction: the average of the pathways that are left;
    /// 0 where none is.
    fn left(&self, arm: &Arm) -> [f64; INPUTS] {
        let (mut sum, mut count) = ([0.0; INPUTS], 0.0);
        for pathway in (0..arm.n_pathways()).filter(|&pathway| self.is_left(pathway)) {
            sum.iter_mut().zip(arm.row(pathway)).for_each(|(sum, w)| *sum += w);
            count += 1.0;
        }
        sum.map(|sum| arm.test_scale() * sum / f64::max(count, 1.0))
    }

    fn cut_picture(&self, when: &str, arm: &Arm) -> Picture {
        let left = self.left(arm);
        let [y_hat, y] = [left, self.beta].map(|w| trimmed(times(&w, &EXAMPLE), 2));
        let error = fixed(squared_distance(&left, &self.beta, 1.0), 3);
        let note = format!("mean squared error {error} over all x");
        let example = EXAMPLE.map(|x| trimmed(x, 2)).join(", ");
        let times_p = if arm.scaling == PathwayScaling::AtTest { ", times p" } else { "" };
        let description = format!(
            "{when}, {}: ŷ is {}{times_p}. For x = ({example}) it answers {y_hat}, and {y} is right; \
             over all x its mean squared error is {error}.",
            self.cut_in_words(),
            written(&left)
        );
        Picture { note, description, body: Body::Network(self.cut_drawing(arm, [&y_hat, &y])) }
    }

    /// The neurons that are cut by a press.
    pub(super) fn cut_handles(&self) -> Vec<Handle> {
        let shown = self.shown().n_pathways().min(MOST_PATHWAYS);
        let one = |(j, (key, y)): (usize, (&&str, f64))| {
            let cut = !self.is_left(j);
            let at = Place::Spot { x: COLUMNS[1], y };
            let handle = Handle::press(indexed("h", j), if cut { "cut" } else { "in use" }, at);
            handle.sets(key, !cut).pressed(cut)
        };
        CUT.iter().zip(hidden_heights(shown)).enumerate().map(one).collect()
    }

    fn cut_in_words(&self) -> String {
        let cut = (0..CUT.len()).filter(|&pathway| !self.is_left(pathway));
        let cut: Vec<String> = cut.map(|pathway| indexed("h", pathway)).collect();
        if cut.is_empty() { "nothing cut".to_string() } else { format!("{} cut", list(&cut)) }
    }

    fn cut_drawing(&self, arm: &Arm, [y_hat, y]: [&str; 2]) -> NetworkDrawing {
        let (k, shown) = (arm.n_pathways(), arm.n_pathways().min(MOST_PATHWAYS));
        let inputs = heights(INPUTS, 0.26, 0.78).zip(EXAMPLE).enumerate();
        let inputs = inputs.map(|(i, (y, x))| unit(y, true, trimmed(x, 2), indexed("x", i)));
        let hidden = hidden_heights(shown).enumerate().map(|(j, y)| {
            let value = trimmed(times(arm.row(j), &EXAMPLE), 2);
            unit(y, self.is_left(j), value, indexed("h", j))
        });
        let answer = unit(MIDDLE, true, y_hat.to_string(), format!("right: {y}"));
        let press = if shown == k { "press to cut" } else { "press h₁, h₂" };
        let layers = vec![
            layer(COLUMNS[0], "one example", INPUTS, inputs.collect()),
            layer(COLUMNS[1], press, k, hidden.collect()),
            layer(COLUMNS[2], "ŷ, average", 1, vec![answer]),
        ];
        let count = (0..k).filter(|&pathway| self.is_left(pathway)).count();
        let mut edges = Vec::new();
        for to in (0..shown).filter(|&pathway| self.is_left(pathway)) {
            for (from, &weight) in arm.row(to).iter().enumerate() {
                let label = if from < LABELLED { String::new() } else { fixed(weight, 2) };
                edges.push(Edge { label, ..Edge::new(0, (from, to), weight) });
            }
            edges.push(Edge::new(1, (to, 0), 1.0 / count as f64));
        }
        NetworkDrawing::new(layers, edges)
    }
}
