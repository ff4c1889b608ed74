# /// script
# requires-python = ">=3.11"
# dependencies = []
# ///
"""Makes a corpus of any size from given texts, to see how cost grows with size.

The paragraphs of all texts are shuffled and written, and shuffled and written again, until the size is
reached: from one pass through the texts on, the vocabulary does not grow. Files are about as long as a
novel, or there is one file. The same texts, size and seed give the same bytes.

The target must be outside the repository, and absent or empty.
"""

import argparse
import random
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Characters of a paragraph that is none.
LONGEST = 10_000
UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9}


def size(text: str) -> int:
    """Bytes of a size as 100MB or 1.5GB."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) *([KMG]B)", text.strip().upper())
    if not found:
        raise argparse.ArgumentTypeError(f"'{text}' is no size; write it as 100MB or 1GB")
    return int(float(found[1]) * UNITS[found[2]])


def paragraphs(source: Path) -> list[bytes]:
    """The paragraphs of all .txt files, each with the blank line after it.

    Where no blank line parts them, as some editions have it, lines are taken for paragraphs.
    """
    found: list[str] = []
    for path in sorted(source.rglob("*.txt")):
        text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
        for paragraph in re.split(r"\n\s*\n", text):
            found += [paragraph.strip("\n")] if len(paragraph) < LONGEST else paragraph.split("\n")
    return [paragraph.encode() + b"\n\n" for paragraph in found if paragraph.strip()]


def shuffled(source: list[bytes], seed: int) -> Iterator[bytes]:
    """All paragraphs in one order after another, without end."""
    generator = random.Random(seed)
    order = source.copy()
    while True:
        generator.shuffle(order)
        yield from order


def fill(path: Path, stream: Iterator[bytes], least: int) -> int:
    """Writes paragraphs until there are at least so many bytes; gives how many there are."""
    written = 0
    with path.open("wb", buffering=1 << 20) as file:
        while written < least:
            written += file.write(next(stream))
    return written


def make(source: Path, target: Path, total: int, file_size: int, seed: int) -> tuple[int, int]:
    """Writes the corpus; gives the number of files and of bytes."""
    found = paragraphs(source)
    if not found:
        sys.exit(f"{source} holds no .txt file with text")
    stream = shuffled(found, seed)
    files = max(1, round(total / file_size))
    written = 0
    for number in range(1, files + 1):
        # What one file is too long, the others are short of.
        share = (total - written) // (files - number + 1)
        written += fill(target / f"{number:0{len(str(files))}}.txt", stream, share)
    return files, written


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="folder of .txt files in UTF-8")
    parser.add_argument("target", type=Path, help="folder for the corpus")
    parser.add_argument("--size", type=size, required=True, help="as 1MB, 100MB or 10GB")
    parser.add_argument("--file-size", type=size, default="1MB", help="size of a file [%(default)s]")
    parser.add_argument("--one-file", action="store_true", help="one file, whatever the size")
    parser.add_argument("--seed", type=int, default=1, help="another one gives another order [%(default)s]")
    options = parser.parse_args()
    target = options.target.resolve()
    if target.is_relative_to(ROOT):
        parser.error("the target must be outside the repository")
    if target.exists() and any(target.iterdir()):
        parser.error(f"{options.target} is not empty")
    target.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(target).free < options.size * 1.05:
        parser.error(f"there is too little room for {options.size:,} bytes")
    file_size = options.size if options.one_file else options.file_size
    files, written = make(options.source, target, options.size, file_size, options.seed)
    print(f"{files} files, {written:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
