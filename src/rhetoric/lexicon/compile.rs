//! From the files of a lexicon to what the matcher reads: codes for words, phrases and what they open with.
//!
//! `build.rs` includes this file to compile the built-in lexicons, so it names nothing of the crate.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::categories::{CATEGORIES, Category, FAMILIES, NONE};
use super::format::{
    Case, Code, Compiled, Conditions, Ending, Entry, Position, RawEntry, RawLexicon, SetId, Sets, Slot,
    Source, WordSet,
};
use super::tree::{Phrase, Tree};

/// The folded words of a phrase.
pub type Words = fn(&str) -> Vec<String>;

/// A file to compile: what messages call it, and its text.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub name: &'a str,
    pub content: &'a str,
}

impl File<'_> {
    /// A message about a byte of the file.
    fn wrong(&self, at: usize, reason: impl std::fmt::Display) -> String {
        format!("{}, line {}: {reason}", self.name, self.line(at))
    }

    fn line(&self, at: usize) -> usize {
        self.content.as_bytes()[..at.min(self.content.len())].iter().filter(|byte| **byte == b'\n').count()
            + 1
    }

    /// The file as it is written.
    fn parse(&self) -> Result<RawLexicon, String> {
        toml::from_str(self.content).map_err(|error| {
            let reason = error.message().lines().collect::<Vec<_>>().join(" ");
            self.wrong(error.span().map_or(0, |span| span.start), reason)
        })
    }
}

/// What a file wants added to: the code of a built-in lexicon.
///
/// # Errors
/// If the file is not TOML of the format.
pub fn extends(file: File<'_>) -> Result<Option<String>, String> {
    Ok(file.parse()?.extends)
}

