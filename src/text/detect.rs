//! Which language a text is in: codes and names of ISO 639, and detection from a sample.
//!
//! Detection is that of the crate `whatlang` (trigrams and alphabets of 70 languages), on a sample of
//! constant size, so that its cost does not grow with the text. Languages of one script of their own, such
//! as Greek, Thai or Korean, are told by the script: Ancient Greek comes out as Greek (`el`).

use std::borrow::Cow;

use isolang::Language;
use memchr::memmem;
use whatlang::Script;

use super::unicode::{head, tail};

/// The code of texts in a language that is not known (ISO 639-2).
pub const UNDETERMINED: &str = "und";

/// A language that a text was found to be in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detected {
    /// ISO 639-1 code where there is one, else ISO 639-3.
    pub code: &'static str,
    /// How far the language is ahead of the next likely one, from 0 to 1 (`whatlang`'s confidence).
    pub confidence: f64,
}

/// Bytes of a sample, twice what was enough for every text of the corpora it was tried on.
const SAMPLE: usize = 3 << 10;
/// Places of a longer text that a sample is taken from, the beginning and the end among them.
const PIECES: usize = 6;
/// Fewer letters tell no language.
const FEWEST_LETTERS: usize = 50;
/// With fewer letters, a language that is not found is a matter of length.
const ENOUGH_LETTERS: usize = 200;
/// The confidence that a short text must exceed. Of samples of 100 characters, some 95 in 100 do, and fewer
/// than one of those is wrong.
const SHORT_CONFIDENCE: f64 = 0.5;
/// The confidence that a text with enough letters must exceed. In a language that `whatlang` knows, 99 in 100
/// samples of 200 characters do; a language that it does not know seldom does.
const CONFIDENCE: f64 = 0.9;

/// The language of `text`, from about 3 kB of its beginning, middle and end; none if these hold fewer than
/// 50 letters or no language is clearly ahead of all others, nor is that of more than half of the places. What Project Gutenberg puts before and after a
/// text is left aside.
///
/// ```
/// let text = "Die Brücke gehört denen, die über sie gehen, und nicht denen, die sie bauen ließen.";
/// assert_eq!(rhetor::text::detect(text).unwrap().code, "de");
/// assert_eq!(rhetor::text::detect("42"), None);
/// ```
pub fn detect(text: &str) -> Option<Detected> {
    let text = inner(text);
    of_sample(&sample(text)).or_else(|| of_most_pieces(text))
}

fn of_sample(sample: &str) -> Option<Detected> {
    let letters = letters(sample, ENOUGH_LETTERS);
    if letters < FEWEST_LETTERS {
        return None;
    }
    let least = if letters < ENOUGH_LETTERS { SHORT_CONFIDENCE } else { CONFIDENCE };
    let info = whatlang::detect(sample).filter(|info| info.confidence() > least)?;
    Some(Detected { code: language_code(info.lang().code())?, confidence: info.confidence() })
}

/// The language of more than half of the pieces of a long text: one in two languages shows neither as a whole.
fn of_most_pieces(text: &str) -> Option<Detected> {
    if text.len() <= SAMPLE {
        return None;
    }
    let found: Vec<Detected> = pieces(text).filter_map(of_sample).collect();
    let count = |code: &str| found.iter().filter(|other| other.code == code).count();
    found.iter().find(|detected| count(detected.code) * 2 > PIECES).copied()
}

/// The code of a text whose language could not be told: English (`en`) for a short text in Latin letters or
/// without letters, else `und`, under which only the rules hold that need no language.
pub fn undetected(text: &str) -> &'static str {
    let sample = sample(inner(text));
    let latin = matches!(whatlang::detect_script(&sample), Some(Script::Latin) | None);
    if latin && letters(&sample, ENOUGH_LETTERS) < ENOUGH_LETTERS { "en" } else { UNDETERMINED }
}

/// The number of letters, counted up to `most`.
fn letters(text: &str, most: usize) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).take(most).count()
}

