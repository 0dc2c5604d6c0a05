"""What Look back shows to one person: four shelves, each asked for when the page comes to it."""

from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from accounts.days import local_date
from accounts.models import User
from journal import almanac, back_index, kind_words
from journal import shapes as shapes_of_measures
from journal.dealt import in_turn, thrown
from journal.models import Entry, Week
from journal.models.week import monday_of
from journal.months import month_called
from journal.patterns import FROM, Pattern, found
from journal.picking import MONTHS_AGO
from journal.today import ON_THE_BRANCH

# A good one comes back only once it has become something from before.
BEFORE = timedelta(days=30)


class LookBack:
    def __init__(self, user: User, now: datetime, year: int | None = None, pattern: str = "") -> None:
        self.user, self.today = user, local_date(user, now)
        self.asked, self.asked_pattern = year, pattern

    # The year

    @cached_property
    def began(self) -> date | None:
        first: date | None = (
            Entry.objects.of(self.user).order_by("local_date").values_list("local_date", flat=True).first()
        )
        return first

    @property
    def years(self) -> list[int]:
        """Those with a page of their own, the latest first."""
        return list(range(self.today.year, self.began.year - 1, -1)) if self.began else []

    @property
    def year(self) -> int:
        return self.asked if self.asked in self.years else self.today.year

    @cached_property
    def months(self) -> list[almanac.Row]:
        """From the beginning on, or from January; to today, or to December."""
        if not self.began or self.began > self.today:
            return []
        first = max(self.began, date(self.year, 1, 1))
        last = min(self.today, date(self.year, 12, 31))
        return almanac.rows(self.held, first, last)

    @cached_property
    def held(self) -> dict[date, almanac.Held]:
        """Each day of the year that is shown."""
        return self._held(self.year)

    def _held(self, year: int) -> dict[date, almanac.Held]:
        of_year = Entry.objects.of(self.user).within(date(year, 1, 1), min(self.today, date(year, 12, 31)))
        return {day: almanac.Held(*what) for day, what in of_year.held().items()}

    # Lessons

    @cached_property
    def index(self) -> list[back_index.Line]:
        """All lines of the index at the back; the page shows so many."""
        return back_index.lines(self.user)

    # Kind words

    @cached_property
    def kind_words(self) -> list[tuple[kind_words.Kind, str]]:
        """Some of the person's own sentences, by the day others, each with when it was said."""
        return [(one, one.when(self.today)) for one in kind_words.chosen(self.user, self.today)]

    @cached_property
    def encouragement(self) -> Entry | None:
        """What somebody else said last, if it opens."""
        said = Entry.objects.of(self.user).filter(kind=Entry.Kind.ENCOURAGEMENT).select_related("encouragement")
        return next((entry for entry in said.newest_first()[:3] if not entry.damaged), None)

    @cached_property
    def letter(self) -> Entry | None:
        """The latest letter to later that was opened, if it can be read."""
        opened = Entry.objects.of(self.user).filter(kind=Entry.Kind.LETTER, later__opened_at__isnull=False)
        return next((entry for entry in opened.select_related("later").newest_first()[:3] if not entry.damaged), None)

    @cached_property
    def proud(self) -> list[Entry]:
        """Of the last week before this one that has any, as many as stand on a branch."""
        before = Entry.objects.of(self.user).filter(kind=Entry.Kind.PROUD, local_date__lt=monday_of(self.today))
        last = before.order_by("-local_date").values_list("local_date", flat=True).first()
        named = Week.proud(self.user, monday_of(last)) if last else []
        return [entry for entry in named if not entry.damaged][:ON_THE_BRANCH]

    # Shapes

    @cached_property
    def shapes(self) -> list[shapes_of_measures.Shape]:
        return shapes_of_measures.in_use(self.user, self.today)

    @cached_property
    def patterns(self) -> list[Pattern]:
        return found(self.user, self._held_for_patterns, self.today)

    @cached_property
    def _held_for_patterns(self) -> dict[date, almanac.Held]:
        """Of the year that is shown; while this year is young and shows nothing, of the one before."""
        if self.year != self.today.year or sum(what.things for what in self.held.values()) >= FROM:
            return self.held
        return self._held(self.year - 1) if self.year - 1 in self.years else self.held

    @property
    def pattern_year(self) -> int:
        """The year that the sentences are about."""
        return next(iter(self._held_for_patterns), self.today).year

    @property
    def pattern(self) -> Pattern | None:
        """One at a time: the one asked for, or by the day another."""
        asked = next((one for one in self.patterns if one.name == self.asked_pattern), None)
        return asked or in_turn(self.patterns, self.today)

    @property
    def another(self) -> str:
        """The name of the pattern after the one that is shown; "" where there is one alone."""
        names = [one.name for one in self.patterns]
        return names[(names.index(self.pattern.name) + 1) % len(names)] if self.pattern and len(names) > 1 else ""

    @property
    def lead(self) -> str:
        """When it began, and of this year the months that were mostly rest, if they are few."""
        if not self.began or self.began > self.today:
            return ""
        began = _("You began in %(month)s.") % {"month": month_called(self.began.replace(day=1), self.today)}
        names = [str(MONTHS[row.first.month]) for row in almanac.resting(self.months, self.today)]
        if len(names) == 1:
            return f"{began} {_('%(month)s was mostly rest.') % {'month': names[0]}}"
        if len(names) == 2:
            both = _("%(one)s and %(other)s were mostly rest.") % {"one": names[0], "other": names[1]}
            return f"{began} {both}"
        return began

    @property
    def has_a_then(self) -> bool:
        """Something old enough to lie beside a now."""
        return self.began is not None and self.began <= self.today - timedelta(days=MONTHS_AGO)

    # A good one

    @cached_property
    def good_one(self) -> Entry | None:
        """Something good from before: by the day another one, on one day the same. Some that do not open are passed."""
        if not self.began or self.began > self.today - BEFORE:
            return None
        last = self.today - BEFORE
        good = Entry.objects.coming_back(self.user).filter(not_again__isnull=True, local_date__lte=last)
        good = good.select_related("lesson").exclude(body__filled=False)
        start = self.began + timedelta(days=thrown((last - self.began).days + 1, by=self.today))
        # In the order of the timeline's index, or all of them would be sorted for the first five.
        onwards = good.filter(local_date__gte=start).order_by("local_date", "created_at", "id")
        for some in (onwards, good.newest_first()):
            for entry in some[:5]:
                if not entry.damaged:
                    return entry  # type: ignore[no-any-return]
        return None
