"""What others look for under /.well-known/."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from config.well_known import contacts

NOW = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)


def test_whom_to_tell_of_a_weakness(settings: object) -> None:
    settings.ONWARD_OPERATOR = "Mara Lind, mara@onward.example, https://onward.example/imprint."  # type: ignore[attr-defined]
    with time_machine.travel(NOW):
        answer = Client().get("/.well-known/security.txt")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:mara@onward.example",
        "Contact: https://onward.example/imprint",
        "Expires: 2027-05-26T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: http://127.0.0.1:8000/.well-known/security.txt",
    ]


@pytest.mark.parametrize("operator", ["", "Mara Lind, 14 Mill Lane", "http://onward.example", "mara@localhost"])
def test_nobody_is_named_who_cannot_be_reached(operator: str, settings: object) -> None:
    settings.ONWARD_OPERATOR = operator  # type: ignore[attr-defined]
    assert contacts(operator) == []
    assert Client().get("/.well-known/security.txt").status_code == 404


def test_a_line_of_the_operator_cannot_add_another() -> None:
    assert contacts("a@b.example\r\nCanonical: https://evil.example\n") == [
        "mailto:a@b.example",
        "https://evil.example",
    ]


def test_a_password_is_changed_where_it_is_changed(ada_client: Client) -> None:
    answer = Client().get("/.well-known/change-password")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/password/change/")
    assert ada_client.get(answer.headers["Location"]).status_code == 200
    assert Client().post("/.well-known/change-password").status_code == 405
