"""Runs a command and prints "seconds MiB" as the last line of standard error. A process of its own: a child's peak memory
counts that of the process it was forked from, and the benchmark itself holds a peer's tables."""
import os
import sys
import time

start = time.perf_counter()
pid = os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
seconds = time.perf_counter() - start
print(f"\n{seconds} {usage.ru_maxrss / 1024}", file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
