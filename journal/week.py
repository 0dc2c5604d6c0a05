"""What the page of one week shows to one person."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from journal import shapes
from journal.models import Entry, Step, Week
from journal.models.entry import TAUGHT
from journal.models.week import FIRST, iso_name, monday_of, sunday_of
from journal.prompts import week as prompts

LINES = 3
MOST_CANDIDATES = 6


@dataclass(frozen=True)
class Line:
    """One of the three: what stands on it, or a blank one with an id of its own."""

    number: int
    entry: Entry | None

    @cached_property
    def id(self) -> UUID:
        return self.entry.pk if self.entry else uuid4()

    @property
    def label(self) -> str:
        return str(prompts.LINES[self.number])


@dataclass(frozen=True)
class Candidate:
    """Something kept in the week whose words can be named as they are."""

    entry: Entry
    words: str


class ThatWeek:
    def __init__(self, user: User, monday: date, today: date) -> None:
        self.user, self.monday, self.today = user, monday, today
        self.sunday = sunday_of(monday)

    @property
    def name(self) -> str:
        return iso_name(self.monday)

    @property
    def is_over(self) -> bool:
        return self.today > self.sunday

    @property
    def is_last(self) -> bool:
        """The one that ended most lately."""
        return monday_of(self.today) - self.monday == timedelta(days=7)

    @property
    def month(self) -> str:
        """The name of the month that it is of."""
        return f"{self.thursday:%Y-%m}"

    @property
    def thursday(self) -> date:
        """The day whose month the whole week is said to be of."""
        return self.monday + timedelta(days=3)

    @property
    def before(self) -> str:
        """The name of the week before, where there is one."""
        return iso_name(self.monday - timedelta(days=7)) if self.monday > FIRST else ""

    @property
    def after(self) -> str:
        return iso_name(self.monday + timedelta(days=7)) if self.is_over else ""

    @property
    def days(self) -> str:
        """Monday 16 to Sunday 22 November; the year is said where it is another one."""
        across = self.monday.year != self.sunday.year
        year = " Y" if across or self.sunday.year != self.today.year else ""
        first = "l j" if self.monday.month == self.sunday.month else "l j F"
        first += year if across else ""
        return _("%(first)s to %(last)s") % {
            "first": date_format(self.monday, first),
            "last": date_format(self.sunday, f"l j F{year}"),
        }

    # What was kept in it

    @cached_property
    def _kept(self) -> list[Entry]:
        """Wins, lessons and proud things, as they came."""
        kinds = Q(kind__in=[Entry.Kind.WIN, Entry.Kind.PROUD]) | TAUGHT
        kept = Entry.objects.of(self.user).of_week(self.monday).filter(kinds)
        return list(kept.select_related("lesson").order_by("created_at", "id"))

    @cached_property
    def proud(self) -> list[Entry]:
        return [entry for entry in self._kept if entry.kind == Entry.Kind.PROUD]

    @cached_property
    def lessons(self) -> list[Entry]:
        return [entry for entry in self._kept if entry.kind == Entry.Kind.SETBACK]

    # The three lines

    @cached_property
    def lines(self) -> list[Line]:
        named = [entry for entry in self.proud if not entry.damaged][:LINES]
        return [Line(number, named[number] if number < len(named) else None) for number in range(LINES)]

    @property
    def drawn(self) -> list[Line]:
        """All three while the week lasts; then what was written, or one to write on."""
        written = [line for line in self.lines if line.entry] if self.is_over else self.lines
        return written or self.lines[:1]

    @property
    def folded(self) -> list[Line]:
        return self.lines[len(self.drawn) :]

    @property
    def beneath(self) -> list[Entry]:
        """What has no line of its own: the fourth and what came after it, and what cannot be opened."""
        on_lines = {line.entry.pk for line in self.lines if line.entry}
        return [entry for entry in self.proud if entry.pk not in on_lines]

    @property
    def next_line(self) -> Line | None:
        return next((line for line in self.drawn if not line.entry), None)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """The latest that are not named yet; none where three things are."""
        if len(self.proud) >= LINES:
            return []
        said = {line.entry.text.strip() for line in self.lines if line.entry}
        kept = (candidate(entry) for entry in reversed(self._kept))
        return [one for one in kept if one and one.words.strip() not in said][:MOST_CANDIDATES]

    # A longer look

    @cached_property
    def shapes(self) -> "list[shapes.Shape]":
        return shapes.of_week(self.user, self.monday, self.today)

    @cached_property
    def taken(self) -> Week | None:
        weeks = Week.objects.of(self.user).select_related("step__completion", "step__removal")
        found: Week | None = weeks.filter(monday=self.monday).first()
        return found

    @property
    def step(self) -> Step | None:
        """The one small step that was chosen in it."""
        step = self.taken.step if self.taken else None
        return None if step and step.is_removed else step

    @property
    def takeaway(self) -> str:
        return self.taken.takeaway if self.taken else ""

    @cached_property
    def is_longer(self) -> bool:
        """From the second week on that something proud was named for; or where something was written in it already."""
        named = Entry.objects.of(self.user).filter(kind=Entry.Kind.PROUD)
        return bool(self.takeaway or self.step) or bool(named.filter(local_date__lt=self.monday).exists())


def candidate(entry: Entry) -> Candidate | None:
    """What it would say on the branch, if it can stand there."""
    if entry.kind == Entry.Kind.WIN and not entry.damaged:
        return Candidate(entry, entry.text or entry.deed_name)
    if entry.has_lesson and not entry.lesson.damaged:
        return Candidate(entry, entry.lesson.lesson)
    return None
