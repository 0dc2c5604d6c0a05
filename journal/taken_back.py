"""What was taken back beside entries: steps, good things, words. Each can be put back for thirty days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.models import Matter, Milestone, Step, Treat

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# So long a list has the line “Put it back” where something was taken from it.
JUST = timedelta(minutes=10)


@dataclass(frozen=True)
class Shelf:
    """What was taken back of one noun, the latest first. `restoration` names where a row is put back."""

    noun: Any
    called: "StrOrPromise"
    restoration: str

    def rows(self, user: User) -> list[Any]:
        return _opened(_by_itself(self.noun, user))


SHELVES = [
    Shelf(Milestone, _("Milestones"), "journal:milestones.restoration"),
    Shelf(Step, _("Small steps"), "journal:steps.restoration"),
    Shelf(Treat, _("What does me good"), "journal:treats.restoration"),
    Shelf(Matter, _("What matters to me"), "journal:matters.restoration"),
]


def shelves(user: User) -> list[tuple[Shelf, list[Any]]]:
    """Those with something on them."""
    found = [(shelf, shelf.rows(user)) for shelf in SHELVES]
    return [(shelf, rows) for shelf, rows in found if rows]


def just(user: User, noun: Any, now: datetime) -> list[Any]:
    """What was taken from a list a moment ago, for the line that puts it back."""
    return _opened(_by_itself(noun, user).filter(removal__at__gt=now - JUST))


def _by_itself(noun: Any, user: User) -> Any:
    """A milestone has its steps with it."""
    rows = noun.objects.removed(user)
    return rows.filter(milestone__removal__isnull=True) if noun is Step else rows


def _opened(rows: Any) -> list[Any]:
    """Each with its `words`; None where they do not open."""
    kept = list(rows)
    for row in kept:
        row.words = row.text_of("title" if isinstance(row, Step | Milestone) else "text")
    return kept
