#!/usr/bin/env python3
"""`stocktake fetch` against a server on loopback (tests/replay): every fault ends in a clear error or a complete fetch, and never
in a part of a vintage.

usage: fetch_test.py SOURCE_DIR BINARY [WORD of the tests to run]
"""
import os
import pathlib
import pty
import re
import resource
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(sys.argv[1]).resolve() / "tests" / "replay"))
from office import BINARY, FAST, HAS_DATA, check, refused, replay, run_all, stored  # noqa: E402

PAGES = ["--series", "T_ONE", "--page-size", "10"]


def test_pages(office):
    stored(office.fetch("ok", "unsd", *PAGES), 25, office)
    check(len(office.server.paths()) == 3, office.server.paths())
    first = [line for line in office.figures() if ",AFG," in line]
    check(len(first) == 5, first)
    # The same again: asked, unchanged, nothing stored anew.
    office.server.clear()
    code, out, err = office.fetch("ok", "unsd", *PAGES)
    check(code == 0 and "unchanged since vintage 1 (3 pages from the cache)" in out, out, err)
    check([h for _, h in office.server.log if "If-None-Match" not in h] == [], office.server.log)
    check(office.vintages() == 1)
    # The service publishes anew: a second vintage.
    office.server.edition = 2
    stored(office.fetch("ok", "unsd", *PAGES), 25, office, 2)
    office.server.edition = 1


def test_origin_and_hash(office):
    stored(office.fetch("ok", "unsd", *PAGES), 25, office)
    code, out, err = office.run("show", "vintages", "--format", "csv")
    check("/ok/unsd/Series/Data?seriesCode=T_ONE" in out, out, err)
    pages = b""
    for page in (1, 2, 3):
        pages += urllib.request.urlopen(office.server.address("ok", "unsd") +
                                        f"/Series/Data?seriesCode=T_ONE&pageSize=10&page={page}").read() + b"\n"
    # The saved pages, one behind the other, are the same import.
    path = office.folder / "pages.json"
    path.write_bytes(pages)
    code, out, err = office.run("import", str(path))
    check(code == 0 and "in the store already, as vintage 1" in out, out, err)


def test_worldbank(office):
    code, out, err = office.fetch("ok", "worldbank", "--series", "T_WB", "--page-size", "10")
    check(code == 0 and "stored 20 figures (vintage 1, 3 pages), 5 without a value" in out, out, err)
    code, out, err = office.fetch("ok", "worldbank", "--series", "T_WB", "--years", "2000-2001", "--area", "KEN", "--again")
    check(code == 0 and "stored 2 figures" in out, out, err)
    check(len([line for line in office.figures() if ",KEN," in line]) == 4, "other years were hidden", office.figures())
    check("date=2000:2001" in office.server.paths()[-1] and "/country/KEN/" in office.server.paths()[-1], office.server.paths())


def test_worldbank_message(office):
    refused(office.fetch("message", "worldbank", "--series", "T_WB"), 4, office, "The provided parameter value is not valid")


def test_gho(office):
    stored(office.fetch("ok", "gho", "--series", "T_GHO"), 25, office)
    check(len(office.server.paths()) == 3, office.server.paths())
    check(any(line.startswith("T_GHO,AFG,2000,0.5,0.0,1.0,") and "SEX=" not in line for line in office.figures()), office.figures()[:3])


def test_gho_circle(office):
    refused(office.fetch("circle", "gho", "--series", "T_GHO"), 3, office, "circle")


def test_gho_elsewhere(office):
    refused(office.fetch("elsewhere", "gho", "--series", "T_GHO"), 3, office, "elsewhere")


def test_429(office):
    begin = time.monotonic()
    stored(office.fetch("429", "unsd", "--series", "T_ONE"), 25, office)
    check(time.monotonic() - begin >= 1, "Retry-After was not obeyed")


def test_429_long(office):
    refused(office.fetch("429-long", "unsd", *PAGES), 5, office, "86400 seconds", "--longest-wait")


def test_500_once(office):
    stored(office.fetch("500-once", "unsd", *PAGES), 25, office)
    check(len(office.server.paths()) == 6, office.server.paths())


