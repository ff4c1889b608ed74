# /// script
# requires-python = ">=3.11"
# dependencies = ["nltk==3.10.4", "polars==2.1.0", "scikit-learn==1.9.1", "spacy==3.8.18"]
# ///
"""How fast is rhetor beside the usual tools? CPU time, wall time and memory on the same texts.

The work is not the same. `rhetor count` finds words and sentences and writes a frequency list and the
lengths of sentences; `rhetor analyze` does its whole analysis and writes some 8 bytes of tables for each
byte of a novel, and its charts. The others only count words, by their own rules, so the counts differ:
they read every text as UTF-8, lower it, cut it and count, and write nothing.

  plain Rust    unicode_sentences, unicode_words, a HashMap<String, u64> for each text and their merge;
                words per sentence too (benches/ratios.rs, built by cargo where there is one)
  polars        str.extract_all on \\w+ and value_counts, on all threads
  scikit-learn  CountVectorizer on \\w+, texts by words
  NLTK          NLTKWordTokenizer on whole texts (word_tokenize without its cut into sentences) and
                FreqDist; counts punctuation too
  spaCy         the tokenizer of spacy.blank("en") and a Counter of lower_; counts punctuation too
  Python        collections.Counter of re.findall on \\w+
  wc            wc -w in the locale C.UTF-8: words between spaces, and only how many
  quanteda      tokens and dfm in R; without R and the package it is left out
  stylo         txt.to.words.ext and make.frequency.list in R; the same

Every run is a process of its own, with its start and imports. Runs take turns in changing order, so that
a change in the load of the machine meets all; the files are read once before. NLTK and spaCy get only the first texts, up
to --size; their times, less their start, and their words are scaled by bytes to the whole corpus and marked
*, their memory is not. Peak memory is never shown below that of this script, some 20 MB.

Prints a Markdown table of medians. The last two columns are how many times the CPU time and the wall time
of `rhetor count` on one thread each takes: above 1, rhetor is faster.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What rhetor is asked for: arguments between its name and the corpus.
COUNT = ["count"]
ANALYZE = ["analyze"]
WORD = r"\w+"
# Tools that get only a part of the texts.
SLOW = {"NLTK", "spaCy"}
HEAD = """\
| tool | does | wall s (range) | CPU s | peak MB | CPU MB/s | words | × CPU | × wall |
|---|---|---:|---:|---:|---:|---:|---:|---:|"""

R_READ = """
paths <- commandArgs(trailingOnly = TRUE)
read <- function(path) paste(readLines(path, encoding = "UTF-8", warn = FALSE), collapse = "\\n")
texts <- vapply(paths, read, "")
"""
R_PACKAGES = {
    "quanteda": """
suppressPackageStartupMessages(library(quanteda))
words <- sum(colSums(dfm(tokens(texts, remove_punct = TRUE))))
""",
    "stylo": """
