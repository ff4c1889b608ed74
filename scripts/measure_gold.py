# /// script
# requires-python = ">=3.11"
# dependencies = []
# ///
"""How often is a marker, a question, a quotation what rhetor takes it for? Against texts marked by others.

Writes the texts of the gold to a folder, runs the built program on it, and compares by bytes. A span is found
if both its ends are right. Precision is the share of rhetor's spans that are in the gold, recall the share of
the gold's that rhetor has, F1 their harmonic mean. Every category of markers that no gold speaks of is listed
as not measured.

Connectives: rows of marker_hits.csv with a PDTB-3 sense, against the explicit connectives of GUM; the function
words that PDTB counts where they join verb phrases (and, or, but, as, by, for, with, in, to) inside and left
out. A family of senses is right if the first level of the sense is too. For a category only precision is known:
its hits that the gold has as a connective of any sense.

Questions: rows of questions.csv, or of marker_hits.csv where there is no such table, against the sentences of
GUM whose type is a question (`q`, `wh`). Hypophora: against the sentences whose question the author answers, in
texts with one speaker at most.

Quotation or scare quotes: stretches of GUM that both sides mark; titles, terms and scare quotes are one kind.
Direct speech: LitBank, spans and characters, marks and white space at the ends aside.

Portuguese connectives: talks of TED-MDB, tokens joined to running text.

Needs gum_train.jsonl, litbank_quotes.jsonl and, for Portuguese, tedmdb_por.tsv in one folder. `--gum` names
another file of the format of the first. Prints a Markdown table.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FUNCTION_WORDS = {"and", "or", "but", "as", "by", "for", "with", "in", "to"}
FAMILIES = ("Comparison", "Contingency", "Expansion", "Temporal")
MARKS = " \n\t\u00a0\"'“”‘’«»_*—–―-"
# Portuguese contractions, which TED-MDB takes apart: de_ as, em_ isso, a_ o, por_ os.
CONTRACTED = {"de_": "d", "em_": "n", "a_": "a", "por_": "pel"}
QUOTED = {"quotation", "block_quotation"}
QUESTION_KINDS = ("interrogative", "heading_question", "tag", "embedded")
HYPOPHORA = ("hypophora_strong", "hypophora_weak")
# Categories under which questions are counted.
QUESTION_CATEGORIES = {*QUESTION_KINDS, "hypophora"}

Record = dict[str, Any]
Row = dict[str, str]
# A text, and a stretch of its bytes.
Span = tuple[str, int, int]


@dataclass
class Score:
    """What was found, and what is right; without gold only precision is known."""

    name: str
    found: int
    both: int
    gold: int | None

    def cells(self) -> list[str]:
        def share(of: int | None) -> str:
            return f"{self.both / of:.3f}" if of else ""

        total = None if self.gold is None else self.found + self.gold
        f1 = f"{2 * self.both / total:.3f}" if total else ""
        gold = "" if self.gold is None else f"{self.gold:,}"
        return [self.name, f"{self.found:,}", gold, share(self.found), share(self.gold), f1]


def score(name: str, found: set[Span], gold: set[Span]) -> Score:
    return Score(name, len(found), len(found & gold), len(gold))


def precision(name: str, found: set[Span], gold: set[Span]) -> Score:
    return Score(name, len(found), len(found & gold), None)


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class Texts:
    """Texts of the gold, and rhetor's tables of them."""

    records: list[Record]
    language: str
    rhetor: Path
    folder: Path
    bytes: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        corpus = self.folder / "texts"
        corpus.mkdir(parents=True)
        for record in self.records:
            (corpus / f"{record['doc']}.txt").write_text(record["text"], encoding="utf-8", newline="")
            lengths = [0]
            for character in record["text"]:
                lengths.append(lengths[-1] + len(character.encode()))
            self.bytes[record["doc"]] = lengths

    def run(self, *job: str) -> Path:
        """The folder of the tables that `rhetor JOB` writes."""
        out = self.folder / job[0]
        options = ["--language", self.language, "--quiet", *job[1:]]
        command = [self.rhetor, job[0], self.folder / "texts", "-o", out, *options]
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}")
        return out

    def span(self, record: Record, span: Iterable[int], *, trim: bool = False) -> Span:
        """A span of the gold, which counts characters, in bytes; `trim` leaves out marks at its ends."""
        start, end, *_ = span
        text = record["text"]
        if trim:
            while start < end and text[start] in MARKS:
                start += 1
            while end > start and text[end - 1] in MARKS:
                end -= 1
        lengths = self.bytes[record["doc"]]
        return record["doc"], lengths[start], lengths[end]

    def trimmed(self, row: Row) -> Span:
        """A row's span without marks at its ends."""
        start, end = int(row["start_byte"]), int(row["end_byte"])
        record = next(record for record in self.records if record["doc"] == row["document"])
        text = record["text"].encode()[start:end].decode()
        start += len(text[: len(text) - len(text.lstrip(MARKS))].encode())
        return row["document"], start, start + len(text.strip(MARKS).encode())


