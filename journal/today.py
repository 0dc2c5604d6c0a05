"""What Today shows to one person: each part is asked for when the page comes to it, and only once."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists
from django.utils.translation import gettext as _

from accounts.days import is_zone, local_date, zone_of
from accounts.models import User
from accounts.prepared import prepared
from journal import thread
from journal.almanac import held
from journal.effort import treat_after
from journal.listed import listed
from journal.models import Entry, Helping, NotForMe, Offering, Pin, Treat, Week
from journal.models.week import iso_name, monday_of, sunday_of
from journal.prompts import composer
from journal.prompts.ways import MOMENTS, Moment
from journal.small_step import KEPT_FIRST

FRESH = timedelta(minutes=1)
THREAD_FROM = 3
ON_THE_BRANCH = 3
YEARS_BACK = 50
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class OnThisDay:
    entry: Entry
    years: int


class Today:
    def __init__(self, user: User, now: datetime) -> None:
        self.user, self.now = user, now
        self.date = local_date(user, now)
        self.monday = monday_of(self.date)
        self.sunday = sunday_of(self.monday)
        self.fresh_since = now - FRESH

    @property
    def week(self) -> str:
        return iso_name(self.monday)

    # What was kept

    @cached_property
    def days(self) -> list[date]:
        """The latest days with something kept, as many as Today asks about."""
        return [day for (day,) in _latest_days(self.user)]

    @property
    def is_newcomer(self) -> bool:
        """Nothing is kept yet: three gestures and nothing else."""
        return not self.days

    @property
    def is_settled(self) -> bool:
        """So many days hold at least as many things: nobody has to count them."""
        return len(self.days) >= KEPT_FIRST

    @property
    def is_first_page(self) -> bool:
        return self.days in ([], [self.date])

    @cached_property
    def entries(self) -> list[Entry]:
        """Kept for this day, the newest first; after a flight west also what was kept for tomorrow.

        Proud things stand on the branch.
        """
        return listed(_kept_for(self.user, self.date))

    @property
    def treat(self) -> Treat | None:
        """After a deed that was kept a moment ago."""
        latest = next(iter(self.entries), None)
        if latest is None or latest.created_at <= self.fresh_since:
            return None
        return treat_after(self.user, self.date, latest)

    @cached_property
    def proud(self) -> list[Entry]:
        """This week's, in the order they came."""
        return Week.proud(self.user, self.monday)

    @property
    def branch_is_full(self) -> bool:
        return len(self.proud) >= ON_THE_BRANCH

    # The thread

    @property
    def has_a_thread(self) -> bool:
        """From the third kept day on; from then on other days can be written to as well."""
        return len(self.days) >= THREAD_FROM

    @cached_property
    def thread(self) -> thread.Thread | None:
        if not self.has_a_thread:
            return None
        days = held(self.user, thread.first_day(self.date), self.date)
        return thread.drawn(self.date, {day: one.mark for day, one in days.items()})

    @property
    def caption(self) -> str:
        if self._was_away():
            return _("Welcome back. The thread held.")
        if len(self.days) == THREAD_FROM:
            return _("Your thread starts here.")
        return _("A bead where you wrote. The bare thread is rest.")

    def _was_away(self) -> bool:
        """No day before today, or a day of rest between today and the last."""
        before = [day for day in self.days if day < self.date]
        return bool(before) and before[0] < self.date - timedelta(days=1)

    # What it asks

    @cached_property
    def asks(self) -> composer.Composer:
        """The composer's words; whoever helps others has their own."""
        return composer.HELPING if Helping.is_chosen(self.user) else composer.USUAL

    # And to yourself?

    @cached_property
    def asks_to_yourself(self) -> bool:
        """After a first week, from the third day that was kept here on, until somebody says that it is not for them.

        Where something else offered itself within the last week, it lets that week pass. Pages from elsewhere make no
        day of it.
        """
        return self.has_a_thread and bool(_asks_to_yourself(self.user, self.date - A_WEEK, self.now - A_WEEK))

    # What somebody keeps here

    @cached_property
    def pinned(self) -> list[Moment]:
        """Moments of More ways to write, in the order they were pinned."""
        return [MOMENTS[name] for (name,) in _pinned(self.user) if name in MOMENTS]

    # What it says

    @property
    def greeting(self) -> str:
        hour = self.now.astimezone(zone_of(self.user)).hour
        if not is_zone(self.user.time_zone) or hour < 5:
            return _("Hello")
        if hour < 12:
            return _("Good morning")
        return _("Good afternoon") if hour < 18 else _("Good evening")

    @cached_property
    def on_this_day(self) -> OnThisDay | None:
        """The latest year's that can be read."""
        for entry in _same_day(self.user, self.user.only_good_days_back, *self._earlier()):
            if not entry.damaged:
                return OnThisDay(entry, self.date.year - entry.local_date.year)
        return None

    def _earlier(self) -> list[date]:
        """29 February comes back in leap years alone."""
        years = range(self.date.year - YEARS_BACK, self.date.year)
        leap_day = (self.date.month, self.date.day) == (2, 29)
        return [self.date.replace(year=year) for year in years if isleap(year) or not leap_day]


@prepared
def _kept_for(user: User, day: date) -> Any:
    return Entry.objects.of(user).filter(local_date__gte=day).exclude(kind=Entry.Kind.PROUD).newest_first()


@prepared
def _latest_days(user: User) -> Any:
    return Entry.objects.of(user).latest_days(KEPT_FIRST)


@prepared
def _asks_to_yourself(user: User, first_week: date, lately: datetime) -> Any:
    """A row where it does (Today.asks_to_yourself). `first_week`: the last day to have begun on; `lately`: since when
    nothing else may have offered itself.
    """
    refused = NotForMe.objects.of(user).filter(practice=NotForMe.Practice.KINDNESS)
    here = Entry.objects.of(user).made_here()
    third = here.order_by().values("local_date").distinct()[THREAD_FROM - 1 : THREAD_FROM]
    early = here.filter(Exists(third), local_date__lte=first_week)
    offered = Offering.objects.of(user)
    waits = Exists(offered.filter(at__gt=lately)) & ~Exists(offered.filter(practice=NotForMe.Practice.KINDNESS))
    return early.exclude(Exists(refused)).exclude(waits).values_list("pk")[:1]


@prepared
def _same_day(user: User, only_good: bool, *days: date) -> Any:
    kept = Entry.objects.coming_back(user, only_good).filter(local_date__in=days)
    return kept.select_related("lesson").newest_first()[:5]


@prepared
def _pinned(user: User) -> Any:
    return Pin.objects.of(user).values_list("moment")
