"""Fields that take a person's words or zone, the same in every form."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.days import is_zone

# C0 but tab and newline, DEL and C1: nothing that can be seen, and databases refuse some of it.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class TextField(forms.CharField):
    """Words, kept as typed. Invisible control characters are taken out; `stripped` then says so."""

    widget = forms.Textarea
    stripped = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": False, "required": False} | kwargs)

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        clean = CONTROLS.sub("", text)
        self.stripped = clean != text
        return clean.strip() if self.strip or not clean.strip() else clean


class LineField(TextField):
    """One line: a name, a title. White space around it goes, a line break becomes a space."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": True} | kwargs)

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s*\n\s*", " ", super().to_python(value))


class WordsForm(forms.Form):
    """A form that knows whether something invisible was taken out of what was typed."""

    @property
    def stripped(self) -> bool:
        return any(getattr(field, "stripped", False) for field in self.fields.values())


class ZoneField(forms.CharField):
    """An IANA name, or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 64} | kwargs)

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        if name and not is_zone(name):
            raise forms.ValidationError(_("That isn’t a time zone we know. Something like Europe/Lisbon will do."))
        return name
