"""Doors with a mail server, and how to read what it was handed."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMessage

SECRET = "a long enough secret"


@pytest.fixture
def mail_leaves(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """As with EMAIL_URL: an address is verified by a code before anybody is signed in. How long each sign-up waited."""
    waited: list[float] = []
    monkeypatch.setattr("accounts.views.signup.time.sleep", waited.append)
    settings.EMAIL_URL = "smtp://mail.example:25"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    return waited


def code_in(mail: EmailMessage) -> str:
    [found] = re.findall(r"^    ([A-Z]{4}-[A-Z]{4})$", str(mail.body), flags=re.M)
    return str(found)


def sign_up(**more: str) -> dict[str, str]:
    person = {"email": "ada@example.com", "password1": SECRET, "first_line": "Began.", "time_zone": "Europe/Lisbon"}
    return person | more
