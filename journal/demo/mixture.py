"""What lies beside the entries of a corpus, and what stands by itself, about as often as in a year that was lived."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from journal import models as nouns
from journal.demo.shelf import Shelf
from journal.models import Entry, Milestone
from journal.models.week import monday_of

# From so many entries on there are weeks, milestones, measures and what Today keeps.
SETTLED = 30
MEASURES: dict[str, Sequence[str]] = {
    "number": "012345",
    "yes_no": "01",
    "minutes": ("5", "20", "45", "90"),
    "scale": "12345",
}
NOTICED = ("number", "yes_no", "minutes", "scale", "scale")
NOTICED_FOR, NOTICED_ON = timedelta(days=730), 0.55
LATER, LONG_BEFORE = timedelta(days=40), timedelta(days=200)
# What offered itself long ago; a small step and a doubt were found before, and never will.
OFFERED = ("kindness", "themes", "longer_look", "look_back", "shapes")
STEPS, DONE = 6, 4
EVENING = 20 * 60


class Mixture:
    """`sentences`: everything that a text may be made of."""

    def __init__(self, shelf: Shelf, sentences: list[str]) -> None:
        self.shelf, self.sentences = shelf, sentences
        self.kept: dict[str, list[Entry]] = defaultdict(list)

    def sentence(self) -> str:
        return self.shelf.random.choice(self.sentences)

    def said(self, noun: Any, most: int = 6) -> dict[str, str]:
        """A sentence for each of its words, or for the first few."""
        return {name: self.sentence() for name in noun.WORDS[:most]}

    def often(self, share: float) -> bool:
        return self.shelf.random.random() < share

    def beside(self, entry: Entry, minute: int) -> None:
        """What comes of an entry of its kind, some minutes after it."""
        if entry.kind in BESIDE:
            BESIDE[entry.kind](self, entry, minute + 9)
        self.kept[entry.kind].append(entry)

    def put(self, noun: Any, entry: Entry, minute: int, **fields: Any) -> None:
        self.shelf.put(noun, entry.local_date, minute, entry=entry, **fields)


# Beside one entry


def _win(mixed: Mixture, entry: Entry, minute: int) -> None:
    if mixed.often(0.05):
        mixed.put(nouns.Kindness, entry, minute, words=mixed.sentence())


def _setback(mixed: Mixture, entry: Entry, minute: int) -> None:
    """Of ten setbacks six have a lesson, two were only hard or are left be, two are open."""
    dice = mixed.shelf.random.random()
    if dice < 0.6:
        kind_words, lesson = mixed.shelf.random.sample(mixed.sentences, 2)
        mixed.put(nouns.Lesson, entry, minute, kind_words=kind_words, lesson=lesson)
        if mixed.often(0.1):
            mixed.put(nouns.Sequel, entry, minute, came_of_it=mixed.sentence())
    elif dice < 0.8:
        way = nouns.Acceptance.Way.HARD if mixed.often(0.7) else nouns.Acceptance.Way.BE
        mixed.put(nouns.Acceptance, entry, minute, way=way)


def _doubt(mixed: Mixture, entry: Entry, minute: int) -> None:
    if mixed.often(0.7):
        mixed.put(nouns.Answer, entry, minute, answer=mixed.sentence())
    if mixed.often(0.3):
        whose = mixed.shelf.random.choice(nouns.Doubt.Whose.values)
        mixed.put(nouns.Doubt, entry, minute, **mixed.said(nouns.Doubt) | {"whose": whose})
        wins = mixed.kept["win"][-20:]
        for win in mixed.shelf.random.sample(wins, min(2, len(wins))):
            mixed.shelf.put(nouns.Evidence, entry.local_date, minute, page=entry, entry=win)
        _revisited(mixed, entry, minute)


def _revisited(mixed: Mixture, entry: Entry, minute: int) -> None:
    """Nothing waits for its day."""
    mixed.put(nouns.Revisit, entry, minute, on=entry.local_date + LATER, known=mixed.sentence())


def _decision(mixed: Mixture, entry: Entry, minute: int) -> None:
    decided = mixed.often(0.7)
    mixed.put(nouns.Decision, entry, minute, **mixed.said(nouns.Decision, 6 if decided else 3))
    if decided:
        _revisited(mixed, entry, minute)


def _meeting(mixed: Mixture, entry: Entry, minute: int) -> None:
    mixed.put(nouns.Meeting, entry, minute, **mixed.said(nouns.Meeting, 2 if mixed.often(0.8) else 1))
    for kept in (mixed.kept["win"] + mixed.kept["setback"])[-2:]:
        mixed.shelf.put(nouns.Brought, entry.local_date, minute, page=entry, entry=kept)


def _encouragement(mixed: Mixture, entry: Entry, minute: int) -> None:
    mixed.put(nouns.Encouragement, entry, minute, from_whom=mixed.sentence())


def _letter(mixed: Mixture, entry: Entry, minute: int) -> None:
    """Of half a year ago they are opened; later ones are closed still."""
    opens = entry.local_date + LONG_BEFORE
    opened = mixed.shelf.instant(opens, minute) if opens < mixed.shelf.now.date() else None
    mixed.put(nouns.Later, entry, minute, opens_on=opens, opened_at=opened)


def _then_now(mixed: Mixture, entry: Entry, minute: int) -> None:
    old = mixed.kept["doubt"] + mixed.kept["setback"]
    mixed.put(nouns.ThenNow, entry, minute, old=mixed.shelf.random.choice(old) if old else None)


def _milestone(mixed: Mixture, entry: Entry, minute: int) -> None:
    entry.milestone = _way(mixed, entry.local_date - LATER, STEPS)
    for win in mixed.kept["win"][-STEPS:]:
        win.milestone = entry.milestone


def _way(mixed: Mixture, begun: date, done: int) -> Milestone:
    """Steps and a line across them; `done` of the steps are behind."""
    shelf = mixed.shelf
    milestone = shelf.put(Milestone, begun, EVENING, title=mixed.sentence(), why=mixed.sentence())
    shelf.put(nouns.GoodEnough, begun, EVENING, milestone=milestone, text=mixed.sentence())
    for position in range(STEPS):
        named: dict[str, Any] = {"milestone": milestone, "title": mixed.sentence(), "position": position}
        step = shelf.put(nouns.Step, begun, EVENING, **named)
        if position < done:
            shelf.put(nouns.Completion, begun + timedelta(days=5 * position), EVENING, step=step, outcome="done")
    return milestone


BESIDE: dict[str, Callable[[Mixture, Entry, int], None]] = {
    "win": _win,
    "setback": _setback,
    "doubt": _doubt,
    "decision": _decision,
    "meeting": _meeting,
    "encouragement": _encouragement,
    "letter": _letter,
    "then_now": _then_now,
    "milestone": _milestone,
}


# By itself


def settle(mixed: Mixture, days: list[date]) -> None:
    """What else stands in a journal that was kept on these days, the earliest first."""
    shelf, last = mixed.shelf, days[-1]
    for monday in sorted({monday_of(day) for day in days}):
        if mixed.often(0.6):
            shelf.put(nouns.Week, monday, EVENING, monday=monday, takeaway=mixed.sentence())
    for first in sorted({day.replace(day=1) for day in days}):
        if mixed.often(0.4):
            shelf.put(nouns.Chapter, first, EVENING, first=first, span="month", **mixed.said(nouns.Chapter, 3))
    _way(mixed, last - LATER, DONE)
    _notice(mixed, [day for day in days if day > last - NOTICED_FOR])
    for moment in ("doubting", "deciding"):
        shelf.put(nouns.Pin, days[0], EVENING, moment=moment)
    for number, practice in enumerate(OFFERED):
        day = last - LONG_BEFORE + timedelta(days=9 * number)
        shelf.put(nouns.Offering, day, EVENING, practice=practice, at=shelf.instant(day, EVENING))
    said = {name: mixed.sentence() for name in nouns.HeavyPage.WORDS}
    shelf.put(nouns.HeavyPage, days[0], EVENING, **said)
    for _ in range(5):
        shelf.put(nouns.Treat, days[0], EVENING, text=mixed.sentence())


def _notice(mixed: Mixture, days: list[date]) -> None:
    """Five measures, two of them on Today; a day has a reading more often than not, but today has none yet."""
    for number, kind in enumerate(NOTICED):
        at = mixed.shelf.instant(days[0], EVENING) if number < 2 else None
        measure = mixed.shelf.put(nouns.Measure, days[0], EVENING, name=mixed.sentence(), kind=kind, pinned_at=at)
        for day in days[:-1]:
            if mixed.often(NOTICED_ON):
                value = mixed.shelf.random.choice(MEASURES[kind])
                mixed.shelf.put(nouns.Reading, day, EVENING, measure=measure, value=value)
