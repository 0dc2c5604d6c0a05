"""The facing pages of a doubt, and what may be asked of it longer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, TextField, WordsForm
from accounts.forms import Spoken
from journal.forms.revisit import RevisitDay
from journal.models import Answer, Doubt, Entry, Revisit
from journal.prompts import doubt

LINE = {"autocomplete": "off", "dir": "auto"}


def leaf() -> forms.Textarea:
    return forms.Textarea({"class": "writing", "rows": 6, "autocomplete": "off", "spellcheck": "true"})


def line(label: Any) -> LineField:
    return LineField(label=label, widget=forms.TextInput(LINE))


class FacingForm(Spoken, WordsForm):
    """What may be said of a doubt besides the doubt. Only what is sent is written."""

    answer = TextField(label=doubt.ANSWER, help_text=doubt.HINT, widget=leaf())
    fear, guard, still_true = line(doubt.FEAR), line(doubt.GUARD), line(doubt.STILL_TRUE)
    whose = forms.ChoiceField(
        label=doubt.WHOSE,
        choices=Doubt.Whose.choices,
        required=False,
        widget=forms.RadioSelect(),
        error_messages={"invalid_choice": _("That one isn’t on the list. Leaving it open is fine.")},
    )
    on = RevisitDay(Entry.Kind.DOUBT)

    def __init__(self, data: Any = None, *, today: date, entry: Entry | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["on"].opened(today, entry)  # type: ignore[attr-defined]

    @property
    def is_unfolded(self) -> bool:
        """Something stands in the part that is folded."""
        return any(self[name].value() or name in self.errors for name in (*Doubt.WORDS, "on") if name in self.fields)

    def write_beside(self, entry: Entry) -> None:
        if "answer" in self.data:
            Answer.write(entry, answer=self.cleaned_data["answer"])
        Doubt.write(entry, **{name: self.cleaned_data[name] for name in Doubt.WORDS if name in self.data})
        if "on" in self.fields and "on" in self.data:
            Revisit.ask(entry, self.cleaned_data["on"])


class AnswerForm(FacingForm):
    """The other side of a page that stands."""

    def __init__(self, data: Any = None, *, entry: Entry, today: date) -> None:
        super().__init__(data, entry=entry, today=today, initial=_as_it_stands(entry))
        self.entry = entry
        if hasattr(entry, "revisit") and entry.revisit.known:
            del self.fields["on"]

    def write(self) -> None:
        self.write_beside(self.entry)


def _as_it_stands(entry: Entry) -> dict[str, Any]:
    words: dict[str, Any] = {"answer": entry.answer.answer if hasattr(entry, "answer") else ""}
    if hasattr(entry, "doubt"):
        words |= {name: getattr(entry.doubt, name) for name in Doubt.WORDS}
    return words | {"on": entry.revisit.on if hasattr(entry, "revisit") else None}
