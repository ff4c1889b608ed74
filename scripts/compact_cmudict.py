"""Write the syllables of the CMU Pronouncing Dictionary as a compact list.

    python scripts/compact_cmudict.py cmudict.dict > src/measures/syllables/cmudict.txt

Each line is a word in order of its bytes: how many letters it shares with the word before, as a digit of base
36, the other letters, and its number of syllables, the vowels of its first pronunciation. Entries with other
characters than letters and apostrophes are left out.
"""

import re
import sys

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    words: dict[str, int] = {}
    with open(sys.argv[1], encoding="utf-8") as source:
        for line in source:
            word, *sounds = line.split("#")[0].split() or [""]
            vowels = sum(sound[-1].isdigit() for sound in sounds)
            if re.fullmatch(r"[a-z']+", word) and 0 < vowels < 10:
                words.setdefault(word, vowels)
    before = ""
    for word in sorted(words):
        shared = 0
        while shared < min(len(word), len(before), 35) and word[shared] == before[shared]:
            shared += 1
        print(f"{DIGITS[shared]}{word[shared:]}{words[word]}")
        before = word


if __name__ == "__main__":
    main()
