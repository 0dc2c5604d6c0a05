"""What of a journal a copy is to hold: days, kinds, themes; and which rows of every noun that means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from accounts.days import zone_of
from accounts.models import User
from journal import models as nouns
from journal.filters import Filters
from journal.models import Entry, Milestone, Reading, Step
from journal.models.entry import EntryQuerySet
from journal.models.owned import OwnedQuerySet


@dataclass(frozen=True)
class Choice:
    """`first` and `last` are the person's own days, both within, either open (None); `kinds` are of
    `journal.filters.KINDS` (`lesson`: a hard thing that has one); `themes` are ids, and any one of them will do.

    Nothing chosen is the whole journal: `narrowed` then gives the very rows that it was given. With anything chosen,
    a copy holds entries that stand and what belongs to them; with days alone also what is of those days without being
    an entry: milestones and steps, weeks, months and years, readings. What is of no day is in the whole copy alone.
    """

    first: date | None = None
    last: date | None = None
    kinds: tuple[str, ...] = ()
    themes: tuple[UUID, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self == WHOLE

    @property
    def entries_alone(self) -> bool:
        """With kinds or themes chosen."""
        return bool(self.kinds or self.themes)

    def entries(self, user: User) -> EntryQuerySet:
        """Those that stand, in no order."""
        entries = Filters(kinds=self.kinds, first=self.first, last=self.last).of(user)
        if self.themes:
            links = Entry.themes.through._default_manager.filter(theme__in=self.themes)
            entries = entries.filter(pk__in=links.values("entry"))
        return entries

    def narrowed(self, rows: OwnedQuerySet, user: User) -> OwnedQuerySet:
        """Those of this person's rows, of any noun, that belong to the copy."""
        if self.is_whole:
            return rows
        rule = BELONGS.get(rows.model) or (OF_DAYS.get(rows.model) if not self.entries_alone else None)
        return rows.filter(rule(self, user)) if rule else rows.none()

    # Days of what is not an entry

    @property
    def within(self) -> tuple[date, date]:
        return self.first or date.min, self.last or date.max

    def of_days(self, name: str = "local_date") -> Q:
        first, last = self.within
        return Q(**{f"{name}__gte": first, f"{name}__lte": last})

    def of_moments(self, user: User, name: str) -> Q:
        """Instants on those days by this person's clock as it is today."""
        begin, zone = time(user.day_starts_at), zone_of(user)
        since = Q(**{f"{name}__gte": datetime.combine(self.first, begin, zone)}) if self.first else Q()
        after = self.last + timedelta(days=1) if self.last and self.last < date.max else None
        return since & (Q(**{f"{name}__lt": datetime.combine(after, begin, zone)}) if after else Q())


WHOLE = Choice()
Rule = Callable[[Choice, User], Q]


def _beside(choice: Choice, user: User) -> Q:
    return Q(entry__in=choice.entries(user))


def _laid(choice: Choice, user: User) -> Q:
    entries = choice.entries(user)
    return Q(entry__in=entries, page__in=entries)


def _entries(choice: Choice, user: User) -> Q:
    return Q(pk__in=choice.entries(user))


def _themes(choice: Choice, user: User) -> Q:
    links = Entry.themes.through._default_manager.filter(entry__in=choice.entries(user))
    return Q(pk__in=links.values("theme")) | Q(pk__in=choice.themes)


def _milestones(choice: Choice, user: User) -> Q:
    """Those that a chosen entry names; of days alone also those begun, or walked on, in these days."""
    named = Q(pk__in=choice.entries(user).filter(milestone__isnull=False).values("milestone"))
    stands = Q(removal__isnull=True)
    if choice.entries_alone:
        return stands & named
    walked = Step.objects.of(user).filter(choice.of_days("completion__local_date"), milestone__isnull=False)
    return stands & (named | choice.of_days() | Q(pk__in=walked.values("milestone")))


def _of_milestone(choice: Choice, user: User) -> Q:
    return Q(milestone__in=_kept(Milestone, choice, user))