/// Compiles a lexicon from one file, or from a built-in one and those that add to it, in this order. A
/// failure says what is wrong, with file and line.
pub fn compile(files: &[File<'_>], words: Words) -> Result<Compiled, String> {
    let raw = files.iter().map(File::parse).collect::<Result<Vec<_>, String>>()?;
    let language = language(files, &raw)?;
    let mut builder = Builder {
        words_of: words,
        codes: HashMap::new(),
        sets: HashMap::new(),
        phrases: BTreeMap::new(),
        endings: BTreeMap::new(),
    };
    let mut compiled = Compiled {
        language,
        sources: Vec::new(),
        declared: Vec::new(),
        entries: Vec::new(),
        tree: Tree::default(),
        sets: Sets::default(),
        numbers: 0,
        endings: Vec::new(),
        words: Cow::default(),
    };
    let mut sets: BTreeMap<String, WordSet> = BTreeMap::new();
    let mut by_file = ByFile::new();
    for (number, (file, raw)) in files.iter().zip(&raw).enumerate() {
        compiled.sources.push(Source {
            file: file.name.to_owned(),
            version: raw.version.clone(),
            blake3: blake3::hash(file.content.as_bytes()).to_hex().to_string(),
            entries: raw.entry.len(),
        });
        for (name, words) in &raw.sets {
            let set =
                builder.set(words).map_err(|reason| format!("{}, set '{name}': {reason}", file.name))?;
            sets.insert(name.clone(), set);
        }
        let off = switches(file, raw, &mut compiled, &mut by_file)?;
        let mut reader = Reader {
            file: *file,
            number,
            sets: &sets,
            off: &off,
            declared: &compiled.declared,
            builder: &mut builder,
            seen: HashMap::new(),
        };
        let mut entries: Vec<(Entry, Vec<Reading>)> = Vec::new();
        for spanned in &raw.entry {
            let (at, entry) = (spanned.span(), spanned.get_ref());
            match &entry.phrases {
                Some(_) => entries.push(reader.entry(entry.clone(), at.start)?),
                None => switch(file, at.start, entry, raw, &mut by_file)?,
            }
        }
        by_file.push(entries);
    }
    if by_file.iter().all(Vec::is_empty) {
        return Err(format!("{}: has no [[entry]]", files.last().map_or("lexicon", |file| file.name)));
    }
    // What a file adds is tried before what it adds to.
    for (entry, readings) in by_file.into_iter().rev().flatten() {
        builder.add(readings, compiled.entries.len() as u32);
        compiled.entries.push(entry);
    }
    compiled.numbers = builder.number(sets.remove("number").unwrap_or_default());
    builder.finish(&mut compiled);
    Ok(compiled)
}

/// The language of all files, which they must agree on.
fn language(files: &[File<'_>], raw: &[RawLexicon]) -> Result<String, String> {
    let mut language: Option<&str> = None;
    for (file, raw) in files.iter().zip(raw) {
        let own = raw.language.as_deref().or(raw.extends.as_deref());
        let own = own.ok_or_else(|| file.wrong(0, "has no key 'language'"))?;
        if language.is_some_and(|language| language != own)
            || raw.extends.as_ref().is_some_and(|base| base != own)
        {
            return Err(file.wrong(0, format!("language '{own}' is not that of the lexicon it extends")));
        }
        language = Some(own);
    }
    language.map(str::to_owned).ok_or_else(|| "no lexicon is given".to_owned())
}

/// The categories that a file declares or switches; gives those that are off for its own entries.
fn switches(
    file: &File<'_>,
    raw: &RawLexicon,
    compiled: &mut Compiled,
    before: &mut ByFile,
) -> Result<Vec<Category>, String> {
    let mut off = Vec::new();
    for spanned in &raw.category {
        let (at, own) = (spanned.span().start, spanned.get_ref());
        let category = Category { family: own.family.clone().into(), category: own.category.clone().into() };
        if !FAMILIES.contains(&own.family.as_str()) {
            return Err(file.wrong(at, unknown_family(&own.family)));
        }
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if own.category.is_empty() || !own.category.chars().all(is_name) {
            let reason = format!("'{}' is no name of a category: use a-z, 0-9 and _", own.category);
            return Err(file.wrong(at, reason));
        }
        if !is_known(&category, &compiled.declared) {
            if own.definition.trim().is_empty() {
                let reason = format!("category '{}' is new and has no definition", own.category);
                return Err(file.wrong(at, reason));
            }
            compiled.declared.push((category.clone(), own.definition.clone()));
        }
        if let Some(off) = own.off {
            let entries = before.iter_mut().flatten().map(|(entry, _)| entry);
            entries.filter(|entry| entry.home == category).for_each(|entry| entry.off = off);
        }
        if own.off == Some(true) {
            off.push(category);
        }
    }
    Ok(off)
}

fn is_known(category: &Category, declared: &[(Category, String)]) -> bool {
    !category.definition().is_empty() || declared.iter().any(|(known, _)| known == category)
}

fn unknown_family(name: &str) -> String {
    format!(
        "unknown family '{name}'. The families are {}; an entry that only blocks has family and category \
         'none'",
        FAMILIES.join(", ")
    )
}

/// The entries of each file, with the readings of their phrases.
type ByFile = Vec<Vec<(Entry, Vec<Reading>)>>;

/// Switches the entries of a marker in the files before, on or off.
fn switch(
    file: &File<'_>,
    at: usize,
    entry: &RawEntry,
    raw: &RawLexicon,
    before: &mut ByFile,
) -> Result<(), String> {
    let wrong = |reason: String| Err(file.wrong(at, format!("marker '{}': {reason}", entry.marker)));
    let Some(off) = entry.off else { return wrong("has no phrases".into()) };
    if raw.extends.is_none() {
        return wrong(
            "has no phrases, and there is no 'extends' that names a lexicon to switch it in".into(),
        );
    }
    let wanted = |own: &str, given: &Option<String>| given.as_ref().is_none_or(|given| given == own);
    let mut found = false;
    for (other, _) in before.iter_mut().flatten() {
        if other.marker == entry.marker
            && wanted(&other.home.family, &entry.family)
            && wanted(&other.home.category, &entry.category)
        {
            other.off = off;
            found = true;
        }
    }
    if found { Ok(()) } else { wrong("there is no such marker in the lexicon to switch".into()) }
}

/// One way to read a phrase.
struct Reading {
    head: Vec<Code>,
    slots: Vec<Part>,
}

/// A slot of a phrase.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Word(WordSet),
    Open(u8),
}

/// Reads the entries of a file.
struct Reader<'a> {
    file: File<'a>,
    number: usize,
    sets: &'a BTreeMap<String, WordSet>,
    off: &'a [Category],
    declared: &'a [(Category, String)],
    builder: &'a mut Builder,
    /// The line of each phrase, by phrase, rule and category.
    seen: HashMap<(String, String, String), usize>,
}

