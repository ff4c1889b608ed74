//! Collocation: how strongly two words attract one another.
//!
//! O₁₁ is the joint count, R₁ that of the first word (or of the positions in its windows), C₁ that of the
//! second, N the size of the sample, E₁₁ = R₁·C₁/N. What is counted is the business of the window convention;
//! see [`collocates`](super::ngrams::collocates).

use std::f64::consts::LN_2;

use super::contingency::{Table, excess, log2_ratio};
use super::keyness::ZeroCell;
use super::outcome::{Flag, Outcome, Undefined, finite};

/// The counts that a measure of association needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// O₁₁, how often both occur together.
    pub together: u64,
    /// R₁.
    pub first: u64,
    /// C₁.
    pub second: u64,
    /// N.
    pub total: u64,
}

impl Joint {
    /// The table of the counts, or why they are none.
    ///
    /// # Errors
    /// If the joint count is above a margin, or the margins are above the total.
    pub fn table(&self) -> Result<Table, Undefined> {
        let Self { together, first, second, total } = *self;
        let c = first.checked_sub(together);
        let b = second.checked_sub(together);
        let d = b.and_then(|b| total.checked_sub(first)?.checked_sub(b));
        match (b, c, d) {
            (Some(b), Some(c), Some(d)) => Ok(Table { a: together, b, c, d }),
            _ => Err(Undefined::Inconsistent),
        }
    }

    /// E₁₁ = R₁·C₁/N.
    pub fn expected(&self) -> f64 {
        (u128::from(self.first) * u128::from(self.second)) as f64 / self.total as f64
    }

    /// A flag on joint counts expected below 5.
    pub fn flag(&self) -> Option<Flag> {
        let margins = u128::from(self.first) * u128::from(self.second);
        (margins < 5 * u128::from(self.total)).then_some(Flag::SmallExpectation)
    }

    /// O₁₁ and E₁₁; undefined if the counts make no table or a margin is 0, or, for measures that need it, if
    /// the two never occur together.
    fn counts(&self, joint_needed: bool) -> Result<(f64, f64), Undefined> {
        self.table()?;
        if self.first == 0 || self.second == 0 {
            return Err(Undefined::Absent);
        }
        if joint_needed && self.together == 0 {
            return Err(Undefined::ZeroCell);
        }
        Ok((self.together as f64, self.expected()))
    }
}

/// Mutual information log₂(O₁₁/E₁₁) (Church & Hanks 1990). Undefined if they never occur together.
pub fn mutual_information(joint: &Joint) -> Outcome {
    mutual_information_power(joint, 1)
}

/// MI² and MI³, log₂(O₁₁ᵏ/E₁₁) (Daille 1994; Oakes 1998). Undefined if they never occur together.
pub fn mutual_information_power(joint: &Joint, power: u8) -> Outcome {
    let (observed, expected) = joint.counts(true)?;
    Ok(f64::from(power) * observed.log2() - expected.log2())
}

/// Normalised mutual information MI / −log₂(O₁₁/N), from −1 to 1 (Bouma 2009). −1 if they never occur
/// together; undefined if nothing else occurs.
pub fn normalised_mutual_information(joint: &Joint) -> Outcome {
    let (observed, _) = joint.counts(false)?;
    if joint.together == 0 {
        return Ok(-1.0);
    }
    finite(mutual_information(joint)? / -(observed / joint.total as f64).log2(), Undefined::NoSpread)
}

/// MI·log-f = MI · ln(O₁₁ + 1) (Kilgarriff & Rychlý, Sketch Engine). Undefined if they never occur together.
pub fn mutual_information_log_frequency(joint: &Joint) -> Outcome {
    Ok(mutual_information(joint)? * (joint.together as f64).ln_1p())
}

/// Local mutual information O₁₁ · log₂(O₁₁/E₁₁) (Evert 2005). Undefined if they never occur together.
pub fn local_mutual_information(joint: &Joint) -> Outcome {
    Ok(joint.together as f64 * mutual_information(joint)?)
}

