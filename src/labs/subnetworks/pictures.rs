//! What the lab shows in pictures: a network, many small ones, and an image with what they say.

use super::problem::Whole;
use super::trained::WATCHED;
use super::{FIGURES, Subnetworks};
use crate::data::{DIGIT_CLASSES, DIGIT_SIDE};
use crate::figure::{
    Axis, Body, Chart, Figure, Image, Images, Mark, MaskDrawing, Masks, Role, Series,
};
use crate::labs::network_drawing::{masked_drawing, network_drawing};
use crate::nn::{DropoutScaling, all_masks, log_softmax, mask_chance, most_likely};
use crate::numbers::{percent, percent_to, whole};

/// What all smaller networks say of one image.
struct Answers {
    whole: Whole,
    keep_prob: f64,
}

impl Answers {
    fn factors(&self, kept: &[bool]) -> Vec<f64> {
        DropoutScaling::Inverted.factors(kept, self.keep_prob)
    }

    /// The probabilities with these factors.
    fn of(&self, factors: &[f64]) -> Vec<f64> {
        let (mut z, mut y_hat) = (Vec::new(), Vec::new());
        self.whole.outputs(factors, &mut z);
        log_softmax(&mut z, &mut y_hat, DIGIT_CLASSES);
        y_hat
    }

    /// The average of all smaller networks, each times its chance.
    fn average(&self) -> Vec<f64> {
        let mut mean = vec![0.0; DIGIT_CLASSES];
        for kept in all_masks(self.whole.droppable()) {
            let chance = mask_chance(&kept, std::iter::repeat(self.keep_prob));
            let y_hat = self.of(&self.factors(&kept));
            mean.iter_mut().zip(y_hat).for_each(|(mean, y_hat)| *mean += chance * y_hat);
        }
        mean
    }
}

impl Subnetworks {
    fn answers(&self) -> Answers {
        let x = self.problem.split.test.row(self.settings.whole("image"));
        let whole = Whole::of(&self.network, x).expect("the lab's own network and image");
        Answers { whole, keep_prob: self.problem.keep_prob }
    }

    /// The class of the chosen image.
    fn class(&self) -> usize {
        self.y()[self.settings.whole("image")] as usize
    }

    /// A mask of all hidden neurons, layer by layer.
    fn layers(&self, kept: &[bool]) -> Vec<Vec<bool>> {
        kept.chunks(self.settings.whole("units")).map(<[bool]>::to_vec).collect()
    }

    pub(super) fn network_figure(&self) -> Figure {
        let voted = self.votes.errors.len();
        let (drawing, what) = if voted == 0 {
            (
                network_drawing(&self.network),
                "The network of the first example of this step's batch",
            )
        } else {
            let inputs = vec![true; self.network.inputs()];
            let masks = [vec![inputs], self.layers(&self.votes.kept(voted - 1))].concat();
            (masked_drawing(&self.network, &masks), "The smaller network that has voted last")
        };
        let hidden = &drawing.layers[1..drawing.layers.len() - 1];
        let units = hidden.iter().flat_map(|layer| &layer.units);
        let kept = units.clone().filter(|unit| unit.kept).count();
        let note = format!("{kept} of {} hidden neurons kept", units.count());
        let description = format!(
            "{what}: {note}. A crossed-out neuron is dropped. Blue weights are positive, orange ones \
             negative; all smaller networks share them. Of the inputs only some are drawn."
        );
        Figure::of(FIGURES, "network", note, description, Body::Network(drawing))
    }

    /// The smaller networks in the gallery, each with its error, and which of all they are.
    fn in_gallery(&self) -> (Vec<(Vec<bool>, f64)>, String) {
        let all = self.votes.all();
        if !self.votes.complete() {
            let shown = self.watched.iter().zip(&self.trained().watched);
            let shown: Vec<_> = shown.map(|(one, &error)| (one.kept.clone(), error)).collect();
            let note = which(shown.len(), all, "drawn at random");
            return (shown, note);
        }
        let (places, note) = self.page_of_gallery();
        let shown = places.iter().map(|&i| (self.votes.kept(i), self.votes.errors[i]));
        (shown.collect(), note)
    }

