//! What is known of texts only beside the others of a corpus, and what a summary says of all.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::{Corpus, Severity};
use crate::hygiene::{Checked, Finding, Sketch, shared};

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

/// Adds what texts share with each other to their findings. `texts` are places in the corpus and what was
/// found in the text there.
pub(super) fn compare(corpus: &Corpus, texts: &mut [(usize, &mut Checked)]) {
    let sketches: Vec<&Sketch> = texts.iter().map(|(_, checked)| &checked.sketch).collect();
    for shared in shared(&sketches) {
        let other = &corpus.documents[texts[shared.other].0];
        let checked = &mut texts[shared.text].1;
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
    for (_, checked) in texts {
        // By name; several of one name stay as they are.
        checked.findings.sort_by_key(|finding| finding.finding);
    }
}

/// How many texts have which findings, by name and severity.
pub(super) fn summary<'a>(texts: impl Iterator<Item = &'a [Finding]>) -> Vec<FindingCount> {
    let mut counts: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
    for findings in texts {
        let mut found: Vec<_> = findings.iter().map(|finding| (finding.finding, finding.severity)).collect();
        found.dedup();
        for key in found {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts.into_iter().map(|((finding, severity), texts)| FindingCount { finding, severity, texts }).collect()
}
