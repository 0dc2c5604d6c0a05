"""The forms of a person's own pages."""

from datetime import time
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField, WordsForm
from accounts.forms import Spoken
from accounts.models import User
from accounts.sealed import Damaged

CHIPS = ("theme", "face", "size", "enough")


class LookForm(forms.ModelForm):  # type: ignore[type-arg]
    """How it looks, and when a day begins."""

    day_starts_at = forms.TypedChoiceField(
        coerce=int,
        choices=lambda: [(hour, time_format(time(hour), "H:i")) for hour in range(7)],
        label=_("My day begins at"),
        help_text=_("What you write before then still belongs to the day before."),
    )

    class Meta:
        model = User
        fields = [
            "theme",
            "face",
            "size",
            "counts_hidden",
            "only_good_days_back",
            "find_by_key",
            "hide_by_key",
            "enough",
            "day_starts_at",
        ]
        widgets = dict.fromkeys(CHIPS, forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*CHIPS, "day_starts_at"):
            self.fields[name].error_messages["invalid_choice"] = _("One of these, please.")
            self.fields[name].error_messages["required"] = _("One of these, please.")

    def save(self, commit: bool = True) -> User:
        """These columns alone: what another page changed meanwhile stays."""
        user: User = self.instance
        user.save(update_fields=self.Meta.fields)
        return user


class LeavingForm(Spoken):
    """Closing a journal. The typed word is there so that no press alone can do it."""

    WORD = _("leave")
    when = forms.ChoiceField(
        label=_("When does everything go?"),
        choices=[("week", _("In seven days; until then you can come back")), ("now", _("Now, for good"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("One of these, please."), "invalid_choice": _("One of these, please.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("A password goes here.")},
    )
    word = forms.CharField(
        label=_("Type the word “leave”"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("The word goes here, so that no press alone can close a journal.")},
    )

    def __init__(self, user: User, *args: Any, proven: bool = False, **kwargs: Any) -> None:
        """`proven`: a passkey or a code was given a moment ago, in the place of the password."""
        super().__init__(*args, **kwargs)
        self.user = user
        if proven or not user.has_usable_password():
            del self.fields["password"]

    def has_a_passkey(self) -> bool:
        found: bool = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).exists()
        return found

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        if not self.user.check_password(given):
            raise forms.ValidationError(_("That isn’t the password this journal has now."))
        return given

    def clean_word(self) -> str:
        given: str = self.cleaned_data["word"].strip(" “”\"'.").casefold()
        if given != str(self.WORD).casefold():
            raise forms.ValidationError(_("The word is “leave”."))
        return given


class NameForm(WordsForm):
    name = LineField(max_length=120, label=_("What shall we call you?"))

    @classmethod
    def of(cls, user: User | AnonymousUser) -> "NameForm":
        """A name that cannot be opened is asked for anew."""
        try:
            return cls(initial={"name": cast(User, user).name})
        except Damaged:
            return cls()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Optional. Shown on your own pages, never in an email.")
        self.fields["name"].error_messages["max_length"] = _("A little shorter, please: 120 characters at most.")
        self.fields["name"].widget.attrs["autocomplete"] = "nickname"

    def keep(self, user: User | AnonymousUser) -> None:
        """For a person; that it is one is the middleware's word."""
        person = cast(User, user)
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])
