//! What the stylometric subcommands share: which texts, which features, which distances.

mod attribute;
mod distances;
mod map;
mod measures;
mod network;
mod rolling;
mod tree;
mod verify;
mod why;
mod zeta;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::StylometryRun;
use rhetor::study::{Compatibility, Features, SamplingRule, Steps, Study, VoiceChoice};

use super::common::{Manner, Source};
use super::markers::LexiconOptions;

pub use attribute::Attribute;
pub use distances::Distances;
pub use map::Map;
pub use measures::explained;
pub use network::Network;
pub use rolling::Rolling;
pub use tree::Tree;
pub use verify::Verify;
pub use why::Why;
pub use zeta::Zeta;

/// The last line of a summary.
fn wrote(run: &StylometryRun, output: &Path, elapsed: Duration, first: &str) -> String {
    let samples = if run.rows == run.texts {
        String::new()
    } else {
        format!("  {} rows: texts or samples\n", run.rows)
    };
    format!(
        "{samples}Wrote {} files to {} in {:.2} s. Begin with {first}; columns.csv explains every column.\n",
        run.files.len() + 1,
        output.display(),
        elapsed.as_secs_f64()
    )
}

/// The arguments of every stylometric subcommand.
#[derive(Debug, Args)]
pub struct StylometryArguments {
    #[command(flatten)]
    pub source: Source,

    /// What is counted: words, word-ngrams, char-ngrams, inner-char-ngrams, punctuation, function-words, markers,
    /// sentence-lengths [default: words]
    #[arg(long, value_name = "KIND", help_heading = "Features")]
    features: Option<Features>,

    /// Length of n-grams [default: 2 words, 3 characters]
    #[arg(short, value_name = "N", help_heading = "Features")]
    n: Option<usize>,

    /// Most frequent features taken: 500, or a range as 100-2000:100 [default: 500]
    #[arg(long, value_name = "NUMBER", help_heading = "Features")]
    mfw: Option<Steps>,

    /// Percent of the texts that must have a feature: 20, or a range as 0-60:20 [default: 0]
    #[arg(long, value_name = "PERCENT", help_heading = "Features")]
    culling: Option<Steps>,

    /// Leave out the features in this file, one a line
    #[arg(long, value_name = "FILE", help_heading = "Features")]
    stop_words: Option<PathBuf>,

    /// Leave out personal pronouns, which follow the subject more than the style
    #[arg(long, help_heading = "Features")]
    delete_pronouns: bool,

    /// Take the features in this file, one a line, instead of the most frequent ones
    #[arg(long, value_name = "FILE", help_heading = "Features")]
    feature_list: Option<PathBuf>,

    /// Read a ready table of frequencies instead of a corpus: texts in rows, tidy, or as stylo writes it
    #[arg(long, value_name = "FILE", help_heading = "Features", conflicts_with = "sampling")]
    table: Option<PathBuf>,

    #[command(flatten)]
    lexicon: LexiconOptions,

    /// Cut texts into samples: SIZE or SIZE:OVERLAP words, random:SIZE:NUMBER bags of each text
    #[arg(long, value_name = "RULE", help_heading = "Features")]
    sampling: Option<SamplingRule>,

    /// Whose words are counted: all, author or quoted [default: all]
    #[arg(long, value_name = "VOICE", help_heading = "Features")]
    voice: Option<VoiceChoice>,

    /// Leave out texts of fewer words [default: 100]
    #[arg(long, value_name = "N", help_heading = "Features")]
    min_words: Option<u64>,

    /// Take the defaults of another program and its way of making features: stylo. Its cutting of words is chosen
    /// with --words, as stylo:english or stylo:latin.corr [default there: stylo:english.all]
    #[arg(long, value_name = "PROGRAM", help_heading = "Features")]
    compat: Option<Compatibility>,

    /// Distance measure, or several with commas between; 'rhetor explain distances' lists them
    /// [default: cosine-delta]
    #[arg(long, value_name = "ID", value_delimiter = ',', help_heading = "Analysis")]
    distance: Vec<String>,

    /// Metadata column that groups texts; 'name' takes what stands before the first _ of a file name, 'folder' the
    /// folder that a text is in
    /// [default: author, label, class or group, else name]
    #[arg(long, visible_alias = "class", value_name = "COLUMN", help_heading = "Analysis")]
    group: Option<String>,

    /// Seed of all that is drawn at random [default: 1]
    #[arg(long, value_name = "N", help_heading = "Analysis")]
    seed: Option<u64>,

    #[command(flatten)]
    pub manner: Manner,
}

impl StylometryArguments {
    /// The options of the study file, if any, with those of the command line over them.
    pub fn study(&self) -> Result<Study> {
        let mut study = self.source.study()?;
        study.group = self.group.clone().or(study.group);
        self.lexicon.apply(&mut study);
        let options = study.stylometry.get_or_insert_default();
        if let Some(features) = self.features {
            options.features = features;
        }
        if let Some(sampling) = self.sampling {
            options.sampling = sampling;
        }
        if let Some(voice) = self.voice {
            options.voice = voice;
        }
        if let Some(min_words) = self.min_words {
            options.min_words = min_words;
        }
        if let Some(seed) = self.seed {
            options.seed = seed;
        }
        if !self.distance.is_empty() {
            options.distances.clone_from(&self.distance);
        }
        options.n = self.n.or(options.n);
        options.mfw = self.mfw.or(options.mfw);
        options.culling = self.culling.or(options.culling);
        options.delete_pronouns |= self.delete_pronouns;
        options.stop_words = self.stop_words.clone().or(options.stop_words.take());
        options.feature_list = self.feature_list.clone().or(options.feature_list.take());
        options.table = self.table.clone().or(options.table.take());
        options.compat = self.compat.or(options.compat);
        Ok(study)
    }
}
