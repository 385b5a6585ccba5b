#!/usr/bin/env python3
"""Writes map_names.csv: names of areas as five sources write them, with the ISO 3166 code that the source itself gives beside each.

usage: map_names.py SHARED_DATA_DIR > map_names.csv
"""
import csv
import gzip
import io
import pathlib
import sys

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
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(("source", "name", "iso3"))
out.writerows(sorted((s, n.strip(), c) for s, n, c in found if n and c in iso))
