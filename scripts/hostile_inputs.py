# /// script
# requires-python = ">=3.11"
# dependencies = []
# ///
"""Does any text make rhetor slow? Time per megabyte of endless patterns beside that of prose.

Each pattern is repeated to the size asked for and read by `rhetor segments`, or --job, on one thread, in two sizes.
Prints the seconds, the time per byte over that of prose of the same size, the growth from the smaller to
the larger text over the growth of its size (1 is linear, 4 quadratic), and the rows written: a pattern
that is a block, a sentence or a quotation every few bytes costs what its rows cost. Ends with exit code 1
if a pattern grows by more than --most-growth or fails.

With --short, the patterns that make others quadratic are read in 20 KB and in 80 KB. Prints the milliseconds
of CPU time of the whole process, net of those for a text of one letter: the least of --runs turns each. What
is left varies by some tenths of a millisecond, so where valgrind is installed the growth is told in
instructions too, which do not vary, and these decide. Four times the text may take 5.5 times as much, and
no more than 10 ms.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATTERNS = {
    "one line of prose": None,
    "straight quotes": '"',
    "opening quotes": "“",
    "closing quotes": "”",
    "single quotes": "'",
    "quoted letters": "“a” ",
    "unclosed quotations": "“a\n\n",
    "nested quotes": "“‘",
    "guillemets": "« ",
    "open brackets": "(",
    "square brackets": "[",
    "bracketed numbers": "a. [1] ",
    "full stops": ".",
    "full stops with spaces": ". ",
    "full stops in brackets": ".)",
    "words in brackets": "a.(",
    "ellipses": "… ",
    "abbreviations": "Mr. ",
    "initials": "A. ",
    "numbers with stops": "1.",
    "combining marks": "e" + "\u0301" * 999,
    "combining marks alone": "\u0301",
    "joiners": "\u200d",
    "one word": "a",
    "apostrophes": "a'",
    "spaces": " ",
    "tabs": "a\t",
    "line ends": "\n",
    "carriage returns": "a\r",
    "numbers on lines": "12\n",
    "names on lines": "A: b\n",
    "dashes on lines": "— a\n",
    "hyphens at line ends": "ab-\nb ",
    "Chinese": "中",
    "Chinese sentences": "中。",
    "Thai": "ก",
}
# A full stop and what may follow it without end, and what never ends.
SHORT = {
    "a full stop and brackets": (".", ")"),
    "a full stop and spaces": (".", " "),
    "a full stop and quotation marks": (".", "”"),
    "combining marks": ("a:", "\u0301"),
    "one endless word": ("", "a"),
    "joiners": ("", "\u200d"),
    "straight quotes": ("", '"'),
    "opening quotes": ("", "“"),
    "open brackets": ("", "("),
    "full stops with spaces": ("", ". "),
    "apostrophes": ("", "a'"),
    "regional indicators": ("", "\U0001f1e6"),
}
SIZES = (20_000, 80_000)
MOST_RATIO, MOST_MILLISECONDS = 5.5, 10
PROSE = (
    "The freeholders met on the bank, and nobody could say how the cut would be paid for. “Not by us,” said "
    "Crake, who had walked from Thorle; “we dug the old one.” It was late in the year, the meadow stood under "
    "water, and Mr. Penn had not come. They waited for him until the light went.\n\n"
)


def repeated(pattern: str, size: int) -> bytes:
    data = (pattern * (size // len(pattern.encode()) + 1)).encode()[:size]
    return data.decode(errors="ignore").encode()


def command(rhetor: str, job: str, folder: str, data: bytes) -> list[str]:
    """What runs rhetor on a text, in a folder that is there for it alone."""
    corpus = Path(folder, "corpus")
    corpus.mkdir()
    Path(corpus, "text.txt").write_bytes(data)
    out = str(Path(folder, "out"))
    return [rhetor, *job.split(), str(corpus), "-o", out, "--threads", "1", "--quiet"]


def measure(rhetor: str, job: str, data: bytes, limit: float) -> tuple[float, int]:
    """Seconds and rows; raises where rhetor fails or takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        run = command(rhetor, job, folder, data)
        start = time.perf_counter()
        subprocess.run(run, check=True, capture_output=True, timeout=limit)
        seconds = time.perf_counter() - start
        tables = (Path(folder, "out", f"{table}.csv") for table in ("blocks", "sentences", "segments"))
        rows = sum(table.read_bytes().count(b"\n") - 1 for table in tables if table.exists())
    return seconds, rows


