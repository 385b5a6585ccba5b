#!/usr/bin/env python3
"""The examples of docs/methods.md, run: every method has a section and an example, and gives what is printed there.

usage: methods_doc_test.py SOURCE_DIR BINARY [DOCUMENT ...]

A section is a heading "## " and what follows it; it is a method's when a line begins "`src/assess/methods/FILE.cpp`, method `ID`"
(or "methods `ID` and `ID`"). An example is a block

    ```example
    stocktake methods try open_sdg --series 2015:40,2022:33 --reach 20 --direction down --deadline 2030
    # => class moderate, verdict fair, score 0.00197
    ```

of any number of such pairs. `class none` and `score none` stand for no class and no score. Numbers are compared to the precision
that is printed. Without DOCUMENT, docs/methods.md is read.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys

source, binary = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
documents = [pathlib.Path(name) for name in sys.argv[3:]] or [source / "docs" / "methods.md"]
failures = 0


def fail(text):
    global failures
    failures += 1
    print(text)


def run(arguments):
    done = subprocess.run([binary, *arguments, "--format", "json"], capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip() or f"exit code {done.returncode}"


def same(expected, found):
    if found is None or found == "":
        return expected == "none"
    if isinstance(found, str):
        return expected == found
    if not re.fullmatch(r"-?\d+(\.\d+)?", expected):
        return False
    decimals = len(expected.partition(".")[2])
    return abs(float(expected) - found) <= 0.5 * 10**-decimals * (1 + 1e-9)


def check(place, command, expected):
    words = shlex.split(command)
    if words[:3] != ["stocktake", "methods", "try"] or len(words) < 4:
        fail(f"{place}: expected a command `stocktake methods try METHOD ...`, found: {command}")
        return None
    result = run(words[1:])
    if isinstance(result, str):
        fail(f"{place}: {command}\n  {result}")
        return words[3]
    for pair in expected.split(", "):
        name, _, value = pair.strip().partition(" ")
        if name not in result[0]:
            fail(f"{place}: there is no figure '{name}'")
        elif not same(value, result[0][name]):
            fail(f"{place}: {command}\n  {name}: the document says {value}, the program {result[0][name]}")
    return words[3]


sections, examples = {}, {}
for document in documents:
    title, block, command = "", False, None
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{document.name}:{number}"
        if block and line.startswith("```"):
            block = False
            if command:
                fail(f"{place}: a command without `# => ...`")
        elif block and line.startswith("# => "):
            if command is None:
                fail(f"{place}: `# =>` without a command")
            else:
                method = check(place, command, line[5:])
                examples.setdefault(method, []).append(title)
            command = None
        elif block and line.strip():
            if command:
                fail(f"{place}: a command without `# => ...`")
            command = line.strip()
        elif line.startswith("```example"):
            block, command = True, None
        elif line.startswith("## "):
            title = line[3:].strip()
        else:
            found = re.match(r"`(src/assess/methods/\w+\.cpp)`, methods? (`\w+`(?: and `\w+`)*)", line)
            if found and not (source / found[1]).is_file():
                fail(f"{place}: there is no {found[1]}")
            for method in re.findall(r"`(\w+)`", found[2]) if found else []:
                sections[method] = title
    if block:
        fail(f"{document.name}: a block of examples does not end")

methods = run(["methods"])
if isinstance(methods, str):
    sys.exit(f"stocktake methods: {methods}")
for method in methods:
    if method["method"] not in sections:
        fail(f"method {method['method']}: no section")
    if method["method"] not in examples:
        fail(f"method {method['method']}: no example")
print(f"{sum(map(len, examples.values()))} examples of {len(examples)} methods, {failures} failures")
sys.exit(1 if failures else 0)
