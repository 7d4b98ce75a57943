//! What the playground shows.

use super::decision::{
    MOST_POINTS, average, blue_and_orange, by_heart, decision_map, member_outputs,
};
use super::problem::Shown;
use super::{Playground, Scores};
use crate::data::sine_of;
use crate::figure::{Axis, Body, Chart, Image, Images, Mark, Role, Series, Unit, doubled};
use crate::lab::Picture;
use crate::labs::histogram::histogram;
use crate::labs::network_drawing::{hidden_kept, kept_counts, network_drawing};
use crate::nn::{Network, most_likely};
use crate::numbers::{counted, fixed, percent};

/// Points along a fitted curve.
const CURVE_POINTS: usize = 121;

/// Wrong images shown.
const MOST_WRONG: usize = 12;

/// Bars of the histogram.
const BINS: usize = 41;

/// The curves of a figure: on the training and on the test set, then without regularization.
const ERRORS: [&str; 4] =
    ["train_error", "test_error", "baseline_train_error", "baseline_test_error"];
const LOSSES: [&str; 4] = ["train_loss", "test_loss", "baseline_train_loss", "baseline_test_loss"];

impl Playground {
    pub(super) fn network_picture(&self) -> Picture {
        let mut note = hidden_kept(self.network.now());
        if self.network.now().config().keep_prob_input < 1.0 {
            let (kept, of) = kept_counts(self.network.now())[0];
            note = format!("{note}, {kept} of {of} inputs");
        }
        let member = if self.network.now().config().n_members > 1 {
            "The first member of the ensemble, "
        } else {
            ""
        };
        let description = format!(
            "{member}with the mask of the first example of this step’s batch: {note}. Blue weights \
             are positive, orange ones negative; a wider line is a larger weight. Of wide layers \
             only some neurons are drawn."
        );
        // Where what it has learned can be seen itself, that takes its place.
        let body = match self.problem.shown {
            Shown::Images(_) | Shown::Rows => Body::Network(network_drawing(self.network.now())),
            Shown::Plane | Shown::Curve | Shown::Found => Body::Empty,
        };
        Picture { note, description, body }
    }

    pub(super) fn error_picture(&self) -> Picture {
        let curves = self.curves();
        let now = ERRORS.map(|key| curves.now(key));
        let (label, usual, most) = match self.problem.of_numbers() {
            false => ("error", 0.5, 1.0),
            true => ("error, share of the variance", 1.0, f64::MAX),
        };
        let y = Axis::linear(label, 0.0, self.top(usual, ERRORS).min(most)).percent();
        self.course(y, ERRORS, now.map(percent))
    }

    pub(super) fn loss_picture(&self) -> Picture {
        let curves = self.curves();
        let now = LOSSES.map(|key| curves.now(key));
        let usual = match self.problem.shown {
            Shown::Images(_) => 3.0,
            Shown::Plane | Shown::Rows => 1.5,
            Shown::Curve | Shown::Found => 1.0,
        };
        let y = Axis::linear("loss", 0.0, self.top(usual, LOSSES));
        self.course(y, LOSSES, now.map(|loss| fixed(loss, 3)))
    }

