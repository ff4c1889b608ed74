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
        let parsed = compile(&[File { name: &name, content: pack.content }], words).unwrap();
        assert_eq!(compiled, parsed);
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
    assert!(error(&entry("phrases = [\"a\"]\nposition = \"intial\"")).contains("intial"));
    assert!(error(&entry("phrases = [\"* a\"]")).contains("opens with a slot"));
    assert!(error(&entry("phrases = [\"a *\"]")).contains("ends in an open slot"));
    assert!(error(&entry("phrases = [\"a *99 b\"]")).contains("1 to 8 words"));
    assert!(error(&entry("phrases = [\"a * b * c * d\"]")).contains("open slots"));
    assert!(error(&entry("phrases = [\"a %none\"]")).contains("set 'none'"));
    assert!(error(&entry("phrases = [\"a\"]\nalso = [\"hedge\"]")).contains("names no category"));
    assert!(error(&entry("phrases = [\"a\"]\nprecision = 2.0")).contains("between 0 and 1"));
    assert!(error(&entry("off = true")).contains("extends"));
    assert!(error("version = \"1\"\n").contains("'language'"));
    let unknown = entry("phrases = [\"a\"]").replace("stance", "stanza");
    assert!(error(&unknown).contains("unknown family 'stanza'"));
    let unknown = entry("phrases = [\"a\"]").replace("hedge", "hedges");
    assert!(error(&unknown).contains("unknown category 'hedges'"));
    for message in [error(&unknown), error("language = 1"), error(&entry("phrases = [1]"))] {
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn alternatives_are_readings() {
    let content = entry("phrases = [\"in my|our view|opinion\"]");
    let Lexicon { index: Index { tree, .. }, words, .. } = Lexicon::parse("test", &content).unwrap();
    let found = |head: [&str; 3]| {
        let [first, second, third] = head.map(|word| words.code(word));
        let node = tree.following(tree.opening(first), second)?;
        tree.following(node, third).map(|node| tree.phrases(node).len())
    };
    for head in
        [["in", "my", "view"], ["in", "our", "view"], ["in", "my", "opinion"], ["in", "our", "opinion"]]
    {
        assert_eq!(found(head), Some(1), "{head:?}");
    }
    assert_eq!(found(["in", "view", "my"]), None);
}

#[test]
fn a_category_may_be_declared() {
    let own = "[[category]]\nfamily = \"stance\"\ncategory = \"irony\"\ndefinition = \"says the contrary\"\n";
    let lexicon = entry("phrases = [\"a\"]").replace("hedge", "irony") + own;
    let lexicon = Lexicon::parse("test", &lexicon).unwrap();
    let place = lexicon.category("stance", "irony").unwrap();
    assert!(lexicon.covers(place, "en"));
    assert_eq!(lexicon.definition(&lexicon.categories[usize::from(place)]), "says the contrary");
    let empty = format!("{HEAD}{}", own.replace("says the contrary", " "));
    assert!(error(&empty).contains("no definition"));
}

#[test]
fn what_is_off_is_no_category_of_a_run() {
    let lexicons = Lexicons::load(&[], &[], &[]).unwrap();
    let has = |lexicons: &Lexicons| lexicons.categories().iter().any(|known| known.category == "invective");
    assert!(!has(&lexicons));
    assert!(lexicons.of("en").entries.iter().any(|entry| entry.home.category == "invective" && entry.off));
    let lexicons = Lexicons::load(&[], &["label.invective".into()], &["perhaps".into()]).unwrap();
    assert!(has(&lexicons));
    let place = lexicons.of("en").category("label", "invective").unwrap();
    assert!(lexicons.of("en").covers(place, "en") && !lexicons.of("pt").covers(place, "pt"));
    let perhaps = lexicons.of("en").entries.iter().filter(|entry| entry.marker == "perhaps");
    assert!(
        perhaps.clone().count() > 0 && perhaps.clone().all(|entry| entry.off && entry.category.is_none())
    );
    assert!(Lexicons::load(&[], &["no such".into()], &[]).unwrap_err().to_string().contains("'no such'"));
}

#[test]
fn languages_without_a_lexicon_have_no_markers() {
    let lexicons = Lexicons::load(&[], &[], &[]).unwrap();
    assert!(lexicons.has("en") && lexicons.has("pt") && !lexicons.has("fr") && !lexicons.has("und"));
    let french = lexicons.of("fr");
    assert_eq!(french.categories, lexicons.of("en").categories);
    let covered = (0_u16..).zip(&french.categories).filter(|(place, _)| french.covers(*place, "xx"));
    assert!(
        covered.clone().count() > 0 && covered.into_iter().all(|(_, category)| category.is_found_by_rule())
    );
}

/// A file of one's own, written to disk.
fn load(content: impl AsRef<[u8]>) -> std::result::Result<Lexicons, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, content).unwrap();
    Lexicons::load(&[path], &[], &[]).map_err(|error| error.to_string())
}

#[test]
fn a_file_may_add_to_a_built_in_lexicon() {
    let own = "extends = \"en\"\nversion = \"3\"\n[[entry]]\nmarker = \"since\"\noff = true\n[[entry]]\nmarker = \
               \"I say\"\nphrases = [\"i say\", \"since %pronoun\"]\nfamily = \"stance\"\ncategory = \"hedge\"\n";
    let lexicons = load(own).unwrap();
    let english = lexicons.of("en");
    assert_eq!(english.entries[0].marker, "I say");
    assert!(english.entries.iter().filter(|entry| entry.marker == "since").all(|entry| entry.off));
    assert_eq!(english.entries.len(), Lexicon::built_in("en").unwrap().entries.len() + 1);
    let files: Vec<_> =
        english.sources.iter().map(|source| (source.version.as_str(), source.entries)).collect();
    assert_eq!(files[1], ("3", 2));
    assert_eq!(english.sources[1].blake3, blake3::hash(own.as_bytes()).to_hex().to_string());
    assert!(lexicons.has("pt") && !lexicons.has("fr"));
    // Without 'extends' it is for every text.
    let own = own.replace("extends", "language").replace("marker = \"since\"\noff = true\n[[entry]]\n", "");
    let lexicons = load(own.replace(", \"since %pronoun\"", "")).unwrap();
    assert_eq!((lexicons.of("fr").entries.len(), lexicons.packs().len()), (1, 1));
}

#[test]
fn a_file_that_cannot_be_used_is_named() {
    let wrong = |content: &[u8]| load(content).unwrap_err();
    let bytes = wrong(b"language = \"en\"\nversion = \"\xff\"\n");
    assert!(bytes.contains("mine.toml, line 2: is not UTF-8"), "{bytes}");
    assert!(wrong(b"no toml at all").contains("mine.toml, line 1"));
    assert!(wrong(b"").contains("mine.toml, line 1"));
    let unknown = wrong(b"extends = \"xx\"\nversion = \"1\"\n");
    assert!(unknown.contains("extends 'xx'") && unknown.contains("en, pt"), "{unknown}");
    let absent = wrong(b"extends = \"en\"\nversion = \"1\"\n[[entry]]\nmarker = \"sinc\"\noff = true\n");
    assert!(absent.contains("line 3") && absent.contains("no such marker"), "{absent}");
    let missing = Lexicons::load(&["no/such/file".into()], &[], &[]).unwrap_err().to_string();
    assert!(missing.contains("no/such/file: cannot be read"), "{missing}");
}
