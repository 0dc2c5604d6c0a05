"""Builders of what a test needs, with words that would be noticed where they leak."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator

from accounts.models import Access, User
from accounts.scope import scope as one_scope
from journal.importing import work
from journal.models import (
    Answer,
    Aside,
    Asking,
    Beginning,
    Brought,
    Chapter,
    Decision,
    Declined,
    Detour,
    Doubt,
    Draft,
    Encouragement,
    Entry,
    Evidence,
    GoodEnough,
    HeavyPage,
    Helping,
    Import,
    Kindness,
    Later,
    Lesson,
    LongerLook,
    Matter,
    Measure,
    Meeting,
    Milestone,
    NotAgain,
    NotForMe,
    Offering,
    Pin,
    PutAway,
    Reading,
    Revisit,
    Sequel,
    Sitting,
    Standard,
    Step,
    ThenNow,
    Treat,
    Unproven,
    Week,
)
from journal.models.draft import Mark
from journal.models.week import monday_of
from tests.passkeys import Keeper

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def ada() -> User:
    return User.objects.create_user("ada@example.com", "a long enough secret", time_zone="Europe/Lisbon")


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


@one_scope()
def one_of_each(owner: User, canary: str) -> dict[str, str]:
    """A row of every noun with `canary` in each of its texts; ids by the noun that stands in an address."""
    goal = Milestone.objects.create(owner=owner, title=f"{canary} title", why=f"{canary} why", local_date=NOON.date())
    GoodEnough.objects.create(owner=owner, milestone=goal, text=f"{canary} enough", local_date=NOON.date())
    matter = Matter.add(owner, text=f"{canary} matter")
    step = Step.objects.create(owner=owner, milestone=goal, title=f"{canary} step", matter=matter)
    Milestone.objects.of(owner).filter(pk=goal.pk).update(matter=matter)
    small_steps(owner, canary, matter)
    treat = Treat.add(owner, text=f"{canary} treat")
    Treat.add(owner, text=f"{canary} treat in the drawer").put_away(NOON)
    taken_back(owner, canary)
    enough = {"text": f"{canary} enough", "reason": f"{canary} reason"}
    GoodEnough.objects.create(owner=owner, milestone=goal, local_date=NOON.date(), **enough)
    Standard.objects.create(owner=owner, milestone=goal, serves=f"{canary} served", stops=f"{canary} stops")
    Standard.write(owner, {"milestone": goal}, {"serves": f"{canary} serves"})
    grow = {name: f"{canary} {name}" for name in LongerLook.WORDS}
    LongerLook.objects.create(owner=owner, milestone=goal, **grow)
    step = Step.objects.create(owner=owner, milestone=goal, title=f"{canary} step")
    Detour.take(Step.keep(goal, title=f"{canary} left"), title=f"{canary} way")
    Aside.set_down(Milestone.keep(owner, NOON, title=f"{canary} set down"), NOON)
    hard = setback(owner, f"{canary} hard", themes=[f"{canary} theme"], milestone=goal)
    texts = {name: f"{canary} {name}" for name in Lesson.WORDS}
    Lesson.objects.create(owner=owner, entry=hard, **texts | {"kind_words": f"{canary} kind"})
    Sequel.objects.create(owner=owner, entry=hard, came_of_it=f"{canary} came of it")
    PutAway.put(hard)
    doubt = entry(owner, f"{canary} doubt", kind=Entry.Kind.DOUBT)
    Answer.objects.create(owner=owner, entry=doubt, answer=f"{canary} answer")
    pages_beside(owner, canary, doubt, hard)
    setback(owner, f"{canary} open")
    Milestone.keep(owner, NOON, title=f"{canary} reached", good_enough=f"{canary} line").reach(NOON, f"{canary} note")
    entry(owner, f"{canary} taken back").remove(NOON)
    Week.take(owner, monday_of(NOON.date()), f"{canary} takeaway")
    Week.choose(owner, monday_of(NOON.date()), NOON, f"{canary} small")
    for span, first in (("month", NOON.date().replace(day=1)), ("year", NOON.date().replace(month=1, day=1))):
        words = {name: f"{canary} {span} {name}" for name in Chapter.WORDS}
        Chapter.objects.create(owner=owner, span=span, first=first, **words)
    Pin.keep(owner, "doubting")
    Asking.note(owner, "win.opened", NOON)
    Declined.keep(owner, "win.put_off")
    Helping.choose(owner, True)
    sitting = Sitting.begin(owner, NOON)
    kind_words(owner, canary)
    Access.objects.create(
        owner=owner, what=Access.What.EXPORT, at=NOON, more="json", browser="Firefox", machine="Linux"
    )
    Unproven.keep(owner, [f"{canary} unproven"], monday_of(NOON.date()), NOON)
    replies = str(Unproven.objects.of(owner).waiting().get().pk)
    drafted = draft(owner, f"{canary} not kept yet")
    draft(owner, f"{canary} put away").remove(NOON)
    NotAgain.put(doubt)
    offered = Offering.objects.create(owner=owner, practice=NotForMe.Practice.STEP, at=NOON, entry=doubt)
    noticed = Measure.keep(owner, NOON, name=f"{canary} measure", kind=Measure.Kind.NUMBER)
    noticed.pin(NOON)
    days = [NOON.date() - timedelta(weeks=week) for week in range(5)]
    read = [Reading.keep(noticed, NOON, value=str(40 + week), local_date=day) for week, day in enumerate(days)]
    read[4].remove(NOON)
    Measure.keep(owner, NOON, name=f"{canary} put away", kind=Measure.Kind.SCALE).put_away(NOON)
    for kind in (Entry.Kind.WIN, Entry.Kind.NOTE, Entry.Kind.PROUD):
        entry(owner, f"{canary} {kind}", kind=kind)
    return {
        "import": brought(owner, canary),
        "entries": str(hard.pk),
        "themes": str(hard.themes.get().pk),
        "measures": str(noticed.pk),
        "readings": str(read[0].pk),
        "milestones": str(goal.pk),
        "steps": str(step.pk),
        "weeks": "2026-W47",
        "months": "2026-11",
        "years": "2026",
        "ways": "doubting",
        "questions": "today",
        "sittings": str(sitting.pk),
        "matters": str(matter.pk),
        "treats": str(treat.pk),
        "replies": replies,
        "offerings": str(offered.pk),
        "drafts": str(drafted.pk),
        "passkeys": str(passkey(owner).pk),
    }


def passkey(owner: User, keeper: Keeper | None = None) -> Authenticator:
    credential = (keeper or Keeper()).made()
    words = {"name": "Firefox on Linux", "credential": credential}
    return Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data=words)


def brought(owner: User, canary: str) -> str:
    """A file from elsewhere that waits for a word, and one of which nothing could be kept."""
    words = f"2026-11-01\n{canary} from elsewhere\n".encode()
    files = [
        Import.take_in(owner, NOON, source="text", name=f"{canary}.txt", pieces=[piece])
        for piece in (words, f"{canary} of no day".encode())
    ]
    for incoming in files:
        work.at_once(incoming, NOON)
    files[1].refresh_from_db()
    files[1].approve(NOON, {})
    work.at_once(files[1], NOON)
    return str(files[0].pk)


def pages_beside(owner: User, canary: str, doubt: Entry, hard: Entry) -> None:
    """What lies beside a doubt, a decision, a meeting and an old page."""
    old = entry(owner, f"{canary} old doubt", kind=Entry.Kind.DOUBT, on=NOON.date() - timedelta(days=200))
    Doubt.write(doubt, whose="home", fear=f"{canary} fear", guard=f"{canary} guard", still_true=f"{canary} true")
    Evidence.lay(doubt, [hard])
    Revisit.ask(doubt, NOON.date() - timedelta(days=1))
    decision = entry(owner, f"{canary} to decide", kind=Entry.Kind.DECISION)
    Decision.write(decision, **{name: f"{canary} {name}" for name in Decision.WORDS})
    Revisit.write(decision, known=f"{canary} known")
    meeting = entry(owner, f"{canary} meeting", kind=Entry.Kind.MEETING)
    Meeting.write(meeting, helpful=f"{canary} helpful", takeaway=f"{canary} away")
    Brought.lay(meeting, [hard])
    ThenNow.lay(entry(owner, f"{canary} easier", kind=Entry.Kind.THEN_NOW), old)


def taken_back(owner: User, canary: str) -> None:
    """A step, a line of each list and a reply that were taken back, or let go."""
    Step.keep_alone(owner, NOON, title=f"{canary} step taken back").remove(NOON)
    Treat.add(owner, text=f"{canary} treat taken back").remove(NOON)
    Matter.add(owner, text=f"{canary} word taken back").remove(NOON)
    Unproven.keep(owner, [f"{canary} let go"], monday_of(NOON.date()), NOON)
    Unproven.objects.of(owner).get().let_go(NOON)


def small_steps(owner: User, canary: str, matter: Matter) -> None:
    """Steps towards no milestone: one that is begun, one of which something was told, one made smaller."""
    words = {"permission": f"{canary} permission", "experiment": True, "matter": matter}
    tried = Step.keep_alone(owner, NOON, title=f"{canary} tried", **words)
    tried.complete("tried", NOON)
    tried.tell(f"{canary} what it was like", NOON)
    begun = Step.keep_alone(owner, NOON, title=f"{canary} begun")
    begun.split(title=f"{canary} smaller")
    Beginning.begin(begun, NOON).end(NOON, f"{canary} began")
    Beginning.begin(begun, NOON)


def letter(
    owner: User, body: str = "Dear me, in spring.", days: int = 30, *, now: datetime = NOON, **words: Any
) -> Entry:
    """A letter to later that is closed for so many days."""
    written = entry(owner, body, kind=Entry.Kind.LETTER, now=now, **words)
    Later.close(written, now.date() + timedelta(days=days))
    return written


def draft(owner: User, body: str = "Dear me, and", *, place: str = "/later/", form: str = "fields.body") -> Draft:
    """What somebody was writing, on the page of letters to later or another one that keeps what it asks for."""
    return Draft.keep(owner, Mark(uuid4(), 0, form, place, place), [("body", body)], NOON)


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
