//! What the lab shows in pictures: a network, many small ones, and what they say about an image.

use super::Subnetworks;
use super::average::Mean;
use super::networks::WATCHED;
use super::smaller::Whole;
use super::votes::Votes;
use crate::data::DIGIT_CLASSES;
use crate::figure::{Axis, Body, Mark, MaskDrawing, Masks, Role, Series};
use crate::lab::Picture;
use crate::labs::network_drawing::{masked_drawing, network_drawing};
use crate::nn::most_likely;
use crate::numbers::{percent, percent_to, whole};

impl Subnetworks {
    /// The place of the chosen image among those to be judged by, or the last one's.
    pub(super) fn place(&self) -> usize {
        self.settings.whole("image").min(self.networks.split.test.y.len() - 1)
    }

    /// The chosen image.
    pub(super) fn image(&self) -> &[f64] {
        self.networks.split.test.row(self.place())
    }

    /// The whole network, ready to be asked about the chosen image.
    pub(super) fn asked(&self) -> Whole {
        self.networks.asked(self.image())
    }

    /// The class of the chosen image.
    pub(super) fn class(&self) -> usize {
        self.networks.split.test.y[self.place()] as usize
    }

    /// A mask of all hidden neurons, layer by layer.
    fn layers(&self, kept: &[bool]) -> Vec<Vec<bool>> {
        kept.chunks(self.settings.whole("units")).map(<[bool]>::to_vec).collect()
    }

    pub(super) fn network_picture(&self) -> Picture {
        let network = &self.networks.whole;
        let masked = |kept: &[bool]| {
            let inputs = vec![true; network.inputs()];
            masked_drawing(network, &[vec![inputs], self.layers(kept)].concat())
        };
        let (drawing, what) = match (self.chosen(), self.votes.last()) {
            (Some(kept), _) => (masked(&kept), "The smaller network that is chosen"),
            (None, Some(voter)) => (masked(&voter.kept), "The smaller network that voted last"),
            (None, None) => {
                (network_drawing(network), "The network of the first example of this step’s batch")
            }
        };
        let hidden = &drawing.layers[1..drawing.layers.len() - 1];
        let units = hidden.iter().flat_map(|layer| &layer.units);
        let kept = units.clone().filter(|unit| unit.kept).count();
        let note = format!("{kept} of {} hidden neurons kept", units.count());
        let description = format!(
            "{what}: {note}. A crossed-out neuron is dropped. Blue weights are positive, orange ones \
             negative; all smaller networks share them. Only some of the inputs are drawn."
        );
        Picture { note, description, body: Body::Network(drawing) }
    }

    /// The smaller networks in the gallery, each with its error, and which of all they are.
    fn in_gallery(&self) -> (Vec<(&[bool], f64)>, String) {
        let all = self.votes.all();
        if !self.votes.complete() {
            let shown = self.networks.watched.iter().zip(&self.trained().watched);
            let shown: Vec<_> = shown.map(|(one, &error)| (&one.kept[..], error)).collect();
            let note = which(shown.len(), all, "drawn at random");
            return (shown, note);
        }
        let (places, note) = self.page_of_gallery();
        let Votes { voters, average, .. } = &self.votes;
        (places.into_iter().map(|i| (&voters[i].kept[..], average.errors[i])).collect(), note)
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

    pub(super) fn gallery_picture(&self) -> Picture {
        let (asked, class, mut outputs) = (self.asked(), self.class(), Vec::new());
        let (shown, note) = self.in_gallery();
        let item = |(kept, error): &(&[bool], f64)| {
            asked.ask_outputs(kept, &mut outputs);
            let answer = most_likely(&outputs);
            let role = if answer == class { Role::Member } else { Role::Test };
            let caption = format!("{answer}, wrong on {}", percent_to(*error, 0));
            MaskDrawing { layers: self.layers(kept), caption, role }
        };
        let items: Vec<MaskDrawing> = shown.iter().map(item).collect();
        let right = items.iter().filter(|item| item.role == Role::Member).count();
        let (best, worst) = (percent(shown[0].1), percent(shown[shown.len() - 1].1));
        let description = format!(
            "{note}; the first gets {best} of all test images wrong, the last {worst}. For the chosen \
             image, class {class}, {right} of them give the right answer."
        );
        let picture = Picture { note, description, body: Body::Masks(Masks { items }) };
        picture.told_once(self.steps > 0)
    }

    /// The average of the answers of all smaller networks, each times its chance.
    fn average_of_all(&self, asked: &Whole) -> Vec<f64> {
        let (mut mean, mut y_hat) = (Mean::default(), Vec::new());
        for smaller in self.networks.dropout.all() {
            asked.ask_probabilities(&smaller.kept, &mut y_hat);
            mean.add(smaller.chance, &y_hat);
        }
        mean.so_far()
    }

    pub(super) fn answer_picture(&self) -> Picture {
        let asked = self.asked();
        let (average, one) = (self.average_of_all(&asked), asked.one_pass().y_hat);
        let classes: Vec<f64> = (0..DIGIT_CLASSES).map(|class| class as f64).collect();
        let mut series = vec![
            Series::line("average of all", Role::Average, classes.clone(), average.clone())
                .with_mark(Mark::Bars),
            Series::points("one pass", Role::Test, classes.clone(), one.clone()),
        ];
        if let Some(kept) = self.chosen() {
            let mut y_hat = Vec::new();
            asked.ask_probabilities(&kept, &mut y_hat);
            series.push(Series::points("the chosen one", Role::Member, classes, y_hat));
        }
        let x = Axis::linear("class", -0.5, DIGIT_CLASSES as f64 - 0.5);
        let y = Axis::linear("probability", 0.0, 1.0).percent();
        let say = |y_hat: &[f64]| {
            let class = most_likely(y_hat);
            format!("{class} with {}", percent(y_hat[class]))
        };
        let (together, alone) = (say(&average), say(&one));
        let note =
            format!("all together {}, one pass {}", most_likely(&average), most_likely(&one));
        let description = format!(
            "For the chosen image, class {}, the average of all {} smaller networks says {together}, and \
             the whole network in one pass {alone}.",
            self.class(),
            self.votes.all()
        );
        let body = Body::chart(x, y, series, Vec::new());
        Picture { note, description, body }.told_once(self.steps > 0)
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
