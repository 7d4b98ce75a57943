//! Small images in a grid, their captions under them.

use super::geometry::{Area, Rect};
use super::palette::{Palette, blend};
use super::pen::{Pen, Stroke};
use super::surface::Raster;
use super::text::{LINE, Type, shortened};
use crate::error::Result;
use crate::figure::{Image, Images};

/// Between two images, at least; and where there are as many as that, without captions.
const GAP: f64 = 8.0;
const CLOSE: f64 = 4.0;
const MANY: usize = 40;
/// So many images are few: of their captions what there is room for is written.
const FEW: usize = 12;

/// How large a pixel is to be, at least: where captions make it smaller, they are left out.
const SEEN: f64 = 2.0;

/// How much of its role's hue the ground of an image has that stands out.
const TINT: f64 = 0.55;

/// The largest an image is drawn, by its longer side; a strip of images side by side, by its height.
const LARGEST: f64 = 120.0;

/// How many times as wide as high a strip is, at least.
const STRIP: f64 = 4.0;

/// Draws as many columns of images as make them largest.
pub(super) fn draw(pen: &Pen, images: &Images) -> Result<()> {
    let page = pen.page();
    let Some(grid) = Grid::of(pen, images) else { return Ok(()) };
    let signed = is_signed(images);
    for (row, words) in images.rows.iter().enumerate().take(grid.rows(images)) {
        let y = page.top + row as f64 * grid.cell.1 + LINE / 2.0 + 1.0;
        let kind = Type::new(pen.palette.muted);
        let words = shortened(words, page.width(), |text| pen.width(text, &kind));
        pen.text(&words, (page.left, y), &kind)?;
    }
    for (i, image) in images.items.iter().enumerate() {
        let place = grid.place(i, &page);
        if image.pixels.len() >= images.width * images.height {
            pen.raster(&place, raster(images, image, signed, pen.palette))?;
        }
        if !images.rows.is_empty() {
            // Of weights that are all 0 it is seen where they are.
            outline(pen, place.grown(0.5), &Stroke::new(pen.palette.grid, 1.0))?;
        }
        over(pen, image, &place)?;
        if !grid.captions {
            continue;
        }
        let kind = Type::new(pen.palette.words(image.role)).centred();
        let caption = shortened(&image.caption, grid.caption_room(), |text| pen.width(text, &kind));
        pen.text(&caption, (place.centre().0, place.bottom + LINE / 2.0 + 2.0), &kind)?;
    }
    Ok(())
}

/// Where an image of the grid is.
pub(super) fn area(pen: &Pen, images: &Images, index: usize) -> Option<Area> {
    let page = pen.page();
    let grid = Grid::of(pen, images).filter(|_| index < images.items.len())?;
    Some(Area::item(grid.place(index, &page), (images.width, images.height)))
}

/// All places of the grid; all pixels of an only image.
pub(super) fn cells(pen: &Pen, images: &Images) -> Option<Area> {
    if let [_] = images.items[..] {
        let Area { rect, .. } = area(pen, images, 0)?;
        return Some(Area::cells(rect, images.width, images.height));
    }
    let page = pen.page();
    let grid = Grid::of(pen, images)?;
    let (columns, rows) = (grid.columns, grid.rows(images));
    let (right, bottom) = (grid.cell.0 * columns as f64, grid.cell.1 * rows as f64);
    Some(Area::cells(Rect { right, bottom, ..page }, columns, rows))
}

/// What is drawn over an image: a cross, a ring.
fn over(pen: &Pen, image: &Image, place: &Rect) -> Result<()> {
    let Rect { left, top, right, bottom } = *place;
    if image.crossed {
        let stroke = Stroke::new(pen.palette.pale, 1.5);
        pen.path(&[(left, top), (right, bottom)], &stroke)?;
        pen.path(&[(left, bottom), (right, top)], &stroke)?;
    }
    if image.ringed {
        outline(pen, place.grown(1.5), &Stroke::new(pen.palette.ink, 2.0))?;
    }
    Ok(())
}

fn outline(pen: &Pen, Rect { left, top, right, bottom }: Rect, stroke: &Stroke) -> Result<()> {
    let [a, b, c, d] = [(left, top), (right, top), (right, bottom), (left, bottom)];
    pen.path(&[a, b, c, d, a, b], stroke)
}

