//! Tests of all charts together.

use super::*;

/// A small, steady source of numbers from 0 to 1.
fn wave(seed: usize) -> f64 {
    let mixed = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) as f64 / (1_u64 << 24) as f64
}

fn rate(value: f64) -> Rate {
    Rate { value, interval: (value > 1.0).then_some((value * 0.7, value / 0.7)) }
}

fn document(index: usize, name: String, group: Option<String>) -> DocumentSeries {
    DocumentSeries {
        name,
        group,
        words: 1000 + index as u64,
        frequencies: (1..300).map(|rank| 1 + 600 / rank).collect(),
        top_word_rates: (1..=30).map(|rank| 60.0 * wave(index + rank) / rank as f64).collect(),
        sentence_lengths: (1..60).map(|w| (w, (99.0 * wave(index + w as usize)) as u64)).collect(),
        rhythm: (0..80)
            .map(|bin| RhythmBin {
                position: (f64::from(bin) + 0.5) / 80.0,
                mean_words: 10.0 + 20.0 * wave(index * 80 + bin as usize),
                quoted: wave(index + bin as usize / 9),
            })
            .collect(),
        marker_rates: (0..12)
            .map(|category| (wave(category + index) > 0.1).then(|| rate(9.0 * wave(category * index))))
            .collect(),
        family_rates: (0..3)
            .map(|family| (0..50).map(|bin| 20.0 * wave(index * 50 + bin + family)).collect())
            .collect(),
    }
}

/// A corpus of `count` texts in `groups` groups (0: none).
fn corpus(count: usize, groups: usize) -> ChartData {
    let group = |index: usize| (groups > 0).then(|| format!("author {}", index % groups));
    ChartData {
        title: "seeds".to_owned(),
        source: "some texts".to_owned(),
        documents: (0..count).map(|index| document(index, format!("text {index}"), group(index))).collect(),
        categories: (0..12)
            .map(|index| CategoryLabel {
                family: format!("family {}", index / 4),
                category: format!("category {index}"),
            })
            .collect(),
        voice_rates: (0..12)
            .map(|index| VoiceRates {
                author: Some(rate(9.0 * wave(index))),
                quoted: Some(rate(9.0 * wave(index + 40))),
            })
            .collect(),
        families: (0..3).map(|index| format!("family {index}")).collect(),
        top_words: (0..30).map(|index| format!("word{index}")).collect(),
        corpus_frequencies: (1..900).map(|rank| 1 + 9000 / rank).collect(),
    }
}

fn draw_all(data: &ChartData) -> Vec<Chart> {
    let drawn = all().iter().map(|(name, draw)| {
        let chart = draw(data).expect("every chart can be drawn");
        assert_eq!(*name, chart.name);
        assert!(chart.svg.starts_with("<svg ") && chart.svg.trim_end().ends_with("</svg>"));
        assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf"));
        chart
    });
    drawn.collect()
}

/// Checks that a chart is a sound document, without drawing it.
fn readable(chart: &Chart) {
    let tree = resvg::usvg::Tree::from_str(&chart.svg, &resvg::usvg::Options::default());
    assert!(tree.is_ok(), "{}", chart.name);
}

/// Width and height as the head of the SVG states them.
fn size(svg: &str) -> (u32, u32) {
    let value = |name: &str| {
        let rest = svg.split_once(&format!(" {name}=\"")).expect("attribute").1;
        rest.split_once('"').expect("end").0.parse().expect("number")
    };
    (value("width"), value("height"))
}

#[test]
fn names_are_unique_and_in_order() {
    let names: Vec<&str> = all().iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [
            "rank_frequency",
            "top_words",
            "sentence_lengths",
            "sentence_length_distributions",
            "marker_heatmap",
            "marker_bars",
            "marker_strips",
            "marker_voices",
            "rhythm"
        ]
    );
}

#[test]
fn markup_in_names_is_escaped() {
    let mut data = corpus(3, 3);
    let evil = "<script>alert(\"1\")</script>&'\u{0}\u{b}\u{202e}";
    data.title = evil.to_owned();
    data.source = evil.to_owned();
    for (index, document) in data.documents.iter_mut().enumerate() {
        document.name = format!("{index}<b>&\"");
        document.group = Some(format!("<i>{index}"));
    }
    data.top_words[0] = "<u>&".to_owned();
    data.categories[0].family = "<f>&\"".to_owned();
    data.categories[0].category = "<c>".to_owned();
    for chart in draw_all(&data) {
        for markup in ["<script", "<b>", "<i>", "<u>", "<f>", "<c>", "\u{0}", "\u{202e}"] {
            assert!(!chart.svg.contains(markup), "{}: {markup}", chart.name);
        }
        assert!(chart.svg.contains("&lt;script&gt;alert(&quot;1&quot;)"));
        readable(&chart);
    }
}

