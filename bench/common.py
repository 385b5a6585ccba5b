"""What the benchmarks share: where things are, timing of a child process, and the closing lines."""
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
PROGRAM = ROOT / "build" / "bench" / "stocktake"


def run_child(command):
    """Runs a command; returns (seconds, peak resident MiB, stdout)."""
    measured = [sys.executable, "-S", pathlib.Path(__file__).with_name("child.py"), *command]
    child = subprocess.run([str(part) for part in measured], capture_output=True, text=True)
    if child.returncode != 0:
        sys.exit(f"{command[0]} failed with exit code {child.returncode}: {child.stderr}")
    seconds, memory = child.stderr.strip().splitlines()[-1].split()
    return float(seconds), float(memory), child.stdout


def timed(function):
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


def best(samples):
    return min(samples)


def require_equal(what, ours, theirs, tolerance=0.0):
    """Ends the benchmark when the two sides did not get the same answer."""
    same = abs(ours - theirs) <= tolerance * max(1.0, abs(theirs))
    if not same:
        sys.exit(f"{what}: we have {ours!r}, the peer {theirs!r}: no ratio without the same answer")


def closing(name, ratios):
    """ratios: [(peer, ratio)], the first is the one that counts and is printed last."""
    for peer, ratio in ratios[1:]:
        print(f"{name}-{peer} ratio {ratio:.2f}")
    print(f"{name} ratio {ratios[0][1]:.2f}", flush=True)
