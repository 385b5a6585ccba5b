#!/usr/bin/env python3
"""Runs the cases in tests/cases: commands with the output they must give. tests/cases/README.md tells how to write one.

usage: cases_test.py SOURCE_DIR BINARY [CASE ...]
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


class Step:
    """One `$ command` with what is expected of it."""

    def __init__(self, line, command):
        self.line, self.command = line, command
        self.code, self.errors, self.output, self.needs = 0, [], [], None


def read_case(path):
    steps = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("$ "):
            steps.append(Step(number, line[2:]))
        elif not steps:
            if line and not line.startswith("#"):
                raise SystemExit(f"{path}:{number}: expected '# comment' or '$ command' first")
        elif line.startswith("! "):
            steps[-1].code = int(line[2:])
        elif line.startswith("2> "):
            steps[-1].errors.append(line[3:])
        elif line.startswith("? "):
            steps[-1].needs = line[2:]
        elif not line.startswith("# "):
            steps[-1].output.append(line)
    for step in steps:  # blank lines between steps are for the reader
        while step.output and step.output[-1] == "":
            step.output.pop()
    return steps


def matches(expected, found):
    """Line by line; `...` alone stands for any lines, within a line for any text."""
    if not expected:
        return not found
    if expected[0] == "...":
        return any(matches(expected[1:], found[skip:]) for skip in range(len(found) + 1))
    if not found:
        return False
    pattern = ".*".join(re.escape(part) for part in expected[0].split("..."))
    return re.fullmatch(pattern, found[0]) is not None and matches(expected[1:], found[1:])


def run_case(path, binary, folder):
    environment = {
        "PATH": f"{folder}/bin:{os.environ.get('PATH', '/usr/bin:/bin')}",
        "HOME": str(folder), "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795478400",  # 2026-11-24
    }
    for name in ("STOCKTAKE_HOME", "STOCKTAKE_DUCKDB", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    (folder / "bin").mkdir()
    (folder / "bin/stocktake").symlink_to(binary)
    work = folder / "work"
    work.mkdir()
    count = 0
    for step in read_case(path):
        if step.needs and not shutil.which(step.needs):
            print(f"{path.name}:{step.line}: skipped, there is no {step.needs}")
            continue
        count += 1
        done = subprocess.run(["bash", "-o", "pipefail", "-c", step.command], cwd=work, env=environment, capture_output=True, timeout=300)
        output = done.stdout.decode("utf-8", "replace").rstrip("\n").split("\n") if done.stdout else []
        output = [line.rstrip() for line in output]
        errors = done.stderr.decode("utf-8", "replace")
        faults = []
        if done.returncode != step.code:
            faults.append(f"exit code {done.returncode}, expected {step.code}")
        if not matches(step.output, output):
            faults.append("the output differs; expected:\n    " + "\n    ".join(step.output) + "\n  found:\n    " + "\n    ".join(output[:60]))
        faults += [f"expected on stderr: {text}" for text in step.errors if text not in errors]
        if errors and not step.errors:
            faults.append("nothing was expected on stderr")
        if faults:
            yield f"{path}:{step.line}: $ {step.command}\n  " + "\n  ".join(faults) + (f"\n  stderr: {errors.strip()}" if errors else "")
            return  # what follows builds on this step
    if count == 0:
        print(f"{path.name}: nothing was run")


def main():
    root, binary = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    chosen = [pathlib.Path(name) for name in sys.argv[3:]] or sorted((root / "tests/cases").rglob("*.test"))
    failures = []
    for path in chosen:
        with tempfile.TemporaryDirectory(prefix="stocktake-case-") as folder:
            failures += run_case(path, binary, pathlib.Path(folder))
    for failure in failures:
        print(failure)
    print(f"{len(chosen)} cases, {len(failures)} failed")
    return 1 if failures or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
