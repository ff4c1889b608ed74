//! `rhetor lexicon`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use rhetor::error::Result;
use rhetor::rhetoric::{Category, Entry, Lexicon, Lexicons};
use rhetor::tables::Rows;
use serde_json::{Value, json};

use super::{BAD_ARGUMENT, DONE, complain, print};

const EXAMPLES: &str = "\
Examples:
  rhetor lexicon list                        every marker of every built-in lexicon
  rhetor lexicon list --language pt --csv    those for Portuguese, as a table
  rhetor lexicon show hedge > mine.toml      the entries of a category, to copy from
  rhetor lexicon show since                  every entry of a marker with all its conditions
  rhetor lexicon check mine.toml             what is wrong with a lexicon of your own
  rhetor analyze texts --lexicon mine.toml   use it

The smallest file of your own that adds to the built-in English lexicon:

  extends = \"en\"
  version = \"1\"

  [[entry]]
  marker = \"for my part\"
  phrases = [\"for my|our part\"]
  family = \"stance\"
  category = \"hedge\"

  [[entry]]            # switches a built-in marker off
  marker = \"often\"
  off = true

Without the key 'extends' a file takes the place of all built-in lexicons. The head of
src/rhetoric/lexicon/en.toml and docs/lexicon.md explain every key.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct LexiconCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List markers with family, category, sense and conditions
    List {
        #[command(flatten)]
        which: Which,

        /// Print JSON: every entry with all its keys
        #[arg(long, conflicts_with = "csv")]
        json: bool,

        /// Print a table as CSV
        #[arg(long)]
        csv: bool,
    },
    /// Show the entries of a marker or a category as they are written, to read or to copy
    Show {
        /// A marker (since), a category (hedge) or both parts of one (stance.hedge)
        name: String,

        #[command(flatten)]
        which: Which,
    },
    /// Check a lexicon file: one message with line and reason if it is wrong (exit code 3)
    Check {
        /// The file
        file: PathBuf,
    },
}

/// Which lexicons.
#[derive(Debug, Args)]
struct Which {
    /// Of one language only, as ISO 639-1 code
    #[arg(long, value_name = "CODE")]
    language: Option<String>,

    /// With a lexicon file of your own, as rhetor analyze takes it
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
}

impl Which {
    fn load(&self) -> Result<Lexicons> {
        Lexicons::load(&self.lexicon, &[], &[])
    }

    /// The entries asked for, each with its lexicon.
    fn entries<'l>(&self, lexicons: &'l Lexicons) -> impl Iterator<Item = (&'l Lexicon, &'l Entry)> {
        let wanted = |lexicon: &&Lexicon| self.language.as_ref().is_none_or(|code| *code == lexicon.language);
        let packs = lexicons.packs().iter().filter(wanted);
        packs.flat_map(|lexicon| lexicon.entries.iter().map(move |entry| (lexicon, entry)))
    }
}

impl LexiconCommand {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        match self.command {
            Command::List { which, json, csv } => {
                let lexicons = which.load()?;
                let entries: Vec<_> = which.entries(&lexicons).collect();
                print(&if json {
                    as_json(&lexicons, &entries)
                } else if csv {
                    as_csv(&entries)
                } else {
                    as_text(&entries)
                });
                Ok(DONE)
            }
            Command::Show { name, which } => {
                let lexicons = which.load()?;
                let entries: Vec<_> = which.entries(&lexicons).collect();
                match shown(&lexicons, &entries, &name) {
                    Some(text) => {
                        print(&text);
                        Ok(DONE)
                    }
                    None => {
                        complain(&format!(
                            "no marker or category is called '{name}'. 'rhetor lexicon list' lists them"
                        ));
                        Ok(BAD_ARGUMENT)
                    }
                }
            }
            Command::Check { file } => {
                let lexicons = Lexicons::load(std::slice::from_ref(&file), &[], &[])?;
                print(&checked(&lexicons, &file.display().to_string()));
                Ok(DONE)
            }
        }
    }
}

/// `stance.hedge`.
fn dotted(category: &Category) -> String {
    if category.family == category.category {
        return category.family.to_string();
    }
    format!("{}.{}", category.family, category.category)
}

fn columns(lexicon: &Lexicon, entry: &Entry) -> [String; 5] {
    let state = if entry.off { "off; " } else { "" };
    let also: String = entry.also.iter().map(|category| format!("also {}; ", dotted(category))).collect();
    let conditions = format!("{state}{also}{}", lexicon.conditions(entry));
    let conditions = conditions.trim_end_matches("; ").to_owned();
    [
        entry.marker.to_string(),
        dotted(&entry.home),
        entry.sense.to_string(),
        entry.rule.to_string(),
        conditions,
    ]
}

