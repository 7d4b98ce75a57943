//! A figure as data, in JSON, as the page hands it back to be drawn, read and written out.

use regularization_playground::figure::{Earlier, Figure, csv, table, with_earlier};
use regularization_playground::plot::{grips, readout, svg};

/// A picture's size in pixels: small, since most of the time of a case is spent drawing.
const SIZE: (u32, u32) = (240, 160);

/// Holds that whatever a figure says can be drawn.
pub fn check(input: &[u8]) {
    let Ok(figure) = serde_json::from_slice::<Figure>(input) else { return };
    show(&figure);
    let earlier = || Earlier { name: "p = 0.9".to_string(), figure: figure.clone() };
    show(&with_earlier(figure.clone(), vec![earlier(), earlier()]));
}

/// Draws a figure, writes it out and reads it.
pub fn show(figure: &Figure) {
    let (width, height) = SIZE;
    let picture = svg(figure, width, height);
    assert!(picture.trim_end().ends_with("</svg>"));
    for number in ["NaN", "-NaN", "inf", "-inf"] {
        assert!(!picture.contains(&format!("=\"{number}")), "{number} in {picture}");
    }
    table(figure);
    assert!(csv(figure).ends_with('\n'));
    grips(figure, width, height);
    for share in [0.0, 0.3, 0.5, 0.9] {
        readout(figure, width, height, (share * f64::from(width), 0.5 * f64::from(height)));
    }
}
