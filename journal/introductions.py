"""When a practice offers itself: one line beneath what was just kept, each once, at most one a week.

Then and now alone comes again, twice a year at most.

Never in the first three kept days, never after something hard or a "not today". Which, and in which words:
journal/offering.py. The line "And to yourself?" comes into the composer by itself (journal/today.py) and has the week.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Value
from django.urls import reverse

from accounts.days import local_date
from accounts.models import User
from accounts.prepared import prepared
from journal.back_index import OWN_PAGE
from journal.effort import HARD
from journal.facts import kept_count
from journal.look_back import LookBack
from journal.models import Entry, NotForMe, Offering, Step, Theme
from journal.models.week import iso_name, monday_of
from journal.offering import OFFERS, Kept, Offer, Practice
from journal.picking import waits_for_a_now
from journal.today import Today

FIRST_DAYS = 3
A_DAY = timedelta(days=1)
# No threshold asks for more things or days than these.
MOST = 30


@dataclass(frozen=True)
class Line:
    """What offered itself, as a page shows it."""

    offering: Offering

    @property
    def entry_id(self) -> UUID | None:
        return self.offering.entry_id

    @property
    def offer(self) -> Offer:
        return OFFERS[self.offering.practice]

    @property
    def is_refused(self) -> bool:
        refused = NotForMe.objects.of(self.offering.owner).filter(practice=self.offering.practice)
        return bool(refused.exists())

    @property
    def address(self) -> str:
        practice = self.offering.practice
        if practice == Practice.THEMES:
            return self._theme
        if practice == Practice.LONGER_LOOK:
            week = monday_of(local_date(self.offering.owner, self.offering.at))
            return reverse("journal:weeks.week", args=[iso_name(week)]) + "#longer"
        name, part = PLACES[practice]
        return reverse(name) + part

    @property
    def _theme(self) -> str:
        theme = _themes(self.offering.entry).first() if self.offering.entry else None
        return reverse("journal:themes.theme", args=[theme.pk]) if theme else reverse("journal:lessons")


PLACES: dict[str, tuple[str, str]] = {
    Practice.STEP: ("journal:steps", ""),
    Practice.DOUBT: ("journal:doubts.new", ""),
    Practice.LOOK_BACK: ("journal:look_back", ""),
    Practice.SHAPES: ("journal:look_back", "#shapes"),
    Practice.THEN_NOW: ("journal:then_now", ""),
}


def line_beneath(today: Today) -> Line | None:
    """On a page that is opened anew: what offered itself beneath the latest thing, if that was kept a moment ago."""
    latest = max([*today.entries, *today.proud], key=lambda entry: entry.created_at, default=None)
    if latest is None or latest.created_at <= today.fresh_since:
        return None
    found = _beneath(today.user, latest.pk)
    return Line(found[0]) if found else None


@prepared
def _beneath(user: User, entry: UUID) -> Any:
    return Offering.objects.of(user).filter(entry=entry).select_related("entry")[:1]


def line_after(today: Today, entry: Entry) -> Line | None:
    """What offers itself beneath what was kept now. The same form sent again is answered with the same line."""
    if entry.kind in HARD or entry.local_date != today.date or len(today.days) <= FIRST_DAYS:
        return None
    offered = _offered(today.user)
    if beneath := [one for one in offered if one.entry_id == entry.pk]:
        return Line(beneath[0])
    names = {one.practice for one in offered if not one.may_come_again(today.now)}
    if Practice.KINDNESS not in names and today.asks_to_yourself:
        Offering.make(today.user, Practice.KINDNESS, today.now)
        return None
    left = [offer for practice, offer in OFFERS.items() if practice not in names]
    if not left or any(one.is_recent(today.now) for one in offered):
        return None
    return _first_due(today, entry, left)


def _first_due(today: Today, entry: Entry, left: list[Offer]) -> Line | None:
    """Asked in the order of what is answered soonest: most days nothing is due, and that is known after a little."""
    standing = Standing(today, entry)
    due = [offer for offer in left if offer.is_due(standing)]
    if not due or not _wrote_on_more_days(today.user) or _was_hard(today, entry):
        return None
    refused = set(NotForMe.objects.of(today.user).values_list("practice", flat=True))
    due = [offer for offer in due if offer.practice not in refused]
    offer = next((offer for offer in due if _is_there(today, offer)), None)
    made = Offering.make(today.user, offer.practice, today.now, entry) if offer else None
    return Line(made) if made else None


def _is_there(today: Today, offer: Offer) -> bool:
    """Things enough may still show no pattern: then there is nothing to be seen yet."""
    return offer.practice != Practice.SHAPES or bool(LookBack(today.user, today.now).patterns)


def _wrote_on_more_days(user: User) -> bool:
    """By the days on which it was written: lines for other days make no later day of the first."""
    days = set()
    for at in (
        Entry.objects.of(user).made_here().newest_first().values_list("created_at", flat=True).iterator(chunk_size=100)
    ):
        days.add(local_date(user, at))
        if len(days) > FIRST_DAYS:
            return True
    return False


def _was_hard(today: Today, entry: Entry) -> bool:
    """Something hard is of this day, or was written in it, or came right before; or a step was not for today."""
    hard = Q(kind__in=HARD)
    stands: dict[str, Any] = Entry.objects.of(today.user).aggregate(
        hard_at=Max("created_at", filter=hard),
        hard_on=Max("local_date", filter=hard),
        other_at=Max("created_at", filter=~hard & ~Q(pk=entry.pk)),
    )
    at: datetime | None = stands["hard_at"]
    if at and (stands["hard_on"] >= today.date or local_date(today.user, at) == today.date):
        return True
    if at and (stands["other_at"] is None or stands["other_at"] < at):
        return True
    return bool(Step.objects.of(today.user).filter(rests_until__gt=today.date).exists())


class Standing(Kept):
    """A journal as it was kept here, for what was brought from elsewhere lets nothing offer itself. Each part is asked
    for when a threshold comes to it, and no further than that goes; those of which one is enough, together.
    """

    def __init__(self, today: Today, entry: Entry) -> None:
        self.today, self.entry = today, entry

    @cached_property
    def things(self) -> int:
        return kept_count(self.today.user.pk, MOST)

    @cached_property
    def days(self) -> int:
        return len(_latest_days(self.today.user))

    @property
    def doubts(self) -> int:
        return self._there.count("doubt")

    @property
    def steps(self) -> int:
        return self._there.count("step")

    @cached_property
    def under_theme(self) -> int:
        return OWN_PAGE if _theme_with_pages(self.today.user, self.entry.pk) else 0

    @property
    def proud_before(self) -> int:
        return self._there.count("proud_before")

    @property
    def proud_now(self) -> int:
        return self._there.count("proud_now")

    @cached_property
    def waits_for_a_now(self) -> bool:
        return waits_for_a_now(self.today.user, self.today.date)

    @cached_property
    def _there(self) -> list[str]:
        """The names of what there is."""
        monday = self.today.monday
        return [name for (name,) in _there(self.today.user, date.min, monday - A_DAY, monday, date.max)]


@prepared
def _offered(user: User) -> Any:
    return Offering.objects.of(user)


@prepared
def _latest_days(user: User) -> Any:
    return Entry.objects.of(user).made_here().latest_days(MOST)


@prepared
def _there(user: User, beginning: date, eve: date, monday: date, end: date) -> Any:
    proud = Entry.objects.of(user).made_here().filter(kind=Entry.Kind.PROUD)
    asked: dict[str, Any] = {
        "doubt": Entry.objects.of(user).filter(kind=Entry.Kind.DOUBT),
        "step": Step.objects.of(user).order_by(),
        "proud_before": proud.within(beginning, eve),
        "proud_now": proud.within(monday, end),
    }
    return [rows.values_list(Value(name))[:1] for name, rows in asked.items()]


@prepared
def _theme_with_pages(user: User, entry_id: UUID) -> Any:
    """One of this entry's themes that has pages enough for one of its own."""
    here = Entry.objects.of(user).made_here()
    pages = Entry.themes.through._default_manager.filter(theme=OuterRef("pk"), entry__in=here)
    return Theme.objects.of(user).filter(Exists(pages[OWN_PAGE - 1 :]), entries=entry_id).values_list("pk")[:1]


def _themes(entry: Entry) -> QuerySet[Any]:
    """Those of an entry that have pages enough for one of their own, the fullest first."""
    kept = Count("entries", filter=Q(entries__removal__isnull=True))
    own = Theme.objects.of(entry.owner).filter(pk__in=entry.themes.values("pk"))
    found: QuerySet[Any] = own.annotate(kept=kept).filter(kept__gte=OWN_PAGE).order_by("-kept", "created_at", "pk")
    return found
