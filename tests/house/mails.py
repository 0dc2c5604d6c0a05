"""Every mail that the product can send, made for one person whose name and journal would be noticed in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import RequestFactory
from django.utils import translation

from accounts.models import Leaving, User
from reminders import letters, replies
from reminders.kinds import KINDS, WEEKLY
from reminders.models import Schedule
from tests.house import tree
from tests.reminders.conftest import DUE, FRIDAY

LETTERS = tree.ROOT / "templates" / "reminders" / "mail"
ACCOUNT = tree.ROOT / "templates" / "account" / "email"
SECOND = tree.ROOT / "templates" / "mfa" / "email"
SITE = "https://onward.example"
ID = "<0b16bf0e-5d0e-4f8e-9a8f-3f6f3c3b7a11@onward.example>"
SUBJECT = ".subject.txt"
LANGUAGES = [code for code, _ in settings.LANGUAGES]


class Manner(NamedTuple):
    """How one letter is made: its kind, whether it is the note that says farewell, whether its subject says nothing,
    whether it can be answered by replying.
    """

    kind: str
    farewell: bool
    discreet: bool
    language: str
    answerable: bool = False

    def __str__(self) -> str:
        words = [
            self.kind,
            self.farewell and "farewell",
            self.discreet and "discreet",
            self.language,
            self.answerable and "answerable",
        ]
        return "-".join(word for word in words if word)


def manners() -> Iterator[Manner]:
    for language in LANGUAGES:
        for kind in KINDS:
            for farewell in (False, True):
                for discreet in (False, True):
                    yield Manner(kind, farewell, discreet, language)
        yield Manner(WEEKLY, farewell=False, discreet=False, language=language, answerable=True)


def letter(user: User, manner: Manner) -> EmailMultiAlternatives:
    user.language = manner.language
    user.save()
    if manner.answerable:
        replies.decide(user, True, FRIDAY)
    Schedule.one(user, manner.kind).change(FRIDAY, active=True)
    how = {"farewell": manner.farewell, "discreet": manner.discreet}
    return letters.written(Schedule.one(user, manner.kind), date(2026, 11, 22), DUE, ID, **how).message


def account_names() -> list[str]:
    return sorted(
        f"{folder.parent.name}/email/{path.name.removesuffix('_subject.txt')}"
        for folder in (ACCOUNT, SECOND)
        for path in folder.glob("*_subject.txt")
    )


def account_mail(user: User, name: str, language: str) -> Any:
    """As allauth sends it, from a page that somebody has open."""
    request = RequestFactory().post("/")
    SessionMiddleware(lambda request: None).process_request(request)  # type: ignore[arg-type, return-value]
    MessageMiddleware(lambda request: None).process_request(request)  # type: ignore[arg-type, return-value]
    known = {
        "ip": "192.0.2.7",
        "user_agent": "a browser",
        "device": "Firefox on Linux",
        "now": DUE,
        "from_email": user.email,
        "to_email": "ada@elsewhere.example",
        "link": f"{SITE}/account/invited/{'t' * 32}/",
        "expires_at": DUE,
        "leaving": Leaving(owner=user, asked_at=DUE, goes_at=DUE + Leaving.DAYS),
    }
    request.user = user
    with request_context(request), translation.override(language):
        get_adapter(request).send_mail(name, user.email, {"user": user, "code": "BCDF-GHJK", "key": "k", **known})
    [message] = mail.outbox
    return message
