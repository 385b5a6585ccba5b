#!/usr/bin/env python3
"""Does a recalibration of P(met), fitted on one part of the backtest, help on another? The numbers of docs/methods.md.

usage: check_chances.py MDG_CASES SDG_CASES

The two files come from `stocktake backtest --framework mdg|sdg --origin 1990,1995,2000,2005,2010,2015 --horizon 1,2,3,5,7,10,15
--cases --format csv` on stores of the panels that tools/make_calibration.py names. Needs pandas and scipy (bench/requirements.txt).
p' = Phi(shift + slope Phi^-1(p)) is fitted by greatest likelihood; p of parity, told by the table's line, is first taken back.
Intervals: 500 bootstrap samples of areas, and of indicators.
"""
import pathlib
import re
import sys

import numpy
import pandas
from scipy.optimize import minimize
from scipy.stats import norm

TABLE = pathlib.Path(__file__).resolve().parent.parent / "src" / "assess" / "projection" / "calibration_table.h"
PARITY = ["mdg 3.1", "sdg 4.5.1"]
LEAST = 0.001


def seen(area):
    """in_calibration_half() of src/assess/projection/calibrate.cpp."""
    value = 2166136261
    for byte in area.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return (value >> 16) % 2 == 0


def read(path, name):
    frame = pandas.read_csv(path, keep_default_na=False, na_values=[""], low_memory=False)
    frame = frame[(frame["model"] == "combination") & frame["met"].notna()].copy()
    frame["set"], frame["seen"] = name, frame["area"].map({area: seen(area) for area in frame["area"].unique()})
    frame["parity"] = frame["indicator"].isin(PARITY)
    shift, slope = (float(value) for value in re.search(r"calibrated_parity\{([-.\d]+), ([-.\d]+)\}", TABLE.read_text()).groups())
    z = norm.ppf(frame["probability"].clip(1e-7, 1 - 1e-7))
    frame["z"] = numpy.where(frame["parity"], (z - shift) / slope, z).clip(norm.ppf(LEAST), -norm.ppf(LEAST))
    return frame


def fit(part):
    z, met = part["z"].to_numpy(), part["met"].to_numpy()

    def loss(line):
        return -numpy.mean(norm.logcdf(numpy.where(met == 1, 1, -1) * (line[0] + line[1] * z)))

    return minimize(loss, [0, 1]).x


def test(name, train, target):
    line = fit(train)
    met = target["met"].to_numpy()
    before = norm.cdf(target["z"])
    after = norm.cdf(line[0] + line[1] * target["z"]).clip(LEAST, 1 - LEAST)
    gain = (before - met) ** 2 - (after - met) ** 2
    log_gain = numpy.log(numpy.where(met == 1, after, 1 - after)) - numpy.log(numpy.where(met == 1, before, 1 - before))
    spans = []
    for cluster in ("area", "indicator"):
        sums = pandas.DataFrame({"gain": gain, "one": 1.0, "cluster": target[cluster].to_numpy()}).groupby("cluster").sum().to_numpy()
        random = numpy.random.default_rng(1)
        samples = [sums[random.integers(0, len(sums), len(sums))].sum(axis=0) for _ in range(500)]
        spans.append("%.4f to %.4f" % tuple(numpy.percentile([one[0] / one[1] for one in samples], [2.5, 97.5])))
    print(f"| {name} | {len(train):,} | {line[0]:.2f}, {line[1]:.2f} | {len(target):,} | {numpy.mean((before - met) ** 2):.4f} | "
          f"{numpy.mean((after - met) ** 2):.4f} | {spans[0]} | {spans[1]} | {log_gain.mean():.4f} |")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    everything = pandas.concat([read(sys.argv[1], "mdg"), read(sys.argv[2], "sdg")])
    print("| fitted on -> tested on | cases | shift, slope | cases | Brier before | after | gain, areas | gain, indicators | log gain |\n"
          "|---|---|---|---|---|---|---|---|---|")
    for kind, title in ((True, "parity"), (False, "other")):
        part = everything[everything["parity"] == kind]
        mdg, sdg = part[part["set"] == "mdg"], part[part["set"] == "sdg"]
        test(f"{title}: MDG to 2000 -> MDG from 2005", mdg[mdg["seen"] & (mdg["origin"] <= 2000)], mdg[~mdg["seen"] & (mdg["origin"] >= 2005)])
        test(f"{title}: both to 2005 -> both from 2010", part[part["seen"] & (part["origin"] <= 2005)], part[~part["seen"] & (part["origin"] >= 2010)])
        test(f"{title}: both from 2005 -> MDG to 2000", part[part["seen"] & (part["origin"] >= 2005)], mdg[~mdg["seen"] & (mdg["origin"] <= 2000)])
        test(f"{title}: MDG -> SDG", mdg[mdg["seen"]], sdg[~sdg["seen"]])
        test(f"{title}: SDG -> MDG", sdg[sdg["seen"]], mdg[~mdg["seen"]])
        test(f"{title}: both -> both", part[part["seen"]], part[~part["seen"]])
        for name, one in (("MDG", mdg), ("SDG", sdg)):
            lines = {origin: fit(rows) for origin, rows in one.groupby("origin") if 0.02 < rows["met"].mean() < 0.98 and len(rows) >= 200}
            print(f"\n{title}, {name}, by origin: " + "; ".join(f"{origin} {line[0]:.2f}, {line[1]:.2f}" for origin, line in lines.items()) + "\n")


main()
