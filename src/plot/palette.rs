//! The colours: hue says what a mark stands for, in a light and in a dark theme.

use crate::figure::{LineStyle, Role, Series};
use crate::numbers;
use plotters::style::RGBColor;

/// Which of the two themes a picture is drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on a white ground.
    Light,
    /// Light ink on a dark ground.
    Dark,
}

impl Theme {
    /// The theme of a page that writes in this colour, as `getComputedStyle` gives it:
    /// "rgb(27, 31, 36)" is dark ink, hence light. Anything else counts as dark ink.
    pub fn of_ink(css: &str) -> Self {
        match rgb(css) {
            Some(ink) if luminance(ink) > 0.4 => Theme::Dark,
            _ => Theme::Light,
        }
    }
}

/// How much of its hue a faint series keeps against the ground.
const FAINT: f64 = 0.4;

/// The colours of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// What everything stands on.
    pub background: RGBColor,
    /// Text that matters, neurons, the average.
    pub ink: RGBColor,
    /// Tick labels, remarks, and all that has no role.
    pub muted: RGBColor,
    /// Grid lines.
    pub grid: RGBColor,
    /// Members of an ensemble.
    pub member: RGBColor,
    /// Outlines of what is dropped.
    pub pale: RGBColor,
    /// The training set, positive weights, the class in blue.
    pub train: RGBColor,
    /// The test set, negative weights, the class in orange.
    pub test: RGBColor,
    /// What a formula gives.
    pub theory: RGBColor,
    /// Bands under groups of weights: paler than any weight.
    pub bands: [RGBColor; 2],
    /// Weights that are tied, one colour each; none of them is a role's.
    pub ties: [RGBColor; 5],
}

const LIGHT: Palette = Palette {
    background: RGBColor(0xff, 0xff, 0xff),
    ink: RGBColor(0x1b, 0x1f, 0x24),
    muted: RGBColor(0x57, 0x60, 0x6a),
    grid: RGBColor(0xe2, 0xe6, 0xeb),
    member: RGBColor(0xa3, 0xab, 0xb5),
    pale: RGBColor(0xa8, 0xb0, 0xba),
    train: RGBColor(0x00, 0x72, 0xb2),
    test: RGBColor(0xc2, 0x41, 0x0c),
    theory: RGBColor(0x00, 0x7a, 0x5a),
    bands: [RGBColor(0xf4, 0xe7, 0xbf), RGBColor(0xde, 0xe3, 0xea)],
    ties: [
        RGBColor(0xb5, 0x17, 0x4f),
        RGBColor(0x00, 0x7c, 0x8c),
        RGBColor(0x7d, 0x6b, 0x00),
        RGBColor(0x23, 0x23, 0x8e),
        RGBColor(0x4a, 0x20, 0x00),
    ],
};

const DARK: Palette = Palette {
    background: RGBColor(0x14, 0x18, 0x1d),
    ink: RGBColor(0xe8, 0xea, 0xed),
    muted: RGBColor(0xa3, 0xad, 0xb8),
    grid: RGBColor(0x29, 0x2e, 0x34),
    member: RGBColor(0x70, 0x7a, 0x86),
    pale: RGBColor(0x62, 0x6c, 0x77),
    train: RGBColor(0x56, 0xb4, 0xe9),
    test: RGBColor(0xff, 0x8a, 0x4c),
    theory: RGBColor(0x2f, 0xd3, 0xa5),
    bands: [RGBColor(0x4a, 0x41, 0x24), RGBColor(0x33, 0x3b, 0x46)],
    ties: [
        RGBColor(0xff, 0x6f, 0xa8),
        RGBColor(0xb8, 0xf5, 0xb0),
        RGBColor(0xf2, 0xd2, 0x1b),
        RGBColor(0x6f, 0x8c, 0xff),
        RGBColor(0xb8, 0x8a, 0x66),
    ],
};

impl Palette {
    /// The colours of a theme.
    pub fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
        }
    }

    /// The same colours on another ground, given as CSS; one that cannot be read changes nothing.
    pub fn on(self, css: &str) -> Self {
        match rgb(css) {
            Some(background) => Palette { background, ..self },
            None => self,
        }
    }

    /// The colour of the marks of a role.
    pub(super) fn mark(&self, role: Role) -> RGBColor {
        match role {
            Role::Train | Role::Positive => self.train,
            Role::Test | Role::Negative => self.test,
            Role::Theory => self.theory,
            Role::Average => self.ink,
            Role::Member => self.member,
            Role::Neutral => self.muted,
        }
    }

    /// The colour of words about a role: that of its marks, where it is dark enough to read.
    pub(super) fn words(&self, role: Role) -> RGBColor {
        match role {
            Role::Member => self.muted,
            _ => self.mark(role),
        }
    }

    /// The colour of a series: ink for what was guessed, else its role's; pale where it is faint.
    pub(super) fn series(&self, series: &Series) -> RGBColor {
        let colour = match series.run {
            LineStyle::Dotted => self.ink,
            LineStyle::Solid | LineStyle::Dashed => self.mark(series.role),
        };
        if series.faint { blend(self.background, colour, FAINT) } else { colour }
    }

    /// The colour of the name of a series; soft ink where it is faint.
    pub(super) fn name(&self, series: &Series) -> RGBColor {
        match series.run {
            _ if series.faint => self.muted,
            LineStyle::Dotted => self.ink,
            LineStyle::Solid | LineStyle::Dashed => self.words(series.role),
        }
    }

    /// The colour of a weight: that of its sign.
    pub(super) fn sign(&self, weight: f64) -> RGBColor {
        match weight {
            _ if weight > 0.0 => self.train,
            _ if weight < 0.0 => self.test,
            _ => self.muted,
        }
    }

    /// The colour of a tie, by its place in the key.
    pub(super) fn tie(&self, place: usize) -> RGBColor {
        self.ties[place % self.ties.len()]
    }

    /// From orange (0) over the ground (a half) to blue (1), pale enough to draw points on.
    ///
    /// In steps: neighbours of nearly the same value get the same colour and can be drawn as one.
    pub(super) fn diverging(&self, part: f64) -> RGBColor {
        let signed = (stepped(part, 32.0) - 0.5) * 2.0;
        let hue = if signed > 0.0 { self.train } else { self.test };
        blend(self.background, hue, 0.6 * signed.abs())
    }

    /// From a ground (0) to the ink (1).
    pub(super) fn grey(&self, ground: RGBColor, part: f64) -> RGBColor {
        blend(ground, self.ink, stepped(part, 32.0))
    }
}

