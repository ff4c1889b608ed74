//! Every figure on sentences that have it and on sentences that only look as if.

use proptest::prelude::*;

use super::*;
use crate::text::{BlockKind, Language};

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

/// Long enough that the paragraph is one.
const PROSE: &str =
    "It was a morning like any other in the town of Penn, and few of us had come to the hall.";

/// What is counted of a kind in a sentence of a paragraph, each figure as its parts joined by ` | `.
fn found_in(kind: FigureKind, sentence: &str) -> Vec<String> {
    counted(kind, &format!("{PROSE} {sentence}")).into_iter().map(|parts| parts.join(" | ")).collect()
}

/// As [`found_in`], candidates too.
fn any_in(kind: FigureKind, sentence: &str) -> Vec<String> {
    any(kind, &format!("{PROSE} {sentence}")).into_iter().map(|parts| parts.join(" | ")).collect()
}

#[test]
fn anaphora() {
    let find = |text| found_in(FigureKind::Anaphora, text);
    assert_eq!(find("We shall mend the road. We shall pay the toll. We shall keep the bridge.").len(), 1);
    assert_eq!(find("Therefore they left. Therefore we stayed.").len(), 1);
    assert_eq!(
        find("By force of law, by force of arms, by force of habit they ruled."),
        ["By force of | by force of | by force of"]
    );
    // Chance, another paragraph, another voice, a list.
    assert_eq!(find("He left the hall. He took his hat. She stayed."), [""; 0]);
    assert_eq!(
        find("Bread is dear.\n\nBread is scarce, and nobody knows where any more of it will come from."),
        [""; 0]
    );
    assert_eq!(
        find("“Bread is dear in these days,” she said. “Bread is scarce in these days,” he said."),
        [""; 0]
    );
    assert_eq!(counted(FigureKind::Anaphora, "Bread Is Dear\n\nBread Is Scarce\n\n").len(), 0);
}

#[test]
fn epistrophe_and_symploce() {
    let find = |kind, text| found_in(kind, text);
    let people = "It was a house of the people, built by the people, kept for the people.";
    assert_eq!(find(FigureKind::Epistrophe, people).len(), 1);
    let toll = "The farmer pays the toll. The carter pays the toll. The widow pays the toll.";
    assert_eq!(find(FigureKind::Epistrophe, toll), ["pays the toll | pays the toll | pays the toll"]);
    assert_eq!(find(FigureKind::Symploce, toll).len(), 1);
    assert_eq!(find(FigureKind::Epistrophe, "They came to it. We did not want it."), [""; 0]);
    assert_eq!(find(FigureKind::Symploce, "The farmer pays the toll. The carter drives a mule."), [""; 0]);
}

#[test]
fn what_comes_back() {
    let find = |kind, text| found_in(kind, text);
    let chain = "Want breeds fear, fear breeds hatred, hatred breeds war.";
    assert!(find(FigureKind::Anadiplosis, chain).iter().any(|parts| parts.matches("fear").count() == 2));
    let two = "They gave the town a promise. Promises were all that they gave.";
    assert_eq!(find(FigureKind::Anadiplosis, two), [""; 0]);
    assert_eq!(
        find(FigureKind::Anadiplosis, "They gave the town a promise. That promise was soon broken."),
        ["promise | promise"]
    );
    assert_eq!(
        find(FigureKind::Epanalepsis, "Blood, they told us at the hall, will answer blood."),
        ["Blood | blood"]
    );
    assert_eq!(find(FigureKind::Epanalepsis, "Blood is red."), [""; 0]);
    assert_eq!(find(FigureKind::Epizeuxis, "He would never, never, never pay."), ["never | never | never"]);
    assert_eq!(
        find(FigureKind::Epizeuxis, "He said that that was all he had had, at 10 10 Mill Lane."),
        [""; 0]
    );
    assert_eq!(find(FigureKind::Epizeuxis, "It was the bridge\nbridge that fell."), [""; 0]);
    assert_eq!(find(FigureKind::Diacope, "The toll, the hated toll, was paid."), ["toll | toll"]);
    assert_eq!(find(FigureKind::Diacope, "It grew dearer and dearer, day by day."), [""; 0]);
    assert_eq!(
        any_in(FigureKind::Polyptoton, "Their national pride became the pride of a nation."),
        ["national | nation"]
    );
    assert_eq!(any_in(FigureKind::Polyptoton, "The farm and the farms beside it."), [""; 0]);
    let reversed = "We sell what they want, and they want what we sell.";
    assert!(
        any_in(FigureKind::Antimetabole, reversed).iter().any(|parts| parts == "sell | want | want | sell")
    );
    assert_eq!(
        any_in(FigureKind::Antimetabole, "We sell what they want, and we sell what they buy."),
        [""; 0]
    );
}

