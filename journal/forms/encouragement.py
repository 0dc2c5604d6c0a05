"""Kind words that somebody said or wrote."""

from datetime import datetime

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, TextField, WordsForm
from accounts.forms import Spoken
from accounts.models import User
from journal.forms.fields import LINE, FormId
from journal.models import Encouragement, Entry
from journal.prompts import kindness as prompts


def page(rows: int) -> forms.Textarea:
    size = f"writing writing--{rows}"
    return forms.Textarea({"class": size, "rows": rows, "autocomplete": "off", "spellcheck": "true"})


class EncouragementForm(Spoken, WordsForm):
    id = FormId(widget=forms.HiddenInput)
    body = TextField(
        label=prompts.WHAT_THEY_SAID,
        help_text=prompts.WHAT_THEY_SAID_HINT,
        required=True,
        widget=page(3),
        error_messages={"required": _("One word of it is enough. An empty page can’t be kept.")},
    )
    from_whom = LineField(label=prompts.FROM_WHOM, help_text=prompts.FROM_WHOM_HINT, widget=forms.TextInput(LINE))

    @transaction.atomic
    def keep(self, owner: User, now: datetime) -> Entry:
        words = {"id": self.cleaned_data["id"], "body": self.cleaned_data["body"]}
        entry = Entry.keep(owner, now, kind=Entry.Kind.ENCOURAGEMENT, **words)
        if self.cleaned_data["from_whom"]:
            Encouragement.write(entry, from_whom=self.cleaned_data["from_whom"])
        return entry
