"""SDMX messages to columns, each format against its peers; bench/sdmx/*.py also run alone. The ratio is the smallest of the parts'."""
import pathlib
import re
import subprocess
import sys

folder = pathlib.Path(__file__).with_name("sdmx")
ratios = []
for part in ("ml", "json", "csv", "memory"):
    program = folder / ("memory.py" if part == "memory" else f"{part}_data.py")
    run = subprocess.run([sys.executable, str(program)], stdout=subprocess.PIPE, text=True)
    print(run.stdout, end="", flush=True)
    if run.returncode != 0:
        sys.exit(run.returncode)
    found = re.findall(rf"^sdmx-{part} ratio ([0-9.]+)$", run.stdout, re.M)
    ratios += [float(ratio) for ratio in found]
print(f"sdmx ratio {min(ratios):.2f}")
