# /// script
# requires-python = ">=3.11"
# dependencies = []
# ///
"""How does the cost of rhetor grow with the corpus? Time and memory on corpora of several sizes.

For each size, make_corpus.py makes a corpus of files as long as novels, and one of a single file, from the
texts given; rhetor runs on both, on one thread and on all, in turn; the corpora are deleted. `rhetor
analyze`, whose tables are several times as large as the texts, runs on files up to --analyze-up-to.

Prints a Markdown table, row by row: medians of wall and CPU seconds, megabytes of text a second, peak
memory, different words, and, beside the same job on the smallest size of at least --base, time per megabyte
and memory. Every run is a process of its own; its peak memory is never shown below that of this script,
some 15 MB. Corpora have just been written, so they are in the cache of the system as far as it has room.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_corpus import size

ROOT = Path(__file__).resolve().parent.parent
# What rhetor is asked for: arguments between its name and the corpus.
COUNT = ["count"]
ANALYZE = ["analyze"]
# Bytes of a file that make_corpus.py makes if it makes several.
NOVEL = 1_000_000
HEAD = """\
| MB | files | job | threads | wall s | CPU s | MB/s | peak MB | types | wall/MB, × base | CPU/MB, × base | peak, × base |
|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


def measure(command: list[str]) -> tuple[float, float, float, int]:
    """Wall and CPU seconds, megabytes of memory and different words of a run."""
    with tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=printed) as process:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
        printed.seek(0)
        types = json.loads(printed.read())["types"]
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    return wall, usage.ru_utime + usage.ru_stime, memory, types


def jobs(options: argparse.Namespace, total: int, one_file: bool) -> list[tuple[str, list[str], str]]:
    """Names, arguments and threads."""
    threads = dict.fromkeys(("1", str(os.cpu_count())))
    found = [(options.count, options.count.split(), number) for number in threads]
    if total <= options.analyze_up_to and (not one_file or total < 2 * NOVEL):
        found += [
            (" ".join(arguments), arguments, number)
            for arguments in (ANALYZE, [*ANALYZE, "--no-charts"])
            for number in threads
        ]
    return found


def rows(options: argparse.Namespace, total: int, one_file: bool, base: dict[tuple, tuple]) -> None:
    """Makes a corpus, measures every job on it, prints, and deletes it."""
    corpus, output = options.work / "corpus", options.work / "output"
    make = [sys.executable, str(ROOT / "scripts" / "make_corpus.py"), str(options.source), str(corpus)]
    make += ["--size", f"{total // 1000}KB", *(["--one-file"] if one_file else [])]
    try:
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        paths = sorted(corpus.iterdir())
        megabytes = sum(path.stat().st_size for path in paths) / 1e6
        found = jobs(options, total, one_file)
        runs: list[list[tuple[float, float, float, int]]] = [[] for _ in found]
        for _ in range(options.runs):
            for (_, arguments, threads), taken in zip(found, runs, strict=True):
                shutil.rmtree(output, ignore_errors=True)
                command = [options.rhetor, *arguments, str(corpus), "-o", str(output)]
                taken.append(measure([*command, "--threads", threads, "--json"]))
    finally:
        shutil.rmtree(corpus, ignore_errors=True)
        shutil.rmtree(output, ignore_errors=True)
    for (name, _, threads), taken in zip(found, runs, strict=True):
        wall, cpu, memory, types = map(statistics.median, zip(*taken, strict=True))
        subject = (name, threads, one_file)
        if total >= options.base:
            base.setdefault(subject, (wall / megabytes, cpu / megabytes, memory))
        growth = ["", "", ""]
        if subject in base:
            costs = (wall / megabytes, cpu / megabytes, memory)
            growth = [f"{now / then:.2f}" for now, then in zip(costs, base[subject], strict=True)]
        cells = [
            f"{megabytes:,.0f}",
            f"{len(paths):,}",
            name,
            threads,
            f"{wall:.3g}",
            f"{cpu:.3g}",
            f"{megabytes / wall:,.0f}",
            f"{memory:,.0f}",
            f"{types:,.0f}",
            *growth,
        ]
        print(f"| {' | '.join(cells)} |", flush=True)


def main() -> int:
    built = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "rhetor"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="folder of .txt files to make the corpora from")
    parser.add_argument("work", type=Path, help="folder for the corpora, outside the repository")
    parser.add_argument("--rhetor", metavar="PATH", default=str(built) if built.exists() else "rhetor")
    parser.add_argument("--sizes", default="1MB,10MB,100MB", help="as 1MB,1GB [%(default)s]")
    parser.add_argument("--base", type=size, default="100MB", help="size to compare with [%(default)s]")
    parser.add_argument(
        "--analyze-up-to", type=size, default="100MB", metavar="SIZE", help="[%(default)s]; 0MB: never"
    )
    parser.add_argument("--count", metavar="JOB", default=" ".join(COUNT), help="[%(default)s]")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each [%(default)s]")
    options = parser.parse_args()
    sizes = [size(text) for text in options.sizes.split(",")]
    if options.runs < 1:
        parser.error("N must be 1 or more")
    options.work.mkdir(parents=True, exist_ok=True)
    print(HEAD, flush=True)
    base: dict[tuple, tuple] = {}
    for total in sizes:
        # The smallest corpus of files as long as novels is one file.
        for one_file in (False, True) if total >= 2 * NOVEL else (True,):
            rows(options, total, one_file, base)
    return 0


if __name__ == "__main__":
    sys.exit(main())
