use super::*;

fn error(content: &str) -> String {
    Lexicon::parse("test", content).unwrap_err().to_string()
}

const HEAD: &str = "language = \"en\"\nversion = \"1\"\n";

fn entry(rest: &str) -> String {
    format!("{HEAD}[[entry]]\nmarker = \"m\"\nfamily = \"stance\"\ncategory = \"hedge\"\n{rest}\n")
}

#[test]
fn the_built_in_lexicon_is_sound() {
    let lexicon = Lexicon::built_in("en").unwrap();
    assert!(lexicon.entries.len() > 200, "{}", lexicon.entries.len());
    for category in ["contrast", "cause", "condition"] {
        assert!(lexicon.category("organise", category).is_some(), "{category}");
    }
    for category in ["hedge", "booster", "intensifier", "self_mention"] {
        assert!(lexicon.category("stance", category).is_some(), "{category}");
    }
    assert!(lexicon.category("engage", "reader_address").is_some());
    assert!(lexicon.category("question", "interrogative").is_some());
}

/// The build cuts words with `unicode-segmentation`, whose words are those of the crate.
#[test]
fn the_built_in_lexicons_are_those_of_their_files() {
    for pack in packs::BUILT_IN {
        let name = packs::name(pack.language);
        let compiled: Compiled = postcard::from_bytes(pack.compiled).unwrap();
        let (parsed, expected) = compile(&[File { name: &name, content: pack.content }], words).unwrap();
        assert_eq!(compiled, parsed);
        assert!(pack.automaton == expected.serialize());
    }
}

#[test]
fn a_bad_entry_is_named_with_its_line() {
    let message = error(&entry("phrases = [\"a\"]\nbefore = [\"%none\"]"));
    assert!(message.contains("line 3") && message.contains("set 'none'"), "{message}");
    assert!(error(&entry("phrases = [\" \"]")).contains("holds no word"));
    assert!(error(&entry("phrases = []")).contains("has no phrase"));
    assert!(error(&entry("phrases = [\"a\", \"a\"]")).contains("there already"));
    assert!(error(&entry("phrase = [\"a\"]")).contains("phrase"));
    assert!(error(&entry(&format!("phrases = [\"{}\"]", "a ".repeat(10_000)))).contains("10000 words"));
    assert!(error(HEAD).contains("no [[entry]]"));
    let unknown = entry("phrases = [\"a\"]").replace("stance", "stanza");
    assert!(error(&unknown).contains("unknown family 'stanza'"));
}

#[test]
fn alternatives_are_readings() {
    let lexicon = Lexicon::parse("test", &entry("phrases = [\"in my|our view|opinion\"]")).unwrap();
    assert_eq!(lexicon.phrases.len(), 4);
}
