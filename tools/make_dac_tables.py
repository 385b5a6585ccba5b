#!/usr/bin/env python3
"""Writes reference/dac_donors.csv, dac_recipients.csv and dac_measures.csv from the code lists of the OECD DAC.

usage: tools/make_dac_tables.py FOLDER RECORDED

FOLDER holds the code lists as the repository ONEcampaign/oda_reader (commit 0a22a44, MIT) and oda_data_package keep them:
dac1_codes_area.json, dac2_codes_area.json, dac1_names.json, dac2a_names.json, crs_names.json, provider_groupings.json, dac5_donors.csv,
dac5_sectors.csv. RECORDED holds the OECD's own code list 5 (provider), codelist_5_provider.json, as its service sent it on 15 June 2026.
Years of joining the DAC are in SEEN below, with what was read.
"""
import csv
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Aggregates that are areas of their own in reference/group_defs.csv; all other organisations are told apart by PROVIDER.
GROUPS = {"20000": "DAC_MEMBERS", "20001": "DAC", "20002": "DAC_MULTILATERAL", "20003": "DAC_G7", "20004": "DAC_EU_EC",
          "20005": "DAC_ALL_DONORS", "20006": "DAC_NON_DAC", "20007": "DAC_OTHER", "20011": "DAC_EU", "21600": "DAC_PRIVATE",
          "918": "M49_918", "20918": "M49_918"}
# Codes that pydeflate's copy of the deflators of March 2024 has for aggregates, as its later copy with donor codes shows.
ALIASES = {"918": "EUI", "20003": "G7C", "20002": "MUL", "20006": "NDA"}
# Year of joining: list by year in the article on the DAC of namu.wiki, read 2026; LTU also OECD news of 16 November 2022. The five of
# 2013: OECD, 2013, an exceptional year for the DAC (oecd.org/fr/cad/relations-mondiales-cad/2013-an-exceptional-year-for-the-dac.htm);
# CZE, ISL and POL also OECD news of 15 May and 22 October 2013. Members of 1961 and some others were found in no list: no year.
SEEN = {"NOR": 1962, "DNK": 1963, "SWE": 1965, "CHE": 1968, "NZL": 1973, "FIN": 1975, "IRL": 1985, "ESP": 1991, "LUX": 1992,
        "GRC": 1999, "KOR": 2010, "ISL": 2013, "CZE": 2013, "POL": 2013, "SVK": 2013, "SVN": 2013, "HUN": 2016, "LTU": 2022, "EST": 2023}
# Codes of areas that are not in ISO 3166, ours on the right.
AREAS = {"XKV": "XKX"}


def known_areas():
    with open(ROOT / "reference/areas.csv", encoding="utf-8") as file:
        codes = set()
        for row in csv.DictReader(file):
            codes.add(row["iso3"])
        return codes


def write(name, header, rows):
    with open(ROOT / "reference" / name, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main(folder, recorded):
    folder = Path(folder)
    load = lambda name: json.loads((folder / name).read_text(encoding="utf-8"))
    explorer = {k: v for k, v in load("dac1_codes_area.json").items() if k.isdigit()}
    explorer2 = {k: v for k, v in load("dac2_codes_area.json").items() if k.isdigit()}
    names1, names2 = load("dac1_names.json"), load("dac2a_names.json")
    groups = load("provider_groupings.json")
    provider = json.loads((Path(recorded) / "codelist_5_provider.json").read_text(encoding="utf-8"))
    provider = provider["codelists"]["codelist"][0]["codelist-items"]["codelist-item"]
    areas = known_areas()

    names, other = {}, {}
    def name(code, text):
        if code.isdigit() and text:
            if code not in names:
                names[code] = text
            elif names[code] != text and text not in other.setdefault(code, []):
                other[code].append(text)
    for code, text in {**names1["donor_code"]}.items(): name(code, text)
    for code, text in names2["donor_code"].items(): name(code, text)
    for item in provider:
        text = item["name"]["narrative"]
        text = text[0] if isinstance(text, list) else text
        if isinstance(text, str): name(str(item["code"]), text)
    for group in (g for g in groups.values() if isinstance(g, dict)):
        for code, text in group.items(): name(code, text)
    with open(folder / "dac5_donors.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file): name(row["donor"], row["name"])

    kinds = {}
    for item in provider:
        kinds[str(item["code"])] = {"DAC member": "member", "Non-DAC member": "country", "Country": "country",
                                    "Multilateral donor": "multilateral", "Private donor": "private"}.get(item.get("type"), "")
    member = groups["dac_countries"]
    rows = []
    for code in sorted(names, key=int):
        code_explorer = explorer.get(code, "")
        area = AREAS.get(code_explorer, code_explorer)
        kind = kinds.get(code, "")
        own = ""
        if code in GROUPS:
            area, kind = GROUPS[code], "institution" if code in ("918", "20918") else "group"
        elif area in areas:
            kind = "member" if code in member else "country"
        else:
            own = code_explorer or code
            private = kind == "private" or code in groups["private_donors"]
            area, kind = ("DAC_PRIVATE", "private") if private else ("DAC_MULTILATERAL", "multilateral")
        groups_of = []
        if code in member: groups_of.append("DAC")
        if code in groups["g7"]: groups_of.append("DAC_G7")
        if code in member and code in groups["eu27_countries"]: groups_of.append("DAC_EU")
        year = SEEN.get(area)
        rows.append([code, code_explorer, area, own, kind, ";".join(groups_of), year or "", "seen" if year else "",
                     names[code], ";".join([ALIASES[code]] if code in ALIASES else []), ";".join(other.get(code, []))])
    write("dac_donors.csv", ["code", "explorer", "area", "provider", "kind", "groups", "member_from", "evidence", "name_en", "aliases",
                             "other_names"], rows)

    rows = []
    # The list of the CRS has regions that DAC2a's has not.
    for code, text in load("crs_names.json")["recipient_code"].items(): names2["recipient_code"].setdefault(code, text)
    for code in sorted(names2["recipient_code"], key=lambda c: (not c.isdigit(), int(c) if c.isdigit() else 0)):
        if not code.isdigit(): continue
        code_explorer = explorer2.get(code, explorer.get(code, ""))
        rows.append([code, code_explorer, AREAS.get(code_explorer, code_explorer) or code, names2["recipient_code"][code]])
    write("dac_recipients.csv", ["code", "explorer", "recipient", "name_en"], rows)

    percent = {("DAC1", "2"): "1140", ("DAC1", "3"): "1140", ("DAC1", "11002"): "1160", ("DAC2A", "286"): ""}
    persons = {("DAC1", "4")}
    rows = []
    for table, source in (("DAC1", names1["aidtype_code"]), ("DAC2A", names2["aidtype_code"])):
        for code in sorted(source, key=int):
            key = (table, code)
            unit = "percent" if key in percent else "persons" if key in persons else "money"
            flow = percent.get(key, "") if key in percent else "1140" if (table, code) == ("DAC1", "1") else ""
            rows.append([table, code, unit, flow, source[code]])
    for code in sorted(names1["flows_code"], key=int): rows.append(["FLOW_TYPE", code, "", "", names1["flows_code"][code]])
    with open(folder / "dac5_sectors.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file): rows.append(["SECTOR", row["sector"], "", "", row["name"]])
    write("dac_measures.csv", ["list", "code", "unit", "flow", "name_en"], rows)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
