"""Sums of IATI files by goal, country, year and currency from the rules of docs/iati.md: lxml, exact fractions, no code shared.

    python3 iati_sums.py FILE... > sums.csv       (iati_varied.csv is that of iati_varied.xml)
    python3 iati_sums.py --make SEED > file.xml   (iati_varied.xml is that of seed 9: all that differs between publishers, at random)

Circles of related activities or of money passed on are not broken: --make makes none.
"""
import csv
import gzip
import random
import re
import sys
from datetime import date
from fractions import Fraction

from lxml import etree

KINDS = {"12": "pledged", "2": "committed", "C": "committed", "3": "disbursed", "D": "disbursed", "4": "expended", "E": "expended",
         "13": "incoming_pledged", "11": "incoming_committed", "1": "incoming_funds", "IF": "incoming_funds", "5": "interest",
         "IR": "interest", "6": "loan_repayments", "LR": "loan_repayments", "7": "reimbursements", "R": "reimbursements",
         "8": "equity_bought", "9": "equity_sold", "10": "guarantees"}
PASSED_ON = {"pledged": {"pledged"}, "committed": {"committed"}, "disbursed": {"disbursed", "expended"},
             "expended": {"disbursed", "expended"}}
WHOLE = Fraction("99.95")


def attribute(element, name):
    return (element.get(name) or "").strip() if element is not None else ""


def number(text):
    text = (text or "").strip()
    return Fraction(text) if re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text) else None


