# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "scipy==1.17.1", "fastcluster==1.3.0"]
# ///
"""How fast are rhetor's distances and clusterings beside numpy, scipy and fastcluster?

All get the same numbers, from one formula (SplitMix64), and one thread: 1,000 texts by 5,000 features for distances,
the distances of 5,000 texts for clustering. rhetor's times are those of `cargo bench --bench stylometry -- --once`,
which include scaling the features (Burrows), dividing texts by their lengths (cosine) and making a table of names;
the others get values that are scaled already. Every job is CPU time of one thread. The programs take turns; the
least time of each counts, as load of the machine only adds.

Prints a Markdown table: seconds, and how many times rhetor's time the other takes (above 1, rhetor is faster).
"""

import argparse
import json
import os
import subprocess
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import fastcluster
import numpy as np
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist

TEXTS, FEATURES, CLUSTERED = 1_000, 5_000, 5_000


def values(count: int) -> np.ndarray:
    """The first numbers of the sequence, from 0 to 1."""
    with np.errstate(over="ignore"):
        x = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((x ^ (x >> np.uint64(31))) >> np.uint64(11)) / 2.0**53


def bench() -> str:
    """Builds the bench and gives its path."""
    command = ["cargo", "bench", "--bench", "stylometry", "--no-run", "--message-format", "json"]
    built = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    for line in built.stdout.splitlines():
        message = json.loads(line)
        if message.get("executable") and message["target"]["name"] == "stylometry":
            return message["executable"]
    sys.exit("cargo built no bench")


def rhetor(program: str) -> dict[str, float]:
    """One turn of each of rhetor's jobs."""
    output = subprocess.run([program, "--once"], stdout=subprocess.PIPE, check=True, text=True)
    return {
        name: float(seconds) for name, seconds in (line.split("\t") for line in output.stdout.splitlines())
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="turns of each [default: 5]")
    parser.add_argument("--program", help="the bench, if it is built already")
    arguments = parser.parse_args()
    program = arguments.program or bench()
    table = values(TEXTS * FEATURES).reshape(TEXTS, FEATURES)
    scaled = (table - table.mean(axis=0)) / table.std(axis=0, ddof=1)
    unit = table / np.linalg.norm(table, axis=1)[:, None]
    condensed = values(CLUSTERED * (CLUSTERED - 1) // 2)
    jobs = [
        ("distances, Manhattan", "scipy pdist cityblock", lambda: pdist(table, "cityblock")),
        ("distances, Burrows", "scipy pdist cityblock", lambda: pdist(scaled, "cityblock")),
        ("distances, cosine", "numpy Z @ Z.T", lambda: unit @ unit.T),
        ("distances, cosine", "scipy pdist cosine", lambda: pdist(table, "cosine")),
        ("distances, Cosine Delta", "numpy Z @ Z.T", lambda: scaled @ scaled.T),
        ("linkage, ward", "fastcluster", lambda: fastcluster.linkage(condensed, "ward", preserve_input=True)),
        ("linkage, ward", "scipy", lambda: hierarchy.linkage(condensed, "ward")),
        (
            "linkage, average",
            "fastcluster",
            lambda: fastcluster.linkage(condensed, "average", preserve_input=True),
        ),
        ("linkage, average", "scipy", lambda: hierarchy.linkage(condensed, "average")),
    ]
    ours: dict[str, float] = {}
    theirs = [float("inf")] * len(jobs)
    for _ in range(arguments.rounds):
        for name, seconds in rhetor(program).items():
            ours[name] = min(seconds, ours.get(name, seconds))
        for place, (_, _, run) in enumerate(jobs):
            start = time.thread_time()
            run()
            theirs[place] = min(theirs[place], time.thread_time() - start)
    print("| job | rhetor s | beside | s | times rhetor's |")
    print("|---|---|---|---|---|")
    for (name, other, _), seconds in zip(jobs, theirs, strict=True):
        print(f"| {name} | {ours[name]:.3f} | {other} | {seconds:.3f} | {seconds / ours[name]:.2f} |")
    named = {name for name, _, _ in jobs}
    for name, seconds in ours.items():
        if name not in named:
            print(f"| {name} | {seconds:.3f} | | | |")


if __name__ == "__main__":
    main()