impl Reader<'_> {
    fn entry(&mut self, raw: RawEntry, at: usize) -> Result<(Entry, Vec<Reading>), String> {
        let file = self.file;
        let marker = raw.marker.clone();
        let wrong = |reason: String| file.wrong(at, format!("marker '{marker}': {reason}"));
        if marker.trim().is_empty() {
            return Err(file.wrong(at, "has no name ('marker' is empty)"));
        }
        let home = self.home(&raw).map_err(wrong)?;
        let also = raw.also.iter().map(|name| self.category(name)).collect::<Result<Vec<_>, _>>();
        let mut set = |words: &Option<Vec<String>>| self.set(words).map_err(wrong);
        let (before, not_before) = (set(&raw.before)?, set(&raw.not_before)?);
        let (after, not_after) = (set(&raw.after)?, set(&raw.not_after)?);
        let except = set(&raw.except)?;
        if raw.precision.is_some_and(|precision| !(0.0..=1.0).contains(&precision)) {
            return Err(wrong("precision is between 0 and 1".into()));
        }
        let phrases = raw.phrases.unwrap_or_default();
        if phrases.is_empty() {
            return Err(wrong("has no phrase".into()));
        }
        let mut readings = Vec::new();
        for phrase in &phrases {
            let key = (phrase.clone(), raw.rule.clone(), home.category.to_string());
            if let Some(line) = self.seen.insert(key, file.line(at)) {
                return Err(wrong(format!(
                    "phrase '{phrase}' is there already with the same rule and category, in line {line}"
                )));
            }
            readings.extend(self.builder.readings(phrase, self.sets).map_err(wrong)?);
        }
        let conditions = Conditions {
            // The entry itself says so until its lexicon is settled.
            off: false,
            none: [&before, &not_before, &after, &not_after, &except].iter().all(|set| set.is_none())
                && (raw.case, raw.position) == (Case::Any, Position::Anywhere)
                && raw.comma.is_none()
                && raw.quotation.is_none()
                && raw.number.is_none(),
            case: raw.case,
            position: raw.position,
            comma: raw.comma,
            quotation: raw.quotation,
            number: raw.number,
            before,
            not_before,
            after,
            not_after,
            except,
        };
        let entry = Entry {
            off: raw.off.unwrap_or_else(|| self.off.contains(&home)),
            marker: raw.marker.into(),
            home,
            category: None,
            also: also.map_err(wrong)?,
            places: Vec::new(),
            sense: raw.sense.into(),
            rule: if raw.rule.is_empty() { "phrase".into() } else { raw.rule.into() },
            measured: raw
                .precision
                .map(|precision| (precision, raw.n.unwrap_or(0), raw.source.unwrap_or_default())),
            note: raw.note.into(),
            source: self.number,
            at,
            conditions,
        };
        Ok((entry, readings))
    }

    fn home(&self, raw: &RawEntry) -> Result<Category, String> {
        let (Some(family), Some(category)) = (&raw.family, &raw.category) else {
            return Err("has no family and category".into());
        };
        let home = Category { family: family.clone().into(), category: category.clone().into() };
        if family != NONE && !FAMILIES.contains(&family.as_str()) {
            return Err(unknown_family(family));
        }
        if (family == NONE) != (category == NONE) || family != NONE && !is_known(&home, self.declared) {
            let own = CATEGORIES.iter().filter(|(known, ..)| known == family).map(|(_, name, _)| *name);
            return Err(format!(
                "unknown category '{category}' of family '{family}'. Its categories are {}; a new one is declared \
                 by a [[category]] with family, category and definition",
                own.collect::<Vec<_>>().join(", ")
            ));
        }
        Ok(home)
    }

    /// The category of a name such as `label.invective`.
    fn category(&self, name: &str) -> Result<Category, String> {
        let (family, category) = name.split_once('.').unwrap_or_default();
        let category = Category { family: family.to_owned().into(), category: category.to_owned().into() };
        let known = is_known(&category, self.declared);
        if known {
            Ok(category)
        } else {
            Err(format!("'also' names no category: '{name}'; write stance.hedge"))
        }
    }

    fn set(&mut self, words: &Option<Vec<String>>) -> Result<Option<SetId>, String> {
        let Some(words) = words else { return Ok(None) };
        let mut set = WordSet::new();
        for word in words {
            match word.strip_prefix('%') {
                Some(name) => set.extend(named(self.sets, name)?),
                None => set.extend(self.builder.set(std::slice::from_ref(word))?),
            }
        }
        set.sort_unstable();
        set.dedup();
        Ok(Some(self.builder.number(set)))
    }
}

