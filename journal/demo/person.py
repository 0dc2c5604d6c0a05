"""Whose journal the demonstration is."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from journal.models import Entry, Milestone

ZONE = "Europe/Lisbon"


class Taken(Exception):
    """There is such an account, and it is somebody's. The words say so."""


def newcomer(email: str, password: str) -> User:
    """An account without a line in it: a new one, or one that stands with this password. Raises Taken."""
    email = email.lower()
    stands = User.objects.filter(email=email).first()
    if stands is None:
        return _made(email, password)
    if Entry.kept_by(stands).exists() or Milestone.objects.of(stands).exists():
        raise Taken(f"There is an account {email} already, and something is kept in it. Choose another address.")
    if not stands.check_password(password):
        raise Taken(f"There is an account {email} already, with another password.")
    return stands


@transaction.atomic
def _made(email: str, password: str) -> User:
    user = User.objects.create_user(email, password, time_zone=ZONE)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def password_of(email: str) -> str:
    """The same on every asking here, and another one in every other place."""
    letters = salted_hmac("journal.demo.person", email, algorithm="sha256").hexdigest()
    return "-".join(("quiet", letters[:4], letters[4:8], letters[8:12]))
