"""The end of five minutes."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, WordsForm
from journal.forms.fields import FormId
from journal.forms.step import LINE
from journal.models import Beginning, Entry


class EndForm(WordsForm):
    """It always holds."""

    id = FormId()
    note = LineField(
        label=_("A line about it, if you like"),
        help_text=_("Without one, the words of the step are kept."),
        widget=forms.TextInput(LINE | {"dir": "auto"}),
    )

    def end(self, beginning: Beginning, now: datetime) -> Entry:
        return beginning.end(now, **self.cleaned_data)
