# /// script
# requires-python = ">=3.11"
# dependencies = ["uniseg==0.10.1"]
# ///
"""Are rhetor's counts and offsets right? An independent count of the same texts.

Words are cut with uniseg, which implements the word boundaries of UAX #29 apart from rhetor. It passes
all 1,826 cases of Unicode 16's WordBreakTest and all but two of the 1,944 of Unicode 17's. The WORD flag
of the package regex will not do: it has rules of its own and fails 268 of the latter.

A word is a segment with an alphanumeric character; its key is its lower case in NFC, with ’ and ‘ as '
and without soft hyphens, word joiners, directional marks, or a narrow no-break space at either end.
Compared row by row: words.csv, word_counts.csv, words and types of documents.csv. Checked against the
bytes of the text: spans, words and characters of sentences.csv; spans, lines, sentences, matches and
contexts of marker_hits.csv. Every word must lie in one sentence, but for publishers' boilerplate, whose
words run.json numbers and no table counts.

Every distinct run of spaces with what follows, up to the next space or line end, is cut only once. This is
exact: UAX #29 breaks before a space unless a space precedes (WB3d) and around a line end (WB3a, WB3b), and
no rule looks across. The spaces stay with what follows because a combining mark may join them (WB4).

Prints the number of texts, tokens, types and rows, then `equal` (exit code 0), or the first 20 differences
(1), which may be uniseg's or Python's in characters newer than their Unicode.
"""

import argparse
import csv
import functools
import json
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
Words = list[tuple[int, int, str]]

SPACE = " \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"  # Word_Break=WSegSpace
PIECE = re.compile(rf"[{SPACE}]*[^{SPACE}\r\n]+|[{SPACE}]+|[\r\n]+")
WHITE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
LAYOUT = "\u00ad\u2060\ufeff\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FOLDED = str.maketrans({"’": "'", "‘": "'"} | dict.fromkeys(LAYOUT, ""))
COMPANIONS = {"readme", "license", "licence", "planted", "changelog"}

word_class = functools.cache(word_break)


@functools.cache
def alphanumeric(character: str) -> bool:
    return alphabetic(character) or unicodedata.category(character).startswith("N")


