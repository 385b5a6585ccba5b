"""Sums of ~200 MB of IATI activities by goal, country and year, against lxml's iterparse doing the same sums."""
import collections
import csv
import datetime
import gzip
import io
import math
import os
import re
import sys
import tempfile

from common import DATA, PROGRAM, best, closing, require_equal, run_child, timed

REPEATS = 3
BYTES = 200e6
KINDS = {"1": "incoming_funds", "2": "committed", "3": "disbursed", "4": "expended", "5": "interest", "6": "loan_repayments",
         "7": "reimbursements", "8": "equity_bought", "9": "equity_sold", "10": "guarantees", "11": "incoming_committed", "12": "pledged",
         "13": "incoming_pledged"}


def publishers_body():
    """The activities of all publishers' files, one after the other."""
    bodies = []
    folder = DATA / "iati" / "publishers"
    for path in sorted(folder.glob("*.xml")) + [folder / "unhcr-2023.xml.gz"]:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        bodies.append(text[text.index("<iati-activity "):text.rindex("</iati-activities>")])
    return "".join(bodies)


def write_input(path):
    """The activities again and again, each time with other identifiers, until the file is large enough."""
    body, size, copy = publishers_body(), 0, 0
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" xmlns:iati-extra="https://datastore.codeforiati.org/ns">\n')
        while size < BYTES:
            text = re.sub(r"(<iati-identifier>)([^<]*)", lambda m: f"{m[1]}{m[2].strip()}-{copy}", body)
            text = re.sub(r'(<related-activity [^>]*ref=")([^"]*)', lambda m: f"{m[1]}{m[2]}-{copy}", text)
            out.write(text)
            size += len(text.encode())
            copy += 1
        out.write("</iati-activities>\n")


def divide(given):
    """[(code, percentage or None)] to fractions that add up to 1."""
    known = [share for _, share in given if share is not None]
    total = sum(known)
    if total <= 0:
        return [(code, 1 / len(given)) for code, _ in given]
    if len(known) < len(given):
        each = max(0.0, 100 - total) / (len(given) - len(known))
        given, total = [(code, each if share is None else share) for code, share in given], max(total, 100.0)
    return [(code, share / total) for code, share in given if share > 0]


def percentage(element):
    text = (element.get("percentage") or "").strip()
    return float(text) if text else None


def places(countries, regions):
    if not countries and not regions:
        return [("", 1.0)]
    shares = [percentage(c) for c in countries]
    given = any(s is not None for s in shares) or any(percentage(r) is not None for r in regions)
    if countries and regions and (not given or sum(s or 0 for s in shares) >= 99.95):
        regions = []
    return divide([(c.get("code", "").strip().upper(), percentage(c)) for c in countries] +
                  [((r.get("vocabulary") + ":" if r.get("vocabulary") not in (None, "", "1") else "") + r.get("code", "").strip().upper(), percentage(r))
                   for r in regions])


def goal(code):
    match = re.match(r"(\d{1,3})(?:$|[.-])", (code or "").strip())
    return match and 1 <= int(match[1]) <= 17 and str(int(match[1])) or None


def goals_of(activity, own):
    for sectors in (own, activity.findall("sector")):
        for vocabulary in ("7", "8"):
            given = [(goal(s.get("code")) or "unassigned", percentage(s)) for s in sectors if s.get("vocabulary") == vocabulary]
            if given:
                return divide(given)
    for found in ({goal(t.get("code")) for t in activity.findall("tag") if t.get("vocabulary") in ("2", "3")} - {None},
                  {goal(r.get("code")) for r in activity.iterfind("result/indicator/reference") if r.get("vocabulary") == "9"} - {None}):
        if found:
            return [(g, 1 / len(found)) for g in found]
    return [("unassigned", 1.0)]


def day(text):
    return datetime.date.fromisoformat(text[:10])


