//! Options of stylometry that are numbers: ranges of them, and how texts are cut into samples.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::stylometry::{Sampling, StylometryError};

/// One number, or numbers at equal steps. Written `500` or `100-2000:100`.
///
/// ```
/// use rhetor::study::Steps;
/// let steps: Steps = "0-60:20".parse().unwrap();
/// assert_eq!(steps.values(), [0, 20, 40, 60]);
/// assert_eq!("500".parse::<Steps>().unwrap().to_string(), "500");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Steps {
    /// The first one.
    pub from: usize,
    /// The last one is not above this.
    pub to: usize,
    /// From one to the next.
    pub by: usize,
}

/// Numbers that a range may have.
const MOST_STEPS: usize = 1_000;

impl Steps {
    /// The numbers, ascending.
    pub fn values(self) -> Vec<usize> {
        (self.from..=self.to).step_by(self.by.max(1)).collect()
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            return write!(f, "{}", self.from);
        }
        write!(f, "{}-{}:{}", self.from, self.to, self.by)
    }
}

impl From<Steps> for String {
    fn from(steps: Steps) -> Self {
        steps.to_string()
    }
}

impl TryFrom<String> for Steps {
    type Error = StylometryError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for Steps {
    type Err = StylometryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || StylometryError::Option {
            option: "range",
            reason: format!(
                "'{text}' is neither a number nor FROM-TO:STEP with FROM below TO and at most {MOST_STEPS} steps"
            ),
        };
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| wrong());
        let Some((from, rest)) = text.split_once('-') else {
            let only = number(text)?;
            return Ok(Self { from: only, to: only, by: 1 });
        };
        let (to, by) = rest.split_once(':').ok_or_else(wrong)?;
        let steps = Self { from: number(from)?, to: number(to)?, by: number(by)? };
        if steps.by == 0 || steps.from >= steps.to || (steps.to - steps.from) / steps.by >= MOST_STEPS {
            return Err(wrong());
        }
        Ok(steps)
    }
}

/// How texts are cut into samples. Written `none`, `SIZE`, `SIZE:OVERLAP`, `random:SIZE:NUMBER` or
/// `random-with-replacement:SIZE:NUMBER`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum SamplingRule {
    /// Texts are whole.
    #[default]
    None,
    /// Pieces one after another.
    Sequential {
        /// Words of a piece.
        size: usize,
        /// Words that a piece shares with the next.
        overlap: usize,
    },
    /// Bags drawn from each text.
    Random {
        /// Features of a bag.
        size: usize,
        /// Bags of each text.
        number: usize,
        /// Whether a feature may be drawn more than once into a bag.
        replacement: bool,
    },
}

impl SamplingRule {
    /// The rule with a seed.
    pub fn with_seed(self, seed: u64) -> Sampling {
        match self {
            Self::None => Sampling::None,
            Self::Sequential { size, overlap } => Sampling::Sequential { size, overlap },
            Self::Random { size, number, replacement } => {
                Sampling::Random { size, samples: number, replacement, seed }
            }
        }
    }
}

impl fmt::Display for SamplingRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Sequential { size, overlap: 0 } => write!(f, "{size}"),
            Self::Sequential { size, overlap } => write!(f, "{size}:{overlap}"),
            Self::Random { size, number, replacement: false } => write!(f, "random:{size}:{number}"),
            Self::Random { size, number, replacement: true } => {
                write!(f, "random-with-replacement:{size}:{number}")
            }
        }
    }
}

impl From<SamplingRule> for String {
    fn from(rule: SamplingRule) -> Self {
        rule.to_string()
    }
}

impl TryFrom<String> for SamplingRule {
    type Error = StylometryError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for SamplingRule {
    type Err = StylometryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = |reason: &str| StylometryError::Option {
            option: "sampling",
            reason: format!(
                "'{text}' {reason}. Known: none, SIZE, SIZE:OVERLAP, random:SIZE:NUMBER, \
                 random-with-replacement:SIZE:NUMBER"
            ),
        };
        let number = |text: &str| {
            text.trim().parse::<usize>().map_err(|_| wrong("has no whole number where one is needed"))
        };
        let parts: Vec<&str> = text.split(':').collect();
        let rule = match parts[..] {
            ["none"] => Self::None,
            ["random", size, samples] => {
                Self::Random { size: number(size)?, number: number(samples)?, replacement: false }
            }
            ["random-with-replacement", size, samples] => {
                Self::Random { size: number(size)?, number: number(samples)?, replacement: true }
            }
            [size] => Self::Sequential { size: number(size)?, overlap: 0 },
            [size, overlap] => Self::Sequential { size: number(size)?, overlap: number(overlap)? },
            _ => return Err(wrong("is no way of sampling")),
        };
        match rule {
            Self::Sequential { size, overlap } if size <= overlap => {
                Err(wrong("has an overlap that is not smaller than the size"))
            }
            Self::Random { size: 0, .. } | Self::Random { number: 0, .. } => Err(wrong("draws nothing")),
            rule => Ok(rule),
        }
    }
}
