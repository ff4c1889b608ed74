//! Long files in parts: where they are cut, and how a part is read.
//!
//! A file of more than [`LONGEST_WHOLE`] bytes in UTF-8 is read in parts of [`PART`] bytes and a last one of
//! at most [`LONGEST_WHOLE`], so that memory does not grow with the file and all threads share the work. A part
//! ends after a blank line; where there is none in its second half, after a line end, else at a space, else
//! between two characters. The parts depend on the bytes alone, never on the number of threads.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::decode::plain_utf8;
use super::{Document, Problem, Severity};

/// Bytes of a part, about: more than nearly all books have.
pub const PART: usize = 3 << 20;
/// The longest file that is read in one piece, in bytes.
pub const LONGEST_WHOLE: usize = PART + (1 << 20);

/// What was found of a long file when it was read through once.
#[derive(Clone, Debug)]
pub struct Scan {
    /// The parts, one after another. Empty where the file is not plain UTF-8 and must be read whole.
    pub parts: Vec<Range<u64>>,
    /// Bytes of the file.
    pub bytes: u64,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
    /// The beginning of the text, by which its language is told.
    pub head: String,
}

/// Where the first part of `bytes`, which more follow, ends.
fn cut(bytes: &[u8]) -> usize {
    let half = bytes.len() / 2;
    let tail = &bytes[half..];
    let blank = memchr::memrchr_iter(b'\n', tail).find(|at| {
        let line = &bytes[..half + at];
        line.ends_with(b"\n") || line.ends_with(b"\n\r")
    });
    let at = blank.or_else(|| memchr::memrchr(b'\n', tail)).or_else(|| memchr::memrchr(b' ', tail));
    match at {
        Some(at) => half + at + 1,
        None => (half..bytes.len()).rev().find(|at| bytes[*at] & 0xc0 != 0x80).unwrap_or(bytes.len()),
    }
}

/// Cuts a long text that is in memory as a long file is cut; a text that is not long is one part.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while text.len() - start > LONGEST_WHOLE {
        let end = start + cut(&text.as_bytes()[start..start + PART]);
        parts.push(start..end);
        start = end;
    }
    parts.push(start..text.len());
    parts
}

impl Document {
    /// Whether the file is too long to be read in one piece.
    pub fn is_long(&self) -> bool {
        self.size > LONGEST_WHOLE as u64
    }

    /// Reads a long file through once and cuts it into parts.
    ///
    /// # Errors
    /// A [`Problem`] of severity `error` if the file cannot be read.
    pub fn scan(&self) -> Result<Scan, Problem> {
        let mut file = File::open(&self.path).map_err(|error| self.unreadable(&error))?;
        let mut hasher = blake3::Hasher::new();
        let mut scan = Scan { parts: Vec::new(), bytes: 0, blake3: String::new(), head: String::new() };
        let mut buffer = Vec::with_capacity(LONGEST_WHOLE + 1);
        let mut plain = true;
        loop {
            let kept = buffer.len();
            let wanted = (LONGEST_WHOLE + 1 - kept) as u64;
            file.by_ref().take(wanted).read_to_end(&mut buffer).map_err(|error| self.unreadable(&error))?;
            hasher.update_rayon(&buffer[kept..]);
            scan.bytes += (buffer.len() - kept) as u64;
            let last = buffer.len() <= LONGEST_WHOLE;
            let end = if last { buffer.len() } else { cut(&buffer[..PART]) };
            plain = plain && plain_utf8(&buffer[..end]).is_some();
            let start = scan.parts.last().map_or(0, |part| part.end);
            if start == 0 && plain {
                scan.head = String::from_utf8_lossy(&buffer[..end.min(HEAD)]).into_owned();
            }
            scan.parts.push(start..start + end as u64);
            buffer.drain(..end);
            if last {
                break;
            }
        }
        if !plain {
            scan.parts.clear();
        }
        scan.blake3 = hasher.finalize().to_hex().to_string();
        Ok(scan)
    }

    /// Reads the bytes of a part, or the whole file, into `buffer`, whose content is lost.
    ///
    /// # Errors
    /// A [`Problem`] of severity `error` if the file cannot be read or has become shorter.
    pub fn read_into(&self, part: Option<&Range<u64>>, buffer: &mut Vec<u8>) -> Result<(), Problem> {
        buffer.clear();
        let read = |buffer: &mut Vec<u8>| -> io::Result<()> {
            let mut file = File::open(&self.path)?;
            let Some(part) = part else {
                buffer.reserve(self.size as usize + 1);
                return file.read_to_end(buffer).map(|_| ());
            };
            file.seek(SeekFrom::Start(part.start))?;
            buffer.resize((part.end - part.start) as usize, 0);
            file.read_exact(buffer)
        };
        read(buffer).map_err(|error| self.unreadable(&error))
    }

    /// The problem of a file that changed while it was read.
    pub fn changed(&self) -> Problem {
        let message = "changed while it was read. Run again when nobody writes to it".to_owned();
        Problem::about(&self.path, Severity::Error, "changed", message)
    }
}

/// Bytes of a text by which its language is told.
const HEAD: usize = 1 << 20;

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn document(content: &[u8]) -> (tempfile::TempDir, Document) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long.txt");
        fs::write(&path, content).unwrap();
        let document = Document { id: "long".into(), path, size: content.len() as u64, metadata: Vec::new() };
        (folder, document)
    }

    #[test]
    fn parts_tile_a_long_file_and_end_after_blank_lines() {
        let paragraph =
            "The ferry left at six, and nobody had paid — nobody at all.\r\nIt came back.\r\n\r\n";
        let content = paragraph.repeat(3 * PART / paragraph.len());
        let (_folder, document) = document(content.as_bytes());
        let scan = document.scan().unwrap();
        assert_eq!((scan.bytes, scan.parts.len()), (content.len() as u64, 3));
        assert_eq!(scan.blake3, blake3::hash(content.as_bytes()).to_hex().to_string());
        let mut read = Vec::new();
        let mut whole = Vec::new();
        for part in &scan.parts {
            document.read_into(Some(part), &mut read).unwrap();
            assert!(read.ends_with(b"\r\n\r\n") && read.len() <= LONGEST_WHOLE);
            whole.extend_from_slice(&read);
        }
        assert!(whole == content.as_bytes());
        let in_memory: Vec<_> =
            parts(&content).into_iter().map(|part| part.start as u64..part.end as u64).collect();
        assert_eq!(in_memory, scan.parts);
    }

    #[test]
    fn a_text_without_lines_or_spaces_is_cut_between_characters() {
        let text = "é".repeat(PART);
        let parts = parts(&text);
        assert_eq!(parts.len(), 2);
        assert!(parts.iter().all(|part| text.get(part.clone()).is_some()));
        let spaced = "a".repeat(PART - 9) + " " + &"b".repeat(PART);
        assert!(spaced[super::parts(&spaced)[0].clone()].ends_with("a "));
    }

    #[test]
    fn what_is_not_plain_utf8_has_no_parts() {
        let mut content = b"plain enough\n".repeat(PART / 6);
        content.push(0xff);
        let (_folder, document) = document(&content);
        assert!(document.scan().unwrap().parts.is_empty());
    }
}
