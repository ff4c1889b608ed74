//! Every measure against values that other programs, exact rational arithmetic or print give.
//!
//! They are looked for in `../shared`, or where `RHETOR_SHARED` says. Where they are absent each test
//! says that it was skipped.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::type_complexity, reason = "lists of measures and their names")]

mod common;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::PathBuf;

use common::shared;
use rhetor::measures::contingency::{Table, Tail, log10_p};
use rhetor::measures::dispersion::{self, Parts};
use rhetor::measures::diversity::{self as div, Base};
use rhetor::measures::keyness::{self, Variance, ZeroCell};
use rhetor::measures::mtld::{self, FactorRule};
use rhetor::measures::readability::{self as read, ReadingCounts};
use rhetor::measures::sequence as seq;
use rhetor::measures::syllables::Syllables;
use rhetor::measures::{Outcome, Sequence, Spectrum, Undefined, association, growth, similarity};
use serde_json::Value;

fn vectors() -> Option<Value> {
    let path = shared("reference/corpus_stats/vectors.json")?;
    Some(serde_json::from_slice(&fs::read(path).unwrap()).unwrap())
}

/// Within the relative tolerance; near 0, where none can be met, within as much absolutely.
fn close(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance * expected.abs().max(if expected.abs() < 1e-12 { 1.0 } else { 0.0 })
}

