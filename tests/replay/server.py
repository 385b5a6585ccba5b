#!/usr/bin/env python3
"""A web server on loopback that answers as the statistical services do, and misbehaves on demand.

usage: server.py DATA_FOLDER [PORT]

Addresses are /MODE/SERVICE/...: MODE is `ok` or one of the faults below, SERVICE is unsd, worldbank, gho, jsonstat or sdmx.
Rows are those of the recorded answers (DATA_FOLDER/recorded) where the request is theirs, else made in the same shape from
DATA_FOLDER/unsd and DATA_FOLDER/panel. Without DATA_FOLDER the series T_ONE (25 rows) and T_TWO are made up.
Every request is noted in Replay.log as (path, headers).
"""
import email.utils
import gzip
import hashlib
import http.server
import io
import json
import sys
import threading
import time
import urllib.parse

from replay_data import AREAS, Data


class Replay(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, data_folder=None, port=0, tls=None):
        super().__init__(("127.0.0.1", port), Handler)
        self.data = Data(data_folder)
        self.log = []          # (path, headers)
        self.tries = {}        # path -> requests so far
        self.lock = threading.Lock()
        self.https_twin = None
        self.edition = 1       # raised by a test: the service publishes anew
        self.delay = 0.0       # seconds before each answer
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.scheme = "https" if tls else "http"

    def address(self, mode, service, host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.server_address[1]}/{mode}/{service}"

    def paths(self):
        with self.lock:
            return [path for path, _ in self.log]

    def clear(self):
        with self.lock:
            self.log.clear()
            self.tries.clear()

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is what many tests are about


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        server = self.server
        with server.lock:
            server.log.append((self.path, dict(self.headers)))
            server.tries[self.path] = server.tries.get(self.path, 0) + 1
            self.tries = server.tries[self.path]
        time.sleep(server.delay)
        url = urllib.parse.urlsplit(self.path)
        _, mode, service, *rest = url.path.split("/")
        query = urllib.parse.parse_qs(url.query)
        fault = getattr(self, "mode_" + mode.replace("-", "_"), None)
        if fault is not None and fault(service, rest, query):
            return
        try:
            answer = self.body_of(mode, service, rest, query)
        except KeyError:
            answer = b"No results", "text/plain", 404
        self.answer(*answer)

    # What the services say

    def body_of(self, mode, service, rest, query):
        kind = "application/json; charset=utf-8"
        if service == "unsd":
            return self.dump(mode, self.unsd(mode, query)), kind
        if service == "worldbank":
            return self.dump(mode, self.worldbank(mode, rest, query)), kind
        if service == "gho":
            return self.dump(mode, self.gho(mode, rest, query)), kind
        if service == "jsonstat":
            return (self.server.data.folder / "recorded" / "eurostat" / (rest[-1] + ".json")).read_bytes(), kind
        if service == "sdmx":
            return self.server.data.sdmx(rest, query)
        return b"{}", kind

    @staticmethod
    def dump(mode, value):
        return json.dumps(value, ensure_ascii=False, indent=1).encode()

    def unsd(self, mode, query):
        rows = self.server.data.rows("unsd", query["seriesCode"][0])
        areas = query.get("areaCode")
        if areas:
            rows = [row for row in rows if row["geoAreaCode"].lstrip("0") in areas]
        size, page = int(query["pageSize"][0]), int(query["page"][0])
        if mode == "empty":
            rows = []
        if mode == "duplicate" and page == 2:
            page = 1
        part = json.loads(json.dumps(rows[(page - 1) * size: page * size]))
        for row in part:
            if self.server.edition > 1:
                row["footnotes"] = [f"edition {self.server.edition}"]
            if mode == "schema-missing":
                del row["geoAreaCode"]
            if mode == "schema-type":
                row["value"] = {"number": row["value"]}
        answer = {"size": size, "totalElements": len(rows), "totalPages": -(-len(rows) // size), "pageNumber": page,
                  "attributes": [], "dimensions": [], "data": part}
        if mode == "repeated-body":
            answer["pageNumber"] = page
            answer["data"] = rows[:size]
        if mode == "wrong-count":
            answer["totalElements"] += 7
        if mode == "moving-count" and page == 2:
            answer["totalElements"] += 1
        if mode == "schema-header":
            del answer["totalPages"]
        return answer

    def worldbank(self, mode, rest, query):
        series = rest[-1]
        rows = self.server.data.rows("worldbank", series)
        if rest[1] != "all":
            rows = [row for row in rows if row["countryiso3code"] in rest[1].split(";")]
        if "date" in query:
            first, last = query["date"][0].split(":")
            rows = [row for row in rows if first <= row["date"] <= last]
        if mode == "message":
            return [{"message": [{"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}]}]
        size, page = int(query["per_page"][0]), int(query["page"][0])
        if not rows:
            return [{"page": 0, "pages": 0, "per_page": 0, "total": 0, "sourceid": None, "lastupdated": None}, None]
        day = "2026-10-02" if mode == "moving-edition" and page == 2 else "2026-10-01"
        return [{"page": page, "pages": -(-len(rows) // size), "per_page": size, "total": len(rows), "sourceid": "2",
                 "lastupdated": day}, rows[(page - 1) * size: page * size]]

    def gho(self, mode, rest, query):
        rows = self.server.data.rows("gho", rest[0])
        skip, size = int(query.get("$skip", ["0"])[0]), 10
        answer = {"@odata.context": "replay", "value": rows[skip: skip + size]}
        host = f"http://127.0.0.1:{self.server.server_address[1]}"
        if skip + size < len(rows):
            answer["@odata.nextLink"] = f"{host}/{mode}/gho/{rest[0]}?$skip={skip + size}"
        if mode == "circle":
            answer["@odata.nextLink"] = f"{host}/{mode}/gho/{rest[0]}"
        if mode == "elsewhere":
            answer["@odata.nextLink"] = "http://127.0.0.2:9/gho"
        return answer

    # Answers

    def answer(self, body, kind, status=200, headers=()):
        tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status == 200:
            self.send_header("ETag", tag)
        if status != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def whole(self, service, rest, query):
        return self.body_of("ok", service, rest, query)

    # Faults: true when they have answered

    def mode_429(self, service, rest, query):
        if self.tries > 1:
            return False
        self.answer(b"slow down", "text/plain", 429, [("Retry-After", "1")])
        return True

    def mode_429_date(self, service, rest, query):
        if self.tries > 1:
            return False
        self.answer(b"slow down", "text/plain", 429, [("Retry-After", email.utils.formatdate(time.time() + 3, usegmt=True))])
        return True

    def mode_no_structure(self, service, rest, query):
        if rest[0] not in ("dataflow", "structure"):
            return False
        self.answer(b"not implemented", "text/plain", 404)
        return True

    def mode_structure_down(self, service, rest, query):
        return rest[0] in ("dataflow", "structure") and self.mode_503(service, rest, query)

    def mode_429_long(self, service, rest, query):
        self.answer(b"slow down", "text/plain", 429, [("Retry-After", "86400")])
        return True

    def mode_500_once(self, service, rest, query):
        if self.tries > 1:
            return False
        self.answer(b"<html><body>Internal error</body></html>", "text/html", 500)
        return True

    def mode_503(self, service, rest, query):
        self.answer(b"<html><head><title>Down</title></head><body>under maintenance</body></html>", "text/html", 503)
        return True

    def mode_404(self, service, rest, query):
        self.answer(b'{"message": "no such series"}', "application/json", 404)
        return True

    def mode_403(self, service, rest, query):
        self.answer(b"key wanted", "text/plain", 403)
        return True

    def mode_cut_length(self, service, rest, query):
        if self.cut_now(query):
            body, kind = self.whole(service, rest, query)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
            return True
        return False

    mode_cut_length_once = mode_cut_length

    def cut_now(self, query):
        once = self.path.split("/")[1].endswith("-once")
        return not (once and self.tries > 1)

    def mode_cut_chunk(self, service, rest, query):
        body, kind = self.whole(service, rest, query)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(f"{len(body) // 2:x}\r\n".encode() + body[: len(body) // 2] + b"\r\n")
        self.close_connection = True
        return True

    def mode_cut_json(self, service, rest, query):
        body, kind = self.whole(service, rest, query)
        self.answer(body[: len(body) // 2], kind)
        return True

    def mode_no_body(self, service, rest, query):
        self.answer(b"", "application/json")
        return True

    def mode_html(self, service, rest, query):
        self.answer(b"<!DOCTYPE html><html><head><title>Portal</title></head><body>Please sign in</body></html>", "text/html")
        return True

    def mode_text(self, service, rest, query):
        self.answer(b"temporarily moved to another system", "text/plain")
        return True

    def mode_drip(self, service, rest, query):
        body, kind = self.whole(service, rest, query)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            for byte in body[:60]:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(1)
        except OSError:
            pass
        self.close_connection = True
        return True

    def redirect(self, where):
        self.answer(b"", "text/plain", 302, [("Location", where)])
        return True

    def mode_chain(self, service, rest, query):
        return self.redirect(self.path.replace("/chain/", "/chain2/", 1))

    def mode_chain2(self, service, rest, query):
        return self.redirect(self.path.replace("/chain2/", "/ok/", 1))

    def mode_loop(self, service, rest, query):
        return self.redirect(self.path.replace("/loop/", "/loop2/", 1))

    def mode_loop2(self, service, rest, query):
        return self.redirect(self.path.replace("/loop2/", "/loop/", 1))

    def mode_endless(self, service, rest, query):
        return self.redirect(self.path + "0")

    def mode_cross_host(self, service, rest, query):
        return self.redirect(f"http://localhost:{self.server.server_address[1]}" + self.path.replace("/cross-host/", "/ok/", 1))

    def mode_downgrade(self, service, rest, query):
        return self.redirect(self.server.https_twin + self.path.replace("/downgrade/", "/ok/", 1))

    def mode_gzip(self, service, rest, query):
        body, kind = self.whole(service, rest, query)
        buffer = io.BytesIO()
        with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as file:
            file.write(body)
        self.answer(buffer.getvalue(), kind, 200, [("Content-Encoding", "gzip")])
        return True

    def gzipped(self, service, rest, query, damage):
        body, kind = self.whole(service, rest, query)
        self.answer(damage(gzip.compress(body, mtime=0)), kind, 200, [("Content-Encoding", "gzip")])
        return True

    def mode_gzip_cut(self, service, rest, query):
        return self.gzipped(service, rest, query, lambda bytes_: bytes_[: len(bytes_) // 2])

    def mode_gzip_damaged(self, service, rest, query):
        return self.gzipped(service, rest, query, lambda bytes_: bytes_[:-6] + b"\0\1\2\3\4\5")

    def mode_gzip_not(self, service, rest, query):
        body, kind = self.whole(service, rest, query)
        self.answer(body, kind, 200, [("Content-Encoding", "gzip")])
        return True

    def mode_brotli(self, service, rest, query):
        self.answer(b"....", "application/json", 200, [("Content-Encoding", "br")])
        return True

    def mode_length_short(self, service, rest, query):
        """Content-Length is less than the body."""
        body, kind = self.whole(service, rest, query)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) - 40))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True
        return True

    def mode_not_modified(self, service, rest, query):
        """304 to whoever asks, with or without a copy."""
        self.answer(b"", "application/json", 304)
        return True

    def mode_big(self, service, rest, query):
        """--flow A,<lines>,1.0: so many figures as SDMX-CSV, each with 16,000 bytes of comment."""
        if rest[0] != "data":
            return self.mode_404(service, rest, query)
        lines = int(rest[1].split(",")[1])
        head = b"DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,COMMENT_OBS\n"
        comment = b"," + b"x" * 16000 + b"\n"

        def line(i):
            return f"A:B(1.0),{AREAS[i % 5][2]},S{i // 350:04},{1950 + i // 5 % 70},{1 + i % 7}.5".encode() + comment
        self.send_response(200)
        self.send_header("Content-Type", "application/vnd.sdmx.data+csv")
        self.send_header("Content-Length", str(len(head) + len(line(0)) * lines))
        self.end_headers()
        self.wfile.write(head)
        for begin in range(0, lines, 64):
            self.wfile.write(b"".join(line(i) for i in range(begin, min(lines, begin + 64))))
            time.sleep(self.server.delay)
        return True

    def mode_flaky_page_3(self, service, rest, query):
        if query.get("page") != ["3"] or self.tries > 1:
            return False
        self.mode_503(service, rest, query)
        return True


def serve(data_folder=None, tls=None):
    """A running server; end it with shutdown()."""
    server = Replay(data_folder, 0, tls)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    server = Replay(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 8765)
    print(f"listening on {server.address('ok', 'unsd')}")
    server.serve_forever()


if __name__ == "__main__":
    main()
