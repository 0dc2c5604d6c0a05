"""Entries of one's own, found by words and chosen by hand."""

from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField
from accounts.forms import Spoken
from journal.forms.fields import FormId
from journal.forms.finder import LONGEST
from journal.models import Entry
from journal.models.laid import TooMany
from journal.picking import Picking


class SearchForm(Spoken):
    q = LineField(
        label=_("Find it in your pages"),
        max_length=LONGEST,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["q"].error_messages["max_length"] = _(
            "More than %(limit_value)d characters at once is too much to look for. A few words find more."
        )

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_bound else ""

    @property
    def chosen(self) -> list[UUID]:
        """The ids that were ticked."""
        sent = self.data.getlist("entry") if self.is_bound else []  # type: ignore[attr-defined]
        return [id for id in map(FormId().clean, sent) if id]


class PickForm(SearchForm):
    """`entry`: those that are to lie there. `off`: one that goes. `q`: the words they were found with."""

    entry: Any = forms.ModelMultipleChoiceField(None, required=False)
    off: Any = forms.ModelChoiceField(None, required=False)

    def __init__(self, data: Any, *, picking: Picking, page: Entry) -> None:
        super().__init__(data)
        self.picking, self.page = picking, page
        gone = dict.fromkeys(
            ("invalid_choice", "invalid_pk_value", "invalid_list"), _("One of these isn’t here any more.")
        )
        for name in ("entry", "off"):
            self.fields[name].queryset = picking.allowed(page)  # type: ignore[attr-defined]
            self.fields[name].error_messages.update(gone)

    def lay(self) -> bool:
        """False where there is no room for all of them; then the form says so."""
        noun, off = self.picking.noun, self.cleaned_data["off"]
        try:
            with transaction.atomic():
                if off:
                    noun.take_off(self.page, off)
                noun.lay(self.page, self.cleaned_data["entry"])
        except TooMany:
            self.add_error("entry", self.picking.full)
            return False
        return True
