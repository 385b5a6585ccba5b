"""Peak memory on messages of 2 GB, or of $SDMX_MEMORY_MB: converted, and checked by `import --dry-run`. Fails above 500 MB."""
import os
import sys
import tempfile

from common import PROGRAM, run_child
from messages import write_copies

LIMIT = 500e6 / 2**20  # MiB
SIZE = float(os.environ.get("SDMX_MEMORY_MB", "2000")) * 1e6

failed = False
for form in ("ml", "json", "csv"):
    with tempfile.TemporaryDirectory() as folder:
        message = os.path.join(folder, f"message.{form}")
        observations = write_copies(message, form, SIZE)
        size = os.path.getsize(message) / 1e6
        other = os.path.join(folder, "out.gz")
        commands = {
            "convert": [PROGRAM, "--quiet", "sdmx", "convert", message, other, "--to", "csv2"],
            "import --dry-run": [PROGRAM, "--quiet", "--store", os.path.join(folder, "store.duckdb"), "import", "--dry-run", message],
        }
        for name, command in commands.items():
            seconds, memory, _ = run_child(command)
            verdict = "" if memory <= LIMIT else " : MORE THAN 500 MB"
            failed = failed or memory > LIMIT
            print(f"{form}, {size:.0f} MB, {observations:,} observations, {name}: {seconds:.1f} s, peak memory {memory:.0f} MiB{verdict}", flush=True)
if failed:
    sys.exit("a message of this size takes more than 500 MB of memory")
