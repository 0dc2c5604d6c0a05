"""Before meeting somebody, and afterwards."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, TextField, WordsForm
from accounts.forms import Spoken
from accounts.models import User
from journal.forms.decision import page
from journal.forms.fields import LINE, FormId
from journal.models import Entry, Meeting
from journal.prompts import meeting


class MeetingForm(Spoken, WordsForm):
    """Only what is sent is written."""

    helpful = TextField(label=meeting.HELPFUL, help_text=meeting.HELPFUL_HINT, widget=page(3))
    takeaway = TextField(label=meeting.TAKEAWAY, help_text=meeting.TAKEAWAY_HINT, widget=page(2))

    def __init__(self, data: Any = None, *, entry: Entry | None = None, **kwargs: Any) -> None:
        if entry:
            kwargs["initial"] = _as_it_stands(entry)
        super().__init__(data, **kwargs)

    def write(self, entry: Entry) -> None:
        Meeting.write(entry, **{name: self.cleaned_data[name] for name in Meeting.WORDS if name in self.data})


class NewMeetingForm(MeetingForm):
    id = FormId(widget=forms.HiddenInput)
    body = LineField(
        label=meeting.ABOUT,
        help_text=meeting.ABOUT_HINT,
        required=True,
        widget=forms.TextInput(LINE),
        error_messages={"required": _("One word is enough. An empty page can’t be kept.")},
    )

    @transaction.atomic
    def keep(self, owner: User, now: datetime) -> Entry:
        words = {"id": self.cleaned_data["id"], "body": self.cleaned_data["body"]}
        entry = Entry.keep(owner, now, kind=Entry.Kind.MEETING, **words)
        self.write(entry)
        return entry


def _as_it_stands(entry: Entry) -> dict[str, str]:
    return {name: getattr(entry.meeting, name) for name in Meeting.WORDS} if hasattr(entry, "meeting") else {}
