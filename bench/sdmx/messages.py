"""SDMX messages for the benchmarks, made from the figures in ../shared/data/unsd."""
import csv
import gzip
import itertools
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
