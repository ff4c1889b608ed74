//! Personal pronouns, which follow the subject and the speaker more than the style.

/// The personal, possessive and reflexive pronouns of a language (ISO 639-1), in lower case, or none where
/// there is no list.
///
/// Apostrophes part words here, as in stylo's plain rule. The lists are rhetor's own; those of stylo differ
/// in some words.
pub fn pronouns(language: &str) -> Option<&'static [&'static str]> {
    LISTS.iter().find(|(code, _)| *code == language).map(|(_, list)| *list)
}

const LISTS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "i",
            "me",
            "my",
            "mine",
            "myself",
            "thou",
            "thee",
            "thy",
            "thine",
            "thyself",
            "you",
            "ye",
            "your",
            "yours",
            "yourself",
            "yourselves",
            "he",
            "him",
            "his",
            "himself",
            "she",
            "her",
            "hers",
            "herself",
            "it",
            "its",
            "itself",
            "we",
            "us",
            "our",
            "ours",
            "ourselves",
            "they",
            "them",
            "their",
            "theirs",
            "themselves",
        ],
    ),
    (
        "la",
        &[
            "ego", "mei", "mihi", "me", "mecum", "tu", "tui", "tibi", "te", "tecum", "nos", "nostri",
            "nostrum", "nobis", "nobiscum", "vos", "vestri", "vestrum", "vobis", "vobiscum", "uos", "uestri",
            "uestrum", "uobis", "uobiscum", "sui", "sibi", "se", "sese", "secum", "meus", "mea", "meum",
            "meae", "meo", "meam", "meorum", "mearum", "meis", "meos", "meas", "tuus", "tua", "tuum", "tuae",
            "tuo", "tuam", "tuorum", "tuarum", "tuis", "tuos", "tuas", "suus", "sua", "suum", "suae", "suo",
            "suam", "suorum", "suarum", "suis", "suos", "suas",
        ],
    ),
    (
        "fr",
        &[
            "je", "j", "me", "m", "moi", "tu", "te", "t", "toi", "il", "elle", "on", "se", "s", "soi", "le",
            "la", "l", "lui", "y", "en", "nous", "vous", "ils", "elles", "les", "leur", "leurs", "eux",
            "mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "notre", "nos", "votre", "vos",
            "mien", "mienne", "miens", "miennes", "tien", "tienne", "tiens", "tiennes", "sien", "sienne",
            "siens", "siennes",
        ],
    ),
    (
        "de",
        &[
            "ich", "mich", "mir", "meiner", "du", "dich", "dir", "deiner", "er", "ihn", "ihm", "seiner",
            "sie", "ihr", "ihrer", "es", "wir", "uns", "unser", "euch", "euer", "ihnen", "sich", "mein",
            "meine", "meinem", "meinen", "meines", "dein", "deine", "deinem", "deinen", "deines", "sein",
            "seine", "seinem", "seinen", "seines", "ihre", "ihrem", "ihren", "ihres", "unsere", "unserem",
            "unseren", "unserer", "unseres", "eure", "eurem", "euren", "eurer", "eures",
        ],
    ),
    (
        "it",
        &[
            "io", "me", "mi", "tu", "te", "ti", "egli", "ella", "esso", "essa", "essi", "esse", "lui", "lei",
            "loro", "lo", "la", "li", "le", "gli", "ne", "si", "sé", "noi", "voi", "ci", "vi", "mio", "mia",
            "miei", "mie", "tuo", "tua", "tuoi", "tue", "suo", "sua", "suoi", "sue", "nostro", "nostra",
            "nostri", "nostre", "vostro", "vostra", "vostri", "vostre",
        ],
    ),
    (
        "es",
        &[
            "yo", "me", "mí", "conmigo", "tú", "te", "ti", "contigo", "él", "ella", "ello", "ellos", "ellas",
            "usted", "ustedes", "lo", "la", "los", "las", "le", "les", "se", "sí", "consigo", "nosotros",
            "nosotras", "nos", "vosotros", "vosotras", "os", "mi", "mis", "mío", "mía", "míos", "mías", "tu",
            "tus", "tuyo", "tuya", "tuyos", "tuyas", "su", "sus", "suyo", "suya", "suyos", "suyas",
            "nuestro", "nuestra", "nuestros", "nuestras", "vuestro", "vuestra", "vuestros", "vuestras",
        ],
    ),
    (
        "nl",
        &[
            "ik", "mij", "me", "jij", "je", "jou", "u", "hij", "hem", "zij", "ze", "haar", "het", "wij",
            "we", "ons", "jullie", "hen", "hun", "zich", "mijn", "jouw", "uw", "zijn", "onze",
        ],
    ),
    (
        "pl",
        &[
            "ja", "mnie", "mię", "mi", "mną", "ty", "ciebie", "cię", "tobie", "ci", "tobą", "on", "jego",
            "go", "niego", "jemu", "mu", "niemu", "nim", "ona", "jej", "niej", "ją", "nią", "ono", "je",
            "nie", "my", "nas", "nam", "nami", "wy", "was", "wam", "wami", "oni", "one", "ich", "nich", "im",
            "nimi", "siebie", "się", "sobie", "sobą", "mój", "moja", "moje", "mojego", "mojej", "mojemu",
            "moim", "moją", "moi", "moich", "moimi", "twój", "twoja", "twoje", "twojego", "twojej",
            "twojemu", "twoim", "twoją", "twoi", "twoich", "twoimi", "swój", "swoja", "swoje", "swojego",
            "swojej", "swojemu", "swoim", "swoją", "swoi", "swoich", "swoimi", "nasz", "nasza", "nasze",
            "naszego", "naszej", "naszemu", "naszym", "naszą", "nasi", "naszych", "naszymi", "wasz", "wasza",
            "wasze", "waszego", "waszej", "waszemu", "waszym", "waszą", "wasi", "waszych", "waszymi",
        ],
    ),
    (
        "hu",
        &[
            "én",
            "engem",
            "nekem",
            "velem",
            "tőlem",
            "rólam",
            "bennem",
            "hozzám",
            "rám",
            "te",
            "téged",
            "neked",
            "veled",
            "tőled",
            "rólad",
            "benned",
            "hozzád",
            "rád",
            "ő",
            "őt",
            "neki",
            "vele",
            "tőle",
            "róla",
            "benne",
            "hozzá",
            "rá",
            "mi",
            "minket",
            "nekünk",
            "velünk",
            "tőlünk",
            "rólunk",
            "bennünk",
            "hozzánk",
            "ránk",
            "ti",
            "titeket",
            "nektek",
            "veletek",
            "tőletek",
            "rólatok",
            "bennetek",
            "hozzátok",
            "rátok",
            "ők",
            "őket",
            "nekik",
            "velük",
            "tőlük",
            "róluk",
            "bennük",
            "hozzájuk",
            "rájuk",
            "maga",
            "magát",
            "magának",
            "önt",
            "önnek",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_lower_case_and_without_doubles() {
        for (code, list) in LISTS {
            let mut seen = std::collections::BTreeSet::new();
            for word in *list {
                assert!(seen.insert(word), "{code}: {word} twice");
                assert_eq!(*word, word.to_lowercase(), "{code}");
            }
        }
        assert!(pronouns("en").is_some_and(|list| list.contains(&"herself")));
        assert_eq!(pronouns("xx"), None);
    }
}
