"""Three lines and what is taken along. Lines that were not sent stay; nothing typed is ever refused."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms

from accounts.fields import LineField, TextField, WordsForm
from accounts.models import User
from journal.forms.fields import FormId
from journal.models import Entry, Week
from journal.models.entry import Stale
from journal.prompts import week as prompts
from journal.week import LINES


class WeekForm(WordsForm):
    candidate = FormId()
    takeaway = TextField(
        label=prompts.TAKEAWAY, widget=forms.Textarea({"class": "writing writing--2", "rows": 2, "autocomplete": "off"})
    )

    step = LineField(
        label=prompts.STEP,
        help_text=prompts.STEP_HINT,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, owner: User, monday: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.owner, self.monday = owner, monday
        for number in range(LINES):
            self.fields[f"proud-{number}"] = TextField()
            self.fields[f"proud-{number}-id"] = FormId()
        self.fields["step-id"] = FormId()

    def write(self, now: datetime) -> None:
        """Raises journal.models.entry.Stale where something else was taken along meanwhile; the rest is written."""
        sent = [number for number in range(LINES) if f"proud-{number}" in self.data]
        own = self._own([self._id(number) for number in sent])
        new = [line for number in sent if (line := self._line(number, own.get(self._id(number)), now))]
        Week.name_proud(self.owner, self.monday, new, now)
        if self.cleaned_data["step"]:
            Week.choose(self.owner, self.monday, now, self.cleaned_data["step"], self.cleaned_data["step-id"])
        if "takeaway" in self.data and (self.cleaned_data["takeaway"] or self._is_taken()):
            Week.take(self.owner, self.monday, self.cleaned_data["takeaway"], self._version("version"))

    def _own(self, ids: list[UUID | None]) -> dict[UUID | None, Entry]:
        """Also those that were taken back."""
        proud = Entry.kept_by(self.owner).filter(kind=Entry.Kind.PROUD, pk__in=[id for id in ids if id])
        return {entry.pk: entry for entry in proud}

    def _id(self, number: int) -> UUID | None:
        id: UUID | None = self.cleaned_data[f"proud-{number}-id"]
        return id

    def _line(self, number: int, entry: Entry | None, now: datetime) -> tuple[UUID | None, str] | None:
        """Changes or takes back what stands on the line. What is to be named anew is given back."""
        words, version = self.cleaned_data[f"proud-{number}"], self._version(f"proud-{number}-version")
        if entry is None or entry.damaged or version is None:
            return self._id(number), words
        if words.strip() == _as_read(entry, version).strip():
            return None
        if not words:
            if entry.version == version:
                entry.remove(now)
            return None
        try:
            entry.change(version, body=words)
        except Stale:
            # Both are kept: what stands stays on its line, and these words get one of their own.
            return None, words
        return None

    def _version(self, name: str) -> int | None:
        """What was read; a script need not say."""
        said = str(self.data.get(name, ""))
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None

    def _is_taken(self) -> bool:
        return bool(Week.objects.of(self.owner).filter(monday=self.monday).exists())


def _as_read(entry: Entry, version: int) -> str:
    """What it said in the version that was read."""
    later = entry.revisions.filter(of_version__gte=max(version, 1)).order_by("of_version", "created_at", "pk").first()
    return str(later.words.get("body", entry.body) if later else entry.body)
