from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, TextField, WordsForm
from accounts.models import User
from journal.models import Entry

KINDS = [(kind.value, kind.label) for kind in Entry.Kind if kind is not Entry.Kind.MILESTONE]


class EntryForm(WordsForm):
    id = forms.UUIDField(required=False)
    kind = forms.ChoiceField(choices=KINDS)
    body = TextField()
    deed = forms.ChoiceField(choices=[("", ""), *Entry.Deed.choices], required=False)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        wordless = words.get("kind") == Entry.Kind.WIN and words.get("deed")
        if not words.get("body") and not wordless and "kind" in words:
            self.add_error("body", _("One word is enough. An empty page can’t be kept."))
        return words

    def keep(self, owner: User, now: datetime) -> Entry:
        words = {name: self.cleaned_data[name] for name in ("kind", "body", "deed")}
        id: UUID | None = self.cleaned_data["id"]
        return Entry.keep(owner, now, id=id, **words)
