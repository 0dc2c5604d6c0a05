"""A file from elsewhere: which journal it is from; later, where its words go."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.forms import Spoken
from accounts.models import User
from journal import room
from journal.forms.fields import FormId
from journal.importing.sources import SOURCES
from journal.importing.summary import Summary
from journal.models import Import, Theme
from journal.models.theme import folded

MEBIBYTE = 1024 * 1024
# As many words as somebody can be asked about; the others keep their own spelling.
MOST_ASKED = 60
OWN, LEFT = "own", "left"
# The five that Daylio begins with, the best first.
FIVE = {
    5: _("rad, the best of five"),
    4: _("good"),
    3: _("meh, in the middle"),
    2: _("bad"),
    1: _("awful, the hardest"),
}


class ImportForm(Spoken):
    id = FormId()
    source = forms.ChoiceField(
        label=_("Where it comes from"),
        choices=[(name, source.name) for name, source in SOURCES.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Which journal does it come from?"),
            "invalid_choice": _("That journal isn’t one we can read yet."),
        },
    )
    file = forms.FileField(
        label=_("The file"),
        max_length=None,
        error_messages={
            "required": _("A file goes here."),
            "missing": _("A file goes here."),
            "invalid": _("A file goes here."),
            "empty": _("There is nothing in this file."),
        },
    )

    @property
    def sources(self) -> list[tuple[str, Any, bool]]:
        """(value, source, whether it is chosen)"""
        chosen = self["source"].value() or "onward"
        return [(value, source, value == chosen) for value, source in SOURCES.items()]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        source, file = SOURCES.get(found.get("source", "")), found.get("file")
        if source and file and file.size > source.most:
            said = _now("This file is larger than can be taken in at once. The most is %(most)s MB.")
            self.add_error("file", ValidationError(said % {"most": source.most // MEBIBYTE}))
        return found


class ApprovalForm(forms.Form):
    """Which theme a word of the file goes to. Left alone it keeps its own spelling, or goes to its own word here.

    And which of five a mood of the person's own is nearest to. Left alone it stays a word.
    """

    settings = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, owner: User, incoming: Import) -> None:
        super().__init__(data)
        self.owner, summary = owner, Summary(incoming.told("summary"))
        self.pages = max(0, sum(summary.kinds.values()) - summary.known)
        themes = [one for one in Theme.objects.of(owner).order_by("created_at", "pk") if not one.damaged]
        self.there = {folded(one.name): one for one in themes}
        self.names = {str(one.pk): one.name for one in themes}
        new = [word for word in summary.tags if word not in self.there]
        self.words = sorted(new, key=lambda word: (-summary.tag_counts[word], word))[:MOST_ASKED]
        self.spelling, self.counts = summary.tags, summary.tag_counts
        others = [(f"~{at}", self.spelling[word]) for at, word in enumerate(self.words)]
        for at, word in enumerate(self.words):
            choices = [(OWN, _("its own theme")), (LEFT, _("leave it out")), *self.names.items()]
            choices += [pair for pair in others if pair[0] != f"~{at}"]
            self.fields[f"tag-{at}"] = forms.ChoiceField(choices=choices, required=False, label=self.spelling[word])
        counts = summary.mood_counts
        self.moods = sorted(summary.moods, key=lambda mood: (-counts[mood], mood))[:MOST_ASKED]
        self.mood_names, self.mood_counts = summary.moods, counts
        for at, mood in enumerate(self.moods):
            five = forms.TypedChoiceField(
                choices=[("", _("leave it as a word")), *FIVE.items()],
                coerce=int,
                empty_value=None,
                required=False,
                label=self.mood_names[mood],
            )
            self.fields[f"mood-{at}"] = five
        self.found = [self.there[word].name for word in summary.tags if word in self.there]

    def clean(self) -> dict[str, Any]:
        if room.lacks(self.owner, self.pages):
            raise ValidationError(_("There is no room here for so many pages. The file waits; nothing of it was kept."))
        return self.cleaned_data

    @property
    def asked(self) -> list[tuple[Any, str, int]]:
        """(field, word, on how many pages)"""
        return [(self[f"tag-{at}"], self.spelling[word], self.counts[word]) for at, word in enumerate(self.words)]

    @property
    def asked_moods(self) -> list[tuple[Any, str, int]]:
        """(field, name, how often)"""
        named = enumerate(self.moods)
        return [(self[f"mood-{at}"], self.mood_names[mood], self.mood_counts[mood]) for at, mood in named]

    @property
    def choices(self) -> dict[str, Any]:
        """As Import.approve keeps them: by folded spelling the name of the theme, "" leaves it out; and the level."""
        chosen = {word: self._name(word, self.cleaned_data.get(f"tag-{at}", "")) for at, word in enumerate(self.words)}
        tags = {word: name for word, name in chosen.items() if name is not None}
        levels = {mood: level for at, mood in enumerate(self.moods) if (level := self.cleaned_data.get(f"mood-{at}"))}
        return {"tags": tags, "levels": levels, "settings": self.cleaned_data.get("settings", False)}

    def _name(self, word: str, chosen: str) -> str | None:
        if chosen.startswith("~"):
            return self.spelling[self.words[int(chosen[1:])]]
        return "" if chosen == LEFT else self.names.get(chosen)
