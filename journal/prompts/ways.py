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
        _("One small step"),
        _("Small enough for a bad day, and it may go badly."),
        "journal:steps",
    ),
    Moment(
        _("What does me good"),
        _("A list of your own, for after an effort."),
        "journal:treats",
    ),
    Moment(
        _("What matters to me"),
        _("Up to five words, for steps and milestones to carry."),
        "journal:matters",
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
        _("I want to stop at good enough"),
        _("Say where enough is before setting out."),
        "journal:milestones.new",
    ),
    Moment(
        _("I want to see how far I’ve come"),
        _("Your story so far, page by page."),
        "journal:entries",
    ),
)
