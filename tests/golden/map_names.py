#!/usr/bin/env python3
"""Writes map_names.csv: names of areas as nine sources write them, with the ISO 3166 code that the source itself gives beside each.

usage: map_names.py SHARED_DATA_DIR > map_names.csv
"""
import csv
import gzip
import io
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

import openpyxl

data = pathlib.Path(sys.argv[1])
root = pathlib.Path(__file__).resolve().parent.parent.parent
with open(root / "reference" / "areas.csv", encoding="utf-8", newline="") as file:
    areas = list(csv.DictReader(file))
iso = {row["iso3"] for row in areas if row["kind"] == "country" and len(row["iso3"]) == 3}
by_m49 = {int(row["m49"]): row["iso3"] for row in areas if row["m49"] and row["iso3"] in iso}


def rows(path, skip=0):
    raw = gzip.open(data / path).read() if path.endswith(".gz") else (data / path).read_bytes()
    text = raw.decode("utf-8-sig", "replace").splitlines(keepends=True)[skip:]
    return csv.DictReader(io.StringIO("".join(text)))


found = set()
for row in rows("formats/csv/wb_API_SP.POP.TOTL_DS2_en_csv_v2_4019998.csv", 4):
    found.add(("World Bank", row["Country Name"], row["Country Code"]))
for row in rows("formats/csv/unsd_m49_methodology.csv"):
    found.add(("UNSD M49", row["Country or Area"], row["ISO-alpha3 Code"]))
for row in rows("formats/csv/faostat_country_groups_20260209.csv"):
    found.add(("FAO", row["Country"], row["ISO3 Code"]))
for row in rows("groups/countries.csv"):
    found.add(("Gapminder", row["name"], row["iso3166_1_alpha3"]))
for path in ("formats/csv/unsd_MDG_Export_20191227.csv",):
    for row in rows(path):
        if (row["CountryCode"] or "").strip().isdigit() and int(row["CountryCode"]) in by_m49:
            found.add(("UN MDG", row["Country"], by_m49[int(row["CountryCode"])]))
with gzip.open(data / "unsd/sdg_observations.csv.gz", "rt", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        if int(row["GeoAreaCode"]) in by_m49:
            found.add(("UN SDG database", row["GeoAreaName"], by_m49[int(row["GeoAreaCode"])]))
sheet = openpyxl.load_workbook(data / "formats/xlsx/wb_CLASS_FY2026.xlsx", read_only=True)["List of economies"]
for name, code, *_ in sheet.iter_rows(min_row=2, values_only=True):
    found.add(("World Bank 2026", name, code))
by_iso2 = {row["iso2"]: row["iso3"] for row in areas if row["iso2"] and row["iso3"] in iso}
for item in ElementTree.parse(data / "iati/codelists/Country.xml").iter("codelist-item"):
    for narrative in item.iterfind("name/narrative"):
        found.add(("IATI", narrative.text, by_iso2.get(item.findtext("code"), "")))
for code in ElementTree.parse(gzip.open(data / "recorded/unicef/codelist_CL_COUNTRY.xml.gz")).iter():
    if code.tag.endswith("}Code"):
        for name in code:
            if name.tag.endswith("}Name"):
                found.add(("UNICEF", name.text, code.get("id")))
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(("source", "name", "iso3"))
out.writerows(sorted((s, n.strip(), c) for s, n, c in found if n and c in iso))