/// Whether pixels are weights, with a colour for each sign, rather than ink.
fn is_signed(images: &Images) -> bool {
    images.signed || images.items.iter().any(|image| image.pixels.iter().any(|&pixel| pixel < 0.0))
}

fn raster(images: &Images, image: &Image, signed: bool, palette: &Palette) -> Raster {
    let pixels = image.pixels.iter().take(images.width * images.height);
    let tint = if image.lit { TINT } else { 0.0 };
    let ground = blend(palette.background, palette.mark(image.role), tint);
    // An ink that is not a number is no ink.
    let ink = |pixel: f64| palette.grey(ground, if pixel.is_nan() { 0.0 } else { pixel });
    let weight = |pixel: f64| palette.diverging((pixel + 1.0) / 2.0);
    let colours = pixels.map(|&pixel| if signed { weight(pixel) } else { ink(pixel) }).collect();
    Raster { columns: images.width, rows: images.height, smooth: false, colours }
}

/// How images are laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grid {
    columns: usize,
    /// Whether captions are written.
    captions: bool,
    /// The height of what stands above a row.
    above: f64,
    /// Between two images, at least.
    gap: f64,
    /// The size of an image and the room around it.
    cell: (f64, f64),
    /// The size of an image.
    image: (f64, f64),
}

impl Grid {
    /// The grid whose images are largest; none where there is nothing to show or no room. Where there are
    /// many and no caption has room for all of its words, they have none: beginnings alone say nothing.
    fn of(pen: &Pen, images: &Images) -> Option<Self> {
        let kind = Type::new(pen.palette.muted);
        let width = |image: &Image| pen.width(&image.caption, &kind);
        let shortest = images.items.iter().map(width).fold(f64::INFINITY, f64::min);
        Grid::with_captions(images, &pen.page(), shortest)
    }

    /// As [`Grid::of`], for captions of which the shortest is so wide.
    fn with_captions(images: &Images, page: &Rect, shortest: f64) -> Option<Self> {
        let count = images.items.len();
        if count == 0 || images.width == 0 || images.height == 0 {
            return None;
        }
        let captioned = images.items.iter().any(|image| !image.caption.is_empty());
        let grid = Grid::largest(captioned, images, page);
        let large = |grid: &Grid| grid.image.0 >= SEEN * images.width as f64;
        let told = |grid: &Grid| count < FEW || grid.caption_room() >= shortest;
        if captioned && !grid.as_ref().is_some_and(|grid| large(grid) && told(grid)) {
            return Grid::largest(false, images, page).or(grid);
        }
        grid
    }

    /// The grid whose images are largest, with captions or without.
    fn largest(captions: bool, images: &Images, page: &Rect) -> Option<Self> {
        let count = images.items.len();
        if !images.rows.is_empty() {
            return Grid::with(count.div_ceil(images.rows.len()), captions, images, page);
        }
        let grids = (1..=count).filter_map(|columns| Grid::with(columns, captions, images, page));
        let best = |a: Grid, b: Grid| if b.image.0 >= a.image.0 { b } else { a };
        let widest = grids.reduce(best)?;
        // As many in each row as that takes rows: three and three rather than four and two.
        Grid::with(count.div_ceil(count.div_ceil(widest.columns)), captions, images, page)
    }

    /// The grid of so many columns, if its images are to be seen at all.
    fn with(columns: usize, captions: bool, images: &Images, page: &Rect) -> Option<Self> {
        let rows = images.items.len().div_ceil(columns);
        let cell = (page.width() / columns as f64, page.height() / rows as f64);
        let (width, height) = (images.width as f64, images.height as f64);
        let under = if captions { LINE + 2.0 } else { 0.0 };
        let above = if images.rows.is_empty() { 0.0 } else { LINE };
        let gap = if captions || images.items.len() < MANY { GAP } else { CLOSE };
        let room = ((cell.0 - gap) / width).min((cell.1 - gap - under - above) / height);
        let side = if width >= STRIP * height { height } else { width.max(height) };
        let pixel = whole(room.min(LARGEST / side));
        let cell = (cell.0.min(2.0 * pixel * width + gap), pixel * height + gap + under + above);
        let image = (pixel * width, pixel * height);
        (pixel > 0.0).then_some(Grid { columns, captions, above, gap, cell, image })
    }

