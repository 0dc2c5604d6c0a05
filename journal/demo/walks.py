"""The milestones of the lived-in year: two that are good enough by now, two on the way, one set down."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.days import local_date
from journal.demo.cards import words
from journal.demo.shelf import Shelf
from journal.models import Aside, Completion, Detour, Entry, GoodEnough, LongerLook, Milestone, Standard, Step


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
        shelf.put(
            GoodEnough,
            begun + timedelta(days=number * 23),
            19 * 60 + 1,
            milestone=milestone,
            text=line,
            reason=_reason(told, number),
        )
    done = told.get("done", len(told["steps"]))
    apart = (until - begun) / (done + 1)
    for number, title in enumerate(told["steps"]):
        step = shelf.put(Step, begun, 19 * 60 + 2, milestone=milestone, title=title, position=number)
        if number < done:
            outcome = "tried" if number % 3 == 1 else "done"
            shelf.put(Completion, begun + apart * (number + 1), 17 * 60 + 30, step=step, outcome=outcome)
    _beside(shelf, milestone, begun, told)
    for number, title in enumerate(told["beyond"]):
        shelf.put(Step, begun, 19 * 60 + 3, milestone=milestone, title=title, position=number, beyond=True)
    if "reached" in told:
        shelf.entry(until, 20 * 60, kind=Entry.Kind.MILESTONE, body=told["note"], milestone=milestone)
    return Walk(milestone, told["theme"], begun, until)


def _reason(told: dict[str, Any], number: int) -> str:
    """The line that is told to be larger says why."""
    return str(told["larger"]) if number == len(told["lines"]) - 1 and "larger" in told else ""


def _beside(shelf: Shelf, milestone: Milestone, begun: date, told: dict[str, Any]) -> None:
    """What is written beside it, the way that was tried before, and whether it is set down."""
    for model, name in ((Standard, "standard"), (LongerLook, "look")):
        if name in told:
            shelf.put(model, begun + timedelta(days=4), 19 * 60 + 9, milestone=milestone, **told[name])
    if "left" in told:
        way = shelf.rows[Step][-1]
        before = {"milestone": milestone, "title": told["left"], "position": way.position}
        shelf.put(
            Detour, begun + timedelta(days=9), 18 * 60, step=shelf.put(Step, begun, 19 * 60 + 2, **before), way=way
        )
    if "aside" in told:
        shelf.put(Aside, begun + timedelta(days=told["aside"]), 21 * 60, milestone=milestone)
