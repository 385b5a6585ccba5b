"""For tests that need others' programs: tests/.venv, which ./test makes from requirements.txt, and R."""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CI = bool(os.environ.get("CI"))


def skip_or_fail(what):
    """Elsewhere a test may be left out, with its reason; CI must have everything."""
    print("skipped:", what)
    if CI:
        sys.exit(f"FAILED: CI must have it: {what}")


def with_clients():
    """Goes on with the Python of tests/.venv. False, with the reason printed, where it is not there or not up to date."""
    venv, wanted = HERE / ".venv", HERE / "requirements.txt"
    if os.environ.get("STOCKTAKE_TEST_CLIENTS"):
        return True
    stamp = venv / "installed.txt"
    if not stamp.is_file() or stamp.read_bytes() != wanted.read_bytes():
        skip_or_fail("tests/.venv has not what tests/requirements.txt names; ./test makes it")
        return False
    # OPENBLAS_* settings of a machine stop a current numpy.
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"} | {"STOCKTAKE_TEST_CLIENTS": "1"}
    os.execve(venv / "bin" / "python", [str(venv / "bin" / "python"), *sys.argv], environment)


def has_rsdmx():
    rscript = shutil.which("Rscript")
    if rscript and subprocess.run([rscript, "-e", "library(rsdmx)"], capture_output=True).returncode == 0:
        return True
    skip_or_fail("R with rsdmx (apt.txt: r-base-core, r-cran-rsdmx)")
    return False
