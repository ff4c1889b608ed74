//! Tables of Zeta and of rolling windows.

use super::rows::Rows;
use super::schema::Schema;
use super::stylometry::column;
use crate::stylometry::{Contrast, Stretch, Verdict, Zeta, middle};

const SEGMENT: &str = "Words in a segment";

/// `zeta.csv`.
pub fn zeta_schema() -> Schema {
    let both = "share of the segments of the primary set that have the word less that of the secondary set";
    Schema {
        file: "zeta.csv",
        row: "one word that both sets together have often enough; the most frequent first",
        columns: vec![
            column("word", "text", "", "The word", ""),
            column("primary_segments", "integer", "segments", "Segments of the primary set that have it", ""),
            column(
                "secondary_segments",
                "integer",
                "segments",
                "Segments of the secondary set that have it",
                "",
            ),
            column(
                "primary_share",
                "number",
                "share",
                "The same as a share of all segments of the set, p",
                "",
            ),
            column(
                "secondary_share",
                "number",
                "share",
                "The same as a share of all segments of the set, q",
                "",
            ),
            column("craig", "number", "", &format!("Craig's Zeta: {both}"), "p − q (Craig & Kinney 2009)"),
            column(
                "craig_low",
                "number",
                "",
                "Lower end of its 95 % interval over segments",
                "Newcombe 1998, method 10",
            ),
            column("craig_high", "number", "", "Upper end of it", "Newcombe 1998, method 10"),
            column(
                "eder",
                "number",
                "",
                "Eder's Zeta; empty where one set has no such segment",
                "(p − q)/(p + q)",
            ),
            column(
                "stylo_chi_square",
                "number",
                "",
                "stylo's χ² of percentages, signed; no test",
                "(P − Q)²/(P + Q)",
            ),
            column(
                "chi_square",
                "number",
                "",
                "Pearson's χ² of segments with and without the word, 1 degree of freedom, signed; empty where all segments have it or none",
                "",
            ),
            column(
                "mann_whitney",
                "number",
                "",
                "Standard score of the rank sum of the word's counts in the segments, corrected for ties; empty where all are alike",
                "Mann & Whitney 1947",
            ),
            column(
                "verdict",
                "text",
                "",
                "preferred or avoided by the primary set beyond the threshold of the contrast asked for; else empty",
                "",
            ),
        ],
    }
}

/// The words of a contrast.
pub fn zeta_rows(rows: &mut Rows, zeta: &Zeta, contrast: Contrast, threshold: f64) {
    for word in &zeta.words {
        let (p, q) = zeta.shares(word);
        let (low, high) = zeta.interval(word);
        rows.text(&word.word).integer(word.primary as u64).integer(word.secondary as u64);
        rows.number(Some(p)).number(Some(q));
        rows.number(zeta.score(word, Contrast::Craig)).number(Some(low)).number(Some(high));
        for other in
            [Contrast::Eder, Contrast::ChiSquareOfPercentages, Contrast::ChiSquare, Contrast::MannWhitney]
        {
            rows.number(zeta.score(word, other));
        }
        rows.text(match zeta.score(word, contrast) {
            Some(score) if score > threshold => "preferred",
            Some(score) if score < -threshold => "avoided",
            _ => "",
        });
        rows.end();
    }
}

/// `zeta_sweep.csv`.
pub fn zeta_sweep_schema() -> Schema {
    let rank = "Place among the words preferred (or avoided) at this length, from 1; empty where it is beyond the threshold \
                of neither";
    Schema {
        file: "zeta_sweep.csv",
        row: "one word of the chart and length of segments",
        columns: vec![
            column("word", "text", "", "The word", ""),
            column("side", "text", "", "preferred or avoided at the length asked for", ""),
            column("segment", "integer", "words", SEGMENT, ""),
            column("primary_segments", "integer", "segments", "Segments of the primary set", ""),
            column("secondary_segments", "integer", "segments", "Segments of the secondary set", ""),
            column(
                "score",
                "number",
                "",
                "The contrast asked for; empty where it is not defined or the word does not occur",
                "",
            ),
            column("rank", "integer", "", rank, ""),
        ],
    }
}

/// `rolling.csv`.
pub fn rolling_schema() -> Schema {
    Schema {
        file: "rolling.csv",
        row: "one window and class; the best class first",
        columns: vec![
            column("text", "text", "", "Id of the text", ""),
            column("window", "integer", "", "Number of the window, from 1", ""),
            column("first_word", "integer", "words", "Words of the text before it", ""),
            column("last_word", "integer", "words", "Words of the text up to its end", ""),
            column("middle", "integer", "words", "Word in its middle, where it is drawn", ""),
            column("rank", "integer", "", "Place of the class, from 1", ""),
            column("class", "text", "", "The class", ""),
            column(
                "score",
                "number",
                "",
                "As the method scores, see attribution.csv of rhetor attribute: for nearest and centroid a distance",
                "",
            ),
            column(
                "margin",
                "number",
                "share",
                "How far the first class is before the second",
                "|score 1 − score 2| / max(|score 1|, |score 2|)",
            ),
            column(
                "stretch_class",
                "text",
                "",
                "The class of the stretch that the window belongs to, in which stray windows are smoothed away",
                "",
            ),
        ],
    }
}

