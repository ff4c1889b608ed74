//! The drawing surface: shapes and text to SVG, SVG to PNG.
//!
//! The SVG backend rounds to whole units, so that everything is drawn on a
//! grid four times as fine as the size of the picture; the view box undoes it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBColor, TextStyle, register_font,
};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, ID};
use resvg::usvg::{FallbackSelectionFn, FontResolver, FontSelectionFn, Options, Tree};

use super::ChartError;
use super::theme::{PAPER, clean};

/// Units of the drawing grid in a user pixel.
const FINE: f64 = 4.0;
/// Image pixels in a user pixel.
const PNG_SCALE: f64 = 2.0;
/// Longest side of a PNG in pixels; larger pictures are scaled down.
const PNG_LIMIT: f64 = 6000.0;
/// The backend divides font sizes by this number.
const FONT_RATIO: f64 = 1.24;
/// Ascent plus descent of the embedded font, in em: what measuring takes for
/// the font size.
const FONT_EXTENT: f64 = 2384.0 / 2048.0;

/// Whether the embedded fonts could be registered for measuring.
static MEASURE: LazyLock<bool> = LazyLock::new(|| {
    register_font("sans-serif", FontStyle::Normal, dejavu::sans::regular()).is_ok()
        && register_font("sans-serif", FontStyle::Bold, dejavu::sans::bold()).is_ok()
});

/// The embedded fonts alone.
static EMBEDDED: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    fonts.set_serif_family("DejaVu Sans");
    Arc::new(fonts)
});

/// The embedded fonts, with the same identifiers, and those of the system
/// behind them.
static WITH_SYSTEM: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::clone(&EMBEDDED);
    fonts.load_system_fonts();
    Arc::new(fonts)
});

/// Where a text stands in relation to its point, horizontally; vertically it
/// is always centred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// Size, weight and colour of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    size: f64,
    bold: bool,
    colour: RGBColor,
}

/// Regular type of a size and colour.
pub(crate) fn regular(size: f64, colour: RGBColor) -> Type {
    Type { size, bold: false, colour }
}

/// Bold type of a size and colour.
pub(crate) fn bold(size: f64, colour: RGBColor) -> Type {
    Type { size, bold: true, colour }
}

/// Whether a character takes about a whole em.
fn wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Width of a text in user pixels: measured with the embedded font, estimated
/// for characters it lacks.
pub(crate) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let broad = text.chars().filter(|c| wide(*c)).count() as f64 * 1.02 * size;
    let narrow: String = text.chars().filter(|c| !wide(*c)).collect();
    // Measured large: the result comes in whole pixels.
    let measured = if *MEASURE {
        font(size * FINE * 8.0, bold)
            .layout_box(&narrow)
            .ok()
            .map(|((left, _), (right, _))| f64::from(right - left))
    } else {
        None
    };
    let plain = measured
        .map_or(0.65 * size * narrow.chars().count() as f64, |width| width * FONT_EXTENT / (FINE * 8.0));
    plain + broad
}

fn font(size: f64, bold: bool) -> FontDesc<'static> {
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    FontDesc::new(FontFamily::SansSerif, size, style)
}

/// A surface to draw on, in user pixels from the upper left corner. The first
/// failure is kept and reported by [`paint`].
pub(crate) struct Canvas<'a> {
    backend: SVGBackend<'a>,
    failure: Option<ChartError>,
}

fn grid(value: f64) -> i32 {
    (value * FINE).round() as i32
}

fn point((x, y): (f64, f64)) -> (i32, i32) {
    (grid(x), grid(y))
}