def test_503(office):
    refused(office.fetch("503", "unsd", *PAGES), 5, office, "status 503", "under maintenance", "Series/Data?seriesCode=T_ONE")
    check(len(office.server.paths()) == 3, "tries", office.server.paths())


def test_404(office):
    refused(office.fetch("404", "unsd", *PAGES), 4, office, "404", "no such series")
    check(len(office.server.paths()) == 1, "tries", office.server.paths())


def test_403(office):
    refused(office.fetch("403", "unsd", *PAGES), 5, office, "403", "--header")


def test_truncated(office):
    for mode, word in (("cut-length", ""), ("cut-chunk", ""), ("cut-json", "ends early"), ("no-body", "empty")):
        refused(office.fetch(mode, "unsd", *PAGES), 5, office, word, "3 tries")
    stored(office.fetch("cut-length-once", "unsd", *PAGES), 25, office)


def test_content(office):
    refused(office.fetch("html", "unsd", *PAGES), 3, office, "expected JSON, found a web page", "Please sign in")
    refused(office.fetch("text", "unsd", *PAGES), 3, office, "expected JSON", "temporarily moved")


def test_drip(office):
    begin = time.monotonic()
    refused(office.fetch("drip", "unsd", *PAGES, "--stall", "2", "--retries", "0"), 5, office, "slow")
    check(time.monotonic() - begin < 20, "the drip was waited for")


def test_redirects(office):
    refused(office.fetch("loop", "unsd", *PAGES), 5, office, "in a circle")
    refused(office.fetch("endless", "unsd", *PAGES), 5, office, "more than 5 redirects")
    stored(office.fetch("chain", "unsd", *PAGES, "--header", "X-Key: secret"), 25, office)
    check(all(h.get("X-Key") == "secret" for p, h in office.server.log if p.startswith("/ok/")), "the key was lost")


def test_cross_host(office):
    stored(office.fetch("cross-host", "unsd", *PAGES, "--header", "X-Key: secret"), 25, office)
    check(all("X-Key" not in h for p, h in office.server.log if p.startswith("/ok/")), "the key went to another host")


def test_https(office):
    if shutil.which("openssl") is None:
        return "no openssl"
    key, certificate = office.folder / "key.pem", office.folder / "cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = replay.serve(None, context)
    secure.https_twin = f"http://127.0.0.1:{office.server.server_address[1]}"
    mode = ["fetch", "unsd", *PAGES, *FAST, "--retries", "0", "--base-url"]
    refused(office.run(*mode, secure.address("ok", "unsd")), 5, office, "certificate")
    trusted = ["--cacert", certificate]
    refused(office.run(*mode, secure.address("downgrade", "unsd"), *trusted), 5, office, "not encrypted", "--allow-http")
    stored(office.run(*mode, secure.address("ok", "unsd"), *trusted), 25, office)
    stored(office.run(*mode, secure.address("downgrade", "unsd"), *trusted, "--allow-http"), 25, office, 2)
    stored(office.run(*mode, secure.address("ok", "unsd"), "--again", SSL_CERT_FILE=str(certificate)), 25, office, 3)
    secure.shutdown()
    return None


def test_proxy(office):
    # The server itself as proxy: it is asked for the path of the whole address.
    address = f"http://127.0.0.1:{office.server.server_address[1]}"
    code, _, err = office.run("fetch", "unsd", *PAGES, *FAST, "--base-url", "http://service.invalid/ok/unsd", "--proxy", address)
    check(any(path.startswith("http://service.invalid/ok/unsd/") for path in office.server.paths()), office.server.paths(), err)
    check(code == 0 and office.vintages() == 1, err)


def test_schema(office):
    for mode, field in (("schema-missing", "geoAreaCode"), ("schema-type", "value"), ("schema-header", "totalPages")):
        refused(office.fetch(mode, "unsd", *PAGES), 3, office, f"field '{field}'", "Series/Data?seriesCode=T_ONE")


def test_empty(office):
    refused(office.fetch("empty", "unsd", *PAGES), 4, office, "no figures")
    refused(office.fetch("ok", "worldbank", "--series", "NONE"), 4, office, "no figures")
    refused(office.fetch("ok", "gho", "--series", "NONE"), 4, office, "no figures")


