from datetime import date, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField, WordsForm, ZoneField
from journal.inbox import Line
from reminders import replies
from reminders.models import Schedule

EARLIEST, LATEST = time(5), time(22, 30)
LINES = range(3)


class WeekdayField(forms.TypedChoiceField):
    """0 is Monday."""

    def __init__(self, required: bool = True) -> None:
        super().__init__(choices=list(WEEKDAYS.items()), coerce=int, empty_value=None, required=required)
        self.error_messages |= dict.fromkeys(("required", "invalid_choice"), _("One of the seven days, please."))


class LetterTimeField(forms.TimeField):
    """Never in the night, and so never in an hour that a change of clocks skips."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages |= dict.fromkeys(("required", "invalid"), _("A time goes here, such as 18:00."))

    def clean(self, value: Any) -> time | None:
        wall: time | None = super().clean(value)
        if wall and not EARLIEST <= wall <= LATEST:
            raise forms.ValidationError(_("Letters come between 5:00 and 22:30."))
        return wall


class LettersForm(forms.Form):
    weekly = forms.BooleanField(required=False)
    weekday = WeekdayField()
    local_time = LetterTimeField()
    time_zone = ZoneField(required=True)
    resting = forms.BooleanField(required=False)
    reply = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].error_messages["required"] = _("A time zone goes here. A city near you will do.")

    @classmethod
    def showing(cls, schedule: Schedule) -> "LettersForm":
        names = ("weekday", "local_time")
        stands = {name: getattr(schedule, name) for name in names} | {"time_zone": schedule.owner.time_zone}
        wanted = replies.are_possible() and replies.are_wanted(schedule.owner)
        return cls(initial=stands | {"weekly": schedule.active, "resting": True, "reply": wanted})

    @property
    def rule(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"active": given["weekly"], "weekday": given["weekday"], "local_time": given["local_time"]}


class ZoneForm(forms.Form):
    time_zone = ZoneField(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].error_messages["required"] = _("A time zone goes here. A city near you will do.")


class OfferForm(forms.Form):
    answer = forms.ChoiceField(choices=[(name, name) for name in ("yes", "later", "no", "undo")])


class StopForm(forms.Form):
    """What the links at the foot of a letter lead to. Nothing chosen means stop (RFC 8058)."""

    choice = forms.ChoiceField(
        choices=[(name, name) for name in ("stop", "week", "month", "until", "day")],
        required=False,
        error_messages={"invalid_choice": _("One of these, please.")},
    )
    until = forms.DateField(required=False, error_messages={"invalid": _("A date goes here, such as 2027-01-31.")})
    weekday = WeekdayField(required=False)
    local_time = LetterTimeField(required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("choice") or "stop")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        until = given.get("until")
        if given.get("choice") == "until" and "until" not in self.errors and not (until and until > self.today):
            self.add_error("until", _("A day that is still to come, please."))
        if given.get("choice") == "day" and "weekday" not in self.errors and given.get("weekday") is None:
            self.add_error("weekday", _("One of the seven days, please."))
        return given


class FormIdField(forms.UUIDField):
    """An id that our own page made. One that is no id is as good as none."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class LineForm(WordsForm):
    """One line of one day, under an id that the page made, so that sending twice keeps once."""

    line = TextField(strip=True)
    id = FormIdField(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.lines:
            raise forms.ValidationError(_("One word is enough. A blank line can’t be kept."))
        return given

    @property
    def lines(self) -> list[Line]:
        text = self.cleaned_data.get("line", "")
        return [Line(self.cleaned_data.get("id"), text)] if text else []


class AnswerForm(WordsForm):
    """Up to three proud things, each under an id that the page made, so that sending twice keeps once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in LINES:
            self.fields[f"proud-{number}"] = TextField(strip=True)
            self.fields[f"id-{number}"] = FormIdField(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.lines:
            raise forms.ValidationError(_("One word in one of them is enough. Three blank lines can’t be kept."))
        return given

    @property
    def lines(self) -> list[Line]:
        pairs = [(self.cleaned_data.get(f"id-{n}"), self.cleaned_data.get(f"proud-{n}", "")) for n in LINES]
        return [Line(id, text) for id, text in pairs if text]
