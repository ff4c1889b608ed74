"""Time `rhetor measures` beside lexicalrichness on the same text.

    python scripts/compare_measures.py NOVEL.txt [--rhetor target/release/rhetor]

Needs `pip install lexicalrichness`. The peer computes MTLD, MATTR, HD-D and vocd-D alone, rhetor all measures of all
voices with their intervals; both on one core, the best of three runs.
"""

import argparse
import subprocess
import tempfile
import time

from lexicalrichness import LexicalRichness


def best(job) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("novel")
    parser.add_argument("--rhetor", default="target/release/rhetor")
    arguments = parser.parse_args()
    with open(arguments.novel, encoding="utf-8") as source:
        text = source.read()

    def peer() -> None:
        lex = LexicalRichness(text)
        lex.mtld(threshold=0.72)
        lex.mattr(window_size=100)
        lex.hdd(draws=42)
        lex.vocd()

    def ours() -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = [arguments.rhetor, "measures", arguments.novel, "-o", f"{folder}/out", "--threads", "1", "--quiet"]
            subprocess.run(command, check=True)

    ours_time, peer_time = best(ours), best(peer)
    print(f"rhetor {ours_time:.3f} s, lexicalrichness {peer_time:.3f} s, {peer_time / ours_time:.1f} times")


if __name__ == "__main__":
    main()
