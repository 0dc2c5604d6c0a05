"""A small file of each source as it is when nothing is wrong with it, and who reads it."""

import base64
import json
from collections.abc import Callable
from typing import Any

from journal.importing.sources import SOURCES
from tests.journal.importing.files import zip_of

WORDS = 'Ein Tag – "with quotes", 👩\u200d🍳 and\nتقدّم <b>bold</b> &amp; | =1+1'


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _csv(head: str, *rows: list[str]) -> bytes:
    cells = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\n".join([head, *cells, ""]).encode()


def _day_one() -> bytes:
    entry = {"uuid": "A" * 32, "creationDate": "2026-03-01T23:30:00Z", "timeZone": "Asia/Tokyo", "text": WORDS}
    more = {"tags": ["a"], "location": {"latitude": 1.5}, "weather": {}, "photos": [{"md5": "x"}], "n": 7}
    return _json({"metadata": {"version": "1.0"}, "entries": [entry | more, entry | {"uuid": "B" * 32}]})


def _daylio_backup() -> bytes:
    moment = {"id": 1, "datetime": 1772400600000, "year": 2026, "month": 2, "day": 1, "mood": 1, "tags": [1]}
    told = {"version": 15, "dayEntries": [moment | {"note": WORDS}], "tags": [{"id": 1, "name": "walk"}]}
    moods = {"customMoods": [{"id": 1, "custom_name": "", "mood_group_id": 1, "predefined_name_id": 1}]}
    return base64.encodebytes(_json(told | moods))


def _journey() -> bytes:
    entry = {"id": "1-a", "date_journal": 1782833400000, "timezone": "Asia/Tokyo", "text": f"<p>{WORDS}</p>"}
    return _json(entry | {"type": "html", "lat": 1.797e308, "photos": ["a.jpg"], "weather": {"degree_c": 3.5}})


def _journiv() -> bytes:
    entry = {"title": "T", "content": WORDS, "entry_date": "2026-03-01", "mood_log": {"mood_name": "calm"}}
    moment = {"logged_at_utc": "2026-03-01T03:30:00Z", "logged_timezone": "Asia/Tokyo", "entry": {"content": WORDS}}
    return _json({"journals": [{"title": "J", "entries": [entry]}], "moments": [moment]})


def _habits() -> bytes:
    return _csv("Position,Name,Type,Unit", ["001", "Read", "YES_NO", ""], ["002", "Water", "NUMERICAL", "glasses"])


PLAIN: dict[str, Callable[[], dict[str, bytes]]] = {
    "day_one": lambda: {"Journal.json": _day_one(), "photos/x.jpeg": b"\xff\xd8"},
    "daylio": lambda: {
        "a.csv": _csv(
            "full_date,date,weekday,time,mood,activities,scales,note_title,note",
            ["2026-03-01", "x", "x", "8:30 pm", "rad", "walk | tea", "Sleep:\xa04", "T", WORDS],
        )
    },
    "daylio_backup": lambda: {"backup.daylio": _daylio_backup()},
    "journey": lambda: {"1-a.json": _journey(), "2-b.json": _journey(), "a.jpg": b"\xff"},
    "jrnl": lambda: {
        "a.txt": f"[2026-03-01 09:30] Title @tag *\n{WORDS}\n\n[2026-03-02] Two\n".encode(),
        "b.json": _json({"tags": {}, "entries": [{"title": "T", "body": WORDS, "date": "2026-03-01", "tags": ["@a"]}]}),
    },
    "presently": lambda: {"a.csv": _csv("entryDate,entryContent", ["2026-03-01", WORDS], ["2026-03-02", "x"])},
    "dabble_me": lambda: {
        "a.json": _json([{"date": "2026-03-01T00:00:00.000Z", "body": f"<p>{WORDS}</p><hr>x", "image": "https://x"}]),
        "b.txt": f"## 2026-03-01\n\n{WORDS}\n\n".encode(),
    },
    "journiv": lambda: {"data.json": _journiv(), "media/a.jpg": b"\xff"},
    "loop": lambda: {
        "Habits.csv": _habits(),
        "001 Read/Checkmarks.csv": _csv(
            "Date,Value,Notes", ["2026-03-01", "YES_MANUAL", WORDS], ["2026-03-02", "SKIP", ""]
        ),
        "002 Water/Checkmarks.csv": _csv("Date,Value,Notes", ["2026-03-01", "1500", ""]),
    },
    "beaver": lambda: {
        "a.json": _json({"habits": [{"id": "a", "name": "Read", "records": [{"day": "2026-03-01", "done": True}]}]})
    },
    "markdown": lambda: {
        "2026-03-01 A day.md": f"---\ntitle: T\ntags: [a, b]\ncreated: 2026-03-01T10:00:00Z\n---\n{WORDS}".encode(),
        "2026-03.md": f'---\nmonth: "2026-03"\n---\n\n## 2026-03-01 · Sunday\n\n### A note\n\n{WORDS}\n'.encode(),
    },
    "text": lambda: {"a.txt": f"# 2026-03-01\n\n{WORDS}\n\n2026-03-02\nTwo\n".encode()},
}
READERS = {source: SOURCES[source].reader for source in PLAIN}
SAMPLES = {source: make() for source, make in PLAIN.items()}


def sample(source: str) -> bytes:
    return zip_of(SAMPLES[source])
