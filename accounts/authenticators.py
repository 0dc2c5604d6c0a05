"""What allauth asks us about passkeys, authenticator apps and the codes for a lost phone."""

from typing import Any, cast
from uuid import UUID

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from accounts.devices import called, seen
from accounts.models import KeptSecret, User
from accounts.sealed import Damaged
from config.passkeys import bound_to


class Authenticators(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That isn’t the code just now. The newest one counts."),
        "unverified_email": _("The address of this journal waits to be confirmed. After that it works."),
    }

    def encrypt(self, text: str) -> str:
        """Sealed under its owner's data key, in a row of its own; what allauth keeps is the id of that row."""
        return str(KeptSecret.objects.create(owner=_owner(), secret=text).pk)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises Damaged where it is another person's, Locked where the key is away."""
        kept = KeptSecret.objects.filter(pk=UUID(encrypted_text), owner=_owner()).first()
        if kept is None:
            raise Damaged("a secret that is not this person's")
        return str(kept.secret)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Ours, so that no words of a person stand where nothing is sealed: Firefox on Linux."""
        return called(*seen(context.request.META.get("HTTP_USER_AGENT", "")))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": bound_to(context.request), "name": "Onward"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.email}


def _owner() -> User:
    """Whoever is signed in; while a sign-in waits for its second step, whose it will be."""
    if context.request.user.is_authenticated:
        return cast(User, context.request.user)
    return cast(User, context.request._login_stage.login.user)


def tidy(user: User) -> None:
    """Secrets that no way in needs any more: of an app that was taken away, or never finished being set up."""
    rows = Authenticator.objects.filter(user=user).values_list("data", flat=True)
    needed = [data.get("secret") or data.get("seed") for data in rows]
    KeptSecret.objects.filter(owner=user).exclude(pk__in=[one for one in needed if one]).delete()
