"""What a copy will hold, before it is made: things by their kind, the first and the last day, about how much."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import Coalesce, Length
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.export import Format
from journal.export.choice import Choice
from journal.export.leaves import RECORDS
from journal.filters import KINDS, LESSON
from journal.models import Chapter, Lesson, Measure, Milestone, Reading, Step, Treat, Week

# What stands beside entries, in the order of the pages that show it.
OTHERS: list[tuple[Any, Any]] = [
    (Milestone, _("Ways to a milestone")),
    (Step, _("Steps")),
    (Week, _("Weeks")),
    (Chapter, _("Months and years in your own words")),
    (Measure, _("Measures")),
    (Reading, _("Days of a measure")),
    (Treat, _("What does you good")),
]
TEXTS = ("body", *(f"{name}__{word}" for name, noun in RECORDS.items() for word in noun.WORDS))
# A sealed text is so much longer than its own bytes.
SEAL = 30
# Bytes of a page of a small book, and what its head takes of each entry.
A_PAGE, A_HEAD = 1500, 150


@dataclass(frozen=True)
class Preview:
    """`things` are names with their counts; days are of entries."""

    things: list[tuple[Any, int]]
    first: date | None
    last: date | None
    written: int
    entries: int
    size: int
    is_too_much: bool

    @classmethod
    def of(cls, user: User, choice: Choice, form: Format) -> "Preview":
        rows = list(_by_kind(user, choice))
        counts = {row["kind"]: row["count"] for row in rows}
        counts[LESSON] = (
            choice.narrowed(Lesson.objects.of(user), user)
            .filter(lesson__filled=True, entry__removal__isnull=True)
            .count()
        )
        things = [(name, counts[kind]) for kind, name in KINDS.items() if counts.get(kind)]
        others = [] if form.entries_only else _others(user, choice)
        written = sum(row["bytes"] for row in rows)
        many = sum(row["count"] for row in rows)
        size = form.alone + written + form.around * many + 200 * sum(count for _name, count in others)
        days = [day for row in rows for day in (row["first"], row["last"])]
        first, last = min(days, default=None), max(days, default=None)
        return cls(
            things + others, first, last, written, many, size // 2 if form.is_zipped else size, 0 < form.most < size
        )

    @property
    def is_empty(self) -> bool:
        return not self.things

    @property
    def days(self) -> str:
        """“20 November 2026”, or from the first to the last."""
        if not self.first or not self.last:
            return ""
        first, last = date_format(self.first, "j F Y"), date_format(self.last, "j F Y")
        return first if first == last else f"{first} – {last}"

    @property
    def pages(self) -> int:
        return -(-(self.written + A_HEAD * self.entries) // A_PAGE)

    @property
    def about(self) -> str:
        """Its size, no finer than a guess is: “486 KB”, “1.3 MB”."""
        kilobytes = max(1, round(self.size / 1024))
        if kilobytes < 1000:
            return gettext("%(many)s KB") % {"many": number_format(kilobytes)}
        return gettext("%(many)s MB") % {"many": number_format(kilobytes / 1024, 1)}


def _by_kind(user: User, choice: Choice) -> Any:
    """In one query: of each kind how many, their first and last day, and the bytes of all that was written there."""
    written = sum((Coalesce(Length(text), 0) for text in TEXTS[1:]), Coalesce(Length(TEXTS[0]), 0))
    return (
        choice.entries(user)
        .order_by()
        .values("kind")
        .annotate(count=Count("pk"), first=Min("local_date"), last=Max("local_date"), bytes=Sum(written))
    )


def _others(user: User, choice: Choice) -> list[tuple[Any, int]]:
    found = []
    for model, name in OTHERS:
        rows = model.objects.of(user)
        rows = rows.standing() if model is Reading else rows
        if count := choice.narrowed(rows, user).count():
            found.append((name, count))
    return found
