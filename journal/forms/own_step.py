"""A step towards no milestone, and all that can be said of any step."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import Aimed, LineField
from accounts.models import User
from journal.forms.fields import FormId
from journal.forms.matter import MatterField
from journal.forms.step import LINE, StepChangeForm, TitleField
from journal.models import Step

MORE = ("permission", "experiment", "matter")


class PermissionField(LineField):
    """What may be, said beforehand: it is shown back."""

    def __init__(self) -> None:
        hint = _("Something like “I may do this badly.” It stays beside the step.")
        said = {"label": _("Permission, in your own words"), "help_text": hint}
        super().__init__(widget=forms.TextInput(LINE | {"dir": "auto"}), **said)


class ExperimentField(forms.BooleanField):
    def __init__(self) -> None:
        super().__init__(required=False, label=_("An experiment: for the trying itself"))


class OwnStepForm(Aimed):
    id = FormId()
    title = TitleField(label=_("Something small enough for a bad day"))
    permission = PermissionField()
    experiment = ExperimentField()
    matter = MatterField()

    def __init__(self, data: Any = None, *, owner: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.owner = owner
        self.fields["matter"].of(owner)  # type: ignore[attr-defined]

    @property
    def is_unfolded(self) -> bool:
        """Something stands in the part that is folded."""
        return any(self.data.get(name) or name in self.errors for name in MORE)

    def keep(self, now: datetime) -> Step:
        return Step.keep_alone(self.owner, now, **self.cleaned_data)


class WholeStepForm(StepChangeForm):
    """All that is said of a step. A form that does not show the permission leaves it, and its neighbours, alone."""

    permission = PermissionField()
    experiment = ExperimentField()
    matter = MatterField()

    def __init__(self, data: Any = None, *, step: Step, **kwargs: Any) -> None:
        super().__init__(data, initial=_as_it_stands(step), **kwargs)
        self.fields["matter"].of(step.owner)  # type: ignore[attr-defined]

    @property
    def is_whole(self) -> bool:
        return not self.is_bound or "permission" in self.data

    def change(self, step: Step) -> None:
        if not self.is_whole:
            self.cleaned_data = {name: value for name, value in self.cleaned_data.items() if name not in MORE}
        super().change(step)


def _as_it_stands(step: Step) -> dict[str, Any]:
    texts = {name: step.text_of(name) for name in ("title", "permission")}
    told = {name: getattr(step, name) for name in ("experiment", "beyond", "version")}
    return texts | told | {"matter": step.matter_id}
