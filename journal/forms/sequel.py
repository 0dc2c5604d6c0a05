"""What came of a lesson, long afterwards."""

from typing import Any

from django import forms

from accounts.fields import TextField, WordsForm
from journal.models import Entry, Sequel
from journal.prompts import reframing

PAGE = {"class": "writing writing--3", "rows": 3, "autocomplete": "off", "spellcheck": "true"}


class SequelForm(WordsForm):
    came_of_it = TextField(
        label=reframing.SEQUEL, help_text=reframing.SEQUEL_HINT, widget=forms.Textarea(PAGE | {"autofocus": True})
    )

    def __init__(self, data: Any = None, *, entry: Entry) -> None:
        super().__init__(data, initial={"came_of_it": entry.sequel.came_of_it if hasattr(entry, "sequel") else ""})
        self.entry = entry

    def write(self) -> None:
        """Only what is sent is written over; `do` says whether the question itself is declined, or may come again."""
        did = self.data.get("do")
        if did == "again":
            Sequel.ask_again(self.entry.owner)
            return
        stands = self.initial["came_of_it"]
        words = self.cleaned_data["came_of_it"] if "came_of_it" in self.data else stands
        Sequel.tell(self.entry, words, Sequel.Way.NEVER if did == Sequel.Way.NEVER else "")
