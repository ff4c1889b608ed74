//! Prints every quotation of a text, and how much of the text is quoted:
//! `cargo run --example whose_voice -- seeds/pell_1787_the-frogs-defended.txt`

use rhetor::text::{Forms, Language, Text, Voice};

fn main() -> std::io::Result<()> {
    let default = "seeds/pell_1787_the-frogs-defended.txt".into();
    let content = std::fs::read_to_string(std::env::args().nth(1).unwrap_or(default))?;
    let text = Text::read(content, &Language::english(), &mut Forms::new());
    for segment in &text.segments {
        println!("{:<15} {}", segment.kind.name(), &text.content[segment.range.clone()]);
    }
    let quoted = text.tokens.iter().filter(|token| token.voice == Voice::Quoted).count();
    println!("{quoted} of {} words are quoted", text.tokens.len());
    Ok(())
}
