//! `rhetor kwic`.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use rhetor::error::{Error, Result};
use rhetor::run::{KwicOptions, KwicOrder, KwicReport, Query, kwic};

use super::common::{Manner, Source, headline, number};
use super::show::{VoiceChoice, plain};

const EXAMPLES: &str = "\
Examples:
  rhetor kwic pamphlets liberty                           a word
  rhetor kwic pamphlets 'right|rights of man' --sort 1R   a phrase; by the word that follows
  rhetor kwic pamphlets 'govern*' --sort left             words that begin so; by the words before
  rhetor kwic pamphlets --regex '(?i)not\\s+only.*but'     a regular expression over each sentence
  rhetor kwic pamphlets --category stance/hedge           markers, as rhetor analyze counts them
  rhetor kwic pamphlets --marker since

The last of several arguments is the query, unless an option names it. Matches lie within sentences.";

/// Characters on either side of a match on the terminal.
const SIDE: usize = 36;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Kwic {
    #[command(flatten)]
    source: Source,

    /// Look for a regular expression, within sentences
    #[arg(long, value_name = "REGEX", group = "query")]
    regex: Option<String>,

    /// Look for words side by side, each a regular expression of the counted key
    #[arg(long, value_name = "REGEXES", group = "query")]
    word_regex: Option<String>,

    /// Look for the markers of a category, as stance/hedge, or of a family, as stance
    #[arg(long, value_name = "CATEGORY", group = "query")]
    category: Option<String>,

    /// Look for a marker of the lexicon
    #[arg(long, value_name = "NAME", group = "query")]
    marker: Option<String>,

    /// position, left, right, match, or words near it with commas between, as 1R,2R,1L
    #[arg(long, value_name = "ORDER", default_value = "position")]
    sort: KwicOrder,

    /// Whose words are searched
    #[arg(long, value_enum, default_value_t)]
    voice: VoiceChoice,

    /// Characters of context on either side [default: 50]
    #[arg(long, value_name = "N")]
    context: Option<u16>,

    /// Use a marker lexicon of your own
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,

    #[command(flatten)]
    manner: Manner,
}

impl Kwic {
    /// Runs the command; gives the exit code.
    pub fn run(mut self) -> Result<u8> {
        let query = match (self.regex, self.word_regex, self.category, self.marker) {
            (Some(regex), ..) => Query::Regex(regex),
            (_, Some(regex), ..) => Query::WordRegex(regex),
            (_, _, Some(category), _) => Query::Category(category),
            (.., Some(marker)) => Query::Marker(marker),
            _ => Query::Words(self.source.take_last().ok_or_else(|| {
                Error::Study {
                    path: "options".into(),
                    reason:
                        "say what to look for: rhetor kwic FOLDER WORDS, or --regex, --category, --marker"
                            .to_owned(),
                }
            })?),
        };
        let mut study = self.source.study()?;
        study.lexicon = self.lexicon.or(study.lexicon);
        study.context = self.context.map_or(study.context, usize::from);
        let options = KwicOptions { query, voice: self.voice.selection(), order: self.sort };
        let output = &self.source.output;
        let start = Instant::now();
        let report =
            self.manner.run(|progress| kwic(&study, &options, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            format!(
                "{}\n{}  {} matches in {} texts\nWrote {} files to {} in {:.2} s. Begin with kwic.csv.\n",
                headline(&report.corpus, report.texts, report.words, None),
                lines(&report),
                number(report.matches as u64),
                number(report.documents as u64),
                report.files.len() + 1,
                output.display(),
                elapsed.as_secs_f64()
            )
        };
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

/// The first matches, one under the other.
fn lines(report: &KwicReport) -> String {
    let line = |top: &rhetor::run::TopLine| {
        let [left, matched, right] = [0, 1, 2].map(|part| plain(&top.context[part]));
        let skip = left.chars().count().saturating_sub(SIDE);
        let left: String = left.chars().skip(skip).collect();
        let right: String = right.chars().take(SIDE).collect();
        format!("  {left:>SIDE$}[{matched}]{right:<SIDE$}  {}\n", plain(&top.document))
    };
    report.top.iter().map(line).collect()
}
