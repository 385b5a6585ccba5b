#!/usr/bin/env python3
"""Writes reference/words/en.txt: English words that tell a gap inside a word from a gap between words.

Needs the Debian packages wbritish-small and wamerican-small (SCOWL; the licence is kept in the file's head). Words with an
apostrophe or a capital are left out: they are not needed. With --check it only compares."""
import argparse
import pathlib
import re
import sys

HEAD = """# English words of up to SCOWL level 35, British and American spelling: packages wbritish-small and wamerican-small 2020.12.07-2
# of Debian 12, made by tools/make_words.py. Copyright 2000-2011 by Kevin Atkinson: permission to use, copy, modify, distribute
# and sell these word lists, the associated scripts, the output created from the scripts, and its documentation for any purpose
# is hereby granted without fee, provided that the above copyright notice appears in all copies and that both that copyright
# notice and this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
# suitability of this array for any purpose. It is provided "as is" without express or implied warranty.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    words = set()
    for name in ("british-english-small", "american-english-small"):
        words.update(pathlib.Path("/usr/share/dict", name).read_text(encoding="utf-8").split())
    # One letter is a word only in "a" and "I"; the lists hold the whole alphabet.
    kept = sorted(word for word in words if re.fullmatch("[a-z]{2,}", word)) + ["a"]
    text = HEAD + "\n".join(sorted(kept)) + "\n"
    target = pathlib.Path(__file__).resolve().parent.parent / "reference/words/en.txt"
    if options.check:
        sys.exit(0 if target.read_text(encoding="utf-8") == text else f"{target} differs")
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
