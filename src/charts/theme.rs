//! The look of the charts: sizes, colours, number format, ticks and labels.
//!
//! All sizes are in user pixels; a PNG holds two image pixels for each.

use plotters::style::RGBColor;

use super::render::text_width;

/// Width of a chart that needs no more.
pub(crate) const WIDTH: f64 = 960.0;
/// Outer margin on the left and on the right.
pub(crate) const MARGIN: f64 = 28.0;
/// Upper limit of what may lie between head and foot of a chart.
pub(crate) const MAX_BODY: f64 = 2700.0;
/// The most texts that get a row or panel of their own.
pub(crate) const MAX_ROWS: usize = 120;
/// The most texts that get a thin line of their own in a common panel.
pub(crate) const MAX_LINES: usize = 300;
/// The most groups told apart by colour.
pub(crate) const MAX_COLOURS: usize = 8;

/// Font size of the title.
pub(crate) const TITLE: f64 = 18.0;
/// Font size of the subtitle and of legends.
pub(crate) const SUBTITLE: f64 = 12.0;
/// Font size of labels and axis titles.
pub(crate) const LABEL: f64 = 11.0;
/// Font size of tick labels, notes and the footer.
pub(crate) const SMALL: f64 = 10.0;

/// Background.
pub(crate) const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Titles, labels and the line of the whole corpus.
pub(crate) const INK: RGBColor = RGBColor(28, 32, 36);
/// Subtitles, tick labels, footer.
pub(crate) const MUTED: RGBColor = RGBColor(84, 92, 100);
/// Axis lines.
pub(crate) const AXIS: RGBColor = RGBColor(140, 148, 156);
/// Grid lines.
pub(crate) const GRID: RGBColor = RGBColor(228, 231, 234);
/// Lines of texts that are not told apart by colour.
pub(crate) const PLAIN: RGBColor = RGBColor(168, 174, 180);
/// Marks of texts where there is only one series.
pub(crate) const SERIES: RGBColor = RGBColor(0, 114, 178);
/// Background of passages that are mostly quotation.
pub(crate) const TINT: RGBColor = RGBColor(250, 232, 190);
/// Where the curves of most texts run.
pub(crate) const BAND: RGBColor = RGBColor(226, 236, 246);
/// Where the curves of half of the texts run.
pub(crate) const BAND_CORE: RGBColor = RGBColor(176, 205, 230);
/// Lines of the hatching of cells without a value.
pub(crate) const HATCH: RGBColor = RGBColor(176, 182, 188);

/// Colours of groups, after Okabe and Ito and Tol: told apart by readers with
/// colour-vision deficiencies, neighbours differ in lightness.
pub(crate) const CATEGORIES: [RGBColor; MAX_COLOURS] = [
    RGBColor(0, 114, 178),
    RGBColor(224, 149, 0),
    RGBColor(136, 34, 85),
    RGBColor(0, 158, 115),
    RGBColor(51, 34, 136),
    RGBColor(80, 172, 226),
    RGBColor(206, 86, 0),
    RGBColor(200, 112, 160),
];

/// Stops of the sequential scale, light to dark, falling steadily in luminance.
const SEQUENTIAL: [RGBColor; 9] = [
    RGBColor(253, 253, 226),
    RGBColor(237, 248, 190),
    RGBColor(199, 233, 180),
    RGBColor(127, 205, 187),
    RGBColor(65, 182, 196),
    RGBColor(29, 145, 192),
    RGBColor(34, 94, 168),
    RGBColor(37, 52, 148),
    RGBColor(8, 29, 88),
];

/// The sequential scale at `share` (0 light, 1 dark); outside values are
/// clamped, what is not a number counts as 0.
pub(crate) fn sequential(share: f64) -> RGBColor {
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    let last = SEQUENTIAL.len() - 1;
    let place = share * last as f64;
    let low = (place.floor() as usize).min(last - 1);
    let rest = place - low as f64;
    let (from, to) = (SEQUENTIAL[low], SEQUENTIAL[low + 1]);
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * rest).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// Relative luminance of a colour (WCAG 2), 0 to 1.
pub(crate) fn luminance(colour: RGBColor) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
}

/// Contrast of two colours (WCAG 2), 1 to 21.
pub(crate) fn contrast(one: RGBColor, other: RGBColor) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Black or white, whichever is better read on `background`.
pub(crate) fn ink_on(background: RGBColor) -> RGBColor {
    let (black, white) = (RGBColor(0, 0, 0), RGBColor(255, 255, 255));
    if contrast(black, background) >= contrast(white, background) { black } else { white }
}

/// A whole number with commas: `12,345`.
pub(crate) fn whole(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A tick label: no more decimals than needed, commas from 1,000 on.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let size = value.abs();
    if size >= 1.0e15 {
        return format!("{sign}{size:.0e}");
    }
    let rounded = size.round();
    if (size - rounded).abs() < 1.0e-9 {
        return format!("{sign}{}", whole(rounded as u64));
    }
    let decimals = if size >= 1.0 { 2 } else { (2.0 - size.log10().floor()).clamp(2.0, 12.0) as usize };
    let text = format!("{size:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{sign}{text}")
}