fn words(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

fn numbers(list: &Value) -> Vec<u64> {
    list.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

fn min10() -> FactorRule {
    FactorRule { shortest: 10, ..FactorRule::default() }
}

fn diversity(name: &str, text: &Sequence) -> Outcome {
    let spectrum = text.spectrum();
    match name {
        "ttr" => div::type_token_ratio(&spectrum),
        "mattr50" => seq::mattr(text, 50),
        "mattr100" => seq::mattr(text, 100),
        "msttr50" => seq::msttr(text, 50),
        "mtld" => mtld::mtld(text, FactorRule::default()),
        "mtld_min10" => mtld::mtld(text, min10()),
        "mtld_le" => mtld::mtld(text, FactorRule { at_threshold: true, ..FactorRule::default() }),
        "mtld_ma_wrap" => mtld::mtld_ma_wrap(text, FactorRule::default()),
        "mtld_ma_wrap_min10" => mtld::mtld_ma_wrap(text, min10()),
        "hdd42" => growth::hdd(&spectrum, 42),
        "vocd_exact" => growth::vocd_d(&spectrum),
        "yule_k" => div::yule_k(&spectrum),
        "yule_i_types" => div::yule_i_types(&spectrum),
        "simpson_d" => div::simpson_d(&spectrum),
        "herdan_vm" => div::herdan_vm(&spectrum),
        "herdan_c" => div::herdan_c(&spectrum),
        "maas_a2_ln" => div::maas_a2(&spectrum, Base::E),
        "maas_a2_log10" => div::maas_a2(&spectrum, Base::Ten),
        "guiraud_r" => div::guiraud_r(&spectrum),
        "cttr" => div::carroll_cttr(&spectrum),
        "dugast_u_ln" => div::dugast_u(&spectrum, Base::E),
        "dugast_u_log10" => div::dugast_u(&spectrum, Base::Ten),
        "summer_s_ln" => div::somers_s(&spectrum, Base::E),
        "honore_h" => div::honore_h(&spectrum, Base::E),
        "sichel_s" => div::sichel_s(&spectrum),
        "brunet_w" => div::brunet_w(&spectrum, 0.172),
        _ => panic!("no measure for {name}"),
    }
}

fn key(name: &str, input: &Value) -> Outcome {
    let count = |key: &str| input[key].as_u64().unwrap();
    let table = Table::of_texts(count("a"), count("b"), count("N1"), count("N2"))?;
    // The vectors take the counts of both texts together as prior.
    let (prior, total) = ((count("a") + count("b")) as f64, table.total() as f64);
    match name {
        "G2_4cell" => table.g2(),
        "G2_2cell" => table.g2_two_cells(),
        "chi2" => table.chi2(),
        "chi2_yates" => table.chi2_yates(),
        "fisher_two_sided_p" => table.fisher(Tail::Both).map(|log| 10_f64.powf(log)),
        "log_ratio" => keyness::log_ratio(&table, ZeroCell::Half),
        "log_ratio_walter" => keyness::log_ratio(&table, ZeroCell::AddHalf),
        "odds_ratio" => keyness::odds_ratio(&table),
        "pct_diff" => keyness::percent_difference(&table),
        "ELL" => keyness::effect_size_ell(table.g2_two_cells()?, &table),
        "BIC_from_dunning" => keyness::bic(table.g2()?, &table),
        "BIC_from_rayson" => keyness::bic(table.g2_two_cells()?, &table),
        "simple_maths_k1" => keyness::simple_maths(&table, 1.0),
        "simple_maths_k100" => keyness::simple_maths(&table, 100.0),
        "fw_combined_prior_z" => keyness::fightin_words(&table, prior, total, Variance::Approximate),
        "fw_combined_prior_fullvariance_z" => keyness::fightin_words(&table, prior, total, Variance::Full),
        _ => panic!("no measure for {name}"),
    }
}

fn collocation(name: &str, input: &Value) -> Outcome {
    let count = |key: &str| input[key].as_u64().unwrap();
    let joint = association::Joint {
        together: count("O11"),
        first: count("R1"),
        second: count("C1"),
        total: count("N"),
    };
    match name {
        "MI" => association::mutual_information(&joint),
        "MI2" => association::mutual_information_power(&joint, 2),
        "MI3" => association::mutual_information_power(&joint, 3),
        "NPMI" => association::normalised_mutual_information(&joint),
        "MI_logf" => association::mutual_information_log_frequency(&joint),
        "LMI_log2" => association::local_mutual_information(&joint),
        "LMI_log10" => association::local_mutual_information_log10(&joint),
        "t_score" => association::t_score(&joint),
        "z_score" => association::z_score(&joint),
        "G2" => association::g2(&joint),
        "simple_ll" => association::simple_log_likelihood(&joint),
        "chi2" => association::chi2(&joint),
        "dice" => association::dice(&joint),
        "logDice" => association::log_dice(&joint),
        "jaccard" => association::jaccard(&joint),
        "deltaP_coll_given_node" => association::delta_p_second_given_first(&joint),
        "deltaP_node_given_coll" => association::delta_p_first_given_second(&joint),
        "min_sensitivity" => association::minimum_sensitivity(&joint),
        // Undefined there for a count of 0; with ½ in its place it is defined.
        "log_ratio_coll" => association::log_ratio(&joint, ZeroCell::Undefined),
        _ => panic!("no measure for {name}"),
    }
}

fn dispersed(name: &str, parts: &Parts) -> f64 {
    match name {
        "range" => parts.range() as f64,
        "VC_pop_raw" => parts.variation(),
        "juilland_D" => parts.juilland_d(),
        "juilland_D_equal_pop" => parts.juilland_d_equal(),
        "juilland_D_sampleSD" => parts.juilland_d_sample(),
        "juilland_D_equal_sample" => parts.juilland_d_equal_sample(),
        "carroll_D2" => parts.carroll_d2(),
        "carroll_D2_raw" => parts.carroll_d2_equal(),
        "rosengren_S" => parts.rosengren_s(),
        "rosengren_S_equal" | "DC" => parts.zhang_dc(),
        "lyne_D3" => parts.lyne_d3(),
        "DP" => parts.dp(),
        "DPnorm" => parts.dp_norm(),
        "DP_egbert2020_gries_scaled" => parts.dp_egbert(),
        "KLD_bits" => parts.kld(),
        "KLD_norm_exp" => parts.kld_norm_exp(),
        "KLD_norm_2" => parts.kld_norm_2(),
        "KLD_norm_o2p" => parts.kld_norm_odds(),
        "IDF_log2" => parts.idf(),
        "DA" => parts.da(),
        "juilland_U" => parts.juilland_u(),
        "carroll_Um" => parts.carroll_um(),
        "rosengren_AF" => parts.rosengren_kf(),
        _ => panic!("no measure for {name}"),
    }
}

fn readable(name: &str, input: &Value) -> Outcome {
    let count = |short: &str, long: &str| {
        input.get(short).or_else(|| input.get(long)).and_then(Value::as_u64).unwrap_or(0)
    };
    let counts = ReadingCounts {
        words: count("W", "words"),
        sentences: count("S", "sentences"),
        syllables: count("SYL", ""),
        letters: count("CH", "letters"),
        polysyllables: count("POLY", ""),
        long_words: count("L7", ""),
        monosyllables: count("MONO", ""),
        ..ReadingCounts::default()
    };
    match name {
        "flesch_reading_ease" => read::flesch_reading_ease(&counts),
        "flesch_kincaid_grade" => read::flesch_kincaid_grade(&counts),
        "gunning_fog" => read::gunning_fog(&counts),
        "smog" => read::smog(&counts),
        "ari" => read::automated_readability_index(&counts),
        // The published example, with its counts.
        "coleman_liau" | "coleman_liau_1975_abstract" => read::coleman_liau(&counts),
        "coleman_liau_ecp" => read::coleman_liau_cloze(&counts),
        "lix" => read::lix(&counts),
        "rix" => read::rix(&counts),
        "forcast" => read::forcast(&counts),
        "linsear_write" => read::linsear_write(&counts),
        _ => panic!("no measure for {name}"),
    }
}

fn positions(text: &[&str], word: &str) -> Vec<u64> {
    (0..).zip(text).filter(|(_, found)| **found == word).map(|(place, _)| place).collect()
}

#[test]
fn canonical_values() {
    let Some(vectors) = vectors() else { return };
    let tokens = |text: &str| words(&vectors["texts"][text]["tokens"]);
    let mut wrong = Vec::new();
    let mut checked = 0;
    for entry in vectors["canonical"].as_array().unwrap() {
        let (id, input) = (entry["id"].as_str().unwrap(), &entry["input"]);
        let name = id.rsplit('.').next().unwrap();
        let found: Outcome = match id.split('.').next().unwrap() {
            "T1" | "T2" => diversity(name, &Sequence::of_words(&tokens(input.as_str().unwrap()))),
            "E8" => {
                diversity(name, &Sequence::of_words(&words(&vectors["edge_cases"][input.as_str().unwrap()])))
            }
            "key" => key(name, input),
            "coll" => collocation(name, input),
            "read" => readable(name, input),
            "disp" if id.starts_with("disp.arf.") => {
                let text = tokens(input["text"].as_str().unwrap());
                let places = positions(&text, input["word"].as_str().unwrap());
                dispersion::average_reduced_frequency(&places, text.len() as u64)
            }
            "disp" => Parts::new(&numbers(&input["v"]), &numbers(&input["sizes"]))
                .map(|parts| dispersed(name, &parts)),
            _ => panic!("no subject for {id}"),
        };
        let tolerance = entry["rel_tol"].as_f64().unwrap();
        let right = match (entry["value"].as_f64(), found) {
            (Some(expected), Ok(found)) => close(found, expected, tolerance),
            (None, Err(_)) => true,
            _ => false,
        };
        if !right {
            wrong.push(format!("{id}: {found:?}, not {}", entry["value"]));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked >= 244, "{checked}");
}

#[test]
fn edge_cases() {
    let Some(vectors) = vectors() else { return };
    let text = |name: &str| Sequence::of_words(&words(&vectors["edge_cases"][name]));
    let spectral: [(&str, fn(&Spectrum) -> Outcome); 4] = [
        ("K", div::yule_k),
        ("V_m", div::herdan_vm),
        ("U", |spectrum| div::dugast_u(spectrum, Base::E)),
        ("H", |spectrum| div::honore_h(spectrum, Base::E)),
    ];
    let expected: [(&str, [Outcome; 4]); 4] = [
        ("E1_all_unique10", [Ok(0.0), Ok(0.0), Err(Undefined::AllDifferent), Err(Undefined::OnlyHapaxes)]),
        ("E2_all_same10", [Ok(9000.0), Ok(0.0), Ok(10_f64.ln()), Ok(100.0 * 10_f64.ln())]),
        ("E3_empty", [Err(Undefined::Empty); 4]),
        ("E4_one", [Ok(0.0), Ok(0.0), Err(Undefined::TooFew), Err(Undefined::OnlyHapaxes)]),
    ];
    for (name, values) in expected {
        for ((measure, compute), expected) in spectral.iter().zip(values) {
            match (compute(&text(name).spectrum()), expected) {
                (Ok(found), Ok(expected)) => {
                    assert!(close(found, expected, 1e-12), "{name} {measure} {found}");
                }
                (found, expected) => assert_eq!(found, expected, "{name} {measure}"),
            }
        }
    }
    let mtld = |name: &str, rule: FactorRule| mtld::mtld(&text(name), rule);
    let (below, at) = (FactorRule::default(), FactorRule { at_threshold: true, ..FactorRule::default() });
    assert_eq!(mtld("E1_all_unique10", below), Err(Undefined::NoFactor { at_least: 10 }));
    assert_eq!(mtld("E2_all_same10", below), Ok(2.0));
    assert_eq!(mtld("E3_empty", below), Err(Undefined::Empty));
    assert_eq!(mtld("E4_one", below), Err(Undefined::NoFactor { at_least: 1 }));
    // 9 types among 12 words, the first factor ends after 12 tokens or not at all: 7/12 < 0.72.
    assert!(mtld("E5_12tok", below).is_ok());
    let somers = div::somers_s(&text("E5_12tok").spectrum(), Base::Ten).unwrap();
    assert!((somers + 1.34).abs() < 0.005, "{somers}");
    // Where a ratio equals the threshold, the comparison decides.
    let boundary = "E7_ttr_exactly_0.72";
    assert_ne!(mtld(boundary, below), mtld(boundary, at));
    for (name, list) in vectors["edge_cases"].as_object().unwrap() {
        let sequence = Sequence::of_words(&words(list));
        for rule in [below, at, min10()] {
            for value in [mtld::mtld(&sequence, rule), mtld::mtld_ma(&sequence, rule)].into_iter().flatten() {
                assert!(value.is_finite() && value > 0.0, "{name}");
            }
            if !sequence.tokens().is_empty() {
                assert!(mtld::mtld_ma_wrap(&sequence, rule).is_ok(), "{name}");
            }
        }
        assert_eq!(seq::mattr(&sequence, 50).is_ok(), sequence.tokens().len() >= 50, "{name}");
        assert_eq!(growth::hdd(&sequence.spectrum(), 42).is_ok(), sequence.tokens().len() >= 42, "{name}");
    }
    assert_eq!(seq::msttr(&text("E8_msttr_100_two_halves"), 50), Ok(0.51));
}

#[test]
fn numbers_of_ten_to_the_eleventh() {
    let Some(vectors) = vectors() else { return };
    let stress = &vectors["numeric_stress"];
    for case in stress["G2_4cell"].as_array().unwrap() {
        let count = |key: &str| case[key].as_u64().unwrap();
        let table = Table::of_texts(count("a"), count("b"), count("N1"), count("N2")).unwrap();
        let (found, exact) = (table.g2().unwrap(), case["exact"].as_f64().unwrap());
        // Printed to 15 digits.
        assert!(close(found, exact, 1e-14), "{case}: {found}");
        if let Some(two) = case["rayson_2cell"].as_f64() {
            assert!(close(table.g2_two_cells().unwrap(), two, 1e-10), "{case}");
        }
    }
    for (statistic, expected) in stress["log10_p_of_G2_df1"].as_object().unwrap() {
        let found = log10_p(statistic.parse().unwrap());
        assert!(close(found, expected.as_f64().unwrap(), 1e-13), "{statistic}: {found}");
    }
}

/// *Jane Eyre*, in nearly the copy that the stress values of HD-D and MTLD are from.
#[test]
fn a_whole_novel() {
    let Some(vectors) = vectors() else { return };
    let Some(novel) = shared("corpora/british_fiction/CBronte_Jane.txt") else { return };
    let text = String::from_utf8_lossy(&fs::read(&novel).unwrap()).to_lowercase();
    let tokens = tokens(&text);
    // The copy from which the values are differs by a few words: 188,216 tokens. Variants differ by
    // four times the tolerance or more.
    assert_eq!(tokens.len(), 188_215);
    let sequence = Sequence::of_words(&tokens);
    let hdd = growth::hdd(&sequence.spectrum(), 42).unwrap();
    let stress = &vectors["numeric_stress"];
    assert!(close(hdd, stress["HDD42_large_text"]["exact_rational"].as_f64().unwrap(), 1e-5), "{hdd}");
    for (name, at_threshold, shortest) in
        [("lt_nomin", false, 1), ("lt_min10", false, 10), ("le_nomin", true, 1), ("le_min10", true, 10)]
    {
        let rule = FactorRule { at_threshold, shortest, ..FactorRule::default() };
        let (found, expected) =
            (mtld::mtld(&sequence, rule), stress["MTLD_large_text"][name].as_f64().unwrap());
        assert!(close(found.unwrap(), expected, 1e-3), "{name}: {found:?}, not {expected}");
    }
}

/// `[a-z]+(?:'[a-z]+)*` of a text in lower case.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for piece in text.split(|letter: char| !letter.is_ascii_lowercase() && letter != '\'') {
        // Apostrophes hold letters together, one at a time.
        let mut start = None;
        for (at, letter) in piece.char_indices() {
            let next = piece[at + letter.len_utf8()..].starts_with(|c: char| c.is_ascii_lowercase());
            match (letter, start) {
                ('\'', Some(from)) if !next => {
                    tokens.push(&piece[from..at]);
                    start = None;
                }
                ('\'', _) => {}
                (_, None) => start = Some(at),
                _ => {}
            }
        }
        tokens.extend(start.map(|from| &piece[from..]));
    }
    tokens
}

#[test]
fn dispersion_of_all_cases() {
    let Some(vectors) = vectors() else { return };
    let mut checked = 0;
    for (case, entry) in vectors["dispersion"]["cases"].as_object().unwrap() {
        let parts = Parts::new(&numbers(&entry["v"]), &numbers(&entry["sizes"])).unwrap();
        for (name, expected) in entry["spec"].as_object().unwrap() {
            let Some(expected) = expected.as_f64() else { continue };
            let found = dispersed(name, &parts);
            assert!(close(found, expected, 1e-10), "{case} {name}: {found}, not {expected}");
            checked += 1;
        }
    }
    let text = words(&vectors["texts"]["T2"]["tokens"]);
    for (word, entry) in vectors["dispersion"]["arf_T2"].as_object().unwrap() {
        let (places, tokens) = (numbers(&entry["positions"]), entry["N"].as_u64().unwrap());
        assert_eq!(places, positions(&text, word), "{word}");
        let measures: [(&str, fn(&[u64], u64) -> Outcome); 3] = [
            ("ARF", dispersion::average_reduced_frequency),
            ("AWT", dispersion::average_waiting_time),
            ("ALD", dispersion::average_logarithmic_distance),
        ];
        for (name, measure) in measures {
            let (found, expected) = (measure(&places, tokens).unwrap(), entry[name].as_f64().unwrap());
            assert!(close(found, expected, 1e-12), "{word} {name}: {found}, not {expected}");
            checked += 1;
        }
    }
    assert!(checked >= 250, "{checked}");
}

#[test]
fn growth_and_likeness_of_two_speeches() {
    let Some(vectors) = vectors() else { return };
    let text = |name: &str| words(&vectors["texts"][name]["tokens"]);
    let points = growth::vocabulary_growth(&Sequence::of_words(&text("T1")), 50);
    for (point, expected) in points.iter().zip(vectors["vocabulary_growth"]["T1"].as_array().unwrap()) {
        assert_eq!(vec![point.tokens, point.types], numbers(expected));
    }
    let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    text("T1").iter().for_each(|word| counts.entry(word).or_default().0 += 1);
    text("T2").iter().for_each(|word| counts.entry(word).or_default().1 += 1);
    let pairs: Vec<(u64, u64)> = counts.into_values().collect();
    let measures: [(&str, fn(similarity::Pairs<'_>) -> Outcome); 11] = [
        ("cosine_raw_counts", similarity::cosine),
        ("cosine_relative_freq", similarity::cosine),
        ("jaccard_types", similarity::jaccard),
        ("dice_types", similarity::dice),
        ("jensen_shannon_divergence_bits", similarity::jensen_shannon),
        ("jensen_shannon_distance_base2_scipy", |pairs| similarity::jensen_shannon(pairs).map(f64::sqrt)),
        ("hellinger", similarity::hellinger),
        ("euclidean_raw", similarity::euclidean),
        ("manhattan_relative", similarity::manhattan),
        ("spearman_joint_vocab_scipy", similarity::spearman),
        ("pearson_joint_vocab_scipy", similarity::pearson),
    ];
    for (name, measure) in measures {
        let (found, expected) =
            (measure(&pairs).unwrap(), vectors["similarity_T1_T2"][name].as_f64().unwrap());
        assert!(close(found, expected, 1e-12), "{name}: {found}, not {expected}");
    }
}

/// Rows of a table by their first column, cells by name.
fn table(path: PathBuf) -> BTreeMap<String, HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        let cells = header.iter().zip(&row).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect();
        (row[0].to_owned(), cells)
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn cell(row: &HashMap<String, String>, name: &str) -> f64 {
    row[name].parse().unwrap()
}

#[test]
fn lexical_diversity_of_quanteda() {
    let Some(folder) = shared("reference/quanteda/polemic") else { return };
    let counts = table(folder.join("counts.csv"));
    for (document, row) in table(folder.join("lexdiv.csv")) {
        let number = |name: &str| counts[&document][name].parse::<u64>().unwrap();
        let (tokens, types) = (number("tokens_words"), number("types_words"));
        // These depend on N and V alone: any spectrum that has them will do.
        let counts = std::iter::repeat_n(1, types as usize - 1).chain([tokens - types + 1]);
        let spectrum = Spectrum::from_counts(counts);
        // quanteda's base is 10; its Maas is a, and its lgeV0 has the natural logarithm.
        let measures = [
            ("TTR", div::type_token_ratio(&spectrum)),
            ("C", div::herdan_c(&spectrum)),
            ("R", div::guiraud_r(&spectrum)),
            ("CTTR", div::carroll_cttr(&spectrum)),
            ("U", div::dugast_u(&spectrum, Base::Ten)),
            ("S", div::somers_s(&spectrum, Base::Ten)),
            ("Maas", div::maas_a(&spectrum, Base::Ten)),
            ("lgV0", div::maas_log_v0(&spectrum, Base::Ten)),
            ("lgeV0", div::maas_log_v0(&spectrum, Base::E)),
        ];
        for (name, found) in measures {
            let expected = cell(&row, name);
            assert!(close(found.unwrap(), expected, 1e-11), "{document} {name}: {found:?}, not {expected}");
        }
    }
}

#[test]
fn readability_of_quanteda() {
    let Some(folder) = shared("reference/quanteda/polemic") else { return };
    for (document, row) in table(folder.join("readability.csv")) {
        let count = |name: &str| row[name].parse::<u64>().unwrap();
        let counts = ReadingCounts {
            words: count("W"),
            sentences: count("St"),
            syllables: count("Sy"),
            letters: count("C"),
            polysyllables: count("W3Sy"),
            long_words: count("W7C"),
            monosyllables: count("W_1Sy"),
            ..ReadingCounts::default()
        };
        // quanteda's Dale–Chall is the cloze score of 1995; its LIW is LIX; its grade of Coleman and
        // Liau goes by the cloze percentage.
        let measures = [
            ("Flesch", read::flesch_reading_ease(&counts)),
            ("Flesch.Kincaid", read::flesch_kincaid_grade(&counts)),
            ("FOG", read::gunning_fog(&counts)),
            ("SMOG", read::smog(&counts)),
            ("ARI", read::automated_readability_index(&counts)),
            ("Coleman.Liau.grade", read::coleman_liau_cloze_grade(&counts)),
            ("Dale.Chall", read::dale_chall_cloze(&counts, count("W_wl.Dale.Chall"))),
            ("LIW", read::lix(&counts)),
            ("RIX", read::rix(&counts)),
        ];
        for (name, found) in measures {
            let expected = cell(&row, name);
            assert!(close(found.unwrap(), expected, 1e-11), "{document} {name}: {found:?}, not {expected}");
        }
    }
}

/// quanteda corrects χ² after Yates where an expected count is below 5 or |ad − bc| > N/2 fails, which mixes
/// two statistics in one list. Elsewhere it is the plain one. Its p has no more digits than a double.
#[test]
fn keyness_of_quanteda() {
    let Some(folder) = shared("reference/quanteda/polemic") else { return };
    let (mut target, mut rest) = (0, 0);
    for (document, row) in table(folder.join("counts.csv")) {
        let sum = if document.starts_with("Paine") { &mut target } else { &mut rest };
        *sum += row["tokens_words"].parse::<u64>().unwrap();
    }
    let mut plain = 0;
    for (word, row) in table(folder.join("keyness_chi2_Paine_vs_rest.csv")) {
        let count = |name: &str| row[name].parse::<u64>().unwrap();
        let table = Table::of_texts(count("n_target"), count("n_reference"), target, rest).unwrap();
        let (chi2, expected) = (table.chi2().unwrap(), cell(&row, "chi2"));
        if table.flag().is_none() {
            assert!(close(chi2, expected, 1e-10), "{word}: {chi2}, not {expected}");
            plain += 1;
        } else {
            let yates = table.chi2_yates().unwrap();
            assert!(close(chi2, expected, 1e-10) || close(yates, expected, 1e-10), "{word}: {chi2}, {yates}");
        }
    }
    assert!(plain >= 100, "{plain}");
}

/// Runs `rhetor measures` and gives the rows of a document of `measures.csv`.
fn measured(corpus: &std::path::Path, options: &[&str], document: &str) -> Vec<csv::StringRecord> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("out");
    assert_cmd::Command::cargo_bin("rhetor")
        .unwrap()
        .arg("measures")
        .arg(corpus)
        .arg("-o")
        .arg(&output)
        .args(options)
        .assert()
        .success();
    let dictionary = fs::read_to_string(output.join("columns.csv")).unwrap();
    let mut reader = csv::Reader::from_path(output.join("measures.csv")).unwrap();
    let rows = reader.records().map(Result::unwrap);
    let rows: Vec<_> = rows.filter(|row| &row[0] == document).collect();
    for row in &rows {
        assert_eq!(row[3].is_empty(), !row[8].is_empty(), "a value or a reason: {row:?}");
        assert!(dictionary.contains(&format!(",{},number,", &row[2])), "{row:?}");
        assert!(row[3].is_empty() || row[3].parse::<f64>().unwrap().is_finite(), "{row:?}");
    }
    assert!(!rows.is_empty());
    rows
}

#[test]
fn the_command_gives_the_values_of_the_functions() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    // Tokens as they stand, with marks that another policy would cut off.
    let tokens: Vec<String> = (0..300_u32).map(|at| format!("w{}!", at * at % 89)).collect();
    fs::write(corpus.join("a.txt"), tokens.join(" ")).unwrap();
    let rows = measured(&corpus, &["--words", "given", "--threads", "1"], "a");
    let value = |id: &str| {
        let row = rows.iter().find(|row| &row[1] == "all" && &row[2] == id).unwrap();
        row[3].parse::<f64>().unwrap()
    };
    let sequence = Sequence::of_words(&tokens);
    assert_eq!(value("words"), 300.0);
    assert_eq!(value("mtld:lt:nomin"), mtld::mtld(&sequence, FactorRule::default()).unwrap());
    assert_eq!(value("mattr:50"), seq::mattr(&sequence, 50).unwrap());
    assert_eq!(value("yule_k"), div::yule_k(&sequence.spectrum()).unwrap());
    // Chosen measures are the same, in the order of the registry.
    let chosen = measured(&corpus, &["--words", "given", "--measure", "mattr:50,words", "--force"], "a");
    let expected = rows.iter().filter(|row| ["words", "mattr:50"].contains(&&row[2])).cloned();
    assert_eq!(chosen, expected.collect::<Vec<_>>());
    // Another text, and more threads, change nothing in this one.
    fs::write(corpus.join("b.txt"), "Another text. It has other words, and w1! w2! w3! too.").unwrap();
    assert_eq!(measured(&corpus, &["--words", "given", "--threads", "2"], "a"), rows);
}

#[test]
fn measures_are_explained() {
    let explain = |id: &str| assert_cmd::Command::cargo_bin("rhetor").unwrap().args(["explain", id]).assert();
    let output = explain("mtld:lt:nomin").success().get_output().stdout.clone();
    let text = String::from_utf8(output).unwrap();
    assert!(text.contains("0.72") && text.contains("McCarthy & Jarvis 2010"), "{text}");
    explain("mtld").code(2);
}

/// The rule of spelling against CMUdict with hyphenation for the words it lacks, which count 369 and 1,003.
#[test]
fn syllables_of_two_speeches() {
    let Some(vectors) = vectors() else { return };
    let rule = Syllables::by_rule();
    for (text, expected) in [("T1", 369_u32), ("T2", 1003)] {
        let found: u32 = words(&vectors["texts"][text]["tokens"]).iter().map(|word| rule.count(word).0).sum();
        assert!(found.abs_diff(expected) * 50 <= expected, "{text}: {found}, not {expected} within 2 %");
    }
}
