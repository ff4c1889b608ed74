//! From bytes to text: UTF-8 as it is, anything else by byte-order mark, by name or by a named guess.

use std::{fs, io};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Document, Problem, Severity};

/// A text and how it came to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text. UTF-8 input is kept byte for byte, a byte-order mark included.
    pub text: String,
    /// Name of the encoding (WHATWG).
    pub encoding: &'static str,
    /// A warning where the encoding had to be guessed.
    pub problem: Option<Problem>,
}

impl Document {
    /// Reads the bytes of the file.
    ///
    /// # Errors
    /// A [`Problem`] of severity `error` if the file cannot be read.
    pub fn bytes(&self) -> Result<Vec<u8>, Problem> {
        fs::read(&self.path).map_err(|error| self.unreadable(&error))
    }

    /// The problem of a file that cannot be read.
    pub(super) fn unreadable(&self, error: &io::Error) -> Problem {
        let message = format!("cannot be read: {error}. Check that it exists and that you may read it");
        Problem::about(&self.path, Severity::Error, "unreadable", message)
    }

    /// Reads and decodes the file, as [`decode`] does.
    ///
    /// # Errors
    /// A [`Problem`] of severity `error` if the file cannot be read, is binary, or fits no encoding.
    pub fn read(&self, encoding: Option<&'static Encoding>) -> Result<Decoded, Problem> {
        decode(&self.path.display().to_string(), self.bytes()?, encoding)
    }
}

/// Decodes `bytes`, the content of `file`.
///
/// Valid UTF-8 is taken as it is. Otherwise a byte-order mark decides, then `encoding`, then a guess
/// from the bytes, which is reported.
///
/// # Errors
/// A [`Problem`] if the bytes are no text, or no encoding fits them.
pub fn decode(file: &str, bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Result<Decoded, Problem> {
    let problem = |severity, problem, place, message: &str| Problem {
        file: file.to_owned(),
        severity,
        problem,
        place,
        message: message.to_owned(),
    };
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        let message = "has the byte-order mark of UTF-32, which is not read. Convert it to UTF-8";
        return Err(problem(Severity::Error, "invalid_encoding", String::new(), message));
    }
    let marked = Encoding::for_bom(&bytes).map(|(marked, _)| marked).filter(|marked| *marked != UTF_8);
    let wide = encoding.filter(|named| *named == UTF_16LE || *named == UTF_16BE);
    if let Some(encoding) = marked.or(wide) {
        let (text, _, bad) = encoding.decode(&bytes);
        if bad {
            let message = format!(
                "is marked or named as {} but is not valid in it. Convert it to UTF-8",
                encoding.name()
            );
            return Err(problem(Severity::Error, "invalid_encoding", String::new(), &message));
        }
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), problem: None });
    }
    if let Some(at) = binary_at(&bytes) {
        let message = "is not a text: it holds control bytes. If it is UTF-16 without a byte-order mark, name it with \
                       --encoding utf-16le";
        return Err(problem(Severity::Error, "binary", format!("byte {at}"), message));
    }
    // ISO-2022-JP and its like are made of ASCII and escapes.
    let escaped =
        memchr::memmem::find(&bytes, b"\x1b$").is_some() || memchr::memmem::find(&bytes, b"\x1b(").is_some();
    let (bytes, invalid) = match String::from_utf8(bytes) {
        Ok(text) if !escaped => return Ok(Decoded { text, encoding: UTF_8.name(), problem: None }),
        Ok(text) => (text.into_bytes(), 0),
        Err(error) => {
            let invalid = error.utf8_error().valid_up_to();
            (error.into_bytes(), invalid)
        }
    };
    let place = format!("byte {invalid}");
    if let Some(encoding) = encoding {
        let (text, bad) = encoding.decode_without_bom_handling(&bytes);
        if bad {
            let message = format!("is neither UTF-8 nor {}, the encoding asked for", encoding.name());
            return Err(problem(Severity::Error, "invalid_encoding", place, &message));
        }
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), problem: None });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let (text, bad) = guess.decode_without_bom_handling(&bytes);
    if bad || text.chars().any(|c| ('\u{80}'..'\u{a0}').contains(&c) && c != '\u{85}') {
        let message = "is not valid UTF-8, and no other encoding fits. Name its encoding with --encoding, or convert it";
        return Err(problem(Severity::Error, "invalid_utf8", place, message));
    }
    let message = format!(
        "is not plain UTF-8; read as {}, a guess. Check the text, or name its encoding with --encoding",
        guess.name()
    );
    let warning = problem(Severity::Warning, "guessed_encoding", place, &message);
    Ok(Decoded { text: text.into_owned(), encoding: guess.name(), problem: Some(warning) })
}

