from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField, WordsForm, ZoneField
from journal.inbox import Line
from reminders.kinds import OTHERS, WEEKLY
from reminders.letterbox import Letterbox

EARLIEST, LATEST = time(5), time(22, 30)
LINES = range(3)
RESTS = {"week": timedelta(weeks=1), "month": timedelta(weeks=4)}


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
    discreet = forms.BooleanField(required=False)
    reply = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].error_messages["required"] = _("A time zone goes here. A city near you will do.")
        for kind in OTHERS:
            self.fields[kind] = forms.BooleanField(required=False)
            # Blank leaves it as it is.
            self.fields[f"{kind}_time"] = LetterTimeField(required=False)

    @classmethod
    def showing(cls, box: Letterbox) -> "LettersForm":
        weekly = box.schedules[WEEKLY]
        stands: dict[str, Any] = {"weekly": weekly.active, "weekday": weekly.weekday, "local_time": weekly.local_time}
        for kind in OTHERS:
            stands |= {kind: box.schedules[kind].active, f"{kind}_time": box.schedules[kind].local_time}
        stands |= {"discreet": box.is_discreet, "time_zone": box.user.time_zone, "reply": box.takes_replies}
        return cls(initial=stands)

    @property
    def rules(self) -> dict[str, dict[str, Any]]:
        given = self.cleaned_data
        weekly = {"active": given["weekly"], "weekday": given["weekday"], "local_time": given["local_time"]}
        return {WEEKLY: weekly} | {kind: self._rule(kind) for kind in OTHERS}

    def _rule(self, kind: str) -> dict[str, Any]:
        rule, wall = {"active": self.cleaned_data[kind]}, self.cleaned_data[f"{kind}_time"]
        return rule | {"local_time": wall} if wall else rule

    @property
    def others(self) -> list[tuple[str, Any, Any]]:
        """Kind, switch and time of each letter beside the weekly one."""
        return [(kind, self[kind], self[f"{kind}_time"]) for kind in OTHERS]

    @property
    def others_are_open(self) -> bool:
        return any(switch.value() or wall.errors for kind, switch, wall in self.others)


class ZoneForm(forms.Form):
    time_zone = ZoneField(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].error_messages["required"] = _("A time zone goes here. A city near you will do.")


class ZoneNoticeForm(forms.Form):
    """`time_zone`: what the device says. `back`: the page that it was asked on."""

    time_zone = ZoneField(required=True)
    answer = forms.ChoiceField(choices=[(name, name) for name in ("move", "keep")])
    back = forms.CharField(required=False)

    @property
    def page(self) -> str:
        return "reminders:letters" if self.cleaned_data["back"] == "letters" else "journal:today"


class OfferForm(forms.Form):
    answer = forms.ChoiceField(choices=[(name, name) for name in ("yes", "later", "no", "undo")])


class ChoiceField(forms.ChoiceField):
    """Which of its buttons was pressed."""

    def __init__(self, *names: str, required: bool = True) -> None:
        super().__init__(choices=[(name, name) for name in names], required=required)
        self.error_messages |= dict.fromkeys(("required", "invalid_choice"), _("One of these, please."))


class RestForm(forms.Form):
    """One week, four weeks, until a day that is still to come; `end` ends the rest."""

    choice = ChoiceField("week", "month", "until", "end")
    until = forms.DateField(required=False, error_messages={"invalid": _("A date goes here, such as 2027-01-31.")})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        until = given.get("until")
        if given.get("choice") == "until" and "until" not in self.errors and not (until and until > self.today):
            self.add_error("until", _("A day that is still to come, please."))
        return given

    def rest_from(self, first: date) -> date | None:
        """The day on which a rest is over that begins on `first`; None where it ends now."""
        chosen = self.cleaned_data["choice"]
        return self.cleaned_data["until"] if chosen == "until" else first + RESTS[chosen] if chosen in RESTS else None


class StopForm(RestForm):
    """What the links at the foot of a letter lead to. Nothing chosen means stop (RFC 8058).

    Only where letters come on a day of the week can there be another one; a time alone will do for every kind.
    """

    choice = ChoiceField("stop", "week", "month", "until", "day", required=False)
    weekday = WeekdayField(required=False)
    local_time = LetterTimeField(required=False)

    def __init__(self, *args: Any, by_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_day = by_day
        if not by_day:
            del self.fields["weekday"]

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("choice") or "stop")

    @property
    def rule(self) -> dict[str, Any]:
        """What of day and time was given."""
        given = {name: self.cleaned_data.get(name) for name in ("weekday", "local_time")}
        return {name: value for name, value in given.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("choice") == "day" and not self.rule and not {"weekday", "local_time"} & set(self.errors):
            if self.by_day:
                self.add_error("weekday", _("One of the seven days, please."))
            else:
                self.add_error("local_time", _("A time goes here, such as 18:00."))
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
