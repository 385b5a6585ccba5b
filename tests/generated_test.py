"""Files of the tree that programs of the tree made: made anew, they are the same to the byte."""
import os
import pathlib
import subprocess
import sys
import tempfile

source = pathlib.Path(sys.argv[1])
shared = source.parent / "shared" / "data"
failures = 0

areas = subprocess.run([sys.executable, source / "tools" / "make_areas.py", "--check"], capture_output=True, text=True)
if areas.returncode != 0:
    print(f"reference/areas.csv is not what tools/make_areas.py makes: {areas.stdout}{areas.stderr}")
    failures += 1

if shared.is_dir():
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / "regions.csv"
        subprocess.run([sys.executable, source / "tools" / "make_starter_regions.py", "--shared", shared, "--output", made], check=True)
        if made.read_bytes() != (source / "data" / "starter" / "regions.csv").read_bytes():
            print("data/starter/regions.csv is not what tools/make_starter_regions.py makes")
            failures += 1
    iati = [sys.executable, source / "tools" / "make_iati_schema.py", "--check", shared / "iati" / "standard_2.03", shared / "iati" / "codelists"]
    if subprocess.run(iati).returncode != 0:
        print("reference/iati is not what tools/make_iati_schema.py makes")
        failures += 1
    calibration = [sys.executable, source / "tools" / "make_calibration.py", "--check", sys.argv[2], shared]
    if subprocess.run(calibration).returncode != 0:
        print("src/assess/projection/calibration_table.h is not what tools/make_calibration.py makes")
        failures += 1
elif os.environ.get("CI"):
    print(f"the shared data are missing: {shared}")
    failures += 1
else:
    print(f"skipped data/starter/regions.csv: no shared data at {shared}")

sys.exit(1 if failures else 0)
