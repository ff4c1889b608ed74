//! Reads a folder and prints its most frequent words: `cargo run --example frequency_list -- seeds`

use rhetor::{Corpus, Study, count};

fn main() -> rhetor::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "seeds".into());
    let counted = count(Corpus::discover(&[folder])?, &Study::default())?;
    for row in counted.frequency_list().iter().take(20) {
        println!("{:>8} {:>10.1} {}", row.count, row.per_million, row.word);
    }
    Ok(())
}
