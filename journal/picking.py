"""Which of their own entries somebody may lay beside a page, and how that is asked."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.prepared import prepared
from journal import search
from journal.filters import KINDS, LESSON, Filters
from journal.models import Brought, Entry, Evidence, ThenNow
from journal.models.entry import EntryQuerySet
from journal.models.laid import Laid

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OFFERED = 8


@dataclass(frozen=True)
class Picking:
    """`kind` of page and `kinds` of entry; the name of the address; what the page says."""

    noun: type[Laid]
    kind: str
    kinds: tuple[str, ...]
    name: str
    title: "StrOrPromise"
    lead: "StrOrPromise"
    here: "StrOrPromise"
    keep: "StrOrPromise"
    full: "StrOrPromise"

    def address(self, page: Entry) -> str:
        return reverse(f"journal:entries.{self.name}", args=[page.pk])

    def search_address(self, page: Entry) -> str:
        return reverse(f"journal:entries.{self.name}.search", args=[page.pk])

    def allowed(self, page: Entry) -> EntryQuerySet:
        return Filters(self.kinds).of(page.owner).exclude(pk=page.pk)

    def ticked(self, page: Entry, ids: list[UUID]) -> list[Entry]:
        """Those of them that may lie there; they stay chosen while other words are looked for."""
        return list(self.allowed(page).filter(pk__in=ids).with_records().newest_first()) if ids else []

    def offered(self, page: Entry, words: str = "", ticked: list[Entry] | None = None) -> list[Entry]:
        """What was found with these words, else the latest; what lies there already, or is ticked, is left out."""
        there = set(self.noun.objects.of(page.owner).filter(page=page).values_list("entry", flat=True))
        there |= {entry.pk for entry in ticked or ()}
        found = look(page.owner, Filters(self.kinds), words) if words else _newest(self.allowed(page), there)
        return [entry for entry in found if entry.pk not in there | {page.pk} and not entry.damaged]


def look(user: User, filters: Filters, words: str) -> list[Entry]:
    return search.find(user, filters, words).entries if search.terms_of(words) else []


def _newest(entries: EntryQuerySet, there: set[object]) -> list[Entry]:
    return list(entries.exclude(pk__in=there).with_records().newest_first()[:OFFERED])


EVIDENCE = Picking(
    noun=Evidence,
    kind=Entry.Kind.DOUBT,
    kinds=(Entry.Kind.WIN, Entry.Kind.PROUD, LESSON),
    name="evidence",
    title=_("What speaks against it"),
    lead=_("From your own pages: something you did, were proud of, or learnt."),
    here=_("Pinned beside the doubt"),
    keep=_("Pin these"),
    full=_("Twelve lie beside one doubt at most. Leave one where it is, or take one off first."),
)
BROUGHT = Picking(
    noun=Brought,
    kind=Entry.Kind.MEETING,
    # A letter to later may be closed, and a list would show its words.
    kinds=tuple(kind for kind in KINDS if kind not in (Entry.Kind.MEETING, Entry.Kind.LETTER)),
    name="brought",
    title=_("What to bring"),
    lead=_("Up to three of your pages, to have with you."),
    here=_("To bring"),
    keep=_("Bring these"),
    full=_("Three fit into one meeting. Leave one at home, or take one off first."),
)

# Then and now: old enough to have some way between.
MONTHS_AGO = 90
OLD_KINDS = (Entry.Kind.DOUBT, LESSON)
HALF_A_YEAR = 182
OLD = 12


def old(today: date) -> Filters:
    """Doubts and lessons of some months ago."""
    return Filters(OLD_KINDS, last=date.fromordinal(today.toordinal() - MONTHS_AGO))


def old_ones(user: User, today: date, words: str = "") -> list[Entry]:
    """What was found with these words; else the oldest first, those that lie beside a now already only if all do."""
    if words:
        found = look(user, old(today), words)
    else:
        kept = old(today).of(user).with_records().order_by("local_date", "created_at", "id")
        lies = ThenNow.objects.of(user).filter(old__isnull=False, entry__removal__isnull=True)
        found = list(kept.exclude(pk__in=lies.values("old"))[:OLD]) or list(kept[:OLD])
    return [entry for entry in found if not entry.damaged]


def waits_for_a_now(user: User, today: date) -> bool:
    """Something that was kept here is old enough, and for half a year nothing was laid side by side."""
    last, since = (date.fromordinal(today.toordinal() - days) for days in (MONTHS_AGO, HALF_A_YEAR))
    return bool(_waiting(user, last, since))


@prepared
def _waiting(user: User, last: date, since: date) -> Any:
    """A row where something is at least as old as `last`, and nothing was laid side by side after `since`.

    Asked of the person, so that each half ends with its first row: asked of entries, SQLite reads all of them where
    something was laid side by side.
    """
    lately = Entry.objects.of(user).filter(kind=Entry.Kind.THEN_NOW, local_date__gt=since)
    found = Filters(OLD_KINDS, last=last).of(user).made_here()
    return User.objects.filter(pk=user.pk).exclude(Exists(lately)).filter(Exists(found)).values_list("pk")
