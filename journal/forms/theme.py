"""Another word for a theme."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, WordsForm
from accounts.forms import Spoken
from journal.forms.fields import LINE
from journal.forms.step import VersionField
from journal.forms.themes import COMMAS, LONGEST_THEME
from journal.models import Theme


class ThemeForm(Spoken, WordsForm):
    name = LineField(
        label=_("In another word"),
        help_text=_("It changes wherever it stands."),
        required=True,
        widget=forms.TextInput(LINE | {"class": "input"}),
        error_messages={"required": _("A theme is a word or two.")},
    )
    version = VersionField()
    merge = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, theme: Theme) -> None:
        super().__init__(data, initial={"name": theme.text_of("name"), "version": theme.version})
        self.theme = theme

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if COMMAS.search(name) or len(name) > LONGEST_THEME:
            raise ValidationError(_("A theme is a word or two, without commas."))
        return name

    def rename(self) -> Theme:
        """Raises journal.models.theme.Taken and Stale."""
        version = self.cleaned_data["version"] or self.theme.version
        return self.theme.rename(self.cleaned_data["name"], version, merge=self.cleaned_data["merge"])
