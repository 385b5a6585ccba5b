"""All methods, the projection and its probabilities for 100,000 series, against two of the rules in pandas groupby-apply."""
import math
import os
import tempfile

import numpy
import pandas

from common import DATA, PROGRAM, best, closing, run_child, timed

BASE, DEADLINE, SERIES = 1990, 2030, 100_000


def rules(group):
    """'Halve by the deadline': CR of the UN chart and P of ESCAP (METHODS b, c)."""
    years, values = group["time_period"].to_numpy(), group["obs_value"].to_numpy()
    base, latest, first, last = values[0], values[-1], years[0], years[-1]
    target = base / 2
    if len(values) < 2 or base <= 0 or latest <= target * (1 + 1e-9):
        return math.nan, math.nan
    ratio = math.nan
    if latest > 0:
        ratio = math.expm1(math.log(latest / base) / (last - first)) / math.expm1(math.log(0.5) / (DEADLINE - first))
    weight = (years - first + 1) / (last - first + 1)
    mean_year, mean_value = numpy.average(years, weights=weight), numpy.average(values, weights=weight)
    slope = numpy.sum(weight * (years - mean_year) * (values - mean_value)) / numpy.sum(weight * (years - mean_year) ** 2)
    anticipated = mean_value + slope * (DEADLINE - mean_year)
    return ratio, 100 * max(0.0, anticipated - target) / (base - target)


frame = pandas.read_csv(DATA / "panel" / "observations.csv.gz", low_memory=False)
frame["obs_value"] = pandas.to_numeric(frame["obs_value"], errors="coerce")
frame = frame.dropna()
frame = frame[(frame["time_period"] >= BASE) & (frame["time_period"] < DEADLINE)].sort_values(["series", "ref_area", "time_period"], ignore_index=True)
groups = frame.groupby(["series", "ref_area"], sort=False)

with tempfile.TemporaryDirectory() as folder:
    store, output = os.path.join(folder, "store.duckdb"), os.path.join(folder, "ours.csv")
    core = PROGRAM.parent / "bench" / "methods_core"
    run_child([PROGRAM, "--store", store, "--quiet", "import", DATA / "panel" / "observations.csv.gz"])
    runs = [run_child([core, store, SERIES])[2].split() for _ in range(5)]
    mine, memory = best([float(run[0]) for run in runs]), max(float(run[1]) for run in runs)
    methods, forecasts = runs[0][2:]
    large = run_child([core, store, 10 * SERIES])[2].split()
    run_child([core, store, groups.ngroups, output])
    ours = pandas.read_csv(output, keep_default_na=False, na_values=[""])

seconds, rows = timed(lambda: groups[["time_period", "obs_value"]].apply(rules))
theirs = pandas.DataFrame(rows.tolist(), columns=["ratio", "gap"], index=rows.index).reset_index()
merged = theirs.merge(ours, on=["series", "ref_area"])
aliased = len(theirs) - len(merged)
judged = merged[numpy.isfinite(merged["ratio"]) & ~merged["un_sdg_chart"].isin(["met", "insufficient_data"])]
for column, score in (("ratio", "un_sdg_chart_score"), ("gap", "escap_api_score")):
    part = judged[numpy.isfinite(judged[score])]
    if len(part) < 0.9 * len(judged):
        raise SystemExit(f"{score}: only {len(part)} of {len(judged)} series have one")
    wrong = part[~numpy.isclose(part[column], part[score], rtol=1e-6, atol=1e-6)]
    if len(wrong) > 0:
        raise SystemExit(f"{score}: {len(wrong)} of {len(part)} differ, such as\n{wrong[['series', 'ref_area', column, score]].head().to_string()}")

print(f"{len(judged):,} series compared in two scores, all equal ({aliased} whose area code is an alias were left out)")
print(f"stocktake, {methods} methods, projection and probabilities: {SERIES:,} series in {mine:.2f} s, {memory:.0f} MiB ({int(forecasts):,} with a forecast)")
print(f"  {10 * SERIES:,} series in {float(large[0]):.2f} s, {float(large[1]):.0f} MiB: {float(large[0]) / mine:.1f} times as long for ten times as many")
scaled = seconds / groups.ngroups * SERIES
print(f"pandas groupby-apply, two of the rules, no projection: {groups.ngroups:,} series in {seconds:.2f} s")
if mine >= 3 or memory >= 1024 or float(large[1]) >= 1024:
    raise SystemExit("the limits are 3 s and 1 GiB")
closing("methods", [("pandas", scaled / mine)])
