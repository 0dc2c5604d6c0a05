"""The forms of the doors: allauth's own, in our words."""

from allauth.account import forms as allauth_forms
from django import forms

from accounts.days import is_zone
from accounts.fields import TextField


class SignupForm(allauth_forms.SignupForm):
    """Write first, sign up after: the line is kept by the journal at the moment the account is made."""

    first_line = TextField()
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_time_zone(self) -> str:
        """What a script guessed never stands in the way."""
        name = self.cleaned_data["time_zone"]
        return name if is_zone(name) else ""


class LoginForm(allauth_forms.LoginForm):
    pass
