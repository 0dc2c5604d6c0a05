"""What of the journal is shown."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.models import Entry, Lesson, Milestone, Theme
from journal.models.entry import TAUGHT, EntryQuerySet
from journal.months import last_of

LESSON = "lesson"
# What can be asked for, and how it is called.
KINDS = {
    "win": _("Wins"),
    "setback": _("Hard things"),
    LESSON: _("Lessons"),
    "proud": _("Proud"),
    "doubt": _("Doubts"),
    "milestone": _("Milestones"),
    "note": _("Notes"),
    "decision": _("Decisions"),
    "meeting": _("Before we meet"),
    "then_now": _("Then and now"),
    "encouragement": _("Kind words from others"),
    "letter": _("Letters to later"),
}
# A hard thing with neither a lesson nor a word that it was only hard; a doubt or a decision with one side alone.
STILL_OPEN = (
    (Q(kind=Entry.Kind.SETBACK, acceptance__isnull=True) & ~Q(lesson__lesson__filled=True))
    | (Q(kind=Entry.Kind.DOUBT) & ~Q(answer__answer__filled=True))
    | (Q(kind=Entry.Kind.DECISION) & ~Q(decision__decided__filled=True))
)
CAN_BE_OPEN = {Entry.Kind.SETBACK, Entry.Kind.DOUBT, Entry.Kind.DECISION}


@dataclass(frozen=True)
class Filters:
    """What of the journal is shown. `kinds` are kinds of entry, and `lesson`: hard things with what they taught."""

    kinds: tuple[str, ...] = ()
    theme: Theme | None = None
    milestone: Milestone | None = None
    first: date | None = None
    last: date | None = None
    month: date | None = None
    open: bool = False

    @property
    def chosen(self) -> bool:
        """More than a place to open the book at."""
        return self.opened_at(None) != Filters()

    def of(self, user: User) -> EntryQuerySet:
        entries = self.of_any_month(user)
        return entries.within(self.month, last_of(self.month)) if self.month else entries

    def of_any_month(self, user: User) -> EntryQuerySet:
        entries: EntryQuerySet = Entry.objects.of(user)
        if self.kinds:
            lessons = TAUGHT if LESSON in self.kinds else Q()
            entries = entries.filter(Q(kind__in=self.kinds) | lessons)
        if self.theme:
            entries = entries.filter(themes=self.theme)
        if self.milestone:
            entries = entries.filter(milestone=self.milestone)
        if self.open:
            entries = entries.filter(STILL_OPEN)
        return entries.within(self.first or date.min, self.last or date.max) if self.first or self.last else entries

    @property
    def said(self) -> list[str]:
        """The kinds and days that are shown, in words; themes and milestones have their own."""
        said = [str(KINDS[kind]) for kind in self.kinds] + ([str(_("Still open"))] if self.open else [])
        said += [_("from %(day)s") % {"day": date_format(self.first, "j F Y")}] if self.first else []
        said += [_("to %(day)s") % {"day": date_format(self.last, "j F Y")}] if self.last else []
        return said

    def opened_at(self, month: date | None) -> "Filters":
        return replace(self, month=month)

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """What a form or an address says of them: ids, kinds and days, never a word."""
        pairs: list[tuple[str, Any]] = [("kind", kind) for kind in self.kinds]
        pairs += [(name, row.pk) for name, row in (("theme", self.theme), ("milestone", self.milestone)) if row]
        pairs += [("open", "1")] if self.open else []
        pairs += [(name, day.isoformat()) for name, day in (("from", self.first), ("to", self.last)) if day]
        return pairs + ([("month", self.month.isoformat()[:7])] if self.month else [])

    def address(self, after: object = "", *, find: bool = False) -> str:
        """Where the Journal stands like this, on from the place `after`; with `find`, at the opened finder."""
        pairs = self.pairs + ([("after", after)] if after else []) + ([("find", "1")] if find else [])
        return _place() + (f"?{urlencode(pairs)}" if pairs else "") + ("#filter" if find else "")

    def addresses_at(self, days: list[date]) -> list[tuple[date, str]]:
        """Each of the days, and where the Journal stands like this at its month."""
        anywhere = self.opened_at(None).address()
        begun = f"{anywhere}{'&' if '?' in anywhere else '?'}month="
        return [(day, f"{begun}{day.isoformat()[:7]}") for day in days]


@cache
def _place() -> str:
    """Asked for once, and not for each of twelve months."""
    return reverse("journal:entries")


def kinds_of(user: User) -> list[str]:
    """Which of KINDS there is anything of: in one query, at a cost that does not grow with the journal.

    The ORM writes the question once, and its SQL is repeated; ordered as an index is, it ends at the first row.
    """
    kinds = [kind for kind in KINDS if kind != LESSON]
    entries = Entry.objects.of(user).filter(kind=kinds[0]).order_by("-local_date").values("kind")[:1]
    sql, (*fixed, _kind) = entries.query.sql_with_params()
    lessons = Lesson.objects.of(user).filter(lesson__filled=True, entry__removal__isnull=True).values("pk")[:1]
    more, params = lessons.query.sql_with_params()
    questions = [f"({sql})"] * len(kinds) + [f"({more})"]
    with connection.cursor() as cursor:
        asked = [param for kind in kinds for param in (*fixed, kind)]
        cursor.execute(f"SELECT {', '.join(questions)}", [*asked, *params])
        held = dict(zip([*kinds, LESSON], cursor.fetchone(), strict=True))
    return [kind for kind in KINDS if held[kind]]
