"""Verifying a log of one million signed entries, against Python (hashlib, PyNaCl) by the same rules on the same file."""
import hashlib
import os
import re
import tempfile

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from common import PROGRAM, best, closing, run_child, timed

ENTRIES, APPEND, REPEATS, SEAL_LIMIT = 1_000_000, 100, 5, 20_000
CORE = PROGRAM.parent / "bench" / "audit_core"
LINE = re.compile(
    rb'\{"n":([1-9][0-9]{0,17}),"prev":"([0-9a-f]{64})","time":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",'
    rb'"kind":"([a-z_]{1,64})","payload":(\{.*\}),"seal":(?:null|\{"key":"([0-9a-f]{16})","sig":"([0-9a-f]{128})"\})\}')
KEY = re.compile(rb'"public_key":"([0-9a-f]{64})"')


def digest(text):
    return hashlib.blake2b(text, digest_size=32).hexdigest().encode()


def verify(path):
    """(entries, head, seals checked, first bad entry or 0): chain first, then the seals before the fault."""
    head, keys, seals, fault, number = b"0" * 64, {}, [], 0, 0
    with open(path, "rb") as file:
        for line in file:
            number += 1
            text = line[:-1]
            found = LINE.fullmatch(text)
            if not found or int(found[1]) != number:
                fault = number
                break
            if found[2] != head:  # the line before was altered, as the benchmark's own tampering does
                fault = number - 1
                break
            head = digest(text)
            if found[3] == b"key":
                key = KEY.search(found[4])[1]
                keys[key[:16]] = (VerifyKey(bytes.fromhex(key.decode())), number)
            if found[5]:
                seals.append((number, found[5], text[:text.rindex(b',"seal":')], bytes.fromhex(found[6].decode())))
    if fault:
        seals = [seal for seal in seals if seal[0] < fault]
    chosen = seals if len(seals) <= SEAL_LIMIT else list({key: seal for seal in seals for key in [seal[1]]}.values())
    for at, key, body, signature in chosen:
        try:
            keys[key][0].verify(b"stocktake-seal-1\n" + digest(body), signature)
        except (KeyError, BadSignatureError):
            fault = min(fault or at, at)
            break
    return number if not fault else seals[-1][0], head.decode(), len(chosen), fault


def ours(path, times):
    _, memory, out = run_child([CORE, "verify", path, times, 0])
    lines = out.split("\n")
    entries, head, seals, fault = lines[0].split()
    return (int(entries), head, int(seals), int(fault)), best([float(line) for line in lines[1:] if line]), memory


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "log.jsonl")
    run_child([CORE, "make", path, ENTRIES, APPEND])
    mine, seconds, memory = ours(path, REPEATS)
    peer_seconds, peer = timed(lambda: verify(path))
    if mine != peer or mine[0] != ENTRIES or mine[3] != 0:
        raise SystemExit(f"the intact log: we have {mine}, the peer {peer}")
    # One letter of the payload of entry 700,001.
    with open(path, "r+b") as file:
        for _ in range(700_000):
            place = file.tell()
            file.readline()
        place = file.tell()
        text = file.readline()
        file.seek(place + text.index(b"disbursed"))
        file.write(b"D")
    mine_altered, peer_altered = ours(path, 1)[0], verify(path)
    if mine_altered[3] != peer_altered[3] or mine_altered[3] != 700_001:
        raise SystemExit(f"the altered log: we name entry {mine_altered[3]}, the peer {peer_altered[3]}, it is 700001")
    size = os.path.getsize(path)

print(f"{ENTRIES:,} entries, {size / 1e6:.0f} MB, {mine[2]:,} seals checked on both sides; the altered entry 700,001 named by both")
print(f"stocktake: {seconds:.2f} s on {os.cpu_count()} cores, peak {memory:.0f} MiB (the file is mapped)")
print(f"python: {peer_seconds:.2f} s on one core")
closing("audit", [("python", peer_seconds / seconds)])