    /// The room for a caption.
    fn caption_room(&self) -> f64 {
        self.cell.0 - 4.0
    }

    /// How many rows there are.
    fn rows(&self, images: &Images) -> usize {
        images.items.len().div_ceil(self.columns)
    }

    /// Where an image goes: its upper left corner on a whole pixel, where its edges are sharp.
    fn place(&self, index: usize, page: &Rect) -> Rect {
        let (column, row) = (index % self.columns, index / self.columns);
        let left = page.left + column as f64 * self.cell.0;
        let left = (left + (self.cell.0 - self.image.0) / 2.0).round();
        let top = (page.top + row as f64 * self.cell.1 + self.above + self.gap / 2.0).round();
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
        Images::new((8, 8), vec![Image::new(vec![0.0; 64], "8 ← 3", Role::Test); count])
    }

    fn page(right: f64, bottom: f64) -> Rect {
        Rect { left: 0.0, top: 0.0, right, bottom }
    }

    #[test]
    fn six_digits_take_three_columns() {
        let grid = Grid::with_captions(&digits(6), &page(330.0, 220.0), 0.0).unwrap();
        assert_eq!((grid.columns, grid.image), (3, (80.0, 80.0)));
    }

    #[test]
    fn strips_take_the_width_of_the_page() {
        let strips = Images { width: 78, ..digits(5) };
        let grid = Grid::with_captions(&strips, &page(560.0, 420.0), 0.0).unwrap();
        assert_eq!((grid.columns, grid.image), (1, (546.0, 56.0)));
    }

    #[test]
    fn where_captions_would_make_images_too_small_to_be_seen_they_are_left_out() {
        let page = page(240.0, 205.0);
        let few = Grid::with_captions(&digits(15), &page, 0.0).unwrap();
        assert_eq!((few.captions, few.image), (true, (40.0, 40.0)));
        let many = Grid::with_captions(&digits(90), &page, 0.0).unwrap();
        assert_eq!((many.captions, many.image), (false, (16.0, 16.0)));
    }

    #[test]
    fn rows_that_mean_something_are_kept_and_have_room_for_their_words() {
        let images = digits(18).in_rows(vec!["one".to_string(), "two".to_string()]);
        for size in [(505.0, 205.0), (330.0, 220.0), (900.0, 300.0)] {
            let page = page(size.0, size.1);
            let grid = Grid::with_captions(&images, &page, 0.0).unwrap();
            assert_eq!((grid.columns, grid.rows(&images)), (9, 2));
            assert!(grid.place(9, &page).top >= grid.place(0, &page).bottom + 2.0 * LINE);
            assert!(grid.place(17, &page).bottom + LINE <= size.1);
        }
    }

    #[test]
    fn images_stay_on_the_page_and_apart() {
        for (width, height) in [(320.0, 200.0), (560.0, 300.0), (1100.0, 500.0), (90.0, 60.0)] {
            for count in 1..=24 {
                let page = page(width, height);
                let Some(grid) = Grid::with_captions(&digits(count), &page, 0.0) else { continue };
                let places: Vec<Rect> = (0..count).map(|i| grid.place(i, &page)).collect();
                for (i, place) in places.iter().enumerate() {
                    let under = if grid.captions { LINE } else { 0.0 };
                    let caption = Rect { bottom: place.bottom + under, ..*place };
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
        assert_eq!(first(&images), palette.grey(palette.background, 1.0));
        images.items[1].pixels[5] = -0.5;
        assert_eq!(first(&images), palette.diverging(1.0));
    }

    #[test]
    fn nothing_to_show_has_no_grid() {
        assert_eq!(Grid::with_captions(&digits(0), &page(300.0, 200.0), 0.0), None);
        assert_eq!(Grid::with_captions(&digits(3), &page(3.0, 2.0), 0.0), None);
        let flat = Images { width: 0, ..digits(2) };
        assert_eq!(Grid::with_captions(&flat, &page(300.0, 200.0), 0.0), None);
    }

    #[test]
    fn many_images_have_whole_captions_or_none() {
        let captions = |count, shortest| {
            Grid::with_captions(&digits(count), &page(400.0, 220.0), shortest).unwrap().captions
        };
        assert!(captions(15, 20.0) && !captions(15, 300.0));
        assert!(captions(4, 300.0), "of a few the beginnings stand");
    }
}