/// Local mutual information with the logarithm to base 10.
pub fn local_mutual_information_log10(joint: &Joint) -> Outcome {
    Ok(local_mutual_information(joint)? * std::f64::consts::LOG10_2)
}

/// t-score (O₁₁ − E₁₁)/√O₁₁ (Church et al. 1991). Undefined if they never occur together.
pub fn t_score(joint: &Joint) -> Outcome {
    let (observed, expected) = joint.counts(true)?;
    Ok((observed - expected) / observed.sqrt())
}

/// z-score (O₁₁ − E₁₁)/√E₁₁ (Dennis 1964).
pub fn z_score(joint: &Joint) -> Outcome {
    let (observed, expected) = joint.counts(false)?;
    Ok((observed - expected) / expected.sqrt())
}

/// z-score of Berry-Rogghe, (O₁₁ − E₁₁)/√(E₁₁(1 − p)), with p the share of the second word outside the first,
/// C₁/(N − R₁), and E₁₁ = p·R₁ (Berry-Rogghe 1973). Undefined unless 0 < p < 1.
pub fn z_score_berry_rogghe(joint: &Joint) -> Outcome {
    let (observed, _) = joint.counts(false)?;
    let p = joint.second as f64 / (joint.total - joint.first) as f64;
    let expected = p * joint.first as f64;
    finite((observed - expected) / (expected * (1.0 - p)).sqrt(), Undefined::NoSpread)
}

/// G² over four cells (Dunning 1993), not negative: attraction and repulsion alike.
pub fn g2(joint: &Joint) -> Outcome {
    joint.counts(false)?;
    joint.table()?.g2()
}

/// G² with the sign of O₁₁ − E₁₁ (Evert 2008).
pub fn g2_signed(joint: &Joint) -> Outcome {
    let table = joint.table()?;
    Ok(if table.is_first_higher() { g2(joint)? } else { -g2(joint)? })
}

/// Simple log-likelihood 2(O₁₁·ln(O₁₁/E₁₁) − (O₁₁ − E₁₁)) (Evert 2008), not negative.
pub fn simple_log_likelihood(joint: &Joint) -> Outcome {
    let (_, expected) = joint.counts(false)?;
    // (O − E)/E with the difference of products exact.
    let together = u128::from(joint.together) * u128::from(joint.total);
    let margins = u128::from(joint.first) * u128::from(joint.second);
    let size = together.abs_diff(margins) as f64 / margins as f64;
    Ok(2.0 * expected * excess(if together < margins { -size } else { size }))
}

/// Pearson's χ², without correction.
pub fn chi2(joint: &Joint) -> Outcome {
    joint.counts(false)?;
    joint.table()?.chi2()
}

/// φ² = χ²/N.
pub fn phi2(joint: &Joint) -> Outcome {
    Ok(chi2(joint)? / joint.total as f64)
}

/// Dice coefficient 2O₁₁/(R₁ + C₁) (Smadja 1996).
pub fn dice(joint: &Joint) -> Outcome {
    let (observed, _) = joint.counts(false)?;
    Ok(2.0 * observed / (joint.first as f64 + joint.second as f64))
}

/// logDice 14 + log₂ Dice, at most 14, independent of N (Rychlý 2008). Undefined if they never occur together.
pub fn log_dice(joint: &Joint) -> Outcome {
    joint.counts(true)?;
    Ok(14.0 + dice(joint)?.log2())
}

/// Jaccard coefficient O₁₁/(R₁ + C₁ − O₁₁).
pub fn jaccard(joint: &Joint) -> Outcome {
    let (observed, _) = joint.counts(false)?;
    Ok(observed / (joint.first as f64 + (joint.second - joint.together) as f64))
}