#[test]
fn series() {
    let find = |kind, text| found_in(kind, text);
    assert_eq!(
        find(FigureKind::Doublet, "They spoke with candour and courage of it."),
        ["candour | courage"]
    );
    assert_eq!(find(FigureKind::Doublet, "They can and must pay."), ["can | must"]);
    assert_eq!(find(FigureKind::Doublet, "It was a lawful and lasting peace."), ["lawful | lasting"]);
    for text in [
        "The old mill wheel and axle grease were sold.",
        "They met Marx and Engels there.",
        "He took the bread and went home.",
        "They bought ten and sold twelve.",
        "They asked for bread, cheese and wine.",
    ] {
        assert_eq!(find(FigureKind::Doublet, text), [""; 0], "{text}");
    }
    assert_eq!(
        find(FigureKind::Tricolon, "They asked for bread, work, and peace."),
        ["bread | work | peace"]
    );
    assert_eq!(find(FigureKind::Tricolon, "They asked for bread, for work, and for peace.").len(), 1);
    assert_eq!(find(FigureKind::Tricolon, "They asked for bread, salt, work, and peace."), [""; 0]);
    assert_eq!(find(FigureKind::Tricolon, "He came, however, and left."), [""; 0]);
    assert_eq!(find(FigureKind::Polysyndeton, "They had wind and rain and snow and hail and fog.").len(), 1);
    assert_eq!(find(FigureKind::Polysyndeton, "They had wind and rain, and that was all."), [""; 0]);
    assert_eq!(find(FigureKind::Asyndeton, "He came, he spoke, he left.").len(), 1);
    assert_eq!(find(FigureKind::Asyndeton, "He came, he spoke, and he left."), [""; 0]);
    assert_eq!(find(FigureKind::Asyndeton, "On Monday, however, he left."), [""; 0]);
}

#[test]
fn frames_and_balance() {
    let find = |kind, text| found_in(kind, text);
    assert_eq!(
        find(FigureKind::CorrelativePair, "It is not only a toll but also a tax."),
        ["not only | but also"]
    );
    assert_eq!(find(FigureKind::CorrelativePair, "Either they pay or we do."), ["Either | or"]);
    assert_eq!(find(FigureKind::CorrelativePair, "We both came and saw it."), [""; 0]);
    assert_eq!(find(FigureKind::Antithesis, "It is not a gift but a loan."), ["not a gift | but a loan"]);
    assert_eq!(find(FigureKind::Antithesis, "They pay in bread, not in coin."), ["in bread | not in coin"]);
    assert_eq!(find(FigureKind::Antithesis, "They had not paid, but we were told that they would."), [""; 0]);
    assert_eq!(
        find(FigureKind::Litotes, "He was not unkind, and it was no small gift."),
        ["not | unkind", "no | small"]
    );
    assert_eq!(find(FigureKind::Litotes, "He was not kind, and had no doubt."), [""; 0]);
    let pair = "The rich pay with their purses; the poor pay with their lives.";
    assert!(any_in(FigureKind::Isocolon, pair).len() == 1 && any_in(FigureKind::Antithesis, pair).len() == 1);
    assert_eq!(any_in(FigureKind::Isocolon, "He went home early; nobody in the hall had seen it."), [""; 0]);
}

