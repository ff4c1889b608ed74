//! What stands between two words: marks, line ends, nothing.

use std::ops::Range;

/// What stands between a word and the one before it, as bits.
pub(super) type Gap = u16;

pub(super) const COMMA: Gap = 1;
pub(super) const SEMICOLON: Gap = 1 << 1;
pub(super) const COLON: Gap = 1 << 2;
/// `?`, `!`, `…`: inside a sentence a full stop belongs to an abbreviation.
pub(super) const BREAK: Gap = 1 << 3;
/// An em dash, `--`, or a spaced en dash or hyphen.
pub(super) const DASH: Gap = 1 << 4;
/// An opening or a closing bracket.
pub(super) const BRACKET: Gap = 1 << 5;
/// A quotation mark or another sign.
pub(super) const SIGN: Gap = 1 << 6;
/// A line end.
pub(super) const LINE_END: Gap = 1 << 7;
/// No white space: the two are parts of a compound.
pub(super) const GLUED: Gap = 1 << 8;
/// A bracket, or a hyphen or dash of any kind, unless the gap is nothing but a hyphen: where parentheses are looked for.
pub(super) const ASIDE: Gap = 1 << 9;
/// Bounds a member of a sentence.
pub(super) const BOUND: Gap = COMMA | SEMICOLON | COLON | BREAK | DASH | BRACKET;

/// White space, in [`ASCII`].
const SPACE: Gap = 1 << 14;
/// What is to be looked at together with its neighbours, in [`ASCII`].
const UNSURE: Gap = 1 << 15;

/// What an ASCII character is between two words.
const ASCII: [Gap; 128] = {
    let mut gaps = [SIGN; 128];
    let mut at = 0;
    while at < gaps.len() {
        gaps[at] = match at as u8 {
            b'\n' | b'\r' => LINE_END | SPACE,
            b' ' | b'\t' | 0x0b | 0x0c => SPACE,
            b',' => COMMA,
            b';' => SEMICOLON,
            b':' => COLON,
            b'?' | b'!' => BREAK,
            b'(' | b')' | b'[' | b']' | b'{' | b'}' => BRACKET | ASIDE,
            b'-' => UNSURE,
            _ => SIGN,
        };
        at += 1;
    }
    gaps
};

/// What a stretch between two words holds.
#[inline(always)]
pub(super) fn gap(content: &str, range: Range<usize>) -> Gap {
    // Most words stand after a space.
    if range.len() == 1 && content.as_bytes()[range.start] == b' ' { 0 } else { marked(content, range) }
}

/// As [`gap`], where it may be more than a space.
fn marked(content: &str, range: Range<usize>) -> Gap {
    let between = content.as_bytes().get(range.clone()).unwrap_or_default();
    let (mut gap, mut before) = (0, 0);
    for byte in between {
        gap |= ASCII.get(usize::from(*byte)).copied().unwrap_or(UNSURE);
        gap |= if (*byte, before) == (b'.', b'.') { BREAK } else { 0 };
        before = *byte;
    }
    if gap & UNSURE != 0 {
        return any_gap(content.get(range).unwrap_or_default());
    }
    let glued = if gap & (SPACE | BOUND) == 0 { GLUED } else { 0 };
    (gap & !SPACE) | glued
}

/// What a stretch between two words holds, whatever its characters.
fn any_gap(text: &str) -> Gap {
    if text == "-" {
        return SIGN | GLUED;
    }
    let (mut gap, mut spaced) = (0, false);
    let mut before = 'x';
    for c in text.chars() {
        gap |= match c {
            '—' | '―' | '–' | '-' | '(' | '[' | '{' | ')' | ']' | '}' | '（' | '）' => ASIDE,
            _ => 0,
        };
        gap |= match c {
            ',' | '，' | '、' | '،' => COMMA,
            ';' | '；' | '؛' => SEMICOLON,
            ':' | '：' => COLON,
            '.' if before == '.' => BREAK,
            '?' | '!' | '…' | '？' | '！' | '؟' => BREAK,
            '—' | '―' | '⸺' => DASH,
            '-' if before == '-' => DASH,
            '–' | '-' if before.is_whitespace() && text.ends_with(char::is_whitespace) => DASH,
            '(' | '[' | '{' | ')' | ']' | '}' | '（' | '）' => BRACKET,
            '\n' | '\r' => LINE_END,
            c if c.is_whitespace() => 0,
            _ => SIGN,
        };
        spaced |= c.is_whitespace();
        before = c;
    }
    if !spaced && gap & BOUND == 0 { gap | GLUED } else { gap }
}