def at(row: Row) -> Span:
    return row["document"], int(row["start_byte"]), int(row["end_byte"])


def counted(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.get("status", "counted") == "counted"]


def connectives(hits: list[Row], gold: dict[Span, tuple[str, str]], language: str) -> list[Score]:
    """`gold`: each connective with its words in lower case and the first level of its sense."""
    found = {at(row): (row["match"].lower(), row["sense"].split(".")[0]) for row in hits if row["sense"]}
    scores = [score(f"connectives, {language}", set(found), set(gold))]
    if language != "English":
        return scores

    def part(keep: Callable[[tuple[str, str]], bool]) -> tuple[set[Span], set[Span]]:
        kept = ({span for span, what in spans.items() if keep(what)} for spans in (found, gold))
        mine, theirs = kept
        return mine, theirs

    name = "connectives, English, nine function words left out"
    scores.append(score(name, *part(lambda what: what[0] not in FUNCTION_WORDS)))
    for family in FAMILIES:
        scores.append(
            score(f"connectives, English, {family}", *part(lambda what, family=family: what[1] == family))
        )
    for category in sorted({row["category"] for row in hits if row["sense"]}):
        spans = {at(row) for row in hits if row["sense"] and row["category"] == category}
        scores.append(precision(f"organise: {category}, is a connective", spans, set(gold)))
    return scores


def questions(texts: Texts, tables: Path) -> list[Score]:
    records = texts.records
    sentences = {
        texts.span(record, sentence)
        for record in records
        for sentence in record["sentences"]
        if sentence[2] in ("q", "wh")
    }
    path = tables / "questions.csv"
    if path.exists():
        rows = read(path)
        spans = {
            kind: {at(row) for row in rows if row["kind"] == kind} for kind in QUESTION_KINDS + HYPOPHORA
        }
    else:
        rows = [row for row in counted(read(tables / "marker_hits.csv")) if row["family"] == "question"]
        spans = {kind: {at(row) for row in rows if row["category"] == kind} for kind in QUESTION_KINDS}
        # Only what is certain is counted.
        spans |= {"hypophora_strong": {at(row) for row in rows if row["category"] == "hypophora"}}
    plain = set().union(*(spans[kind] for kind in QUESTION_KINDS if kind != "tag"))
    scores = [
        score("questions", plain, sentences),
        score("questions and tags", plain | spans["tag"], sentences),
    ]
    scores += [precision(f"question: {kind}", spans[kind], sentences) for kind in QUESTION_KINDS]
    single = [record for record in records if record.get("speakers", 1) <= 1]
    names = {record["doc"] for record in single}
    answered = set()
    for record in single:
        for pair in record["hypophora"]:
            end = pair["q"][-1][1]
            asking = [sentence for sentence in record["sentences"] if sentence[0] < end <= sentence[1]]
            answered |= {texts.span(record, sentence) for sentence in asking}
    some = {kind: {span for span in spans.get(kind, ()) if span[0] in names} for kind in HYPOPHORA}
    scores.append(score("question: hypophora, strong", some["hypophora_strong"], answered))
    if "hypophora_weak" in spans:
        scores.append(score("question: hypophora, strong and weak", set().union(*some.values()), answered))
    return scores


def quote_type(texts: Texts, segments: list[Row]) -> str:
    kinds = {texts.trimmed(row): row["kind"] in QUOTED for row in segments}
    gold = {
        texts.span(record, quote["span"], trim=True): quote["type"] == "quote"
        for record in texts.records
        for quote in record["quotes"]
    }
    both = gold.keys() & kinds.keys()
    right = sum(gold[span] == kinds[span] for span in both)
    return f"accuracy {right / len(both):.3f} of {len(both)} stretches" if both else "no stretch in both"


def speech(texts: Texts, segments: list[Row]) -> list[Score]:
    found = {texts.trimmed(row) for row in segments if row["kind"] in QUOTED}
    gold = {
        texts.span(record, quote["span"], trim=True) for record in texts.records for quote in record["quotes"]
    }

    def inside(spans: set[Span]) -> set[Span]:
        return {(text, byte, byte + 1) for text, start, end in spans for byte in range(start, end)}

    return [
        score("direct speech, spans", found, gold),
        score("direct speech, characters (bytes)", inside(found), inside(gold)),
    ]


