//! What `rhetor explain` says of distance measures.

use std::fmt::Write as _;

use rhetor::stylometry::{COMPRESSION_DISTANCE, MEASURES, Measure};

const COMPRESSION: &str = "\
id          ncd
formula     (C(xy) − min(C(x), C(y)))/max(C(x), C(y))
            C bytes after compression by LZMA, whose window holds both texts; x and y the words as counted
source      Li et al. 2004; Cilibrasi & Vitányi 2005
command     rhetor distances --distance ncd
";

/// What is known of a distance measure by its id, or of all for `distances`.
pub fn explained(id: &str) -> Option<String> {
    let mut text = String::new();
    if id == "distances" {
        // Writing to a string does not fail.
        for named in MEASURES {
            let _ = writeln!(text, "{:<22} {}", named.name, named.formula);
        }
        let _ = writeln!(text, "{COMPRESSION_DISTANCE:<22} (C(xy) − min(C(x), C(y)))/max(C(x), C(y))");
        text.push_str(
            "\nOr NORMALISER+METRIC, NORMALISER+unit+METRIC, NORMALISER+share+METRIC, as z-clamped-2+cosine; an id that is\n\
             not known lists the parts.\n",
        );
        return Some(text);
    }
    if id == COMPRESSION_DISTANCE {
        return Some(COMPRESSION.to_owned());
    }
    let measure: Measure = id.parse().ok()?;
    let named = MEASURES.iter().find(|named| named.measure == measure);
    let _ = writeln!(text, "id          {measure}");
    if let Some(named) = named {
        if !named.aliases.is_empty() {
            let _ = writeln!(text, "also        {}", named.aliases.join(", "));
        }
        let _ = writeln!(text, "formula     {}", named.formula);
        let _ = writeln!(
            text,
            "            f frequencies in percent, z their z-scores over all texts, n features"
        );
        if !named.source.is_empty() {
            let _ = writeln!(text, "source      {}", named.source);
        }
    } else {
        let _ = writeln!(
            text,
            "formula     each feature normalised, then each text, then compared: as its id says"
        );
    }
    let _ = writeln!(text, "command     rhetor distances --distance {measure}");
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_explained() {
        let says = |id: &str, part: &str| explained(id).is_some_and(|text| text.contains(part));
        for named in MEASURES {
            assert!(says("distances", named.name) && says(named.name, named.formula), "{}", named.name);
        }
        assert!(says("z+unit+manhattan", "z+unit+manhattan"));
        assert_eq!(explained("near"), None);
    }
}
