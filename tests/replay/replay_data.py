"""The rows and recorded messages that server.py serves."""
import csv
import gzip
import json
import pathlib
import threading
import urllib.parse

AREAS = [("4", "AF", "AFG"), ("404", "KE", "KEN"), ("800", "UG", "UGA"), ("156", "CN", "CHN"), ("76", "BR", "BRA")]


class Data:
    """The rows that are served, by service and series."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) if folder else None
        self.cache = {}
        self.most = 2000  # rows of a series
        self.replace = (b"", b"")  # in SDMX answers, what by what
        self.lines = None  # of the UNSD table, by series
        self.lock = threading.Lock()

    def unsd_lines(self, series):
        """The header and the first lines of a series; the table is read once."""
        with self.lock:
            if self.lines is None:
                self.lines = {}
                with gzip.open(self.folder / "unsd" / "sdg_observations.csv.gz", "rt", encoding="utf-8") as file:
                    self.header = next(csv.reader([next(file)]))
                    for line in file:
                        kept = self.lines.setdefault(line.split(",", 4)[3], [])
                        if len(kept) < self.most:
                            kept.append(line)
        return self.header, self.lines.get(series, [])

    def recorded(self, name):
        return json.loads((self.folder / "recorded" / name).read_text(encoding="utf-8"))

    def changed(self, body):
        return body.replace(*self.replace) if self.replace[0] else body

    def sdmx(self, rest, query):
        """Body and type of a request for data or a structure, 2.1 or 3.0 syntax; KeyError for what is not recorded."""
        recorded, samples = self.folder / "recorded", self.folder / "sdmx" / "samples"
        if rest[0] in ("dataflow", "structure"):
            flow = rest[2] if rest[0] == "dataflow" else rest[3]
            path = recorded / {"CME": "unicef/dataflow_CME_dsd.xml.gz",
                               "47_850": "istat/dataflow_47_850_with_datastructure.xml"}[flow]
            body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            return body, "application/vnd.sdmx.structure+xml;version=2.1"
        flow, key = (rest[3], rest[5]) if rest[1] == "dataflow" else ((rest[1].split(",") + rest[1:2])[1], "/".join(rest[2:]))
        fixed = {"DF_SDG_0552_NOC_RT": recorded / "ilo/sdmx_data_SDG_0552_NOC_RT.csv", "47_850": recorded / "istat/data_47_850.xml",
                 "NAMA_10_GDP": samples / "ESTAT/NAMA_10_GDP-ss.xml", "PART2": samples / "OECD/data-PART2-all-all.json"}
        if flow in fixed:
            path = fixed[flow]
        else:
            manifest = json.loads((recorded / "unicef/manifest.json").read_text(encoding="utf-8"))["files"]
            years = [query.get(name, [None])[0] for name in ("startPeriod", "endPeriod")]
            path = {(url.path.split("/data/")[1], *(urllib.parse.parse_qs(url.query).get(n, [None])[0]
                                                    for n in ("startPeriod", "endPeriod"))): recorded / "unicef" / name[5:]
                    for name, url in ((name, urllib.parse.urlsplit(entry.get("url", ""))) for name, entry in manifest.items())
                    if name.startswith("data/") and "/data/" in url.path}[(rest[1] + "/" + key, *years)]
        kinds = {".csv": "application/vnd.sdmx.data+csv", ".json": "application/vnd.sdmx.data+json", ".xml": "application/xml"}
        return self.changed(path.read_bytes()), kinds[path.suffix]

    def rows(self, service, series):
        key = (service, series)
        if key not in self.cache:
            self.cache[key] = getattr(self, service)(series)
        return self.cache[key]

    def unsd(self, series):
        if series.startswith("T_"):
            return [self.unsd_row(series, m49, 2000 + year, f"{i + year / 10:.1f}", "C", "PERCENT", {"Sex": "BOTHSEX"})
                    for i, (m49, _, _) in enumerate(AREAS) for year in range(5 if series == "T_ONE" else 2)]
        if self.folder is None:
            return []
        if series == "SH_OOP_XPD_EARNNET40":
            return self.recorded("unsd/series_data_page_1.json")["data"]
        rows = []
        header, lines = self.unsd_lines(series)
        for fields in csv.reader(lines):
            row = dict(zip(header, fields))
            dims = {name[1:-1]: code for name, code in row.items() if name.startswith("[") and code}
            rows.append(self.unsd_row(series, row["GeoAreaCode"], float(row["TimePeriod"]), row["Value"], row["Nature"],
                                      row["Units"], dims))
        return rows

    @staticmethod
    def unsd_row(series, area, year, value, nature, unit, dims):
        return {"goal": ["1"], "target": ["1.1"], "indicator": ["1.1.1"], "series": series, "seriesDescription": series,
                "seriesCount": "1", "geoAreaCode": area, "geoAreaName": area, "timePeriodStart": float(year), "value": value,
                "valueType": "Float", "time_detail": None, "timeCoverage": None, "upperBound": None, "lowerBound": None,
                "basePeriod": None, "source": "replay", "geoInfoUrl": None, "footnotes": [""],
                "attributes": {"Nature": nature, "Units": unit}, "dimensions": dict(dims, **{"Reporting Type": "G"})}

    def worldbank(self, series):
        def row(iso2, iso3, year, value):
            return {"indicator": {"id": series, "value": series}, "country": {"id": iso2, "value": iso3},
                    "countryiso3code": iso3, "date": str(year), "value": value, "unit": "", "obs_status": "", "decimal": 0}
        if series.startswith("T_"):
            return [row(iso2, iso3, year, None if year == 2003 else year - 1990.5)
                    for _, iso2, iso3 in AREAS for year in range(2004, 1999, -1)]
        if self.folder is None:
            return []
        recorded = [r for r in self.recorded("world_bank/indicators_AFG_4series.json")[1] if r["indicator"]["id"] == series]
        if recorded:
            return recorded
        with gzip.open(self.folder / "panel" / "observations.csv.gz", "rt", encoding="utf-8") as file:
            return [row(area[:2], area, int(year), float(value))
                    for code, area, year, value in csv.reader(line for line in file if line.startswith(series + ","))]

    def gho(self, series):
        if series.startswith("T_"):
            return [{"Id": i, "IndicatorCode": series, "SpatialDimType": "COUNTRY", "SpatialDim": iso3, "TimeDimType": "YEAR",
                     "Dim1Type": "SEX", "Dim1": "SEX_BTSX", "TimeDim": 2000 + i, "Dim2Type": None, "Dim2": None,
                     "DataSourceDimType": None, "DataSourceDim": None, "Value": f"{i}.5 [{i}-{i + 1}]", "NumericValue": i + 0.5,
                     "Low": i, "High": i + 1, "Comments": None, "Date": "2020-12-04T16:59:43+01:00"}
                    for _, _, iso3 in AREAS for i in range(5)]
        try:
            return self.recorded(f"who_gho/{series}.json")["value"] if self.folder else []
        except FileNotFoundError:
            return []