    /// Which of the networks that have voted the page shows that was asked for, or the last one where
    /// there are not so many; page 0 has some of all.
    fn page_of_gallery(&self) -> (Vec<usize>, String) {
        let (page, all) = (self.settings.whole("page"), self.votes.all());
        if page == 0 || all <= WATCHED {
            let places = self.votes.some_best_to_worst(WATCHED);
            let note = which(places.len(), all, "from best to worst");
            return (places, note);
        }
        let first = (page - 1).min((all - 1) / WATCHED) * WATCHED;
        let last = (first + WATCHED).min(all);
        let note = format!("{} to {last} of {}, the best first", first + 1, whole(all as u64));
        (self.votes.best_to_worst()[first..last].to_vec(), note)
    }

    pub(super) fn gallery_figure(&self) -> Figure {
        let (answers, class) = (self.answers(), self.class());
        let (shown, note) = self.in_gallery();
        let item = |(kept, error): &(Vec<bool>, f64)| {
            let answer = most_likely(&answers.of(&answers.factors(kept)));
            let role = if answer == class { Role::Member } else { Role::Test };
            let caption = format!("says {answer} · {}", percent_to(*error, 0));
            MaskDrawing { layers: self.layers(kept), caption, role }
        };
        let items: Vec<MaskDrawing> = shown.iter().map(item).collect();
        let right = items.iter().filter(|item| item.role == Role::Member).count();
        let (best, worst) = (percent(shown[0].1), percent(shown[shown.len() - 1].1));
        let description = format!(
            "{note}; the first gets {best} of all test images wrong, the last {worst}. Of the chosen \
             image, a {class}, {right} give the right answer."
        );
        Figure::of(FIGURES, "gallery", note, description, Body::Masks(Masks { items }))
    }

    pub(super) fn image_figure(&self) -> Figure {
        let (number, class) = (self.settings.whole("image"), self.class());
        let pixels = self.problem.split.test.row(number).to_vec();
        let items = vec![Image { pixels, caption: String::new(), role: Role::Neutral }];
        let body = Body::Images(Images { width: DIGIT_SIDE, height: DIGIT_SIDE, items });
        let description = format!("Test image number {number}: a handwritten {class}.");
        Figure::of(FIGURES, "image", format!("a {class}"), description, body)
    }

    pub(super) fn answer_figure(&self) -> Figure {
        let answers = self.answers();
        let average = answers.average();
        let one = answers.of(&vec![1.0; answers.whole.droppable()]);
        let classes: Vec<f64> = (0..DIGIT_CLASSES).map(|class| class as f64).collect();
        let series = vec![
            Series::line("average of all", Role::Average, classes.clone(), average.clone())
                .with_mark(Mark::Bars),
            Series::line("one pass", Role::Theory, classes, one.clone()).with_mark(Mark::Points),
        ];
        let x = Axis::linear("class", -0.5, DIGIT_CLASSES as f64 - 0.5);
        let y = Axis::linear("probability", 0.0, 1.0).percent();
        let body = Body::Chart(Chart { x, y, map: None, series, events: Vec::new() });
        let say = |y_hat: &[f64]| {
            let class = most_likely(y_hat);
            format!("{class} with {}", percent(y_hat[class]))
        };
        let (together, alone) = (say(&average), say(&one));
        let note =
            format!("all together {}, one pass {}", most_likely(&average), most_likely(&one));
        let description = format!(
            "For the chosen image, a {}, the average of all {} smaller networks says {together}, and \
             the whole network in one pass {alone}.",
            self.class(),
            self.votes.all()
        );
        Figure::of(FIGURES, "answer", note, description, body)
    }
}

/// How many of all networks are shown, and in which order.
fn which(shown: usize, all: usize, order: &str) -> String {
    match (shown, all) {
        (_, 1) => "the only one, as nothing is dropped".to_string(),
        _ if shown == all => format!("all {all}, {order}"),
        _ => format!("{shown} of {}, {order}", whole(all as u64)),
    }
}
