"""Importing real panels into the store, against pandas to SQLite, DuckDB's read_csv and polars to Parquet."""
import os
import sqlite3
import tempfile

import duckdb
import pandas
import polars

from common import DATA, PROGRAM, best, closing, require_equal, run_child, timed

REPEATS = 7  # of 0.5 s each: the best of them is steady
PANDAS_REPEATS = 2  # of 7 to 20 s


def fresh(folder, name):
    """A place for an output; what was there is gone and the disk is at rest: nobody pays for what another left to be written."""
    target = os.path.join(folder, name)
    if os.path.exists(target):
        os.remove(target)
    os.sync()
    return target


def ours(path, folder):
    store = fresh(folder, "store.duckdb")
    seconds, memory, _ = run_child([PROGRAM, "--store", store, "--quiet", "import", path])
    return seconds, memory, store


def answer_of(store):
    with duckdb.connect(store, read_only=True) as connection:
        return connection.execute("select count(*), sum(value) from observation").fetchone()


def by_pandas(path, value, year, folder):
    target = fresh(folder, "pandas.sqlite")

    def work():
        frame = pandas.read_csv(path, low_memory=False)
        frame[value] = pandas.to_numeric(frame[value], errors="coerce")
        frame[year] = pandas.to_numeric(frame[year], errors="coerce")
        with sqlite3.connect(target) as connection:
            frame.to_sql("observation", connection, index=False)
        return frame

    seconds, frame = timed(work)
    good = frame[value].dropna()
    return seconds, (len(good), float(good.sum()))


def by_duckdb(path, value, year, folder):
    target = fresh(folder, "peer.duckdb")

    def work():
        connection = duckdb.connect(target)
        # trim: DuckDB 2.0 moves a bare try_cast into its CSV reader, where "<2.5" then is an error.
        connection.execute(
            f"create table observation as select * replace (try_cast(trim(\"{value}\") as double) as \"{value}\", "
            f"try_cast(trim(\"{year}\") as integer) as \"{year}\") "
            f"from read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')"
        )
        connection.close()

    seconds, _ = timed(work)
    with duckdb.connect(target, read_only=True) as connection:
        return seconds, connection.execute(f'select count("{value}"), sum("{value}") from observation').fetchone()


def by_polars(path, value, year, folder):
    target = fresh(folder, "polars.parquet")

    def work():
        frame = polars.read_csv(path, infer_schema=False)
        frame = frame.with_columns(polars.col(value).cast(polars.Float64, strict=False), polars.col(year).cast(polars.Int32, strict=False))
        frame.write_parquet(target)
        return frame

    seconds, frame = timed(work)
    good = frame[value].drop_nulls()
    return seconds, (len(good), float(good.sum()))


def measure(name, path, value, year, bounds):
    print(f"{name}: {path.name}")
    with tempfile.TemporaryDirectory() as folder:
        times = {"ours": [], "pandas": [], "duckdb": [], "polars": []}
        answers = {}
        for turn in range(REPEATS):
            seconds, memory, store = ours(path, folder)
            times["ours"].append(seconds)
            answers["ours"] = answer_of(store)
            for peer, function in (("pandas", by_pandas), ("duckdb", by_duckdb), ("polars", by_polars)):
                if peer == "pandas" and turn >= PANDAS_REPEATS:
                    continue
                seconds, answers[peer] = function(str(path), value, year, folder)
                times[peer].append(seconds)
    mine = best(times["ours"])
    print(f"  stocktake {mine:.3f} s (whole process, checks and vintage included), peak memory {memory:.0f} MiB, {answers['ours'][0]:,} figures")
    if memory >= 1024:
        raise SystemExit("peak memory is not below 1 GiB")
    for peer in ("pandas", "duckdb", "polars"):
        print(f"  {peer} {best(times[peer]):.3f} s, {answers[peer][0]:,} figures")
        # Figures written "<2.5" or ">95" are kept by us, with their sign; the peers' casts lose them.
        require_equal(f"{peer}: number of figures", answers["ours"][0], answers[peer][0] + bounds["count"])
        require_equal(f"{peer}: sum of figures", answers["ours"][1], answers[peer][1] + bounds["sum"], 1e-9)
    return [(peer, best(times[peer]) / mine) for peer in ("pandas", "duckdb", "polars")]


def published_bounds(path):
    """Count and sum of the '<x' and '>x' figures, read apart from both sides."""
    frame = polars.read_csv(path, infer_schema=False, columns=["Value"])
    bound = frame["Value"].drop_nulls()
    bound = bound.filter(bound.str.contains("^[<>]")).str.slice(1).cast(polars.Float64)
    return {"count": len(bound), "sum": float(bound.sum())}


panel = DATA / "panel" / "observations.csv.gz"
unsd = DATA / "unsd" / "sdg_observations.csv.gz"
sdg = measure("import-unsd", unsd, "Value", "TimePeriod", published_bounds(unsd))
mdg = measure("import", panel, "obs_value", "time_period", {"count": 0, "sum": 0.0})
closing("import-unsd", sdg)
closing("import", mdg)