def test_counts(office):
    refused(office.fetch("wrong-count", "unsd", *PAGES), 3, office, "the header says 32 rows, the pages have 25")
    refused(office.fetch("moving-count", "unsd", *PAGES), 3, office, "page 1 says 25 rows")
    refused(office.fetch("duplicate", "unsd", *PAGES), 3, office, "asked for page 2, the answer says it is page 1")
    refused(office.fetch("repeated-body", "unsd", *PAGES), 3, office, "the pages have 30")
    refused(office.fetch("moving-edition", "worldbank", "--series", "T_WB", "--page-size", "10"), 3, office, "2026-10-02")


def test_gzip(office):
    stored(office.fetch("gzip", "unsd", *PAGES), 25, office)


def test_max_body(office):
    refused(office.fetch("ok", "unsd", *PAGES, "--max-body", "0.002"), 5, office, "--max-body")
    refused(office.fetch("gzip", "unsd", *PAGES, "--max-body", "0.002"), 5, office, "--max-body")


def test_resume_after_failure(office):
    refused(office.fetch("flaky-page-3", "unsd", *PAGES, "--retries", "0"), 5, office, "503")
    before = len(office.server.paths())
    stored(office.fetch("flaky-page-3", "unsd", *PAGES, "--retries", "0"), 25, office)
    check([path[-6:] for path in office.server.paths()[before:]] == ["page=3"], office.server.paths())


def test_ctrl_c(office):
    office.server.delay = 0.3
    arguments = office.arguments("fetch", "unsd", "--base-url", office.server.address("ok", "unsd"), *FAST, "--series", "T_ONE",
                                 "--page-size", "2")
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=office.environment)
    while len(office.server.paths()) < 5:
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)
    check(child.returncode == 130 and "pages that were got" in err, child.returncode, err)
    check(office.vintages() == 0, "a part was stored")
    office.server.delay = 0.0
    before = len(office.server.paths())
    stored(office.fetch("ok", "unsd", "--series", "T_ONE", "--page-size", "2"), 25, office)
    asked = [int(path.rsplit("=", 1)[1]) for path in office.server.paths()[before:]]
    check(asked and asked[0] > 1 and asked == list(range(asked[0], 14)), "asked again for what was there", asked)


def test_offline(office):
    refused(office.fetch("ok", "unsd", *PAGES, "--offline"), 4, office, "not in the cache", "without --offline")
    stored(office.fetch("ok", "unsd", *PAGES), 25, office)
    office.server.clear()
    stored(office.fetch("ok", "unsd", *PAGES, "--offline", "--again"), 25, office, 2)
    check(office.server.paths() == [], "something was asked")
    # A damaged body is as if it were not there.
    for path in (office.folder / "cache").rglob("bodies/*/*"):
        path.write_bytes(b"damaged")
    check(office.fetch("ok", "unsd", *PAGES, "--offline")[0] == 4)
    stored(office.fetch("ok", "unsd", *PAGES, "--again"), 25, office, 3)


def test_several(office):
    code, out, err = office.fetch("ok", "unsd", "--series", "T_TWO", "--series", "NONE", "--series", "T_ONE", "--page-size", "3",
                                  "--jobs", "3")
    lines = out.splitlines()
    check(code == 0, err)
    check(lines[0].startswith("unsd T_TWO: stored 10 figures (vintage 1") and lines[1] == "unsd NONE: no figures" and
          lines[2].startswith("unsd T_ONE: stored 25 figures (vintage 2"), out)
    check(lines[-1] == "2 stored, 0 unchanged, 1 without figures, 0 failed", out)


def test_dry_run(office):
    code, out, err = office.run("fetch", "--framework", "sdg", "--dry-run")
    lines = out.splitlines()
    check(code == 0 and len(lines) > 100 and all(line.startswith("https://") for line in lines), out[:500], err)
    check(sum("unstats.un.org" in line for line in lines) > 50 and sum("api.worldbank.org" in line for line in lines) > 5)
    check(not office.store.exists() and not (office.folder / "cache").exists(), "a dry run left something")
    code, out, _ = office.run("fetch", "oecd-sdmx3", "--flow", "A,B@C,1.0", "--years", "2000-2010", "--area", "KEN", "--dry-run")
    check(out.splitlines()[1] == "https://sdmx.oecd.org/public/rest/v2/data/dataflow/A/B@C/1.0/*"
          "?c%5BREF_AREA%5D=KEN&c%5BTIME_PERIOD%5D=ge:2000%2Ble:2010", out)
    code, out, _ = office.run("fetch", "unicef", "--flow", "UNICEF,CME,1.0", "--key", "USA+BRA.CME_MRY0T4.._T._T._T", "--years",
                              "2020-2020", "--dry-run")
    check(out.splitlines()[1] == "https://sdmx.data.unicef.org/ws/public/sdmxapi/rest/data/UNICEF,CME,1.0/USA+BRA.CME_MRY0T4.._T._T._T"
          "?startPeriod=2020&endPeriod=2020", out)


