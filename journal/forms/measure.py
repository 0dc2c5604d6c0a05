"""Something to notice, and the reading of one day of it."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import Aimed, LineField
from accounts.models import User
from journal import amounts
from journal.forms.fields import EARLIEST, DayField, FormId
from journal.forms.step import TitleField, VersionField
from journal.models import Measure, Reading
from journal.models.reading import Taken, Unopened
from journal.prompts import measures

NAMELESS = _("Give it a few words, so that it can be found again.")
UNREAD = {
    Measure.Kind.YES_NO: _("Yes or no: one of the two goes here."),
    Measure.Kind.NUMBER: _("A number goes here. Something like 3 or 2.5 will do."),
    Measure.Kind.MINUTES: _("Minutes go here, as many as a day has. Something like 20 or 1:30 will do."),
    Measure.Kind.SCALE: _("A number from one to five goes here."),
}
UNOPENED = _("What stands for that day can’t be opened. It is kept as it is.")


class MeasureForm(Aimed):
    id = FormId()
    name = TitleField(NAMELESS, label=measures.ASK, help_text=measures.HINT)
    kind = forms.ChoiceField(
        label=_("How it is noted"),
        choices=Measure.Kind.choices,
        initial=Measure.Kind.YES_NO,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Say how it is noted: yes or no, a number, minutes, or one to five.")
        ),
    )

    @property
    def kinds(self) -> list[tuple[str, str, Any, bool]]:
        """(value, name, what it is for, whether it is chosen)"""
        chosen = self["kind"].value()
        return [(kind.value, str(kind.label), measures.KINDS[kind], kind.value == chosen) for kind in Measure.Kind]

    def keep(self, owner: User, now: datetime) -> Measure:
        return Measure.keep(owner, now, **self.cleaned_data)


class NameForm(Aimed):
    name = TitleField(NAMELESS, label=_("In other words"))
    version = VersionField()

    def change(self, measure: Measure) -> bool:
        """False, with its reason said, where what stands cannot be opened. Raises journal.models.entry.Stale."""
        if measure.damaged:
            self.add_error("name", _("The name that stands can’t be opened. It is kept as it is."))
        else:
            measure.change(self.cleaned_data["version"] or measure.version, name=self.cleaned_data["name"])
        return self.is_valid()


class ReadingForm(Aimed):
    """For one day: without one, for today."""

    id = FormId()
    value = LineField()
    local_date = DayField(label=_("Which day"))

    def __init__(self, data: Any = None, *, measure: Measure, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.measure, self.today = measure, today
        self.fields["value"].label = Measure.Kind(measure.kind).label
        keys = "numeric" if measure.kind == Measure.Kind.MINUTES else "decimal"
        attrs = {"class": "input", "autocomplete": "off", "inputmode": keys, "aria-required": "true"}
        self.fields["value"].widget.attrs |= attrs
        self.fields["local_date"].widget.attrs |= {"class": "input", "max": today.isoformat()}

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(value, how it is said, whether it is chosen), where there are few."""
        chosen = str(self["value"].value() or "")
        return [(value, said, value == chosen) for value, said in taps(self.measure.kind)]

    def clean_value(self) -> str:
        value = amounts.read(self.measure.kind, self.cleaned_data["value"])
        if value is None:
            raise ValidationError(UNREAD[Measure.Kind(self.measure.kind)])
        return value

    def clean_local_date(self) -> date:
        day: date = self.cleaned_data["local_date"] or self.today
        if day > self.today:
            raise ValidationError(_("That day is still to come. Today will do, or an earlier one."))
        if day.year < EARLIEST:
            raise ValidationError(_("That is further back than these pages go. They begin in 1900."))
        return day

    def keep(self, now: datetime) -> Reading | None:
        """None, with its reason said, where what stands for that day cannot be opened."""
        try:
            return Reading.keep(self.measure, now, **self.cleaned_data)
        except Unopened:
            self.add_error("value", UNOPENED)
            return None


class ReadingChangeForm(ReadingForm):
    id = None  # type: ignore[assignment]
    version = VersionField()

    def change(self, reading: Reading) -> bool:
        """False, with its reason said, where it cannot be so. Raises journal.models.entry.Stale."""
        said = dict(self.cleaned_data)
        try:
            reading.change(said.pop("version") or reading.version, **said)
        except Unopened:
            self.add_error("value", UNOPENED)
        except Taken:
            self.add_error("local_date", _("That day has a reading already. It can be changed where it stands."))
        return self.is_valid()


def taps(kind: str) -> list[tuple[str, str]]:
    """What one tap keeps: every value there is, or a few that are near at hand."""
    if kind == Measure.Kind.YES_NO:
        return [("1", str(_("Yes"))), ("0", str(_("No")))]
    near = {Measure.Kind.SCALE: range(1, 6), Measure.Kind.MINUTES: (5, 15, 30, 60)}
    return [(str(number), str(number)) for number in near.get(Measure.Kind(kind), (1, 2, 3))]
