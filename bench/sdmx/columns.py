"""A message of 100 MB to columns, ours and a peer's: same rows, sum and distinct codes."""
import math
import os
import sys
import tempfile

from common import ROOT, best, closing, require_equal, run_child, timed
from messages import write_copies

CORE = ROOT / "build" / "bench" / "bench" / "sdmx_core"
REPEATS = 3


def told(seconds, values, columns):
    """What a peer's process prints of its columns; `columns` without that of the values."""
    distinct = sum(len(set(column) - {""}) for column in columns)
    print(seconds, len(values), repr(math.fsum(value for value in values if not math.isnan(value))), distinct)


def against(program, kind, peer, peer_name, peer_title):
    """Both sides on one message of a kind ("csv", "json"). The peer runs in a process of its own: PROGRAM FILE, which calls `peer`
    with the file: what it returns are the values and the other columns."""
    if len(sys.argv) == 2:
        seconds, (values, columns) = timed(lambda: peer(sys.argv[1]))
        told(seconds, values, columns)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, f"message.{kind}")
        observations = write_copies(path, kind, 100e6)
        size = os.path.getsize(path) / 1e6
        _, their_memory, out = run_child([sys.executable, program, path])
        their_seconds, their_rows, their_total, their_distinct = (float(part) for part in out.split())
        mine = []
        for _ in range(REPEATS):
            _, memory, out = run_child([CORE, path])
            seconds, rows, total, distinct = (float(part) for part in out.split())
            mine.append(seconds)
            require_equal("observations", rows, observations)
            require_equal(f"observations by {peer_name}", rows, their_rows)
            require_equal("sum of values", total, their_total, 1e-9)
            require_equal("distinct codes", distinct, their_distinct)
    print(f"{size:.0f} MB, {observations:,} observations: same rows, sum and codes")
    print(f"ours: {best(mine):.3f} s, {size / best(mine):.0f} MB/s, peak memory {memory:.0f} MiB")
    print(f"{peer_title}: {their_seconds:.2f} s, {size / their_seconds:.1f} MB/s, peak memory {their_memory:.0f} MiB")
    closing(f"sdmx-{kind}", [(peer_name, their_seconds / best(mine))])
