"""A line of a list: written, and said in other words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.fields import Aimed
from accounts.models import User
from journal.forms.fields import FormId
from journal.forms.step import TitleField, VersionField
from journal.models import Treat
from journal.models.line import Line

WORDLESS = _("One word is enough.")


class LineForm(Aimed):
    id = FormId()
    text = TitleField(WORDLESS)


class TreatForm(LineForm):
    text = TitleField(WORDLESS, label=_("Something that does you good"))

    def keep(self, owner: User) -> Treat:
        return Treat.add(owner, **self.cleaned_data)


class LineChangeForm(Aimed):
    text = TitleField(WORDLESS, label=_("In other words"))
    version = VersionField()

    def __init__(self, data: Any = None, *, line: Line, **kwargs: Any) -> None:
        super().__init__(data, initial={"text": line.text_of("text"), "version": line.version}, **kwargs)
        self.line = line

    def change(self) -> None:
        """Raises journal.models.entry.Stale."""
        self.line.change(self.cleaned_data["version"] or self.line.version, text=self.cleaned_data["text"])