/// The windows of a text. `stretches` cover all of them.
pub fn rolling_rows(
    rows: &mut Rows,
    text: &str,
    windows: &[Verdict],
    stretches: &[Stretch],
    size: usize,
    overlap: usize,
) {
    for (window, verdict) in windows.iter().enumerate() {
        let start = window * size.saturating_sub(overlap);
        let stretch = stretches.iter().find(|stretch| (stretch.first..stretch.end).contains(&window));
        for (rank, candidate) in verdict.candidates.iter().enumerate() {
            rows.text(text).integer(window as u64 + 1).integer(start as u64).integer((start + size) as u64);
            rows.integer(middle(window, size, overlap) as u64).integer(rank as u64 + 1);
            rows.text(&candidate.class).number(Some(candidate.score)).number(Some(verdict.margin()));
            rows.text(stretch.map_or("", |stretch| stretch.class.as_str())).end();
        }
    }
}

/// `stretches.csv`.
pub fn stretches_schema() -> Schema {
    let formula = "the classes with the least sum of losses, and of the penalty for every change";
    Schema {
        file: "stretches.csv",
        row: "one stretch of a text that is given to one class; where it begins the author may change",
        columns: vec![
            column("text", "text", "", "Id of the text", ""),
            column("stretch", "integer", "", "Number of the stretch, from 1", ""),
            column("class", "text", "", "The class", formula),
            column(
                "first_word",
                "integer",
                "words",
                "Words of the text before it: half-way between the middles of the windows on either side of the change",
                "",
            ),
            column("last_word", "integer", "words", "Words of the text up to its end", ""),
            column("windows", "integer", "windows", "Windows in it", ""),
            column("agreeing", "number", "share", "Windows in it whose first class is this one", ""),
        ],
    }
}

/// The stretches of a text of so many words.
pub fn stretch_rows(rows: &mut Rows, text: &str, words: usize, windows: &[Verdict], stretches: &[Stretch]) {
    for (place, stretch) in stretches.iter().enumerate() {
        let end = stretches.get(place + 1).map_or(words, |next| next.start_token);
        let within = windows.get(stretch.first..stretch.end).unwrap_or_default();
        let agreeing = within.iter().filter(|verdict| verdict.class() == stretch.class).count();
        rows.text(text).integer(place as u64 + 1).text(&stretch.class).integer(stretch.start_token as u64);
        rows.integer(end as u64).integer(within.len() as u64);
        rows.number(Some(agreeing as f64 / within.len().max(1) as f64)).end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylometry::{Candidate, ZetaOptions, stretches, zeta};

    fn lines(rows: Rows) -> Vec<String> {
        String::from_utf8(rows.into_bytes()).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn words_of_two_sets() {
        let (ours, theirs) = (["sea", "a", "sea", "a"], ["hill", "a", "hill", "a"]);
        let found = zeta(&[("x", &ours)], &[("y", &theirs)], &ZetaOptions { segment: 2, least: 2 }).unwrap();
        let mut rows = Rows::with_header(&zeta_schema());
        zeta_rows(&mut rows, &found, Contrast::Craig, 0.1);
        let lines = lines(rows);
        assert_eq!(lines.len(), 4);
        assert!(lines[1].starts_with("a,2,2,1,1,0,") && lines[1].ends_with(",,"), "{}", lines[1]);
        assert!(lines[2].starts_with("hill,0,2,0,1,-1,") && lines[2].ends_with("avoided"), "{}", lines[2]);
        assert!(lines.iter().all(|line| line.split(',').count() == zeta_schema().columns.len()));
    }

    #[test]
    fn windows_and_stretches() {
        let verdict = |text, classes: [&str; 2]| Verdict {
            text,
            candidates: classes
                .iter()
                .zip([1.0, 2.0])
                .map(|(class, score)| Candidate { class: (*class).to_owned(), score })
                .collect(),
        };
        let windows = [verdict(0, ["a", "b"]), verdict(1, ["b", "a"])];
        let found = stretches(&windows, 10, 5, 0.0).unwrap();
        let (mut rows, mut runs) = (Rows::new(), Rows::new());
        rolling_rows(&mut rows, "t", &windows, &found, 10, 5);
        stretch_rows(&mut runs, "t", 17, &windows, &found);
        assert_eq!(
            lines(rows),
            [
                "t,1,0,10,5,1,a,1,0.5,a",
                "t,1,0,10,5,2,b,2,0.5,a",
                "t,2,5,15,10,1,b,1,0.5,b",
                "t,2,5,15,10,2,a,2,0.5,b"
            ]
        );
        assert_eq!(lines(runs), ["t,1,a,0,7,1,1", "t,2,b,7,17,1,1"]);
    }
}
