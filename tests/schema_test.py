#!/usr/bin/env python3
"""Validates frameworks/*.yaml and frameworks/bindings/*.yaml against the JSON Schemas in docs/.

usage: schema_test.py SOURCE_DIR [BINARY]
The units that they name are looked up in reference/units.csv, which a schema cannot do. A few broken files must be refused,
so that a schema that accepts everything does not pass.
"""
import copy
import csv
import json
import pathlib
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML as the program reads it: a date is a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_schema(path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def faults(validator, document):
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(document)]


def units_of(document):
    """The units that a framework or binding file names, with the codes beside them."""
    for goal in document.get("goals") or []:
        for indicator in goal.get("indicators") or []:
            yield indicator.get("code"), indicator.get("unit")
    for series in document.get("series") or []:
        yield series.get("series"), series.get("unit")


SIX = {language: "x" for language in ("ar", "zh", "en", "fr", "ru", "es")}
FRAMEWORK = {
    "framework": "x", "version": "1", "title": {"en": "x"}, "baseline": 1990, "deadline": "2015-12-31",
    "goals": [{
        "code": "1", "title": SIX,
        "targets": [{"code": "1.A", "title": SIX, "indicators": ["1.1"],
                     "rules": [{"indicator": "1.1", "type": "reduce_by", "fraction": "1/2", "citation": "x"}]}],
        "indicators": [{"code": "1.1", "name": {"en": "x", "zh": "x"}, "unit": "PERCENT", "direction": "down"}],
    }],
}
LAYER = {"framework": "x-a", "extends": "x", "version": "1", "title": {"en": "x"}, "remove": {"targets": ["1.A"]}}
BINDING = {"binding": "x", "series": [{"series": "A", "unit": "PERCENT", "mdg": "1.1"}]}


def changed(document, path, value):
    """A copy with one value set, or removed when the value is None."""
    document = copy.deepcopy(document)
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


TARGET = ("goals", 0, "targets", 0)
RULE = TARGET + ("rules", 0)
INDICATOR = ("goals", 0, "indicators", 0)
BROKEN_FRAMEWORKS = [
    changed(FRAMEWORK, ("goals", 0, "code"), 1),
    changed(FRAMEWORK, ("sourse",), "x"),
    changed(FRAMEWORK, ("baseline",), None),
    changed(FRAMEWORK, ("remove",), {"targets": []}),
    changed(FRAMEWORK, ("goals", 0, "title"), {"en": "x"}),
    changed(FRAMEWORK, TARGET + ("title",), {"en": "x"}),
    changed(FRAMEWORK, TARGET + ("indicators",), [1.1]),
    changed(FRAMEWORK, TARGET + ("rules",), []),
    changed(FRAMEWORK, RULE + ("citation",), None),
    changed(FRAMEWORK, RULE + ("indicator",), None),
    changed(FRAMEWORK, RULE + ("type",), "reduce"),
    changed(FRAMEWORK, RULE + ("value",), 5),
    changed(FRAMEWORK, RULE + ("fraction",), 2),
    changed(FRAMEWORK, RULE, {"indicator": "1.1", "type": "none_quantified"}),
    changed(FRAMEWORK, RULE, {"indicator": "1.1", "type": "none_quantified", "reason": "x", "proxy": {"type": "reach"}}),
    changed(FRAMEWORK, INDICATOR + ("name",), {"en": "x"}),
    changed(FRAMEWORK, INDICATOR + ("direction",), None),
    changed(FRAMEWORK, INDICATOR + ("aggregate",), "weighted_mean"),
    changed(FRAMEWORK, INDICATOR + ("scale",), "logit"),
    changed(FRAMEWORK, INDICATOR + ("colour",), "red"),
    changed(LAYER, ("overrides",), {"targets": {"1.A": {"code": "1.B"}}}),
    changed(FRAMEWORK, INDICATOR + ("sdsn",), {"worst": 50, "best": 0, "red": 20}),
    changed(FRAMEWORK, INDICATOR + ("sdsn",), {"worst": "50", "best": 0, "red": 20, "green": 5}),
    changed(FRAMEWORK, ("sdsn",), {"region": ["LAC"]}),
    changed(FRAMEWORK, ("sdsn",), {"not_applicable": {"14": []}}),
]
SOUND_FRAMEWORKS = [
    FRAMEWORK,
    LAYER,
    changed(FRAMEWORK, RULE, {"type": "none_quantified", "reason": "x"}),
    changed(FRAMEWORK, RULE, {"indicator": "1.1", "type": "none_quantified", "citation": "x", "proxy": {"type": "reach", "value": 9, "reason": "x"}}),
    changed(FRAMEWORK, INDICATOR, {"code": "1.1", "same_as": "1.2"}),
    changed(FRAMEWORK, INDICATOR + ("sdsn",), {"worst": 50, "best": 0, "red": 20, "green": 5}),
    changed(FRAMEWORK, ("sdsn",), {"regions": ["LAC"], "not_applicable": {"14": ["LLDC", "AUT"]}}),
    changed(LAYER, ("overrides",), {"indicators": {"1.1": {"sdsn": {"worst": 60, "best": 0, "red": 20, "green": 5}}}}),
    changed(LAYER, ("overrides",), {"targets": {"1.A": {"deadline": 2028}}, "indicators": {"1.1": {"name": {"fr": "x"}}}}),
]
SERIES = ("series", 0)
BROKEN_BINDINGS = [
    changed(BINDING, ("series",), None),
    changed(BINDING, SERIES + ("mdg",), 1.1),
    changed(BINDING, SERIES + ("mdg",), None),
    changed(BINDING, SERIES + ("match",), "near"),
    changed(BINDING, SERIES + ("multiply",), 0),
    changed(BINDING, ("priority",), -1),
]


def main():
    root = pathlib.Path(sys.argv[1])
    framework, binding = read_schema(root / "docs/framework.schema.json"), read_schema(root / "docs/binding.schema.json")
    failures = []
    for validator, documents in ((framework, SOUND_FRAMEWORKS), (binding, [BINDING])):
        failures += [f"a sound sample is refused: {fault}: {document}" for document in documents for fault in faults(validator, document)]
    for validator, documents in ((framework, BROKEN_FRAMEWORKS), (binding, BROKEN_BINDINGS)):
        failures += [f"a broken sample is accepted: {document}" for document in documents if not faults(validator, document)]
    with open(root / "reference/units.csv", encoding="utf-8", newline="") as table:
        units = {row["code"] for row in csv.DictReader(table)}
    count = 0
    for validator, folder in ((framework, root / "frameworks"), (binding, root / "frameworks/bindings")):
        for path in sorted(folder.glob("*.yaml")):
            count += 1
            document = yaml.load(path.read_text(encoding="utf-8"), Loader)
            name = path.relative_to(root)
            failures += [f"{name}: {fault}" for fault in faults(validator, document)]
            failures += [f"{name}: {code}: the unit {unit} is not in reference/units.csv" for code, unit in units_of(document) if unit and unit not in units]
    if count == 0:
        failures.append("no framework or binding was found")
    for failure in failures:
        print(failure)
    print(f"{count} files, {len(failures)} faults")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
