//! The command line: arguments, a call of the library, what is printed. No arithmetic, no text rules.

mod analyze;
mod collocations;
mod common;
mod compare;
mod count;
mod diff;
mod frequency;
mod keyness;
mod kwic;
mod lexicon;
mod markers;
mod measures;
mod ngrams;
mod segments;
mod show;
mod stylometry;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use rhetor::error::Error;
use rhetor::text::UNICODE_VERSION;

/// Everything was analysed.
const DONE: u8 = 0;
/// The run finished, but a file could not be analysed.
const INCOMPLETE: u8 = 1;
/// The command line is wrong.
const BAD_ARGUMENT: u8 = 2;
/// Nothing was analysed: corpus, metadata, lexicon or study cannot be used.
const BAD_INPUT: u8 = 3;
/// The results cannot be written.
const BAD_OUTPUT: u8 = 4;

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was analysed
  1  the run finished, but some file could not be analysed (see problems.csv)
  2  the command line is wrong
  3  nothing was analysed: the corpus, its metadata, the lexicon or the study cannot be used
  4  the results cannot be written; the output folder keeps what it held before";

/// Corpus statistics and stylometry with numbers that can be audited.
///
/// Reads a folder of texts, cuts them into words and sentences, counts words, sentence lengths and
/// rhetorical markers, and writes CSV tables and charts. The author's own words are told apart from quoted
/// ones. The same input and options give the same bytes.
#[derive(Debug, Parser)]
#[command(name = "rhetor", version = version(), after_help = EXIT_CODES, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Analyse a corpus: tables, charts and a manifest of the run
    Analyze(Box<analyze::Analyze>),
    /// Show how texts are read: blocks, sentences, quotations, words, as tables and pages
    Segments(Box<segments::Segments>),
    /// Find rhetorical markers, questions and figures alone, every one with its place
    Markers(Box<markers::Markers>),
    /// Count words and sentence lengths alone, in files of any size
    Count(Box<count::Count>),
    /// Measure texts: lexical diversity, sentence rhythm, readability, each variant by name
    Measures(Box<measures::Measures>),
    /// Count words: frequency, dispersion, growth of the vocabulary, fitted laws
    Frequency(Box<frequency::Frequency>),
    /// Count sequences of words: n-grams, skip-grams, lexical bundles
    Ngrams(Box<ngrams::Ngrams>),
    /// Find which words stand near others more often than by chance
    Collocations(Box<collocations::Collocations>),
    /// Find what is more frequent in one set of texts than in another
    Keyness(Box<keyness::Keyness>),
    /// Show every place where words, phrases or markers stand, in context
    Kwic(Box<kwic::Kwic>),
    /// Distances between texts by their style, with the accuracy of the nearest neighbour
    Distances(Box<stylometry::Distances>),
    /// Attribute texts to classes: verdicts, how often they are right, the words that decide
    Attribute(Box<stylometry::Attribute>),
    /// Verify whether a text may be by a candidate, by the method of imposters
    Verify(Box<stylometry::Verify>),
    /// Contrast two sets of texts by the words that one prefers and the other avoids
    Zeta(Box<stylometry::Zeta>),
    /// Roll a window along a text and see whose texts it is like
    Rolling(Box<stylometry::Rolling>),
    /// Tree of texts with the support of every branch, and a consensus of trees
    Tree(Box<stylometry::Tree>),
    /// Maps of texts: principal components, multidimensional scaling, t-SNE
    Map(Box<stylometry::Map>),
    /// Network of the nearest texts, as GraphML and for Gephi
    Network(Box<stylometry::Network>),
    /// Why two texts are near or far: what each word adds to their distance, and where it stands
    Why(Box<stylometry::Why>),
    /// Say how a measure is computed, or list all
    Explain(measures::Explain),
    /// Compare texts, folders, groups or earlier runs: what differs most, and where to look
    Compare(Box<compare::Compare>),
    /// Say what differs between two runs: inputs, options, cells of tables
    Diff(diff::Diff),
    /// List, show and check the lexicons of rhetorical markers
    Lexicon(lexicon::LexiconCommand),
    /// Print a completion script for a shell
    ///
    /// For example: rhetor completions bash > ~/.local/share/bash-completion/completions/rhetor
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

fn version() -> String {
    let (major, minor, update) = UNICODE_VERSION;
    format!("{} (Unicode {major}.{minor}.{update})", env!("CARGO_PKG_VERSION"))
}

/// Parses the arguments, runs the command and gives the exit code.
pub fn run() -> ExitCode {
    let outcome = match Arguments::parse_from(with_pairs_explained(std::env::args_os())).command {
        Command::Analyze(analyze) => analyze.run(),
        Command::Segments(segments) => segments.run(),
        Command::Markers(markers) => markers.run(),
        Command::Count(count) => count.run(),
        Command::Measures(measures) => measures.run(),
        Command::Frequency(frequency) => frequency.run(),
        Command::Ngrams(ngrams) => ngrams.run(),
        Command::Collocations(collocations) => collocations.run(),
        Command::Keyness(keyness) => keyness.run(),
        Command::Kwic(kwic) => kwic.run(),
        Command::Explain(explain) => explain.run(),
        Command::Compare(compare) => compare.run(),
        Command::Diff(diff) => diff.run(),
        Command::Distances(distances) => distances.run(),
        Command::Attribute(attribute) => attribute.run(),
        Command::Verify(verify) => verify.run(),
        Command::Zeta(zeta) => zeta.run(),
        Command::Rolling(rolling) => rolling.run(),
        Command::Tree(tree) => tree.run(),
        Command::Map(map) => map.run(),
        Command::Network(network) => network.run(),
        Command::Why(why) => why.run(),
        Command::Lexicon(lexicon) => lexicon.run(),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "rhetor", &mut script);
            print(&String::from_utf8_lossy(&script));
            Ok(DONE)
        }
    };
    ExitCode::from(outcome.unwrap_or_else(|error| {
        complain(&error.to_string());
        exit_code(&error)
    }))
}

/// `explain CORPUS --pair A B` as `why CORPUS --pair A B`: what explains a measure explains a distance too.
fn with_pairs_explained(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    if arguments.iter().any(|argument| argument == "--pair")
        && let Some(command) = arguments.get_mut(1).filter(|command| *command == "explain")
    {
        *command = "why".into();
    }
    arguments
}

fn exit_code(error: &Error) -> u8 {
    match error {
        Error::ForeignOutput { .. }
        | Error::OutputBusy { .. }
        | Error::Output { .. }
        | Error::Page { .. }
        | Error::Chart { .. } => BAD_OUTPUT,
        _ => BAD_INPUT,
    }
}

/// Prints to standard output. A reader that has gone away, as `head` does, is no failure.
fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Prints a message for people to standard error.
fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "rhetor: {message}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