#[test]
fn parentheses() {
    let find = |text| found_in(FigureKind::Parenthesis, text);
    assert_eq!(find("The toll (they call it a gift) is paid."), ["(they call it a gift)"]);
    assert_eq!(find("The toll – they call it a gift – is paid."), ["– they call it a gift –"]);
    assert_eq!(find("The toll - they call it a gift - is paid."), ["- they call it a gift -"]);
    assert_eq!(find("The toll—they call it a gift—is paid."), ["—they call it a gift—"]);
    for text in [
        "The toll (1786) was raised.",
        "The law (Smith 1990: 3) was bad.",
        "The CPSU(B) met in the hall.",
        "The well-known toll was paid.",
        "There were (a) tolls and (iv) taxes.",
        "The tolls of 1786 - 1790 were paid.",
    ] {
        assert_eq!(find(text), [""; 0], "{text}");
    }
    let flagged = |text: &str, rule: &str| {
        let found = all(&format!("{PROSE} {text}"));
        found.iter().filter(|(figure, ..)| figure.rule == rule && !figure.countable).count()
    };
    assert_eq!(flagged("The toll {they call it a gift) is paid.", "brackets:mismatched"), 1);
    assert_eq!(flagged("The toll (they call it a gift is paid.", "brackets:unclosed"), 1);
    assert_eq!(found_in(FigureKind::DashClause, "It was paid - every penny of it."), ["- every penny of it"]);
}

#[test]
fn languages_without_lists_have_what_needs_none() {
    let mut forms = Forms::new();
    let content = "Nous avons vu la mer et les grands bateaux (ceux du port). Nous avons vu la ville et ses rues. \
                   Nous avons vu le pont, le pont et la tour.";
    let text = Text::read(content.to_owned(), &Language::of("fr").unwrap(), &mut forms);
    let figures = find(&text, &forms, &Lists::built_in("fr").unwrap());
    assert!(figures.iter().all(|figure| figure.kind.needs_no_list()), "{figures:?}");
    let kinds: Vec<_> = figures.iter().map(|figure| figure.kind).collect();
    assert!(kinds.contains(&FigureKind::Anaphora) && kinds.contains(&FigureKind::Parenthesis), "{kinds:?}");
}

/// Work grows with the text and no faster, on texts made to be expensive.
#[test]
fn work_is_linear() {
    let lists = Lists::built_in("en").unwrap();
    let steps = |content: String| {
        let mut forms = Forms::new();
        let text = Text::read(content, &Language::english(), &mut forms);
        let mut finder = Finder::new(&lists);
        let figures = finder.find(&text, &forms);
        (
            finder.steps.get(),
            figures.iter().map(|figure| 1 + figure.parts.len()).sum::<usize>(),
            text.tokens.len(),
        )
    };
    for (unit, count) in [
        ("toll ", 100_000),
        ("toll, ", 50_000),
        ("toll. ", 50_000),
        ("bread toll ", 50_000),
        ("bread and toll and ", 25_000),
        ("not only but not rather than on either or ", 5_000),
        ("The toll is paid. ", 10_000),
        ("(", 40_000),
        ("( - a b ", 10_000),
        ("(a b) ", 10_000),
        ("a - b c ", 10_000),
        ("the rich pay, the poor pay, ", 5_000),
    ] {
        let [half, whole] = [count, 2 * count].map(|count| steps(format!("{PROSE} {}", unit.repeat(count))));
        assert!(whole.0 <= 2 * half.0 + half.0 / 5 + 1_000, "{unit:?}: {half:?} {whole:?}");
        assert!(whole.1 <= 2 * half.1 + half.1 / 5 + 1_000, "{unit:?}: {half:?} {whole:?}");
        assert!(whole.0 <= 400 * whole.2 + 1_000_000, "{unit:?}: {whole:?}");
    }
}

