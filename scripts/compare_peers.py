# /// script
# requires-python = ">=3.11"
# dependencies = ["nltk==3.10.4", "polars==2.1.0", "scikit-learn==1.9.1"]
# ///
"""How fast is rhetor beside the usual Python tools? Wall time, CPU time and memory on the same texts.

The work is not the same. rhetor does its whole analysis, with and without charts, on one thread and on
all: words, sentences, voices and every marker with its context, written as tables (some 200 MB for 28 MB
of novels). The others only count words: they read every text as UTF-8, lower it, cut it and count, and
write nothing. What a word is differs, so the counts do too.

  scikit-learn  CountVectorizer on \\w+, texts by words
  NLTK          NLTKWordTokenizer on whole texts (word_tokenize without its cut into sentences) and
                FreqDist; counts punctuation too
  polars        str.extract_all on \\w+ and value_counts, on all threads
  Python        collections.Counter of re.findall on \\w+

Every run is a process of its own, with its start and imports. Runs are interleaved, so that a change in
the load of the machine meets all; the files are read once before. With --size, NLTK gets only the first
texts up to that size; its times, less its start, and its words are scaled to the whole corpus and marked
*, its memory is not. Peak memory is never shown below that of this script, some 20 MB.

Prints a Markdown table of medians. The last two columns are the wall time over that of rhetor without
charts on one thread, and on all.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

WORD = r"\w+"
HEAD = """\
| tool | does | wall s (range) | CPU s | peak MB | MB/s | words | ÷ rhetor, 1 | ÷ rhetor, all |
|---|---|---:|---:|---:|---:|---:|---:|---:|"""


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
    "scikit-learn": scikit_learn,
    "NLTK": nltk,
    "polars": polars,
    "Python": python,
}


def measure(name: str, command: list[str]) -> tuple[float, float, float, int]:
    """Wall and CPU seconds, megabytes and words of one run."""
    with tempfile.TemporaryDirectory() as folder:
        command = [part.replace("{output}", f"{folder}/output") for part in command]
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            printed = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{name}: exit code {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    memory = usage.ru_maxrss * unit / 1e6
    return wall, usage.ru_utime + usage.ru_stime, memory, json.loads(printed)["words"]


@dataclass
class Task:
    """A command, and what its runs took."""

    name: str
    does: str
    command: list[str]
    share: float = 1.0
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    words: int = 0

    def run(self) -> None:
        wall, cpu, memory, words = measure(self.name, self.command)
        if self.share < 1:
            # Only what the texts took grows with them.
            start, start_cpu, *_ = measure(self.name, self.command[: self.command.index("--peer") + 2])
            wall = start + (wall - start) / self.share
            cpu = start_cpu + (cpu - start_cpu) / self.share
        self.words = round(words / self.share)
        self.wall.append(wall)
        self.cpu.append(cpu)
        self.memory.append(memory)

    def row(self, size: float, references: list[float]) -> str:
        wall = statistics.median(self.wall)
        mark = "*" if self.share < 1 else ""
        cells = [
            self.name,
            self.does,
            f"{wall:.2f}{mark} ({min(self.wall):.2f}–{max(self.wall):.2f})",
            f"{statistics.median(self.cpu):.2f}{mark}",
            f"{statistics.median(self.memory):,.0f}",
            f"{size / wall:,.1f}",
            f"{self.words:,}{mark}",
            *(f"{wall / reference:.2f}" for reference in references),
        ]
        return f"| {' | '.join(cells)} |"


def tasks(options: argparse.Namespace, paths: list[Path]) -> list[Task]:
    """rhetor on one thread and on all, without and with charts, and its peers."""
    found = []
    for threads in ("1", str(os.cpu_count())):
        for does, flag in (("whole analysis, tables", ["--no-charts"]), ("the same and charts", [])):
            command = [options.rhetor, "analyze", str(options.corpus), "-o", "{output}", "--json"]
            name = f"rhetor, threads: {threads}"
            found.append(Task(name, does, [*command, "--threads", threads, *flag]))
    sizes = [path.stat().st_size for path in paths]
    for name in PEERS:
        some = len(paths)
        if name == "NLTK" and options.size:
            some = max(1, sum(sum(sizes[: count + 1]) <= options.size * 1e6 for count in range(some)))
        version = platform.python_version() if name == "Python" else importlib.metadata.version(name)
        command = [sys.executable, __file__, "--peer", name, *map(str, paths[:some])]
        found.append(Task(f"{name} {version}", "words only", command, sum(sizes[:some]) / sum(sizes)))
    return found


def main() -> int:
    if sys.argv[1:2] == ["--peer"]:
        counts = PEERS[sys.argv[2]](list(map(Path, sys.argv[3:])))
        print(json.dumps({"words": sum(counts)}))
        return 0
    built = Path(__file__).parent.parent / "target" / "release" / "rhetor"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="folder of .txt files in UTF-8")
    parser.add_argument("--rhetor", metavar="PATH", default=str(built) if built.exists() else "rhetor")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of each [default: 5]")
    parser.add_argument("--size", type=float, metavar="MB", help="text for NLTK [default: all]")
    options = parser.parse_args()
    paths = sorted(options.corpus.rglob("*.txt"))
    if not paths or options.runs < 1:
        parser.error("CORPUS must hold .txt files, and N must be 1 or more")
    size = sum(len(path.read_bytes()) for path in paths) / 1e6
    everything = tasks(options, paths)
    load = os.getloadavg()[0]
    for _ in range(options.runs):
        for task in everything:
            task.run()
    version = subprocess.run([options.rhetor, "--version"], capture_output=True, text=True, check=True)
    print(f"{version.stdout.strip()}; {platform.system()} {platform.machine()}; ", end="")
    print(
        f"{os.cpu_count()} cores, load {load:.1f} at the start; {len(paths)} texts, {size:.1f} MB; median of {options.runs} runs\n"
    )
    print(HEAD)
    references = [statistics.median(task.wall) for task in (everything[0], everything[2])]
    for task in everything:
        print(task.row(size, references))
    if any(task.share < 1 for task in everything):
        print(f"\n\\* measured on the first {options.size:g} MB of the corpus and scaled to all of it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