/// A fraction in so many steps; what is not a number lies in the middle.
fn stepped(part: f64, steps: f64) -> f64 {
    if part.is_nan() { 0.5 } else { (part.clamp(0.0, 1.0) * steps).round() / steps }
}

/// `part` of the way from one colour to another.
pub(super) fn blend(from: RGBColor, to: RGBColor, part: f64) -> RGBColor {
    let mix = |a: u8, b: u8| (f64::from(a) + part * (f64::from(b) - f64::from(a))).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// An opaque "rgb(…)" or "rgba(…)" of CSS.
fn rgb(css: &str) -> Option<RGBColor> {
    let inside = css.trim().strip_prefix("rgb")?.trim_start_matches('a');
    let inside = inside.trim().strip_prefix('(')?.strip_suffix(')')?;
    let numbers: Vec<f64> = inside
        .split([',', ' ', '/'])
        .filter(|word| !word.is_empty())
        .map(numbers::read)
        .collect::<Option<_>>()?;
    let channel = |i: usize| Some(numbers.get(i)?.clamp(0.0, 255.0) as u8);
    let opaque = numbers.get(3).is_none_or(|&alpha| alpha >= 1.0);
    opaque.then_some(RGBColor(channel(0)?, channel(1)?, channel(2)?))
}

/// How light a colour is, from 0 to 1. Squares stand in for the exact curve of sRGB: near enough
/// to tell light from dark.
fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
    let linear = |channel: u8| (f64::from(channel) / 255.0) * (f64::from(channel) / 255.0);
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of WCAG 2, with the exact curve of sRGB.
    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let light = |RGBColor(r, g, b): RGBColor| {
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05
        };
        let (a, b) = (light(a), light(b));
        a.max(b) / a.min(b)
    }

    #[test]
    fn all_words_can_be_read() {
        use Role::*;
        for palette in [Palette::of(Theme::Light), Palette::of(Theme::Dark)] {
            for role in [Train, Test, Theory, Average, Member, Positive, Negative, Neutral] {
                let contrast = contrast(palette.words(role), palette.background);
                assert!(contrast >= 4.5, "{role:?} on {:?}: {contrast}", palette.background);
            }
            for tie in palette.ties {
                let contrast = contrast(tie, palette.background);
                assert!(contrast >= 4.5, "{tie:?} on {:?}: {contrast}", palette.background);
            }
        }
    }

    /// What is left of a colour where red and green are not told apart: protanopia, deuteranopia
    /// (Machado, Oliveira and Fernandes, 2009). A power stands in for the curve of sRGB.
    fn seen(RGBColor(r, g, b): RGBColor, kind: [[f64; 3]; 3]) -> [f64; 3] {
        let linear = [r, g, b].map(|channel| (f64::from(channel) / 255.0).powf(2.2));
        kind.map(|row| {
            let sum: f64 = row.iter().zip(linear).map(|(part, channel)| part * channel).sum();
            255.0 * sum.clamp(0.0, 1.0).powf(1.0 / 2.2)
        })
    }

    #[test]
    fn tied_weights_are_told_apart_without_red_and_green() {
        let protan = [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]];
        let deutan = [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]];
        for (palette, kind) in [Theme::Light, Theme::Dark]
            .into_iter()
            .flat_map(|theme| [protan, deutan].map(|kind| (Palette::of(theme), kind)))
        {
            for (i, a) in palette.ties.iter().enumerate() {
                for b in &palette.ties[..i] {
                    let pairs = seen(*a, kind).into_iter().zip(seen(*b, kind));
                    let apart = pairs.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(apart > 40.0, "{a:?} and {b:?}: {apart}");
                }
            }
        }
    }

    #[test]
    fn light_ink_means_a_dark_page() {
        assert_eq!(Theme::of_ink("rgb(27, 31, 36)"), Theme::Light);
        assert_eq!(Theme::of_ink("rgb(232, 234, 237)"), Theme::Dark);
        assert_eq!(Theme::of_ink("rgba(232, 234, 237, 1)"), Theme::Dark);
        assert_eq!(Theme::of_ink(""), Theme::Light);
        assert_eq!(Theme::of_ink("rgb(none, 1, 2)"), Theme::Light);
    }

    #[test]
    fn a_transparent_ground_is_no_ground() {
        let palette = Palette::of(Theme::Dark);
        assert_eq!(palette.clone().on("rgba(0, 0, 0, 0)"), palette);
        assert_eq!(palette.on("rgb(1, 2, 3)").background, RGBColor(1, 2, 3));
    }

    #[test]
    fn the_middle_of_a_map_is_the_ground() {
        let palette = Palette::of(Theme::Light);
        assert_eq!(palette.diverging(0.5), palette.background);
        assert_eq!(palette.diverging(f64::NAN), palette.background);
        assert_eq!(palette.diverging(1e300), palette.diverging(1.0));
        assert_eq!(palette.grey(palette.background, 1.0), palette.ink);
    }
}
