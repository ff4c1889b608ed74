//! The measures of words, pairs of words and key words by name, each described in one place: their columns, the
//! data dictionary and `rhetor explain` walk these lists.

use super::association::{self, Joint};
use super::contingency::{Table, Tail, log10_p};
use super::dispersion::Parts;
use super::keyness::{self, ZeroCell};
use super::outcome::Outcome;

/// A measure computed from counts of the kind `T`.
#[derive(Clone, Copy)]
pub struct Formula<T: 'static> {
    /// Name of its column, with the variant where tools disagree.
    pub id: &'static str,
    /// What it is.
    pub name: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// What it counts in; empty for a pure number.
    pub unit: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// When it is not defined, beyond the item being absent; empty if never.
    pub undefined: &'static str,
    /// The computation.
    pub compute: fn(&T) -> Outcome,
}

impl<T> std::fmt::Debug for Formula<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Formula").field("id", &self.id).finish_non_exhaustive()
    }
}

macro_rules! formula {
    ($id:literal, $name:literal, $formula:literal, $unit:literal, $source:literal, $undefined:literal, $compute:expr) => {
        Formula {
            id: $id,
            name: $name,
            formula: $formula,
            unit: $unit,
            source: $source,
            undefined: $undefined,
            compute: $compute,
        }
    };
}

/// How evenly a word is spread over the parts of a corpus.
#[rustfmt::skip]
pub static DISPERSIONS: &[Formula<Parts>] = &[
    formula!("dp", "Deviation of proportions; 0 = even", "½ Σ |tᵢ − wᵢ|", "", "Gries 2008", "", |p| Ok(p.dp())),
    formula!("dp_norm", "Deviation of proportions over its highest value; 0 = even", "DP / (1 − min wᵢ)", "", "Lijffijt & Gries 2012", "", |p| Ok(p.dp_norm())),
    formula!("dp_egbert", "Deviation of proportions over one less the smallest part that holds the word; 0 = even, the authors print 1 − this", "DP / (1 − min{wᵢ : vᵢ > 0})", "", "Egbert, Burch & Biber 2020", "", |p| Ok(p.dp_egbert())),
    formula!("juilland_d", "Juilland's D of the rates; 1 = even", "1 − σ(r)/mean(r) / √(k − 1), σ of the population", "", "Juilland & Chang-Rodríguez 1964", "", |p| Ok(p.juilland_d())),
    formula!("carroll_d2", "Carroll's D₂ of the rates; 1 = even", "−Σ ρᵢ·ln ρᵢ / ln k", "", "Carroll 1970", "", |p| Ok(p.carroll_d2())),
    formula!("rosengren_s", "Rosengren's S; 1 = even", "(Σ √(wᵢvᵢ))² / f", "", "Rosengren 1971", "", |p| Ok(p.rosengren_s())),
    formula!("lyne_d3", "Lyne's D₃, for equal parts; 1 = even, may be below 0", "1 − χ²/(4f)", "", "Lyne 1985", "", |p| Ok(p.lyne_d3())),
    formula!("zhang_dc", "Zhang's distributional consistency, for equal parts; 1 = even", "(Σ √vᵢ / k)² / (f/k)", "", "Zhang 2004", "", |p| Ok(p.zhang_dc())),
    formula!("da", "Burch, Egbert and Biber's D_A; 1 = even", "2(Σ i·ρ₍ᵢ₎ − 1)/(k − 1), ρ descending", "", "Burch, Egbert & Biber 2017", "", |p| Ok(p.da())),
    formula!("kld", "Kullback–Leibler divergence from the sizes of the parts; 0 = even", "Σ tᵢ·log₂(tᵢ/wᵢ)", "bits", "Gries 2020", "", |p| Ok(p.kld())),
    formula!("kld_norm:exp", "Divergence on a scale of 0 to 1; 0 = even", "1 − e^(−KLD)", "", "Gries 2020", "", |p| Ok(p.kld_norm_exp())),
    formula!("kld_norm:2", "Divergence on a scale of 0 to 1, to base 2; 0 = even", "1 − 2^(−KLD)", "", "Gries 2020", "", |p| Ok(p.kld_norm_2())),
    formula!("kld_norm:odds", "Divergence on a scale of 0 to 1, as odds; 0 = even", "KLD / (1 + KLD)", "", "Gries 2024", "", |p| Ok(p.kld_norm_odds())),
    formula!("variation", "Coefficient of variation of the counts; 0 = even", "σ(v)/mean(v), σ of the population", "", "Juilland & Chang-Rodríguez 1964", "", |p| Ok(p.variation())),
    formula!("idf", "Inverse document frequency of the parts", "log₂(k / range)", "bits", "Spärck Jones 1972", "", |p| Ok(p.idf())),
    formula!("juilland_u", "Juilland's usage coefficient", "f·D", "words", "Juilland & Chang-Rodríguez 1964", "", |p| Ok(p.juilland_u())),
    formula!("carroll_um", "Carroll's adjusted frequency", "f·D₂ + (1 − D₂)·f/k", "words", "Carroll 1970", "", |p| Ok(p.carroll_um())),
    formula!("rosengren_kf", "Rosengren's adjusted frequency", "f·S", "words", "Rosengren 1971", "", |p| Ok(p.rosengren_kf())),
    formula!("engvall_fm", "Engvall's adjusted frequency", "f·range/k", "words", "Engvall 1974", "", |p| Ok(p.engvall_fm())),
];