def day(text):
    found = re.match(r"^(\d{4})-(\d\d)-(\d\d)(?:[TZ+\- ].*)?$", (text or "").strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def percentage(element):
    share = number(element.get("percentage"))
    return share if share is not None and share >= 0 else None


def divide(given):
    """[(code, percentage or None)] to fractions of 1."""
    known = [share for _, share in given if share is not None]
    total = sum(known)
    if not known or total <= 0:
        given, total = [(code, Fraction(1)) for code, _ in given], Fraction(len(given))
    elif len(known) < len(given):
        each = max(Fraction(0), 100 - total) / (len(given) - len(known))
        given, total = [(code, each if share is None else share) for code, share in given], max(total, Fraction(100))
    parts = {}
    for code, share in given:
        if share > 0:
            parts[code] = parts.get(code, 0) + share / total
    return parts


def goal(code):
    found = re.match(r"^(\d{1,3})(?:[.\-].*)?$", code)
    return str(int(found[1])) if found and 1 <= int(found[1]) <= 17 else None


def goals_of_sectors(sectors):
    for vocabulary in "78":
        given = [(goal(attribute(s, "code")) or "unassigned", percentage(s)) for s in sectors if attribute(s, "vocabulary") == vocabulary]
        if given:
            return divide(given)
    return None


def goals_of(activity):
    shares = goals_of_sectors(activity.findall("sector"))
    if shares:
        return shares
    for elements, vocabularies in ((activity.findall("tag"), "23"), (activity.findall("result/indicator/reference"), "9")):
        found = {goal(attribute(e, "code")) for e in elements if attribute(e, "vocabulary") in tuple(vocabularies)} - {None}
        if found:
            return {g: Fraction(1, len(found)) for g in found}
    return {"unassigned": Fraction(1)}


def places_of(elements):
    if not elements:
        return {"": Fraction(1)}
    countries = [e for e in elements if e.tag == "recipient-country"]
    regions = [e for e in elements if e.tag == "recipient-region"]
    vocabulary = lambda e: attribute(e, "vocabulary") or "1"
    total = lambda list_: sum(percentage(e) or 0 for e in list_)
    several = sorted({vocabulary(e) for e in regions}, key=lambda v: ({"1": 0, "99": 2}.get(v, 1), v))
    if len(several) > 1 and abs(total(elements) - 100) > Fraction("0.05"):
        regions = [e for e in regions if vocabulary(e) == several[0]]
    silent = all(percentage(e) is None for e in countries)
    if countries and (total(countries) >= WHOLE or (silent and (total(regions) == 0 or total(regions) >= WHOLE))):
        regions = []
    code = lambda e: ("" if e.tag == "recipient-country" or vocabulary(e) == "1" else vocabulary(e) + ":") + attribute(e, "code").upper()
    return divide([(code(e), percentage(e)) for e in countries + regions])


def amount(element, default):
    value = element.find("value")
    if value is None:
        return None, ""
    return number("".join(value.itertext())), (attribute(value, "currency") or default).upper()


def flows_of(activity):
    default = attribute(activity, "default-currency")
    is_place = lambda e: e.tag in ("recipient-country", "recipient-region")
    places, goals = places_of(list(filter(is_place, activity))), goals_of(activity)
    flows, budgets = [], []
    for element in activity:
        value, currency = amount(element, default) if element.tag in ("transaction", "budget") else (None, "")
        if value is None or not currency:
            continue
        if element.tag == "transaction":
            when, kind = day(attribute(element.find("transaction-date"), "iso-date")), attribute(element.find("transaction-type"), "code")
            if when is None or not kind or any(len(element.findall(n)) > 1 for n in ("value", "transaction-type", "transaction-date")):
                continue
            own_places = list(filter(is_place, element))
            own = places_of(own_places) if own_places else places
            to = goals_of_sectors(element.findall("sector")) or goals
            flows.append((KINDS.get(kind, "unknown_type"), attribute(element.find("receiver-org"), "receiver-activity-id"),
                          {(g, p, when.year, currency): value * x * y for g, x in to.items() for p, y in own.items()}))
        else:
            first, last = (day(attribute(element.find(n), "iso-date")) for n in ("period-start", "period-end"))
            first, last = first or last, last or first
            if first is not None and first <= last:
                budgets.append((first, last, value, currency, attribute(element, "type") in ("2", "Revised")))
    for first, last, value, currency, revised in budgets:
        if not revised and any(r and start <= last and end >= first for start, end, _, _, r in budgets):
            continue
        cells, days = {}, (last - first).days + 1
        for year in range(first.year, last.year + 1):
            part = Fraction((min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1, days)
            for g, x in goals.items():
                for p, y in places.items():
                    cells[g, p, year, currency] = value * part * x * y
        flows.append(("budgeted", "", cells))
    return flows


class Activity:
    def __init__(self, element):
        self.id = "".join((element.find("iati-identifier").itertext())).strip()
        self.secondary = attribute(element.find("reporting-org"), "secondary-reporter") in ("1", "true")
        digits = re.sub(r"\D", "", attribute(element, "last-updated-datetime")[:19])[:14]
        self.updated = int(digits.ljust(14, "0")) if digits else 0
        self.level = int(attribute(element, "hierarchy") or 1)
        self.related = [(attribute(r, "type"), attribute(r, "ref")) for r in element.findall("related-activity")]
        self.flows = flows_of(element)
        self.kinds = {kind for kind, _, _ in self.flows}


def sums(paths):
    activities = []
    for path in paths:
        data = open(path, "rb").read()
        root = etree.fromstring(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data,
                                etree.XMLParser(resolve_entities=False, huge_tree=True, remove_comments=True, remove_pis=True))
        activities += [Activity(e) for e in ([root] if root.tag == "iati-activity" else root.findall("iati-activity"))]
    current = {}
    for a in activities:
        if a.id and (a.id not in current or a.updated > current[a.id].updated):
            current[a.id] = a
    below = {}
    for a in activities:
        for kind, ref in a.related:
            parent, child = (ref, a.id) if kind == "1" else (a.id, ref)
            if kind in ("1", "2") and parent != child and parent in current and child in current:
                if current[child].level >= current[parent].level and not current[child].secondary:
                    below.setdefault(parent, set()).add(child)
    budgets_below = lambda i: any("budgeted" in current[c].kinds or budgets_below(c) for c in below.get(i, ()))
    result = {}
    for a in activities:
        if a.secondary or (a.id and current[a.id] is not a):
            continue
        for kind, receiver, cells in a.flows:
            if kind == "budgeted" and a.id and budgets_below(a.id):
                continue
            other = current.get(receiver) if receiver != a.id else None
            if other and not other.secondary and PASSED_ON.get(kind, set()) & other.kinds:
                continue
            for key, value in cells.items():
                row = result.setdefault(key, {})
                row[kind] = row.get(kind, 0) + value
    return result


def make(seed):
    r = random.Random(seed)
    pick = lambda *options: r.choice(options)
    share = lambda: pick("", "", *(f' percentage="{p}"' for p in ("50", "100", "33.33", "0", "25.5", "60", "40")))
    vocabulary = lambda *codes: pick("", *(f' vocabulary="{c}"' for c in codes))
    when = lambda: f"{r.randint(2018, 2021)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}" + pick("", "", "Z", "T00:00:00", "+02:00")
    value = lambda: pick("100", "-5.25", "1e3", "1,000", "0.1", "+7", "<![CDATA[12]]>", "1<!-- x -->0", "", "33.333", "1000000.01")
    sector = lambda: f'<sector{vocabulary(*"1278", "99")} code="{pick("11110", "3", "3.8", "17", "5.a", "99", "111")}"{share()}/>'

    def place():
        if r.random() < .5:
            return f'<recipient-country code="{pick("KE", "ug", "TZ")}"{share()}/>'
        return f'<recipient-region code="{pick("289", "AFR", "998")}"{vocabulary("1", "2", "99")}{share()}/>'

    def budget():
        year = r.randint(2018, 2020)
        return (f'<budget{pick("", *(chr(32) + f"type={chr(34)}{t}{chr(34)}" for t in "12"))}><period-start iso-date="{year}-{r.randint(1, 12):02}-01"/>'
                f'<period-end iso-date="{year + r.randint(0, 1)}-{r.randint(1, 12):02}-28"/><value value-date="{year}-01-01">{pick("100", "250.5", "-3")}</value></budget>')

    def transaction(own):
        other = pick(*ids)
        more = f'<receiver-org receiver-activity-id="{other}"/>' if r.random() < .3 and other > own else ""
        more += (sector() if r.random() < .3 else "") + (place() if r.random() < .3 else "")
        return (f'<transaction><transaction-type code="{pick("1", "2", "3", "4", "11", "12", "13", "5", "C", "IR", "99")}"/><transaction-date iso-date="{when()}"/>'
                f'<value{pick("", " currency=" + chr(34) + "EUR" + chr(34), " currency=" + chr(34) + "gbp" + chr(34))}>{value()}</value>{more}</transaction>')

    ids = [f"A-{i:02}" for i in range(80)]
    print('<iati-activities version="2.03">')
    for _ in range(110):
        own, other = pick(*ids), pick(*ids)
        several = lambda maker, most: "".join(maker() for _ in range(r.randint(0, most)))
        relation = f'<related-activity type="{2 if other > own else 1}" ref="{other}"/>' if other != own and r.random() < .4 else ""
        updated = pick("", "2020-01-01", "2021-02-01T10:00:00Z")
        print(f'<iati-activity default-currency="{pick("USD", "USD", "USD", "")}" hierarchy="{pick("1", "1", "2")}" last-updated-datetime="{updated}">'
              f'<iati-identifier>{own}</iati-identifier><reporting-org ref="X" secondary-reporter="{pick(*"0000000001")}"/>')
        print(several(place, 3), several(sector, 3),
              several(lambda: f'<tag vocabulary="{pick(*"1239")}" code="{pick("3", "3.1", "16", "x")}"/>', 2), relation,
              several(budget, 2), several(lambda: transaction(own), 4), "</iati-activity>", sep="\n")
    print("</iati-activities>")


if __name__ == "__main__":
    if sys.argv[1] == "--make":
        make(int(sys.argv[2]))
    else:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(["goal", "country", "year", "currency", "column", "sum"])
        for key, row in sorted(sums(sys.argv[1:]).items()):
            for column, total in sorted(row.items()):
                out.writerow([*key, column, format(float(total), ".12g")])
