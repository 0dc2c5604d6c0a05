"""Who may open the operator’s page: somebody of the staff who has shown a second factor in this very session."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.models import Staff, User

# A passkey was opened with a finger, a face or a PIN, which is two in one.
SECOND = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES, Authenticator.Type.WEBAUTHN)


def may_see(request: HttpRequest) -> bool:
    """No question is asked for anybody who is not signed in."""
    user = request.user
    return isinstance(user, User) and _has_proved(request, user) and Staff.objects.filter(owner=user).exists()


def _has_proved(request: HttpRequest, user: User) -> bool:
    """A factor that was taken away since proves nothing any more."""
    shown = [one for one in get_authentication_records(request, user) if one.get("method") == "mfa"]
    ids = [one.get("id") for one in shown if one.get("type") in SECOND]
    return bool(ids) and Authenticator.objects.filter(user=user, pk__in=ids).exists()
