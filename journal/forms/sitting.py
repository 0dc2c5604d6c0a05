"""Put it down: what went off plan, and one lesson."""

from django import forms

from accounts.fields import TextField, WordsForm
from accounts.forms import Spoken
from journal.forms.lesson import page
from journal.prompts import helping


class SittingForm(Spoken, WordsForm):
    body = TextField(
        label=helping.WHAT,
        help_text=helping.NO_NAMES,
        required=True,
        widget=page(4),
        error_messages={"required": helping.BLANK},
    )
    lesson = TextField(label=helping.TAUGHT, help_text=helping.TAUGHT_HINT, widget=page(2, "writing writing--2"))


class HelpingForm(forms.Form):
    """`helping` = 1 asks as one who helps, 0 asks as usual."""

    helping = forms.ChoiceField(choices=[("1", ""), ("0", "")])
