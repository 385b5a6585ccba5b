#!/usr/bin/env python3
"""Write data/starter/regions.csv: published regional figures for an MDG progress chart as of 25 September 2013.

    python3 tools/make_starter_regions.py --shared DIR [--output FILE]

DIR holds starter/mdg_regions.csv, mdg/regions_published.csv and mdg/regions_sdgdb.csv. Nothing is computed: every value is
one that stands in those files, as printed. The same input gives the same bytes. data/starter/README.md explains the choice.

The choice, for each cell (series x group), among the vintages (one source document each) that hold it:
  1. years after 2013 are left out;
  2. a vintage is usable if it has two years or more, begins by 2001 and ends in 2008-2013; a usable one goes first;
  3. then the one whose first year is nearest to 1990;
  4. then a printed table before a figure stated in running text;
  5. then the one with the later last year, then the order of the input.
Of the chosen vintage: first year, last year and some between. 2013 stays only where the vintage has nothing from 2008 to 2012.
"""
import argparse
import collections
import csv
import io
import os
import sys

HEADER = ["series", "ref_area", "time_period", "obs_value", "lower", "upper", "unit_measure", "nature", "edition", "source", "note"]

GROUPS = {
    "World": "WLD",
    "Developing regions": "MDG_DVP",
    "Developed regions": "MDG_DEV",
    "Northern Africa": "MDG_NAF",
    "Sub-Saharan Africa": "MDG_SSA",
    "Latin America and the Caribbean": "MDG_LAC",
    "Caribbean": "MDG_CAR",
    "Latin America": "MDG_LAM",
    "Eastern Asia": "MDG_EAS",
    "Eastern Asia excluding China": "MDG_EAX",
    "Southern Asia": "MDG_SAS",
    "Southern Asia excluding India": "MDG_SAX",
    "South-Eastern Asia": "MDG_SEA",
    "Western Asia": "MDG_WAS",
    "Oceania": "MDG_OCE",
    "Caucasus and Central Asia": "MDG_CCA",
    "Least developed countries": "LDC",
    "Landlocked developing countries": "LLDC",
    "Small island developing States": "SIDS",
}
GROUP_ORDER = {code: i for i, code in enumerate(GROUPS.values())}

LAST_YEAR = 2013         # nothing later is written
ASSESSED = 2012          # last full year on 25 September 2013
USABLE_FROM = 2008       # a vintage that ends earlier is too old to be preferred
USABLE_BASE = 2001       # a vintage that begins later has no baseline
BETWEEN = [1995, 1999, 2000, 2005, 2010]
DENSE = [1995, 2000, 2005, 2008, 2010, 2011]

MDG_2015 = "United Nations, The Millennium Development Goals Report 2015 and its Statistical Annex 2015"

