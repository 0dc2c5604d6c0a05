"""What is written on Today, and how it is changed."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, TextField, WordsForm
from accounts.forms import Spoken
from accounts.models import User
from journal.forms.fields import EARLIEST, LINE, DayField, FormId, MilestoneField
from journal.forms.themes import ChipsField, ThemesField, chips, recent, tapped
from journal.models import Encouragement, Entry, Kindness, Milestone, Theme
from journal.models.kinds import WRITTEN
from journal.prompts import kindness as prompts

KINDS = [(kind.value, kind.label) for kind in WRITTEN]
PAGE = {"class": "writing writing--2", "rows": 2, "autocomplete": "off", "spellcheck": "true"}


class WordsOfEntry(Spoken, WordsForm):
    body = TextField(label=_("The words"), widget=forms.Textarea(attrs=PAGE))
    deed = forms.ChoiceField(
        label=_("In one tap"),
        choices=[("", _("none")), *Entry.Deed.choices],
        required=False,
        error_messages={"invalid_choice": _("That deed isn’t one of ours. Your own words will do.")},
    )
    local_date = DayField(label=_("Which day"))
    themes = ThemesField(
        label=_("Themes"), help_text=_("A word or two, with commas between."), widget=forms.TextInput(attrs=LINE)
    )
    theme = ChipsField(required=False)
    milestone = MilestoneField(label=_("Towards"))
    kindness = LineField(
        label=prompts.TO_YOURSELF, help_text=prompts.TO_YOURSELF_HINT, widget=forms.TextInput(attrs=LINE)
    )

    def __init__(self, data: Any = None, *, owner: User, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.owner, self.today = owner, today
        self.fields["milestone"].queryset = Milestone.objects.of(owner)  # type: ignore[attr-defined]
        self.fields["local_date"].widget.attrs["max"] = today.isoformat()

    @property
    def has_milestones(self) -> bool:
        return bool(self.fields["milestone"].queryset.exists())  # type: ignore[attr-defined]

    def clean_local_date(self) -> date | None:
        day: date | None = self.cleaned_data["local_date"]
        if day and day > self.today:
            raise ValidationError(_("That day is still to come. Today will do, or an earlier one."))
        if day and day.year < EARLIEST:
            raise ValidationError(_("That is further back than these pages go. They begin in 1900."))
        return day

    def refuse_empty(self) -> None:
        self.add_error("body", _("One word is enough. An empty page can’t be kept."))

    def refuse_full(self) -> None:
        said = _("This book is full for now. Your words are still here; a copy of it all can be taken along.")
        self.add_error("body", said)


class EntryForm(WordsOfEntry):
    """Today's composer, and the line on the branch. Seven deeds lie open, the others are folded."""

    NEAR = ("showed_up", "began", "tried", "asked_for_help", "rested", "said_no", "put_right")

    id = FormId()
    kind = forms.ChoiceField(
        choices=KINDS,
        error_messages={
            "required": _("Say what it is: something you did, something hard, or a note."),
            "invalid_choice": _("Say what it is: something you did, something hard, or a note."),
        },
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["body"].help_text = _("Getting up is one. So is stopping.")

    @property
    def chosen(self) -> str:
        """The gesture that the composer shows."""
        kind = str(self["kind"].value())
        return kind if kind in (Entry.Kind.SETBACK, Entry.Kind.NOTE) else Entry.Kind.WIN.value

    @property
    def near_deeds(self) -> list[tuple[str, Any]]:
        return [(name, Entry.Deed(name).label) for name in self.NEAR]

    @property
    def far_deeds(self) -> list[tuple[str, Any]]:
        return [(value, label) for value, label in Entry.Deed.choices if value not in self.NEAR]

    @property
    def is_unfolded(self) -> bool:
        """Something stands in the part that is folded."""
        folded = ("local_date", "themes", "milestone")
        return any(self.data.get(name) or name in self.errors for name in folded)

    @property
    def focused_body(self) -> str:
        return self["body"].as_widget(attrs={"autofocus": True})

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        wordless = words.get("kind") == Entry.Kind.WIN and words.get("deed")
        if not words.get("body") and not wordless and {"kind", "deed"} <= words.keys():
            self.refuse_empty()
        return words

    @property
    def is_proud(self) -> bool:
        """It was written on the branch, not on the page."""
        return bool(self["kind"].value() == Entry.Kind.PROUD)

    @property
    def gently(self) -> bool:
        """The person wants to look at it now."""
        return self.data.get("next") == "reframe" and self.cleaned_data["kind"] == Entry.Kind.SETBACK

    @transaction.atomic
    def keep(self, now: datetime) -> Entry:
        words = {name: self.cleaned_data[name] for name in ("kind", "body", "deed", "milestone", "themes")}
        day = self.cleaned_data["local_date"] or self.today
        entry = Entry.keep(self.owner, now, id=self.cleaned_data["id"], local_date=day, **words)
        if self.cleaned_data["kindness"]:
            Kindness.write(entry, words=self.cleaned_data["kindness"])
        return entry


class ChangeForm(WordsOfEntry):
    """Only what is sent is changed; the kind stays."""

    version = forms.IntegerField(
        min_value=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"),
            _("The page lost its place. Your words are still here; look at them once more, then keep them."),
        ),
    )

    from_whom = LineField(label=prompts.FROM_WHOM, help_text=prompts.FROM_WHOM_HINT, widget=forms.TextInput(LINE))

    def __init__(self, data: Any = None, *, entry: Entry, **kwargs: Any) -> None:
        super().__init__(data, initial=_as_it_stands(entry), **kwargs)
        self.entry = entry
        if entry.milestone_id:
            # Whatever became of it: who changes a word keeps the rest as it is.
            self.fields["milestone"].queryset |= Milestone.kept_by(self.owner).filter(pk=entry.milestone_id)  # type: ignore[attr-defined]

    @property
    def theme_chips(self) -> list[tuple[Theme, bool]]:
        return chips(recent(self.owner), self)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        deed = words.get("deed") if "deed" in self.data else self.entry.deed
        wordless = deed and self.entry.kind == Entry.Kind.WIN or self.entry.kind == Entry.Kind.MILESTONE
        if "body" in self.data and not words.get("body") and not wordless:
            self.refuse_empty()
        return words

    @transaction.atomic
    def change(self) -> None:
        """Raises journal.models.entry.Stale."""
        self.entry.change(self.cleaned_data["version"], **self.written())
        if "kindness" in self.data:
            Kindness.write(self.entry, words=self.cleaned_data["kindness"])
        if "from_whom" in self.data and self.entry.kind == Entry.Kind.ENCOURAGEMENT:
            Encouragement.write(self.entry, from_whom=self.cleaned_data["from_whom"])

    @property
    def words(self) -> dict[str, str]:
        """The words as they would have stood."""
        written = self.written()
        words = {name: written.get(name, getattr(self.entry, name)) for name in ("body", "deed")}
        beside = {name: self.cleaned_data[name] for name in ("kindness", "from_whom") if name in self.data}
        return words | {name: text for name, text in beside.items() if text}

    def written(self) -> dict[str, Any]:
        """The fields that were sent; a day that was emptied stays what it was."""
        fields = ("body", "deed", "local_date", "themes", "milestone")
        sent = {name: self.cleaned_data[name] for name in fields if name in self.data}
        if names := tapped(self.owner, self.cleaned_data["theme"]):
            stand = [theme.name for theme in self.entry.themes.all() if not theme.damaged]
            sent["themes"] = [*sent.get("themes", stand), *names]
        if not sent.get("local_date", True):
            del sent["local_date"]
        return sent


def _as_it_stands(entry: Entry) -> dict[str, Any]:
    if entry.damaged:
        return {}
    return {
        "body": entry.body,
        "deed": entry.deed,
        "local_date": entry.local_date,
        "themes": ", ".join(theme.name for theme in entry.themes.all() if not theme.damaged),
        "milestone": entry.milestone_id,
        "version": entry.version,
        "kindness": entry.kindness.text_of("words") if hasattr(entry, "kindness") else "",
        "from_whom": entry.encouragement.text_of("from_whom") if hasattr(entry, "encouragement") else "",
    }
