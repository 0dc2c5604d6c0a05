"""What of the journal is asked for: by kind, theme, milestone and days, and by words."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField
from accounts.forms import Spoken
from accounts.models import User
from journal.alphabet import place
from journal.filters import CAN_BE_OPEN, KINDS, Filters, kinds_of
from journal.models import Milestone, Theme
from journal.months import month_named
from journal.timeline import Place

ODD_DAY = _("That isn’t a day we can read. Something like 2026-11-20 will do.")
LONGEST = 200
Row = TypeVar("Row", Theme, Milestone)


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%d"], error_messages={"invalid": ODD_DAY}, **kwargs)


class KindsField(forms.MultipleChoiceField):
    def to_python(self, value: Any) -> list[str]:
        """Each once; an empty one is none."""
        return [kind for kind in dict.fromkeys(super().to_python(value)) if kind]


class NamedField(forms.CharField):
    """What an address names, by the function that reads it."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__(required=False)
        self.read = read

    def clean(self, value: Any) -> Any:
        try:
            return self.read(value) if value else None
        except ValueError:
            raise forms.ValidationError("odd") from None


class FinderForm(Spoken):
    """Days are typed, so that an odd one is said at its field. The rest stands in links: an odd one leads nowhere."""

    q = LineField(label=_("Find something you wrote"), max_length=LONGEST)
    kind = KindsField(choices=list(KINDS.items()), required=False)
    theme = forms.UUIDField(required=False)
    milestone = forms.UUIDField(required=False)
    open = forms.BooleanField(label=_("Still open"), required=False)
    find = forms.BooleanField(required=False)
    skip = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)

    def __init__(self, data: QueryDict, *, owner: User) -> None:
        super().__init__(data)
        self.owner = owner
        self.fields["from"] = DayField(label=_("From"))
        self.fields["to"] = DayField(label=_("To"))
        self.fields["q"].error_messages["max_length"] = _(
            "More than %(limit_value)d characters at once is too much to look for. A few words find more."
        )
        self.fields["q"].widget.attrs.update({"type": "search", "autocomplete": "off", "dir": "auto"})
        self.fields["month"] = NamedField(month_named)
        self.fields["at"] = NamedField(month_named)
        self.fields["after"] = NamedField(Place.named)

    # What there is to choose from: only what the person has, and what is chosen. It costs three questions to the
    # database, so that none is asked before somebody opens the finder.

    @property
    def opens(self) -> bool:
        """Somebody pressed “Filter”."""
        return bool(self.cleaned_data.get("find"))

    @property
    def is_open(self) -> bool:
        return self.opens or bool(self.errors) or self.filters.chosen or self.keeps_to_month

    @property
    def address(self) -> str:
        """Of what is asked for without words. Who opens the finder stays at the month where they were."""
        filters = self.filters if not self.opens or self.filters.month else self.filters.opened_at(self.here)
        return filters.address(find=self.opens)

    @cached_property
    def kinds(self) -> list[tuple[str, str, Any, bool]]:
        """Value, drawn sign, name, and whether it is chosen."""
        chosen = self["kind"].value() or []
        offered = {*kinds_of(self.owner), *chosen}
        return [(kind, f"kind-{kind}", name, kind in chosen) for kind, name in KINDS.items() if kind in offered]

    @property
    def offers_open(self) -> bool:
        return bool(self["open"].value()) or any(kind in CAN_BE_OPEN for kind, *_rest in self.kinds)

    @cached_property
    def themes(self) -> list[Theme]:
        """By the alphabet."""
        themes = [theme for theme in Theme.objects.of(self.owner) if not theme.damaged]
        return sorted(themes, key=lambda theme: place(theme.name))

    @cached_property
    def milestones(self) -> list[Milestone]:
        """The newest first."""
        goals = Milestone.objects.of(self.owner).only("title", "owner").order_by("-created_at", "pk")
        return [goal for goal in goals if goal.text_of("title")]

    @property
    def here(self) -> date | None:
        """The month that the book is open at: a filter, or a place that a search may leave."""
        return self.filters.month or self.cleaned_data.get("at") or None

    @property
    def keeps_to_month(self) -> bool:
        """A month alone is a place to open the book at; beside other choices, or with words, it is one of them."""
        return bool(self.filters.month) and ("q" in self.data or self.filters.chosen)

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def skipped(self) -> int:
        """How many of the found were shown before."""
        return self.cleaned_data.get("skip") or 0

    @property
    def after(self) -> Place | None:
        return self.cleaned_data.get("after") or None

    @cached_property
    def filters(self) -> Filters:
        """What could be read of it. Raises Http404 for what no page of ours leads to, and for somebody else's."""
        if self.errors.keys() - {"q", "from", "to"}:
            raise Http404
        asked = self.cleaned_data
        first, last = asked.get("from"), asked.get("to")
        if first and last and first > last:
            first, last = last, first
        theme, milestone = self._own(Theme, asked["theme"]), self._own(Milestone, asked["milestone"])
        return Filters(tuple(asked["kind"]), theme, milestone, first, last, asked["month"] or None, asked["open"])

    def _own(self, noun: type[Row], id: UUID | None) -> Row | None:
        return get_object_or_404(noun.objects.of(self.owner), pk=id) if id else None
