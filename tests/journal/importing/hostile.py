"""Damaged, mistaken and harmful files, made from whole ones: `python -m tests.journal.importing.hostile 2000`.

Each is read by the reader it was made for and by another; it ends in what a reader may find or in Unreadable, within a
time and a size.
"""

import io
import json
import re
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from journal.importing.found import Page, Skipped, Unreadable
from journal.importing.reasons import UNREADABLE
from tests.journal.importing.files import Uploaded, found, zip_of

SECONDS, RSS = 2.0, 200
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
ODD_JSON = ["null", "true", "-1", "1e999", "NaN", "[]", "{}", '""', '"\\ud800"', '"\\u0000"', "9" * 5000, "[[[[[]]]]]"]
ODD_JSON += ['"9999-99-99"', '"0000-00-00T25:00Z"', "-1e300", "1" * 18, '"\\udc00\\ud800"', '{"a":{"b":[{}]}}']
ODD_BYTES = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b"\n",
    b"\r",
    b"\\",
    b"<",
    b"&#",
    b"\xed\xa0\x80",
    b"[",
    b"{",
    b"]",
    b"}",
]
ODD_BYTES += [
    b"---\n",
    b"```",
    b"![](",
    b"\xf4\x90\x80\x80",
    b"\x1a",
    b"2026-03-01\n",
    b",",
    b"PK\x03\x04",
    b"\xc2\x85",
]
LONG = 1_500_000
MIB = 1024 * 1024

Change = Callable[[Random, bytes], bytes]