/// How strongly two words attract one another.
#[rustfmt::skip]
pub static ASSOCIATIONS: &[Formula<Joint>] = &[
    formula!("log_dice", "logDice, at most 14", "14 + log₂(2·O₁₁/(R₁ + C₁))", "", "Rychlý 2008", "they never occur together", association::log_dice),
    formula!("mi", "Mutual information", "log₂(O₁₁/E₁₁)", "bits", "Church & Hanks 1990", "they never occur together", association::mutual_information),
    formula!("mi2", "MI²", "log₂(O₁₁²/E₁₁)", "bits", "Daille 1994", "they never occur together", |j| association::mutual_information_power(j, 2)),
    formula!("mi3", "MI³", "log₂(O₁₁³/E₁₁)", "bits", "Daille 1994; Oakes 1998", "they never occur together", |j| association::mutual_information_power(j, 3)),
    formula!("npmi", "Normalised mutual information, −1 to 1", "MI / −log₂(O₁₁/N)", "", "Bouma 2009", "nothing else occurs", association::normalised_mutual_information),
    formula!("mi_log_f", "MI·log-f", "MI·ln(O₁₁ + 1)", "", "Kilgarriff & Rychlý (Sketch Engine)", "they never occur together", association::mutual_information_log_frequency),
    formula!("lmi:log2", "Local mutual information, to base 2", "O₁₁·log₂(O₁₁/E₁₁)", "", "Evert 2005", "they never occur together", association::local_mutual_information),
    formula!("lmi:log10", "Local mutual information, to base 10", "O₁₁·log₁₀(O₁₁/E₁₁)", "", "Evert 2005", "they never occur together", association::local_mutual_information_log10),
    formula!("t_score", "t-score", "(O₁₁ − E₁₁)/√O₁₁", "", "Church et al. 1991", "they never occur together", association::t_score),
    formula!("z_score", "z-score", "(O₁₁ − E₁₁)/√E₁₁", "", "Dennis 1964", "", association::z_score),
    formula!("z_score:berry_rogghe", "z-score of Berry-Rogghe", "(O₁₁ − E)/√(E(1 − p)), p = C₁/(N − R₁), E = p·R₁", "", "Berry-Rogghe 1973", "p is not between 0 and 1", association::z_score_berry_rogghe),
    formula!("g2", "G² over four cells, signed: negative where the words avoid one another", "2 Σ O·ln(O/E)", "", "Dunning 1993; Evert 2008", "", association::g2_signed),
    formula!("log10_p", "log₁₀ of the p-value of G²", "log₁₀ erfc(√(G²/2))", "", "Wilks 1938", "", |j| association::g2(j).map(log10_p)),
    formula!("simple_ll", "Simple log-likelihood", "2(O₁₁·ln(O₁₁/E₁₁) − (O₁₁ − E₁₁))", "", "Evert 2008", "", association::simple_log_likelihood),
    formula!("chi2", "χ², without correction", "N(ad − bc)² / ((a+b)(c+d)(a+c)(b+d))", "", "Pearson 1900", "", association::chi2),
    formula!("phi2", "φ²", "χ²/N", "", "Gale & Church 1991", "", association::phi2),
    formula!("dice", "Dice coefficient", "2·O₁₁/(R₁ + C₁)", "", "Smadja 1996", "", association::dice),
    formula!("jaccard", "Jaccard coefficient", "O₁₁/(R₁ + C₁ − O₁₁)", "", "Jaccard 1901", "", association::jaccard),
    formula!("delta_p:collocate_given_node", "ΔP of the collocate, given the node", "O₁₁/R₁ − O₂₁/(N − R₁)", "", "Allan 1980; Gries 2013", "there is nothing but the node", association::delta_p_second_given_first),
    formula!("delta_p:node_given_collocate", "ΔP of the node, given the collocate", "O₁₁/C₁ − O₁₂/(N − C₁)", "", "Allan 1980; Gries 2013", "there is nothing but the collocate", association::delta_p_first_given_second),
    formula!("minimum_sensitivity", "Minimum sensitivity", "min(O₁₁/R₁, O₁₁/C₁)", "", "Pedersen & Bruce 1996", "", association::minimum_sensitivity),
    formula!("log_ratio", "Log ratio, a count of 0 taken as ½", "log₂((O₁₁/R₁)/(O₂₁/(N − R₁)))", "", "Hardie 2014", "there is nothing but the node", |j| association::log_ratio(j, ZeroCell::Half)),
    formula!("lambda", "Log odds ratio, ½ added to each cell", "ln((a+½)(d+½)/((b+½)(c+½)))", "", "Blaheta & Johnson 2001", "", |j| association::lambda(j).map(|(lambda, _)| lambda)),
    formula!("lambda_z", "λ over its standard deviation", "λ/√Σ 1/(n + ½)", "", "Blaheta & Johnson 2001", "", |j| association::lambda(j).map(|(_, z)| z)),
];

