"""Something to decide: each page sends what it shows, and only what is sent is written."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField, WordsForm
from accounts.forms import Spoken
from accounts.models import User
from journal.forms.fields import FormId
from journal.forms.revisit import RevisitDay
from journal.models import Decision, Entry, Revisit
from journal.prompts import deciding
from journal.prompts.question import Question


def page(rows: int) -> forms.Textarea:
    size = "writing" if rows > 3 else f"writing writing--{rows}"
    return forms.Textarea({"class": size, "rows": rows, "autocomplete": "off", "spellcheck": "true"})


def asked(question: Question, rows: int = 4) -> TextField:
    return TextField(label=question.ask, help_text=question.hint, widget=page(rows))


class NewDecisionForm(Spoken, WordsForm):
    id = FormId(widget=forms.HiddenInput)
    body = TextField(
        label=deciding.WHAT,
        help_text=deciding.WHAT_HINT,
        required=True,
        widget=page(3),
        error_messages={"required": _("One word is enough. An empty page can’t be kept.")},
    )

    def keep(self, owner: User, now: datetime) -> Entry:
        words = {"id": self.cleaned_data["id"], "body": self.cleaned_data["body"]}
        return Entry.keep(owner, now, kind=Entry.Kind.DECISION, **words)


class DecisionForm(Spoken, WordsForm):
    options, want = asked(deciding.OPTIONS), asked(deciding.WANT)
    in_the_way = asked(deciding.WAY, 3)
    whom = TextField(label=deciding.WHOM, widget=page(2))
    decided = asked(deciding.DECIDED, 3)
    about_deciding = TextField(label=deciding.TAUGHT, widget=page(2))
    on = RevisitDay(Entry.Kind.DECISION)

    def __init__(self, data: Any = None, *, entry: Entry, today: date, question: Question | None = None) -> None:
        super().__init__(data, initial=_as_it_stands(entry))
        self.entry, self.question = entry, question
        self.fields["on"].opened(today, entry)  # type: ignore[attr-defined]
        if hasattr(entry, "revisit") and entry.revisit.known:
            del self.fields["on"]
        if question:
            self.fields[question.fields[0]].widget.attrs["autofocus"] = True

    @property
    def first(self) -> Any:
        """The question of this page."""
        return self[self.question.fields[0]] if self.question else None

    @property
    def others(self) -> list[Any]:
        """What else is asked on it."""
        return [self[name] for name in self.question.fields[1:] if name in self.fields] if self.question else []

    @transaction.atomic
    def write(self) -> None:
        Decision.write(self.entry, **{name: self.cleaned_data[name] for name in Decision.WORDS if name in self.data})
        if "on" in self.fields and "on" in self.data:
            Revisit.ask(self.entry, self.cleaned_data["on"])


def _as_it_stands(entry: Entry) -> dict[str, Any]:
    words = {name: getattr(entry.decision, name) for name in Decision.WORDS} if hasattr(entry, "decision") else {}
    return words | {"on": entry.revisit.on if hasattr(entry, "revisit") else None}
