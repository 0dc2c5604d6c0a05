"""The forms by which somebody shows who they are without a password: passkeys, codes of an app, codes by mail."""

import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account import forms as account_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn import forms as passkey_forms
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.authenticators import tidy
from accounts.fields import AddressField
from accounts.forms import Spoken, code
from accounts.models import User
from accounts.sealed import Damaged

T = TypeVar("T")


def six_digits(field: forms.Field, label: Any) -> None:
    """Also where a code of another shape may come: letters are let in, and judged by whoever knows the code."""
    field.label = label
    field.widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false", "inputmode": "numeric"}
    field.error_messages["required"] = _("The code goes here; it has six digits.")


class AskForCodeForm(Spoken, account_forms.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField(autocomplete="username")


class LoginCodeForm(Spoken, account_forms.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code(self.fields["code"])


class SecondStepForm(Spoken, second_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        six_digits(self.fields["code"], _("The code that your app shows"))
        self.fields["code"].help_text = _("Or one of the codes that you kept for a lost phone.")


class StillYouForm(Spoken, second_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        six_digits(self.fields["code"], _("The code that your app shows"))
        self.fields["code"].help_text = _("Or one of the codes that you kept for a lost phone.")


class AppForm(Spoken, ActivateTOTPForm):
    """Setting up an app. Until it is done, its secret waits sealed like any other; the session holds an id alone."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.user = request.user
        self.secret = waiting(request) or begun(request)
        six_digits(self.fields["code"], _("The code that the app shows now"))


def waiting(request: HttpRequest) -> str:
    """A page that is loaded again shows the same picture: it may have been taken already."""
    kept = request.session.get(totp.SECRET_SESSION_KEY)
    try:
        return str(get_adapter().decrypt(kept)) if kept else ""
    except Damaged:
        return ""


def begun(request: HttpRequest) -> str:
    tidy(cast(User, request.user))
    secret: str = totp.generate_totp_secret()
    request.session[totp.SECRET_SESSION_KEY] = get_adapter().encrypt(secret)
    return secret


ODD = (AttributeError, IndexError, KeyError, TypeError, ValueError, InvalidSignature, UnsupportedAlgorithm)


def judged(read: Callable[[], T]) -> T:
    """What a browser never sends is refused like a passkey that does not fit; the library stumbles over some of it."""
    try:
        return read()
    except ODD:
        raise get_adapter().validation_error("incorrect_code") from None


class WhatABrowserSays(json.JSONDecoder):
    """Numbers of thousands of digits and nesting without end are no JSON of a browser's, and Django's field knows only
    what JSON itself refuses."""

    def decode(self, text: str, *where: Any) -> Any:
        try:
            return super().decode(text, *where)
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError):
            raise json.JSONDecodeError("Not a credential", "", 0) from None


class WithACredential(Spoken):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.JSONField, self.fields["credential"]).decoder = WhatABrowserSays


class PasskeyForm(WithACredential, passkey_forms.AddWebAuthnForm):
    """A passkey that opens by itself, so finger, face or PIN were asked for. Its name is ours."""

    def clean_name(self) -> str:
        name: str = get_adapter().generate_authenticator_name(self.user, None)
        return name

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> dict[str, Any] | None:
        return judged(super().clean)


class FirstPasskeyForm(WithACredential, passkey_forms.SignupWebAuthnForm):
    clean_name = PasskeyForm.clean_name

    def clean(self) -> dict[str, Any] | None:
        return judged(super().clean)


class PasskeyLoginForm(WithACredential, passkey_forms.LoginWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return judged(super().clean_credential)


class StillYourPasskeyForm(WithACredential, passkey_forms.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return judged(super().clean_credential)