# start of the source text in the input -> (edition, citation written in the rows, stated in running text?)
EDITIONS = [
    (MDG_2015 + ", as transcribed by Our World in Data", "MDG report 2015",
     "UN, MDG Report 2015 and Statistical Annex 2015, as transcribed by Our World in Data", False),
    ("United Nations, Millennium Development Goals, targets and indicators, 2011: statistical tables", "MDG annex 2011",
     "UN, MDG targets and indicators 2011: statistical tables (annex to A/66/1)", False),
    ("United Nations, Millennium Development Goals, targets and indicators, 2009: statistical tables", "MDG annex 2009",
     "UN, MDG targets and indicators 2009: statistical tables (annex to A/64/1)", False),
    ("United Nations, Millennium Development Goals, targets and indicators: statistical tables, 2008 vintage", "MDG annex 2008",
     "UN, MDG targets and indicators: statistical tables, 2008 edition", False),
    ("FAO, Food Security Indicators 2015 edition", "FAO 2015", "FAO, Food Security Indicators, 2015 edition", False),
    ("UN Inter-agency Group for Child Mortality Estimation (IGME) 2015, Regional and global under-five mortality rate",
     "IGME 2015", "UN IGME 2015, UNICEF spreadsheet of 9 September 2015", False),
    ("United Nations, The Millennium Development Goals Report 2011, p. 16, quoted by DevInfo", "MDG report 2011",
     "UN, MDG Report 2011, p. 16, as quoted by DevInfo", True),
    ("United Nations, The Millennium Development Goals Report 2011, p. 21, quoted by DevInfo", "MDG report 2011",
     "UN, MDG Report 2011, p. 21, as quoted by DevInfo", True),
    ("United Nations, The Millennium Development Goals Report 2011, quoted at www.endpoverty2015.org", "MDG report 2011",
     "UN, MDG Report 2011, as quoted by endpoverty2015.org", True),
    ("United Nations, The Millennium Development Goals Report 2013, quoted at mdg500.org", "MDG report 2013",
     "UN, MDG Report 2013, as quoted by mdg500.org", True),
    ("United Nations, The Millennium Development Goals Report 2014, quoted at ngosbeyond2014.org", "MDG report 2014",
     "UN, MDG Report 2014, as quoted by ngosbeyond2014.org", True),
    ("United Nations, The Millennium Development Goals Report 2014, quoted in Globalization and Health 2015", "MDG report 2014",
     "UN, MDG Report 2014, as quoted in Globalization and Health 2015, table 1", True),
    ("WHO, World Health Statistics 2015, Part I Health-related MDGs, text", "WHO 2015",
     "WHO, World Health Statistics 2015, Part I", True),
    ("United Nations MDG web site 2015 (Goal 8 targets, from The Millennium Development Goals Report 2015)", "MDG report 2015",
     "UN MDG web site 2015, Goal 8, from MDG Report 2015 (copy at dombillings.com)", True),
    ("UN-Habitat figures for the developing regions, quoted at blog.knoema.com", "UN-Habitat 2012",
     "UN-Habitat, as quoted by blog.knoema.com, May 2012", True),
]

# series: (indicator, test on the published `disaggregation` or None, SDG database series or None, its disaggregation, unit, dense)
SERIES = {
    "MDG_1_5": ("1.5", lambda d: "sex=" not in d and "stated" not in d, None, None, "PERCENT", False),
    "MDG_1_8": ("1.8", lambda d: d.endswith("underweight; total"), None, None, "PERCENT", False),
    "MDG_1_9": ("1.9", lambda d: d.startswith("3-year average"), "SN_ITK_DEFC", "Age=NOTSPEC", "PERCENT", True),
    "MDG_2_1": ("2.1", lambda d: True, None, None, "PERCENT", False),
    "MDG_2_2": ("2.2", lambda d: "both sexes" in d, None, None, "PERCENT", False),
    "MDG_3_1_PRIMARY": ("3.1", lambda d: d.endswith("level=primary"), None, None, "RATIO", False),
    "MDG_3_1_SECONDARY": ("3.1", lambda d: d.endswith("level=secondary"), None, None, "RATIO", False),
    "MDG_3_1_TERTIARY": ("3.1", lambda d: d.endswith("level=tertiary"), None, None, "RATIO", False),
    "MDG_3_2": ("3.2", lambda d: True, None, None, "PERCENT", False),
    "MDG_3_3": ("3.3", lambda d: d.startswith("2009 vintage"), "SG_GEN_PARL", "Sex=FEMALE", "PERCENT", False),
    "MDG_4_1": ("4.1", lambda d: d == "", "SH_DYN_MORT", "Age=<5Y; Sex=BOTHSEX", "PER_1000_LIVE_BIRTHS", True),
    "MDG_4_2": ("4.2", None, "SH_DYN_IMRT", "Age=<1Y; Sex=BOTHSEX", "PER_1000_LIVE_BIRTHS", False),
    "MDG_4_3": ("4.3", lambda d: True, None, None, "PERCENT", False),
    "MDG_5_1": ("5.1", lambda d: True, "SH_STA_MMR", "", "PER_100000_LIVE_BIRTHS", False),
    "MDG_5_2": ("5.2", lambda d: d.startswith("2009 vintage"), "SH_STA_BRTC", "", "PERCENT", False),
    "MDG_5_3": ("5.3", lambda d: "any method" in d, None, None, "PERCENT", False),
    "MDG_5_4": ("5.4", None, "SP_DYN_ADKL", "Age=15-19; Migratory Status=NOTSPEC; Sex=FEMALE", "PER_1000_POP", False),
    "MDG_5_5_FOUR_VISITS": ("5.5", lambda d: "at least four visits" in d, None, None, "PERCENT", False),
    "MDG_5_5_ONE_VISIT": ("5.5", lambda d: "at least one visit" in d, None, None, "PERCENT", False),
    "MDG_5_6": ("5.6", lambda d: True, None, None, "PERCENT", False),
    "MDG_6_5": ("6.5", lambda d: True, None, None, "PERCENT", False),
    "MDG_6_6": ("6.6", None, "SH_STA_MALR", "", "PER_1000_POP", False),
    "MDG_6_9_INCIDENCE": ("6.9", None, "SH_TBS_INCID", "", "PER_100000_POP", False),
    "MDG_6_9_PREVALENCE": ("6.9", lambda d: "prevalence" in d, None, None, "PER_100000_POP", False),
    "MDG_6_10_SUCCESS": ("6.10", lambda d: True, None, None, "PERCENT", False),
    "MDG_7_1": ("7.1", None, "AG_LND_FRST", "", "PERCENT", False),
    "MDG_7_2_TOTAL": ("7.2", None, "EN_ATM_CO2", "", "TONNES_M", False),
    "MDG_7_10": ("7.10", lambda d: True, None, None, "PERCENT", False),
    "MDG_8_12": ("8.12", lambda d: True, "DT_TDS_DECT", "", "PERCENT", False),
    "MDG_8_16": ("8.16", None, "IT_USE_II99", "", "PER_100_POP", False),
}
SERIES_ORDER = {s: i for i, s in enumerate(["MDG_1_1", "MDG_1_2"] + list(SERIES))}