suppressPackageStartupMessages(library(stylo))
tokens <- unlist(lapply(texts, function(text) txt.to.words.ext(text, corpus.lang = "English.all")))
words <- sum(make.frequency.list(tokens, value = TRUE, relative = FALSE))
""",
}
R_PRINT = """
cat(sprintf('{"words": %.0f}\\n', words))
"""


def lowered(paths: list[Path]) -> Iterator[str]:
    return (path.read_text(encoding="utf-8").lower() for path in paths)


def scikit_learn(paths: list[Path]) -> Iterable[int]:
    from sklearn.feature_extraction.text import CountVectorizer

    counts = CountVectorizer(input="filename", token_pattern=WORD).fit_transform(paths)
    return map(int, counts.sum(axis=0).A1)


def nltk(paths: list[Path]) -> Iterable[int]:
    from nltk.probability import FreqDist
    from nltk.tokenize import NLTKWordTokenizer

    tokenizer, counts = NLTKWordTokenizer(), FreqDist()
    for text in lowered(paths):
        counts.update(tokenizer.tokenize(text))
    return map(int, counts.values())


def spacy(paths: list[Path]) -> Iterable[int]:
    from collections import Counter

    import spacy

    tokenizer = spacy.blank("en").tokenizer
    counts: Counter[str] = Counter()
    for path in paths:
        counts.update(token.lower_ for token in tokenizer(path.read_text(encoding="utf-8")))
    return counts.values()


def polars(paths: list[Path]) -> Iterable[int]:
    import polars as pl

    texts = pl.Series("word", [path.read_text(encoding="utf-8") for path in paths])
    words = texts.str.to_lowercase().str.extract_all(WORD).explode()
    return words.value_counts()["count"].to_list()


def python(paths: list[Path]) -> Iterable[int]:
    import re
    from collections import Counter

    counts: Counter[str] = Counter()
    for text in lowered(paths):
        counts.update(re.findall(WORD, text))
    return counts.values()


PEERS: dict[str, Callable[[list[Path]], Iterable[int]]] = {
    "polars": polars,
    "scikit-learn": scikit_learn,
    "NLTK": nltk,
    "spaCy": spacy,
    "Python": python,
}


def words_in(printed: str) -> int:
    """The number of words a tool tells: as JSON, or as wc does, in its last line."""
    if printed.lstrip().startswith("{"):
        return json.loads(printed)["words"]
    return int(printed.splitlines()[-1].split()[0])


def measure(name: str, command: list[str]) -> tuple[float, float, float, int]:
    """Wall and CPU seconds, megabytes and words of one run."""
    with tempfile.TemporaryDirectory() as folder:
        command = [part.replace("{output}", f"{folder}/output") for part in command]
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
            printed = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{name}: exit code {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    memory = usage.ru_maxrss * unit / 1e6
    return wall, usage.ru_utime + usage.ru_stime, memory, words_in(printed.decode())


@dataclass
class Task:
    """A command, the files it gets, and what its runs took."""

    name: str
    does: str
    command: list[str]
    paths: list[Path] = field(default_factory=list)
    share: float = 1.0
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    words: int = 0

    def run(self) -> None:
        wall, cpu, memory, words = measure(self.name, [*self.command, *map(str, self.paths)])
        if self.share < 1:
            # Only what the texts took grows with them.
            start, start_cpu, *_ = measure(self.name, self.command)
            wall = start + (wall - start) / self.share
            cpu = start_cpu + (cpu - start_cpu) / self.share
        self.words = round(words / self.share)
        self.wall.append(wall)
        self.cpu.append(cpu)
        self.memory.append(memory)

    def row(self, size: float, reference: "Task") -> str:
        wall, cpu = statistics.median(self.wall), statistics.median(self.cpu)
        mark = "*" if self.share < 1 else ""
        cells = [
            self.name,
            self.does,
            f"{wall:.3g}{mark} ({min(self.wall):.3g}–{max(self.wall):.3g})",
            f"{cpu:.3g}{mark}",
            f"{statistics.median(self.memory):,.0f}",
            f"{size / cpu:,.1f}",
            f"{self.words:,}{mark}",
            f"{cpu / statistics.median(reference.cpu):.2f}",
            f"{wall / statistics.median(reference.wall):.2f}",
        ]
        return f"| {' | '.join(cells)} |"


def rhetor_tasks(options: argparse.Namespace) -> list[Task]:
    """rhetor on one thread and on all: counts, tables, tables and charts."""
    found = []
    for threads in ("1", str(os.cpu_count())):
        count = options.count.split()
        jobs = [
            ("words, sentence lengths", count),
            ("the same by Unicode's rules alone", [*count, "--sentences", "uax29"]),
        ]
        if not options.count_only:
            jobs += [
                ("whole analysis, tables", [*ANALYZE, "--no-charts"]),
                ("the same and charts", ANALYZE),
            ]
        for does, job in jobs:
            command = [options.rhetor, *job, str(options.corpus), "-o", "{output}", "--json"]
            name = f"rhetor {' '.join(job)}, threads: {threads}"
            found.append(Task(name, does, [*command, "--threads", threads]))
    return found


def start_tasks(options: argparse.Namespace) -> list[Task]:
    """rhetor on one page, where the start is most of the time."""
    page = str(min((ROOT / "seeds").glob("*.txt")))
    return [
        Task(" ".join(job), "", [options.rhetor, *job, page, "-o", "{output}", "--json"])
        for job in (options.count.split(), [*ANALYZE, "--no-charts"])
    ]


def plain_tasks(paths: list[Path]) -> list[Task]:
    """The plain way in Rust, on one thread and on all, if cargo can build it."""
    if not shutil.which("cargo") or not (ROOT / "benches" / "ratios.rs").exists():
        print("plain Rust: left out, cargo is absent", file=sys.stderr)
        return []
    build = ["cargo", "bench", "--no-run", "--bench", "ratios", "--message-format=json-render-diagnostics"]
    built = subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    program = next(
        message["executable"]
        for message in map(json.loads, built.splitlines())
        if message.get("executable") and message["target"]["name"] == "ratios"
    )
    version = crate_version("unicode-segmentation")
    return [
        Task(
            f"plain Rust, unicode-segmentation {version}, threads: {threads}",
            "words, sentence lengths",
            [program, "--plain", threads],
            paths,
        )
        for threads in ("1", str(os.cpu_count()))
    ]


def crate_version(package: str) -> str:
    """The version of a crate in Cargo.lock."""
    lines = (ROOT / "Cargo.lock").read_text().splitlines()
    at = lines.index(f'name = "{package}"')
    return lines[at + 1].split('"')[1]


def python_tasks(paths: list[Path], size: float) -> list[Task]:
    sizes = [path.stat().st_size for path in paths]
    found = []
    for name in PEERS:
        try:
            version = platform.python_version() if name == "Python" else importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            print(f"{name}: left out, not installed", file=sys.stderr)
            continue
        some = len(paths)
        if name in SLOW:
            some = max(1, sum(sum(sizes[: count + 1]) <= size * 1e6 for count in range(some)))
        command = [sys.executable, __file__, "--peer", name]
        share = sum(sizes[:some]) / sum(sizes)
        found.append(Task(f"{name} {version}", "words", command, paths[:some], share))
    return found


def other_tasks(paths: list[Path]) -> list[Task]:
    """wc, and the packages of R that are installed."""
    found = []
    if wc := shutil.which("wc"):
        version = subprocess.run([wc, "--version"], capture_output=True, text=True, check=False).stdout
        name = f"wc -w {version.split()[3]}" if version.startswith("wc (GNU") else "wc -w"
        found.append(Task(name, "number of words", [wc, "-w"], paths))
    for package, code in R_PACKAGES.items():
        script = shutil.which("Rscript")
        ask = ["-e", f'cat(as.character(packageVersion("{package}")))']
        answer = (
            subprocess.run([script, *ask], capture_output=True, text=True, check=False) if script else None
        )
        if not script or not answer or answer.returncode != 0:
            print(f"{package}: left out, R or the package is absent", file=sys.stderr)
            continue
        command = [script, "-e", R_READ + code + R_PRINT]
        found.append(Task(f"{package} {answer.stdout}", "words", command, paths))
    return found


def main() -> int:
    if sys.argv[1:2] == ["--peer"]:
        paths = list(map(Path, sys.argv[3:]))
        # Without a text there is only the start: imports and what is made once.
        counts = PEERS[sys.argv[2]](paths)
        print(json.dumps({"words": sum(counts)}))
        return 0
    built = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "rhetor"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="folder of .txt files in UTF-8")
    parser.add_argument("--rhetor", metavar="PATH", default=str(built) if built.exists() else "rhetor")
    parser.add_argument(
        "--count", metavar="JOB", default=" ".join(COUNT), help="job to compare [%(default)s]"
    )
    parser.add_argument("--count-only", action="store_true", help="leave `rhetor analyze` out")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of each [default: 5]")
    parser.add_argument("--size", type=float, default=4, metavar="MB", help="for NLTK and spaCy [default: 4]")
    options = parser.parse_args()
    paths = sorted(options.corpus.rglob("*.txt"))
    if not paths or options.runs < 1:
        parser.error("CORPUS must hold .txt files, and N must be 1 or more")
    size = sum(len(path.read_bytes()) for path in paths) / 1e6
    everything = rhetor_tasks(options)
    everything += plain_tasks(paths) + python_tasks(paths, options.size) + other_tasks(paths)
    starts = start_tasks(options)
    load = os.getloadavg()[0]
    for turn in range(options.runs):
        # Always in another order: what ran before leaves its traces in caches and memory.
        for task in random.Random(turn).sample(everything + starts, len(everything + starts)):
            task.run()
    version = subprocess.run([options.rhetor, "--version"], capture_output=True, text=True, check=True)
    print(f"{version.stdout.splitlines()[0]}; {platform.system()} {platform.machine()}; ", end="")
    print(
        f"{os.cpu_count()} cores, load {load:.1f} at the start; {len(paths)} texts, {size:.1f} MB; ", end=""
    )
    print(f"medians of {options.runs} runs in turn\n")
    print(HEAD)
    for task in everything:
        print(task.row(size, everything[0]))
    for start in starts:
        wall, cpu = (statistics.median(times) * 1000 for times in (start.wall, start.cpu))
        print(f"\n`rhetor {start.name}` on a page of seeds/, with its start: {wall:.1f} ms, CPU {cpu:.1f} ms")
    for task in everything:
        if task.share < 1:
            part = task.share * size
            print(
                f"\n\\* {task.name}: measured on the first {part:.1f} MB, scaled by bytes to all {size:.1f} MB"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
