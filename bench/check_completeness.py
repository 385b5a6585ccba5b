#!/usr/bin/env python3
"""Counts completeness of the UN SDG database with pandas, for comparison with `stocktake check --list completeness`.

usage: check_completeness.py SHARED_DATA_DIR COMPLETENESS_CSV
COMPLETENESS_CSV: of a store that holds unsd/sdg_observations.csv.gz alone (--at 2019-12-31). Compares the indicators whose
entries in frameworks/bindings/unsd.yaml have no filter. Needs pandas and PyYAML.
"""
import pathlib
import sys

import pandas
import yaml

root = pathlib.Path(__file__).resolve().parent.parent
entries = yaml.safe_load((root / "frameworks/bindings/unsd.yaml").read_text("utf-8"))["series"]
feeds = {}
for entry in entries:
    codes = entry.get("sdg", [])
    for code in [codes] if isinstance(codes, str) else codes:
        feeds.setdefault(code, []).append(entry)
feeds = {code: [entry["series"] for entry in some if entry.get("role") != "context"] for code, some in feeds.items()
         if not any(entry.get("filter") for entry in some)}
areas = pandas.read_csv(root / "reference/areas.csv", dtype=str, keep_default_na=False)
by_m49 = {str(int(row.m49)): row.iso3 for row in areas.itertuples() if row.m49 and row.kind == "country"}
data = pandas.read_csv(sys.argv[1] + "/unsd/sdg_observations.csv.gz", dtype=str)
keys = [name for name in data.columns if name.startswith("[") and name != "[Observation Status]"]
codes = pandas.read_csv(root / "reference/dimension_codes.csv", dtype=str, keep_default_na=False)
totals = codes[codes["code"] == "_T"]["source_code"].tolist() + ["_T"]
for name in keys:
    data = data[data[name].isna() | data[name].isin(totals)]
number = pandas.to_numeric(data["Value"].str.lstrip("<>"), errors="coerce")
data = data[number.notna()].assign(area=data["GeoAreaCode"].map(by_m49), year=pandas.to_numeric(data["TimePeriod"]).astype(int))
data = data[data["area"].notna() & data["year"].between(2015, 2019)]
ours = pandas.read_csv(sys.argv[2], dtype={"indicator": str}, keep_default_na=False)
differ = compared = 0
for code, series in sorted(feeds.items()):
    theirs = data[data["SeriesCode"].isin(series)].groupby("area")["year"].nunique().to_dict()
    mine = {row.ref_area: row.years for row in ours[(ours["indicator"] == code) & (ours["years"] > 0)].itertuples()}
    compared += len(mine)
    if mine != theirs:
        differ += 1
        print(code, series, len(mine), len(theirs), sorted(set(mine.items()) ^ set(theirs.items()))[:4])
print(f"{len(feeds)} indicators, {compared} countries with figures, {differ} indicators differ")
sys.exit(differ != 0)
