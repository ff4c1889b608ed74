//! `hygiene.csv`.

use super::rows::Rows;
use crate::hygiene::Finding;

/// The rows of `hygiene.csv` for one text.
pub fn findings(document: &str, findings: &[Finding]) -> Rows {
    let mut rows = Rows::new();
    for finding in findings {
        rows.text(document).text(finding.finding).text(finding.severity.name());
        rows.integer(finding.count).number(finding.share).text(finding.share_of);
        rows.count(finding.place.map(|place| place as u64));
        rows.text(&finding.example).text(&finding.message).end();
    }
    rows
}