fn as_text(entries: &[(&Lexicon, &Entry)]) -> String {
    let mut text = String::new();
    for (lexicon, entry) in entries {
        let [marker, category, sense, rule, conditions] = columns(lexicon, entry);
        let mut line = format!("{}  {marker:<24} {category:<24} {sense:<28} {rule}", lexicon.language);
        if !conditions.is_empty() {
            // Writing to a string does not fail.
            let _ = write!(line, " [{conditions}]");
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn as_csv(entries: &[(&Lexicon, &Entry)]) -> String {
    let header = [
        "language",
        "marker",
        "family",
        "category",
        "sense",
        "rule",
        "conditions",
        "also",
        "off",
        "precision",
        "n",
        "source",
        "note",
        "file",
    ];
    let mut rows = Rows::new();
    header.iter().for_each(|name| {
        rows.text(name);
    });
    rows.end();
    for (lexicon, entry) in entries {
        let also: Vec<String> = entry.also.iter().map(dotted).collect();
        rows.text(&lexicon.language).text(&entry.marker).text(&entry.home.family).text(&entry.home.category);
        rows.text(&entry.sense).text(&entry.rule).text(&lexicon.conditions(entry)).text(&also.join(" "));
        rows.text(&entry.off.to_string());
        let measured = entry.measured.as_ref();
        rows.number(measured.map(|(precision, ..)| *precision)).count(measured.map(|(_, n, _)| *n));
        rows.text(measured.map_or("", |(.., source)| source)).text(&entry.note);
        rows.text(&lexicon.sources[entry.source].file).end();
    }
    String::from_utf8_lossy(&rows.into_bytes()).into_owned()
}

/// Every entry as written, with what is not written in it.
fn as_json(lexicons: &Lexicons, entries: &[(&Lexicon, &Entry)]) -> String {
    let values: Vec<Value> = entries
        .iter()
        .map(|(lexicon, entry)| {
            let written = toml::from_str::<toml::Table>(lexicons.written(lexicon, entry)).unwrap_or_default();
            let keys = written.get("entry").and_then(|entries| entries.get(0));
            json!({
                "language": lexicon.language,
                "file": lexicon.sources[entry.source].file,
                "line": lexicons.line(lexicon, entry),
                "off": entry.off,
                "conditions": lexicon.conditions(entry),
                "entry": keys,
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(values))
}

/// The entries of a marker, else of a category; none if there is neither.
fn shown(lexicons: &Lexicons, entries: &[(&Lexicon, &Entry)], name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let is_marker = |(_, entry): &&(&Lexicon, &Entry)| entry.marker.to_lowercase() == name;
    let is_category =
        |(_, entry): &&(&Lexicon, &Entry)| entry.home.category == name || dotted(&entry.home) == name;
    let mut found: Vec<_> = entries.iter().filter(is_marker).collect();
    found.extend(entries.iter().filter(|entry| is_category(entry) && !is_marker(entry)));
    let (first, _) = found.first()?;
    let mut text = format!(
        "# To change or add to these, write a file that begins with\n#   extends = \"{}\"\n#   version = \"1\"\n# and \
         give it to rhetor analyze with --lexicon FILE.\n",
        first.language
    );
    for (lexicon, entry) in found {
        let definition = lexicon.definition(&entry.home);
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "\n# {}, line {}{}\n# {}{}{}\n{}",
            lexicon.sources[entry.source].file,
            lexicons.line(lexicon, entry),
            if entry.off { ", switched off" } else { "" },
            dotted(&entry.home),
            if definition.is_empty() { "" } else { ": " },
            definition,
            lexicons.written(lexicon, entry)
        );
    }
    Some(text)
}

/// What a sound file holds.
fn checked(lexicons: &Lexicons, file: &str) -> String {
    let mut text = String::new();
    for lexicon in lexicons.packs() {
        let Some(place) = lexicon.sources.iter().position(|source| source.file == file) else { continue };
        let source = &lexicon.sources[place];
        let kind = if lexicon.sources.len() > 1 {
            format!("extends the built-in lexicon '{}'", lexicon.language)
        } else {
            format!("stands alone, language '{}'", lexicon.language)
        };
        let off = lexicon.entries.iter().filter(|entry| entry.off).count();
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{file}: sound; {kind}, version {}\n  {} entries, BLAKE3 {}\n  {} entries in use with it, {off} switched off",
            source.version,
            source.entries,
            source.blake3,
            lexicon.entries.len() - off,
        );
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_shown_as_it_is_written() {
        let lexicons = Lexicons::load(&[], &[], &[]).unwrap();
        for lexicon in lexicons.packs() {
            for entry in &lexicon.entries {
                let written: toml::Table = toml::from_str(lexicons.written(lexicon, entry)).unwrap();
                let keys = written["entry"].as_array().unwrap();
                assert_eq!(keys.len(), 1);
                assert_eq!(keys[0]["marker"].as_str(), Some(&*entry.marker));
                assert!(keys[0]["phrases"].as_array().is_some_and(|phrases| !phrases.is_empty()));
            }
        }
    }

    #[test]
    fn a_name_is_a_marker_or_a_category() {
        let lexicons = Lexicons::load(&[], &[], &[]).unwrap();
        let which = Which { language: None, lexicon: Vec::new() };
        let entries: Vec<_> = which.entries(&lexicons).collect();
        let since = shown(&lexicons, &entries, "Since").unwrap();
        assert!(since.contains("marker = \"since\"") && since.contains("PDTB-3"), "{since}");
        let hedges = shown(&lexicons, &entries, "stance.hedge").unwrap();
        assert!(
            hedges.contains("marker = \"perhaps\"") && hedges.contains("marker = \"talvez\""),
            "{hedges}"
        );
        assert!(shown(&lexicons, &entries, "invective").unwrap().contains("switched off"));
        assert_eq!(shown(&lexicons, &entries, "no such thing"), None);
    }
}
