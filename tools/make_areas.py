#!/usr/bin/env python3
"""Writes reference/areas.csv, byte for byte the same on every run from the same inputs.

Inputs (Debian 12 "bookworm" packages, and one table of this repository):
  iso-codes 4.15.0         iso_3166-1.json: alpha-3, alpha-2, numeric code (= M49) of every country or territory
  unicode-cldr-core 41     common/main/<language>.xml: names in the six languages of the United Nations
  tools/areas_override.csv further areas, aliases, dates, and names where CLDR departs from United Nations usage

Usage: make_areas.py [--iso-codes /usr/share/iso-codes/json] [--cldr /usr/share/unicode/cldr] [--check] [OUT]
With --check nothing is written: exit status 1 when OUT would differ.
"""

import argparse
import csv
import io
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es")
FIELDS = ("iso3", "iso2", "m49", "kind", "parent_note", "from", "to",
          *(f"name_{language}" for language in LANGUAGES), "aliases")
ROOT = pathlib.Path(__file__).resolve().parent.parent


def tidy(language, name):
    """The two rules that make CLDR's labels read like running text; both are in reference/README.md."""
    name = name.strip("\u200b ")
    if language == "en":
        name = name.replace(" & ", " and ")
        if name.startswith("St. "):
            name = "Saint " + name[len("St. "):]
    elif language == "ru":
        name = name.replace("о-ва", "острова").replace("о-в", "остров")
    return name


def cldr_names(cldr):
    names = {}
    for language in LANGUAGES:
        tree = ElementTree.parse(pathlib.Path(cldr, "common", "main", f"{language}.xml"))
        for territory in tree.iterfind("localeDisplayNames/territories/territory"):
            if territory.get("alt") is None:
                names.setdefault(territory.get("type"), {})[language] = tidy(language, territory.text)
    return names


def build(iso_codes, cldr, override):
    names = cldr_names(cldr)
    areas = {}
    for entry in json.loads(pathlib.Path(iso_codes, "iso_3166-1.json").read_text("utf-8"))["3166-1"]:
        area = dict.fromkeys(FIELDS, "")
        area.update(iso3=entry["alpha_3"], iso2=entry["alpha_2"], m49=entry["numeric"], kind="country")
        area.update({f"name_{language}": names[entry["alpha_2"]][language] for language in LANGUAGES})
        areas[area["iso3"]] = area
    with open(override, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            area = areas.setdefault(row["code"], {**dict.fromkeys(FIELDS, ""), "iso3": row["code"]})
            if row["field"] == "aliases" and area["aliases"]:
                area["aliases"] += ";" + row["value"]
            else:
                area[row["field"]] = row["value"]

    order = {"country": 0, "historical": 1, "statistical": 2}
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    for area in sorted(areas.values(), key=lambda area: (order[area["kind"]], area["iso3"])):
        missing = [field for field in FIELDS if field.startswith("name_") and not area[field]]
        if missing:
            sys.exit(f"{area['iso3']}: no {', '.join(missing)}")
        writer.writerow(area)
    return out.getvalue().encode("utf-8")


def main():
    parser = argparse.ArgumentParser(description="Writes reference/areas.csv.")
    parser.add_argument("--iso-codes", default="/usr/share/iso-codes/json")
    parser.add_argument("--cldr", default="/usr/share/unicode/cldr")
    parser.add_argument("--override", default=ROOT / "tools" / "areas_override.csv")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("out", nargs="?", type=pathlib.Path, default=ROOT / "reference" / "areas.csv")
    options = parser.parse_args()
    content = build(options.iso_codes, options.cldr, options.override)
    if options.check:
        sys.exit(0 if options.out.exists() and options.out.read_bytes() == content else f"{options.out} differs")
    options.out.write_bytes(content)


if __name__ == "__main__":
    main()