/// How much more frequent an item is in one text, or group of texts, than in another: effect sizes and tests
/// that need nothing but the four counts.
#[rustfmt::skip]
pub static KEYNESSES: &[Formula<Table>] = &[
    formula!("log_ratio", "Log ratio, a count of 0 taken as ½", "log₂(p₁/p₂)", "doublings", "Hardie 2014", "", |t| keyness::log_ratio(t, ZeroCell::Half)),
    formula!("log_ratio:walter", "Log ratio, ½ added to both counts and both sizes", "log₂((a+½)/(N₁+½)) − log₂((b+½)/(N₂+½))", "doublings", "Walter 1975", "", |t| keyness::log_ratio(t, ZeroCell::AddHalf)),
    formula!("g2:4cell", "G² over four cells, negative where the reference is higher", "2 Σ O·ln(O/E)", "", "Dunning 1993", "", |t| signed(t, t.g2())),
    formula!("g2:2cell", "G² over two cells, negative where the reference is higher", "2(a·ln(a/E₁) + b·ln(b/E₂))", "", "Rayson & Garside 2000", "", |t| signed(t, t.g2_two_cells())),
    formula!("chi2", "χ², without correction, negative where the reference is higher", "N(ad − bc)² / ((a+b)(c+d)(a+c)(b+d))", "", "Hofland & Johansson 1982", "", |t| signed(t, t.chi2())),
    formula!("chi2:yates", "χ² with the correction of Yates, negative where the reference is higher", "N·max(0, |ad − bc| − N/2)² / (…)", "", "Yates 1934", "", |t| signed(t, t.chi2_yates())),
    formula!("fisher_log10_p", "log₁₀ of the p-value of Fisher's exact test, two-sided", "Σ of the tables that are at most as probable", "", "Fisher 1935", "", |t| t.fisher(Tail::Both)),
    formula!("percent_difference", "%DIFF", "100(p₁ − p₂)/p₂", "per cent", "Gabrielatos & Marchi 2011", "absent from the reference", keyness::percent_difference),
    formula!("relative_risk", "Relative risk", "p₁/p₂", "", "Damerau 1993", "absent from the reference", keyness::relative_risk),
    formula!("odds_ratio", "Odds ratio", "ad/(bc)", "", "Pojanapunya & Todd 2016", "absent from the reference", keyness::odds_ratio),
    formula!("odds_ratio:haldane", "Odds ratio, ½ added to every cell if any is 0", "ad/(bc)", "", "Haldane 1956", "", keyness::odds_ratio_haldane),
    formula!("difference_coefficient", "Difference coefficient, −1 to 1", "(p₁ − p₂)/(p₁ + p₂)", "", "Hofland & Johansson 1982", "", keyness::difference_coefficient),
    formula!("bic:4cell", "BIC, of G² over four cells; above 2 speaks for a difference", "G² − ln N", "", "Wilson 2013", "", |t| keyness::bic(t.g2()?, t)),
    formula!("ell:2cell", "Effect size of G² over two cells", "G²/(N·ln min(E₁, E₂))", "", "Johnston, Berry & Mielke 2006", "the smaller expected count is 1", |t| keyness::effect_size_ell(t.g2_two_cells()?, t)),
    formula!("simple_maths:1", "Simple maths, k = 1", "(10⁶p₁ + 1)/(10⁶p₂ + 1)", "", "Kilgarriff 2009", "", |t| keyness::simple_maths(t, 1.0)),
    formula!("simple_maths:100", "Simple maths, k = 100: favours more frequent items", "(10⁶p₁ + 100)/(10⁶p₂ + 100)", "", "Kilgarriff 2009", "", |t| keyness::simple_maths(t, 100.0)),
    formula!("pmi", "Mutual information of item and target", "ln(a/E₁)", "", "Church & Hanks 1990", "absent from the target", keyness::mutual_information),
];

