//! Characters that are not what they seem: one pass over the bytes of a text.

use super::Finding;
use crate::corpus::Severity;
use crate::text::Text;

/// How often a kind of character stands in a text, and where it first does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub count: usize,
    pub first: usize,
}

impl Seen {
    pub fn add(&mut self, at: usize) {
        if self.count == 0 {
            self.first = at;
        }
        self.count += 1;
    }
}

/// What one pass over the bytes finds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Double quotation marks and where they stand.
    pub marks: Vec<(usize, char)>,
    /// Signs that a reader seldom writes and optical recognition often does: `^`, `|`, `■`.
    pub symbols: Seen,
    control: Seen,
    invisible: Seen,
    zero_width_spaces: Seen,
    soft_hyphens: Seen,
    replacement: Seen,
    private: Seen,
    misread: Seen,
    /// Carriage returns: one before a line feed, and alone.
    crlf: usize,
    cr: Seen,
}

/// A character without a look of its own that is no white space.
pub(super) fn is_unseen(c: char) -> bool {
    is_invisible(c)
        || is_private(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
}

/// Invisible, and no joiner or mark of direction that a script may need.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}')
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Bytes that are looked at.
static LOOKED_AT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // Of the first bytes beyond ASCII, those of characters that `Scan::look` knows.
        let leads = matches!(byte as u8, 0xc2 | 0xc3 | 0xe1..=0xe3 | 0xee | 0xef | 0xf3 | 0xf4);
        table[byte] = leads || byte < 0x80 && is_remarkable(byte as u8);
        byte += 1;
    }
    table
};

/// Whether a byte is no common character of ASCII: the first byte of a character beyond it, a control
/// character but tab, line feed and form feed, or a sign that is counted.
const fn is_remarkable(byte: u8) -> bool {
    // Without branches, so that many bytes are looked at together.
    (byte >= 0xc0)
        | ((byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != 0x0c))
        | (byte == b'"')
        // A backslash, `^`, `|` and `~` differ in two bits.
        | (byte & !0x22 == b'\\')
        | (byte == 0x7f)
}

/// Bytes that are looked at together; most have nothing remarkable.
const TOGETHER: usize = 32;

/// Looks at every character of a text.
pub(super) fn scan(text: &str) -> Scan {
    let mut scan = Scan::default();
    let (chunks, rest) = text.as_bytes().as_chunks::<TOGETHER>();
    for (number, chunk) in chunks.iter().enumerate() {
        if chunk.iter().fold(false, |any, &byte| any | is_remarkable(byte)) {
            scan.bytes(text, number * TOGETHER, chunk);
        }
    }
    scan.bytes(text, text.len() - rest.len(), rest);
    scan
}

impl Scan {
    /// Looks at the bytes of `text` from `start` on.
    fn bytes(&mut self, text: &str, start: usize, bytes: &[u8]) {
        for (at, &byte) in (start..).zip(bytes) {
            if !LOOKED_AT[usize::from(byte)] {
                continue;
            }
            let next = text.as_bytes().get(at + 1).copied().unwrap_or(0);
            match byte {
                b'"' => self.marks.push((at, '"')),
                b'|' | b'^' | b'~' | b'\\' => self.symbols.add(at),
                b'\r' if next == b'\n' => self.crlf += 1,
                b'\r' => self.cr.add(at),
                0..=0x7f => self.control.add(at),
                // Neither U+180E nor corner brackets: most of Japanese.
                0xe1 if next != 0xa0 => {}
                0xe3 if next != 0x80 => {}
                _ => {
                    if let Some(c) = text[at..].chars().next() {
                        self.look(text, at, c);
                    }
                }
            }
        }
    }

    fn look(&mut self, text: &str, at: usize, c: char) {
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' => self.marks.push((at, c)),
            '\u{ad}' => self.soft_hyphens.add(at),
            '\u{80}'..='\u{9f}' if c != '\u{85}' => self.control.add(at),
            '¬' | '¦' | '•' | '■' | '□' | '●' => self.symbols.add(at),
            'Â' | 'Ã' | 'Ä' | 'Å' | 'Î' | 'Ï' | 'Ð' | 'Ñ' | 'â' | 'ã'..='é' if is_misread(&text[at..]) =>
            {
                self.misread.add(at);
            }
            '\u{200b}' => self.zero_width_spaces.add(at),
            // At the head of a text it is the byte-order mark.
            '\u{feff}' if at == 0 => {}
            '\u{fffd}' => self.replacement.add(at),
            c if c >= '\u{180e}' && is_invisible(c) => self.invisible.add(at),
            c if c >= '\u{e000}' && is_private(c) => self.private.add(at),
            _ => {}
        }
    }
}

