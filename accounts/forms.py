"""The forms of the doors: allauth's own, in our words."""

from typing import Any, cast
from uuid import uuid4

from allauth.account import forms as allauth_forms
from allauth.account import signals
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from accounts import twice
from accounts.days import is_zone
from accounts.fields import AddressField, TextField
from accounts.models import User
from config.typed import Typed, typed

LONG_ENOUGH = _("Ten characters or more.")
# How the summary above a form names what the sentence at the field explains.
IN_SHORT = {
    "at": _("The email address needs its “@”"),
    "ending": _("The email address needs its ending"),
    "odd": _("The email address can’t be read yet"),
    "email_taken": _("There is a journal with this address"),
    "password_too_short": _("The password could be a little longer"),
    "password_too_common": _("The password is one that many people use"),
    "password_too_similar": _("The password is close to the address"),
}


def password(field: forms.Field, label: Any, hint: Any = "") -> None:
    """One of allauth's password fields, said our way; it says nothing of its own inside the box."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = _("A password goes here.")
    if hint:
        field.widget.attrs["minlength"] = 10


class Spoken(forms.Form):
    """A form that can say above itself what is still open, each with the field it belongs to."""

    @property
    def open_points(self) -> list[tuple[str, Any]]:
        points: list[tuple[str, Any]] = []
        for name, errors in self.errors.as_data().items():
            anchor = self[name].id_for_label if name in self.fields else ""
            points += [(anchor, IN_SHORT.get(error.code or "", "".join(error.messages))) for error in errors[:1]]
        return points


class SignupForm(Spoken, allauth_forms.SignupForm):
    """Write first, sign up after: the line is kept by the journal at the moment the account is made.

    `id` is made with the form: the same form sent twice is one sign-up (accounts.twice).
    """

    id = forms.Field(required=False, widget=forms.HiddenInput, initial=uuid4)
    first_line = TextField()
    same: User | None = None
    time_zone = forms.Field(required=False, widget=forms.HiddenInput(attrs={"data-zone": True}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()
        if not self.by_passkey:
            password(self.fields["password1"], _("Password"), LONG_ENOUGH)

    def clean_time_zone(self) -> str:
        """What a script guessed never stands in the way."""
        name = str(self.cleaned_data["time_zone"] or "")
        return name if is_zone(name) else ""

    def validate_unique_email(self, value: str) -> str:
        try:
            email: str = super().validate_unique_email(value)
        except forms.ValidationError:
            self.same = twice.made_by(self.data.get("id", ""), value, self.data.get("password1", ""))
            if self.same is None:
                raise
            self.account_already_exists, email = True, value
        return email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The same form sent twice signs in. Where verification comes first, whoever began with this address and
        password goes on to a new code; to everybody else an address that is taken answers as a free one would."""
        if getattr(self.fields["first_line"], "stripped", False):
            messages.info(request, _("Something that can’t be seen was taken out of your line."))
        user = self.same or (self._begun() if self.account_already_exists and not self.by_passkey else None)
        if user:
            return None, perform_login(request, user, signup=True, email=user.email)
        answer: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return answer

    def _begun(self) -> User | None:
        """Hashes once in any case: how long it takes says nothing about the address."""
        begun = User.objects.filter(email=self.cleaned_data["email"], last_login=None).first()
        user = begun or User()
        given = self.cleaned_data.get("password1") or ""
        return begun if user.check_password(given) and begun and begun.is_active else None


class LoginForm(Spoken, allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField(autocomplete="username")
        password(self.fields["password"], _("Password"))

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """allauth says last how long the session lives; a device that is shared has said so before."""
        answer: HttpResponse = super().login(request, redirect_url)
        if request.session.get("shared"):
            request.session.set_expiry(0)
        return answer

    @property
    def typed(self) -> Typed:
        """Words that arrived after a session ended, on their way through this door (accounts.middleware.SignedIn)."""
        return typed(cast(QueryDict, self.data), "again.") if self.is_bound else Typed([], [])

    @property
    def again(self) -> str:
        return str(self.data.get("again", ""))


class ReauthenticateForm(Spoken, allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password(self.fields["password"], _("Password"))


class NewEmailForm(Spoken, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField(label=_("New address"))

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if not settings.EMAIL_URL:
            email_already_exists(email, user=self.user)
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        """Where no mail leaves there is no code to wait for: the new address stands at once."""
        if settings.EMAIL_URL:
            return super().save(request)
        assert self.user
        with transaction.atomic():
            EmailAddress.objects.filter(user=self.user).delete()
            self.user.email = self.cleaned_data["email"]
            self.user.save(update_fields=["email"])
            new = EmailAddress.objects.create(user=self.user, email=self.user.email, primary=True)
        addresses = {"from_email_address": None, "to_email_address": new}
        signals.email_changed.send(sender=EmailAddress, request=request, user=self.user, **addresses)
        return new


class ChangePasswordForm(Spoken, allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        password(self.fields["oldpassword"], _("The one you have"))
        password(self.fields["password1"], _("The new one"), LONG_ENOUGH)


class SetPasswordForm(Spoken, allauth_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        password(self.fields["password1"], _("Password"), LONG_ENOUGH)


class NewPasswordForm(Spoken, allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        password(self.fields["password1"], _("The new one"), LONG_ENOUGH)


class ResetPasswordForm(Spoken, allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()


def code(field: forms.Field) -> None:
    field.label = _("The code from the mail")
    field.widget.attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
    field.error_messages["required"] = _("The code goes here; it looks like BCDF-GHJK.")


class EmailCodeForm(Spoken, allauth_forms.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code(self.fields["code"])


class ResetCodeForm(Spoken, allauth_forms.ConfirmPasswordResetCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code(self.fields["code"])
