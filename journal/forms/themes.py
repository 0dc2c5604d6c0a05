"""Words for the index: typed between commas, or one's own earlier ones with one tap. None of them is ours."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField
from accounts.models import User
from journal.models import Theme
from journal.models.theme import folded

# Also the commas of Arabic, Chinese and Japanese.
COMMAS = re.compile("[,،、，]")
MOST_THEMES, LONGEST_THEME = 20, 80
# So many of their own are offered as chips, and so many while a word is typed.
CHIPS, OFFERED = 8, 100


class ThemesField(LineField):
    """Words between commas; gives a list."""

    def clean(self, value: Any) -> list[str]:
        names = [name.strip() for name in COMMAS.split(super().clean(value)) if name.strip()]
        if len(names) > MOST_THEMES or any(len(name) > LONGEST_THEME for name in names):
            raise ValidationError(_("A theme is a word or two, with commas between. Up to twenty of them can be kept."))
        return names


class ChipsField(forms.Field):
    """Ids of themes that were tapped; what is none is left aside."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        return [UUID(id) for id in value or [] if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id)]


def recent(owner: User) -> list[Theme]:
    """The person's own, those used last first."""
    used = Theme.objects.of(owner).annotate(used=Max("entries__created_at"))
    return [theme for theme in used.order_by("-used", "-created_at", "pk")[:OFFERED] if not theme.damaged]


def chips(themes: list[Theme], form: forms.Form) -> list[tuple[Theme, bool]]:
    """Those that can be tapped, and whether they are: not what stands between the commas already."""
    stands = {folded(name) for name in COMMAS.split(str(form["themes"].value() or ""))}
    chosen = set(map(str, form["theme"].value() or []))
    return [(theme, str(theme.pk) in chosen) for theme in themes if folded(theme.name) not in stands][:CHIPS]


def tapped(owner: User, ids: list[UUID]) -> list[str]:
    """The names of those of theirs."""
    if not ids:
        return []
    return [theme.name for theme in Theme.objects.of(owner).filter(pk__in=ids) if not theme.damaged]
