"""Builders of what a test needs, with words that would be noticed where they leak."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from journal.models import (
    Answer,
    Encouragement,
    Entry,
    GoodEnough,
    HeavyPage,
    Kindness,
    Later,
    Lesson,
    Milestone,
    NotForMe,
    Pin,
    PutAway,
    Sequel,
    Step,
    Unproven,
    Week,
)
from journal.models.week import monday_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(
    owner: User,
    body: str = "Opened the letter from the bank.",
    *,
    on: date | None = None,
    now: datetime = NOON,
    **words: Any,
) -> Entry:
    words.setdefault("kind", Entry.Kind.WIN)
    if on:
        words["local_date"] = on
    return Entry.keep(owner, now, body=body, **words)


def setback(owner: User, body: str = "The sauce split in the middle of service.", **words: Any) -> Entry:
    return entry(owner, body, kind=Entry.Kind.SETBACK, **words)


def one_of_each(owner: User, canary: str) -> dict[str, str]:
    """A row of every noun with `canary` in each of its texts; ids by the noun that stands in an address."""
    goal = Milestone.objects.create(owner=owner, title=f"{canary} title", why=f"{canary} why", local_date=NOON.date())
    GoodEnough.objects.create(owner=owner, milestone=goal, text=f"{canary} enough", local_date=NOON.date())
    step = Step.objects.create(owner=owner, milestone=goal, title=f"{canary} step")
    hard = setback(owner, f"{canary} hard", themes=[f"{canary} theme"], milestone=goal)
    texts = {name: f"{canary} {name}" for name in Lesson.WORDS}
    Lesson.objects.create(owner=owner, entry=hard, **texts | {"kind_words": f"{canary} kind"})
    Sequel.objects.create(owner=owner, entry=hard, came_of_it=f"{canary} came of it")
    PutAway.put(hard)
    doubt = entry(owner, f"{canary} doubt", kind=Entry.Kind.DOUBT)
    Answer.objects.create(owner=owner, entry=doubt, answer=f"{canary} answer")
    setback(owner, f"{canary} open")
    Milestone.keep(owner, NOON, title=f"{canary} reached", good_enough=f"{canary} line").reach(NOON, f"{canary} note")
    entry(owner, f"{canary} taken back").remove(NOON)
    Week.take(owner, monday_of(NOON.date()), f"{canary} takeaway")
    Pin.keep(owner, "doubting")
    kind_words(owner, canary)
    Unproven.keep(owner, [f"{canary} unproven"], monday_of(NOON.date()), NOON)
    replies = str(Unproven.objects.of(owner).get().pk)
    for kind in (Entry.Kind.WIN, Entry.Kind.NOTE, Entry.Kind.PROUD):
        entry(owner, f"{canary} {kind}", kind=kind)
    return {
        "entries": str(hard.pk),
        "themes": str(hard.themes.get().pk),
        "milestones": str(goal.pk),
        "steps": str(step.pk),
        "weeks": "2026-W47",
        "ways": "doubting",
        "replies": replies,
    }


def letter(owner: User, body: str = "Dear me, in spring.", days: int = 30, *, now: datetime = NOON) -> Entry:
    """A letter to later that is closed for so many days."""
    written = entry(owner, body, kind=Entry.Kind.LETTER, now=now)
    Later.close(written, now.date() + timedelta(days=days))
    return written


def encouragement(owner: User, body: str = "You stayed with it.", from_whom: str = "", **words: Any) -> Entry:
    said = entry(owner, body, kind=Entry.Kind.ENCOURAGEMENT, **words)
    if from_whom:
        Encouragement.write(said, from_whom=from_whom)
    return said


def kind_words(owner: User, canary: str) -> None:
    """Those to oneself, from somebody else and for later, and the page for heavy days."""
    Kindness.write(entry(owner, f"{canary} done"), words=f"{canary} to myself")
    encouragement(owner, f"{canary} said", f"{canary} friend")
    letter(owner, f"{canary} closed")
    letter(owner, f"{canary} opened", -1).later.open(NOON)
    lines = {name: f"{canary} {name}" for name in HeavyPage.WORDS}
    HeavyPage.write(owner, NOON, **lines)
    NotForMe.say(owner, NotForMe.Practice.KINDNESS)
