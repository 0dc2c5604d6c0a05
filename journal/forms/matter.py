"""Up to five words of one's own, and the field that names one of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import Spoken
from accounts.models import User
from journal.forms.line import LineChangeForm, LineForm
from journal.models import Matter
from journal.models.matter import Full
from journal.models.theme import folded

FULL = _("Five stay at most. Say one of them in another word, or take one back.")


class MatterField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the person's own words, or none."""

    def __init__(self, **kwargs: Any) -> None:
        gone = _("That word isn’t here. Leave it out, or choose another one.")
        said = {"label": _("Which of your words is this for?"), "empty_label": _("none")}
        widget = forms.Select({"class": "select"})
        super().__init__(None, required=False, error_messages={"invalid_choice": gone}, widget=widget, **said | kwargs)

    def of(self, owner: User) -> None:
        self.queryset = Matter.objects.of(owner)

    def label_from_instance(self, obj: Matter) -> str:
        return obj.text_of("text") or str(_("can’t be opened"))

    def to_python(self, value: Any) -> Matter | None:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class MatterForm(Spoken, LineForm):
    def __init__(self, data: Any = None, *, owner: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.owner = owner
        self.fields["text"].label = _("A word, or two")

    def keep(self) -> bool:
        """Whether there was room for it; if not, the form says so."""
        try:
            Matter.add(self.owner, **self.cleaned_data)
        except Full:
            self.add_error("text", FULL)
            return False
        return True


class OfMilestoneForm(forms.Form):
    matter = MatterField()

    def __init__(self, data: Any, *, owner: User) -> None:
        super().__init__(data)
        self.fields["matter"].of(owner)  # type: ignore[attr-defined]


class MatterChangeForm(LineChangeForm):
    def clean_text(self) -> str:
        """A word that another row has already is refused; two spellings of one are one."""
        text: str = self.cleaned_data["text"]
        others = Matter.objects.of(self.line.owner).exclude(pk=self.line.pk)
        if any(folded(other.text_of("text") or "") == folded(text) for other in others):
            raise ValidationError(_("That word stands there already."))
        return text
