"""A sign-up form that was sent twice, by two presses of its button, is one sign-up.

For a minute the shared cache holds which account a form made: two ids and nothing else.
"""

import hashlib

from django.core.cache import cache

from accounts.models import User

A_MINUTE = 60


def note(form_id: object, user: User) -> None:
    if form_id:
        cache.set(_key(form_id), str(user.pk), A_MINUTE)


def made_by(form_id: object, email: str, password: str) -> User | None:
    """The person whom this very form has made, if its address and its password are still the same."""
    made = cache.get(_key(form_id)) if form_id else None
    user = User.objects.filter(pk=made, email=email).first() if made else None
    return user if user and user.check_password(password) else None


def _key(form_id: object) -> str:
    return f"signup:{hashlib.sha256(str(form_id).encode()).hexdigest()}"
