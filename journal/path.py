"""The way to a milestone as a page draws it: a stone for each step, and the line where good enough is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.models import Milestone, Step

SHAPES = "abc"


@dataclass(frozen=True)
class Stone:
    """`place` is done, next or later; `shape` goes by where the stone lies.

    `part_id` and `way_id` are for the forms of a smaller step and of another way.
    """

    step: Step
    shape: str
    place: str
    part_id: UUID = field(default_factory=uuid4)
    way_id: UUID = field(default_factory=uuid4)

    @property
    def art(self) -> str:
        return f"stone-{self.shape}-{self.place}"


@dataclass(frozen=True)
class Path:
    """`before` the line and `beyond` it; `left`: steps that another way was taken instead of."""

    milestone: Milestone
    before: list[Stone]
    beyond: list[Stone]
    left: list[Step] = field(default_factory=list)

    @classmethod
    def of(cls, milestone: Milestone) -> "Path":
        """Asks nothing of the database for a milestone that was read `with_path`."""
        every = sorted(milestone.steps.all(), key=lambda step: (step.beyond, step.position, step.created_at))
        steps = [step for step in every if not step.is_left]
        waiting = next((step for step in steps if not step.beyond and not step.is_done), None)
        stones = list(laid(steps, waiting))
        before = [stone for stone in stones if not stone.step.beyond]
        return cls(milestone, before, stones[len(before) :], [step for step in every if step.is_left])

    @property
    def stones(self) -> list[Stone]:
        return [*self.before, *self.beyond]

    @property
    def next(self) -> Stone | None:
        return next((stone for stone in self.before if stone.place == "next"), None)

    @property
    def done(self) -> int:
        return sum(stone.place == "done" for stone in self.before)

    @property
    def is_walked(self) -> bool:
        """Every step to good enough was tried or done."""
        return bool(self.before) and self.done == len(self.before)

    @property
    def is_begun(self) -> bool:
        """One step was tried or done, and it was the first."""
        return sum(stone.place == "done" for stone in self.stones) == 1

    def stone(self, step: Step) -> Stone:
        return next(stone for stone in self.stones if stone.step.pk == step.pk)

    # In words

    @property
    def short(self) -> str:
        """For a drawing of it: Three of four steps to good enough."""
        numbers = {"done": apnumber(self.done), "count": len(self.before), "all": apnumber(len(self.before))}
        said = ngettext(
            "%(done)s of one step to good enough", "%(done)s of %(all)s steps to good enough", len(self.before)
        )
        return str(capfirst(said % numbers))

    @property
    def summary(self) -> str:
        """Nothing where no step was written."""
        if not self.before:
            return ""
        if self.is_walked:
            said = ngettext(
                "The step to good enough is done.", "All %(all)s steps to good enough are done.", len(self.before)
            )
        elif self.is_begun and self.done:
            said = _("A first step is done, of %(all)s to good enough.")
        elif self.done:
            said = ngettext(
                "%(done)s of the %(all)s steps to good enough is done.",
                "%(done)s of the %(all)s steps to good enough are done.",
                self.done,
            )
        else:
            said = ngettext("%(all)s step to good enough.", "%(all)s steps to good enough.", len(self.before))
        return str(capfirst(said % {"done": apnumber(self.done), "all": apnumber(len(self.before))}))


def laid(steps: Iterable[Step], waiting: Step | None) -> Iterable[Stone]:
    for number, step in enumerate(steps):
        place = "done" if step.is_done else "next" if step is waiting else "later"
        yield Stone(step, SHAPES[number % len(SHAPES)], place)


def said(path: Path, step: Step, outcome: str) -> str:
    """What is said when a stone was pressed."""
    if outcome == "rest":
        return _("It will keep.")
    if outcome == "open":
        return _("Open again.")
    kept = _("Tried.") if outcome == "tried" else _("Done.")
    if path.is_walked and not step.beyond:
        return f"{kept} {_('That was the last step to good enough.')}"
    return f"{kept} {_('That was the first step.')}" if path.is_begun else kept