def milliseconds(rhetor: str, job: str, data: bytes) -> float:
    """CPU time of a run."""
    with tempfile.TemporaryDirectory() as folder:
        run = command(rhetor, job, folder, data)
        with subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, run)
    return (usage.ru_utime + usage.ru_stime) * 1000


def instructions(rhetor: str, job: str, data: bytes) -> int:
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder, "counts")
        tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", "--quiet"]
        subprocess.run([*tool, *command(rhetor, job, folder, data)], check=True, capture_output=True)
        found = re.search(r"^(?:totals|summary): (\d+)", counts.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def short(rhetor: str, job: str, runs: int) -> bool:
    """Prints the table of short texts; tells whether one takes too long."""
    letter = b"a\n"
    exact = shutil.which("valgrind") is not None
    start = instructions(rhetor, job, letter) if exact else 0
    print(f"`rhetor {job}`, milliseconds of CPU time net of the start, the least of {runs} each\n")
    print("| pattern | 20 KB | 80 KB | growth | growth in instructions | |")
    print("|---|---:|---:|---:|---:|---|")
    failed = False
    for name, (head, pattern) in SHORT.items():
        texts = [letter, *(head.encode() + repeated(pattern, size - len(head)) for size in SIZES)]
        turns = [[milliseconds(rhetor, job, text) for text in texts] for _ in range(runs)]
        one, small, large = map(min, zip(*turns, strict=True))
        small, large = small - one, large - one
        # Below a tenth of a millisecond there is nothing but noise.
        growth = large / small if small >= 0.1 else None
        shown = [f"{time:.2f}" if time >= 0.1 else "< 0.1" for time in (small, large)]
        cells = [name, *shown, f"{growth:.1f}" if growth else ""]
        if exact:
            net = [instructions(rhetor, job, text) - start for text in texts[1:]]
            growth = net[1] / net[0]
        cells.append(f"{growth:.2f}" if exact else "")
        well = large <= MOST_MILLISECONDS and (growth is None or growth <= MOST_RATIO)
        failed |= not well
        print(f"| {' | '.join(cells)} | {'' if well else 'too much'} |", flush=True)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rhetor", default="target/release/rhetor", help="the program [%(default)s]")
    parser.add_argument("--job", default="segments", help="what rhetor does [%(default)s]")
    parser.add_argument("--short", action="store_true", help="20 KB and 80 KB of what makes others quadratic")
    parser.add_argument("--runs", type=int, default=11, help="turns of --short [%(default)s]")
    parser.add_argument("--size", type=float, default=8, help="megabytes of the larger text [%(default)s]")
    parser.add_argument("--limit", type=float, default=600, help="seconds for one run [%(default)s]")
    parser.add_argument("--most-growth", type=float, default=2, help="growth that is too much [%(default)s]")
    parser.add_argument("patterns", nargs="*", help=f"of {', '.join(PATTERNS)} [all]")
    arguments = parser.parse_args()
    if not Path(arguments.rhetor).exists():
        parser.error(f"{arguments.rhetor} does not exist; run cargo build --release, or give --rhetor")
    for name in set(arguments.patterns) - set(PATTERNS):
        parser.error(f"there is no pattern '{name}'")
    if arguments.short:
        return int(short(arguments.rhetor, arguments.job, arguments.runs))
    large = int(arguments.size * 1_000_000)
    small = large // 4
    prose, _ = measure(arguments.rhetor, arguments.job, repeated(PROSE, large), arguments.limit)
    print(f"Prose of {arguments.size:g} MB: {prose:.2f} s\n")
    print("| pattern | seconds | × prose | growth | rows |")
    print("|---|---:|---:|---:|---:|")
    failed = False
    for name in arguments.patterns or PATTERNS:
        pattern = PATTERNS[name] or PROSE.replace("\n\n", " ")
        try:
            before, _ = measure(arguments.rhetor, arguments.job, repeated(pattern, small), arguments.limit)
            seconds, rows = measure(
                arguments.rhetor, arguments.job, repeated(pattern, large), arguments.limit
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            print(f"| {name} | {error} |||", flush=True)
            failed = True
            continue
        growth = seconds / before / 4
        failed |= growth > arguments.most_growth
        print(f"| {name} | {seconds:.2f} | {seconds / prose:.2f} | {growth:.2f} | {rows:,} |", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