def _steps(choice: Choice, user: User) -> Q:
    """Each of a milestone's, and one's own that were written, begun or walked in these days."""
    begun = nouns.Beginning.objects.of(user).filter(choice.of_days()).values("step")
    own = choice.of_days("completion__local_date") | choice.of_moments(user, "created_at") | Q(pk__in=begun)
    return Q(removal__isnull=True) & (_of_milestone(choice, user) | (Q(milestone__isnull=True) & own))


def _of_step(choice: Choice, user: User) -> Q:
    return Q(step__in=_kept(Step, choice, user))


def _detours(choice: Choice, user: User) -> Q:
    steps = _kept(Step, choice, user)
    return Q(step__in=steps, way__in=steps)


def _matters(choice: Choice, user: User) -> Q:
    """The words of one's own that a milestone or a step in the copy carries."""
    named = Q(pk__in=_kept(Milestone, choice, user).filter(matter__isnull=False).values("matter"))
    if not choice.entries_alone:
        named |= Q(pk__in=_kept(Step, choice, user).filter(matter__isnull=False).values("matter"))
    return Q(removal__isnull=True) & named


def _weeks(choice: Choice, user: User) -> Q:
    first, last = choice.within
    return Q(monday__gte=first - min(timedelta(days=6), first - date.min), monday__lte=last)


def _chapters(choice: Choice, user: User) -> Q:
    first, last = choice.within
    months = Q(span=nouns.Chapter.Span.MONTH, first__gte=first.replace(day=1))
    years = Q(span=nouns.Chapter.Span.YEAR, first__gte=first.replace(month=1, day=1))
    return Q(first__lte=last) & (months | years)


def _readings(choice: Choice, user: User) -> Q:
    return Q(pk__in=Reading.objects.of(user).standing().filter(choice.of_days()))


def _measures(choice: Choice, user: User) -> Q:
    return Q(pk__in=Reading.objects.of(user).standing().filter(choice.of_days()).values("measure"))


def _day(choice: Choice, user: User) -> Q:
    return choice.of_days()


def _kept(model: Any, choice: Choice, user: User) -> OwnedQuerySet:
    return choice.narrowed(model.objects.filter(owner=user), user)


# Whatever is chosen: entries, what belongs to each, and what they name.
BELONGS: dict[type[Model], Rule] = {nouns.Entry: _entries, nouns.Theme: _themes, nouns.Milestone: _milestones}
BELONGS |= {nouns.Matter: _matters, nouns.Evidence: _laid, nouns.Brought: _laid}
BELONGS |= dict.fromkeys((nouns.Lesson, nouns.Sequel, nouns.PutAway, nouns.Acceptance, nouns.Answer), _beside)
BELONGS |= dict.fromkeys((nouns.NotAgain, nouns.Doubt, nouns.Revisit, nouns.Decision, nouns.Meeting), _beside)
BELONGS |= dict.fromkeys((nouns.ThenNow, nouns.Kindness, nouns.Encouragement, nouns.Later, nouns.Revision), _beside)
# Where days alone are chosen: what is of those days besides.
OF_DAYS: dict[type[Model], Rule] = {nouns.Step: _steps, nouns.Detour: _detours, nouns.Sitting: _day}
OF_DAYS |= dict.fromkeys((nouns.GoodEnough, nouns.Aside, nouns.Standard, nouns.LongerLook), _of_milestone)
OF_DAYS |= dict.fromkeys((nouns.Completion, nouns.Beginning), _of_step)
OF_DAYS |= {nouns.Week: _weeks, nouns.Chapter: _chapters, nouns.Measure: _measures, nouns.Reading: _readings}
# Of no day, or of how this place is used: in the whole copy alone.
WHOLE_ALONE: set[type[Model]] = {nouns.Treat, nouns.Pin, nouns.Asking, nouns.Declined, nouns.Helping}
WHOLE_ALONE |= {nouns.HeavyPage, nouns.NotForMe, nouns.Offering, nouns.Unproven, nouns.Draft}
