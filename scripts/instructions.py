# /// script
# requires-python = ">=3.11"
# dependencies = []
# ///
"""How many instructions does rhetor take for a byte? A figure that no load of the machine changes.

Runs the whole program under callgrind on a fixed sample of each kind of text, and on a text of one letter,
whose instructions are subtracted: what is left is what the text took. The same for the plain way
(unicode_sentences, unicode_words, HashMap<String, u64>), which benches/ratios.rs does, and for the same job
by rhetor's functions, without the hashing, the guessing of languages and the tables of the program.
Threads: one.

The samples are the first megabyte of the inputs of the benches (benches/common/inputs.rs); where the
corpora are absent, there are only those that seeds/ gives. A SHA-256 tells whether two figures are of the
same sample. Needs valgrind. Builds with line numbers into a target folder of its own; with --keep,
`callgrind_annotate FOLDER/*.callgrind` shows where the instructions go.

Prints a Markdown table with the figures recorded last beside the new ones, and writes the new ones to
benches/instructions.csv in the place of earlier ones of the same commit. A commit that is followed by +
had changes that were not committed. Ends with exit code 1 if a figure rose by more than --most-rise.
"""

import argparse
import csv
import datetime
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "benches" / "instructions.csv"
COLUMNS = ["date", "commit", "job", "sample", "bytes", "sha256", "instructions", "start", "per_byte"]
# The job whose instructions are counted: arguments of rhetor between its name and the corpus.
JOB = "count"
PLAIN = "plain"
SAME = "same as plain, by rhetor"


def output(*command: str | Path, **environment: str) -> str:
    """What a command in the root of the repository prints."""
    run = subprocess.run(
        command, check=False, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True
    )
    if run.returncode != 0:
        sys.exit(f"{shlex.join(map(str, command))}: exit code {run.returncode}")
    return run.stdout


def build(target: Path) -> tuple[Path, Path]:
    """The program and the bench that does the plain work."""
    environment = {"CARGO_TARGET_DIR": str(target), "CARGO_PROFILE_RELEASE_DEBUG": "line-tables-only"}
    flags = ["--message-format=json-render-diagnostics"]
    built = output("cargo", "build", "--release", "--bin", "rhetor", *flags, **environment)
    built += output("cargo", "bench", "--no-run", "--bench", "ratios", *flags, **environment)
    artifacts = (json.loads(line) for line in built.splitlines())
    found = {
        artifact["target"]["name"]: Path(artifact["executable"])
        for artifact in artifacts
        if artifact.get("executable")
    }
    return found["rhetor"], found["ratios"]


def instructions(command: list[str | Path], profile: Path) -> int:
    tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", "--quiet"]
    run = subprocess.run([*tool, *command], check=False, capture_output=True, text=True, cwd=ROOT)
    if run.returncode != 0:
        sys.exit(f"{shlex.join(map(str, command))}: exit code {run.returncode}\n{run.stderr}")
    found = re.search(r"^(?:totals|summary): (\d+)", profile.read_text(), re.MULTILINE)
    if not found:
        sys.exit(f"{profile} tells no sum")
    return int(found[1])


def version() -> str:
    commit = output("git", "rev-parse", "--short=12", "HEAD").strip()
    changed = output("git", "status", "--porcelain", "--", "src", "build.rs", "Cargo.toml", "Cargo.lock")
    return commit + ("+" if changed else "")


def recorded() -> list[dict[str, str]]:
    if not RECORD.exists():
        return []
    with RECORD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(rows: list[dict[str, str]]) -> None:
    with RECORD.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def measure(options: argparse.Namespace, work: Path) -> list[dict[str, str]]:
    rhetor, ratios = build(options.target)
    keep = options.keep or work
    keep.mkdir(parents=True, exist_ok=True)
    output(ratios, "--samples", work / "samples")
    letter = work / "letter.txt"
    letter.write_text("a\n")
    place = iter(range(1000))

    def rhetor_on(text: Path) -> list[str | Path]:
        out = work / f"output{next(place)}"
        return [rhetor, *shlex.split(options.job), text, "-o", out, "--threads", "1", "--quiet"]

    jobs = {
        f"rhetor {options.job}": rhetor_on,
        PLAIN: lambda text: [ratios, "--plain", "1", text],
        SAME: lambda text: [ratios, "--same", text],
    }
    samples = sorted((work / "samples").iterdir())
    head = {"date": datetime.date.today().isoformat(), "commit": version()}
    rows = []
    for job, command in jobs.items():
        start = instructions(command(letter), keep / f"{job.split()[0]}-start.callgrind")
        for sample in samples:
            data = sample.read_bytes()
            whole = instructions(command(sample), keep / f"{job.split()[0]}-{sample.stem}.callgrind")
            figures = {
                "job": job,
                "sample": sample.stem,
                "bytes": str(len(data)),
                "sha256": hashlib.sha256(data).hexdigest(),
                "instructions": str(whole),
                "start": str(start),
                "per_byte": f"{(whole - start) / len(data):.1f}",
            }
            rows.append(head | figures)
    return rows


def table(rows: list[dict[str, str]], last: dict[tuple[str, ...], float]) -> tuple[str, float]:
    """The new figures beside the last ones, and the greatest rise in per cent."""
    lines = ["| job | sample | bytes | instructions per byte | last |", "|---|---|---:|---:|---:|"]
    rise = 0.0
    for row in rows:
        before = last.get(subject(row))
        if before:
            rise = max(rise, (float(row["per_byte"]) / before - 1) * 100)
        cells = [row["job"], row["sample"], f"{int(row['bytes']):,}", row["per_byte"], str(before or "")]
        lines.append(f"| {' | '.join(cells)} |")
    starts = {row["job"]: f"{row['job']} {int(row['start']):,}" for row in rows}
    lines.append(f"\nInstructions of a start, subtracted: {', '.join(starts.values())}")
    return "\n".join(lines), rise


def subject(row: dict[str, str]) -> tuple[str, ...]:
    """What a figure is of: figures of another sample are not to be compared."""
    return row["job"], row["sample"], row["sha256"]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--job", default=JOB, metavar="ARGUMENTS", help="what rhetor does [%(default)s]")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the profiles of callgrind there")
    parser.add_argument("--most-rise", type=float, metavar="PERCENT", help="rise that is too much [any]")
    parser.add_argument("--no-record", action="store_true", help="print only")
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "instructions"
    parser.add_argument("--target", type=Path, default=target, help="target folder for cargo")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        rows = measure(options, Path(work))
    old = recorded()
    text, rise = table(rows, {subject(row): float(row["per_byte"]) for row in old})
    print(text)
    if not options.no_record:
        new = {(row["commit"], *subject(row)) for row in rows}
        write([row for row in old if (row["commit"], *subject(row)) not in new] + rows)
    return int(options.most_rise is not None and rise > options.most_rise)


if __name__ == "__main__":
    sys.exit(main())
