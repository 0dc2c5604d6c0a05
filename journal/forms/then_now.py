"""What is easier now, beside one old page."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField, WordsForm
from accounts.forms import Spoken
from journal.forms.answer import leaf
from journal.forms.fields import FormId
from journal.models import Entry, ThenNow
from journal.prompts import then_now


class ThenNowForm(Spoken, WordsForm):
    id = FormId(widget=forms.HiddenInput)
    body = TextField(
        label=then_now.EASIER,
        help_text=then_now.HINT,
        required=True,
        widget=leaf(),
        error_messages={"required": _("One word is enough. An empty page can’t be kept.")},
    )

    def __init__(self, data: Any = None, *, old: Entry, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.old = old

    @transaction.atomic
    def keep(self, now: datetime) -> Entry:
        words = {"id": self.cleaned_data["id"], "body": self.cleaned_data["body"]}
        entry = Entry.keep(self.old.owner, now, kind=Entry.Kind.THEN_NOW, **words)
        ThenNow.lay(entry, self.old)
        return entry
