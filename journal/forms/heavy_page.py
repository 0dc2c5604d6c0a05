"""Three things for a heavy day. Only what is sent is written."""

from datetime import datetime
from typing import Any

from django import forms

from accounts.fields import TextField, WordsForm
from accounts.models import User
from journal.forms.step import VersionField
from journal.models import HeavyPage
from journal.prompts import kindness as prompts


def lines() -> forms.Textarea:
    return forms.Textarea({"class": "writing writing--2", "rows": 2, "autocomplete": "off", "spellcheck": "true"})


class HeavyPageForm(WordsForm):
    helps = TextField(label=prompts.HELPS, help_text=prompts.HELPS_HINT, widget=lines())
    whom = TextField(label=prompts.WHOM, help_text=prompts.WHOM_HINT, widget=lines())
    remember = TextField(label=prompts.REMEMBER, help_text=prompts.REMEMBER_HINT, widget=lines())
    version = VersionField()

    def __init__(self, data: Any = None, *, page: HeavyPage) -> None:
        standing = {} if page.damaged else {name: getattr(page, name) for name in HeavyPage.WORDS}
        super().__init__(data, initial=standing)
        self.page = page

    def write(self, owner: User, now: datetime) -> None:
        """Raises journal.models.entry.Stale."""
        sent = {name: self.cleaned_data[name] for name in HeavyPage.WORDS if name in self.data}
        HeavyPage.write(owner, now, self.cleaned_data["version"], **sent)
