"""The day on which something is asked again, and what is answered then."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField, WordsForm
from accounts.forms import Spoken
from journal.forms.fields import DayField
from journal.models import Entry, Revisit
from journal.prompts import revisiting


class RevisitDay(DayField):
    """A day to come; the one that was named before may stay."""

    def __init__(self, kind: str) -> None:
        super().__init__(label=revisiting.DAY[Entry.Kind(kind)], help_text=revisiting.ONCE)
        self.today = date.min
        self.named: date | None = None

    def opened(self, today: date, entry: Entry | None = None) -> None:
        self.today = today
        self.named = entry.revisit.on if entry and hasattr(entry, "revisit") else None
        tomorrow = today + timedelta(days=1)
        self.widget.attrs["min"] = min(tomorrow, self.named or tomorrow).isoformat()

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day <= self.today and day != self.named:
            raise forms.ValidationError(_("That day is here already. Tomorrow will do, or a later one."))
        return day


class RevisitForm(Spoken, WordsForm):
    known = TextField(
        widget=forms.Textarea({"class": "writing", "rows": 4, "autocomplete": "off", "spellcheck": "true"})
    )

    def __init__(self, data: Any = None, *, entry: Entry, today: date) -> None:
        known, on = (entry.revisit.known, entry.revisit.on) if hasattr(entry, "revisit") else ("", None)
        super().__init__(data, initial={"known": known, "on": on})
        self.entry = entry
        self.fields["known"].label = revisiting.ASKED[Entry.Kind(entry.kind)]
        if not known:
            self.fields["on"] = day = RevisitDay(entry.kind)
            day.label = _("The day on which Today asks")
            day.opened(today, entry)

    def put_away(self) -> None:
        """What was written all the same is kept."""
        self.full_clean()
        if known := self.cleaned_data.get("known"):
            Revisit.write(self.entry, known=known)
        Revisit.put_away(self.entry)

    def write(self) -> None:
        """Only what is sent is written."""
        if "on" in self.fields and "on" in self.data:
            Revisit.ask(self.entry, self.cleaned_data["on"])
        if "known" in self.data:
            Revisit.write(self.entry, known=self.cleaned_data["known"])
