"""Something to walk towards, and the moment when it is good enough."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import Aimed, LineField, TextField, WordsForm
from accounts.models import User
from journal.forms.fields import FormId
from journal.forms.matter import MatterField
from journal.forms.step import LINE, TitleField, VersionField
from journal.models import Entry, Milestone
from journal.models.entry import Stale

NAMELESS = _("Give it a few words, so that it can be found again.")
LINES = {"class": "writing writing--2", "rows": 2}


class GoodEnoughField(TextField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Good enough looks like…"), widget=forms.Textarea(LINES), **kwargs)


class WhyField(TextField):
    def __init__(self) -> None:
        super().__init__(label=_("Why it matters to you"), widget=forms.Textarea(LINES))


class MilestoneForm(Aimed):
    id = FormId()
    title = TitleField(NAMELESS, label=_("What would you like to reach?"))
    good_enough = GoodEnoughField(
        help_text=_("Something you could point at. You can make it smaller later; nobody will ask why.")
    )
    step = LineField(
        label=_("The first step"), help_text=_("Small enough for a bad day."), widget=forms.TextInput(LINE)
    )
    why = WhyField()
    matter = MatterField()

    def __init__(self, data: Any = None, *, owner: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["matter"].of(owner)  # type: ignore[attr-defined]

    def keep(self, owner: User, now: datetime) -> Milestone:
        return Milestone.keep(owner, now, **self.cleaned_data)


class MilestoneChangeForm(Aimed):
    """Only what is sent is changed."""

    title = TitleField(NAMELESS, label=_("What you would like to reach"))
    why = WhyField()
    good_enough = GoodEnoughField()
    reason = TextField(label=_("What makes it larger now?"), widget=forms.Textarea(LINES))
    version = VersionField()

    def __init__(self, data: Any = None, *, milestone: Milestone, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.milestone = milestone
        if self.is_bound and "title" not in self.data:
            self.fields["title"].required = False

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("reason") and not words.get("good_enough"):
            self.add_error(
                "good_enough", _("A few words here, and the line can be drawn. The reason is still in its box.")
            )
        return words

    def change(self, now: datetime) -> None:
        """Raises journal.models.entry.Stale."""
        names = ("title", "why", "good_enough", "reason")
        words = {name: self.cleaned_data[name] for name in names if name in self.data}
        self.milestone.change(self.cleaned_data["version"] or self.milestone.version, now, **words)


class CelebrationForm(WordsForm):
    note = TextField(
        label=_("A line to remember it by"),
        help_text=_("What helped? Who was there? Or leave it blank."),
        widget=forms.Textarea(LINES),
    )
    version = VersionField()

    def keep(self, milestone: Milestone, now: datetime) -> Entry:
        """Raises journal.models.entry.Stale."""
        return milestone.reach(now, **self.cleaned_data)

    def take_back(self, milestone: Milestone, now: datetime) -> None:
        """Not yet, after all. A line that was typed all the same goes with it, and can be put back like any entry."""
        if self.is_valid() and self.cleaned_data["note"] and milestone.reaching():
            with suppress(Stale):
                self.keep(milestone, now)
        milestone.unreach(now)
