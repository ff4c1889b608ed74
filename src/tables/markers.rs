//! `markers.csv` and `marker_hits.csv`.

use std::borrow::Cow;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::context::OneLine;
use super::rows::{Cell, Rows, quoted};
use crate::measures::{Per, clustered_rate, rate_flag};
use crate::profile::{Profile, Selection, Sums};
use crate::rhetoric::{Category, Hit, Lexicon, Status};
use crate::text::{LineNumbers, Text, Voice};

/// The rows of `markers.csv` for one text: every category in every selection of voices, zeros too. Categories
/// that the lexicon of the text's language does not cover were not looked for and have no counts.
pub fn markers(document: &str, language: &str, lexicon: &Lexicon, profile: &Profile) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    for selection in Selection::ALL {
        let sums = profile.markers.select(selection);
        for (category, index) in lexicon.categories.iter().zip(0_u16..) {
            rows.cell(&document).text(selection.name()).text(&category.family).text(&category.category);
            rates(&mut rows, sums, index, lexicon.covers(index, language));
            rows.end();
        }
    }
    rows
}

/// The cells of a count and its rates: count, words, sentences, both rates with their bounds, flag.
pub(super) fn rates(rows: &mut Rows, sums: &Sums, kind: u16, counted: bool) {
    rows.count(counted.then(|| sums.count(kind))).integer(sums.words.total).integer(sums.sentences.total);
    for per in [Per::ThousandWords, Per::HundredSentences] {
        let rate = clustered_rate(sums, kind, per).filter(|_| counted);
        let interval = rate.and_then(|rate| rate.interval);
        rows.number(rate.map(|rate| rate.value));
        rows.number(interval.map(|(lower, _)| lower)).number(interval.map(|(_, upper)| upper));
    }
    rows.text(if counted { rate_flag(sums, kind) } else { "" });
}

/// Bytes of most rows without the name of the text and the context.
const ROW: usize = 150;

/// Hits whose rows are made before they are handed on.
const TOGETHER: usize = 1000;

/// The rows of `marker_hits.csv` for one text, with `context` characters on either side.
pub fn marker_hits(document: &str, lexicon: &Lexicon, text: &Text, hits: &[Hit], context: usize) -> Rows {
    let mut rows = Rows::with_room(hits.len() * (2 * document.len() + 2 * context + ROW));
    let mut writer = HitWriter::new(document, lexicon, text, context);
    hits.iter().for_each(|hit| writer.write(hit, &mut rows));
    rows
}

/// As [`marker_hits`], some rows at a time, in order.
pub fn marker_hits_in_parts(
    document: &str,
    lexicon: &Lexicon,
    text: &Text,
    hits: &[Hit],
    context: usize,
    hand_on: impl Fn(&[u8]),
) {
    let mut rows = Rows::new();
    let mut writer = HitWriter::new(document, lexicon, text, context);
    for hits in hits.chunks(TOGETHER) {
        hits.iter().for_each(|hit| writer.write(hit, &mut rows));
        hand_on(rows.bytes());
        rows.clear();
    }
}

/// Writes the rows of hits in their order, and keeps what many have alike.
struct HitWriter<'a> {
    document: &'a str,
    lexicon: &'a Lexicon,
    content: &'a str,
    context: usize,
    document_cell: Cell,
    /// The name of the text needs quotes; digits and names of categories do not.
    quoted: bool,
    /// What stands after the context of counted hits, by entry of the lexicon, category and voice.
    ends: HashMap<(u32, u16, Voice), Cell, FixedState>,
    around: OneLine,
    lines: LineNumbers<'a>,
}

impl<'a> HitWriter<'a> {
    fn new(document: &'a str, lexicon: &'a Lexicon, text: &'a Text, context: usize) -> Self {
        Self {
            document,
            lexicon,
            content: &text.content,
            context,
            document_cell: Cell::new(document),
            quoted: quoted(document),
            ends: HashMap::default(),
            around: OneLine::default(),
            lines: LineNumbers::new(&text.content),
        }
    }

    fn write(&mut self, hit: &Hit, rows: &mut Rows) {
        let Self { lexicon, content, .. } = *self;
        let range = hit.range.clone();
        let category = usize::from(hit.category);
        let (mut start, mut end) = (itoa::Buffer::new(), itoa::Buffer::new());
        let (start, end) = (start.format(range.start), end.format(range.end));
        let name = &lexicon.categories[category].category;
        // As `hit_id` has it.
        rows.joined(&[self.document, ":", start, "-", end, ":", name], self.quoted).cell(&self.document_cell);
        rows.digits(start).digits(end);
        rows.integer(self.lines.of(range.start)).integer(hit.sentence as u64 + 1);
        self.around.cells(rows, content, range, self.context);
        match (hit.entry, hit.status) {
            (Some(entry), Status::Counted) => {
                let key = (entry, hit.category, hit.voice);
                rows.cell(self.ends.entry(key).or_insert_with(|| described(hit, lexicon)));
            }
            _ => {
                rows.cell(&described(hit, lexicon));
            }
        }
        rows.end();
    }
}

/// What stands after the context of a hit: family, category, marker, sense, voice, rule, status.
fn described(hit: &Hit, lexicon: &Lexicon) -> Cell {
    let Category { family, category } = &lexicon.categories[usize::from(hit.category)];
    let (marker, sense, rule) = (hit.marker(lexicon), hit.sense(lexicon), hit.rule(lexicon));
    let status = match hit.status {
        Status::Counted => "counted".into(),
        Status::Rejected(reason) => Cow::from(format!("rejected:{}", reason.name())),
    };
    Cell::row_of(&[family, category, marker, sense, hit.voice.name(), rule, &status])
}
