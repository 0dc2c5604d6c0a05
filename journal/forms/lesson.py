"""A hard thing, looked at gently: each page sends what it shows, and only what is sent is written."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField, WordsForm
from accounts.forms import Spoken
from accounts.models import User
from journal.forms.fields import LINE
from journal.forms.step import VersionField
from journal.forms.themes import ChipsField, ThemesField, chips, recent, tapped
from journal.models import Entry, Lesson, Theme
from journal.models.entry import Stale
from journal.models.theme import folded
from journal.prompts import reframing
from journal.prompts.question import Question


def page(rows: int, size: str = "writing") -> forms.Textarea:
    return forms.Textarea({"class": size, "rows": rows, "autocomplete": "off", "spellcheck": "true"})


def line(name: str, rows: int = 1) -> TextField:
    asked, called = reframing.LINES[name]
    return TextField(label=asked, help_text=called, widget=page(rows, f"writing writing--{rows}"))


def longer(question: Question) -> TextField:
    return TextField(label=question.ask, help_text=question.hint, widget=page(3, "writing writing--3"))


class LessonForm(Spoken, WordsForm):
    body = TextField(label=reframing.HAPPENED.ask, help_text=reframing.HAPPENED.hint, widget=page(4))
    version = VersionField()
    kind_words = TextField(label=reframing.FRIEND.ask, widget=page(4))
    lesson = TextField(
        label=reframing.LESSON.ask, help_text=reframing.LESSON.hint, widget=page(3, "writing writing--3")
    )
    themes = ThemesField(
        label=_("A word or two for the index at the back"), widget=forms.TextInput(LINE | {"list": "own-themes"})
    )
    theme = ChipsField(required=False)
    told_myself = longer(reframing.TOLD_MYSELF)
    too_much = longer(reframing.TOO_MUCH)
    put_right = longer(reframing.PUT_RIGHT)
    goal, reality, options, way_forward = line("goal"), line("reality"), line("options", 2), line("way_forward")
    as_step = forms.BooleanField(required=False, label=_("Make it my small step on Today"))

    def __init__(self, data: Any = None, *, entry: Entry, question: Question | None = None) -> None:
        super().__init__(data, initial=_as_it_stands(entry))
        self.entry, self.question = entry, question
        if question:
            self.fields[question.fields[0]].widget.attrs["autofocus"] = True

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if "body" in self.data and not body:
            raise forms.ValidationError(_("One word is enough. An empty page can’t be kept."))
        return body

    def write(self, now: datetime) -> None:
        """Raises journal.models.entry.Stale where what happened was told anew elsewhere; the rest is written."""
        Lesson.write(self.entry, **{name: self.cleaned_data[name] for name in Lesson.WORDS if name in self.data})
        if self.cleaned_data["as_step"] and self.data.get("do") != "back":
            self._take_steps(now)
        if "themes" in self.data or self.cleaned_data["theme"]:
            self._index()
        if "body" in self.data and self.cleaned_data["body"] != self.entry.body:
            self.entry.change(self._version, body=self.cleaned_data["body"])

    def _take_steps(self, now: datetime) -> None:
        """Of what was sent, whether it was written now or stands already."""
        for lesson in Lesson.objects.of(self._owner).filter(entry=self.entry):
            for name in Lesson.FORWARD:
                if name in self.data:
                    lesson.take_step(name, now)

    def _index(self) -> None:
        """Where the entry was changed meanwhile, themes are added and none goes."""
        stand = [theme.name for theme in self.entry.themes.all() if not theme.damaged]
        names = self.cleaned_data["themes"] if "themes" in self.data else stand
        names = [*names, *tapped(self._owner, self.cleaned_data["theme"])]
        if {folded(name) for name in names} == {folded(name) for name in stand}:
            return
        try:
            self.entry.change(self._version, themes=names)
        except Stale:
            self.entry.set_themes([*stand, *names])

    @property
    def _version(self) -> int:
        return self.cleaned_data["version"] or self.entry.version

    @property
    def longer(self) -> Any:
        """The one field of a longer page."""
        return self[self.question.fields[0]] if self.question else None

    longer_questions = reframing.LONGER

    @property
    def offers_a_step(self) -> bool:
        """Not where what stands there is a step already."""
        return bool(self._forward) and (self.is_new_there or self._forward in self.entry.lesson.to_take)

    @property
    def is_new_there(self) -> bool:
        """Nothing stands there yet."""
        return not (hasattr(self.entry, "lesson") and self.entry.lesson.text_of(self._forward))

    @property
    def is_a_step(self) -> bool:
        return bool(self._forward) and not self.offers_a_step

    @property
    def _forward(self) -> str:
        """What of this question can become a step."""
        return next((name for name in Lesson.FORWARD if self.question and name in self.question.fields), "")

    @property
    def lines(self) -> list[Any]:
        return [self[name] for name in reframing.FORWARD.fields]

    @cached_property
    def _recent(self) -> list[Theme]:
        return recent(self._owner)

    @property
    def own_themes(self) -> list[str]:
        """Offered while a theme is typed."""
        return sorted((theme.name for theme in self._recent), key=folded)

    @property
    def theme_chips(self) -> list[tuple[Theme, bool]]:
        return chips(self._recent, self)

    @property
    def _owner(self) -> User:
        return self.entry.owner


def _as_it_stands(entry: Entry) -> dict[str, Any]:
    themes = ", ".join(theme.name for theme in entry.themes.all() if not theme.damaged)
    words = {name: getattr(entry.lesson, name) for name in Lesson.WORDS} if hasattr(entry, "lesson") else {}
    return {"body": entry.body, "version": entry.version, "themes": themes} | words
