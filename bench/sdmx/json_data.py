"""SDMX-JSON data of 100 MB to columns: ours, and Python's json with a loop."""
import json

from columns import against


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
    return columns.pop("OBS_VALUE"), list(columns.values())


against(__file__, "json", by_python, "python", "python json and a loop")
