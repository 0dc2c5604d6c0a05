"""Fields that take a person's words or zone, the same in every form."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.days import is_zone
from accounts.sealed import Damaged, Sealed

# C0 but tab and newline, DEL and C1: nothing that can be seen, and databases refuse some of it.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LINE_ENDS = re.compile(r"\r\n?")
# Half a character: browsers never send one, a script or another app's file may. It has no form in UTF-8.
HALVES = re.compile(r"[\ud800-\udfff]")


class TextField(forms.CharField):
    """Words, kept as typed. Invisible control characters are taken out, half a character becomes U+FFFD.

    `stripped` then says so, so that the form can.
    """

    widget: Any = forms.Textarea
    stripped = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": False, "required": False} | kwargs)

    def to_python(self, value: Any) -> str:
        text = LINE_ENDS.sub("\n", str(value or ""))
        clean = HALVES.sub("\ufffd", CONTROLS.sub("", text))
        self.stripped = clean != text
        return clean.strip() if self.strip or not clean.strip() else clean

    def prepare_value(self, value: Any) -> Any:
        """A text that cannot be opened is never offered for change: what was sent back would take its place. Nor is a
        control character shown again: a browser would send another sign for it."""
        if isinstance(value, Sealed):
            raise Damaged("a sealed text in a form")
        return CONTROLS.sub("", LINE_ENDS.sub("\n", value)) if isinstance(value, str) else super().prepare_value(value)


class LineField(TextField):
    """One line: a name, a title. White space around it goes, a line break becomes a space."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": True} | kwargs)

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        """Words run in the direction of their own script, as in a textarea (templates/django/forms/widgets)."""
        return super().widget_attrs(widget) | {"dir": "auto"}

    def to_python(self, value: Any) -> str:
        lines = (line.strip() for line in super().to_python(value).split("\n"))
        return " ".join(line for line in lines if line)


class AskedFor(forms.BoundField):
    """A field that has to be filled says so to whoever hears the page, and to no browser."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        drawn = widget or self.field.widget
        # Of several boxes or circles ARIA lets none be required by itself.
        asked = self.field.required and not drawn.is_hidden and not drawn.use_fieldset
        return super().build_widget_attrs(attrs, widget) | ({"aria-required": "true"} if asked else {})


class WordsForm(forms.Form):
    """A form that knows whether something invisible was taken out of what was typed. What it misses it says itself, on
    the page, and not the browser in a bubble.
    """

    use_required_attribute = False
    bound_field_class = AskedFor

    @property
    def stripped(self) -> bool:
        return any(getattr(field, "stripped", False) for field in self.fields.values())


class Aimed(WordsForm):
    """A small form without a summary above it: where it is refused, the first field that is open has the focus."""

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        first = next(iter(self.errors), "")
        if first in self.fields:
            self.fields[first].widget.attrs["autofocus"] = True


class ZoneField(forms.CharField):
    """An IANA name, or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 64} | kwargs)

    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        if name and not is_zone(name):
            raise forms.ValidationError(_("That isn’t a time zone we know. Something like Europe/Lisbon will do."))
        return name


class AddressField(forms.EmailField):
    """An email address in lower case. Where it cannot be read, the sentence says at which place."""

    def __init__(self, autocomplete: str = "email", **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
        standard: dict[str, Any] = {"label": _("Email"), "max_length": 254, "widget": widget}
        super().__init__(**standard | kwargs)
        self.error_messages |= {
            "required": _("An address goes here. Something like nadia@example.com will do."),
            "max_length": _("That is longer than an address can be."),
        }

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).lower()

    def run_validators(self, value: Any) -> None:
        try:
            super().run_validators(value)
        except forms.ValidationError as error:
            if error.error_list[0].code != "invalid":
                raise
            words, code = _trouble(value)
            raise forms.ValidationError(words, code) from None


def _trouble(address: str) -> tuple[str, str]:
    """What an address that cannot be read lacks, in a sentence and a word."""
    local, at, domain = address.rpartition("@")
    if not at:
        return gettext("There is no “@” in it yet. Something like nadia@example.com will do."), "at"
    if not local:
        return gettext("There is nothing before the “@”. Something like nadia@example.com will do."), "at"
    if "." not in domain.strip("."):
        words = gettext("It stops after “%(last)s”. Something like nadia@example.com will do.")
        return words % {"last": domain or "@"}, "ending"
    return gettext("We can’t read this address. Something like nadia@example.com will do."), "odd"
