"""Counts of the sample messages by sdmx1 2.28.0 (PyPI), for sdmx_ml_counts.csv. usage: sdmx_ml_counts.py SHARED_DATA > CSV"""
import contextlib
import csv
import gzip
import io
import logging
import math
import pathlib
import sys
import warnings
from multiprocessing import get_context

import sdmx  # before the processes part

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def number(text):
    try:
        value = float(text)
    except (TypeError, ValueError):
        return 0.0
    return 0.0 if math.isnan(value) else value


def counts(path):
    data = path.read_bytes()
    try:
        with contextlib.redirect_stdout(sys.stderr):  # it prints elements that it does not know
            message = sdmx.read_sdmx(io.BytesIO(gzip.decompress(data) if path.suffix == ".gz" else data))
    except Exception:  # sdmx1 does not read every sample
        return None
    rows = []
    kind = type(message).__name__
    if kind == "DataMessage":
        observations = [o for dataset in message.data for o in dataset.obs]
        rows.append(("data", "", "", "", len(observations), repr(math.fsum(number(o.value) for o in observations)), ""))
    elif kind == "StructureMessage":
        owner = lambda one: one.maintainer.id if one.maintainer else ""
        for name, group in (("codelist", message.codelist), ("concepts", message.concept_scheme)):
            rows += [(name, owner(one), one.id, one.version or "", len(one.items), "", "") for one in group.values()]
        for one in message.structure.values():
            if type(one).__name__.startswith("DataStructure"):
                rows.append(("structure", owner(one), one.id, one.version or "", len(one.dimensions.components),
                             len(one.attributes.components), len(one.measures.components)))
        rows.append(("dataflows", "", "", "", sum("Metadata" not in type(one).__name__ for one in message.dataflow.values()), "", ""))
    return rows


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1])
    files = sorted([*root.glob("sdmx/**/*.xml"), *root.glob("recorded/*/*.xml"), *root.glob("recorded/*/*.xml.gz")])
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["file", "kind", "agency", "id", "version", "count", "second", "third"])
    # A process for each file: sdmx1 keeps namespaces between messages.
    with get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        for path, rows in zip(files, pool.imap(counts, files, chunksize=1)):
            for row in [("unread", "", "", "", "", "", "")] if rows is None else rows:
                writer.writerow([path.relative_to(root).as_posix(), *row])
