//! What is known of texts only beside the others of a corpus, and what a summary says of all.

use std::collections::BTreeMap;

use serde::Serialize;

use super::CountedText;
use crate::corpus::{Corpus, Severity};
use crate::hygiene::{Finding, Sketch, shared};

/// How many texts have a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingCount {
    /// Its fixed name.
    pub finding: &'static str,
    /// Note or warning.
    pub severity: Severity,
    /// Number of texts.
    pub texts: usize,
}

/// Adds what texts share with each other to their findings.
pub(super) fn compare(corpus: &Corpus, texts: &mut [CountedText]) {
    let places: Vec<usize> = (0..texts.len()).filter(|place| texts[*place].checked.is_some()).collect();
    let sketches: Vec<&Sketch> =
        texts.iter().filter_map(|text| Some(&text.checked.as_ref()?.sketch)).collect();
    for shared in shared(&sketches) {
        let other = &corpus.documents[texts[places[shared.other]].document];
        let Some(checked) = &mut texts[places[shared.text]].checked else { continue };
        let (finding, message) = match shared.share {
            None => ("duplicate", "has the same words in the same order as the other. Leave one out"),
            Some(_) => (
                "near_duplicate",
                "shares most of its words with the other. Leave one out if each text is to count once",
            ),
        };
        checked.findings.push(Finding {
            finding,
            severity: Severity::Warning,
            count: 1,
            share: shared.share,
            share_of: if shared.share.is_some() { "its runs of five words, an estimate" } else { "" },
            place: None,
            example: other.id.clone(),
            message: message.to_owned(),
        });
    }
    for text in texts {
        if let Some(checked) = &mut text.checked {
            // By name; several of one name stay as they are.
            checked.findings.sort_by_key(|finding| finding.finding);
        }
    }
}

/// How many texts have which findings, by name and severity.
pub(super) fn summary(texts: &[CountedText]) -> Vec<FindingCount> {
    let mut counts: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
    for text in texts {
        let mut found: Vec<_> =
            text.findings().iter().map(|finding| (finding.finding, finding.severity)).collect();
        found.dedup();
        for key in found {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts.into_iter().map(|((finding, severity), texts)| FindingCount { finding, severity, texts }).collect()
}
