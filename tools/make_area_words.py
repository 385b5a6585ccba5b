#!/usr/bin/env python3
"""Writes reference/area_words.csv: names and codes of areas beside those of reference/areas.csv, for `stocktake map`.

Inputs:
  iso-codes 4.15.0 (Debian)         short, common and official names in English, and their translations (gettext)
  unicode-cldr-core 41 (Debian)     territory names in the six languages, with the short and variant forms
  countrycode 0.6.0 (PyPI)          data/codelist.pickle: United Nations names, ISO's French short names, FIPS 10-4, Eurostat and
                                    World Bank codes
  iso-codes, ISO 3166-3             names of withdrawn codes that have one code in their place, which CLDR's
                                    supplementalMetadata.xml (territoryAlias) gives: Burma, Zaire, Upper Volta
  starter/areas.csv                 names as the World Bank writes them (r-cran-collapse 1.9.2, `wlddev`: WDI, CC BY 4.0)
  formats/csv/unsd_MDG_Export_...   names in the UN MDG database with their M49 codes: those of its time (UNSD, 2019-12-27)

Usage: make_area_words.py CODELIST_PICKLE SHARED_DATA_DIR [--check]
With --check nothing is written: exit status 1 when the file would differ.
"""

import argparse
import csv
import gettext
import io
import json
import pathlib
import pickle
import sys
import xml.etree.ElementTree as ElementTree

LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es")
GETTEXT = {"ar": "ar", "zh": "zh_CN", "fr": "fr", "ru": "ru", "es": "es"}
ROOT = pathlib.Path(__file__).resolve().parent.parent
CODES = {"fips": "fips", "eurostat": "eurostat", "wb": "world_bank"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("codelist", type=pathlib.Path)
    parser.add_argument("shared", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--iso-codes", default="/usr/share/iso-codes/json/iso_3166-1.json")
    parser.add_argument("--withdrawn", default="/usr/share/iso-codes/json/iso_3166-3.json")
    parser.add_argument("--aliases", default="/usr/share/unicode/cldr/common/supplemental/supplementalMetadata.xml")
    parser.add_argument("--locale", default="/usr/share/locale")
    parser.add_argument("--cldr", default="/usr/share/unicode/cldr/common/main")
    options = parser.parse_args()

    with open(ROOT / "reference" / "areas.csv", encoding="utf-8", newline="") as file:
        areas = list(csv.DictReader(file))
    by_iso2 = {row["iso2"]: row["iso3"] for row in areas if row["iso2"] and row["kind"] != "historical"}
    known = {(row["iso3"], row[f"name_{language}"]) for row in areas for language in LANGUAGES}
    codes = {(row["iso3"], text) for row in areas for text in (row["iso3"], row["iso2"])}
    present = {row["iso3"] for row in areas}
    rows, seen = [], set()

    def add(area, scheme, text, source):
        text = (text or "").strip("\u200b \n")
        if not text or area not in present or (area, text) in (known if scheme == "name" else codes):
            return
        if (area, scheme, text) not in seen:
            seen.add((area, scheme, text))
            rows.append((area, scheme, text, source))

    catalogues = {language: gettext.translation("iso_3166-1", options.locale, [locale]) for language, locale in GETTEXT.items()}
    for entry in json.loads(pathlib.Path(options.iso_codes).read_text("utf-8"))["3166-1"]:
        for field in ("name", "common_name", "official_name"):
            if field not in entry:
                continue
            add(entry["alpha_3"], "name", entry[field], "iso-codes")
            for catalogue in catalogues.values():
                translated = catalogue.gettext(entry[field])
                if translated != entry[field]:
                    add(entry["alpha_3"], "name", translated, "iso-codes")
    for language in LANGUAGES:
        tree = ElementTree.parse(pathlib.Path(options.cldr, f"{language}.xml"))
        for territory in tree.iterfind("localeDisplayNames/territories/territory"):
            if territory.get("type") in by_iso2 and territory.text != "↑↑↑":
                add(by_iso2[territory.get("type")], "name", territory.text, "cldr")
    table = pickle.loads(options.codelist.read_bytes())
    for i, area in enumerate(table["iso3c"]):
        for column in [*(f"un.name.{language}" for language in LANGUAGES), "iso.name.en", "iso.name.fr", "country.name.en",
                       "country.name.fr"]:
            add(area, "name", table[column][i], "un-names" if column.startswith("un.") else "countrycode")
        for column, scheme in CODES.items():
            text = table[column][i]
            add(area, scheme, text if isinstance(text, str) else "", "countrycode")
    m49 = {row["iso3"]: row["m49"] for row in areas if row["m49"]}
    successor = {alias.get("type"): alias.get("replacement").split()
                 for alias in ElementTree.parse(options.aliases).iterfind("metadata/alias/territoryAlias")}
    for entry in json.loads(pathlib.Path(options.withdrawn).read_text("utf-8"))["3166-3"]:
        to = successor.get(entry["alpha_2"], [])
        # A part that joined a state (the Canal Zone) is no name of it: the same country has kept its number.
        if len(to) == 1 and m49.get(by_iso2.get(to[0])) == entry.get("numeric") and entry["alpha_3"] not in present:
            add(by_iso2[to[0]], "name", entry["name"], "iso-3166-3")
    with open(options.shared / "starter" / "areas.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            add(row["ref_area"], "name", row["name"], "world-bank")
    by_m49 = {int(row["m49"]): row["iso3"] for row in areas if row["m49"] and row["kind"] == "country"}
    with open(options.shared / "formats/csv/unsd_MDG_Export_20191227.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["CountryCode"].strip().isdigit() and int(row["CountryCode"]) in by_m49:
                add(by_m49[int(row["CountryCode"])], "name", row["Country"], "un-mdg")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("area", "scheme", "text", "source"))
    writer.writerows(sorted(rows))
    content = out.getvalue().encode("utf-8")
    path = ROOT / "reference" / "area_words.csv"
    if options.check:
        sys.exit(0 if path.exists() and path.read_bytes() == content else f"{path} differs")
    path.write_bytes(content)


if __name__ == "__main__":
    main()