def test_framework(office):
    if not HAS_DATA:
        return "no shared data"
    office.server.data.most = 40  # rows a series
    code, out, err = office.fetch("ok", "unsd", "--framework", "sdg", "--jobs", "4")
    lines = out.splitlines()
    check(code == 0 and lines[-1].endswith(" 0 failed"), lines[-1:], err)
    check(int(lines[-1].split()[0]) > 50, lines[-1])
    return None


def test_recorded(office):
    if not HAS_DATA:
        return "no shared data"
    stored(office.fetch("ok", "unsd", "--series", "SH_OOP_XPD_EARNNET40", "--area", "AFG"), 62, office)
    code, out, err = office.fetch("ok", "worldbank", "--series", "SH.STA.MMRT", "--area", "AFG")
    check(code == 0 and "stored 2 figures" in out and "1 without a value" in out, out, err)
    check(any(line.startswith("SH.STA.MMRT,AFG,2017,638") for line in office.figures()))
    code, out, err = office.fetch("ok", "gho", "--series", "TB_1")
    check(code == 0 and any(line.startswith("TB_1,AFG,2014,51.0,36.0,79.0,") for line in office.figures()), out, err)
    code, out, err = office.fetch("ok", "jsonstat", "--series", "x")
    check(code == 2, err)
    base = ["fetch", "eurostat", "--base-url", office.server.address("ok", "jsonstat"), *FAST, "--series"]
    code, out, err = office.run(*base, "une_rt_m_DE_last3")
    check(code == 3 and "the period" in err or "year" in err, code, err)  # months: no figure of a year
    code, out, err = office.run(*base, "une_rt_m_XX_last1_empty")
    check(code != 0 and "no " in err, code, err)
    return None


def test_retry_after_date(office):
    begin = time.monotonic()
    stored(office.fetch("429-date", "unsd", "--series", "T_ONE"), 25, office)
    check(time.monotonic() - begin >= 1.5, "the date of Retry-After was not obeyed")


def test_compression(office):
    for mode, word in (("gzip-cut", "end early"), ("gzip-damaged", "damaged"), ("gzip-not", "gzip")):
        refused(office.fetch(mode, "unsd", *PAGES, "--retries", "1"), 5, office, word, "2 tries")
    refused(office.fetch("brotli", "unsd", *PAGES), 5, office, "encoding 'br'")
    check(all(h.get("Accept-Encoding") == "gzip" for _, h in office.server.log), "other encodings were asked for")


def test_lengths(office):
    # Less than the body is cut JSON; what is behind must not be taken for the next answer (libcurl may see it, and refuses).
    refused(office.fetch("length-short", "unsd", *PAGES, "--retries", "0"), 5, office, "ends early")
    refused(office.fetch("length-short", "unsd", *PAGES, "--retries", "1"), 5, office, "2 tries")
    # 304 without a copy is no answer.
    refused(office.fetch("not-modified", "unsd", *PAGES), 5, office, "304")


def test_one_cache_two_fetches(office):
    """Two at the same time: both get all pages, and the cache is whole."""
    office.server.delay = 0.05
    children = []
    for name in ("a", "b"):
        arguments = [str(BINARY), "--store", str(office.folder / f"{name}.duckdb"), "fetch", "unsd", "--base-url",
                     office.server.address("ok", "unsd"), *FAST, "--series", "T_ONE", "--page-size", "2"]
        children.append(subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=office.environment))
    for child in children:
        out, err = child.communicate(timeout=60)
        check(child.returncode == 0 and "stored 25 figures" in out, out, err)
    office.server.clear()
    stored(office.fetch("ok", "unsd", "--series", "T_ONE", "--page-size", "2", "--offline"), 25, office)
    check(not list((office.folder / "cache").rglob("partial/*")), "parts were left")


