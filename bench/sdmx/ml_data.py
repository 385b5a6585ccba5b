"""SDMX-ML structure-specific data to columns: ours, lxml's iterparse (100 MB) and r-cran-rsdmx (150,000 observations)."""
import math
import os
import shutil
import subprocess
import sys
import tempfile

from common import ROOT, best, closing, require_equal, run_child, timed
from messages import write_ml

CORE = ROOT / "build" / "bench" / "bench" / "sdmx_core"
REPEATS = 5
RSDMX = """
suppressMessages(library(rsdmx))
path <- commandArgs(TRUE)[1]
start <- proc.time()[["elapsed"]]
data <- as.data.frame(readSDMX(path, isURL = FALSE))
cat(proc.time()[["elapsed"]] - start, nrow(data), format(sum(as.numeric(data$OBS_VALUE), na.rm = TRUE), digits = 17), "\\n")
"""


def by_lxml(path):
    from lxml import etree
    rows, series = [], None
    for event, element in etree.iterparse(path, events=("start", "end")):
        if event == "start":
            if element.tag == "Series":
                series = dict(element.attrib)
        elif element.tag == "Obs":
            rows.append((series, element.get("TIME_PERIOD"), float(element.get("OBS_VALUE", "nan")), element.get("NATURE")))
            element.clear()
        elif element.tag == "Series":
            element.clear()
            parent = element.getparent()
            while element.getprevious() is not None:
                del parent[0]
    return len(rows), math.fsum(row[2] for row in rows if not math.isnan(row[2]))


def ours(path):
    _, memory, out = run_child([CORE, path])
    seconds, rows, total, _ = out.split()
    return float(seconds), memory, int(rows), float(total)


if len(sys.argv) == 2:
    seconds, (rows, total) = timed(lambda: by_lxml(sys.argv[1]))
    print(seconds, rows, repr(total))
    sys.exit(0)

with tempfile.TemporaryDirectory() as folder:
    large, small = os.path.join(folder, "large.xml"), os.path.join(folder, "small.xml")
    observations = write_ml(large, size=100e6)
    write_ml(small, rows=150_000)
    mine, theirs, small_mine = [], [], []
    for _ in range(REPEATS):
        seconds, memory, rows, total = ours(large)
        mine.append(seconds)
        _, _, out = run_child([sys.executable, __file__, large])
        lxml_seconds, lxml_rows, lxml_total = (float(part) for part in out.split())
        theirs.append(lxml_seconds)
        small_seconds, _, small_rows, small_total = ours(small)
        small_mine.append(small_seconds)
        require_equal("observations", rows, observations)
        require_equal("observations by lxml", rows, int(lxml_rows))
        require_equal("sum of values", total, lxml_total, 1e-9)
    ratios = [("lxml", best(theirs) / best(mine))]
    print(f"{os.path.getsize(large) / 1e6:.0f} MB, {observations:,} observations: same rows and sum")
    print(f"ours: {best(mine):.3f} s, {os.path.getsize(large) / 1e6 / best(mine):.0f} MB/s, peak memory {memory:.0f} MiB")
    print(f"lxml iterparse: {best(theirs):.2f} s, {os.path.getsize(large) / 1e6 / best(theirs):.0f} MB/s")
    if shutil.which("Rscript"):
        script = os.path.join(folder, "rsdmx.R")
        with open(script, "w", encoding="utf-8") as file:
            file.write(RSDMX)
        peer = subprocess.run(["Rscript", script, small], capture_output=True, text=True, check=True)
        r_seconds, r_rows, r_total = (float(part) for part in peer.stdout.split()[-3:])
        require_equal("observations by rsdmx", small_rows, int(r_rows))
        require_equal("sum of values by rsdmx", small_total, r_total, 1e-9)
        print(f"150,000 observations, {os.path.getsize(small) / 1e6:.1f} MB: ours {best(small_mine):.4f} s, rsdmx {r_seconds:.1f} s")
        ratios.append(("rsdmx", r_seconds / best(small_mine)))
closing("sdmx-ml", ratios)