/// A test statistic with the sign of the difference.
fn signed(table: &Table, statistic: Outcome) -> Outcome {
    statistic.map(|value| if table.is_first_higher() { value } else { -value })
}

/// What a formula says of itself: id, name, formula, unit, when it is undefined, source, table.
pub type Description = [(&'static str, &'static str); 7];

/// Every formula of the lists, described.
pub fn descriptions() -> Vec<Description> {
    fn of<T>(list: &'static [Formula<T>], table: &'static str) -> impl Iterator<Item = Description> {
        list.iter().map(move |entry| {
            [
                ("id", entry.id),
                ("name", entry.name),
                ("formula", entry.formula),
                ("unit", entry.unit),
                ("undefined", entry.undefined),
                ("source", entry.source),
                ("table", table),
            ]
        })
    }
    of(DISPERSIONS, "frequency.csv")
        .chain(of(ASSOCIATIONS, "collocations.csv"))
        .chain(of(KEYNESSES, "keyness.csv"))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_formula_is_described_and_finite() {
        let parts = Parts::new(&[3, 0, 2, 1], &[10, 12, 9, 11]).unwrap();
        let joint = Joint { together: 4, first: 9, second: 11, total: 300 };
        let table = Table::of_texts(12, 5, 400, 500).unwrap();
        let mut values: Vec<f64> = DISPERSIONS.iter().map(|entry| (entry.compute)(&parts).unwrap()).collect();
        values.extend(ASSOCIATIONS.iter().map(|entry| (entry.compute)(&joint).unwrap()));
        values.extend(KEYNESSES.iter().map(|entry| (entry.compute)(&table).unwrap()));
        assert!(values.iter().all(|value| value.is_finite()));
        let all = descriptions();
        assert_eq!(all.len(), values.len());
        let ids: HashSet<_> = all.iter().map(|entry| (entry[0].1, entry[6].1)).collect();
        assert_eq!(ids.len(), all.len());
        assert!(all.iter().all(|entry| !entry[1].1.is_empty() && !entry[5].1.is_empty()));
    }

    #[test]
    fn statistics_have_the_sign_of_the_difference() {
        let less = Table::of_texts(1, 20, 400, 400).unwrap();
        for id in ["g2:4cell", "g2:2cell", "chi2", "chi2:yates", "log_ratio"] {
            let entry = KEYNESSES.iter().find(|entry| entry.id == id).unwrap();
            assert!((entry.compute)(&less).unwrap() < 0.0, "{id}");
        }
    }
}
