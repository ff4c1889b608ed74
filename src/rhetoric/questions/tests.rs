use super::*;
use crate::text::Language;

fn found_in(code: &str, content: &str) -> Vec<(&'static str, String)> {
    let mut forms = Forms::new();
    let text = Text::read(content.to_owned(), &Language::of(code).unwrap(), &mut forms);
    find(&text, &forms, QuestionWords::of(code))
        .into_iter()
        .map(|question| (question.kind.name(), text.content[question.range].to_owned()))
        .collect()
}

fn of_kind(kind: &str, content: &str) -> Vec<String> {
    let found = found_in("en", content).into_iter();
    found.filter(|(name, _)| *name == kind).map(|(_, question)| question).collect()
}

fn forms_of(content: &str) -> Vec<(&'static str, String)> {
    let mut found = found_in("en", content);
    found.retain(|(kind, _)| ["interrogative", "heading_question", "tag", "embedded"].contains(kind));
    found
}

#[test]
fn one_row_a_question() {
    let content = "Who Pays the Piper?\n\nShe asked, “Why not?” and left. What do they want?? They \
                   want the meadow, every foot of it.";
    let found = forms_of(content);
    let found: Vec<_> = found.iter().map(|(kind, question)| (*kind, question.as_str())).collect();
    assert_eq!(
        found,
        [
            ("heading_question", "Who Pays the Piper?"),
            ("interrogative", "Why not?"),
            ("interrogative", "What do they want??"),
        ]
    );
}

#[test]
fn a_mark_inside_a_sentence_asks_behind_words_that_ask() {
    assert_eq!(of_kind("interrogative", "What of that? and who pays?").len(), 2);
    let named = "We show that Eh? is a word. In the film Hullo? (1950) he sang. She ends on eh?. It is na?ve. The word “Eh?” is old.";
    assert_eq!(forms_of(named), []);
    assert_eq!(of_kind("interrogative", "“Who goes there?” he cried."), ["Who goes there?"]);
    assert_eq!(
        of_kind("interrogative", "They left (and why should they stay?) at noon."),
        ["and why should they stay?"]
    );
}

#[test]
fn a_preamble_is_no_part_of_the_question() {
    let text = "I ask again: who is to pay for it? We were told so; and yet who crossed it?";
    assert_eq!(
        of_kind("interrogative", text),
        ["who is to pay for it?", "We were told so; and yet who crossed it?"]
    );
}

#[test]
fn tags() {
    let text = "It is a fine bridge, isn't it? You paid for it, did you not? They will mend it, right? Is it to be \
                mended, or left? It fell. Right?";
    let tags = of_kind("tag", text);
    assert_eq!(
        tags,
        ["It is a fine bridge, isn't it?", "You paid for it, did you not?", "They will mend it, right?"]
    );
    let german = found_in("de", "Die Brücke ist alt, nicht wahr? Wer bezahlt sie?");
    assert_eq!(german[0].0, "tag");
}

#[test]
fn questions_without_a_mark() {
    let asks =
        "The dispute was: could the bridge be built without a loan. They said this: the bridge is old.";
    assert_eq!(of_kind("embedded", asks), ["could the bridge be built without a loan."]);
    assert_eq!(
        of_kind("embedded", "How do you know what it cost. What a bridge it was!"),
        ["How do you know what it cost."]
    );
    assert_eq!(
        of_kind("embedded", "What he does is his own affair. Had they known it, they had left."),
        [""; 0]
    );
}

#[test]
fn a_series_keeps_to_its_paragraph_and_voice() {
    let text = "Who built it? Who paid? And who crosses it now? Nobody did.\n\nWhy is that so?\n\nWhat is it worth? \
                “What is it to you?” he said.";
    assert_eq!(of_kind("series", text), ["Who built it? Who paid? And who crosses it now?"]);
}

#[test]
fn answers() {
    let strong = |text: &str| of_kind("hypophora_strong", text);
    let weak = |text: &str| of_kind("hypophora_weak", text);
    assert_eq!(strong("Is it safe? No, it will fall before the winter is over."), ["Is it safe?"]);
    assert_eq!(
        strong("Does the bridge stand? It does, as far as any man can tell from here."),
        ["Does the bridge stand?"]
    );
    assert_eq!(
        strong("Why did they build? To bring the people of the fen to the market in winter."),
        ["Why did they build?"]
    );
    assert_eq!(
        strong(
            "What do the ferrymen want from the council? What ferrymen want of any council is to be let alone."
        ),
        ["What do the ferrymen want from the council?"]
    );
    let statement = "What did it cost? The council spent forty pounds on timber and as much on the stone.";
    assert_eq!((strong(statement), weak(statement)), (vec![], vec!["What did it cost?".to_owned()]));
    // Not answered: by a question, over a paragraph, of the question itself, by another voice.
    for text in [
        "Is it safe? Is it sound?",
        "Is it safe?\n\nNo, it will fall.",
        "Is it safe? And so they went.",
        "What did it cost? These questions nobody in the council has wished to hear.",
        "Is it safe? “No,” he said.",
        "“Is it safe?” “No, it will fall.”",
        "Is it safe? The council met on Monday to hear of the floods in the fen.",
    ] {
        assert_eq!((strong(text), weak(text)), (vec![], vec![]), "{text}");
    }
}

#[test]
fn candidates_are_ranked() {
    let score = |content: &str| {
        let mut forms = Forms::new();
        let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
        let found = find(&text, &forms, QuestionWords::of("en"));
        found.iter().find(|row| row.kind == QuestionKind::RhetoricalCandidate).map(|row| row.score)
    };
    let plain = score("When does the ferry leave? It leaves at nine in the morning.");
    let frame = score("Who would pay for such a bridge?");
    let more = score("And who would ever pay for such a bridge?");
    assert_eq!(plain, None);
    assert!(frame.is_some() && more > frame, "{frame:?} {more:?}");
    assert!(score("Isn't it a shame?").is_some());
}

#[test]
fn marks_of_other_scripts() {
    let kinds = |code: &str, text: &str| {
        found_in(code, text).iter().filter(|(kind, _)| *kind == "interrogative").count()
    };
    assert_eq!(kinds("el", "Ποιος πληρώνει; Κανείς δεν ξέρει."), 1);
    assert_eq!(kinds("en", "They paid; nobody knew."), 0);
    assert_eq!(kinds("ar", "من يدفع؟ لا أحد."), 1);
    assert_eq!(kinds("zh", "谁来付钱？没有人。"), 1);
    assert_eq!(found_in("hy", "Ո՞վ է վճարում։"), [("interrogative", "Ո՞վ է վճարում։".to_owned())]);
}

#[test]
fn any_text_is_read() {
    for text in
        ["", "?", "? ? ?", "??", "a?", ":?", "“?”", "A: b?", "Is:?", "What? :", "(why?)", "Why\u{301}?"]
    {
        found_in("en", text);
    }
    // Quadratic time would take minutes.
    for pattern in ["it is a? b, ", "a:b: ", "\u{201c}a? b\u{201d} ", "what a? ", "a?", "? "] {
        found_in("en", &pattern.repeat(30_000));
    }
}
