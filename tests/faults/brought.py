"""Files from elsewhere whose workers die: resumed, every page is there exactly once, and undone none is left.

What has to happen inside a place (tests.faults.inside) stands here as well.
"""

import json
import random
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.faults.figures import Figures
from tests.faults.place import HANGS, Place, ended, killed

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
# Longer than a lease.
LATER = timedelta(minutes=3)
# A port where nobody listens: no letter is due.
NO_MAIL = 9
OVER = ("kept", "undone")


def files(place: Place, kills: int, pages: int) -> Figures:
    """kill -9 of whoever works at a file: while it is looked through, kept or undone, wherever it then is."""
    found, now, done = Counter[str](), NOW, 0
    place.inside("bring_file", pages=pages, now=now)
    while done < kills:
        now += LATER
        child = place.tick(now, NO_MAIL)
        hang = time.monotonic() + HANGS
        until = time.monotonic() + random.uniform(0.8, 3.5)
        while not child.dead and time.monotonic() < min(until, hang):
            time.sleep(0.01)
        if not child.dead:
            killed(child)
            done += 1
        else:
            assert ended(child) == 0
        found.update(place.inside("go_on_with_file", pages=pages, now=now))
    for _number in range(9):
        now += LATER
        assert ended(place.tick(now, NO_MAIL)) == 0
        told = place.inside("go_on_with_file", pages=pages, now=now, again=False)
        found.update(told)
        if told.get("rounds"):
            break
    counts = {"letters": found["pages"], "double_records": found["twice"], "missing": found["missing"]}
    nothing = dict.fromkeys(("double_letters", "unasked", "stale", "lost", "may_lose"), 0)
    counts["missing"] += not found["rounds"]
    return Figures("kill -9 in an import", place.engine, done, note=f"{found['rounds']} rounds", **counts, **nothing)


def copies(place: Place, entries: int) -> Figures:
    """Everything of a large journal goes out, is forgotten, and comes in again: equal in all but what may differ."""
    told = place.inside("round_trip", entries=entries)
    counts = dict.fromkeys(("double_records", "double_letters", "unasked", "stale", "lost", "may_lose"), 0)
    note = f"{told['rows']} rows, {told['mib']:.0f} MiB, out {told['out']:.0f} s, in {told['in']:.0f} s"
    return Figures("a copy comes back", place.engine, 1, told["rows"], missing=told["other"], note=note, **counts)


# Inside


def round_trip(entries: int) -> dict[str, Any]:
    """How many rows are other than they were; 0 where all of them came back."""
    from django.core.management import call_command

    from accounts.models import User
    from accounts.scope import scope
    from config.uploads import PIECE
    from journal import models
    from journal.export import FORMATS
    from journal.export.choice import WHOLE
    from journal.export.everything import NOUNS
    from tests import make

    email = "copy@example.com"
    User.objects.filter(email=email).delete()
    call_command("seed_demo", email=email, password="a long enough secret", entries=entries, stdout=sys.stderr)
    owner = User.objects.get(email=email)
    # Of these there is room for a few only.
    for few in (models.Pin, models.Matter, models.Chapter, models.Offering):
        few.objects.filter(owner=owner).delete()
    models.Measure.objects.filter(owner=owner).update(pinned_at=None)
    make.one_of_each(owner, "every kind")
    with scope():
        begun = time.monotonic()
        whole = b"".join(FORMATS["json"].chunks(owner, NOW, WHOLE))
        out = time.monotonic() - begun
        for model in reversed(NOUNS.values()):
            model._base_manager.filter(owner=owner).delete()
        models.Import.objects.filter(owner=owner).delete()
        pieces = [whole[at : at + PIECE] for at in range(0, len(whole), PIECE)]
        begun = time.monotonic()
        incoming = models.Import.take_in(owner, NOW, source="onward", name="x.json", pieces=pieces)
        _to_the_end(incoming, "ready")
        incoming.approve(NOW, {})
        _to_the_end(incoming, "kept")
        took = time.monotonic() - begun
        again = json.loads(b"".join(FORMATS["json"].chunks(owner, NOW, WHOLE)))
    before = json.loads(whole)
    other = sum(len(set(map(str, before[noun])) ^ set(map(str, again[noun]))) for noun in NOUNS)
    return {"rows": incoming.total, "other": other, "out": out, "in": took, "mib": len(whole) / PIECE}


def _to_the_end(incoming: Any, state: str) -> None:
    from journal.importing import work

    while incoming.state != state:
        work.tick(NOW)
        incoming.refresh_from_db()
        assert incoming.state != "failed"


def bring_file(pages: int, now: str) -> None:
    from accounts.models import User
    from journal.models import Import

    User.objects.filter(email="brought@example.com").delete()
    owner = User.objects.create_user("brought@example.com", "a long enough secret", time_zone="Europe/Lisbon")
    days = (date(1990, 1, 1) + timedelta(days=number) for number in range(pages))
    text = "".join(f"{day}\nPage of {day}.\n" for day in days)
    Import.take_in(owner, datetime.fromisoformat(now), source="text", name="x.txt", pieces=[text.encode()])


def go_on_with_file(pages: int, now: str, again: bool = True) -> dict[str, int]:
    """What its owner would say next; where a round is over, what is wrong with what stands."""
    from journal.models import Chunk, Entry, Import

    incoming = Import.objects.get()
    assert incoming.state != "failed"
    at = datetime.fromisoformat(now)
    if incoming.state == "ready":
        incoming.approve(at, {})
    if incoming.state not in OVER:
        return {}
    there = Counter(row.body for row in Entry.objects.filter(owner=incoming.owner_id))
    wanted = pages if incoming.state == "kept" else 0
    told = {"twice": sum(there.values()) - len(there), "missing": abs(len(there) - wanted) + Chunk.objects.count()}
    if incoming.state == "kept":
        incoming.undo(at)
        return told | {"pages": len(there), "rounds": 0}
    if again:
        bring_file(pages, now)
    return told | {"pages": 0, "rounds": 1}


INSIDE: dict[str, Any] = {"round_trip": round_trip, "bring_file": bring_file, "go_on_with_file": go_on_with_file}
