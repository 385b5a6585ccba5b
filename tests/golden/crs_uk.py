#!/usr/bin/env python3
"""Sums of single activities of the CRS, apart from the program (csv and fractions of the standard library).

usage: tests/golden/crs_uk.py ../shared/data/oda/extracts/uk_crs_gender.csv.gz > tests/golden/crs_uk.csv
"""
import csv
import gzip
import sys
from collections import defaultdict
from fractions import Fraction

sums = defaultdict(Fraction)
keys, rows = set(), 0
with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        rows += 1
        value = Fraction(row["value"])
        keys.add((row["recipient_code"], row["flow_code"], row["purpose_code"], row["year"]))
        sums["purpose", row["purpose_code"], row["year"]] += value
        sums["total", "", row["year"]] += value
        for marker in ("gender", "environment", "nutrition", "desertification", "climate_mitigation"):
            sums[marker, row[marker] or "NOT_SCREENED", row["year"]] += value
wanted = {"total", "gender", "environment", "nutrition", "desertification", "climate_mitigation"}
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["what", "code", "year", "sum"])
out.writerow(["rows", "", "", rows])
out.writerow(["figures", "", "", len(keys)])
for (what, code, year), value in sorted(sums.items()):
    if what in wanted or code in ("15170", "43082", "72010"):
        out.writerow([what, code, year, f"{float(value):.9f}"])
