# /// script
# requires-python = ">=3.11"
# dependencies = ["lexicalrichness==0.5.1", "textdescriptives==2.8.4"]
# ///
"""How fast are rhetor's statistics of a novel beside lexicalrichness and textdescriptives?

    python scripts/compare_measures.py NOVEL.txt [--rhetor target/release/rhetor]

Three jobs of rhetor, each a whole run of the program that reads the file and writes its tables, on one thread:

- what lexicalrichness does too: MTLD, MATTR, HD-D and vocd-D;
- every measure, of all words, the author's own and the quoted ones, with their intervals;
- the same, and collocations within five words by every association measure, and n-grams of four words.

lexicalrichness computes the four measures; textdescriptives its descriptive statistics, readability and information
theory after spaCy's tokenizer and sentence rule, without a tagger. Loading Python and the packages does not count.
CPU time; the programs take turns, the least time of each counts. Prints a Markdown table.
"""

import argparse
import resource
import subprocess
import tempfile
import time
import warnings

import spacy
import textdescriptives  # noqa: F401  (adds its components to spaCy)
from lexicalrichness import LexicalRichness

SHARED = "mtld:le:nomin,mattr:100,hdd:42,vocd_d:exact"
JOBS = {
    "four measures": [["measures", "--measure", SHARED]],
    "all measures": [["measures"]],
    "all measures, collocations, 4-grams": [["measures"], ["collocations", "--all"], ["ngrams", "-n", "4"]],
}
PARTS = ("descriptive_stats", "readability", "information_theory")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("novel")
    parser.add_argument("--rhetor", default="target/release/rhetor")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each [default: 5]")
    arguments = parser.parse_args()
    with open(arguments.novel, encoding="utf-8") as source:
        text = source.read()
    pipeline = spacy.blank("en")
    pipeline.max_length = len(text) + 1
    pipeline.add_pipe("sentencizer")
    for part in PARTS:
        pipeline.add_pipe(f"textdescriptives/{part}")

    def rhetor(commands: list[list[str]]) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        for command in commands:
            with tempfile.TemporaryDirectory() as folder:
                options = [arguments.novel, "-o", f"{folder}/out", "--threads", "1", "--quiet"]
                subprocess.run([arguments.rhetor, command[0], *options, *command[1:]], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def lexicalrichness() -> float:
        start = time.process_time()
        words = LexicalRichness(text)
        words.mtld(threshold=0.72)
        words.mattr(window_size=100)
        words.hdd(draws=42)
        words.vocd()
        return time.process_time() - start

    def descriptives() -> float:
        start = time.process_time()
        document = pipeline(text)
        for part in PARTS:
            getattr(document._, part)
        return time.process_time() - start

    warnings.simplefilter("ignore")
    ours = dict.fromkeys(JOBS, float("inf"))
    theirs = {"lexicalrichness": float("inf"), "textdescriptives": float("inf")}
    for turn in range(arguments.rounds):
        for name, commands in JOBS.items():
            ours[name] = min(ours[name], rhetor(commands))
        theirs["lexicalrichness"] = min(theirs["lexicalrichness"], lexicalrichness())
        if turn < 2:
            theirs["textdescriptives"] = min(theirs["textdescriptives"], descriptives())
    print(
        f"| rhetor's job | s | {' | '.join(f'times as long: {name} ({seconds:.2f} s)' for name, seconds in theirs.items())} |"
    )
    print("|---|---|---|---|")
    for name, seconds in ours.items():
        print(
            f"| {name} | {seconds:.3f} | {' | '.join(f'{other / seconds:.1f}' for other in theirs.values())} |"
        )


if __name__ == "__main__":
    main()
