"""SDMX-JSON data of 100 MB to columns: ours, and Python's json with a loop."""
import json
import math
import os
import sys
import tempfile

from common import ROOT, best, closing, require_equal, run_child, timed
from messages import write_copies

CORE = ROOT / "build" / "bench" / "bench" / "sdmx_core"
REPEATS = 3


def by_python(path):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)["data"]
    structure = data["structures"][0]
    series_dimensions = structure["dimensions"]["series"]
    names = [one["id"] for one in series_dimensions]
    codes = [[value["id"] for value in one["values"]] for one in series_dimensions]
    times = [value["id"] for value in structure["dimensions"]["observation"][0]["values"]]
    natures = [value["id"] for value in structure["attributes"]["observation"][0]["values"]]
    columns = {name: [] for name in [*names, "TIME_PERIOD", "OBS_VALUE", "NATURE"]}
    key_columns = [columns[name] for name in names]
    time_column, value_column, nature_column = columns["TIME_PERIOD"], columns["OBS_VALUE"], columns["NATURE"]
    for key, series in data["dataSets"][0]["series"].items():
        key_codes = [codes[i][int(part)] if part else "" for i, part in enumerate(key.split(":"))]
        for time, (value, nature) in series["observations"].items():
            for column, code in zip(key_columns, key_codes):
                column.append(code)
            time_column.append(times[int(time)])
            value_column.append(value)
            nature_column.append(natures[nature])
    return columns


if len(sys.argv) == 2:
    seconds, columns = timed(lambda: by_python(sys.argv[1]))
    distinct = sum(len(set(column) - {""}) for name, column in columns.items() if name != "OBS_VALUE")
    print(seconds, len(columns["OBS_VALUE"]), repr(math.fsum(columns["OBS_VALUE"])), distinct)
    sys.exit(0)

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "message.json")
    observations = write_copies(path, "json", 100e6)
    size = os.path.getsize(path) / 1e6
    _, their_memory, out = run_child([sys.executable, __file__, path])
    their_seconds, their_rows, their_total, their_distinct = (float(part) for part in out.split())
    mine = []
    for _ in range(REPEATS):
        _, memory, out = run_child([CORE, path])
        seconds, rows, total, distinct = (float(part) for part in out.split())
        mine.append(seconds)
        require_equal("observations", rows, observations)
        require_equal("observations by Python", rows, their_rows)
        require_equal("sum of values", total, their_total, 1e-9)
        require_equal("distinct codes", distinct, their_distinct)
print(f"{size:.0f} MB, {observations:,} observations: same rows, sum and codes")
print(f"ours: {best(mine):.3f} s, {size / best(mine):.0f} MB/s, peak memory {memory:.0f} MiB")
print(f"python json and a loop: {their_seconds:.2f} s, {size / their_seconds:.1f} MB/s, peak memory {their_memory:.0f} MiB")
closing("sdmx-json", [("python", their_seconds / best(mine))])