#[test]
fn the_same_data_give_the_same_chart() {
    let data = corpus(17, 4);
    let (first, second) = (draw_all(&data), draw_all(&data));
    assert_eq!(first, second);
    assert_eq!(png(&first[3].svg), png(&second[3].svg));
}

#[test]
fn heights_are_limited_and_said_to_be() {
    for (count, groups) in [(100, 0), (120, 60), (300, 0), (300, 5), (300, 300)] {
        for chart in draw_all(&corpus(count, groups)) {
            let (width, height) = size(&chart.svg);
            assert!(height <= 3000, "{} {count} {groups}: {height}", chart.name);
            assert!(width <= 2400);
            let rows = ["top_words", "sentence_lengths", "marker_heatmap", "marker_strips", "rhythm"];
            let said = chart.svg.contains("The first 120 of 300 texts are shown; the tables hold all.");
            assert_eq!(said, count == 300 && rows.contains(&chart.name), "{}", chart.name);
            assert!(chart.svg.len() < 2_000_000);
        }
    }
}

#[test]
fn many_categories() {
    let mut data = corpus(25, 0);
    data.categories = (0..150)
        .map(|index| CategoryLabel {
            family: format!("family {}", index / 3),
            category: format!("a rather long category {index}"),
        })
        .collect();
    for chart in draw_all(&data) {
        let (width, height) = size(&chart.svg);
        assert!(height <= 3000 && width <= 3000, "{}: {width} {height}", chart.name);
    }
}

#[test]
fn degenerate_data() {
    let empty = ChartData::default();
    let bare = ChartData { documents: vec![DocumentSeries::default(); 2], ..corpus(0, 0) };
    let mut zeros = corpus(4, 2);
    for document in &mut zeros.documents {
        document.top_word_rates.fill(0.0);
        document.marker_rates.fill(Some(rate(0.0)));
        document.sentence_lengths = vec![(0, 3)];
        document.rhythm = vec![RhythmBin::default()];
        document.frequencies = vec![5];
    }
    zeros.corpus_frequencies = vec![5];
    let mut wild = corpus(3, 0);
    for document in &mut wild.documents {
        document.name = "very long ".repeat(2000);
        document.top_word_rates = vec![f64::NAN, f64::INFINITY, -1.0, 1.0e300];
        document.marker_rates =
            [f64::NAN, f64::INFINITY, -3.0, 1.0e300].map(|value| Some(rate(value))).to_vec();
        document.family_rates = vec![vec![f64::NAN, f64::INFINITY, -3.0, 1.0e300]];
        document.sentence_lengths = vec![(u32::MAX, u64::MAX), (u32::MAX, u64::MAX)];
        document.frequencies = vec![u64::MAX, u64::MAX, 0];
        document.rhythm.push(RhythmBin { position: f64::NAN, mean_words: f64::INFINITY, quoted: f64::NAN });
    }
    let mut undefined = corpus(5, 0);
    for document in &mut undefined.documents {
        document.marker_rates.fill(None);
        document.words = 0;
    }
    for data in [empty, bare, zeros, wild, undefined, corpus(1, 0), corpus(1, 1)] {
        for chart in draw_all(&data) {
            readable(&chart);
        }
    }
}

#[test]
fn names_in_all_scripts() {
    let mut data = corpus(6, 0);
    let names = ["Преступление", "红楼梦", "الأيام", "בראשית", "Ὀδύσσεια", "प्रेम 😀 \u{10fffd}"];
    for (document, name) in data.documents.iter_mut().zip(names) {
        document.name = name.to_owned();
    }
    let chart = sentence_lengths::draw(&data).expect("a chart");
    assert!(png(&chart.svg).is_ok());
}

#[test]
fn images_are_twice_the_size() {
    let chart = &draw_all(&corpus(3, 0))[0];
    let image = png(&chart.svg).expect("an image");
    assert!(image.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes([image[at], image[at + 1], image[at + 2], image[at + 3]]);
    let (width, height) = size(&chart.svg);
    assert_eq!((number(16), number(20)), (2 * width, 2 * height));
    assert!(matches!(png("no drawing"), Err(ChartError::Image(_))));
}

#[test]
fn text_is_measured_as_it_is_drawn() {
    use resvg::usvg::{Options, Tree};
    let mut options = Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    for text in ["sentence lengths", "Преступление", "1,234.5"] {
        let measured = render::text_width(text, 100.0, false);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9000\" height=\"200\">\
             <text y=\"150\" font-size=\"100\" font-family=\"sans-serif\">{text}</text></svg>"
        );
        let tree = Tree::from_str(&svg, &options).expect("a drawing");
        let drawn = f64::from(tree.root().bounding_box().width());
        assert!((measured / drawn - 1.0).abs() < 0.04, "{text}: {measured} {drawn}");
    }
}