def budgets(activity, currency):
    periods = [(b.get("type") == "2", day(b.find("period-start").get("iso-date")), day(b.find("period-end").get("iso-date")), b.find("value"))
               for b in activity.findall("budget")]
    for revised, start, end, value in periods:
        if not revised and any(r and s <= end and start <= e for r, s, e, _ in periods):
            continue
        days, amount = (end - start).days + 1, float(value.text)
        for year in range(start.year, end.year + 1):
            first, last = max(start, datetime.date(year, 1, 1)), min(end, datetime.date(year, 12, 31))
            yield year, value.get("currency") or currency, amount * ((last - first).days + 1) / days


def their_sums(path):
    from lxml import etree
    sums = collections.defaultdict(float)
    for _, activity in etree.iterparse(path, tag="iati-activity", huge_tree=True):
        currency = activity.get("default-currency")
        where, what = places(activity.findall("recipient-country"), activity.findall("recipient-region")), goals_of(activity, [])
        flows = [("budgeted", y, c, v, where, what) for y, c, v in budgets(activity, currency)]
        for transaction in activity.iterchildren("transaction"):
            value = transaction.find("value")
            countries, regions, sectors = (transaction.findall(name) for name in ("recipient-country", "recipient-region", "sector"))
            flows.append((KINDS[transaction.find("transaction-type").get("code")], int(transaction.find("transaction-date").get("iso-date")[:4]),
                          value.get("currency") or currency, float(value.text), places(countries, regions) if countries or regions else where,
                          goals_of(activity, sectors) if sectors else what))
        for kind, year, unit, amount, countries, goals in flows:
            for g, goal_share in goals:
                for c, country_share in countries:
                    sums[g, c, str(year), unit, kind] += amount * goal_share * country_share
        activity.clear()
        while activity.getprevious() is not None:
            del activity.getparent()[0]
    return sums


if len(sys.argv) == 2:  # the peer, in a process of its own
    seconds, sums = timed(lambda: their_sums(sys.argv[1]))
    writer = csv.writer(sys.stdout)
    for key, amount in sums.items():
        writer.writerow([*key, repr(amount)])
    print(f"seconds,{seconds}")
    sys.exit(0)

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "activities.xml")
    write_input(path)
    megabytes = os.path.getsize(path) / 1e6
    ours, theirs, memories = [], [], []
    # Alternately, so that both meet the same machine.
    for _ in range(REPEATS):
        seconds, memory, out = run_child([PROGRAM, "--quiet", "iati", "sum", path, "--by", "goal,country,year", "--format", "csv"])
        ours.append(seconds)
        memories.append(memory)
        _, peer_memory, peer_out = run_child([sys.executable, __file__, path])
        *rows, last = peer_out.splitlines()
        theirs.append(float(last.split(",")[1]))

peer = {tuple(row[:5]): float(row[5]) for row in csv.reader(rows)}
compared = 0
for row in csv.DictReader(io.StringIO(out)):
    for kind in ["budgeted", *KINDS.values()]:
        amount, expected = float(row[kind]), peer.pop((row["goal"], row["country"], row["year"], row["currency"], kind), 0.0)
        if not math.isclose(amount, expected, rel_tol=1e-9, abs_tol=1e-3):
            sys.exit(f"{row['goal']} {row['country']} {row['year']} {row['currency']} {kind}: we have {amount}, lxml {expected}")
        compared += expected != 0
require_equal("sums that only lxml has", 0, sum(amount != 0 for amount in peer.values()))

print(f"{megabytes:.0f} MB, {compared:,} sums that differ from 0 compared: equal")
print(f"stocktake iati sum: {best(ours):.2f} s, {megabytes / best(ours):.0f} MB/s, peak memory {max(memories):.0f} MiB")
print(f"lxml iterparse:     {best(theirs):.2f} s, {megabytes / best(theirs):.0f} MB/s, peak memory {peer_memory:.0f} MiB")
closing("iati", [("lxml", best(theirs) / best(ours))])
