"""What may offer itself, once, in one line beneath what was just kept: which practice, from when on, in which words.

Thresholds count what was kept, never days away. When a line may come at all: journal/introductions.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journal.back_index import OWN_PAGE
from journal.models import NotForMe

Practice = NotForMe.Practice


class Kept(Protocol):
    """What stands in a journal, as far as a threshold asks. `under_theme`: with a theme of what was just kept, with
    the one that has most. `proud_before`: named in weeks before this one, `proud_now` in this one.
    """

    @property
    def things(self) -> int: ...
    @property
    def days(self) -> int: ...
    @property
    def doubts(self) -> int: ...
    @property
    def steps(self) -> int: ...
    @property
    def under_theme(self) -> int: ...
    @property
    def proud_before(self) -> int: ...
    @property
    def proud_now(self) -> int: ...


@dataclass(frozen=True)
class Offer:
    """`is_due` is False as well where somebody found it before it was offered."""

    practice: str
    is_due: Callable[[Kept], bool]
    said: Promise
    link: Promise


# The first one that is due is offered.
OFFERS = {
    offer.practice: offer
    for offer in (
        Offer(
            Practice.THEMES,
            lambda kept: kept.under_theme >= OWN_PAGE,
            _("Some of your pages share a theme. They lie together on a page of their own."),
            _("See the theme’s page"),
        ),
        Offer(
            Practice.LONGER_LOOK,
            lambda kept: kept.proud_before > 0 and kept.proud_now > 0,
            _("Beneath the three lines of a week lies a longer look, for when you want one."),
            _("See this week"),
        ),
        Offer(
            Practice.STEP,
            lambda kept: not kept.steps and kept.things >= 5,
            _("If something is waiting to be begun, one small step of it can stand on Today."),
            _("Write a small step"),
        ),
        Offer(
            Practice.DOUBT,
            lambda kept: not kept.doubts and kept.things >= 3,
            _("If a doubt comes, there are two facing pages: one for the doubt, one for what speaks against it."),
            _("See the two pages"),
        ),
        Offer(
            Practice.LOOK_BACK,
            lambda kept: kept.days >= 30,
            _("What you kept lies on four shelves by now, for when you want to look back."),
            _("Look back"),
        ),
        Offer(
            Practice.SHAPES,
            lambda kept: kept.things >= 30,
            _("From what you kept, Look back can draw a shape or two, with one plain sentence each."),
            _("See the shapes"),
        ),
        Offer(
            Practice.THEN_NOW,
            lambda kept: kept.things >= 10,
            _("A doubt or a lesson of some months ago can lie beside a blank line: what is easier now?"),
            _("Then and now"),
        ),
    )
}