impl Canvas<'_> {
    fn check<E: std::fmt::Display>(&mut self, result: Result<(), E>) {
        if let (Err(error), None) = (result, &self.failure) {
            self.failure = Some(ChartError::Draw(error.to_string()));
        }
    }

    /// A straight line.
    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: RGBColor, width: f64) {
        let style = ink.stroke_width(((width * FINE).round() as u32).max(1));
        let result = self.backend.draw_line(point(from), point(to), &style);
        self.check(result);
    }

    /// A line through points.
    pub(crate) fn path(&mut self, points: &[(f64, f64)], ink: RGBColor, width: f64) {
        let style = ink.stroke_width(((width * FINE).round() as u32).max(1));
        let points = points.iter().copied().map(point);
        let result = self.backend.draw_path(points, &style);
        self.check(result);
    }

    /// A filled polygon.
    pub(crate) fn polygon(&mut self, points: &[(f64, f64)], ink: RGBColor) {
        let points = points.iter().copied().map(point);
        let result = self.backend.fill_polygon(points, &ink.filled());
        self.check(result);
    }

    /// A filled rectangle.
    pub(crate) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, ink: RGBColor) {
        let result = self.backend.draw_rect(
            point((x, y)),
            point((x + width.max(0.0), y + height.max(0.0))),
            &ink.filled(),
            true,
        );
        self.check(result);
    }

    /// A filled circle.
    pub(crate) fn dot(&mut self, x: f64, y: f64, radius: f64, ink: RGBColor) {
        let radius = (radius * FINE).round() as u32;
        let result = self.backend.draw_circle(point((x, y)), radius, &ink.filled(), true);
        self.check(result);
    }

    /// A line of text.
    pub(crate) fn text(&mut self, x: f64, y: f64, text: &str, kind: Type, anchor: Anchor) {
        self.write(x, y, text, kind, anchor, FontTransform::None);
    }

    /// A line of text that runs upwards.
    pub(crate) fn upward(&mut self, x: f64, y: f64, text: &str, kind: Type, anchor: Anchor) {
        self.write(x, y, text, kind, anchor, FontTransform::Rotate270);
    }

    fn write(&mut self, x: f64, y: f64, text: &str, kind: Type, anchor: Anchor, transform: FontTransform) {
        let text = clean(text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let horizontal = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = TextStyle::from(font(kind.size * FINE * FONT_RATIO, kind.bold))
            .transform(transform)
            .color(&kind.colour)
            .pos(Pos::new(horizontal, VPos::Center));
        let result = self.backend.draw_text(text, &style, point((x, y)));
        self.check(result);
    }
}

/// Draws a picture of a size in user pixels. `label` describes it for
/// readers that cannot see it.
pub(crate) fn paint(
    (width, height): (f64, f64),
    label: &str,
    picture: impl FnOnce(&mut Canvas),
) -> Result<String, ChartError> {
    if !*MEASURE {
        return Err(ChartError::Draw("the embedded font is not readable".into()));
    }
    let (width, height) = (width.ceil(), height.ceil());
    let fine = (grid(width).unsigned_abs(), grid(height).unsigned_abs());
    let mut drawn = String::new();
    let mut canvas = Canvas { backend: SVGBackend::with_string(&mut drawn, fine), failure: None };
    canvas.rect(0.0, 0.0, width, height, PAPER);
    picture(&mut canvas);
    let result = canvas.backend.present();
    canvas.check(result);
    if let Some(error) = canvas.failure.take() {
        return Err(error);
    }
    drop(canvas);
    // The backend's own head knows only one size; names are escaped, so that
    // the attribute dropped here cannot be part of one.
    let body = drawn.split_once('>').map_or("", |(_, body)| body);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\" stroke-linejoin=\"round\" role=\"img\" aria-label=\"{}\">{}",
        fine.0,
        fine.1,
        escape(&clean(label)),
        body.replace(" opacity=\"1\"", "")
    ))
}

/// `text` as it may stand in an attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

/// The choice of a font for a text: always one of the embedded, whatever the
/// settings of the system say about `sans-serif`.
fn selection() -> FontSelectionFn<'static> {
    let search = FontResolver::default_font_selector();
    Box::new(move |font, _| search(font, &mut Arc::clone(&EMBEDDED)))
}