def test_damaged_record(office):
    stored(office.fetch("ok", "unsd", *PAGES), 25, office)
    for path in (office.folder / "cache").rglob("pages/*.json"):
        path.write_text("{")
    stored(office.fetch("ok", "unsd", *PAGES, "--again"), 25, office, 2)


def test_disk_full(office):
    """A limit on the size of files: the answer does not fit. The store must be as before."""
    stored(office.fetch("ok", "unsd", "--series", "T_TWO"), 10, office)
    arguments = office.arguments("fetch", "sdmx", "--base-url", office.server.address("big", "sdmx"), *FAST, "--flow", "A,4000,1.0")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (16 << 20, 16 << 20))
    done = subprocess.run(arguments, capture_output=True, text=True, env=office.environment, preexec_fn=limit, check=False)
    check(done.returncode == 6 and "File too large" in done.stderr and "--cache" in done.stderr, done)
    check(office.vintages() == 1, "a vintage was stored")
    check(not list((office.folder / "cache").rglob("partial/*")), "parts were left")


def test_big_body(office):
    """300 MB: to the disk, not into memory."""
    arguments = office.arguments("fetch", "sdmx", "--base-url", office.server.address("big", "sdmx"), *FAST, "--flow", "A,18900,1.0",
                                 "--column", "COMMENT_OBS=ignore")
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=office.environment)
    out, err = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    check(child.returncode == 0 and "stored 18900 figures" in out, out, err)
    check(usage.ru_maxrss < 250_000, "peak memory in kB", usage.ru_maxrss)


def test_jobs_same_store(office):
    """What is stored does not depend on how many requests are made at a time, or on which answer comes first."""
    series = [f"--series={code}" for code in ("T_A", "T_ONE", "T_B", "T_C", "T_D")]
    texts = []
    for jobs in ("1", "5"):
        office.store = office.folder / f"jobs{jobs}.duckdb"
        office.server.delay = 0.03 if jobs == "5" else 0
        code, out, err = office.fetch("ok", "unsd", *series, "--page-size", "3", "--jobs", jobs)
        check(code == 0, err)
        texts.append((out, office.run("show", "vintages", "--format", "csv")[1].replace(f"jobs{jobs}", ""), office.figures()))
        shutil.rmtree(office.folder / "cache")
    check(texts[0] == texts[1], "--jobs changes the result", texts)


def test_dry_run_rows(office):
    stored(office.fetch("ok", "unsd", *PAGES), 25, office)
    office.server.clear()
    code, out, err = office.fetch("ok", "unsd", *PAGES, "--series", "T_TWO", "--dry-run")
    lines = out.splitlines()
    check(code == 0 and lines[0].endswith("&page=1\t25") and lines[1].endswith("&page=1"), out, err)
    check("2 requests, 1 of them made before: about 25 rows" in err, err)
    check(office.server.paths() == [], "a dry run asked")


def test_progress(office):
    """One line on a terminal with pages, rows and bytes; nothing of it in a pipe."""
    office.server.delay = 0.15
    arguments = office.arguments("fetch", "unsd", "--base-url", office.server.address("ok", "unsd"), *FAST, "--series", "T_ONE",
                                 "--page-size", "2")
    master, slave = pty.openpty()
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=slave, env=office.environment)
    os.close(slave)
    text = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:
            break
        if not block:
            break
        text += block
    child.communicate(timeout=60)
    os.close(master)
    check(child.returncode == 0, text)
    check(re.search(rb"fetching \d+ of 13 pages, \d+ rows, \d+ kB, \d+ s left", text), text)
    check(b"\n" not in text and text.endswith(b"\r\x1b[K"), "not one line, or not wiped", text[-200:])
    office.server.delay = 0.0
    check(office.fetch("ok", "unsd", *PAGES)[2] == "", "something on stderr in a pipe")


def test_exit_code_in_help(office):
    code, out, err = office.run("--help")
    check(code == 0 and re.search(r"5 store in use, or a service or the network\s+fails", out), out, err)


if __name__ == "__main__":
    sys.exit(run_all(dict(globals())))
