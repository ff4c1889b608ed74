use super::*;
use crate::text::{Language, Voice};

fn found(entries: &str, content: &str) -> Vec<(String, Voice)> {
    let lexicon = format!("language = \"en\"\nversion = \"1\"\n[sets]\nnumber = [\"ten\"]\n{entries}");
    let lexicon = Lexicon::parse("test", &lexicon).unwrap();
    let mut forms = Forms::new();
    let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
    let mut hits = Vec::new();
    Matcher::new(&lexicon).find(&text, &forms, false, |hit| {
        hits.push((text.content[hit.range].to_owned(), hit.voice));
    });
    hits
}

fn strings(entries: &str, content: &str) -> Vec<String> {
    found(entries, content).into_iter().map(|(hit, _)| hit).collect()
}

fn entry(phrases: &str, rest: &str) -> String {
    format!(
        "[[entry]]\nmarker = \"m{phrases}\"\nphrases = [{phrases:?}]\nfamily = \"stance\"\n\
         category = \"hedge\"\n{rest}\n"
    )
}

#[test]
fn the_longest_phrase_wins_and_blocks() {
    let entries = entry("as", "") + &entry("as well", "");
    assert_eq!(strings(&entries, "As well he might, as ever."), ["As well", "as"]);
    let blocker =
        "[[entry]]\nmarker = \"as to\"\nphrases = [\"as to\"]\nfamily = \"none\"\ncategory = \"none\"\n";
    assert_eq!(strings(&(entry("as", "") + blocker), "They agreed as to the need as friends."), ["as"]);
}

#[test]
fn a_shorter_phrase_stands_in_when_the_longer_one_is_refused() {
    let entries = entry("so", "") + &entry("so that", "comma = \"before\"");
    let mut found = strings(&entries, "He spoke so that all heard, so that all left.");
    found.sort();
    assert_eq!(found, ["so", "so that"]);
}

#[test]
fn of_overlapping_phrases_the_longest_stays() {
    let entries = entry("and so", "") + &entry("so as to", "");
    assert_eq!(strings(&entries, "He ran and so as to win."), ["so as to"]);
}

#[test]
fn constraints() {
    let may = entry("may", "case = \"lower\"");
    assert_eq!(strings(&may, "They may come in May. May they come?"), ["may", "May"]);
    let about = entry("about", "number = \"after\"");
    assert_eq!(strings(&about, "About ten men spoke about 12 things about bread."), ["About", "about"]);
    let us = entry("us", "case = \"lower\"");
    assert_eq!(strings(&us, "The US gave us bread."), ["us"]);
    let indeed = entry("indeed", "position = \"clause_initial\"");
    assert_eq!(strings(&indeed, "He did indeed come; indeed, he came - indeed ran."), ["indeed", "indeed"]);
    let then = entry("then", "position = \"sentence_initial\"\ncomma = \"after\"");
    assert_eq!(strings(&then, "Then, they left. Then they left, and then, they ran."), ["Then"]);
    let since = entry("since", "before = [\"he\", \"they\"]\nnot_after = [\"ever\"]");
    assert_eq!(strings(&since, "Since he came, and since then, and ever since they left."), ["Since"]);
}

#[test]
fn phrases_do_not_cross_marks_or_sentences() {
    let entries = entry("of course", "");
    assert_eq!(
        strings(&entries, "Made of, course by course. It is of. Course it is, of\ncourse."),
        ["of\ncourse"]
    );
}

fn outcomes(entries: &str, content: &str) -> Vec<(String, &'static str)> {
    let lexicon = format!("language = \"en\"\nversion = \"1\"\n{entries}");
    let lexicon = Lexicon::parse("test", &lexicon).unwrap();
    let mut forms = Forms::new();
    let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
    let mut hits = Vec::new();
    Matcher::new(&lexicon).find(&text, &forms, true, |hit| hits.push(hit));
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.category));
    hits.into_iter().map(|hit| (text.content[hit.range].to_owned(), hit.status.name())).collect()
}

#[test]
fn what_is_rejected_says_why() {
    let entries = entry("since", "before = [\"he\"]\nposition = \"sentence_initial\"")
        + &entry("ever since", "")
        + &entry("of course", "")
        + "[[entry]]\nmarker = \"as to\"\nphrases = [\"as to\"]\nfamily = \"none\"\ncategory = \"none\"\n"
        + &entry("as", "");
    let found = outcomes(
        &entries,
        "Since he came, since he left, since then and ever since, of, course. They agreed as to that.",
    );
    let expected = [
        ("Since", "counted"),
        ("since", "position"),
        ("since", "before"),
        ("ever since", "counted"),
        ("since", "before"),
        ("of, course", "mark_inside"),
        ("as", "overlap"),
    ];
    assert_eq!(found, expected.map(|(hit, status)| (hit.to_owned(), status)));
}

#[test]
fn a_span_has_one_outcome_in_a_category() {
    let entries = entry("so", "comma = \"after\"") + &entry("so", "comma = \"before\"").replace("mso", "n");
    let entries = entries.replace("[[entry]]\nmarker = \"n\"", "[[entry]]\nrule = \"2\"\nmarker = \"n\"");
    assert_eq!(
        outcomes(&entries, "They came, so we left so late."),
        [("so".to_owned(), "counted"), ("so".to_owned(), "comma")]
    );
}

#[test]
fn slots() {
    let not_only = entry("not only * but", "except = [\"whether\"]");
    assert_eq!(
        strings(
            &not_only,
            "Not only bread, but also wine; not only the old bread but wine; not only whether \
                            but; not only a b c d but e; not only but."
        ),
        ["Not only bread, but", "not only the old bread but"]
    );
    let did = "verb = [\"come\", \"see\"]\n".to_owned() + &entry("do|does|did really|truly|%verb", "");
    assert_eq!(
        strings(&did, "He did come; she did truly sing; they did not see."),
        ["did come", "did truly"]
    );
    let five = entry("from *5 to", "");
    assert_eq!(strings(&five, "From a b c d e to f. From (a) to b."), ["From a b c d e to"]);
}

#[test]
fn endings() {
    let entries = entry("4*ism|4*ist", "except = [\"tourist\", \"*ologist\"]")
        + &entry("narrow", "before = [\"4*ist\"]");
    assert_eq!(
        strings(
            &entries,
            "A narrow nationalist, an Owenist, a tourist, a biologist, a narrow list of isms, a schism, \
                           criticism."
        ),
        ["narrow", "nationalist", "Owenist", "criticism"]
    );
}

#[test]
fn quotation_marks_beside_a_match() {
    let said = entry("said", "quotation = \"either\"");
    assert_eq!(
        strings(&said, "“Stop,” said he. He said, “Stop.” He said so, and she said it."),
        ["said", "said"]
    );
}

#[test]
fn a_match_may_count_in_two_categories() {
    let entries = entry("liar", "also = [\"label.invective\", \"stance.hedge\"]");
    assert_eq!(found(&entries, "The liar left.").len(), 1);
    let entries = entries + &entry("knave", "").replace("stance", "label").replace("hedge", "invective");
    assert_eq!(found(&entries, "The liar left.").len(), 2);
}

#[test]
fn hits_have_the_voice_of_their_first_word() {
    let hits = found(&entry("perhaps", ""), "“Perhaps you are right,” he said, but perhaps not.");
    let voices: Vec<_> = hits.into_iter().map(|(_, voice)| voice).collect();
    assert_eq!(voices, [Voice::Quoted, Voice::Author]);
}