# a cell with a single year is kept only where the first indicator of a target has nothing else
SINGLE_ALLOWED = {"MDG_3_1_PRIMARY"}

NATURES = {"C", "CA", "E", "G", "M", "N", "NA"}   # NOTSPEC and others: empty


def read(shared, *parts):
    with open(os.path.join(shared, *parts), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def edition_of(source):
    for start, edition, citation, text in EDITIONS:
        if source.startswith(start):
            return edition, citation, text
    return None


def published_note(series, group, row):
    d = row["disaggregation"]
    parts = []
    for piece in d.split("; "):
        if piece.endswith(" vintage") or piece in ("total", "both sexes", "underweight", "level=primary", "level=secondary", "level=tertiary"):
            continue
        if piece.startswith("Latin America and the Caribbean: ") and group != "MDG_LAC":
            continue
        if piece.startswith("table heading lies outside"):
            piece = "table recognised by comparison with the 2008 edition"
        if piece:
            parts.append(piece)
    if "published region name: " in row["table"]:
        name = row["table"].split("published region name: ")[1]
        if name != row["region"]:
            parts.append("published as " + name)
    if series == "MDG_3_1_PRIMARY" and "2009 vintage" in d:
        parts.append("later years of this table not at hand")
    return parts


def table_of(row):
    table = row["table"].split("; published region name")[0]
    return "" if table == "stated in text" else table


def candidates(shared):
    """{(series, group): [vintage]}; a vintage is a dict with edition, source, text, order, points {year: row to write}"""
    cells = collections.defaultdict(dict)
    order = 0
    for row in read(shared, "mdg", "regions_published.csv"):
        group = GROUPS.get(row["region"])
        found = edition_of(row["source"])
        if group is None or found is None or int(row["time_period"]) > LAST_YEAR:
            continue
        edition, citation, text = found
        if "report year, data year not stated" in row["disaggregation"]:
            continue
        if ("stated in text" in row["disaggregation"]) != text:
            continue
        for series, (indicator, wanted, _, _, unit, _) in SERIES.items():
            if indicator != row["indicator"] or wanted is None or not wanted(row["disaggregation"]):
                continue
            if row["unit_measure"].startswith("millions"):
                continue
            table = table_of(row)
            source = citation + ("; " + table if table else "")
            order += 1
            v = cells[series, group].setdefault(source, dict(edition=edition, source=source, text=text, order=order, points={}))
            year = int(row["time_period"])
            if year in v["points"]:
                sys.exit(f"two values for {series} {group} {year} in {source}")
            v["points"][year] = dict(value=row["obs_value"], lower="", upper="", nature="", unit=unit,
                                     note=published_note(series, group, row))
    bounds = {"lower bound of 90% uncertainty interval": "lower", "upper bound of 90% uncertainty interval": "upper"}
    for row in read(shared, "mdg", "regions_published.csv"):
        side = bounds.get(row["disaggregation"])
        if row["indicator"] != "4.1" or side is None or row["region"] not in GROUPS or int(row["time_period"]) > LAST_YEAR:
            continue
        edition, citation, _ = edition_of(row["source"])
        source = citation + "; " + table_of(row)
        cells["MDG_4_1", GROUPS[row["region"]]][source]["points"][int(row["time_period"])][side] = row["obs_value"]

    for row in read(shared, "mdg", "regions_sdgdb.csv"):
        group = GROUPS.get(row["region"])
        if group is None or int(row["time_period"]) > LAST_YEAR:
            continue
        for series, (indicator, _, code, disaggregation, unit, _) in SERIES.items():
            if code != row["series_code"] or disaggregation != row["disaggregation"]:
                continue
            source = f"UN SDG database (UNSD), 2020 vintage; series {code}, area {row['geo_area_code']}"
            order += 1
            v = cells[series, group].setdefault(source, dict(edition="SDG database 2020", source=source, text=False, order=order, points={}))
            note = [] if row["definition_match"] == "same" else [row["definition_match"]]
            nature = row["nature"] if row["nature"] in NATURES else ""
            year = int(row["time_period"])
            if year in v["points"]:
                sys.exit(f"two values for {series} {group} {year} in {source}")
            v["points"][year] = dict(value=row["obs_value"], lower="", upper="", nature=nature, unit=unit, note=note)
    return {k: list(v.values()) for k, v in cells.items()}


def rank(v):
    years = sorted(v["points"])
    usable = len(years) >= 2 and years[0] <= USABLE_BASE and years[-1] >= USABLE_FROM
    return (not usable, len(years) < 2, abs(years[0] - 1990), v["text"], -years[-1], v["order"])


def chosen_years(years, dense):
    years = sorted(years)
    if any(USABLE_FROM <= y <= ASSESSED for y in years):
        years = [y for y in years if y <= ASSESSED]
    keep = {years[0], years[-1]} | {y for y in (DENSE if dense else BETWEEN) if y in years}
    return sorted(keep)


def rows_of_cells(shared):
    for (series, group), vintages in candidates(shared).items():
        v = min(vintages, key=rank)
        if len(v["points"]) < 2 and (series not in SINGLE_ALLOWED or v["text"]):
            continue
        for year in chosen_years(v["points"], SERIES[series][5]):
            p = v["points"][year]
            note = list(p["note"])
            if p["value"].startswith("<"):
                note.append("published as below " + p["value"][1:])
            if year > ASSESSED:
                note.append("2013 was not over on 25 September 2013")
            yield [series, group, str(year), p["value"], p["lower"], p["upper"], p["unit"], p["nature"],
                   v["edition"], v["source"], "; ".join(note)]


def rows_of_annex_2014(shared):
    for row in read(shared, "starter", "mdg_regions.csv"):
        poverty = row["indicator"] == "1.1"
        yield ["MDG_" + row["indicator"].replace(".", "_"), GROUPS[row["region"]], row["time_period"], row["obs_value"], "", "",
               "PERCENT", "", "MDG annex 2014",
               "UN, MDG targets and indicators 2014: statistical tables; Indicator " + row["indicator"],
               "below 1.25 dollars a day (2005 PPP)" if poverty else "poverty line 1.25 dollars a day (2005 PPP)"]


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="Write the published regional figures of the starter data.")
    parser.add_argument("--shared", required=True, metavar="DIR", help="folder with starter/ and mdg/")
    parser.add_argument("--output", metavar="FILE", default=os.path.join(here, "..", "data", "starter", "regions.csv"))
    args = parser.parse_args()
    rows = list(rows_of_annex_2014(args.shared)) + list(rows_of_cells(args.shared))
    rows.sort(key=lambda r: (SERIES_ORDER[r[0]], GROUP_ORDER[r[1]], int(r[2])))
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEADER)
    out.writerows(rows)
    with open(args.output, "w", encoding="utf-8", newline="") as f:
        f.write(text.getvalue())
    print(f"{len(rows)} rows, {len({(r[0], r[1]) for r in rows})} cells, {len({r[0] for r in rows})} series")


if __name__ == "__main__":
    main()
