"""More ways to write: each begins at a moment, told in the person's own words. Only what stands is named.

A practice adds its link to the moment that it belongs to. A moment without one is not shown; with one it leads there;
with several it has a short page of its own.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Way:
    """A link to one practice. `query` chooses what the page opens with; it never carries words.

    `sign`: the drawn sign of what is kept there, on the page where a moment has several ways.
    """

    said: "StrOrPromise"
    line: "StrOrPromise"
    page: str
    query: str = ""
    sign: str = ""

    @property
    def address(self) -> str:
        return reverse(self.page) + self.query


@dataclass(frozen=True)
class Moment:
    """`name` stands in its address. `all_of_it` is its line where several ways stand; one way says its own."""

    name: str
    said: "StrOrPromise"
    all_of_it: "StrOrPromise"
    ways: tuple[Way, ...] = ()

    @property
    def line(self) -> "StrOrPromise":
        return self.ways[0].line if len(self.ways) == 1 else self.all_of_it

    @property
    def address(self) -> str:
        if len(self.ways) == 1:
            return self.ways[0].address
        return reverse("journal:ways.moment", args=[self.name])


EIGHT = (
    Moment(
        "start",
        _("I can’t start"),
        _("Five minutes, the smallest version, or one tap without words."),
        (
            Way(
                _("One word, or one tap"),
                _("One word is enough; or one tap, without words."),
                "journal:today",
            ),
            Way(
                _("One small step"),
                _("Small enough for a bad day, and it may go badly."),
                "journal:steps",
            ),
            Way(
                _("What does me good"),
                _("A list of your own, for after an effort."),
                "journal:treats",
            ),
        ),
    ),
    Moment(
        "wrong",
        _("Something went wrong"),
        _("Three questions at most; or keep it as it was, only hard."),
        (
            Way(
                _("Something hard"),
                _("Three questions at most; or keep it as it was, only hard."),
                "journal:today",
                "?kind=setback",
            ),
        ),
    ),
    Moment(
        "doubting",
        _("I doubt myself"),
        _("The doubt on one page, what else is true on the other."),
        (
            Way(
                _("A doubt, and its answer"),
                _("The doubt on one page, what else is true on the other."),
                "journal:doubts.new",
            ),
        ),
    ),
    Moment(
        "deciding",
        _("I have to decide"),
        _("What’s in the way, and what I know so far. Later: what deciding taught me."),
        (
            Way(
                _("Something to decide"),
                _("What’s in the way, and what I know so far. Later: what deciding taught me."),
                "journal:decisions.new",
            ),
        ),
    ),
    Moment(
        "enough",
        _("I want to stop at good enough"),
        _("Say where enough is before setting out, and where a standard stops serving."),
        (
            Way(
                _("A milestone, and where enough is"),
                _("Say where enough is before setting out."),
                "journal:milestones.new",
                sign="kind-milestone",
            ),
            Way(
                _("What matters to me"),
                _("Up to five words, for steps and milestones to carry."),
                "journal:matters",
            ),
        ),
    ),
    Moment(
        "far",
        _("I want to see how far I’ve come"),
        _("One old line beside a blank one: what is easier now?"),
        (
            Way(
                _("Then and now"),
                _("One old line beside a blank one: what is easier now?"),
                "journal:then_now",
                sign="kind-then_now",
            ),
            Way(
                _("Look back"),
                _("The year, your lessons, kind words and shapes, on four shelves."),
                "journal:look_back",
            ),
            Way(
                _("The journal"),
                _("Your story so far, page by page."),
                "journal:entries",
            ),
            Way(
                _("Your lessons"),
                _("An index of your own words, as at the back of a book."),
                "journal:lessons",
                sign="kind-lesson",
            ),
            Way(
                _("This week"),
                _("Three things, by one tap from what you kept; and the weeks before."),
                "journal:weeks",
            ),
            Way(
                _("This month, in my own words"),
                _("A page for the month: what you kept in it, and a line of yours."),
                "journal:months",
            ),
            Way(
                _("This year, in my own words"),
                _("The same for the year, with its months."),
                "journal:years",
            ),
            Way(
                _("Measures of your own"),
                _("Notice what you like; from the fourth reading on there is a shape."),
                "journal:measures",
            ),
            Way(
                _("A letter to later"),
                _("To yourself, closed until a day you choose."),
                "journal:later",
                sign="kind-letter",
            ),
            Way(
                _("Kind words"),
                _("What you said to yourself before; it comes back in your own words."),
                "journal:kind_words",
            ),
        ),
    ),
    Moment(
        "together",
        _("With someone"),
        _("Before we meet: what would make this time good."),
        (
            Way(
                _("Before we meet"),
                _("What would make this time good, and what to bring."),
                "journal:meetings.new",
                sign="kind-meeting",
            ),
            Way(
                _("Kind words from others"),
                _("What somebody said or wrote to you, kept for a heavy day."),
                "journal:encouragements",
                sign="kind-encouragement",
            ),
            Way(
                _("My page for heavy days"),
                _("Three lines, written on a good day, that open first on a heavy one."),
                "journal:heavy",
            ),
        ),
    ),
    Moment(
        "helping",
        _("I help others"),
        _("Before a session, one line: “I don’t need to know yet.”"),
        (
            Way(
                _("I help others"),
                _("Before a session, one line: “I don’t need to know yet.”"),
                "journal:helping",
            ),
        ),
    ),
)
MOMENTS = {moment.name: moment for moment in EIGHT if moment.ways}
