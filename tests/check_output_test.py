#!/usr/bin/env python3
"""What `stocktake check` writes for machines: JSON by docs/check.schema.json, SARIF 2.1.0 by the rules of its specification.

usage: check_output_test.py SOURCE_DIR BINARY
SARIF (OASIS Standard, 27 March 2020): the sections beside each rule. With STOCKTAKE_SARIF_SCHEMA=FILE the official schema is asked
too; it comes with npm's @microsoft/jest-sarif 1.0.0-beta.0 as lib/schemas/sarif-2.1.0-rtm.5.json.
Broken copies must be refused, so that rules that accept everything do not pass.
"""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}  # 3.11, 3.12
LEVEL = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10
SARIF = {
    "type": "object", "required": ["version", "runs"],  # 3.13.2, 3.13.4
    "properties": {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "pattern": "^https://"},
        "runs": {"type": "array", "minItems": 1, "items": {
            "type": "object", "required": ["tool", "results"], "additionalProperties": False,
            "properties": {
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {  # 3.18.2
                    "type": "object", "required": ["name", "rules"],
                    "properties": {"name": {"type": "string", "minLength": 1}, "rules": {
                        "type": "array", "items": {"type": "object", "required": ["id"], "properties": {
                            "id": {"type": "string"}, "shortDescription": TEXT, "help": TEXT,
                            "defaultConfiguration": {"properties": {"level": LEVEL}}}}}}}}},
                "results": {"type": "array", "items": {  # 3.27
                    "type": "object", "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                    "properties": {
                        "ruleIndex": {"type": "integer", "minimum": 0}, "level": LEVEL, "message": TEXT,
                        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                        "locations": {"type": "array", "minItems": 1, "items": {"properties": {"logicalLocations": {
                            "type": "array", "items": {"properties": {"fullyQualifiedName": {"type": "string"}}}}}}}}}},
            }}},
    }, "additionalProperties": False}


def faults(schema, document):
    return [f"{e.json_path}: {e.message[:200]}" for e in jsonschema.validators.validator_for(schema)(schema).iter_errors(document)]


def consistent(document):
    """ruleIndex points at the rule of ruleId (3.27.6), and no two results have one fingerprint."""
    run = document["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    prints = [result["partialFingerprints"]["stocktake/v1"] for result in run["results"]]
    return all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"]) and len(set(prints)) == len(prints)


def main():
    source, binary = pathlib.Path(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve())
    failures = []

    def check(condition, message):
        if not condition:
            failures.append(message)

    with tempfile.TemporaryDirectory() as folder:
        def run(*arguments):
            done = subprocess.run([binary, "--store", f"{folder}/s.duckdb", *arguments], capture_output=True, text=True, cwd=folder)
            check(done.returncode == 0, f"{arguments}: {done.stderr}")
            return done.stdout

        rows = [f"SI_POV_DAY1,FRA,{2000 + i},{v},PERCENT" for i, v in enumerate([10, 10.5, 11, 11.4, 48, 12.1, 12.5, 13, 13.4, 14])]
        rows += ["SI_POV_DAY1,FRA,2003,12,PERCENT", "SI_POV_DAY1,DEU,2003,120,PERCENT", "SI_POV_DAY1,ITA,2003,1,NUMBER"]
        pathlib.Path(folder, "f.csv").write_text("\n".join(["series,ref_area,time_period,obs_value,unit_measure", *rows]) + "\n")
        run("-q", "import", "f.csv")
        findings = json.loads(run("check", "--at", "2026-01-01", "--format", "json"))
        sarif = json.loads(run("check", "--at", "2026-01-01", "--format", "sarif"))

    schema = json.loads((source / "docs/check.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    check(len(findings) > 5, "too few findings to tell anything")
    check(not faults(schema, findings), f"JSON: {faults(schema, findings)[:3]}")
    for field, value in (("kind", "typo"), ("first_year", "2003"), ("id", "x"), ("figures", -1), ("more", 1)):
        broken = copy.deepcopy(findings)
        broken[0][field] = value
        check(faults(schema, broken), f"the schema accepts {field} = {value!r}")

    check(not faults(SARIF, sarif), f"SARIF: {faults(SARIF, sarif)[:3]}")
    check(consistent(sarif), "SARIF: rule indices or fingerprints")
    check(len(sarif["runs"][0]["results"]) == len(findings), "SARIF has other findings than JSON")
    broken = copy.deepcopy(sarif)
    broken["runs"][0]["results"][0]["level"] = "fault"
    check(faults(SARIF, broken), "the rules accept a level that there is not")
    broken = copy.deepcopy(sarif)
    broken["runs"][0]["results"][0]["ruleIndex"] = 1 + broken["runs"][0]["results"][0]["ruleIndex"]
    check(not consistent(broken), "a wrong ruleIndex passes")
    if official := os.environ.get("STOCKTAKE_SARIF_SCHEMA"):
        found = faults(json.loads(pathlib.Path(official).read_text(encoding="utf-8")), sarif)
        check(not found, f"the official schema: {found[:3]}")
    print("\n".join(failures))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
