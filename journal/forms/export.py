"""What is taken along: as which file, which days, kinds and themes, and whether it is locked."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.forms import Spoken
from accounts.models import User
from journal.alphabet import place
from journal.export import FORMATS, Format
from journal.export.choice import Choice
from journal.filters import KINDS, kinds_of
from journal.forms.finder import DayField, KindsField
from journal.models import Theme

SHORTEST, LONGEST = 12, 1000
NO_FORMAT = _("There is no file of that kind. One of these will do.")
TOO_MUCH = _("That is more than one book holds. A year or two at a time makes as many books as it takes.")
NOT_MADE = _("The book did not come out. Fewer days at a time may help; the archive holds the same pages.")
TOO_SHORT = _("A little longer: twelve letters, or four or five words of your own.")
TOO_LONG = _("Longer than any program takes: a thousand letters are enough.")
NOT_THE_SAME = _("These two are not the same, and neither is kept. Type both once more.")


class PassphraseField(forms.CharField):
    """Never shown again, whatever becomes of the form."""

    def __init__(self, label: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "input"})
        super().__init__(label=label, required=False, strip=False, widget=widget)


class ThemesField(forms.MultipleChoiceField):
    """Ids, each once."""

    def clean(self, value: Any) -> list[UUID]:
        try:
            return [UUID(one) for one in dict.fromkeys(value or []) if one]
        except ValueError:
            raise forms.ValidationError("odd") from None


class ExportForm(Spoken):
    """Days are typed, so that an odd one is said at its field. Kinds and themes are pressed: an odd one, or somebody
    else's, leads nowhere.
    """

    kind = KindsField(choices=list(KINDS.items()), required=False)
    theme = ThemesField(required=False)
    passphrase = PassphraseField(_("Passphrase"))
    passphrase_again = PassphraseField(_("The same once more"))

    def __init__(self, data: QueryDict, *, owner: User) -> None:
        super().__init__(data)
        self.owner = owner
        self.fields["from"] = DayField(label=_("From"))
        self.fields["to"] = DayField(label=_("To"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        phrase, again = given.get("passphrase", ""), given.get("passphrase_again", "")
        if 0 < len(phrase) < SHORTEST:
            self.add_error("passphrase", TOO_SHORT)
        elif len(phrase) > LONGEST:
            self.add_error("passphrase", TOO_LONG)
        elif phrase != again:
            self.add_error("passphrase_again", NOT_THE_SAME)
        return given

    # What it says

    @property
    def chosen(self) -> str:
        """The name of the file's kind; that of everything where none is named."""
        return self.data["format"] if self.data.get("format") in FORMATS else next(iter(FORMATS))

    @property
    def format(self) -> Format:
        return FORMATS[self.chosen]

    @property
    def names_a_format(self) -> bool:
        return self.data.get("format") in FORMATS

    @property
    def passphrase_given(self) -> str:
        return str(self.cleaned_data.get("passphrase", ""))

    @cached_property
    def choice(self) -> Choice:
        """What could be read of it. Raises Http404 for what no page of ours sends, and for somebody else's theme."""
        if self.errors.keys() & {"kind", "theme"}:
            raise Http404
        asked = self.cleaned_data
        first, last = asked.get("from"), asked.get("to")
        if first and last and first > last:
            first, last = last, first
        if Theme.objects.of(self.owner).filter(pk__in=asked["theme"]).count() < len(asked["theme"]):
            raise Http404
        return Choice(first, last, tuple(asked["kind"]), tuple(asked["theme"]))

    def address(self, **more: str) -> str:
        """Where the page stands with this choice: ids, kinds and days, never a word."""
        choice = self.choice
        pairs: list[tuple[str, Any]] = [("format", self.chosen)]
        pairs += [("kind", kind) for kind in choice.kinds] + [("theme", id) for id in choice.themes]
        pairs += [(name, day.isoformat()) for name, day in (("from", choice.first), ("to", choice.last)) if day]
        return f"{reverse('journal:export')}?{urlencode(pairs + list(more.items()))}"

    # What there is to choose from

    @property
    def is_narrowed(self) -> bool:
        return bool(self.errors) or not self.choice.is_whole

    @cached_property
    def kinds(self) -> list[tuple[str, str, Any, bool]]:
        """Value, drawn sign, name, and whether it is chosen."""
        chosen = self["kind"].value() or []
        offered = {*kinds_of(self.owner), *chosen}
        return [(kind, f"kind-{kind}", name, kind in chosen) for kind, name in KINDS.items() if kind in offered]

    @cached_property
    def themes(self) -> list[tuple[Theme, bool]]:
        """By the alphabet, each with whether it is chosen."""
        chosen = {str(one) for one in self["theme"].value() or []}
        themes = [theme for theme in Theme.objects.of(self.owner) if not theme.damaged]
        return [(theme, str(theme.pk) in chosen) for theme in sorted(themes, key=lambda theme: place(theme.name))]
