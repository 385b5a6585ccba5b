"""SDMX-CSV 2.0 data of 100 MB to columns: ours, and pandas.read_csv. Wants 300 MB/s of us on two cores."""
import math
import os
import sys
import tempfile

from common import ROOT, best, closing, require_equal, run_child, timed
from messages import write_copies

CORE = ROOT / "build" / "bench" / "bench" / "sdmx_core"
REPEATS = 3


def by_pandas(path):
    import pandas
    head = pandas.read_csv(path, nrows=0)
    kinds = {name: float if name == "OBS_VALUE" else str for name in head.columns}
    return pandas.read_csv(path, dtype=kinds, keep_default_na=False, na_values={"OBS_VALUE": [""]})


if len(sys.argv) == 2:
    import pandas  # noqa: F401: its start does not count
    seconds, table = timed(lambda: by_pandas(sys.argv[1]))
    components = [name for name in table.columns if name not in ("STRUCTURE", "STRUCTURE_ID", "ACTION", "OBS_VALUE")]
    distinct = sum(len(set(table[name].unique()) - {""}) for name in components)
    print(seconds, len(table), repr(math.fsum(table["OBS_VALUE"].dropna())), distinct)
    sys.exit(0)

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "message.csv")
    observations = write_copies(path, "csv", 100e6)
    size = os.path.getsize(path) / 1e6
    _, their_memory, out = run_child([sys.executable, __file__, path])
    their_seconds, their_rows, their_total, their_distinct = (float(part) for part in out.split())
    mine = []
    for _ in range(REPEATS):
        _, memory, out = run_child([CORE, path])
        seconds, rows, total, distinct = (float(part) for part in out.split())
        mine.append(seconds)
        require_equal("observations", rows, observations)
        require_equal("observations by pandas", rows, their_rows)
        require_equal("sum of values", total, their_total, 1e-9)
        require_equal("distinct codes", distinct, their_distinct)
print(f"{size:.0f} MB, {observations:,} observations: same rows, sum and codes")
print(f"ours: {best(mine):.3f} s, {size / best(mine):.0f} MB/s, peak memory {memory:.0f} MiB")
print(f"pandas.read_csv: {their_seconds:.2f} s, {size / their_seconds:.0f} MB/s, peak memory {their_memory:.0f} MiB")
closing("sdmx-csv", [("pandas", their_seconds / best(mine))])
