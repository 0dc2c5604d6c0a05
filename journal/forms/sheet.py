"""A few boxes to a page, each of them optional; only what is sent is written."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from accounts.fields import LineField, TextField, WordsForm
from accounts.models import User
from journal.forms.fields import FormId
from journal.forms.step import VersionField
from journal.models import Chapter, LongerLook, Milestone, Standard, Step
from journal.models.sheet import Sheet
from journal.prompts import chapter as chapter_prompts
from journal.prompts import milestone as milestone_prompts

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def box(label: "StrOrPromise", hint: "StrOrPromise" = "", rows: int = 2) -> TextField:
    page = {"class": f"writing writing--{rows}", "rows": rows, "dir": "auto", "autocomplete": "off"}
    return TextField(label=label, help_text=hint, widget=forms.Textarea(page | {"spellcheck": "true"}))


class SheetForm(WordsForm):
    """`version`: the one that was read, 0 where nothing was written yet."""

    noun: ClassVar[type[Sheet]]
    version = VersionField(0)

    def __init__(self, data: Mapping[str, Any] | None = None, *, sheet: Sheet | None, **kwargs: Any) -> None:
        words = {name: getattr(sheet, name) for name in self.noun.WORDS} if sheet and not sheet.damaged else {}
        kwargs.setdefault("initial", words | {"version": sheet.version if sheet else 0})
        super().__init__(data, **kwargs)
        self.sheet = sheet

    def write(self, owner: User, **of: Any) -> Sheet | None:
        """Raises journal.models.entry.Stale."""
        words = {name: self.cleaned_data[name] for name in self.noun.WORDS if name in self.data}
        return self.noun.write(owner, of, words, self.cleaned_data["version"])

    @property
    def boxes(self) -> list[Any]:
        return [self[name] for name in self.noun.WORDS]

    @property
    def stands(self) -> list[tuple[str, str]]:
        """(what was asked, what stands), for who wrote something else."""
        texts = [(str(one.label), self.sheet.text_of(one.name)) for one in self.boxes] if self.sheet else []
        return [(asked, text) for asked, text in texts if text]


class StandardForm(SheetForm):
    noun = Standard
    serves, stops = (box(*asked) for asked in milestone_prompts.STANDARD.values())


class LongerLookForm(SheetForm):
    noun = LongerLook
    goal, reality, options, way_forward = (box(*asked) for asked in milestone_prompts.GROW.values())
    step = FormId()

    def add_step(self, milestone: Milestone) -> Step | None:
        """The way forward as a step, in one line; nothing where there is none."""
        title = LineField().clean(self.cleaned_data["way_forward"])
        return Step.keep(milestone, title=title, id=self.cleaned_data["step"]) if title else None


class ChapterForm(SheetForm):
    noun = Chapter
    words = box("", chapter_prompts.HINT, rows=3)
    easier, heavy, carry_on = (box(asked) for asked in chapter_prompts.QUESTIONS.values())

    def __init__(self, *args: Any, called: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = called

    @property
    def folded(self) -> list[Any]:
        return self.boxes[1:]

    def keep(self, owner: User, first: date, span: str) -> Sheet | None:
        """Raises journal.models.entry.Stale."""
        return self.write(owner, first=first, span=span)