/// Whether the characters at the head of `text` are the bytes of one UTF-8 character read as windows-1252:
/// `Ã©` for `é`, `â€™` for `’`.
fn is_misread(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(lead) = characters.next() else { return false };
    let follow = match lead {
        'Â'..='ß' => 1,
        _ => 2,
    };
    // After C2, 80 to 9F are control characters; after E2, they begin the dashes and quotation marks.
    let mut rest = characters.take(follow).map(continuation);
    let Some(Some(first)) = rest.next() else { return false };
    if (lead == 'â' && first > 0x9f) || (lead == 'Â' && first < 0xa0) {
        return false;
    }
    follow == 1 || matches!(rest.next(), Some(Some(_)))
}

/// The byte of 80 to BF that windows-1252, or Latin-1, reads as this character.
fn continuation(c: char) -> Option<u8> {
    const WINDOWS: [(char, u8); 27] = [
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8a),
        ('‹', 0x8b),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9a),
        ('›', 0x9b),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    match c {
        '\u{80}'..='\u{bf}' => u8::try_from(u32::from(c)).ok(),
        _ => WINDOWS.iter().find(|(known, _)| *known == c).map(|(_, byte)| *byte),
    }
}

/// Fewer may be what the author wrote.
const FEWEST_MISREAD: usize = 3;

/// What the characters say.
pub(super) fn findings(text: &Text, scan: &Scan, findings: &mut Vec<Finding>) {
    use Severity::{Note, Warning};
    let kinds = [
        (
            scan.control,
            "control_characters",
            Warning,
            "control characters, which no text has: it was damaged or converted badly. Remove them",
        ),
        (
            scan.invisible,
            "invisible_characters",
            Note,
            "invisible characters. Words are counted without them; other programs may not find those words",
        ),
        (
            scan.zero_width_spaces,
            "zero_width_spaces",
            Warning,
            "zero-width spaces (U+200B), which cut words in two. Remove them, unless the script is written \
             without spaces",
        ),
        (
            scan.soft_hyphens,
            "soft_hyphens",
            Note,
            "soft hyphens (U+00AD). Words are counted without them; other programs may not find those words",
        ),
        (
            scan.replacement,
            "replacement_characters",
            Warning,
            "characters were lost in a conversion (U+FFFD). Go back to the source and convert it again",
        ),
        (
            scan.private,
            "private_use_characters",
            Warning,
            "private-use characters, whose meaning only their maker knows. Replace them",
        ),
    ];
    for (seen, name, severity, message) in kinds {
        if seen.count > 0 {
            findings.push(Finding::new(name, severity, seen.count, message).at(&text.content, seen.first));
        }
    }
    if scan.misread.count >= FEWEST_MISREAD {
        let message = "places look like UTF-8 read as windows-1252 (Ã© for é). Convert the source again";
        let found = Finding::new("misread_encoding", Warning, scan.misread.count, message);
        findings.push(found.at(&text.content, scan.misread.first));
    }
    mixed_line_ends(text, scan, findings);
}

fn mixed_line_ends(text: &Text, scan: &Scan, findings: &mut Vec<Finding>) {
    if scan.crlf + scan.cr.count == 0 {
        return;
    }
    let feeds = memchr::memchr_iter(b'\n', text.content.as_bytes()).count() - scan.crlf;
    let kinds = [scan.crlf, scan.cr.count, feeds];
    let all: usize = kinds.iter().sum();
    let most = kinds.into_iter().max().unwrap_or(0);
    if most < all {
        let message = "line ends of another kind than most (LF, CR LF, CR). All are read alike; the text may be \
                       put together from several sources";
        findings
            .push(Finding::new("mixed_line_ends", Severity::Note, all - most, message).of(all, "line ends"));
    }
}
