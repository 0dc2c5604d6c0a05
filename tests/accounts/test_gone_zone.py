"""A zone that was taken out of tzdata breaks no page, no pass and no copy; a name that was replaced goes on."""

import json
import time
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.days import is_zone, local_date, zone_of
from accounts.models import User
from config import passes
from journal.export import FORMATS
from journal.export.choice import WHOLE
from journal.models import Entry
from reminders import delivery, tokens
from reminders.models import Delivery, Schedule
from reminders.views import health
from tests import make
from tests.house.test_access import ALL, filled, words_of

GONE = "Mars/Olympus"
CANARY = "heliotrope-canary"
ASKED = "Which clock do you live by?"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(standing: None) -> dict[str, str]:
    return make.one_of_each(make.ada(), CANARY)


@pytest.fixture
def ada(kept: dict[str, str], db: None) -> User:
    return User.objects.get(email="ada@example.com")


@pytest.fixture
def rows(ada: User, kept: dict[str, str]) -> dict[str, str]:
    """Written while the zone still stood, letters agreed to, then the zone was gone."""
    Schedule.weekly(ada).change(NOW, active=True)
    token, link = tokens.new_link(ada, "weekly", datetime.now(UTC), monday=date(2026, 11, 16))
    link.save(force_insert=True)
    Entry._base_manager.filter(owner=ada).update(zone=GONE)
    User.objects.filter(pk=ada.pk).update(time_zone=GONE)
    ada.refresh_from_db()
    return kept | {"w": token, "u": Schedule.objects.get().stop_token}


OPENS = {
    "journal:today",
    "journal:entries",
    "journal:weeks.week",
    "reminders:letters",
    "reminders:answer",
    "reminders:stop",
}
# allauth's link of a verification is a pattern that only a token fills.
PAGES = [(name, route) for name, route, _ in ALL if "(?P" not in route]


@pytest.mark.parametrize(("name", "route"), PAGES, ids=[name for name, _ in PAGES])
def test_no_page_breaks(
    name: str, route: str, rows: dict[str, str], ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Five minutes after its start a place whose letters stand still says so.
    monkeypatch.setattr(health, "STARTED", time.monotonic())
    opened = ada_client.get(filled(route, defaultdict(lambda: "none", rows))).status_code
    # 405 is a form's address, which has no page; not every entry is a doubt, which alone has an answer.
    assert opened in (200, 204, 302, 303, 405) or (opened == 404 and name not in OPENS)


def test_the_walk_comes_to_the_pages_that_have_to_open() -> None:
    assert OPENS - {name for name, _ in PAGES} == set()


def test_days_are_utcs(rows: dict[str, str], ada: User) -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert (zone_of(ada).key, local_date(ada, late)) == ("UTC", date(2026, 11, 20))
    assert Entry.keep(ada, late, kind=Entry.Kind.WIN, body="Rested.").zone == "UTC"


def test_today_asks_for_it_and_is_answered(rows: dict[str, str], ada: User, ada_client: Client) -> None:
    assert ASKED in words_of(ada_client.get("/today/"))
    assert ada_client.post("/settings/reminders/zone/", {"time_zone": "Asia/Tokyo"}).status_code == 303
    assert ASKED not in words_of(ada_client.get("/today/"))
    ada.refresh_from_db()
    assert ada.time_zone == "Asia/Tokyo"
    assert Schedule.objects.get().next_at is not None


def test_the_letters_page_offers_the_zones_that_stand(rows: dict[str, str], ada_client: Client) -> None:
    page = words_of(ada_client.get("/settings/reminders/"))
    assert GONE not in page
    assert "Choose a city near you" in page
    assert "as soon as we know your time zone" in page


def test_no_letter_is_planned_and_the_pass_goes_on(rows: dict[str, str], ada: User, bea: User) -> None:
    User.objects.filter(pk=bea.pk).update(time_zone="Europe/Lisbon")
    bea.refresh_from_db()
    Schedule.weekly(bea).change(NOW, active=True)
    delivery.tick(SUNDAY)
    assert [letter.to for letter in mail.outbox] == [["bea@example.com"]]
    assert list(Delivery.objects.of(ada)) == []
    assert Schedule.objects.get(owner=ada).next_at is None


def test_one_that_was_planned_before_breaks_no_pass(ada: User) -> None:
    Schedule.weekly(ada).change(NOW, active=True)
    delivery.plan(SUNDAY)
    User.objects.filter(pk=ada.pk).update(time_zone=GONE)
    passes.run(SUNDAY + timedelta(minutes=1))
    assert len(mail.outbox) == 1


def test_what_was_written_under_it_is_shown_and_copied_as_it_was_kept(
    rows: dict[str, str], ada: User, ada_client: Client
) -> None:
    assert CANARY in words_of(ada_client.get("/entries/"))
    copied: Any = json.loads(b"".join(FORMATS["json"].chunks(ada, NOW, WHOLE)))
    assert {entry["zone"] for entry in copied["entries"]} == {GONE}
    assert copied["person"]["time_zone"] == GONE


@pytest.mark.parametrize(
    ("old", "new"),
    [("Asia/Calcutta", "Asia/Kolkata"), ("Europe/Kiev", "Europe/Kyiv"), ("US/Pacific", "America/Los_Angeles")],
)
def test_an_old_name_goes_on(old: str, new: str, ada: User, ada_client: Client) -> None:
    ada.time_zone = old
    ada.save(update_fields=["time_zone"])
    Schedule.weekly(ada).change(NOW, active=True)
    was = Schedule.objects.get().next_at
    assert is_zone(old)
    assert ASKED not in words_of(ada_client.get("/today/"))
    with time_machine.travel(NOW, tick=False):
        assert f"<option selected>{old}</option>" in words_of(ada_client.get("/settings/reminders/"))
    Schedule.objects.move(ada, new, NOW)
    assert Schedule.objects.get().next_at == was
