"""What a measure can begin from. Effort rather than outcome; nothing about body, food, weight or hours of sleep."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from journal.models import Measure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ASK = _("What would you like to notice?")
HINT = _("Where did you try? Where did you begin, ask, or stop in time? It is for noticing; there is no target here.")

# How each kind is told beside its name.
KINDS = {
    Measure.Kind.YES_NO: _("It was there that day, or it was not."),
    Measure.Kind.NUMBER: _("How many, how often."),
    Measure.Kind.MINUTES: _("How long."),
    Measure.Kind.SCALE: _("For what has no number of its own."),
}


@dataclass(frozen=True)
class Starter:
    """`like` stands in the address, so that no word does."""

    like: str
    name: "StrOrPromise"
    kind: str


STARTERS = (
    Starter("asked", _("Asked for help"), Measure.Kind.YES_NO),
    Starter("fun", _("Things tried for the fun of it"), Measure.Kind.NUMBER),
    Starter("unsure", _("Did something without knowing how it would end"), Measure.Kind.YES_NO),
    Starter("began", _("Began before I felt ready"), Measure.Kind.YES_NO),
    Starter("time", _("Minutes at something I like doing"), Measure.Kind.MINUTES),
    Starter("room", _("How much room there was in the day"), Measure.Kind.SCALE),
)


def starter(like: str) -> Starter | None:
    return next((one for one in STARTERS if one.like == like), None)
