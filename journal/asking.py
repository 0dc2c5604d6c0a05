"""What is asked when nothing comes: one question at a time, and only when somebody wants one."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from accounts.days import local_date
from accounts.models import User
from journal.models import Asking, Declined, Helping
from journal.prompts import choice
from journal.prompts.questions import ALL, deck

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Asked:
    """One question as a page shows it; without a name where each one was put away.

    `about`: what is being written (journal.prompts.questions.USUAL). `declined`: the one that was put away just now.
    `has_declined`: some were, now or before.
    """

    about: str
    name: str = ""
    declined: str = ""
    has_declined: bool = False

    @property
    def words(self) -> "StrOrPromise":
        return ALL.get(self.name, "")


class Questions:
    """One person's, about one thing, at one moment."""

    def __init__(self, user: User, about: str, now: datetime) -> None:
        self.user, self.about, self.now = user, about, now

    def of_the_day(self) -> Asked:
        today = local_date(self.user, self.now)
        return self._show(choice.of_the_day(self._names, self.user.pk, today, self._seen, self._declined))

    def another(self) -> Asked:
        return self._show(choice.another(self._names, self.user.pk, self._seen, self._declined))

    def never(self, name: str) -> Asked:
        """Puts that one away, and shows another."""
        Declined.keep(self.user, name)
        return self._show(choice.another(self._names, self.user.pk, self._seen, self._declined), declined=name)

    def back(self, name: str) -> Asked:
        """Shows one that was put away."""
        Declined.withdraw(self.user, name)
        return self._show(name)

    def _show(self, name: str | None, declined: str = "") -> Asked:
        if name:
            Asking.note(self.user, name, self.now)
        return Asked(self.about, name or "", declined, bool(self._declined))

    @cached_property
    def _names(self) -> list[str]:
        return list(deck(self.about, Helping.is_chosen(self.user)))

    @cached_property
    def _seen(self) -> choice.Seen:
        shown = Asking.objects.of(self.user).filter(question__in=self._names)
        return {name: (at, day) for name, at, day in shown.values_list("question", "at", "local_date")}

    @cached_property
    def _declined(self) -> set[str]:
        return set(Declined.objects.of(self.user).values_list("question", flat=True))


def typed(data: QueryDict) -> dict[str, Any]:
    """What was written so far, for a form that shows it again."""
    return {name: values if len(values) > 1 else values[0] for name, values in data.lists() if values}


def put_away(user: User) -> "list[tuple[str, StrOrPromise]]":
    """The questions that never come again, the latest first: name and words. One that is ours no longer is left out."""
    names = Declined.objects.of(user).values_list("question", flat=True)
    return [(name, ALL[name]) for name in names if name in ALL]
