"""The stream of entries, newest first, page by page, and the months that it can be opened at."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.prepared import prepared
from journal.filters import Filters
from journal.listed import listed
from journal.models import Entry
from journal.models.owned import Dated, OwnedQuerySet
from journal.months import Month, bound, last_of, month_called

PAGE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Span = tuple[date, date]
Rows = TypeVar("Rows", bound=OwnedQuerySet)
Asked = tuple[str, list[Any]]
NEVER: Span = (date.max, date.min)


@dataclass(frozen=True)
class Place:
    """The last entry of a page, or another row in the same order.

    It says itself where the next begins, whatever is kept or taken back meanwhile.
    """

    day: date
    at: datetime
    id: UUID

    @classmethod
    def of(cls, entry: Dated) -> "Place":
        return cls(entry.local_date, entry.created_at, entry.pk)

    @classmethod
    def named(cls, text: str) -> "Place":
        """Raises ValueError for everything but what `str` gives."""
        found = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})_(-?[0-9]{1,18})_([0-9a-f]{32})", text)
        if not found:
            raise ValueError("not a place in the journal")
        try:
            at = EPOCH + timedelta(microseconds=int(found[2]))
        except OverflowError:
            raise ValueError("no time that a calendar has") from None
        return cls(date.fromisoformat(found[1]), at, UUID(found[3]))

    def __str__(self) -> str:
        return f"{self.day}_{(self.at - EPOCH) // timedelta(microseconds=1)}_{self.id.hex}"

    def beyond(self, entries: Rows) -> Rows:
        """What comes after it. The first condition says nothing new: it is what an index can begin at."""
        same_day = Q(local_date=self.day) & (Q(created_at__lt=self.at) | Q(created_at=self.at, id__lt=self.id))
        return entries.filter(Q(local_date__lt=self.day) | same_day, local_date__lte=self.day)


@dataclass(frozen=True)
class Way:
    """A link: what it says, and where it leads."""

    said: str
    address: str


@dataclass(frozen=True)
class Opening:
    """A month to open the book at, by a day in it; and whether it is open there."""

    day: date
    address: str
    here: bool = False


@dataclass(frozen=True)
class Calendar:
    """The months of a year in which something was kept, the nearest years beside it, the month before this one."""

    year: int
    months: list[Opening]
    years: list[Opening]
    previous: date | None


# What is asked without any filter, by whoever opens the book.


@prepared
def _newest(user: User) -> Any:
    return Entry.objects.of(user).newest_first()[: PAGE + 1]


@prepared
def _beyond(user: User, day: date, at: datetime, id: UUID) -> Any:
    return Place(day, at, id).beyond(Entry.objects.of(user).newest_first())[: PAGE + 1]


@prepared
def _days(order: str, user: User, first: date, last: date) -> Any:
    return Entry.objects.of(user).order_by(order).within(first, last).values("local_date")[:1]


class Timeline:
    """One page of a person's journal; each part is asked for when the page comes to it, and only once."""

    def __init__(self, user: User, filters: Filters, today: date, after: Place | None = None) -> None:
        self.user, self.filters, self.today, self.after = user, filters, today, after

    @cached_property
    def entries(self) -> list[Entry]:
        """Those of this page, and one more if there is one."""
        if self.filters != Filters():
            entries = self.filters.of(self.user).newest_first()
            return listed((self.after.beyond(entries) if self.after else entries)[: PAGE + 1])
        if self.after:
            return listed(_beyond(self.user, self.after.day, self.after.at, self.after.id))
        return listed(_newest(self.user))

    @property
    def is_blank(self) -> bool:
        """Nothing is kept at all."""
        return not self.entries and self.filters == Filters() and not self.after

    @cached_property
    def months(self) -> list[Month]:
        above = self.after.day if self.after else None
        return bound(self.entries[:PAGE], self.today, above, rests=not self.filters.chosen)

    @property
    def said(self) -> str:
        """What is read out when this page is added below another one."""
        if not self.months:
            return ""
        month = self.months[0]
        return _("%(month)s, continued.") % {"month": month.name} if month.goes_on else f"{month.name}."

    @property
    def earlier(self) -> Way | None:
        if len(self.entries) > PAGE:
            last, following = self.entries[PAGE - 1].local_date, self.entries[PAGE].local_date
            same = (last.year, last.month) == (following.year, following.month)
            return self._earlier(following, same, self.filters.address(after=Place.of(self.entries[PAGE - 1])))
        if self.filters.month and (previous := self.calendar.previous):
            return self._earlier(previous, False, self.filters.opened_at(previous).address())
        return None

    def _earlier(self, day: date, same: bool, address: str) -> Way:
        said = _("Earlier in %(month)s") if same else _("Earlier, in %(month)s")
        return Way(said % {"month": month_called(day, self.today)}, address)

    # The months beside it

    @property
    def opened_at(self) -> date:
        """The month that the page begins with."""
        day = self.filters.month or (self.entries[0].local_date if self.entries else self.today)
        return day.replace(day=1)

    @cached_property
    def calendar(self) -> Calendar:
        """In one query, at a cost that does not grow with the journal: of a month only whether anything was kept."""
        year = self.opened_at.year
        firsts = [date(year, number, 1) for number in range(12, 0, -1)]
        spans = [(first, last_of(first)) for first in firsts]
        spans += [_until(firsts[-1]), _until(self.opened_at)]
        later = (date(year + 1, 1, 1), date.max) if year < date.max.year else NEVER
        *held, before, previous, after = _asked(self._days("-local_date", spans) + self._days("local_date", [later]))
        months = [first for first, newest in zip(firsts, held, strict=True) if newest]
        years = [day for day in (after, before) if day]
        return Calendar(year, self._openings(months), self._openings(years), previous)

    def _days(self, order: str, spans: list[Span]) -> list[Asked]:
        """What asks for the first day of each span, in that order, on which anything was kept."""
        if self.filters.opened_at(None) == Filters():
            return _days.sqls(order, self.user, of=spans)
        entries = self.filters.of_any_month(self.user).order_by(order).within(date.min, date.max)
        sql, (*fixed, _first, _last) = entries.values("local_date")[:1].query.sql_with_params()
        return [(sql, [*fixed, *map(connection.ops.adapt_datefield_value, span)]) for span in spans]

    def _openings(self, days: list[date]) -> list[Opening]:
        opened_at = self.opened_at
        return [Opening(day, address, here=day == opened_at) for day, address in self.filters.addresses_at(days)]


def _until(day: date) -> Span:
    return (date.min, day - timedelta(days=1)) if day > date.min else NEVER


def _asked(asked: list[Asked]) -> list[date | None]:
    """The first day that each question finds; all of it in one query.

    Asked for the first day and not whether there is one, PostgreSQL never reads the whole table.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(f'({sql})' for sql, _params in asked)}",
            [param for _sql, params in asked for param in params],
        )
        return [day and date.fromisoformat(str(day)) for day in cursor.fetchone()]