/// Place of the first part, words repeated, units: anaphora and epistrophe as the definition says, by comparing
/// every stretch of sentences.
fn slow(text: &Text, at_end: bool) -> Vec<(usize, usize, usize)> {
    let sentences: Vec<(usize, Vec<String>)> = text
        .sentences
        .iter()
        .filter(|sentence| text.blocks[sentence.block].kind == BlockKind::Paragraph)
        .map(|sentence| {
            let words = text.tokens[sentence.tokens.clone()].iter();
            let mut words: Vec<String> =
                words.map(|token| text.content[token.range()].to_lowercase()).collect();
            if at_end {
                words.reverse();
            }
            (sentence.tokens.start, words)
        })
        .collect();
    let agree = |from: usize, to: usize, length: usize| {
        sentences[from..to]
            .iter()
            .all(|(_, words)| words.get(..length).is_some_and(|head| head == &sentences[from].1[..length]))
            && sentences[from].1.len() >= length
    };
    let mut found = Vec::new();
    for from in 0..sentences.len() {
        for to in from + 3..=sentences.len() {
            let holds = sentences[from].1.len() >= 2 && agree(from, to, 2);
            let goes_on = from > 0 && sentences[from - 1].1.len() >= 2 && agree(from - 1, to, 2)
                || to < sentences.len() && agree(from, to + 1, 2);
            if !holds || goes_on {
                continue;
            }
            let length = (2..=16)
                .take_while(|length| sentences[from].1.len() >= *length && agree(from, to, *length))
                .last()
                .unwrap();
            if sentences[from..to].iter().any(|(_, words)| words.len() > length) {
                let place = if at_end {
                    sentences[from].0 + sentences[from].1.len() - length
                } else {
                    sentences[from].0
                };
                found.push((text.tokens[place].start as usize, length, to - from));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn openings_are_those_of_the_slow_way(
        sentences in prop::collection::vec(prop::collection::vec(0_usize..3, 1..6), 0..14)
    ) {
        let words = ["Alder", "birch", "cedar"];
        let mut content = PROSE.to_owned();
        for sentence in &sentences {
            let sentence: Vec<&str> = sentence.iter().map(|word| words[*word]).collect();
            let mut sentence = sentence.join(" ");
            // A capital opens a sentence.
            sentence[..1].make_ascii_uppercase();
            content = format!("{content} {sentence}.");
        }
        content = format!("{content} {PROSE}");
        let mut forms = Forms::new();
        let text = Text::read(content, &Language::of("xx").unwrap(), &mut forms);
        let figures = find(&text, &forms, &Lists::built_in("xx").unwrap());
        for (kind, at_end) in [(FigureKind::Anaphora, false), (FigureKind::Epistrophe, true)] {
            let found: Vec<_> = figures
                .iter()
                .filter(|figure| figure.kind == kind)
                .map(|figure| {
                    let part = &text.content[figure.parts[0].clone()];
                    (figure.parts[0].start, part.split(' ').count(), figure.parts.len())
                })
                .collect();
            prop_assert_eq!(found, slow(&text, at_end));
        }
    }

    #[test]
    fn any_text_has_figures_in_order(content in "[A-Ca-c ,.;:()\\[\\]{}“”‘’'\"\n—-]{0,200}|(not|but|and|the|toll|,|\\.|\\(|\\)| - | ){0,80}") {
        let mut forms = Forms::new();
        let text = Text::read(content.clone(), &Language::english(), &mut forms);
        let found = analyse(&text, &forms, &Lists::built_in("en").unwrap(), 1);
        let mut last = 0;
        for figure in &found.figures {
            prop_assert!(figure.range.start >= last && figure.range.end > figure.range.start);
            last = figure.range.start;
            prop_assert!(content.get(figure.range.clone()).is_some());
            prop_assert!(!figure.parts.is_empty() && figure.sentence < text.sentences.len());
            for part in &figure.parts {
                prop_assert!(content.get(part.clone()).is_some() && part.start >= figure.range.start && part.end <= figure.range.end);
            }
            prop_assert!(!(figure.countable && figure.kind.is_ranked()) && figure.score.is_finite());
        }
    }
}
