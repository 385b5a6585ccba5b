"""SDMX messages for the benchmarks, made from the figures in ../shared/data/unsd."""
import csv
import gzip
import io
import itertools
import json
import re
from xml.sax.saxutils import quoteattr

from common import DATA

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")  # others, "<2.5", are no numbers to either side

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<mes:StructureSpecificData xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" \
xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" \
xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xmlns:ns="urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=IAEG-SDGs:SDG(1.0):ObsLevelDim:TIME_PERIOD">
  <mes:Header>
    <mes:ID>BENCH</mes:ID>
    <mes:Test>true</mes:Test>
    <mes:Prepared>2026-11-24T00:00:00</mes:Prepared>
    <mes:Sender id="BENCH"/>
    <mes:Structure structureID="S" dimensionAtObservation="TIME_PERIOD" \
namespace="urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=IAEG-SDGs:SDG(1.0):ObsLevelDim:TIME_PERIOD">
      <com:Structure><Ref agencyID="IAEG-SDGs" id="SDG" version="1.0"/></com:Structure>
    </mes:Structure>
  </mes:Header>
  <mes:DataSet ss:structureRef="S" xsi:type="ns:DataSetType" ss:dataScope="DataStructure" ss:action="Replace">
"""
FOOTER = "  </mes:DataSet>\n</mes:StructureSpecificData>\n"


def figures():
    """(key of the series, units, year, value, nature), again and again with another COPY in the key."""
    with gzip.open(DATA / "unsd" / "sdg_observations.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        table = [row for row in rows if NUMBER.fullmatch(row[8])]
    breakdowns = [(i, name.strip("[]").upper().replace(" ", "_")) for i, name in enumerate(names) if name.startswith("[")]
    for copy in itertools.count():
        for row in table:
            key = [("SERIES", row[3]), ("REF_AREA", row[5]), ("COPY", str(copy))]
            key += [(name, row[i]) for i, name in breakdowns if row[i]]
            yield key, row[10], row[7], row[8], row[9]


def write_ml(path, size=None, rows=None):
    """A structure-specific message of about `size` bytes, or of so many observations; returns the number of observations."""
    written = count = 0
    with open(path, "w", encoding="utf-8") as out:
        written += out.write(HEADER)
        last = None
        for key, units, year, value, nature in figures():
            if (rows is not None and count == rows) or (size is not None and written > size):
                break
            series = (key, units)
            if series != last:
                if last is not None:
                    written += out.write("    </Series>\n")
                text = "".join(f" {name}={quoteattr(code)}" for name, code in key)
                written += out.write(f"    <Series{text} UNIT_MEASURE={quoteattr(units)}>\n")
                last = series
            written += out.write(f'      <Obs TIME_PERIOD={quoteattr(year)} OBS_VALUE={quoteattr(value)} NATURE={quoteattr(nature)}/>\n')
            count += 1
        out.write("    </Series>\n" + FOOTER)
    return count


# Larger messages: the series of BASE figures again and again, each time with another code of COPY.
BASE = 300_000
MARK = "@COPY@"


def base():
    rows, ids = [], {}
    for key, units, year, value, nature in itertools.islice(figures(), BASE):
        codes = dict(key)
        del codes["COPY"]
        ids.update(dict.fromkeys(codes))
        rows.append((codes, units, year, value, nature))
    return rows, list(ids)


def csv_parts():
    rows, ids = base()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", "COPY", *ids, "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "NATURE"])
    head = text.getvalue()
    text.seek(0)
    text.truncate()
    for codes, units, year, value, nature in rows:
        writer.writerow(["datastructure", "IAEG-SDGs:SDG(1.0)", "R", MARK, *(codes.get(name, "") for name in ids), year, value, units, nature])
    return head, text.getvalue(), "", len(rows)


def ml_parts():
    rows, _ = base()
    out, last = [], None
    for codes, units, year, value, nature in rows:
        if (codes, units) != last:
            if last is not None:
                out.append("    </Series>\n")
            key = "".join(f" {name}={quoteattr(code)}" for name, code in codes.items())
            out.append(f'    <Series COPY="{MARK}"{key} UNIT_MEASURE={quoteattr(units)}>\n')
            last = (codes, units)
        out.append(f"      <Obs TIME_PERIOD={quoteattr(year)} OBS_VALUE={quoteattr(value)} NATURE={quoteattr(nature)}/>\n")
    out.append("    </Series>\n")
    return HEADER, "".join(out), FOOTER, len(rows)


def json_parts(copies):
    """SDMX-JSON 2.0, series with their observations inside; texts as indices."""
    rows, ids = base()
    ids.append("UNIT_MEASURE")
    values = {name: {} for name in [*ids, "TIME_PERIOD", "NATURE"]}

    def index(name, code):
        return values[name].setdefault(code, len(values[name]))

    series = {}  # a key stands once in an object
    for codes, units, year, value, nature in rows:
        codes = {**codes, "UNIT_MEASURE": units}
        key = ":".join(str(index(name, codes[name])) if name in codes else "" for name in ids)
        series.setdefault(key, {}).setdefault(index("TIME_PERIOD", year), (float(value), index("NATURE", nature)))
    out = []
    for key, observations in series.items():
        cells = ",".join(f'"{time}":[{value!r},{nature}]' for time, (value, nature) in observations.items())
        out.append(f'"{MARK}:{key}":{{"observations":{{{cells}}}}},\n')
    count = sum(len(observations) for observations in series.values())

    def component(name, position, codes, **more):
        return {"id": name, "keyPosition": position, "values": [{"id": code} for code in codes], **more}

    dimensions = [component("COPY", 0, map(str, range(copies)))]
    dimensions += [component(name, i + 1, values[name]) for i, name in enumerate(ids)]
    structure = {
        "links": [{"urn": "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=IAEG-SDGs:SDG(1.0)", "rel": "datastructure"}],
        "dimensions": {"dataSet": [], "series": dimensions,
                       "observation": [component("TIME_PERIOD", len(dimensions), values["TIME_PERIOD"], roles=["TIME_PERIOD"])]},
        "measures": {"observation": [{"id": "OBS_VALUE"}]},
        "attributes": {"dataSet": [], "series": [],
                       "observation": [{"id": "NATURE", "relationship": {"observation": {}},
                                        "values": [{"id": code} for code in values["NATURE"]]}]},
    }
    head = '{"meta":{"id":"BENCH","prepared":"2026-11-24T00:00:00Z","test":true,"sender":{"id":"BENCH"}},"data":{"structures":['
    head += json.dumps(structure) + '],"dataSets":[{"structure":0,"action":"Replace","series":{\n'
    return head, "".join(out), "}}]}}\n", count


def write_copies(path, form, size):
    """A message of `form` (ml, json, csv) of at least `size` bytes; returns the number of observations."""
    if form == "json":
        _, body, _, _ = json_parts(1)
        head, body, foot, count = json_parts(int(size / len(body)) + 2)
    else:
        head, body, foot, count = ml_parts() if form == "ml" else csv_parts()
    written = copies = 0
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(head)
        while written < size:
            text = body.replace(MARK, str(copies))
            written += len(text)
            copies += 1
            if form == "json" and written >= size:
                text = text[: text.rindex(",")]
            out.write(text)
        out.write(foot)
    return copies * count
