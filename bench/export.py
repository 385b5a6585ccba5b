"""Export of a store of a million figures in each format, MB/s of output; the peers write the same rows from Parquet."""
import os
import tempfile

from common import DATA, PROGRAM, best, closing, require_equal, run_child, timed

REPEATS = 3
FORMATS = [
    ("csv", ["-o", "out.csv", "--format", "csv"], "out.csv"),
    ("json", ["-o", "out.json", "--format", "json"], "out.json"),
    ("parquet", ["-o", "out.parquet", "--format", "parquet"], "out.parquet"),
    ("sdmx-csv", ["--sdmx", "sdmx.csv", "--sdmx-format", "csv2"], "sdmx.csv"),
    ("sdmx-json", ["--sdmx", "sdmx.json", "--sdmx-format", "json2"], "sdmx.json"),
    ("sdmx-ml", ["--sdmx", "sdmx.xml", "--sdmx-format", "ml"], "sdmx.xml"),
]


def sums(table):
    return len(table), float(table["obs_value"].astype(float).sum())


def message_rows(path, form):
    """Observations of a message, counted in its text."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return {"sdmx-csv": lambda: text.count("\n") - 1, "sdmx-json": lambda: text.count(":["), "sdmx-ml": lambda: text.count("<Obs ")}[form]()


def written_figures(out):
    """Of "wrote FILE: N figures in M series, ..."."""
    return int(out.split(": ", 1)[1].split()[0])


with tempfile.TemporaryDirectory() as folder:
    import duckdb
    import pandas
    os.chdir(folder)
    store = ["--store", "store.duckdb"]
    run_child([PROGRAM, *store, "--quiet", "import", DATA / "unsd" / "sdg_observations.csv.gz"])
    speeds = {}
    for name, arguments, path in FORMATS:
        seconds, memory = [], 0
        for _ in range(REPEATS):
            taken, memory, out = run_child([PROGRAM, *store, "export", *arguments])
            seconds.append(taken)
        size = os.path.getsize(path) / 1e6
        speeds[name] = size / best(seconds)
        print(f"{name}: {size:.0f} MB in {best(seconds):.2f} s, whole command: {speeds[name]:.0f} MB/s, peak memory {memory:.0f} MiB", flush=True)
        if name.startswith("sdmx-") and name != "sdmx-json":
            require_equal(f"figures in the {name} message", message_rows(path, name), written_figures(out))
    table = pandas.read_parquet("out.parquet")
    pandas_seconds, _ = timed(lambda: table.to_csv("pandas.csv", index=False))
    connection = duckdb.connect()
    duckdb_seconds = best([timed(lambda: connection.execute("copy (select * from 'out.parquet') to 'duckdb.csv' (header true)"))[0] for _ in range(REPEATS)])
    ours = sums(pandas.read_csv("out.csv", low_memory=False))
    for peer in ("pandas", "duckdb"):
        theirs = sums(pandas.read_csv(f"{peer}.csv", low_memory=False))
        require_equal(f"rows by {peer}", ours[0], theirs[0])
        require_equal(f"sum of values by {peer}", ours[1], theirs[1], 1e-9)
    size = os.path.getsize("out.csv") / 1e6
    print(f"{ours[0]:,} figures: same rows and sum in the three tidy tables")
    for peer, seconds in (("pandas to_csv", pandas_seconds), ("DuckDB COPY", duckdb_seconds)):
        print(f"{peer}, from a table that is there: {seconds:.2f} s, {size / seconds:.0f} MB/s")
closing("export", [("pandas", speeds["csv"] / (size / pandas_seconds)), ("duckdb", speeds["csv"] / (size / duckdb_seconds))])
