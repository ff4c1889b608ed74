# /// script
# requires-python = ">=3.11"
# dependencies = []
# ///
"""Does any text make rhetor slow? Time per megabyte of endless patterns beside that of prose.

Each pattern is repeated to the size asked for and read by `rhetor segments` on one thread, in two sizes.
Prints the seconds, the time per byte over that of prose of the same size, the growth from the smaller to
the larger text over the growth of its size (1 is linear, 4 quadratic), and the rows written: a pattern
that is a block, a sentence or a quotation every few bytes costs what its rows cost. Ends with exit code 1
if a pattern grows by more than --most-growth or fails.
"""

import argparse
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
PROSE = (
    "The freeholders met on the bank, and nobody could say how the cut would be paid for. “Not by us,” said "
    "Crake, who had walked from Thorle; “we dug the old one.” It was late in the year, the meadow stood under "
    "water, and Mr. Penn had not come. They waited for him until the light went.\n\n"
)


def repeated(pattern: str, size: int) -> bytes:
    data = (pattern * (size // len(pattern.encode()) + 1)).encode()[:size]
    return data.decode(errors="ignore").encode()


def measure(rhetor: str, data: bytes, limit: float) -> tuple[float, int]:
    """Seconds and rows; raises where rhetor fails or takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder, "corpus"), Path(folder, "out")
        corpus.mkdir()
        Path(corpus, "text.txt").write_bytes(data)
        command = [rhetor, "segments", str(corpus), "-o", str(out), "--threads", "1", "--quiet"]
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=limit)
        seconds = time.perf_counter() - start
        rows = sum(
            Path(out, f"{table}.csv").read_bytes().count(b"\n") - 1
            for table in ("blocks", "sentences", "segments")
        )
    return seconds, rows


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rhetor", default="target/release/rhetor", help="the program [%(default)s]")
    parser.add_argument("--size", type=float, default=8, help="megabytes of the larger text [%(default)s]")
    parser.add_argument("--limit", type=float, default=600, help="seconds for one run [%(default)s]")
    parser.add_argument("--most-growth", type=float, default=2, help="growth that is too much [%(default)s]")
    parser.add_argument("patterns", nargs="*", help=f"of {', '.join(PATTERNS)} [all]")
    arguments = parser.parse_args()
    if not Path(arguments.rhetor).exists():
        parser.error(f"{arguments.rhetor} does not exist; run cargo build --release, or give --rhetor")
    for name in set(arguments.patterns) - set(PATTERNS):
        parser.error(f"there is no pattern '{name}'")
    large = int(arguments.size * 1_000_000)
    small = large // 4
    prose, _ = measure(arguments.rhetor, repeated(PROSE, large), arguments.limit)
    print(f"Prose of {arguments.size:g} MB: {prose:.2f} s\n")
    print("| pattern | seconds | × prose | growth | rows |")
    print("|---|---:|---:|---:|---:|")
    failed = False
    for name in arguments.patterns or PATTERNS:
        pattern = PATTERNS[name] or PROSE.replace("\n\n", " ")
        try:
            before, _ = measure(arguments.rhetor, repeated(pattern, small), arguments.limit)
            seconds, rows = measure(arguments.rhetor, repeated(pattern, large), arguments.limit)
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