def talks(path: Path) -> tuple[list[Record], dict[Span, tuple[str, str]]]:
    """The talks of TED-MDB as running text, and their connectives."""
    records: list[Record] = []
    gold: dict[Span, tuple[str, str]] = {}
    open_span: tuple[int, int] | None = None
    text = ""

    def close() -> None:
        nonlocal open_span
        if open_span:
            start, end = open_span
            words = text.encode()[start:end].decode().lower()
            gold[f"talk_{len(records)}", start, end] = (words, "")
        open_span = None

    def finish() -> None:
        nonlocal text
        close()
        if text.strip():
            records.append({"doc": f"talk_{len(records)}", "text": text})
        text = ""

    held: tuple[str, str] | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            finish()
            continue
        if not line.strip():
            close()
            text = text.rstrip() + "\n" if text else ""
            continue
        token, label, *_ = line.split("\t")
        if token.lower() in CONTRACTED:
            held = (token, label)
            continue
        if held:
            first, label = held[0], held[1] if held[1] != "O" else label
            token = (
                "à" + token[1:] if first == "a_" and token[0] == "a" else CONTRACTED[first.lower()] + token
            )
            token = token.capitalize() if first[0].isupper() else token
            held = None
        # A clitic or mark is joined to what precedes it.
        glued = token[0] in ".,;:?!)]”»…" or (token[0] == "-" and len(token) > 1)
        if text and not text.endswith(("\n", "(", "“", "«")) and not glued:
            text += " "
        start = len(text.encode())
        text += token
        end = len(text.encode())
        if label.startswith("B"):
            close()
            open_span = (start, end)
        elif label.startswith("I") and open_span:
            open_span = (open_span[0], end)
        else:
            close()
    finish()
    return records, gold


def unmeasured(tables: Path, hits: list[Row]) -> list[str]:
    """Categories of the lexicon that no gold speaks of."""
    senses = {(row["family"], row["category"]) for row in hits if row["sense"]}
    known = {(row["family"], row["category"]) for row in read(tables / "markers.csv")}
    asked = {("question", category) for category in QUESTION_CATEGORIES}
    return [f"{family}: {category}" for family, category in sorted(known - senses - asked)]


def program() -> Path:
    target = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
    built = [target / profile / "rhetor" for profile in ("release", "debug")]
    return next((path for path in built if path.exists()), built[0])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, metavar="GOLD", help="folder of the gold")
    parser.add_argument("--gum", type=Path, help="another file of the format of gum_train.jsonl")
    parser.add_argument("--rhetor", type=Path, default=program(), help="the program (default: the built one)")
    options = parser.parse_args()

    def load(path: Path) -> list[Record]:
        if not path.exists():
            parser.error(f"{path} is absent")
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        english = Texts(
            load(options.gum or options.gold / "gum_train.jsonl"), "en", options.rhetor, work / "en"
        )
        tables = english.run("analyze", "--no-charts")
        hits = counted(read(tables / "marker_hits.csv"))
        gold = {
            english.span(record, span): (
                record["text"][span[0] : span[1]].lower(),
                connective["sense"].split(".")[0],
            )
            for record in english.records
            for connective in record["connectives"]
            if connective["kind"] == "Explicit"
            for span in connective["spans"]
        }
        scores = connectives(hits, gold, "English") + questions(english, tables)
        scored = [item.cells() for item in scores]
        quotes = quote_type(english, read(english.run("segments") / "segments.csv"))
        scored.append(["quotation or scare quotes", "", "", quotes, "", ""])
        novels = Texts(load(options.gold / "litbank_quotes.jsonl"), "en", options.rhetor, work / "novels")
        found = speech(novels, read(novels.run("segments") / "segments.csv"))
        scored += [item.cells() for item in found]
        path = options.gold / "tedmdb_por.tsv"
        if path.exists():
            records, marked = talks(path)
            portuguese = Texts(records, "pt", options.rhetor, work / "pt")
            rows = counted(read(portuguese.run("analyze", "--no-charts") / "marker_hits.csv"))
            if any(row["sense"] for row in rows):
                scored += [item.cells() for item in connectives(rows, marked, "Portuguese")]
            else:
                scored.append(["connectives, Portuguese", "", f"{len(marked):,}", "no lexicon", "", ""])
        for name in [*unmeasured(tables, hits), "figures"]:
            scored.append([name, "", "", "not measured", "", ""])
    print("| what | found | gold | precision | recall | F1 |")
    print("|---|---:|---:|---:|---:|---:|")
    for cells in scored:
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
