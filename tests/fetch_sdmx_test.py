#!/usr/bin/env python3
"""`stocktake fetch` from SDMX services: their recorded answers and structures, from the replay server into the store.

usage: fetch_sdmx_test.py SOURCE_DIR BINARY [WORD of the tests to run]
"""
import csv
import io
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(sys.argv[1]).resolve() / "tests" / "replay"))
from office import DATA, FAST, HAS_DATA, check, run_all  # noqa: E402


def sdmx(office, service, mode, *arguments):
    return office.run("fetch", service, "--base-url", office.server.address(mode, "sdmx"), *FAST, "--retries", "1", *arguments)


def test_sdmx_unicef(office):
    if not HAS_DATA:
        return "no shared data"
    code, out, err = sdmx(office, "unicef", "ok", "--flow", "UNICEF,CME,1.0", "--key", "BRA.CME_MRY0T4.._T._T._T", "--years", "1990-2023")
    check(code == 0 and "stored 102 figures" in out and "1 Dataflow" in out and "codes were not checked" not in out, out, err)
    accepts = [h["Accept"] for _, h in office.server.log]
    check(accepts == ["application/vnd.sdmx.structure+xml;version=2.1", "application/vnd.sdmx.data+csv;version=1.0.0"], accepts)
    check("/dataflow/UNICEF/CME/1.0?references=descendants" in office.server.paths()[0], office.server.paths())
    # Value for value, read from the recorded file.
    path = DATA / "recorded" / "unicef" / "CME_MRY0T4_BRA_1990_2023.csv"
    with open(path, encoding="utf-8", newline="") as file:
        expected = sorted((int(row["TIME_PERIOD"]), float(row["OBS_VALUE"]), float(row["LOWER_BOUND"]), float(row["UPPER_BOUND"]))
                          for row in csv.DictReader(file))
    rows = list(csv.DictReader(io.StringIO(office.run("export", "--format", "csv", "-o", "-")[1])))
    found = sorted((int(row["time_period"]), float(row["obs_value"]), float(row["lower"]), float(row["upper"])) for row in rows)
    check(found == expected, found[:3], expected[:3])
    # The structure is known now: not asked for again. Regions of UNICEF's own are rejects with their reason.
    office.server.clear()
    code, out, err = sdmx(office, "unicef", "ok", "--flow", "UNICEF,CME,1.0", "--key", ".CME_MRY0T4.._T._T._T", "--years", "2020-2020")
    check(code == 0 and "stored 603 figures" in out and "144 rejected" in out, out, err)
    check(len(office.server.paths()) == 1, office.server.paths())
    code, out, err = office.run("show", "structures")
    check(code == 0 and "DSD_CME" in out and "CL_UNICEF_INDICATOR" in out, out, err)
    return None


def test_sdmx_structure_drives(office):
    """A code that the code list does not have is a reject with its reason."""
    if not HAS_DATA:
        return "no shared data"
    office.server.data.replace = (b",_T,Total,UN_IGME", b",NOPE,Total,UN_IGME")
    code, out, err = sdmx(office, "unicef", "ok", "--flow", "UNICEF,CME,1.0", "--key", "BRA.CME_MRY0T4.._T._T._T", "--years", "1990-2023")
    check(code == 3 and "NOPE" in err and office.vintages() == 0, code, out, err)
    code, out, err = sdmx(office, "unicef", "ok", "--flow", "UNICEF,CME,1.0", "--key", "BRA.CME_MRY0T4.._T._T._T", "--years", "1990-2023",
                          "--no-structures")
    check(code == 0 and "stored 102 figures" in out and "codes were not checked" in out, code, out, err)
    return None


def test_sdmx_services(office):
    if not HAS_DATA:
        return "no shared data"
    code, out, err = sdmx(office, "ilo", "ok", "--flow", "ILO,DF_SDG_0552_NOC_RT,1.0")
    check(code == 0 and "stored 1 figure" in out and "the service gave no structure" in out, code, out, err)
    check(any(",KEN,2019,37.1," in line for line in office.figures()), office.figures())
    code, out, err = sdmx(office, "sdmx3", "ok", "--flow", "ILO,DF_SDG_0552_NOC_RT,1.0", "--again")
    check(code == 0 and "stored 1 figure" in out, code, out, err)
    check(any("/structure/dataflow/ILO/DF_SDG_0552_NOC_RT/1.0?references=descendants" in p for p in office.server.paths()))
    check(any("/data/dataflow/ILO/DF_SDG_0552_NOC_RT/1.0/*" in p for p in office.server.paths()), office.server.paths())
    code, out, err = sdmx(office, "eurostat-sdmx", "ok", "--flow", "ESTAT,NAMA_10_GDP,1.0")
    check(code == 0 and "stored 4 figures" in out, code, out, err)
    # ISTAT's areas are municipalities: known structure, no figure of a country.
    code, out, err = sdmx(office, "istat", "ok", "--flow", "47_850", "--key", "A.001001+001002.AUTP.ALL.ALL.1")
    check(code == 3 and "unknown area '001001'" in err, code, out, err)
    check(any("/dataflow/all/47_850/latest?" in p for p in office.server.paths()), office.server.paths())
    # OECD's PART2 has its time in a dimension of another name.
    code, out, err = sdmx(office, "oecd", "ok", "--flow", "OECD,PART2,1.0", "--no-structures")
    check(code == 3 and "--column" in err, code, out, err)
    code, out, err = sdmx(office, "unicef", "ok", "--flow", "UNICEF,CME,1.0", "--key", "XXX")
    check(code == 4 and "404" in err, code, out, err)
    return None


def test_sdmx_structure_faults(office):
    if not HAS_DATA:
        return "no shared data"
    flow = ["--flow", "ILO,DF_SDG_0552_NOC_RT,1.0"]
    code, out, err = sdmx(office, "ilo", "structure-down", *flow)
    check(code == 5 and "--no-structures" in err and office.vintages() == 0, code, out, err)
    code, out, err = sdmx(office, "ilo", "no-structure", *flow)
    check(code == 0 and "the service gave no structure" in out, code, out, err)
    return None


def test_eurostat_areas(office):
    code, out, err = office.run("fetch", "eurostat", "--series", "x", "--area", "GRC", "--area", "GBR", "--area", "DEU", "--dry-run")
    check(code == 0 and "&geo=EL&geo=UK&geo=DE" in out, out, err)


if __name__ == "__main__":
    sys.exit(run_all(dict(globals())))