/// Fonts found for a character, by the fonts that were tried before.
type Found = BTreeMap<(char, Vec<ID>), Option<ID>>;

/// The usual choice of a font for characters the embedded one lacks, but the
/// fonts of the system, slow to load, are loaded only when it is needed, and
/// nothing is searched for twice.
fn fallback() -> FallbackSelectionFn<'static> {
    static FOUND: Mutex<Found> = Mutex::new(BTreeMap::new());
    let search = FontResolver::default_fallback_selector();
    Box::new(move |c, tried, fonts| {
        if fonts.len() < WITH_SYSTEM.len() {
            *fonts = Arc::clone(&WITH_SYSTEM);
        }
        let key = (c, tried.to_vec());
        if let Ok(found) = FOUND.lock()
            && let Some(font) = found.get(&key)
        {
            return *font;
        }
        let font = search(c, tried, fonts);
        if let Ok(mut found) = FOUND.lock() {
            found.insert(key, font);
        }
        font
    })
}

/// Turns the SVG of a chart into a PNG with two pixels for each pixel of the
/// SVG, on white. Text is set in the embedded DejaVu Sans; only when a
/// character is missing there are the fonts of the system consulted, and what
/// they lack too is drawn as an empty box.
///
/// # Errors
///
/// When `svg` is not an SVG document or too large for an image.
pub fn png(svg: &str) -> Result<Vec<u8>, ChartError> {
    let options = Options {
        fontdb: Arc::clone(&EMBEDDED),
        font_resolver: FontResolver { select_font: selection(), select_fallback: fallback() },
        font_family: "DejaVu Sans".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|e| ChartError::Image(e.to_string()))?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let scale = PNG_SCALE.min(PNG_LIMIT / width.max(height));
    let mut image =
        Pixmap::new(((width * scale).round() as u32).max(1), ((height * scale).round() as u32).max(1))
            .ok_or_else(|| ChartError::Image("its size is not possible".into()))?;
    image.fill(resvg::tiny_skia::Color::WHITE);
    let transform = Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, transform, &mut image.as_mut());
    drop(tree);
    encode(image).map_err(|e| ChartError::Image(e.to_string()))
}

/// An opaque image as PNG without an alpha channel, compressed fast rather than small: the encoder of the
/// image library took longer than drawing.
fn encode(image: Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width(), image.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&without_alpha(image.take()))?;
    writer.finish()?;
    Ok(bytes)
}

/// Red, green and blue of pixels of four bytes, in their place.
fn without_alpha(mut pixels: Vec<u8>) -> Vec<u8> {
    let whole = pixels.len() / 4;
    // Four pixels at a time are four words and become three.
    let mut done = 0;
    while let Some(four) = pixels[4 * done..].first_chunk::<16>() {
        let word = |at: usize| u32::from_le_bytes([four[at], four[at + 1], four[at + 2], 0]);
        let [a, b, c, d] = [word(0), word(4), word(8), word(12)];
        let packed =
            u128::from(a | b << 24) | u128::from(b >> 8 | c << 16) << 32 | u128::from(c >> 16 | d << 8) << 64;
        pixels[3 * done..3 * done + 12].copy_from_slice(&packed.to_le_bytes()[..12]);
        done += 4;
    }
    for pixel in done..whole {
        pixels.copy_within(4 * pixel..4 * pixel + 3, 3 * pixel);
    }
    pixels.truncate(3 * whole);
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_lose_their_alpha_in_place() {
        for length in 0..40_u8 {
            let pixels: Vec<u8> = (0..length).flat_map(|at| [at, at + 50, at + 100, 255]).collect();
            let colours: Vec<u8> = (0..length).flat_map(|at| [at, at + 50, at + 100]).collect();
            assert_eq!(without_alpha(pixels), colours);
        }
    }
}
