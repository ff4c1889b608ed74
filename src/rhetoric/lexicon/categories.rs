//! The families and categories of markers, shared by the lexicons of all languages.
//!
//! `build.rs` includes this file, so it names nothing of the crate.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The families of markers, in the order of tables and charts.
pub const FAMILIES: [&str; 6] = ["organise", "stance", "engage", "question", "voice", "label"];

/// Family and category of an entry that blocks shorter markers and is not counted itself.
pub const NONE: &str = "none";

/// Categories of questions, which are found by rule and not by phrase.
pub const QUESTIONS: [&str; 5] = ["interrogative", "heading_question", "tag", "series", "hypophora"];

/// Every category a lexicon may use without declaring it: family, category, what it holds.
///
/// Sources: Hyland, *Metadiscourse* (2005); the Penn Discourse Treebank 3 (Webber, Prasad, Lee & Joshi 2019);
/// Quirk et al. (1985); Martin & White, *The Language of Evaluation* (2005).
pub const CATEGORIES: [(&str, &str, &str); 31] = [
    ("organise", "addition", "joins like to like: moreover, also (Hyland; PDTB-3 Expansion.Conjunction)"),
    ("organise", "contrast", "contrast and concession: but, although (PDTB-3 Comparison)"),
    (
        "organise",
        "cause",
        "cause, result and purpose: because, therefore (PDTB-3 Contingency.Cause, .Purpose)",
    ),
    ("organise", "condition", "condition: if, unless (PDTB-3 Contingency.Condition)"),
    ("organise", "time", "time: when, until, meanwhile (PDTB-3 Temporal)"),
    (
        "organise",
        "sequence",
        "order and stages of the argument, shifts of topic: first, to conclude (Hyland: frame markers)",
    ),
    ("organise", "endophoric", "points to another place of the text: see above, as we have seen (Hyland)"),
    (
        "organise",
        "reformulation",
        "restates or gives an example: that is, namely, for example (Hyland: code glosses)",
    ),
    ("organise", "evidential", "names a source: according to, as she says (Hyland)"),
    ("stance", "hedge", "withholds commitment, limits how generally a claim holds: perhaps, often (Hyland)"),
    (
        "stance",
        "approximator",
        "blurs a quantity or a category: about ten, sort of (Prince, Frader & Bosk 1982)",
    ),
    ("stance", "booster", "raises certainty: clearly, of a truth (Hyland; Martin & White: proclaim)"),
    ("stance", "intensifier", "raises degree or claims totality: utterly, at all (Quirk et al.: amplifiers)"),
    ("stance", "attitude", "feeling and judgement, not certainty: unfortunately, rightly (Hyland)"),
    ("stance", "self_mention", "the author in the text: I, we, the present writer (Hyland)"),
    (
        "stance",
        "denial",
        "denies, or concedes a point to the other side: not, never, granted (Martin & White: disclaim)",
    ),
    ("stance", "obligation", "what must be: must, ought to (Biber 1988: necessity)"),
    ("stance", "emphatic_do", "do, does or did before a bare verb: did follow (Quirk et al. 18.55)"),
    (
        "engage",
        "reader_address",
        "addresses the reader or hearer, or whoever reads: you, anyone who (Hyland: reader pronouns)",
    ),
    ("engage", "directive", "tells the reader to do something: consider, let us (Hyland)"),
    (
        "engage",
        "shared_knowledge",
        "appeals to what all know: of course, as everyone knows (Hyland; Martin & White: concur)",
    ),
    ("question", "interrogative", "ends in a question mark"),
    ("question", "heading_question", "a heading that ends in a question mark"),
    ("question", "tag", "a statement with a tag that asks: isn't it? (Quirk et al. 11.8)"),
    ("question", "series", "adjacent questions (pysma)"),
    ("question", "hypophora", "a question that its author answers, with an answer that shows itself as one"),
    (
        "voice",
        "reporting_clause",
        "tells who speaks, beside a quotation: said he, she replied (Semino & Short 2004)",
    ),
    ("label", "ist_ism_ite", "names of followers and doctrines, by ending: Trotskyite, adventurism"),
    ("label", "invective", "abuse: lie, reactionaries. Off unless switched on"),
    ("label", "honorific", "praise and titles of honour: Comrade, great leader. Off unless switched on"),
    ("label", "self_styled", "holds a name at arm's length: so-called, self-styled"),
];

/// A category of markers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Category {
    /// What it does: `organise`, `stance`, `engage`, `question`, `voice`, `label`.
    #[serde(borrow)]
    pub family: Cow<'static, str>,
    /// Which kind: `contrast`, `hedge`.
    #[serde(borrow)]
    pub category: Cow<'static, str>,
}

impl Category {
    /// Whether its hits are found by marks, in every language. Tags and answers are told by words.
    pub fn is_found_by_marks(&self) -> bool {
        self.family == "question"
            && ["interrogative", "heading_question", "series"].contains(&&*self.category)
    }

    /// Whether its hits are found by rule and not by phrases: it is a category of questions.
    pub fn is_found_by_rule(&self) -> bool {
        self.family == "question" && QUESTIONS.contains(&&*self.category)
    }

    /// What it holds; empty for a category that a lexicon declares itself.
    pub fn definition(&self) -> &'static str {
        let known =
            CATEGORIES.iter().find(|(family, name, _)| *family == self.family && *name == self.category);
        known.map_or("", |(_, _, definition)| definition)
    }
}

/// Sorts categories by family, in the order of [`FAMILIES`], and then by name, and leaves each once.
pub fn sort(categories: &mut Vec<Category>) {
    let place = |category: &Category| FAMILIES.iter().position(|family| *family == category.family);
    categories.sort_by(|a, b| (place(a), &a.category).cmp(&(place(b), &b.category)));
    categories.dedup();
}
