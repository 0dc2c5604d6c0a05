"""More ways to write: each begins at a moment, told in the person's own words. Only what stands is named."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Moment:
    said: "StrOrPromise"
    line: "StrOrPromise"
    page: str
    query: str = ""

    @property
    def address(self) -> str:
        return reverse(self.page) + self.query


MOMENTS = (
    Moment(
        _("I can’t start"),
        _("One word is enough; or one tap, without words."),
        "journal:today",
    ),
    Moment(
        _("Something went wrong"),
        _("Three questions at most; or keep it as it was, only hard."),
        "journal:today",
        "?kind=setback",
    ),
    Moment(
        _("I doubt myself"),
        _("The doubt on one page, what else is true on the other."),
        "journal:doubts.new",
    ),
    Moment(
        _("I have to decide"),
        _("What’s in the way, and what I know so far. Later: what deciding taught me."),
        "journal:decisions.new",
    ),
    Moment(
        _("I want to stop at good enough"),
        _("Say where enough is before setting out."),
        "journal:milestones.new",
    ),
    Moment(
        _("I want to see how far I’ve come"),
        _("One old line beside a blank one: what is easier now?"),
        "journal:then_now",
    ),
    Moment(
        _("With someone"),
        _("Before we meet: what would make this time good, and what to bring."),
        "journal:meetings.new",
    ),
)
