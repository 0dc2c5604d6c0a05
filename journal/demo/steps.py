"""Small steps of their own through the lived-in year, a list for after an effort, words that matter."""

from datetime import date, timedelta
from typing import Any

from accounts.days import local_date
from journal.demo.cards import words
from journal.demo.shelf import Shelf
from journal.models import Beginning, Completion, Matter, Milestone, Step, Treat

MORNING, NOON = 9 * 60, 12 * 60


def write(shelf: Shelf, milestone: Milestone) -> None:
    """`milestone` carries the first of the words."""
    told = words("steps")
    today = local_date(shelf.owner, shelf.now)
    begun = today - timedelta(days=110)
    matters = [shelf.put(Matter, begun, MORNING + number, text=text) for number, text in enumerate(told["matters"])]
    milestone.matter = matters[0]
    for number, text in enumerate(told["treats"]):
        shelf.put(Treat, begun, NOON + number, text=text)
    for text in told["put_away"]:
        shelf.put(Treat, begun, NOON, text=text, away_since=shelf.instant(begun + timedelta(days=9), NOON))
    for position, step in enumerate(told["steps"]):
        _taken(shelf, step, today - timedelta(days=step["ago"]), position, matters)


def _taken(shelf: Shelf, told: dict[str, Any], day: date, position: int, matters: list[Matter]) -> None:
    said = {name: told[name] for name in ("title", "permission", "experiment") if name in told}
    matter = matters[told["matter"]] if "matter" in told else None
    chosen = shelf.instant(day, MORNING)
    step = shelf.put(Step, day, MORNING, position=position, chosen_at=chosen, matter=matter, **said)
    if told.get("begun"):
        entry = shelf.entry(day, NOON + 6, kind="win", deed="began", body=told["title"])
        shelf.put(Beginning, day, NOON, step=step, ended_at=shelf.instant(day, NOON + 6), entry=entry)
    if "outcome" in told:
        note = told.get("note")
        kept = shelf.entry(day, NOON + 31, kind="win", deed="tried", body=note) if note else None
        shelf.put(Completion, day, NOON + 30, step=step, outcome=told["outcome"], entry=kept)
