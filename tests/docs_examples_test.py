#!/usr/bin/env python3
"""The examples of the documents other than docs/methods.md (methods_doc_test.py), run: what they print is what stands there.

usage: docs_examples_test.py SOURCE_DIR BINARY [DOCUMENT ...]

An example is a block of commands for the shell, run one after the other in an empty folder:

    ```example
    printf 'donor,...' > dac1.csv; stocktake init; stocktake import dac1.csv
    stocktake oda gap --year 2013 --donor DAC
    # => promised_million 314600, kept no
    ```

A line `# =>` runs the command before it with `--format json` and compares the first of its rows: pairs of a field and its value, numbers
to the precision that is printed. A command without such a line must succeed.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

source, binary = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
documents = [pathlib.Path(name) for name in sys.argv[3:]]
documents = documents or sorted(path for path in (source / "docs").glob("*.md") if path.name != "methods.md")
failures, compared = [], 0


def same(expected, found):
    if isinstance(found, (int, float)) and not isinstance(found, bool) and re.fullmatch(r"-?\d+(\.\d+)?", expected):
        decimals = len(expected.partition(".")[2])
        return abs(float(expected) - found) <= 0.5 * 10**-decimals * (1 + 1e-9)
    return expected == ("none" if found in (None, "") else str(found))


def run(command, folder):
    environment = {"PATH": f"{folder}/bin:{os.environ.get('PATH', '/usr/bin:/bin')}", "HOME": str(folder), "LANG": "C.UTF-8",
                   "SOURCE_DATE_EPOCH": "1795478400"}
    environment.update({name: os.environ[name] for name in ("STOCKTAKE_HOME", "STOCKTAKE_DUCKDB", "ASAN_OPTIONS", "UBSAN_OPTIONS",
                                                            "TSAN_OPTIONS") if name in os.environ})
    return subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder / "work", env=environment, capture_output=True,
                          text=True, timeout=300)


def check(place, commands, folder):
    global compared
    (folder / "bin").mkdir()
    (folder / "bin/stocktake").symlink_to(binary)
    (folder / "work").mkdir()
    for command, expected in commands:
        done = run(command + (" --format json" if expected else ""), folder)
        if done.returncode != 0:
            failures.append(f"{place}: {command}\n  exit code {done.returncode}: {done.stderr.strip()}")
            return
        if not expected:
            continue
        row = json.loads(done.stdout)[0]
        for pair in expected.split(", "):
            name, _, value = pair.strip().partition(" ")
            compared += 1
            if name not in row or not same(value, row[name]):
                failures.append(f"{place}: {command}\n  {name}: the document says {value}, the program {row.get(name, 'no such field')}")


for document in documents:
    block, start = None, 0
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{document.name}:{number}"
        if block is None:
            if line.startswith("```example"):
                block, start = [], number
        elif line.startswith("```"):
            with tempfile.TemporaryDirectory(prefix="stocktake-docs-") as folder:
                check(f"{document.name}:{start}", block, pathlib.Path(folder))
            block = None
        elif line.startswith("# => "):
            if not block or block[-1][1]:
                failures.append(f"{place}: `# =>` without a command")
            else:
                block[-1] = (block[-1][0], line[5:])
        elif line.startswith("#"):
            failures.append(f"{place}: a comment that nothing compares; write `# => field value`")
        elif line.strip():
            block.append((line.strip(), ""))
    if block is not None:
        failures.append(f"{document.name}:{start}: a block of examples does not end")

if not sys.argv[3:] and compared == 0:
    failures.append("no example was found: the test tests nothing")
print("\n".join(failures))
print(f"{compared} figures of examples, {len(failures)} failures")
sys.exit(1 if failures else 0)
