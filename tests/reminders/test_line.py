"""The page behind the link of a daily letter: one line, kept under the day that the letter asked about."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from journal.models import Entry
from reminders import tokens
from tests.reminders.conftest import DAY, HOUR

EVENING = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
SATURDAY = date(2026, 11, 21)


@pytest.fixture
def address(ada: User) -> str:
    token, link = tokens.new_link(ada, "daily", EVENING, monday=date(2026, 11, 16), day=SATURDAY)
    link.save()
    return f"/w/{token}/"


def kept(user: User) -> list[tuple[str, str, date]]:
    return list(Entry.objects.of(user).order_by("created_at").values_list("kind", "body", "local_date"))


def test_one_line_is_kept_as_something_done_on_the_day_of_the_letter(address: str, ada: User, bea: User) -> None:
    with time_machine.travel(EVENING + 14 * HOUR, tick=False):
        answer = Client().post(address, {"line": "  Sat in the sun.  ", "id": str(uuid4())})
    assert (answer.status_code, answer["Location"]) == (303, f"{address}kept/?n=1")
    [entry] = Entry.objects.of(ada)
    assert (entry.kind, entry.body, entry.local_date) == ("win", "Sat in the sun.", SATURDAY)
    assert kept(bea) == []


def test_by_a_clock_that_is_still_on_the_day_before_it_is_kept_under_that_one(address: str, ada: User) -> None:
    ada.time_zone = "Pacific/Pago_Pago"
    ada.save()
    with time_machine.travel(datetime(2026, 11, 21, 9, tzinfo=UTC), tick=False):
        Client().post(address, {"line": "Still Friday here.", "id": str(uuid4())})
    assert [row[2] for row in kept(ada)] == [date(2026, 11, 20)]


def test_sent_twice_it_is_kept_once(address: str, ada: User) -> None:
    form = {"line": "Once.", "id": str(uuid4())}
    with time_machine.travel(EVENING, tick=False):
        for _ in range(3):
            Client().post(address, form)
        Client().post(address, form | {"line": "Something else, after Back."})
    assert sorted(entry.body for entry in Entry.objects.of(ada)) == ["Once.", "Something else, after Back."]


@pytest.mark.parametrize("line", ["", "   ", "\x00"])
def test_a_blank_line_is_asked_for_again(address: str, ada: User, line: str) -> None:
    with time_machine.travel(EVENING, tick=False):
        answer = Client().post(address, {"line": line})
    assert answer.status_code == 422
    assert "One word is enough. A blank line can’t be kept." in answer.content.decode()
    assert kept(ada) == []


def test_what_was_typed_stays_where_the_link_is_full(address: str, ada: User) -> None:
    with time_machine.travel(EVENING, tick=False):
        for number in range(10):
            Client().post(address, {"line": f"Line {number}", "id": str(uuid4())})
        full = Client().post(address, {"line": "The eleventh <b>", "id": str(uuid4())})
    assert full.status_code == 429
    assert "The eleventh &lt;b&gt;" in full.content.decode()
    assert len(kept(ada)) == 10


def test_the_page_shows_the_day_and_nothing_of_the_journal(address: str, ada: User) -> None:
    Entry.keep(ada, EVENING - DAY, kind="win", body="heliotrope-canary")
    with time_machine.travel(EVENING, tick=False):
        page: Any = Client().get(address)
    shown = page.content.decode()
    assert "For Saturday 21 November." in shown
    assert "heliotrope-canary" not in shown
    assert 'name="proud-0"' not in shown
    assert page.cookies == {}


def test_after_two_days_it_is_closed(address: str) -> None:
    for later, status in ((2 * DAY - HOUR, 200), (2 * DAY, 404)):
        with time_machine.travel(EVENING + later, tick=False):
            assert Client().get(address).status_code == status
