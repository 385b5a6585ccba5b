#!/usr/bin/env python3
"""Estimates the weights and spread factors of the projections (src/assess/projection/calibration_table.h) from the real panels.

usage: make_calibration.py [--check] STOCKTAKE SHARED_DATA

STOCKTAKE is the built program; SHARED_DATA the folder with panel/ and unsd/. Run it again when a model changes: the factors are
about the models' forecasts. With --check nothing is written; exit code 1 when the table is not what comes out.
"""
import pathlib
import subprocess
import sys
import tempfile

TABLE = pathlib.Path(__file__).resolve().parent.parent / "src" / "assess" / "projection" / "calibration_table.h"
FILES = ["panel/observations.csv.gz", "unsd/sdg_observations.csv.gz"]
ORIGINS = "1990,1995,2000,2005,2010,2015"
STEPS = "1,2,3,5,7,10,15"


def estimate(program, shared, output):
    with tempfile.TemporaryDirectory() as folder:
        store = ["--quiet", "--store", str(pathlib.Path(folder) / "store.duckdb")]
        for name in FILES:
            subprocess.run([program, *store, "import", str(shared / name)], check=True, stdout=subprocess.DEVNULL)
        arguments = ["--framework", "mdg", "sdg", "--origin", ORIGINS, "--horizon", STEPS, "--calibrate", "--output", str(output)]
        subprocess.run([program, *store, "backtest", *arguments], check=True)


def main():
    arguments = [one for one in sys.argv[1:] if one != "--check"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / "table.h"
        estimate(arguments[0], pathlib.Path(arguments[1]), made)
        if "--check" in sys.argv:
            sys.exit(0 if made.read_bytes() == TABLE.read_bytes() else 1)
        TABLE.write_bytes(made.read_bytes())


main()
