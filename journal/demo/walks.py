"""The milestones of the lived-in year: two that are good enough by now, two on the way."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.days import local_date
from journal.demo.cards import words
from journal.demo.shelf import Shelf
from journal.models import Completion, Entry, GoodEnough, Milestone, Step


@dataclass(frozen=True)
class Walk:
    milestone: Milestone
    theme: str
    begun: date
    until: date

    def goes_on(self, day: date) -> bool:
        return self.begun <= day <= self.until


def write(shelf: Shelf) -> list[Walk]:
    return [_walked(shelf, told) for told in words("milestones")["milestones"]]


def _walked(shelf: Shelf, told: dict[str, Any]) -> Walk:
    today = local_date(shelf.owner, shelf.now)
    begun, until = today - timedelta(days=told["begun"]), today - timedelta(days=told.get("reached", 0))
    milestone = shelf.put(Milestone, begun, 19 * 60, title=told["title"], why=told["why"])
    for number, line in enumerate(told["lines"]):
        shelf.put(GoodEnough, begun + timedelta(days=number * 23), 19 * 60 + 1, milestone=milestone, text=line)
    done = told.get("done", len(told["steps"]))
    apart = (until - begun) / (done + 1)
    for number, title in enumerate(told["steps"]):
        step = shelf.put(Step, begun, 19 * 60 + 2, milestone=milestone, title=title, position=number)
        if number < done:
            outcome = "tried" if number % 3 == 1 else "done"
            shelf.put(Completion, begun + apart * (number + 1), 17 * 60 + 30, step=step, outcome=outcome)
    for number, title in enumerate(told["beyond"]):
        shelf.put(Step, begun, 19 * 60 + 3, milestone=milestone, title=title, position=number, beyond=True)
    if "reached" in told:
        shelf.entry(until, 20 * 60, kind=Entry.Kind.MILESTONE, body=told["note"], milestone=milestone)
    return Walk(milestone, told["theme"], begun, until)
