"""A doubt, and its answer on the facing page."""

from datetime import datetime

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField, WordsForm
from accounts.forms import Spoken
from accounts.models import User
from journal.forms.answer import AnswerField, leaf
from journal.forms.entry import FormId
from journal.models import Answer, Entry
from journal.prompts import doubt


class DoubtForm(Spoken, WordsForm):
    use_required_attribute = False

    id = FormId(widget=forms.HiddenInput)
    body = TextField(
        label=doubt.DOUBT,
        required=True,
        widget=leaf(),
        error_messages={"required": _("This side is still blank. One word is enough.")},
    )
    answer = AnswerField()

    @transaction.atomic
    def keep(self, owner: User, now: datetime) -> Entry:
        entry = Entry.keep(
            owner, now, id=self.cleaned_data["id"], kind=Entry.Kind.DOUBT, body=self.cleaned_data["body"]
        )
        Answer.write(entry, answer=self.cleaned_data["answer"])
        return entry