/// Codes and names beside those of ISO 639-1 and 639-3: the bibliographic codes of ISO 639-2, single
/// languages that go by the code of their group, and usual names.
const ALIASES: [(&str, &str); 50] = [
    ("alb", "sq"),
    ("als", "sq"),
    ("arb", "ar"),
    ("arm", "hy"),
    ("azj", "az"),
    ("baq", "eu"),
    ("bokmål", "nb"),
    ("bur", "my"),
    ("castilian", "es"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("cze", "cs"),
    ("dut", "nl"),
    ("ekk", "et"),
    ("farsi", "fa"),
    ("fre", "fr"),
    ("geo", "ka"),
    ("ger", "de"),
    ("gre", "el"),
    ("greek", "el"),
    ("ice", "is"),
    ("iw", "he"),
    ("ji", "yi"),
    ("khk", "mn"),
    ("lvs", "lv"),
    ("mac", "mk"),
    ("mandarin", "zh"),
    ("mao", "mi"),
    ("may", "ms"),
    ("npi", "ne"),
    ("nynorsk", "nn"),
    ("ory", "or"),
    ("pbt", "ps"),
    ("per", "fa"),
    ("pes", "fa"),
    ("plt", "mg"),
    ("prs", "fa"),
    ("rum", "ro"),
    ("scc", "sr"),
    ("scr", "hr"),
    ("slo", "sk"),
    ("slovene", "sl"),
    ("swh", "sw"),
    ("tib", "bo"),
    ("uzn", "uz"),
    ("valencian", "ca"),
    ("wel", "cy"),
    ("ydd", "yi"),
    ("zho", "zh"),
    ("zsm", "ms"),
];

/// The code under which a language is known here, for a code of ISO 639-1, 639-2 or 639-3 or an English
/// name, in any case, with or without a region or script after it: `deu`, `ger`, `de-AT` and `German` are
/// `de`. None for what ISO 639 does not know, and for its codes that name no language (`und`, `mul`).
///
/// ```
/// use rhetor::text::language_code;
/// assert_eq!(language_code("cze"), Some("cs"));
/// assert_eq!(language_code("Latin"), Some("la"));
/// assert_eq!(language_code("grc"), Some("grc"));
/// assert_eq!(language_code("Entish"), None);
/// ```
pub fn language_code(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let tag = name.split(['-', '_']).next().unwrap_or_default();
    let language =
        by_code(tag).or_else(|| by_name(&name)).filter(|language| !is_unnamed(language.to_639_3()))?;
    Some(language.to_639_1().unwrap_or(language.to_639_3()))
}

/// Whether `name` says that a text is in no one language, or in one that is not known: `und`, `mul`, `mis`,
/// `zxx`, or nothing at all.
pub fn is_unnamed(name: &str) -> bool {
    matches!(name.trim(), "" | UNDETERMINED | "mul" | "mis" | "zxx")
}

/// The English name of the language with this code, or the code where there is none.
pub fn language_name(code: &str) -> &str {
    match by_code(code).filter(|language| !is_unnamed(language.to_639_3())).map(|language| language.to_name())
    {
        Some("Modern Greek") => "Greek",
        Some(name) => name,
        None => code,
    }
}

fn by_code(code: &str) -> Option<Language> {
    let code = ALIASES.iter().find(|(alias, _)| *alias == code).map_or(code, |(_, code)| *code);
    Language::from_639_1(code).or_else(|| Language::from_639_3(code))
}

/// Names that several codes share, as Swahili does, go to the one with a code of two letters.
fn by_name(name: &str) -> Option<Language> {
    let wanted = name.to_owned();
    let named = || {
        let wanted = wanted.clone();
        Language::match_names(move |name| name.eq_ignore_ascii_case(&wanted))
    };
    named().find(|language| language.to_639_1().is_some()).or_else(|| named().next())
}

/// What stands between the head and the tail that Project Gutenberg puts around a text.
fn inner(text: &str) -> &str {
    /// A head is shorter than this, and so is a tail, which is the licence.
    const HEAD: usize = 10_000;
    const TAIL: usize = 30_000;
    let from = memmem::find(head(text, HEAD).as_bytes(), b"*** START OF TH").unwrap_or(0);
    let tail = text.len() - tail(text, TAIL).len();
    let to = memmem::find(&text.as_bytes()[tail..], b"*** END OF TH").map_or(text.len(), |at| tail + at);
    // The marks are ASCII, so both are boundaries of characters; the line of the first mark is little.
    text.get(from..to).unwrap_or(text)
}

/// All of a short text; of a longer one, pieces from [`PIECES`] places at equal distances.
fn sample(text: &str) -> Cow<'_, str> {
    if text.len() <= SAMPLE {
        return Cow::Borrowed(text);
    }
    let mut sample = String::with_capacity(SAMPLE + PIECES);
    for piece in pieces(text) {
        sample.push_str(piece);
        sample.push('\n');
    }
    Cow::Owned(sample)
}

