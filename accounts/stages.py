"""What lies between a right password and an open journal."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.http import HttpRequest
from django.shortcuts import render

from accounts.proofs import SecondStepForm
from config.typed import typed


class SecondStep(AuthenticateStage):
    """Asked where an app that shows codes is set up. A passkey alone is a way in, never one more hurdle: a password
    on a device without it goes on being enough."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return is_mfa_enabled(user, [Authenticator.Type.TOTP]) and not did_use_passwordless_login(request, user)

    def handle(self) -> tuple[Any, bool]:
        """Words that came with the sign-in come along: they stand in the page, and nowhere else."""
        response, goes_on = super().handle()
        if response and typed(self.request.POST, "again.").words:
            response = render(self.request, "mfa/authenticate.html", {"form": SecondStepForm(user=self.login.user)})
        return response, goes_on
