# /// script
# requires-python = ">=3.11"
# dependencies = ["uniseg==0.10.1"]
# ///
"""Are rhetor's counts and offsets right? An independent count of the same texts.

Words are cut with uniseg, a Python implementation of the word boundaries of UAX #29 written apart from
rhetor's. It passes all 1,826 cases of Unicode 16's WordBreakTest and all but two of the 1,944 of Unicode
17's (both about U+2701, no longer a pictograph). The WORD flag of the package regex will not do: it
knows Unicode 17 but has rules of its own, fails 268 of those cases and leaves the quotation mark on 'A.

A word is a segment with an alphanumeric character; its key is its lower case in NFC, with ’ and ‘ as '.
Compared row by row: words.csv, word_counts.csv, and words, types and hapaxes of documents.csv. Checked
against the bytes of the text: spans, words and characters of sentences.csv; spans, lines, sentences,
matches and contexts of marker_hits.csv. Every word must lie in exactly one sentence, but for the words
of publishers' boilerplate, whose number run.json gives; they are not counted.

For speed every distinct piece of text is cut once. A piece is a run of spaces and what follows up to the
next space or line end. This is exact: UAX #29 breaks before any space that no space precedes (only WB3d
joins spaces) and on both sides of a line end (WB3a, WB3b), and no rule looks across either. The spaces
stay with the piece because a combining mark may attach to them (WB4).

Prints the number of texts, tokens, types and rows, then `equal`, or the first 20 differences. Where a
difference lies in a character newer than the Unicode of uniseg or of Python, rhetor may be the one that
is right; the versions are printed. Exit code: 0 equal, 1 different, 2 wrong use.
"""

import argparse
import csv
import functools
import json
import math
import multiprocessing
import re
import sys
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import uniseg
from uniseg.derived import alphabetic
from uniseg.wordbreak import word_break, words

Row = dict[str, str]
Words = tuple[tuple[int, int, str], ...]

SPACE = " \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"  # Word_Break=WSegSpace
PIECE = re.compile(rf"[{SPACE}]*[^{SPACE}\r\n]+|[{SPACE}]+|[\r\n]+")
WHITE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
COMPANIONS = {"readme", "license", "licence", "planted", "changelog"}
SHOWN = 20

word_class = functools.cache(word_break)


@functools.cache
def alphanumeric(character: str) -> bool:
    return alphabetic(character) or unicodedata.category(character).startswith("N")


def cell(text: str) -> str:
    """Text as rhetor writes it: a leading ' keeps it from being taken for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def key(form: str) -> str:
    lower = form.lower().replace("\u2019", "'").replace("\u2018", "'")
    return cell(unicodedata.normalize("NFC", lower))


def cut(piece: str) -> tuple[str, int, Words]:
    """A piece, its size in bytes, and the bytes and key of each of its words."""
    found = []
    start = 0
    for segment in words(piece, property=word_class):
        end = start + len(segment.encode())
        if any(map(alphanumeric, segment)):
            found.append((start, end, key(segment)))
        start = end
    return piece, start, tuple(found)


def read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


class Table:
    """Rows of a table that is in order of texts."""

    def __init__(self, path: Path) -> None:
        self.groups = groupby(read(path), key=itemgetter("document"))
        self.group = next(self.groups, None)

    def rows(self, document: str) -> Iterator[Row]:
        if self.group and self.group[0] == cell(document):
            yield from self.group[1]
            self.group = next(self.groups, None)


class Check:
    """What was compared, and what differed."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.differences = 0

    def same(self, where: str, what: str, expected: object, found: object) -> None:
        if expected != found:
            self.differences += 1
            if self.differences <= SHOWN:
                print(f"{where}: {what}: {expected!r} expected, {found!r} found")

    def frequencies(self, table: str, text: str, counts: Counter[str], rows: Iterable[Row]) -> None:
        """Compares counts, voices and order of a frequency list."""
        missing = set(counts)
        previous = (-sys.maxsize, "")
        for row in rows:
            self.rows[table] += 1
            word, count = row["word"], int(row["count"])
            where = f"{table}, {text}{word!r}"
            self.same(where, "count", counts[word], count)
            self.same(where, "author + quoted", count, int(row["author"]) + int(row["quoted"]))
            self.same(where, "in order", True, previous < (-count, word))
            previous = (-count, word)
            missing.discard(word)
        for word in missing:
            self.same(f"{table}, {text}{word!r}", "count", counts[word], 0)


