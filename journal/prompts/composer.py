"""What Today's composer asks, by what is being kept: a question, and a line beneath it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Composer:
    win: "StrOrPromise"
    win_hint: "StrOrPromise"
    setback: "StrOrPromise"
    setback_hint: "StrOrPromise"
    note: "StrOrPromise"
    note_hint: "StrOrPromise"


USUAL = Composer(
    win=_("What did you do, or try, or leave alone today?"),
    win_hint=_("Getting up is one. So is stopping."),
    setback=_("What happened? Plainly, as you’d tell a friend."),
    setback_hint=_("You can stop here. Or look at it gently, three small questions at most."),
    note=_("What’s on your mind?"),
    note_hint=_("It doesn’t have to be about anything."),
)
HELPING = Composer(
    win=_("How did you stay present, or come back to it?"),
    win_hint=_("A breath is one. So is “I don’t know”. No client names."),
    setback=_("What went off plan? Yourself in the room, without names."),
    setback_hint=_("You can stop here. Or look at it gently, three small questions at most."),
    note=_("What are you still carrying?"),
    note_hint=_("No client names, and nothing by which somebody could be found."),
)
