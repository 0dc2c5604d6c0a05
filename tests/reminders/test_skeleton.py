"""A letter that was filled in is the letter that would have been composed."""

from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from accounts.mail import Filled, Skeleton
from accounts.models import User
from reminders import letters, tokens
from reminders.kinds import KINDS
from reminders.models import Schedule
from reminders.models.schedule import stop_token
from tests.reminders.conftest import DUE

SLOT = date(2026, 11, 22)
ID = "<0e8f0a2e-0000-4000-8000-123456789abc@onward.example>"


def schedule_of(kind: str, email: str = "ada@example.com", **fields: Any) -> Schedule:
    user = User(email=email, time_zone="Europe/Lisbon")
    return Schedule(owner=user, kind=kind, stop_token=fields.get("stop_token") or stop_token())


def both(schedule: Schedule, monkeypatch: pytest.MonkeyPatch, **manner: bool) -> tuple[Any, Any]:
    """The same letter from a press that has written one before, and composed by itself; with the same secret."""
    manner = {"farewell": False, "discreet": False} | manner
    press = letters.Press()
    press.written(schedule_of(schedule.kind), SLOT, DUE, ID.replace("0e8f", "1111"), **manner)
    monkeypatch.setattr(tokens.secrets, "token_urlsafe", lambda size: "k" * 16 + "_-" + "Z9" * 7)
    filled = press.written(schedule, SLOT, DUE, ID, **manner)
    return filled.message, letters.written(schedule, SLOT, DUE, ID, **manner).message


def parts(mail: bytes) -> list[Any]:
    """All headers but those that differ each time (Date, the boundary), and the words of each part."""
    whole = message_from_bytes(mail, policy=policy.default)
    assert isinstance(whole, EmailMessage)
    return [
        (
            part.get_content_type(),
            [(name, str(value)) for name, value in part.items() if name not in ("Date", "Content-Type")],
            "" if part.is_multipart() else part.get_content(),
        )
        for part in whole.walk()
    ]


def sent(message: EmailMultiAlternatives) -> bytes:
    return message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]


@pytest.mark.parametrize("manner", [{}, {"discreet": True}, {"farewell": True}])
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_the_same_filled_in(
    kind: str, manner: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    filled, composed = both(schedule_of(kind), monkeypatch, **manner)
    assert isinstance(filled, Filled)
    assert not isinstance(composed, Filled)
    assert parts(filled.wire) == parts(sent(composed))
    assert parts(filled.wire) == parts(sent(filled))
    assert len(filled.wire) == len(sent(filled))


@pytest.mark.parametrize(
    "email",
    ["o'neill+x=y_z@sub.example.com", "a@b", "{x}%s@example.com", "x" * 52 + "@example.com", "-n@example.com"],
)
def test_an_odd_address_stands_in_it_as_it_would(email: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled, composed = both(schedule_of("weekly", email), monkeypatch)
    assert isinstance(filled, Filled)
    assert parts(filled.wire) == parts(sent(composed))


@pytest.mark.parametrize(
    "email",
    [
        "p0@example.com\nBcc: bea@example.com",
        "p0@example.com\r\n\r\nwords",
        "a@example.com, b@example.com",
        '"a b"@example.com',
        "A <a@example.com>",
        "p\u00f60@example.com",
        "p0@ex\u00e4mple.com",
        "p0@",
        "@",
        "",
        "a@example.com ",
        "x" * 60 + "@example.com",
        "a@[127.0.0.1]",
        "a(b)@example.com",
        "a@b@example.com",
        ".a@example.com",
    ],
)
def test_what_is_no_plain_address_is_left_to_the_library(email: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Skeleton.takes(email)
    message, _ = both(schedule_of("weekly", email), monkeypatch)
    assert not isinstance(message, Filled)
    assert message.to == [email]


def test_what_is_filled_in_is_not_filled_in_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever knew a mark could still not have it replaced."""
    message = letters.written(schedule_of("weekly"), SLOT, DUE, ID).message
    marks = {"a": message.to[0].split("@")[0], "message_id": ID}
    with pytest.raises(ValueError, match="survive"):
        Skeleton(message, {"gone": "no such word"} | marks | {"body": "Onward\n\n--"})
    filled = Skeleton(message, {"message_id": ID}).filled("ada@example.com", message_id="<ada@example.com>")
    assert b"\r\nMessage-ID: <ada@example.com>\r\n" in filled.wire


def test_two_readers_share_no_secret() -> None:
    press = letters.Press()
    pair = [press.written(schedule_of("weekly", f"{name}@example.com"), SLOT, DUE, ID, False, False) for name in "ab"]
    first, second = (set(message_from_bytes(one.message.wire).as_string().split()) for one in pair)  # type: ignore[attr-defined]
    assert {word for word in first & second if "/w/" in word or "/u/" in word} == set()
    assert len({one.link.digest for one in pair if one.link}) == 2


def test_a_press_keeps_a_bounded_number_of_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    press = letters.Press()
    monkeypatch.setattr(press, "MOST", 2)
    for kind in KINDS:
        press.written(schedule_of(kind), SLOT, DUE, ID, False, False)
    assert len(press._skeletons) <= 2
