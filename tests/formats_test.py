#!/usr/bin/env python3
"""Open formats through the program: workbooks, Open SDG, data packages, checked by readers that are not ours.

usage: formats_test.py SOURCE_DIR BINARY
What others' programs validate (frictionless, csvw, rdflib) runs with tests/.venv, which ./test makes.
"""
import csv
import importlib.util
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as ElementTree

import clients

VALIDATORS = {"frictionless": "5.21.0", "csvw": "4.1.1", "rdflib": "7.6.0"}
SOURCE, BINARY = pathlib.Path(sys.argv[1]), sys.argv[2]
SHARED = SOURCE / ".." / "shared" / "data" / "formats"
CI = bool(os.environ.get("CI"))
failures = []


def run(*arguments, store="store.duckdb", code=0):
    done = subprocess.run([BINARY, "--store", store, *map(str, arguments)], capture_output=True, text=True)
    check(done.returncode == code, f"{arguments}: exit {done.returncode}, expected {code}: {done.stderr}")
    return done.stdout + done.stderr


def check(condition, message):
    if not condition:
        failures.append(message)


def skipped(what):
    print("skipped:", what)
    check(not CI, f"CI must have it: {what}")


def column(reference):
    number = 0
    for c in reference:
        if c.isalpha():
            number = number * 26 + ord(c) - 64
    return number - 1


def rows_of(path, sheet):
    """The cells of a sheet, read by the standard library alone."""
    ns = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        strings = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")):
                strings.append("".join(t.text or "" for t in item.iter(ns + "t")))
        for row in ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(ns + "row"):
            cells = {}
            for cell in row.iter(ns + "c"):
                value = cell.find(ns + "v")
                text = value.text if value is not None else "".join(t.text or "" for t in cell.iter(ns + "t"))
                cells[column(cell.get("r"))] = strings[int(text)] if cell.get("t") == "s" and text else text or ""
            yield cells


def workbook(path, sheet, styles="", strings=None):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="a"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels",
                      '<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
                      '<Relationship Id="b" Type="x/styles" Target="styles.xml"/></Relationships>')
        book.writestr("xl/styles.xml", f"<styleSheet>{styles}</styleSheet>")
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet>{sheet}</worksheet>")


