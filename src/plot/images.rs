//! Small images in a grid, their captions under them.

use super::geometry::{Area, Rect};
use super::palette::Palette;
use super::pen::Pen;
use super::surface::Raster;
use super::text::{LINE, Type, shortened};
use crate::error::Result;
use crate::figure::{Image, Images};

/// Between two images, at least.
const GAP: f64 = 8.0;

/// The largest an image is drawn, by its longer side; a strip of images side by side, by its height.
const LARGEST: f64 = 120.0;

/// How many times as wide as high a strip is, at least.
const STRIP: f64 = 4.0;

/// Draws as many columns of images as make them largest.
pub(super) fn draw(pen: &Pen, images: &Images) -> Result<()> {
    let page = pen.page();
    let Some(grid) = Grid::of(images, &page) else { return Ok(()) };
    let signed = is_signed(images);
    for (i, image) in images.items.iter().enumerate() {
        let place = grid.place(i, &page);
        if image.pixels.len() >= images.width * images.height {
            pen.raster(&place, raster(images, image, signed, pen.palette))?;
        }
        let kind = Type::new(pen.palette.words(image.role)).centred();
        let room = grid.cell.0 - 4.0;
        let caption = shortened(&image.caption, room, |text| pen.width(text, &kind));
        pen.text(&caption, (place.centre().0, place.bottom + LINE / 2.0 + 2.0), &kind)?;
    }
    Ok(())
}

/// Where an image of the grid is.
pub(super) fn area(pen: &Pen, images: &Images, index: usize) -> Option<Area> {
    let page = pen.page();
    let grid = Grid::of(images, &page).filter(|_| index < images.items.len())?;
    Some(Area::item(grid.place(index, &page), (images.width, images.height)))
}

/// All pixels of the first image.
pub(super) fn cells(pen: &Pen, images: &Images) -> Option<Area> {
    let Area { rect, .. } = area(pen, images, 0)?;
    Some(Area::cells(rect, images.width, images.height))
}

/// Whether pixels are weights, with a colour for each sign, rather than ink.
fn is_signed(images: &Images) -> bool {
    images.items.iter().any(|image| image.pixels.iter().any(|&pixel| pixel < 0.0))
}

fn raster(images: &Images, image: &Image, signed: bool, palette: &Palette) -> Raster {
    let pixels = image.pixels.iter().take(images.width * images.height);
    // An ink that is not a number is no ink.
    let ink = |pixel: f64| palette.grey(if pixel.is_nan() { 0.0 } else { pixel });
    let weight = |pixel: f64| palette.diverging((pixel + 1.0) / 2.0);
    let colours = pixels.map(|&pixel| if signed { weight(pixel) } else { ink(pixel) }).collect();
    Raster { columns: images.width, rows: images.height, smooth: false, colours }
}

/// How images are laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grid {
    columns: usize,
    /// The size of an image and the room around it.
    cell: (f64, f64),
    /// The size of an image.
    image: (f64, f64),
}

impl Grid {
    /// The grid whose images are largest; none where there is nothing to show or no room.
    fn of(images: &Images, page: &Rect) -> Option<Self> {
        let count = images.items.len();
        let grids = (1..=count).filter_map(|columns| Grid::with(columns, images, page));
        let best = |a: Grid, b: Grid| if b.image.0 >= a.image.0 { b } else { a };
        let widest = grids.reduce(best).filter(|_| images.width > 0 && images.height > 0)?;
        // As many in each row as that takes rows: three and three rather than four and two.
        Grid::with(count.div_ceil(count.div_ceil(widest.columns)), images, page)
    }