fn named<'s>(sets: &'s BTreeMap<String, WordSet>, name: &str) -> Result<&'s WordSet, String> {
    sets.get(name).ok_or_else(|| format!("there is no set '{name}' under [sets]"))
}

/// Words of a phrase; no marker of a language is longer.
const LONGEST_PHRASE: usize = 16;
/// Ways to read the alternatives of one phrase.
const MOST_ALTERNATIVES: usize = 256;
/// Words that an open slot stands for, and the most that may be asked for.
const OPEN: u8 = 3;
const MOST_OPEN: u8 = 8;
/// Open slots of a phrase: each multiplies the ways to try one.
const MOST_OPEN_SLOTS: usize = 2;

/// Gives words their codes, and gathers phrases.
struct Builder {
    words_of: Words,
    codes: HashMap<String, Code>,
    sets: HashMap<WordSet, SetId>,
    /// Phrases by their opening words and slots: their entries.
    phrases: BTreeMap<(Vec<Code>, Vec<Part>), Vec<u32>>,
    /// Endings, with the letters that must stand before them.
    endings: BTreeMap<(String, u8), Code>,
}

impl Builder {
    fn code(&mut self, word: &str) -> Code {
        let next = self.codes.len() as Code + 1;
        *self.codes.entry(word.to_owned()).or_insert(next)
    }

    /// The number of a set.
    fn number(&mut self, set: WordSet) -> SetId {
        let next = self.sets.len() as SetId;
        *self.sets.entry(set).or_insert(next)
    }

    fn words(&mut self, phrase: &str) -> Vec<Code> {
        (self.words_of)(phrase).iter().map(|word| self.code(word)).collect()
    }

    /// The code of an ending such as `*ism`, or `4*ism` for one that has four letters or more before it; none
    /// for a word.
    fn ending(&mut self, item: &str) -> Result<Option<Code>, String> {
        let Some((stem, ending)) = item.split_once('*') else { return Ok(None) };
        let stem = if stem.is_empty() { Some(1) } else { stem.parse().ok().filter(|stem| *stem > 0) };
        match (stem, &(self.words_of)(ending)[..]) {
            (Some(stem), [one]) => {
                let code = self.code(&format!("{stem}*{one}"));
                self.endings.insert((one.clone(), stem), code);
                Ok(Some(code))
            }
            _ => {
                Err(format!("'{item}' is no ending: write '*' and letters, before it how many must precede"))
            }
        }
    }

    fn set(&mut self, items: &[String]) -> Result<WordSet, String> {
        let mut set = WordSet::new();
        for item in items {
            match self.ending(item)? {
                Some(code) => set.push(code),
                None => set.extend(self.words(item)),
            }
        }
        set.sort_unstable();
        set.dedup();
        Ok(set)
    }

    /// The ways to read a phrase: opening words may be alternatives (`in my|our view`), and each choice is a
    /// reading; what follows the first slot is a slot itself.
    fn readings(&mut self, phrase: &str, sets: &BTreeMap<String, WordSet>) -> Result<Vec<Reading>, String> {
        let parts: Vec<&str> = phrase.split_whitespace().collect();
        if let [endings] = parts[..]
            && endings.contains('*')
            && !is_open(endings)
        {
            let codes = endings.split('|').map(|ending| self.ending(ending));
            let codes = codes.collect::<Result<Vec<_>, String>>()?;
            let reading = |code: Option<Code>| {
                let code = code.ok_or_else(|| format!("phrase '{phrase}' mixes endings and words"))?;
                Ok(Reading { head: vec![code], slots: Vec::new() })
            };
            return codes.into_iter().map(reading).collect();
        }
        let head = parts.iter().take_while(|part| !part.contains(['*', '%']));
        let (head, rest) = parts.split_at(head.count());
        let slots = self.slots(phrase, rest, sets)?;
        if head.is_empty() && !rest.is_empty() {
            return Err(format!("phrase '{phrase}' opens with a slot; it must open with a word"));
        }
        let mut readings = vec![String::new()];
        for part in head {
            let alternatives: Vec<&str> = part.split('|').collect();
            readings = readings
                .iter()
                .flat_map(|reading| alternatives.iter().map(move |word| format!("{reading} {word}")))
                .collect();
            if readings.len() > MOST_ALTERNATIVES {
                return Err(format!(
                    "phrase '{}' has more than {MOST_ALTERNATIVES} readings",
                    start_of(phrase)
                ));
            }
        }
        let reading = |reading: String| {
            let words = self.words(&reading);
            if words.is_empty() {
                return Err(format!("phrase '{}' holds no word", start_of(phrase)));
            }
            let all = words.len() + slots.len();
            if all > LONGEST_PHRASE {
                let start = start_of(reading.trim());
                return Err(format!("a phrase has {all} words, more than {LONGEST_PHRASE}: '{start}'"));
            }
            Ok(Reading { head: words, slots: slots.clone() })
        };
        readings.into_iter().map(reading).collect()
    }

