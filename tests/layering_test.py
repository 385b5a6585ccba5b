#!/usr/bin/env python3
"""The tree as it must be: layers, what may be included where, the size of files, no path of a machine.

usage: layering_test.py SOURCE_DIR [BINARY]
"""
import pathlib
import re
import sys

# A module includes only lower lines of this list; modules of one line do not know each other.
LINES = [
    {"base"},
    {"framework"},
    {"store"},
    {"ingest"},
    {"assess"},
    {"inclusion", "accelerate", "partnership", "agenda", "exchange"},
    {"report"},
    {"cli", "server"},
]
LINE_OF = {module: line for line, modules in enumerate(LINES) for module in modules}
NOT_ALLOWED = {("assess", "ingest")}  # judging does not read files

# What only some places may use: pattern, the places (prefixes of paths below src/), why.
ONLY_IN = [
    (r"#include\s*[<\"]duckdb\.(h|hpp)[>\"]", ["store/"], "only the store speaks to DuckDB"),
    (r"#include\s*[<\"]yaml-cpp/", ["framework/"], "only frameworks are YAML"),
    (r"#include\s*[<\"]CLI/", ["cli/", "server/"], "only the command line parses it"),
    (r"\bisatty\s*\(", ["cli/", "base/progress.cpp"], "results do not depend on the terminal"),
    (r"#include\s*[<\"]curl/", ["exchange/fetch/"], "only the connectors speak to the network"),
    (r"#include\s*[<\"]isa-l/", ["ingest/", "exchange/sdmx/output.cpp"], "only the import inflates, only the export deflates"),
    (r"\b[Ss][Ee][Ll][Ee][Cc][Tt]\b[^\"\n]*\b[Ff][Rr][Oo][Mm]\b[^\"\n]*\"", ["store/"], "only the store speaks SQL"),
    (r"\bCsvReader\b", ["ingest/"], "only the import reads tables"),
    (r"\bstd::(cout|cerr)\b", [], "messages go through the error vocabulary and the CLI"),
]

LONGEST = 420  # lines of a source file; 400 is the aim

# Written so that this file does not hold them itself.
FORBIDDEN_PATHS = re.compile("|".join(["/" + name for name in ("work/", "tmp/" + "bash_jobs", "root/", "home/[a-z]")]))
TEXTS = {".h", ".cpp", ".py", ".cmake", ".txt", ".md", ".yaml", ".yml", ".json", ".csv", ".sh", ".test", ".css", ".html", ".js", ""}
SKIPPED = {".git", ".deps", ".cache", ".venv", "__pycache__", "build", "out"}


def files_of(root):
    """The files of the tree without what is built or fetched."""
    for path in sorted(root.rglob("*")):
        if not SKIPPED.intersection(path.relative_to(root).parts) and path.is_file():
            yield path


def check_includes(source, failures):
    for path in sorted(source.rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        place = path.relative_to(source)
        module = place.parts[0]
        if module not in LINE_OF:
            failures.append(f"src/{place}: the module '{module}' has no line; add it to LINES in tests/layering_test.py")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = re.match(r'\s*#include\s*"([a-z_]+)/', line)
            if found and found[1] in LINE_OF and found[1] != module:
                if LINE_OF[found[1]] >= LINE_OF[module] or (module, found[1]) in NOT_ALLOWED:
                    failures.append(f"src/{place}:{number}: {module} may not include {found[1]}")
            for pattern, places, why in ONLY_IN:
                if re.search(pattern, line.split("//")[0]) and not any(str(place).startswith(prefix) for prefix in places):
                    failures.append(f"src/{place}:{number}: {why}: {line.strip()[:80]}")


def check_sizes(root, failures):
    for path in files_of(root):
        if path.suffix in (".h", ".cpp", ".py") and path.relative_to(root).parts[0] in ("src", "tests", "fuzz", "bench"):
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > LONGEST:
                failures.append(f"{path.relative_to(root)}: {lines} lines, at most {LONGEST}: one idea a file")


def check_paths(root, failures):
    for path in files_of(root):
        place = path.relative_to(root)
        if path.suffix not in TEXTS or "corpus" in place.parts:
            continue
        data = path.read_bytes()
        if b"\0" in data[:4096]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            found = FORBIDDEN_PATHS.search(line)
            # A path starts a word: the path of a web address is none.
            if found and not re.search(r"[\w.*})]$", line[: found.start()]):
                failures.append(f"{place}:{number}: a path of one machine: {line.strip()[:100]}")


def main():
    root = pathlib.Path(sys.argv[1])
    failures = []
    check_includes(root / "src", failures)
    check_sizes(root, failures)
    check_paths(root, failures)
    for failure in failures:
        print(failure)
    print(f"{len(failures)} faults")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
