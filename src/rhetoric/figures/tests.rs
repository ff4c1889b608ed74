//! Every figure on sentences that have it and on sentences that only look as if.

use super::*;
use crate::text::Language;

/// Kind, text and parts of the figures of a text.
fn all(content: &str) -> Vec<(Figure, String, Vec<String>)> {
    let mut forms = Forms::new();
    let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
    let lists = Lists::built_in("en").unwrap();
    find(&text, &forms, &lists)
        .into_iter()
        .map(|figure| {
            let parts = figure.parts.iter().map(|part| text.content[part.clone()].to_owned()).collect();
            let whole = text.content[figure.range.clone()].to_owned();
            (figure, whole, parts)
        })
        .collect()
}

/// The parts of the counted figures of a kind.
fn counted(kind: FigureKind, content: &str) -> Vec<Vec<String>> {
    let found = all(content).into_iter();
    found.filter(|(figure, ..)| figure.kind == kind && figure.countable).map(|(.., parts)| parts).collect()
}

/// The parts of all figures of a kind.
fn any(kind: FigureKind, content: &str) -> Vec<Vec<String>> {
    all(content).into_iter().filter(|(figure, ..)| figure.kind == kind).map(|(.., parts)| parts).collect()
}

#[test]
fn the_figures_of_the_seed_page() {
    let content = include_str!("../../../seeds/brar_1993_trotskyism-or-leninism.txt");
    let found = all(content);
    let holds = |kind: FigureKind, voice: Voice, span: &str| {
        found.iter().any(|(figure, whole, parts)| {
            figure.kind == kind
                && figure.voice == voice
                && (whole.contains(span) || parts.iter().any(|part| part.contains(span)))
        })
    };
    for (kind, voice, span) in [
        (FigureKind::Doublet, Voice::Author, "desirability and necessity"),
        (FigureKind::Doublet, Voice::Quoted, "can and must"),
        (FigureKind::Doublet, Voice::Quoted, "complete and final"),
        (FigureKind::Doublet, Voice::Quoted, "development and support"),
        (FigureKind::Doublet, Voice::Author, "naturally and rightly"),
        (FigureKind::Anaphora, Voice::Quoted, "Therefore"),
        (FigureKind::Antithesis, Voice::Quoted, "not as a self-sufficient entity, but as an aid"),
        (
            FigureKind::Isocolon,
            Voice::Author,
            "Stalin was a narrow nationalist, whereas Trotsky was an internationalist",
        ),
        (
            FigureKind::Antithesis,
            Voice::Author,
            "Stalin was a narrow nationalist, whereas Trotsky was an internationalist",
        ),
        (FigureKind::Parenthesis, Voice::Author, "(the same Stalin whose name"),
        (FigureKind::DashClause, Voice::Author, "- the policy of rendering fraternal help"),
        (FigureKind::DashClause, Voice::Author, "- though foaming at the mouth"),
    ] {
        assert!(holds(kind, voice, span), "{} {span:?}", kind.name());
    }
    let counted = |kind| {
        let found = found.iter().filter(move |(figure, ..)| figure.kind == kind && figure.countable);
        found.map(|(_, whole, _)| whole.as_str()).collect::<Vec<_>>()
    };
    // Nothing but those of the page: its year, `CPSU(B)` and the mismatched brackets are no parentheses.
    assert_eq!(counted(FigureKind::Doublet).len(), 5, "{:?}", counted(FigureKind::Doublet));
    assert_eq!(counted(FigureKind::Parenthesis).len(), 1);
    assert_eq!(counted(FigureKind::Anaphora).len(), 1);
    let mismatched: Vec<_> = found
        .iter()
        .filter(|(figure, ..)| figure.rule == "brackets:mismatched")
        .map(|(_, whole, _)| whole)
        .collect();
    assert_eq!(mismatched, ["{Stalin, Foundations of Leninism, emphasis added)"]);
}