    fn slots(
        &mut self,
        phrase: &str,
        parts: &[&str],
        sets: &BTreeMap<String, WordSet>,
    ) -> Result<Vec<Part>, String> {
        let mut slots = Vec::new();
        for part in parts {
            if is_open(part) {
                let most = if *part == "*" { Some(OPEN) } else { part[1..].parse().ok() };
                let most = most.filter(|most| (1..=MOST_OPEN).contains(most));
                let most =
                    most.ok_or_else(|| format!("slot '{part}' stands for 1 to {MOST_OPEN} words at most"))?;
                slots.push(Part::Open(most));
                continue;
            }
            let mut set = WordSet::new();
            for item in part.split('|') {
                match item.strip_prefix('%') {
                    Some(name) => set.extend(named(sets, name)?),
                    None if (self.words_of)(item).len() > 1 => {
                        return Err(format!("phrase '{phrase}': after a slot, '{item}' must be one word"));
                    }
                    None => set.extend(self.set(&[item.to_owned()])?),
                }
            }
            set.sort_unstable();
            set.dedup();
            slots.push(Part::Word(set));
        }
        if slots.iter().filter(|slot| matches!(slot, Part::Open(_))).count() > MOST_OPEN_SLOTS {
            return Err(format!("phrase '{phrase}' has more than {MOST_OPEN_SLOTS} open slots"));
        }
        match slots.last() {
            Some(Part::Open(_)) => Err(format!("phrase '{phrase}' ends in an open slot")),
            _ => Ok(slots),
        }
    }

    fn add(&mut self, readings: Vec<Reading>, entry: u32) {
        for Reading { head, slots } in readings {
            let entries = self.phrases.entry((head, slots)).or_default();
            if entries.last() != Some(&entry) {
                entries.push(entry);
            }
        }
    }

    /// Moves what was gathered into a lexicon.
    fn finish(mut self, compiled: &mut Compiled) {
        let mut phrases = Vec::new();
        for ((head, parts), entries) in std::mem::take(&mut self.phrases) {
            let slots = parts.into_iter().map(|part| match part {
                Part::Word(set) => Slot::Word(self.number(set)),
                Part::Open(most) => Slot::Open(most),
            });
            phrases.push(Phrase { head, slots: slots.collect(), entries });
        }
        compiled.tree = Tree::of(&phrases);
        let mut sets: Vec<(WordSet, SetId)> = self.sets.into_iter().collect();
        sets.sort_unstable_by_key(|(_, id)| *id);
        for (set, _) in sets {
            compiled.sets.codes.extend(set);
            compiled.sets.ends.push(compiled.sets.codes.len() as u32);
        }
        let endings = self.endings.into_iter();
        compiled.endings = endings.map(|((ending, stem), code)| Ending { ending, stem, code }).collect();
        let mut words: Vec<(String, Code)> = self.codes.into_iter().collect();
        words.sort_unstable_by_key(|(_, code)| *code);
        compiled.words = words.into_iter().map(|(word, _)| word + "\n").collect::<String>().into();
    }
}

/// Whether a part of a phrase is `*` or `*5`.
fn is_open(part: &str) -> bool {
    part.strip_prefix('*').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The start of a phrase, for messages.
fn start_of(phrase: &str) -> String {
    const SHOWN: usize = 40;
    let start: String = phrase.chars().take(SHOWN).collect();
    if start.len() < phrase.len() { format!("{start}…") } else { start }
}
