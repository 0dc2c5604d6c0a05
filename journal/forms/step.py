"""A step is written, changed, made smaller, and something comes of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import Aimed, LineField, WordsForm
from journal.forms.fields import FormId
from journal.models import Completion, Detour, Milestone, Step

LINE = {"class": "input", "autocomplete": "off"}
NAMELESS = _("A step takes a few words. Small is fine.")


class TitleField(LineField):
    def __init__(self, missing: Any = NAMELESS, **kwargs: Any) -> None:
        errors = {"required": missing}
        super().__init__(required=True, error_messages=errors, widget=forms.TextInput(LINE), **kwargs)


class VersionField(forms.IntegerField):
    """What was read. A form that does not say means what stands."""

    widget = forms.HiddenInput

    def __init__(self, least: int = 1) -> None:
        lost = _("The page lost its place. Your words are still here; look at them once more, then keep them.")
        errors = dict.fromkeys(("invalid", "min_value", "max_value"), lost)
        super().__init__(required=False, min_value=least, max_value=2**31 - 1, error_messages=errors)


class StepForm(Aimed):
    id = FormId()
    title = TitleField(label=_("Another step"))
    beyond = forms.BooleanField(required=False)

    def keep(self, milestone: Milestone) -> Step:
        return Step.keep(milestone, **self.cleaned_data)


class PartForm(Aimed):
    id = FormId()
    title = TitleField(label=_("A smaller one, to go first"))

    def split(self, step: Step) -> Step:
        return step.split(**self.cleaned_data)


class DetourForm(Aimed):
    """`taken` = 0 leads back to the step itself."""

    id = FormId()
    title = TitleField(label=_("Another way"))

    def take(self, step: Step) -> Step:
        return Detour.take(step, **self.cleaned_data)


class StepChangeForm(Aimed):
    title = TitleField(label=_("In other words"))
    beyond = forms.BooleanField(required=False, label=_("After good enough: only if it’s fun"))
    version = VersionField()

    def change(self, step: Step) -> None:
        """Raises journal.models.entry.Stale."""
        words = dict(self.cleaned_data)
        step.change(words.pop("version") or step.version, **words)


class OutcomeForm(WordsForm):
    """What came of a step: `tried` or `done` complete it, `open` takes that back, `rest` leaves it until tomorrow.

    `note`: what it was like, kept under `id`.
    """

    OTHERS = [("open", _("Not done yet")), ("rest", _("Not today"))]
    outcome = forms.ChoiceField(choices=[*Completion.Outcome.choices, *OTHERS])
    note = LineField()
    id = FormId()

    @property
    def is_effort(self) -> bool:
        return self.cleaned_data["outcome"] in Completion.Outcome.values

    def apply(self, step: Step, now: datetime) -> None:
        outcome = self.cleaned_data["outcome"]
        if step.is_left:
            # Whatever comes of a step that was left for another way, it lies on the path again.
            Detour.leave(step)
        if outcome == "open":
            step.reopen()
        elif outcome == "rest":
            step.rest(now)
        else:
            step.complete(outcome, now)
            if self.cleaned_data["note"]:
                step.tell(self.cleaned_data["note"], now, self.cleaned_data["id"])
