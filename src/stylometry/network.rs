//! Networks: who is near whom over a whole sweep of settings.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::distance::DistanceMatrix;
use super::error::{Result, StylometryError, enough};

/// What the nearest of k neighbours counts for, the second nearest, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkWeight {
    /// k, k − 1 … 1, as in stylo.
    #[default]
    Linear,
    /// Their squares.
    Square,
    /// ln(1 + k), ln k … ln 2.
    Logarithm,
}

/// An undirected link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The text that comes first.
    pub source: usize,
    /// The other one.
    pub target: usize,
    /// The sum of both directions over all settings.
    pub weight: f64,
}

/// Links between texts, each once, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Names of the texts.
    pub texts: Vec<String>,
    /// The links.
    pub links: Vec<Link>,
}

/// The network of the `neighbours` nearest texts of each text, summed over distances of the same texts.
///
/// ```
/// use rhetor::stylometry::{DistanceMatrix, LinkWeight, network};
/// let texts = ["a", "b", "c"].map(str::to_owned).to_vec();
/// let distances = DistanceMatrix::new(texts, vec![1.0, 3.0, 2.0]).unwrap();
/// let found = network(&[distances], 1, LinkWeight::Linear).unwrap();
/// // a and b are each other's nearest; the nearest of c is b.
/// assert_eq!((found.links[0].weight, found.links[1].weight), (2.0, 1.0));
/// ```
///
/// # Errors
/// Without distances, with fewer than two texts, if the texts differ, or with no neighbour.
pub fn network(distances: &[DistanceMatrix], neighbours: usize, weight: LinkWeight) -> Result<Network> {
    let Some(first) = distances.first() else {
        return Err(StylometryError::Option {
            option: "network",
            reason: "there are no distances".to_owned(),
        });
    };
    enough("a network", first.len(), 2)?;
    if neighbours == 0 || distances.iter().any(|other| other.texts() != first.texts()) {
        let reason = "it needs at least one neighbour, and distances of the same texts".to_owned();
        return Err(StylometryError::Option { option: "network", reason });
    }
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for distances in distances {
        // Of equally near texts one is the nearer whatever their order and names.
        let mut rank = vec![0; distances.len()];
        for (place, text) in distances.own_order().into_iter().enumerate() {
            rank[text] = place;
        }
        for text in 0..distances.len() {
            let mut near = distances.neighbours(text);
            near.sort_by(|a, b| a.1.total_cmp(&b.1).then(rank[a.0].cmp(&rank[b.0])));
            for (rank, (other, _)) in near.into_iter().take(neighbours).enumerate() {
                let left = (neighbours - rank) as f64;
                *weights.entry((text.min(other), text.max(other))).or_default() += match weight {
                    LinkWeight::Linear => left,
                    LinkWeight::Square => left * left,
                    LinkWeight::Logarithm => left.ln_1p(),
                };
            }
        }
    }
    let links =
        weights.into_iter().map(|((source, target), weight)| Link { source, target, weight }).collect();
    Ok(Network { texts: first.texts().to_vec(), links })
}

impl Network {
    /// The network as GraphML, with the class of each text.
    ///
    /// # Errors
    /// If there are not as many classes as texts.
    pub fn graphml(&self, classes: &[String]) -> Result<String> {
        if classes.len() != self.texts.len() {
            let reason = format!("{} classes for {} texts", classes.len(), self.texts.len());
            return Err(StylometryError::Option { option: "classes", reason });
        }
        let mut graph = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
             <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
             <key id=\"class\" for=\"node\" attr.name=\"class\" attr.type=\"string\"/>\n\
             <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n\
             <graph edgedefault=\"undirected\">\n",
        );
        // Writing to a string does not fail.
        for (place, (text, class)) in self.texts.iter().zip(classes).enumerate() {
            let (text, class) = (escaped(text), escaped(class));
            let _ = writeln!(
                graph,
                "<node id=\"n{place}\"><data key=\"label\">{text}</data><data key=\"class\">{class}</data></node>"
            );
        }
        for Link { source, target, weight } in &self.links {
            let _ = writeln!(
                graph,
                "<edge source=\"n{source}\" target=\"n{target}\"><data key=\"weight\">{weight}</data></edge>"
            );
        }
        graph.push_str("</graph>\n</graphml>\n");
        Ok(graph)
    }
}

/// Text for XML; characters that XML does not allow become U+FFFD.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(character),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_bad_input() {
        let texts = ["a<b", "b\u{1}", "c", "d"].map(str::to_owned).to_vec();
        let distances = DistanceMatrix::new(texts, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
        let twice = [distances.clone(), distances.clone()];
        let found = network(&twice, 2, LinkWeight::Square).unwrap();
        let weight =
            |a, b| found.links.iter().find(|link| (link.source, link.target) == (a, b)).unwrap().weight;
        // Twice: 0 → 1, 2; 1 → 0, 2; 2 → 0, 1; 3 → 0, 1.
        assert_eq!([weight(0, 1), weight(0, 2), weight(1, 2), weight(0, 3)], [16.0, 10.0, 4.0, 8.0]);
        let graph = found.graphml(&["x".to_owned(), "y".into(), "&".into(), "z".into()]).unwrap();
        assert!(graph.contains("a&lt;b") && graph.contains("b\u{fffd}") && graph.contains("&amp;"));
        assert!(found.graphml(&[]).is_err());
        assert!(network(&[], 2, LinkWeight::Linear).is_err());
        assert!(network(&twice, 0, LinkWeight::Linear).is_err());
        // More neighbours than there are texts.
        assert_eq!(network(&twice, 9, LinkWeight::Logarithm).unwrap().links.len(), 6);
    }
}