/// A rate in two digits or more, short enough for a small cell: `0`, `0.04`,
/// `3.1`, `27`.
pub(crate) fn cell(value: f64) -> String {
    if !value.is_finite() {
        "–".to_owned()
    } else if value == 0.0 {
        "0".to_owned()
    } else if value < 0.005 {
        "<.01".to_owned()
    } else if value < 0.995 {
        format!("{value:.2}")
    } else if value < 9.95 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

/// Round ticks from 0 to a round end that is not below `max`, about `count`
/// of them; the last one is the end of the axis.
pub(crate) fn ticks(max: f64, count: usize) -> Vec<f64> {
    let max = if max.is_finite() && max > 0.0 { max } else { 1.0 };
    let raw = max / count.max(1) as f64;
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .iter()
        .map(|factor| factor * power)
        .find(|step| *step >= raw * 0.999_999)
        .unwrap_or(raw);
    let steps = (max / step - 1.0e-9).ceil().clamp(1.0, 1000.0) as usize;
    (0..=steps).map(|index| index as f64 * step).collect()
}

/// Removes what must not stand in a label: control characters become spaces,
/// direction overrides and characters XML forbids are dropped.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            '\u{fffe}' | '\u{ffff}' | '\u{feff}' => None,
            c if c.is_control() => Some(' '),
            c => Some(c),
        })
        .collect()
}

/// Whether `c` belongs to the character before it.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{94f}' | '\u{1ab0}'..='\u{1aff}' | '\u{200c}'..='\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{3099}'..='\u{309a}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// `text`, cleaned and, when wider than `width`, shortened with … in the
/// middle, so that both the beginning and the end can be recognised.
pub(crate) fn shorten(text: &str, size: f64, bold: bool, width: f64) -> String {
    // Nothing this long fits any chart; it need not be measured in full.
    const LONGEST: usize = 400;
    let cleaned = clean(text);
    let letters: Vec<char> = cleaned.chars().collect();
    if letters.len() <= LONGEST && text_width(&cleaned, size, bold) <= width {
        return cleaned;
    }
    let (mut low, mut high) = (1, letters.len().min(LONGEST).saturating_sub(1).max(1));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if text_width(&cut(&letters, middle), size, bold) <= width {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    cut(&letters, low)
}

/// The first and last of `letters`, `keep` in all, with … between.
fn cut(letters: &[char], keep: usize) -> String {
    let tail = keep / 2;
    let mut end = keep - tail;
    while end < letters.len() && joins(letters[end]) {
        end += 1;
    }
    let mut start = letters.len() - tail;
    while start < letters.len() && joins(letters[start]) {
        start += 1;
    }
    let head: String = letters[..end].iter().collect();
    let rest: String = letters[start.max(end)..].iter().collect();
    format!("{}…{}", head.trim_end(), rest.trim_start())
}

/// `text` broken at spaces into lines no wider than `width`; a single word
/// that is wider is shortened.
pub(crate) fn wrap(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in clean(text).split_whitespace() {
        let word = shorten(word, size, false, width);
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size, false) <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(whole(1_234_567), "1,234,567");
        assert_eq!(whole(999), "999");
        assert_eq!(number(0.5), "0.5");
        assert_eq!(number(-2.5), "−2.5");
        assert_eq!(number(10_000.0), "10,000");
        assert_eq!(number(0.002), "0.002");
        assert_eq!(number(f64::NAN), "–");
        assert_eq!(cell(12.34), "12");
        assert_eq!(cell(3.12), "3.1");
        assert_eq!(cell(0.04), "0.04");
        assert_eq!(cell(0.146), "0.15");
    }

    #[test]
    fn ticks_are_round_and_cover() {
        assert_eq!(ticks(43.0, 5), vec![0.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
        assert_eq!(ticks(0.0, 2), vec![0.0, 0.5, 1.0]);
        for max in [1.0e-9, 0.3, 7.0, 99.0, 1.0e12, f64::INFINITY, f64::NAN] {
            let ticks = ticks(max, 4);
            assert!(ticks.len() > 1 && ticks.len() < 12);
            if max.is_finite() {
                assert!(ticks[ticks.len() - 1] >= max * 0.999_999);
            }
        }
    }

    #[test]
    fn labels_are_shortened_in_the_middle() {
        let name = "a-very-long-file-name-of-a-letter-to-the-editor-1871";
        let short = shorten(name, 11.0, false, 120.0);
        assert!(short.starts_with("a-v") && short.ends_with("71"));
        assert_eq!(short.matches('…').count(), 1);
        assert!(text_width(&short, 11.0, false) <= 120.0);
        assert_eq!(shorten("short", 11.0, false, 120.0), "short");
        assert_eq!(shorten("红楼梦", 11.0, false, 0.0), "红…");
        assert!(shorten(&"x".repeat(100_000), 11.0, false, 300.0).len() < 400);
        assert_eq!(clean("a\u{202e}b\nc\u{0}"), "ab c ");
    }

    #[test]
    fn text_can_be_read() {
        for ink in [INK, MUTED] {
            assert!(contrast(ink, PAPER) >= 4.5);
        }
        for colour in CATEGORIES {
            assert!(contrast(colour, PAPER) >= 2.3, "{colour:?}");
        }
        assert!(contrast(INK, TINT) >= 4.5);
        for step in 0..=100 {
            let ground = sequential(f64::from(step) / 100.0);
            assert!(contrast(ink_on(ground), ground) >= 4.5);
        }
    }

    #[test]
    fn scales_hold_in_grey() {
        let light: Vec<f64> = (0..=64).map(|step| luminance(sequential(f64::from(step) / 64.0))).collect();
        assert!(light.windows(2).all(|pair| pair[0] > pair[1]));
        for pair in CATEGORIES.windows(2) {
            assert!(contrast(pair[0], pair[1]) >= 1.25, "{pair:?}");
        }
    }
}