    /// The grid of so many columns, if its images are to be seen at all.
    fn with(columns: usize, images: &Images, page: &Rect) -> Option<Self> {
        let rows = images.items.len().div_ceil(columns);
        let cell = (page.width() / columns as f64, page.height() / rows as f64);
        let (width, height) = (images.width as f64, images.height as f64);
        let under =
            if images.items.iter().all(|i| i.caption.is_empty()) { 0.0 } else { LINE + 2.0 };
        let room = ((cell.0 - GAP) / width).min((cell.1 - GAP - under) / height);
        let side = if width >= STRIP * height { height } else { width.max(height) };
        let pixel = whole(room.min(LARGEST / side));
        let cell = (cell.0.min(2.0 * pixel * width + GAP), pixel * height + GAP + under);
        let image = (pixel * width, pixel * height);
        (pixel > 0.0).then_some(Grid { columns, cell, image })
    }

    /// Where an image goes: its upper left corner on a whole pixel, where its edges are sharp.
    fn place(&self, index: usize, page: &Rect) -> Rect {
        let (column, row) = (index % self.columns, index / self.columns);
        let left = page.left + column as f64 * self.cell.0;
        let left = (left + (self.cell.0 - self.image.0) / 2.0).round();
        let top = (page.top + row as f64 * self.cell.1 + GAP / 2.0).round();
        Rect { left, top, right: left + self.image.0, bottom: top + self.image.1 }
    }
}

/// The size of a pixel, a whole number where it is at least 2, and else so many halves.
fn whole(pixel: f64) -> f64 {
    if pixel >= 2.0 { pixel.floor() } else { (pixel * 2.0).floor() / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Role;

    fn digits(count: usize) -> Images {
        let image =
            Image { pixels: vec![0.0; 64], caption: "8 ← 3".to_string(), role: Role::Test };
        Images { width: 8, height: 8, items: vec![image; count] }
    }

    fn page(right: f64, bottom: f64) -> Rect {
        Rect { left: 0.0, top: 0.0, right, bottom }
    }

    #[test]
    fn six_digits_take_three_columns() {
        let grid = Grid::of(&digits(6), &page(330.0, 220.0)).unwrap();
        assert_eq!((grid.columns, grid.image), (3, (80.0, 80.0)));
    }

    #[test]
    fn strips_take_the_width_of_the_page() {
        let strips = Images { width: 78, ..digits(5) };
        let grid = Grid::of(&strips, &page(560.0, 420.0)).unwrap();
        assert_eq!((grid.columns, grid.image), (1, (546.0, 56.0)));
    }

    #[test]
    fn images_stay_on_the_page_and_apart() {
        for (width, height) in [(320.0, 200.0), (560.0, 300.0), (1100.0, 500.0), (90.0, 60.0)] {
            for count in 1..=24 {
                let page = page(width, height);
                let Some(grid) = Grid::of(&digits(count), &page) else { continue };
                let places: Vec<Rect> = (0..count).map(|i| grid.place(i, &page)).collect();
                for (i, place) in places.iter().enumerate() {
                    let caption = Rect { bottom: place.bottom + LINE, ..*place };
                    assert!(caption.right <= width && caption.bottom <= height, "{caption:?}");
                    assert!(places[i + 1..].iter().all(|other| caption.overlap(other) == 0.0));
                }
            }
        }
    }

    #[test]
    fn a_negative_pixel_anywhere_makes_all_of_them_weights() {
        let palette = Palette::of(crate::plot::palette::Theme::Light);
        let mut images = digits(2);
        images.items[0].pixels[0] = 1.0;
        let first = |images: &Images| {
            raster(images, &images.items[0], is_signed(images), &palette).colours[0]
        };
        assert_eq!(first(&images), palette.grey(1.0));
        images.items[1].pixels[5] = -0.5;
        assert_eq!(first(&images), palette.diverging(1.0));
    }

    #[test]
    fn nothing_to_show_has_no_grid() {
        assert_eq!(Grid::of(&digits(0), &page(300.0, 200.0)), None);
        assert_eq!(Grid::of(&digits(3), &page(3.0, 2.0)), None);
        let flat = Images { width: 0, ..digits(2) };
        assert_eq!(Grid::of(&flat, &page(300.0, 200.0)), None);
    }
}
