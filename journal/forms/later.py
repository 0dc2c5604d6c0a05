"""A letter to one's later self, and the day it is for."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField, WordsForm
from accounts.forms import Spoken
from accounts.models import User
from journal.forms.encouragement import page
from journal.forms.fields import DayField, FormId
from journal.models import Entry, Later
from journal.prompts import kindness as prompts

FURTHEST = 50


class LaterForm(Spoken, WordsForm):
    id = FormId(widget=forms.HiddenInput)
    body = TextField(
        label=prompts.TO_LATER,
        help_text=prompts.TO_LATER_HINT,
        required=True,
        widget=page(4),
        error_messages={"required": _("One word is enough. An empty letter can’t be kept.")},
    )
    opens_on = DayField(label=prompts.OPENS_ON, help_text=prompts.OPENS_ON_HINT)

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        first = (today + timedelta(days=1)).isoformat()
        self.fields["opens_on"].widget.attrs |= {"min": first, "aria-required": "true"}

    def clean_opens_on(self) -> date:
        day: date | None = self.cleaned_data["opens_on"]
        if not day:
            raise ValidationError(_("Which day is it for? Tomorrow will do, or next year."))
        if day <= self.today:
            raise ValidationError(_("That day is here or gone already. Tomorrow will do, or next year."))
        if day.year > self.today.year + FURTHEST:
            raise ValidationError(_("That is further ahead than a letter can wait. Up to fifty years will do."))
        return day

    @transaction.atomic
    def keep(self, owner: User, now: datetime) -> Entry:
        words = {"id": self.cleaned_data["id"], "body": self.cleaned_data["body"]}
        entry = Entry.keep(owner, now, kind=Entry.Kind.LETTER, **words)
        Later.close(entry, self.cleaned_data["opens_on"])
        return entry