class Text:
    """A text as UTF-8, its words by bytes and key, and its sentences by bytes."""

    def __init__(self, name: str, content: str) -> None:
        self.name, self.data, self.pieces = name, content.encode(), PIECE.findall(content)
        self.starts, self.ends, self.keys = array("Q"), array("Q"), list[str]()
        self.sentences: list[tuple[int, int]] = []

    def find_words(self, known: dict[str, tuple[int, Words]]) -> None:
        at = 0
        for piece in self.pieces:
            size, found = known[piece]
            for start, end, word in found:
                self.starts.append(at + start)
                self.ends.append(at + end)
                self.keys.append(word)
            at += size

    def whole(self, start: int, end: int) -> bool:
        """Whether a span lies in the text and cuts no character."""
        cuts = (0x80 <= byte < 0xC0 for at in (start, end) for byte in self.data[at : at + 1])
        return 0 <= start < end <= len(self.data) and not any(cuts)

    def check_sentences(self, check: Check, rows: Iterable[Row], boilerplate: int) -> Counter[str]:
        """Checks the sentences; returns the counts of the words that lie in them."""
        counts: Counter[str] = Counter()
        previous = 0
        for number, row in enumerate(rows, start=1):
            check.rows["sentences.csv"] += 1
            where = f"sentences.csv, {self.name} {number}"
            start, end = int(row["start_byte"]), int(row["end_byte"])
            self.sentences.append((start, end))
            check.same(where, "index", number, int(row["index"]))
            check.same(where, "apart and whole", True, previous <= start and self.whole(start, end))
            previous = end
            characters = len(self.data[start:end].decode(errors="replace"))
            check.same(where, "characters", characters, int(row["characters"]))
            first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
            check.same(where, "words", last - first, int(row["words"]))
            check.same(where, "cuts a word", False, first < last and self.ends[last - 1] > end)
            counts.update(self.keys[first:last])
        outside = len(self.keys) - counts.total()
        check.same(f"sentences.csv, {self.name}", "words in no sentence", boilerplate, outside)
        return counts

    def check_hits(self, check: Check, rows: Iterable[Row], context: int) -> None:
        line, counted = 1, 0
        for row in rows:
            check.rows["marker_hits.csv"] += 1
            where = f"marker_hits.csv, {row['id']}"
            start, end, number = int(row["start_byte"]), int(row["end_byte"]), int(row["sentence"])
            check.same(where, "in order and whole", True, counted <= start and self.whole(start, end))
            first, last = self.sentences[number - 1] if 0 < number <= len(self.sentences) else (0, 0)
            check.same(where, "inside its sentence", True, first <= start < end <= last)
            line += self.data.count(b"\n", counted, start)
            counted = start
            check.same(where, "line", line, int(row["line"]))
            # A character has four bytes at most; one that the slice cuts is dropped.
            before = self.data[max(0, start - 4 * context) : start].decode(errors="ignore")
            after = self.data[end : end + 4 * context].decode(errors="ignore")[:context]
            match = self.data[start:end].decode(errors="replace")
            before = before[-context:] if context else ""
            for column, text in (("left", before), ("match", match), ("right", after)):
                check.same(where, column, cell(WHITE.sub(" ", text)), row[column])


def find(corpus: Path) -> dict[str, Path]:
    """The texts of a folder by id, in order."""
    found = {}
    for path in corpus.rglob("*"):
        name = path.relative_to(corpus)
        plain = path.suffix.lower() in (".txt", ".text") and path.stem.lower() not in COMPANIONS
        hidden = path.is_symlink() or any(part.startswith(".") for part in name.parts)
        if plain and not hidden and path.is_file():
            found[name.with_suffix("").as_posix()] = path
    return dict(sorted(found.items()))


def compare(corpus: Path, output: Path) -> Check:
    run = json.loads((output / "run.json").read_text(encoding="utf-8"))
    python = f"Python {sys.version.split()[0]} (Unicode {unicodedata.unidata_version})"
    print(f"uniseg {uniseg.__version__} (Unicode {uniseg.unidata_version}), {python}, ", end="")
    print(f"rhetor {run['version']} (Unicode {run['unicode']})")
    check = Check()
    paths = find(corpus)
    entries = {entry["document"]: entry for entry in run["texts"]}
    for name in sorted(paths.keys() ^ entries.keys()):
        check.same("run.json", f"text {name}", name in paths, name in entries)
    texts = [
        Text(name, paths[name].read_bytes().decode(entries[name]["encoding"]))
        for name in paths
        if name in entries
    ]
    pieces = {piece for text in texts for piece in text.pieces}
    with multiprocessing.Pool() as pool:
        known = {piece: (size, found) for piece, size, found in pool.imap_unordered(cut, pieces, 1000)}

    names = ("word_counts.csv", "sentences.csv", "marker_hits.csv")
    word_counts, sentences, hits = tables = [Table(output / name) for name in names]
    documents = {row["document"]: row for row in read(output / "documents.csv")}
    total, spread = Counter[str](), Counter[str]()
    for text in texts:
        text.find_words(known)
        boilerplate = entries[text.name]["boilerplate_words"]
        counts = text.check_sentences(check, sentences.rows(text.name), boilerplate)
        text.check_hits(check, hits.rows(text.name), run["study"]["context"])
        check.frequencies("word_counts.csv", f"{text.name} ", counts, word_counts.rows(text.name))
        once = sum(count == 1 for count in counts.values())
        row = documents.pop(cell(text.name), {})
        check.rows["documents.csv"] += 1
        for column, value in (("words", counts.total()), ("types", len(counts)), ("hapaxes", once)):
            check.same(f"documents.csv, {text.name}", column, str(value), row.get(column))
        total += counts
        spread.update(counts.keys())
    for name, table in zip(names, tables, strict=True):
        check.same(name, "text out of order", None, table.group and table.group[0])
    check.same("documents.csv", "other texts", [], list(documents))

    tokens = total.total()
    check.frequencies("words.csv", "", total, read(output / "words.csv"))
    for rank, row in enumerate(read(output / "words.csv"), start=1):
        where, rate = f"words.csv, {row['word']!r}", total[row["word"]] * 1e6 / tokens
        close = math.isclose(rate, float(row["per_million"]), rel_tol=1e-9)
        check.same(where, "per_million", rate, rate if close else row["per_million"])
        check.same(where, "rank", str(rank), row["rank"])
        check.same(where, "document_frequency", str(spread[row["word"]]), row["document_frequency"])
    print(f"texts {len(texts):,}, tokens {tokens:,}, types {len(total):,}")
    print("rows compared: " + ", ".join(f"{name} {rows:,}" for name, rows in sorted(check.rows.items())))
    return check


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="folder of the texts")
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="folder that rhetor wrote")
    options = parser.parse_args()
    check = compare(options.corpus, options.output)
    print(f"{check.differences:,} differences" if check.differences else "equal")
    return 1 if check.differences else 0


if __name__ == "__main__":
    sys.exit(main())
