"""The other side of a page that stands."""

from typing import Any

from django import forms

from accounts.fields import TextField, WordsForm
from journal.models import Answer, Entry
from journal.prompts import doubt


def leaf() -> forms.Textarea:
    return forms.Textarea({"class": "writing", "rows": 6, "autocomplete": "off", "spellcheck": "true"})


class AnswerField(TextField):
    def __init__(self) -> None:
        super().__init__(label=doubt.ANSWER, help_text=doubt.HINT, widget=leaf())


class AnswerForm(WordsForm):
    answer = AnswerField()

    def __init__(self, data: Any = None, *, entry: Entry) -> None:
        super().__init__(data, initial={"answer": entry.answer.answer if hasattr(entry, "answer") else ""})
        self.entry = entry

    def write(self) -> None:
        """Only what is sent is written."""
        if "answer" in self.data:
            Answer.write(self.entry, answer=self.cleaned_data["answer"])
