"""Whole processes: --help, and the report on the bundled figures; a second ./run."""
import os
import subprocess
import tempfile

from common import PROGRAM, ROOT, best, run_child

HELP_LIMIT, REPORT_LIMIT, RUN_LIMIT = 0.020, 1.0, 5.0

help_seconds = best([run_child([PROGRAM, "--help"])[0] for _ in range(20)])
with tempfile.TemporaryDirectory() as folder:
    store = os.path.join(folder, "store.duckdb")
    run_child([PROGRAM, "--store", store, "import", "--starter"])
    page = os.path.join(folder, "mdg.html")
    report = [PROGRAM, "--store", store, "report", "mdg", "--at", "2013-09-25", "--output", page]
    report_seconds = best([run_child(report)[0] for _ in range(5)])
    print(f"report: {report_seconds:.3f} s, {os.path.getsize(page):,} bytes (limit {REPORT_LIMIT} s)")
subprocess.run([ROOT / "run"], check=True, stdout=subprocess.DEVNULL)
run_seconds, _, _ = run_child([ROOT / "run"])
print(f"second ./run: {run_seconds:.3f} s (limit {RUN_LIMIT} s)")
print(f"--help: {help_seconds * 1000:.1f} ms (limit {HELP_LIMIT * 1000:.0f} ms)")
# The limits stand in for peers: a ratio above 1 is within them.
print(f"startup-report ratio {REPORT_LIMIT / report_seconds:.2f}")
print(f"startup-run ratio {RUN_LIMIT / run_seconds:.2f}")
print(f"startup ratio {HELP_LIMIT / help_seconds:.2f}")