/// The text of bytes that are plain UTF-8: without the marks of another encoding, as [`decode`] would read them.
pub fn plain_utf8(bytes: &[u8]) -> Option<&str> {
    let marked = Encoding::for_bom(bytes).is_some_and(|(marked, _)| marked != UTF_8);
    // NUL and ESC: a binary file, UTF-32, or ISO-2022-JP.
    let plain = !marked && memchr::memchr2(0, 0x1b, bytes).is_none() && binary_at(bytes).is_none();
    simdutf8::basic::from_utf8(bytes).ok().filter(|_| plain)
}

/// Where the bytes stop being a text: at a NUL, or where control bytes are more than stray ones.
fn binary_at(bytes: &[u8]) -> Option<usize> {
    const HEAD: usize = 1 << 16;
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(at) = memchr::memchr(0, bytes) {
        return Some(at);
    }
    let control =
        |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    let count = head.iter().filter(|byte| control(byte)).count();
    if count * 20 > head.len() { head.iter().position(control) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode_all(bytes: &[u8]) -> Result<Decoded, Problem> {
        decode("a.txt", bytes.to_vec(), None)
    }

    #[test]
    fn utf8_is_kept_byte_for_byte() {
        let bytes = "\u{feff}Déjà vu\r\n".as_bytes();
        assert_eq!(decode_all(bytes).unwrap().text.as_bytes(), bytes);
    }

    #[test]
    fn utf16_by_its_mark() {
        assert_eq!(decode_all(b"\xff\xfeH\0i\0").unwrap().text, "Hi");
    }

    #[test]
    fn latin_is_guessed_and_said_so() {
        let text = b"Le caf\xe9 est ferm\xe9 depuis l'\xe9t\xe9 dernier, et la place est vide.";
        let decoded = decode_all(text).unwrap();
        assert!(decoded.text.contains("café"));
        let problem = decoded.problem.unwrap();
        assert_eq!((problem.problem, problem.place.as_str()), ("guessed_encoding", "byte 6"));
    }

    #[test]
    fn a_named_encoding_is_used() {
        let decoded = decode("a.txt", b"\xcf\xf0\xe8".to_vec(), Some(encoding_rs::WINDOWS_1251)).unwrap();
        assert_eq!(decoded.text, "При");
    }

    #[test]
    fn a_named_encoding_does_not_touch_utf8() {
        let decoded = decode("a.txt", "fermé".into(), Some(encoding_rs::WINDOWS_1252)).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("fermé", "UTF-8"));
    }

    #[test]
    fn escapes_are_not_ascii() {
        // 日本語 in ISO-2022-JP.
        let decoded = decode_all(b"\x1b$B\x46\x7c\x4b\x5c\x38\x6c\x1b(B").unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("日本語", "ISO-2022-JP"));
    }

    #[test]
    fn utf16_without_a_mark_can_be_named() {
        let decoded = decode("a.txt", b"H\0i\0".to_vec(), Some(UTF_16LE)).unwrap();
        assert_eq!(decoded.text, "Hi");
        assert!(decode_all(b"\xff\xfe\0\0H\0\0\0").is_err());
    }

    #[test]
    fn binary_is_refused() {
        assert_eq!(decode_all(b"\x7fELF\0\0\0").unwrap_err().problem, "binary");
    }

    #[test]
    fn empty_is_text() {
        assert_eq!(decode_all(b"").unwrap().text, "");
    }
}
