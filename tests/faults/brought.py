"""Files from elsewhere whose workers die: resumed, every page is there exactly once, and undone none is left.

What has to happen inside a place (tests.faults.inside) stands here as well.
"""

import random
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


# Inside


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


INSIDE: dict[str, Any] = {"bring_file": bring_file, "go_on_with_file": go_on_with_file}