    /// Where a vertical axis ends: at its usual end, unless after the first quarter of the run a curve was
    /// above.
    fn top(&self, usual: f64, keys: [&'static str; 4]) -> f64 {
        let (curves, quarter) = (self.curves(), self.settings.real("steps") / 4.0);
        keys.iter().fold(usual, |top, key| doubled(top, curves.highest_from(key, quarter)))
    }

    /// Learning curves with what they have come to, `now`: on the training and on the test set, then
    /// the same without regularization.
    fn course(&self, y: Axis, keys: [&'static str; 4], now: [String; 4]) -> Picture {
        let (curves, step) = (self.curves(), self.network.steps());
        let [train, test, baseline_train, baseline_test] = keys;
        // The dashed lines first, so that this run lies on top.
        let series = vec![
            curves.line(baseline_test, "test, without", Role::Test).dashed(),
            curves.line(baseline_train, "train, without", Role::Train).dashed(),
            curves.line(test, "test", Role::Test),
            curves.line(train, "train", Role::Train),
        ];
        let ended = self.baseline_ended.map_or(String::new(), |step| {
            format!(" The network without regularization diverged at step {step} and ended there.")
        });
        let [train, test, baseline_train, baseline_test] = now;
        let description = format!(
            "After {}: {train} on the training set and {test} on the test set; without \
             regularization {baseline_train} and {baseline_test}.{ended}",
            counted(step, "step")
        );
        let x = curves.steps(self.settings.whole("steps"));
        let body = Body::chart(x, y, series, self.events.clone());
        Picture { note: String::new(), description, body }.told_once(step > 0)
    }

    pub(super) fn fit_picture(&self) -> Picture {
        match self.problem.shown {
            Shown::Images(_) | Shown::Rows => self.no_plane(),
            Shown::Plane => self.decision_picture(self.network.now(), self.scores()),
            Shown::Curve => self.fitted_curve_picture(),
            Shown::Found => self.found_picture(self.network.now(), self.scores().test.error),
        }
    }

    pub(super) fn plain_picture(&self) -> Picture {
        match self.problem.shown {
            Shown::Images(_) | Shown::Rows => self.no_plane(),
            Shown::Plane => self.decision_picture(self.baseline.now(), self.baseline_scores()),
            Shown::Curve => Picture::empty("Both curves are in one chart."),
            Shown::Found => {
                self.found_picture(self.baseline.now(), self.baseline_scores().test.error)
            }
        }
    }

    fn no_plane(&self) -> Picture {
        let inputs = counted(self.problem.split.train.inputs() as u64, "input");
        Picture::empty(&format!("{inputs} cannot be shown on a plane."))
    }

    /// The plane as this network sees it.
    fn decision_picture(&self, network: &Network<f32>, scores: &Scores) -> Picture {
        let (by_heart, error) = (by_heart(network, &self.problem), percent(scores.test.error));
        let [blue, orange] = blue_and_orange(&self.problem);
        let named = self.settings.is_own() && blue != "blue"; // points that are drawn have no other name
        let told = if named { format!(" Blue is {blue}, orange {orange}.") } else { String::new() };
        let description = format!(
            "The plane of the two inputs, blue where the network sees the blue class and orange \
             where it sees the other; the line between is its decision boundary. The {} points are \
             the training set, in the colours of their labels, those with a wrong label ringed: the \
             network {by_heart}. On new points its error is {error}.{told}",
            self.problem.split.train.y.len()
        );
        let colours = named.then(|| format!("blue: {blue}, orange: {orange}"));
        let clean_own = self.settings.is_own() && self.problem.wrong.is_empty();
        let learned = (!clean_own).then_some(by_heart);
        let score = Some(format!("test error {error}"));
        let note = [colours, learned, score].into_iter().flatten().collect::<Vec<_>>().join("; ");
        let body = decision_map(network, &self.problem);
        Picture { note, description, body }.told_once(self.network.steps() > 0)
    }

    fn fitted_curve_picture(&self) -> Picture {
        let problem = &self.problem;
        let [(low, high), (bottom, top)] = problem.reach;
        let step = (high - low) / (CURVE_POINTS - 1) as f64;
        let x: Vec<f64> = (0..CURVE_POINTS).map(|i| low + i as f64 * step).collect();
        let seen = problem.seen(x.iter().copied());
        let line = |name: &str, role: Role, y: Vec<f64>| {
            let y = y.into_iter().map(|y| problem.target(y)).collect();
            Series::line(name, role, x.clone(), y)
        };
        let outputs = |network: &Network<f32>| network.predict(&seen).unwrap_or_default();
        let mut series = Vec::new();
        if !self.settings.is_own() {
            let truth = x.iter().map(|&x| sine_of(x)).collect();
            series.push(line("truth", Role::Neutral, truth).dashed());
        }
        let members = member_outputs(self.network.now(), &seen);
        let this_run = average(&members);
        if members.len() > 1 {
            let one = |one| line("one member", Role::Member, one).unlabelled();
            series.extend(members.into_iter().map(one));
        }
        series.push(line("without", Role::Test, outputs(self.baseline.now())).dashed());
        series.push(line("this run", Role::Test, this_run));
        series.push(self.training_points());
        let names = &problem.names;
        let x = Axis::linear(names.inputs[0].clone(), low, high);
        let body =
            Body::chart(x, Axis::linear(names.target.clone(), bottom, top), series, Vec::new());
        let picture =
            Picture { note: "fitted curve".to_string(), description: self.curves_told(), body };
        picture.told_once(self.network.steps() > 0)
    }

    /// The points a curve is fitted to.
    fn training_points(&self) -> Series {
        let (problem, train) = (&self.problem, &self.problem.split.train);
        let pairs = train.x.iter().zip(&train.y).take(MOST_POINTS);
        let (x, y) = pairs.map(|(&x, &y)| (problem.input(0, x), problem.target(y))).unzip();
        Series::points("training points", Role::Train, x, y).unlabelled()
    }

    fn curves_told(&self) -> String {
        let (noisy, truth) = match self.settings.is_own() {
            true => ("", ""),
            false => ("noisy ", ", and the truth, sin 3x (grey)"),
        };
        let both = if truth.is_empty() { " and" } else { "," };
        format!(
            "The curve this run has fitted to {} {noisy}points{both} the curve fitted without \
             regularization (dashed){truth}. Test error {} against {}, as a share of the variance of the \
             targets.",
            self.problem.split.train.y.len(),
            percent(self.scores().test.error),
            percent(self.baseline_scores().test.error)
        )
    }

    pub(super) fn wrong_picture(&self) -> Picture {
        let side = match self.problem.shown {
            Shown::Images(side) => side,
            _ if self.settings.is_own() => return self.wrong_rows(),
            _ => return Picture::empty("These examples are no images."),
        };
        let test = &self.problem.split.test;
        let y_hat = self.judges.test.predictions(self.network.now());
        let y_hat = y_hat.chunks_exact(self.problem.outputs);
        let read: Vec<usize> = y_hat.map(most_likely).collect();
        let wrong: Vec<usize> =
            (0..test.y.len()).filter(|&row| read[row] != test.y[row] as usize).collect();
        let item = |&row: &usize| {
            let name = |class: usize| &self.problem.names.classes[class];
            let caption = format!("{} → {}", name(test.y[row] as usize), name(read[row]));
            Image::new(test.row(row).to_vec(), caption, Role::Test)
        };
        let items: Vec<Image> = wrong.iter().take(MOST_WRONG).map(item).collect();
        let note = format!("{} of {} test images", wrong.len(), test.y.len());
        let captions: Vec<&str> = items.iter().map(|item| item.caption.as_str()).collect();
        let description = format!(
            "{note} are misread. The first of them, as true class → what the network reads: {}.",
            captions.join(", ")
        );
        let body = Body::Images(Images::new((side, side), items));
        Picture { note, description, body }.told_once(self.network.steps() > 0)
    }

    pub(super) fn weights_picture(&self) -> Picture {
        let (ours, baseline) = (weights(self.network.now()), weights(self.baseline.now()));
        let both = ours.iter().chain(&baseline);
        let largest = both.fold(0.0f64, |largest, weight| largest.max(weight.abs()));
        // Far enough for most runs, so that the axis stays where it is while weights grow.
        let reach = doubled(3.0, largest);
        let (x, shares) = histogram(&ours, (-reach, reach), BINS);
        let (_, baseline_shares) = histogram(&baseline, (-reach, reach), BINS);
        let root_mean_square = |weights: &[f64]| {
            (weights.iter().map(|w| w * w).sum::<f64>() / weights.len() as f64).sqrt()
        };
        let (size, baseline_size) = (root_mean_square(&ours), root_mean_square(&baseline));
        let highest =
            shares.iter().chain(&baseline_shares).fold(0.0f64, |high, &share| high.max(share));
        let mut y = Axis::linear("share of weights", 0.0, doubled(0.4, highest));
        let bars = Series::line("this run", Role::Neutral, x.clone(), shares);
        let dashed = Series::line("without", Role::Neutral, x, baseline_shares).dashed();
        y.unit = Unit::Percent;
        let body = Body::Chart(Chart {
            x: Axis::linear("weight", -reach, reach),
            y,
            map: None,
            series: vec![bars.with_mark(Mark::Bars), dashed],
            events: Vec::new(),
        });
        let note = format!("typical size {}, without {}", fixed(size, 2), fixed(baseline_size, 2));
        let description = format!(
            "The distribution of all weights of the network (bars) and of the one without \
             regularization (dashed). Their root mean squares are {} and {}.",
            fixed(size, 3),
            fixed(baseline_size, 3)
        );
        Picture { note, description, body }
    }
}

/// All weights of member 0, without the biases.
fn weights(network: &Network<f32>) -> Vec<f64> {
    let all = network.all_weights(0).expect("every network has a first member");
    all.filter(|weights| weights.shape.len() == 2).flat_map(|weights| weights.to_f64()).collect()
}
