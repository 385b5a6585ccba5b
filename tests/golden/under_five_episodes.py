#!/usr/bin/env python3
"""Counts the episodes of under-five mortality again, apart from the program: what tests/assess/pace_golden_test.cpp expects.

usage: under_five_episodes.py OBSERVATIONS_CSV_GZ AREAS_CSV > under_five_episodes.csv

OBSERVATIONS: columns series, ref_area, time_period, obs_value. AREAS: reference/areas.csv (codes and aliases of countries).
MDG target 4.A as on 25 September 2013: figures up to 2012, base 1990 (else the first later year within 10 years), target a third of
the base, deadline 2015, so 3 years are left and the episodes have 5 (the shortest length), give or take 1. Similar level: within a
quarter of the standard deviation of ln(latest figure) over all countries.
"""
import csv
import gzip
import math
import statistics
import sys

SERIES = "under_five_mortality_from_cme_per_1000_born"
LAST, DEADLINE, BASELINE = 2012, 2015, 1990
SHORTEST, SLACK, BAND, FEWEST = 5, 1, 0.25, 10


def codes_of(path):
    """Every code of a country or territory -> its ISO code."""
    codes = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for code in [row["iso3"], row["iso2"], row["m49"], *row["aliases"].split(";")]:
                if code:
                    codes[code] = row["iso3"]
    return codes


def read(path, codes):
    figures = {}
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["series"] == SERIES and row["ref_area"] in codes and int(row["time_period"]) <= LAST:
                figures.setdefault(codes[row["ref_area"]], {})[int(row["time_period"])] = float(row["obs_value"])
    return {area: dict(sorted(years.items())) for area, years in sorted(figures.items())}


def windows(years, length):
    """(from, to) for each figure: the one nearest to `length` years later, of two the later."""
    for start in years:
        ends = [end for end in years if length - SLACK <= end - start <= length + SLACK]
        if ends:
            yield start, min(ends, key=lambda end: (abs(end - start - length), -end))


def recovery(years, start, end):
    """Whether one of the ten years before was better than the start by half of the gain: the window made good a loss."""
    gain = years[start] - years[end]
    return gain > 0 and any(start - 10 <= year < start and years[start] - value >= gain / 2 for year, value in years.items())


def main():
    figures = read(sys.argv[1], codes_of(sys.argv[2]))
    latest = {area: (max(years), years[max(years)]) for area, years in figures.items()}
    spread = statistics.stdev(math.log(value) for _, value in latest.values())
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["area", "latest_year", "latest", "needed", "episodes", "achieved", "countries", "achieved_by", "percentile",
                  "median", "best", "best_from", "best_pace"])
    for area, years in figures.items():
        later = [year for year in years if BASELINE <= year <= BASELINE + 10]
        year, value = latest[area]
        if not later or later[0] == year or year < LAST - 5:
            continue
        target = years[later[0]] / 3
        if value <= target * (1 + 1e-9):
            continue
        needed = math.log(value / target) / (DEADLINE - year)  # of decline, positive
        paces, best = [], {}
        for other, history in figures.items():
            free = -1
            for start, end in windows(history, max(SHORTEST, DEADLINE - year)):
                if abs(math.log(history[start]) - math.log(value)) > BAND * spread:
                    continue
                pace = math.log(history[start] / history[end]) / (end - start)
                if other not in best or pace > best[other][0]:
                    best[other] = (pace, (start, end))
                if start >= free:
                    paces.append(pace)
                    free = end
        if not paces:
            continue
        achieved = sum(pace >= needed * (1 - 1e-9) for pace in paces)
        top = min(best, key=lambda other: (recovery(figures[other], *best[other][1]), -best[other][0]))
        enough = len(paces) >= FEWEST
        out.writerow([area, year, repr(value), repr(math.expm1(-needed)), len(paces), achieved, len(best),
                      sum(pace >= needed * (1 - 1e-9) for pace, _ in best.values()),
                      repr(100 * (len(paces) - achieved) / len(paces)) if enough else "",
                      repr(math.expm1(-statistics.median(paces))) if enough else "",
                      top, best[top][1][0], repr(math.expm1(-best[top][0]))])


main()