def text_cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def made_workbooks():
    head = "".join(text_cell(p + "3", t) for p, t in zip("ABCD", ["series", "ref_area", "year", "value"]))
    rows = [f'<row r="1">{text_cell("A1", "A title")}</row><row r="3">{head}</row>',
            # a merged area, a float with 17 digits, a date shown as a year, a formula with its result, an error
            f'<row r="4">{text_cell("A4", "A")}{text_cell("B4", "CHN")}<c r="C4"><v>2001</v></c><c r="D4"><v>8.3000000000000007</v></c></row>',
            f'<row r="5">{text_cell("A5", "A")}<c r="C5" s="1"><v>37653</v></c><c r="D5"><f>1+1</f><v>2</v></c></row>',
            f'<row r="9">{text_cell("A9", "A")}{text_cell("B9", "IND")}<c r="C9"><v>2001</v></c><c r="D9" t="e"><v>#DIV/0!</v></c></row>',
            f'<row r="11">{text_cell("A11", "Source: the office")}</row>']
    styles = '<numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    sheet = "<sheetData>" + "".join(rows) + '</sheetData><mergeCells><mergeCell ref="B4:B5"/></mergeCells>'
    workbook("made.xlsx", sheet, styles)
    out = run("import", "made.xlsx", store="made.duckdb")
    check("stored 2 figures (format tidy (xlsx)" in out, out)
    figures = run("show", "figures", "A", "--area", "CHN", "--format", "csv", store="made.duckdb")
    check("A,CHN,,2001,8.3," in figures and "A,CHN,,2003,2," in figures, figures)  # 37653 is 2003-02-01
    rejects = run("show", "rejects", "1", "--format", "csv", store="made.duckdb")
    check("9,Sheet1!value" in rejects and "#DIV/0!" in rejects, rejects)
    check("no sheet 'B'" in run("import", "--sheet", "B", "made.xlsx", code=2), "a sheet that is not there")
    bad = {
        "bomb": "<sheetData>" + " " * 60_000_000 + "</sheetData>",
        "cut": "<sheetData><row>",
        "doctype": None,
        "backwards": f'<sheetData><row r="5"/><row r="2">{text_cell("A2", "x")}</row></sheetData>',
        "deep": "<a>" * 300 + "</a>" * 300,
        "string": '<sheetData><row r="1"><c t="s"><v>7</v></c></row></sheetData>',
        "empty": "<sheetData/>",
    }
    expected = {"bomb": "unpacks to", "cut": "not well-formed", "doctype": "document type", "backwards": "after row 5",
                "deep": "nested deeper", "string": "refers to text 7", "empty": "no sheet has a table"}
    for name, sheet in bad.items():
        path = name + ".xlsx"
        workbook(path, sheet or "")
        if sheet is None:
            with zipfile.ZipFile(path, "w") as book:
                book.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
        out = run("import", "--dry-run", path, code=3)
        check(expected[name] in out, f"{name}: {out}")
    pathlib.Path("old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    check("old Excel" in run("import", "--dry-run", "old.xls", code=3), "an .xls")
    pathlib.Path("half.xlsx").write_bytes(pathlib.Path("made.xlsx").read_bytes()[:300])
    check("cannot be opened" in run("import", "--dry-run", "half.xlsx", code=3), "half a ZIP")
    ods = ('<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:spreadsheet><table:table table:name="T">'
           '<table:table-row><table:table-cell><text:p>series</text:p></table:table-cell><table:table-cell><text:p>iso3</text:p>'
           '</table:table-cell><table:table-cell><text:p>year</text:p></table:table-cell><table:table-cell><text:p>value</text:p>'
           '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1"><table:table-cell><text:p>A</text:p>'
           '</table:table-cell><table:table-cell><text:p>CHN</text:p></table:table-cell><table:table-cell office:value-type="float" '
           'office:value="2001"/><table:table-cell office:value-type="float" office:value="83858"><text:p>83,858</text:p>'
           '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048574"><table:table-cell '
           'table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:document-content>')
    with zipfile.ZipFile("made.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", ods)
    run("import", "made.ods", store="ods.duckdb")
    check("A,CHN,,2001,83858," in run("show", "figures", "A", "--area", "CHN", "--format", "csv", store="ods.duckdb"), "typed cells of ODS")


def real_files():
    if not SHARED.is_dir():
        return skipped("no shared data")
    goal1 = SHARED / "xlsx/unsd_sdg_goal1_2021.xlsx"
    figures = sum(1 for row in rows_of(goal1, 1) if row.get(8)) - 1
    out = run("import", "--dry-run", goal1)
    check(f"would store {figures} figures" in out, f"{figures}: {out}")
    for name in ("unsd_minset_I_18_mobile", "unsd_minset_I_2_unpaid_work"):
        rows = sum(1 for _ in rows_of(SHARED / f"xlsx/{name}.xlsx", 1)) - 1
        out = run("import", "--dry-run", SHARED / f"xlsx/{name}.xlsx")
        check(f"would store {rows} figures" in out, f"{rows}: {out}")
    fao, stored, missing, nowhere = SHARED / "xlsx/fao_Fisheries_bycountry_1990-2013.xlsx", 0, 0, 0
    for sheet in (1, 2, 3):
        for row in list(rows_of(fao, sheet))[2:]:
            for at in range(2, 50, 2):
                if not row.get(0):
                    nowhere += 1
                elif row.get(at, "") == "" or row.get(at + 1) == "...":
                    missing += 1
                else:
                    stored += 1
    out = run("import", "--dry-run", fao)
    check(f"would store {stored} figures" in out and f"{missing} cells without" in out and f"{nowhere} x no area code" in out,
          f"{stored}, {missing}, {nowhere}: {out}")
    for name in ("xlsx/un_CompositionOfRegions_RCs_20251217.xlsx", "xlsx/un_historical_developed_developing_2024.xlsx",
                 "xlsx/wb_CLASS_FY2026.xlsx", "csv/faostat_country_groups_20260209.csv", "csv/unsd_m49_methodology.csv"):
        check("holds no figures" in run("import", "--dry-run", SHARED / name, code=3), name)
    out = run("import", "--dry-run", SHARED / "ods/countrystatistics.ods")
    check("would store 62 figures" in out and "2 rejected" in out, out)  # 64 countries, two under names of 2005


def tidy(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    keys = ("series", "ref_area", "time_period", "obs_value", "unit_measure", "dimensions", "attributes")
    return sorted(tuple(row[key] for key in keys) for row in rows)


def open_sdg():
    for name in ("data", "meta/fr", "translations"):
        os.makedirs("platform/" + name, exist_ok=True)
    pathlib.Path("platform/data/indicator_1-1-1.csv").write_bytes(
        b'\xef\xbb\xbfYear, Sex ,data.Age group,Series,Units,GeoCode,Value\r\n2015-2017,,,,%,,5\r\n2017-18,data.Women,"a, b",SI_POV_DAY1,%,35,6\r\n'
        b"2019,,,,%,,\r\n2019,,,,%,,7\r\n2019,,,,%,,8\r\nsoon,,,,%,,9\r\n2020,,,,%,,10,11\r\n")
    pathlib.Path("platform/data/indicator_1-2-1.csv").write_text("Year,Value\n2020,1.5\n")
    pathlib.Path("platform/data/notes.csv").write_text("a,b\n1,2\n")
    pathlib.Path("platform/meta/1-2-1.md").write_text("---\ncomputation_units: Percentage\n---\nText\n")
    pathlib.Path("platform/meta/fr/1-2-1.md").write_text("---\ncomputation_units: Pourcentage\n---\n")
    pathlib.Path("platform/meta/1-1-1.yml").write_text("foo: 'bar 'baz' yarp'\n")
    check("do not say which country" in run("import", "platform", code=2), "no --area")
    out = run("import", "--area", "CAN", "platform")
    check("stored 4 figures" in out and "3 rejected" in out and "metadata that cannot be read: 1-1-1.yml" in out, out)
    run("export", "-o", "a.csv")
    rows = tidy("a.csv")
    check(("1.1.1", "CAN", "2017", "5.0", "%", "", "TIME_DETAIL=2015-2017") in rows, rows)
    check(("SI_POV_DAY1", "CAN", "2018", "6.0", "%", "AGE_GROUP=a, b;GEOCODE=35;SEX=Women", "TIME_DETAIL=2017-18") in rows, rows)
    check(("1.2.1", "CAN", "2020", "1.5", "Percentage", "", "") in rows, rows)
    run("export", "--area", "CAN", "--open-sdg", "site")
    run("import", "--area", "CAN", "site", store="back.duckdb")
    run("export", "-o", "b.csv", store="back.duckdb")
    check(tidy("b.csv") == rows, f"{tidy('b.csv')} is not {rows}")
    os.makedirs("nothing", exist_ok=True)
    check("no Open SDG data repository" in run("import", "nothing", code=3), "an empty folder")
    if not SHARED.is_dir():
        return skipped("no shared data")
    figures = 0
    for path in sorted((SHARED / "open_sdg_cif/data").glob("*.csv")):
        text = path.read_bytes().decode("utf-8-sig")
        figures += sum(1 for row in csv.DictReader(io.StringIO(text, newline="")) if row["Value"])
    out = run("import", "--area", "CAN", SHARED / "open_sdg_cif", store="cif.duckdb")
    check(f"stored {figures} figures" in out and "rejected" not in out, out)
    run("export", "--area", "CAN", "--open-sdg", "cif", store="cif.duckdb")
    run("import", "--area", "CAN", "cif", store="cif2.duckdb")
    run("export", "-o", "cif1.csv", store="cif.duckdb")
    run("export", "-o", "cif2.csv", store="cif2.duckdb")
    check(tidy("cif1.csv") == tidy("cif2.csv"), "the platform does not read back equal")
    same = [p.name for p in (SHARED / "open_sdg_cif/meta").glob("*.md") if (pathlib.Path("cif/meta") / p.name).read_bytes() != p.read_bytes()]
    check(not same, f"metadata that changed: {same}")


def packages():
    run("export", "--datapackage", "package", "--dcat", "catalogue.jsonld", "--publisher", "An office")
    rows = sum(1 for _ in csv.DictReader(open("package/observations.csv", encoding="utf-8", newline="")))
    run("import", "package/observations.csv", store="again.duckdb")
    run("export", "-o", "again.csv", store="again.duckdb")
    check(tidy("again.csv") == tidy("package/observations.csv"), "the package does not read back equal")
    datasets = json.loads(pathlib.Path("catalogue.jsonld").read_text())["dcat:dataset"]
    check(len(datasets) == 1, "one dataset a vintage")
    if missing := [name for name in VALIDATORS if importlib.util.find_spec(name) is None]:
        return skipped("the validators; not installed for this Python: " + ", ".join(missing))
    import frictionless
    import rdflib
    from csvw import CSVW
    report = frictionless.Package("package/datapackage.json").validate()
    check(report.valid, str(report.flatten(["rowNumber", "type", "note"])))
    check(CSVW("package/observations.csv-metadata.json").is_valid, "CSVW")
    read = CSVW("package/observations.csv-metadata.json").to_json(minimal=True)
    check(len(read) == rows, f"csvw reads {len(read)} of {rows} rows")
    graph = rdflib.Graph().parse("catalogue.jsonld", format="json-ld")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    check(len(list(graph.subjects(rdflib.RDF.type, dcat.Dataset))) == 1, "DCAT datasets")
    check(len(list(graph.objects(None, dcat.dataset))) == 1, "DCAT catalogue")
    print("validated by", VALIDATORS)


def main():
    clients.with_clients()
    with tempfile.TemporaryDirectory() as folder:
        global SHARED
        SHARED = SHARED.resolve()
        os.chdir(folder)
        made_workbooks()
        real_files()
        open_sdg()
        packages()
    for failure in failures:
        print("FAILED:", failure)
    print(f"{len(failures)} faults")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
