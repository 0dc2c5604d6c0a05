"""Fields that many forms have: an id, a day, a milestone of one's own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.models import Milestone

# How far back a day may lie: its year.
EARLIEST = 1900
# What the box of one line has.
LINE = {"autocomplete": "off", "dir": "auto"}


class FormId(forms.UUIDField):
    """An id that a form made for its row. What is none is left aside: words are never refused for it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """A UUID, or None."""
        try:
            return super().clean(value)
        except ValidationError:
            return None


class DayInput(forms.DateInput):
    input_type = "date"


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        unreadable = _("That isn’t a day we can read. Something like 2026-11-20 will do.")
        widget = DayInput(format="%Y-%m-%d")
        kwargs |= {"input_formats": ["%Y-%m-%d"], "error_messages": {"invalid": unreadable}, "widget": widget}
        super().__init__(required=False, **kwargs)


class MilestoneField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the person's own."""

    def __init__(self, **kwargs: Any) -> None:
        gone = _("That milestone isn’t here. Leave it out, or choose another one.")
        kwargs |= {"required": False, "empty_label": _("none"), "error_messages": {"invalid_choice": gone}}
        super().__init__(None, **kwargs)

    def label_from_instance(self, obj: Milestone) -> str:
        return str(_("can’t be opened")) if obj.damaged else obj.title

    def to_python(self, value: Any) -> Milestone | None:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None