/// The pieces of a sample of a text that is longer than [`SAMPLE`].
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    const SIZE: usize = SAMPLE / PIECES;
    let step = text.len().saturating_sub(SIZE) / (PIECES - 1);
    (0..PIECES).map(move |piece| head(tail(text, text.len() - step * piece), SIZE))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENGLISH: &str = "The bridge belongs to those who cross it, and not to those who had it built and \
                           who now stand at its end to take a penny from every man with a cart.";
    const ITALIAN: &str = "Il ponte appartiene a chi lo attraversa, e non a coloro che lo fecero costruire e \
                           che ora stanno alla fine per prendere un soldo da ogni uomo con un carro.";
    const LATIN: &str = "Pons eorum est qui eum transeunt, non eorum qui aedificari iusserunt quique nunc in \
                         fine stant ut ab omnibus qui plaustrum ducunt nummum accipiant.";
    const RUSSIAN: &str = "Мост принадлежит тем, кто по нему ходит, а не тем, кто велел его построить и \
                           теперь стоит у конца его, чтобы взять копейку с каждого.";
    const JAPANESE: &str = "橋はそれを渡る人々のものであり、それを建てさせて今はその端に立ち、車を引くすべての人か\
                            ら一銭を取る人々のものではない。村の人はみなそう言っていた。";

    fn code(text: &str) -> Option<&'static str> {
        detect(text).map(|detected| detected.code)
    }

    #[test]
    fn languages_are_told_apart() {
        let texts = [(ENGLISH, "en"), (ITALIAN, "it"), (LATIN, "la"), (RUSSIAN, "ru"), (JAPANESE, "ja")];
        for (text, expected) in texts {
            assert_eq!(code(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_long_text_is_looked_at_in_several_places() {
        let english = std::fs::read_to_string("seeds/crake_1786_no-cut.txt").unwrap();
        assert_eq!(code(&LATIN.repeat(4)), Some("la"));
        assert_eq!(code(&format!("{}\n{english}\n{}", LATIN.repeat(4), RUSSIAN.repeat(2))), Some("en"));
    }

    #[test]
    fn of_two_languages_the_one_with_more_of_the_text() {
        let english = std::fs::read_to_string("seeds/crake_1786_no-cut.txt").unwrap();
        let german = "Im Jahre des Baues bezahlten die Leute für die Brücke, und sie fragten, wer das Geld \
                      habe. Man sagte, dass es niemand wisse, und das Buch wurde geschlossen. "
            .repeat(english.len() / 400);
        assert_eq!(code(&format!("{german}\n{english}")), Some("en"));
    }

    #[test]
    fn the_licence_of_a_publisher_says_nothing() {
        let head = "This book is for the use of anyone anywhere at no cost. ".repeat(20);
        let text = format!(
            "{head}\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n{LATIN}\n*** END OF THE PROJECT GUTENBERG \
             EBOOK ***\n{head}"
        );
        assert_eq!(code(&text), Some("la"));
    }

    #[test]
    fn what_is_too_short_is_english_in_latin_letters_only() {
        for text in ["", "1786", "No toll!"] {
            assert_eq!((code(text), undetected(text)), (None, "en"), "{text:?}");
        }
        assert_eq!((code("Мост наш"), undetected("Мост наш")), (None, UNDETERMINED));
    }

    #[test]
    fn codes_and_names_of_languages() {
        for name in ["de", "DEU", "ger", "German", " german ", "de-AT", "deu_1901"] {
            assert_eq!(language_code(name), Some("de"), "{name}");
        }
        for (name, code) in [
            ("Greek", "el"),
            ("Ancient Greek", "grc"),
            ("arb", "ar"),
            ("cmn_hans", "zh"),
            ("Swahili", "sw"),
            ("pt-BR", "pt"),
            ("eng", "en"),
        ] {
            assert_eq!(language_code(name), Some(code), "{name}");
        }
        for name in ["", "und", "mul", "xx", "Entish", "1786", "-"] {
            assert_eq!(language_code(name), None, "{name}");
        }
        assert_eq!(
            (language_name("el"), language_name("cs"), language_name("und")),
            ("Greek", "Czech", "und")
        );
        for (alias, code) in ALIASES {
            assert_eq!(language_code(alias), Some(code), "{alias}");
        }
        assert!(ALIASES.is_sorted());
    }

    proptest! {
        #[test]
        fn any_string_is_looked_at(text in any::<String>(), times in 1_usize..200) {
            let text = text.repeat(times);
            let _ = detect(&text);
            let _ = undetected(&text);
            let _ = language_code(&text);
        }
    }
}