/// ΔP of the second word given the first, O₁₁/R₁ − O₂₁/(N − R₁) (Allan 1980; Ellis 2006; Gries 2013).
/// Undefined if there is nothing but the first.
pub fn delta_p_second_given_first(joint: &Joint) -> Outcome {
    let (observed, _) = joint.counts(false)?;
    let elsewhere = (joint.second - joint.together) as f64 / (joint.total - joint.first) as f64;
    finite(observed / joint.first as f64 - elsewhere, Undefined::ZeroCell)
}

/// ΔP of the first word given the second, O₁₁/C₁ − O₁₂/(N − C₁).
pub fn delta_p_first_given_second(joint: &Joint) -> Outcome {
    delta_p_second_given_first(&Joint { first: joint.second, second: joint.first, ..*joint })
}

/// Minimum sensitivity min(O₁₁/R₁, O₁₁/C₁) (Pedersen & Bruce 1996).
pub fn minimum_sensitivity(joint: &Joint) -> Outcome {
    let (observed, _) = joint.counts(false)?;
    Ok(observed / joint.first.max(joint.second) as f64)
}

/// Log ratio log₂((O₁₁/R₁)/(O₂₁/(N − R₁))) (Hardie 2014), with a policy for counts of 0.
pub fn log_ratio(joint: &Joint, zero: ZeroCell) -> Outcome {
    joint.counts(false)?;
    super::keyness::log_ratio(&joint.table()?, zero)
}

/// Blaheta and Johnson's λ of a pair with its z (2001), the only measure of quanteda: the log odds ratio with
/// ½ added to each cell, and that over √Σ 1/(n + ½).
///
/// # Errors
/// If the counts make no table.
pub fn lambda(joint: &Joint) -> Result<(f64, f64), Undefined> {
    let Table { a, b, c, d } = joint.table()?;
    let [a, b, c, d] = [a, b, c, d].map(|count| count as f64 + 0.5);
    let lambda = log2_ratio(a, b, c, d) * LN_2;
    Ok((lambda, lambda / (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::super::outcome::close;
    use super::*;

    #[test]
    fn a_pair_by_hand() {
        let joint = Joint { together: 8, first: 16, second: 32, total: 1024 };
        assert_eq!(mutual_information(&joint), Ok(4.0));
        assert_eq!(mutual_information_power(&joint, 3), Ok(10.0));
        assert!(close(normalised_mutual_information(&joint).unwrap(), 4.0 / 7.0, 1e-15));
        assert!(close(t_score(&joint).unwrap(), 7.5 / 8.0_f64.sqrt(), 1e-15));
        assert!(close(dice(&joint).unwrap(), 1.0 / 3.0, 1e-15));
        assert!(close(delta_p_second_given_first(&joint).unwrap(), 0.5 - 24.0 / 1008.0, 1e-15));
        assert!(close(delta_p_first_given_second(&joint).unwrap(), 0.25 - 8.0 / 992.0, 1e-15));
        let (lambda, z) = lambda(&joint).unwrap();
        assert!(close(lambda, (8.5_f64 * 984.5 / (24.5 * 8.5)).ln(), 1e-13) && z > 0.0);
    }

    #[test]
    fn pairs_that_never_meet_are_undefined_where_a_logarithm_is_taken() {
        let never = Joint { together: 0, first: 5, second: 7, total: 100 };
        for measure in [mutual_information, local_mutual_information, t_score, log_dice] {
            assert_eq!(measure(&never), Err(Undefined::ZeroCell));
        }
        assert_eq!(normalised_mutual_information(&never), Ok(-1.0));
        assert!(g2_signed(&never).unwrap() < 0.0);
        let wrong = Joint { together: 6, first: 5, second: 7, total: 100 };
        assert_eq!(chi2(&wrong), Err(Undefined::Inconsistent));
        let alone = Joint { together: 5, first: 5, second: 5, total: 5 };
        assert_eq!(delta_p_second_given_first(&alone), Err(Undefined::ZeroCell));
        assert_eq!(normalised_mutual_information(&alone), Err(Undefined::NoSpread));
    }
}
