"""What whoever runs this place does for one person, from the command line: no request stands behind it."""

import logging
from datetime import datetime
from typing import Any

from allauth.account import signals
from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from accounts import access, leaving
from accounts.models import Access, Leaving, Staff, User

log = logging.getLogger(__name__)


def give_password(user: User, password: str) -> None:
    """As if it had been changed by its owner, who is told: every sign-in ends, and so do the links in letters."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        signals.password_changed.send(sender=User, request=None, user=user)
    for session in UserSession.objects.filter(user=user):
        session.end()
    tell(user, "password_changed")


def close(user: User, now: datetime, at_once: bool) -> Leaving:
    """As if its owner had closed the journal, who is told. Raises OSError, ledger.Unreadable: nothing changed."""
    kept = leaving.begin(user, now, at_once)
    if not at_once:
        access.note(user, access.What.LEAVING, more=Access.BY_OPERATOR)
    tell(user, "left" if at_once else "leaving", leaving=kept)
    return kept


def make_staff(user: User, now: datetime) -> None:
    """Done twice it is done once. Its owner sees it under Devices and access."""
    with transaction.atomic():
        _, made = Staff.objects.get_or_create(owner=user, defaults={"since": now})
        if made:
            access.note(user, access.What.STAFF, more=Access.BY_OPERATOR)


def end_staff(user: User) -> bool:
    """False where there was nothing to end."""
    with transaction.atomic():
        ended = bool(Staff.objects.filter(owner=user).delete()[0])
        if ended:
            access.note(user, access.What.NO_STAFF, more=Access.BY_OPERATOR)
    return ended


def tell(user: User, name: str, **words: Any) -> None:
    """One of the mails of the doors, as far as a mail server takes it."""
    try:
        send(name, user.email, **words)
    except OSError as error:
        log.warning("A mail could not be handed over: %s.", type(error).__name__)


def send(name: str, email: str, **words: Any) -> None:
    """Raises OSError where no mail server takes it."""
    context = {"operator": settings.ONWARD_OPERATOR, "site": settings.ONWARD_URL} | words
    get_adapter().render_mail(f"account/email/{name}", email, context).send()
