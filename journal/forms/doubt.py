"""A doubt, and its answer on the facing page."""

from datetime import datetime

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from accounts.models import User
from journal.forms.answer import FacingForm, leaf
from journal.forms.fields import FormId
from journal.models import Entry
from journal.prompts import doubt


class DoubtForm(FacingForm):
    id = FormId(widget=forms.HiddenInput)
    body = TextField(
        label=doubt.DOUBT,
        required=True,
        widget=leaf(),
        error_messages={"required": _("This side is still blank. One word is enough.")},
    )

    @transaction.atomic
    def keep(self, owner: User, now: datetime) -> Entry:
        entry = Entry.keep(
            owner, now, id=self.cleaned_data["id"], kind=Entry.Kind.DOUBT, body=self.cleaned_data["body"]
        )
        self.write_beside(entry)
        return entry
