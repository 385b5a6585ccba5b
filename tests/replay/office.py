"""What the tests of `stocktake fetch` share: a store and a cache of their own, what is expected of a run, and the run of all.

The test that imports it is called with SOURCE_DIR BINARY [WORD of the tests to run].
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(sys.argv[1]).resolve()
BINARY = pathlib.Path(sys.argv[2]).resolve()
sys.path.insert(0, str(SOURCE / "tests" / "replay"))
import server as replay  # noqa: E402

DATA = SOURCE / ".." / "shared" / "data"
HAS_DATA = DATA.is_dir()
FAST = ["--rate", "0", "--backoff", "0.01"]


class Office:
    """A store and a cache of their own."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server
        self.store = folder / "store.duckdb"
        self.environment = dict(os.environ, SOURCE_DATE_EPOCH="1795478400", LANG="C", XDG_CACHE_HOME=str(folder / "cache"))
        for name in ("CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY",
                     "all_proxy", "ALL_PROXY"):
            self.environment.pop(name, None)

    def arguments(self, *arguments):
        return [str(BINARY), "--store", str(self.store), *map(str, arguments)]

    def run(self, *arguments, **environment):
        done = subprocess.run(self.arguments(*arguments), capture_output=True, text=True, timeout=300,
                              env=dict(self.environment, **environment), check=False)
        return done.returncode, done.stdout, done.stderr

    def fetch(self, mode, service, *arguments, **environment):
        tries = [] if "--retries" in arguments else ["--retries", "2"]
        return self.run("fetch", service, "--base-url", self.server.address(mode, service), *FAST, *tries, *arguments, **environment)

    def vintages(self):
        if not self.store.exists():
            return 0
        code, out, err = self.run("show", "vintages", "--format", "csv")
        assert code == 0, err
        return max(0, len(out.splitlines()) - 1)

    def figures(self):
        code, out, err = self.run("export", "--format", "csv", "-o", "-")
        assert code == 0, err
        return out.splitlines()[1:]


def check(condition, *what):
    if not condition:
        raise AssertionError(" | ".join(str(one) for one in what))


def stored(result, figures, office, vintages=1):
    code, out, err = result
    check(code == 0, "exit code", code, out, err)
    check(f"stored {figures} figures" in out, figures, out, err)
    check(office.vintages() == vintages, "vintages", office.vintages())


def refused(result, code, office, *words):
    check(result[0] == code, "exit code", result)
    for word in words:
        check(word in result[2], word, result)
    check(office.vintages() == 0, "a vintage was stored")


def run_one(name, test):
    """Its line for the report, and whether it failed."""
    server = replay.serve(DATA if HAS_DATA else None)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        try:
            skipped = test(Office(pathlib.Path(folder), server))
            line, failed = f"{'skipped: ' + skipped if skipped else 'ok':8} {name} {time.monotonic() - begin:.1f} s", False
        except Exception as error:  # pylint: disable=broad-except
            line, failed = f"FAILED   {name}: {error!r}"[:1500], True
    server.shutdown()
    server.server_close()
    return line, failed


def run_all(tests_by_name):
    """Exit code of the whole."""
    word = sys.argv[3] if len(sys.argv) > 3 else ""
    failures = 0
    # Each has a server, a store and a cache of its own; most of the time is spent waiting.
    with concurrent.futures.ThreadPoolExecutor(max_workers=6) as pool:
        tests = [pool.submit(run_one, name, test) for name, test in tests_by_name.items()
                 if name.startswith("test_") and word in name]
        for done in concurrent.futures.as_completed(tests):
            line, failed = done.result()
            failures += failed
            print(line, flush=True)
    print(f"{failures} failures")
    return 1 if failures else 0
