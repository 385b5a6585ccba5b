"""Assessing the whole panel by both charts, against the same rule in pandas groupby-apply, and bare first/last aggregations."""
import math
import os
import tempfile

import numpy
import pandas
import polars

from common import DATA, PROGRAM, best, closing, run_child, timed

REPEATS = 5
BASE, DEADLINE = 1990, 2030


def verdicts(group):
    """Both charts' rules for 'halve by the deadline', lower is better: METHODS a and b."""
    years, values = group["time_period"].to_numpy(), group["obs_value"].to_numpy()
    base, latest, first, last = values[0], values[-1], years[0], years[-1]
    expected = math.nan
    if len(values) < 2:  # a single figure is a base only in the baseline year itself
        return base if first == BASE else math.nan, latest, expected, "insufficient_data", "insufficient_data"
    span, left = last - first, DEADLINE - last
    expected = latest + (latest - base) / span * left
    if base < 0:
        return base, latest, expected, "not_applicable", "not_applicable"
    target = base / 2
    line = target + 1e-9 * abs(target)
    if latest <= line:
        return base, latest, expected, "met", "met"
    if base <= line:
        return base, latest, expected, "deterioration", "deterioration"
    mdg = "deterioration" if latest >= base else "on_track" if expected <= line else "insufficient"
    ratio = math.nan
    if latest > 0:
        ratio = math.expm1(math.log(latest / base) / span) / math.expm1(math.log(0.5) / (DEADLINE - first))
    sdg = "on_track" if ratio >= 0.95 else "fair" if ratio >= 0.5 else "insufficient" if ratio >= -0.1 else "deterioration"
    return base, latest, expected, mdg, sdg


frame = pandas.read_csv(DATA / "panel" / "observations.csv.gz", low_memory=False)
frame["obs_value"] = pandas.to_numeric(frame["obs_value"], errors="coerce")
frame = frame.dropna()
frame = frame[(frame["time_period"] >= BASE) & (frame["time_period"] <= DEADLINE)].sort_values(["series", "ref_area", "time_period"], ignore_index=True)

with tempfile.TemporaryDirectory() as folder:
    store, output = os.path.join(folder, "store.duckdb"), os.path.join(folder, "ours.csv")
    run_child([PROGRAM, "--store", store, "--quiet", "import", DATA / "panel" / "observations.csv.gz"])
    _, _, out = run_child([PROGRAM.parent / "bench" / "assess_core", store, output, 20])
    mine = best([float(line) for line in out.split()])
    ours = pandas.read_csv(output, keep_default_na=False, na_values=[""])

groups = frame.groupby(["series", "ref_area"], sort=False)
apply_seconds, rows = timed(lambda: groups[["time_period", "obs_value"]].apply(verdicts))
theirs = pandas.DataFrame(rows.tolist(), columns=["base", "latest", "expected_linear", "mdg", "sdg"], index=rows.index).reset_index()
# Our areas are canonical codes; the panel writes a few as aliases (WORLD). Verdicts are compared in the order of (series, own code).
merged = theirs.merge(ours, on=["series", "ref_area"], suffixes=("_peer", ""))
aliased = len(theirs) - len(merged)
for column in ("mdg", "sdg"):
    differing = merged[merged[column] != merged[column + "_peer"]]
    if len(differing) > 0:
        raise SystemExit(f"{column}: {len(differing)} verdicts differ, such as\n{differing.head().to_string()}")
for column in ("base", "latest", "expected_linear"):
    if not numpy.allclose(merged[column], merged[column + "_peer"], rtol=1e-9, atol=1e-12, equal_nan=True):
        raise SystemExit(f"{column} differs")
if len(ours) != len(theirs):
    raise SystemExit(f"we have {len(ours)} series, the peer {len(theirs)}")

lean = frame.astype({"series": "category", "ref_area": "category"})
first_last = lambda: lean.groupby(["series", "ref_area"], sort=False, observed=True)["obs_value"].agg(["first", "last"])
pandas_seconds = best([timed(first_last)[0] for _ in range(REPEATS)])
polars_frame = polars.from_pandas(frame[["series", "ref_area", "obs_value"]]).with_columns(polars.col("series", "ref_area").cast(polars.Categorical))
polars_work = lambda: polars_frame.group_by("series", "ref_area").agg(polars.col("obs_value").first().alias("a"), polars.col("obs_value").last().alias("b"))
polars_seconds = best([timed(polars_work)[0] for _ in range(REPEATS)])

print(f"{len(ours):,} series, {len(frame):,} figures; all verdicts of both charts equal ({aliased} series whose area code is an alias were left out of the comparison)")
print(f"stocktake, facts and both charts: {mine * 1000:.2f} ms")
print(f"pandas groupby-apply, the same rule: {apply_seconds:.2f} s")
print(f"pandas first/last alone: {pandas_seconds * 1000:.1f} ms; polars first/last alone: {polars_seconds * 1000:.1f} ms")
closing("assess", [("apply", apply_seconds / mine), ("pandas-first-last", pandas_seconds / mine), ("polars-first-last", polars_seconds / mine)])