def cut(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def flipped(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice([1, 2, 10, 100])):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def sown(random: Random, data: bytes) -> bytes:
    """Odd bytes at odd places, now and then very many of them."""
    for _ in range(random.choice([1, 3, 20])):
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.choice(ODD_BYTES) * random.choice([1, 1, 1, 50, 5000]) + data[at:]
    return data


def swapped(random: Random, data: bytes) -> bytes:
    """Another value where one stands in JSON."""
    values = [*re.finditer(rb'(?<=:)\s*("[^"\\]*(?:\\.[^"\\]*)*"|[-\d.e]+|true|false|null|\[\]|\{\})', data)]
    for value in random.sample(values, min(len(values), random.choice([1, 1, 3]))):
        return data[: value.start()] + random.choice(ODD_JSON).encode() + data[value.end() :]
    return data


def respelled(random: Random, data: bytes) -> bytes:
    text = data.decode(errors="replace")
    return text.encode(random.choice(["utf-16", "utf-16-le", "cp1252", "utf-32", "shift-jis", "utf-7"]), "replace")


def lengthened(random: Random, data: bytes) -> bytes:
    """A line without end, a nest without end, quotes or tags without end, in the middle of it."""
    at = random.randrange(len(data) + 1)
    endless = [
        b"a",
        b"[",
        b'{"a":',
        b'"',
        b"<",
        b"<a ",
        b"<!--",
        b"&#",
        b"&",
        b"`",
        b"\\",
        b"![",
        b"\n",
        b"\r\n",
        b"- ",
        b"# ",
    ]
    piece = random.choice(endless)
    return data[:at] + piece * (LONG // len(piece)) + data[at:]


def repeated(random: Random, data: bytes) -> bytes:
    return data * min(random.choice([2, 3, 50]), 3 * MIB // (len(data) + 1) + 1)


def nothing(random: Random, data: bytes) -> bytes:
    return random.choice(
        [b"", b" ", b"\0" * 1000, b"[]", b"{}", b"null", b'{"entries":[]}', b"\xef\xbb\xbf", random.randbytes(999)]
    )


CHANGES: list[Change] = [cut, flipped, sown, swapped, swapped, respelled, lengthened, repeated, nothing]


def file(random: Random, files: dict[str, bytes]) -> Uploaded:
    """One of its files alone, or all of them in a ZIP; changed within, and now and then in the ZIP itself."""
    name = random.choice([*files])
    changed = dict(files)
    for _ in range(random.choice([1, 1, 2])):
        changed[name] = random.choice(CHANGES)(random, changed[name])[: 3 * MIB]
    if random.random() < 0.4:
        return Uploaded(changed[name][: 20 * 1024 * 1024], name)
    if random.random() < 0.15:
        changed[random.choice(ODD_NAMES)] = random.choice([b"", changed[name]])
    data = bomb(random, changed) if random.random() < 0.05 else zip_of(changed)
    if random.random() < 0.3:
        data = random.choice([cut, flipped, sown])(random, data)
    return Uploaded(data, "a.zip")


ODD_NAMES = [
    "../a.json",
    "/a.csv",
    "a.zip",
    "b.json",
    "\ufffd.md",
    "x" * 900 + ".txt",
    "__MACOSX/a.json",
    "a\\b.csv",
    "c.md",
]


def bomb(random: Random, files: dict[str, bytes]) -> bytes:
    """One of them goes on and on, written piece by piece: it is never whole in memory here either."""
    held, endless = (
        io.BytesIO(),
        random.choice([b"\0", b" ", b"a", b"[", b"a\n", b'"a",', b"2026-03-01,a\n", b"- a\n", b"{},"]),
    )
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        longest = random.choice([*files])
        for name, content in files.items():
            with archive.open(name, "w") as member:
                member.write(content)
                for _ in range(random.choice([2, 30, 150]) if name == longest else 0):
                    member.write(endless * (MIB // len(endless)))
        # As if it were no bomb: the ratio is then no reason.
        archive.writestr("noise.jpg", random.randbytes(random.choice([0, 0, 2 * MIB])))
    return held.getvalue()


def told(reader: Any, upload: Uploaded) -> tuple[str, float]:
    """What is wrong with how it ended, "" where nothing is, and how long it took by its own clock."""
    begun = time.process_time()
    try:
        wrong = _wrong(reader, upload)
    except Exception as error:
        wrong = f"{type(error).__name__}: {error}"
    return wrong, time.process_time() - begun


def _wrong(reader: Any, upload: Uploaded) -> str:
    """What is found has its reasons (files.py) and can be kept as it is: no half letters, no signs that nobody sees."""
    ids: dict[str, None] = {}
    try:
        for one in found(reader, upload):
            if isinstance(one, Skipped):
                continue
            told = one.text if isinstance(one, Page) else f"{one.measure}{one.value}{one.note}"
            json.dumps([told, dict(one.meta), one.source_id, one.zone], ensure_ascii=False).encode()
            if UNSEEN.search(told) or not told.strip():
                return "a text that cannot be kept"
            if one.source_id in ids:
                return "two with one id"
            ids[one.source_id] = None
    except Unreadable as unreadable:
        return "" if unreadable.reason in UNREADABLE else f"no sentence for {unreadable.reason}"
    return ""


def run(count: int, seed: int = 0) -> dict[str, Any]:
    # Where it runs by itself, Django stands only now.
    from tests.journal.importing.samples import READERS, SAMPLES

    slowest, wrong = 0.0, []
    sources = [*SAMPLES]
    for number in range(count):
        random = Random(f"{seed} {number}")
        source = sources[number % len(sources)]
        upload = file(random, SAMPLES[source])
        for reader in (source, random.choice(sources)):
            said, seconds = told(READERS[reader], upload)
            slowest = max(slowest, seconds)
            if said or seconds > SECONDS:
                wrong.append(f"{seed} {number} {reader}: {said or 'slow'}")
    return {"tried": count, "wrong": wrong, "slowest": round(slowest, 3), "rss": peak()}


def peak() -> int:
    """The most memory that this process had, in MB. (What `getrusage` says a child has from its parent.)"""
    return int(re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024  # type: ignore[index]


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(run(*map(int, sys.argv[1:]))))