def cell(text: str) -> str:
    """Text as rhetor writes it: a leading ' keeps it from being taken for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def key(form: str) -> str:
    return cell(unicodedata.normalize("NFC", form.strip("\u202f").lower().translate(FOLDED)))


def cut(piece: str) -> tuple[str, int, Words]:
    """A piece, its size in bytes, and the bytes and key of each of its words."""
    found = []
    start = 0
    for segment in words(piece, property=word_class):
        end = start + len(segment.encode())
        if any(map(alphanumeric, segment)):
            found.append((start, end, key(segment)))
        start = end
    return piece, start, found


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
            if self.differences <= 20:
                print(f"{where}: {what}: {expected!r} expected, {found!r} found")

    def frequencies(self, table: str, text: str, counts: Counter[str], rows: Iterable[Row]) -> None:
        """Compares counts, voices and order of a frequency list."""
        missing, previous = set(counts), (-sys.maxsize, "")
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

    def __init__(self, name: str, content: str, known: dict[str, tuple[int, Words]]) -> None:
        self.name, self.data, self.sentences = name, content.encode(), list[tuple[int, int]]()
        self.starts, self.ends, self.keys = array("Q"), array("Q"), list[str]()
        at = 0
        for piece in PIECE.findall(content):
            size, found = known[piece]
            for start, end, word in found:
                self.starts.append(at + start)
                self.ends.append(at + end)
                self.keys.append(word)
            at += size

    def span(self, start: int, end: int) -> str | None:
        """The text of a span; None if it is empty, leaves the text or cuts a character."""
        try:
            return self.data[start:end].decode() if 0 <= start < end <= len(self.data) else None
        except UnicodeDecodeError:
            return None

    def check_sentences(self, check: Check, rows: Iterable[Row]) -> Counter[str]:
        """Checks the sentences; returns the counts of the words that begin in them."""
        counts: Counter[str] = Counter()
        previous = 0
        for number, row in enumerate(rows, start=1):
            where = f"sentences.csv, {self.name} {number}"
            start, end = int(row["start_byte"]), int(row["end_byte"])
            text = self.span(start, end)
            first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
            sizes = [number, last - first, len(text or "")]
            found = [int(row[column]) for column in ("index", "words", "characters")]
            check.same(where, "index, words, characters", sizes, found)
            check.same(where, "whole and after the last", True, text is not None and previous <= start)
            check.same(where, "ends inside a word", False, first < last and self.ends[last - 1] > end)
            counts.update(self.keys[first:last])
            self.sentences.append((start, end))
            previous = end
        check.rows["sentences.csv"] += len(self.sentences)
        return counts

    def check_hits(self, check: Check, rows: Iterable[Row], context: int) -> None:
        line, counted = 1, 0
        for row in rows:
            check.rows["marker_hits.csv"] += 1
            where = f"marker_hits.csv, {row['id']}"
            start, end, number = int(row["start_byte"]), int(row["end_byte"]), int(row["sentence"])
            text = self.span(start, end)
            first, last = self.sentences[number - 1] if 0 < number <= len(self.sentences) else (0, 0)
            check.same(where, "whole and in order", True, text is not None and counted <= start)
            # Adjacent questions begin in their first sentence and end in a later one.
            inside = first <= start < end and (end <= last or row["category"] == "series")
            check.same(where, "inside its sentence", True, inside)
            line += self.data.count(b"\n", counted, start)
            counted = start
            check.same(where, "line", str(line), row["line"])
            # A character has four bytes at most; one that the slice cuts is dropped.
            left = self.data[max(0, start - 4 * context) : start].decode(errors="ignore")
            right = self.data[end : end + 4 * context].decode(errors="ignore")[:context]
            left = left[max(0, len(left) - context) :]
            for column, part in (("left", left), ("match", text or ""), ("right", right)):
                check.same(where, column, cell(WHITE.sub(" ", part)), row[column])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="folder of the texts")
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="folder that rhetor wrote")
    options = parser.parse_args()
    corpus, output, check = options.corpus, options.output, Check()
    if not corpus.is_dir() or not (output / "run.json").is_file():
        parser.error("CORPUS must be a folder, and OUTPUT one that rhetor wrote")
    run = json.loads((output / "run.json").read_text(encoding="utf-8"))
    print(f"uniseg {uniseg.__version__} with Unicode {uniseg.unidata_version}, ", end="")
    print(f"Python's {unicodedata.unidata_version}, rhetor's {run['unicode']}")
    entries = {entry["document"]: entry for entry in run["texts"]}
    files = [path for path in corpus.rglob("*.txt") if path.stem.lower() not in COMPANIONS]
    paths = {path.relative_to(corpus).with_suffix("").as_posix(): path for path in files}
    for name in sorted(paths.keys() ^ entries.keys()):
        check.same("run.json", f"text {name}", name in paths, name in entries)
    both = sorted(paths.keys() & entries.keys())
    texts = {name: paths[name].read_bytes().decode(entries[name]["encoding"]) for name in both}
    pieces = set().union(*map(PIECE.findall, texts.values()))
    with multiprocessing.Pool() as pool:
        known = {piece: (size, found) for piece, size, found in pool.imap_unordered(cut, pieces, 1000)}
    names = ("word_counts", "sentences", "marker_hits")
    word_counts, sentences, hits = tables = [Table(output / f"{name}.csv") for name in names]
    documents = {row["document"]: row for row in read(output / "documents.csv")}
    check.same("documents.csv", "document", list(map(cell, texts)), list(documents))
    total, spread = Counter[str](), Counter[str]()
    for name, content in texts.items():
        text = Text(name, content, known)
        counts = text.check_sentences(check, sentences.rows(name))
        outside, boilerplate = len(text.keys) - counts.total(), entries[name]["boilerplate_words"]
        check.same(f"sentences.csv, {name}", "words in no sentence", boilerplate, outside)
        counts = counts if boilerplate else Counter(text.keys)
        text.check_hits(check, hits.rows(name), run["study"]["context"])
        check.frequencies("word_counts.csv", f"{name} ", counts, word_counts.rows(name))
        expected = {"words": str(counts.total()), "types": str(len(counts))}
        found = {column: documents.get(cell(name), {}).get(column) for column in expected}
        check.same("documents.csv", name, expected, found)
        total += counts
        spread.update(counts.keys())
    for table in tables:
        check.same("tables", "text out of order", None, table.group and table.group[0])
    tokens = total.total()
    check.frequencies("words.csv", "", total, read(output / "words.csv"))
    for rank, row in enumerate(read(output / "words.csv"), start=1):
        where, rate = f"words.csv, {row['word']!r}", total[row["word"]] * 1e6 / tokens
        close = abs(rate - float(row["per_million"])) <= 1e-9 * rate
        check.same(where, "per_million", rate, rate if close else row["per_million"])
        place = [int(row["rank"]), int(row["document_frequency"])]
        check.same(where, "rank, document_frequency", [rank, spread[row["word"]]], place)
    print(f"texts {len(texts):,}, tokens {tokens:,}, types {len(total):,}; rows ", end="")
    print(", ".join(f"{name} {rows:,}" for name, rows in sorted(check.rows.items())))
    print(f"{check.differences:,} differences" if check.differences else "equal")
    return 1 if check.differences else 0


if __name__ == "__main__":
    sys.exit(main())
