"""Other zone files: every letter that is still to come is reckoned anew, once, and none comes twice."""

import subprocess
import sys
import time
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tzdata import IANA_VERSION

from accounts import days
from accounts.models import User
from config import passes
from reminders import delivery, zone_data
from reminders.models import Schedule, Silence, ZoneData
from tests.reminders.conftest import DAY, DUE, FRIDAY, HOUR, MINUTE, agree
from tests.running import ROOT, Running

LISBON, PARIS, AZORES = "Europe/Lisbon", "Europe/Paris", "Atlantic/Azores"
Edition = Callable[..., None]


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    """`edition(**{LISBON: PARIS})`: zone files in which Lisbon goes by the clocks of Paris; None takes a zone away."""

    def other(**clocks: str) -> None:
        for name, like in clocks.items():
            place = tmp_path / name
            place.parent.mkdir(exist_ok=True, parents=True)
            place.write_bytes(files("tzdata").joinpath("zoneinfo", *like.split("/")).read_bytes())
        told(tmp_path)

    def told(*folders: Path) -> None:
        zoneinfo.reset_tzpath(to=[str(folder) for folder in folders])
        zoneinfo.ZoneInfo.clear_cache()
        days.known.cache_clear()

    yield other
    told()


@pytest.fixture
def noted(agreed: Schedule) -> None:
    """All was reckoned by an older edition."""
    ZoneData.objects.create(name=zone_data.NAME, version="2026e", at=FRIDAY)


def people(number: int) -> list[Schedule]:
    made = [
        User.objects.create_user(f"p{n}@example.com", "a long enough secret", time_zone=LISBON) for n in range(number)
    ]
    for user in made:
        agree(user)
    return list(Schedule.objects.order_by("pk"))


def next_of(user: User) -> datetime | None:
    return Schedule.objects.get(owner=user).next_at


def standing() -> tuple[str, str, UUID | None]:
    return ZoneData.objects.values_list("version", "towards", "reached").get()


def test_nothing_but_one_question_while_the_edition_is_the_same(agreed: Schedule) -> None:
    zone_data.tick(FRIDAY)
    assert standing() == (IANA_VERSION, "", None)
    with CaptureQueriesContext(connection) as asked:
        zone_data.tick(FRIDAY)
    assert len(asked) == 1


def test_each_next_letter_is_reckoned_by_the_new_files(
    noted: None, ada: User, bea: User, edition: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    agree(bea)
    tokyo = next_of(bea)
    edition(**{LISBON: PARIS})
    with caplog.at_level("INFO"):
        zone_data.tick(FRIDAY)
        zone_data.tick(FRIDAY + MINUTE)
    assert (next_of(ada), next_of(bea)) == (DUE - HOUR, tokyo)
    assert standing() == (IANA_VERSION, "", None)
    [line] = [record for record in caplog.records if record.name == zone_data.log.name]
    assert line.said == {"version": IANA_VERSION, "was": "2026e", "moved": 1}


def test_where_the_instant_is_the_same_nothing_is_written(noted: None, ada: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        zone_data.tick(FRIDAY)
    assert [query["sql"] for query in asked if 'UPDATE "reminders_schedule"' in query["sql"]] == []
    assert next_of(ada) == DUE
    assert ZoneData.objects.get().at == FRIDAY


def test_a_letter_that_was_due_a_moment_ago_by_the_new_files_still_goes(
    noted: None, ada: User, edition: Edition
) -> None:
    edition(**{LISBON: PARIS})
    now = DUE - 30 * MINUTE
    zone_data.tick(now)
    delivery.tick(now)
    delivery.tick(DUE)
    assert len(mail.outbox) == 1
    assert next_of(ada) == DUE - HOUR + 7 * DAY


def test_one_that_was_due_waits_where_the_new_files_say_later(noted: None, ada: User, edition: Edition) -> None:
    edition(**{LISBON: AZORES})
    zone_data.tick(DUE + MINUTE)
    delivery.tick(DUE + MINUTE)
    assert mail.outbox == []
    delivery.tick(DUE + HOUR)
    assert len(mail.outbox) == 1


def test_a_letter_that_left_by_the_old_files_comes_by_the_new_ones_no_more(
    noted: None, ada: User, edition: Edition
) -> None:
    delivery.tick(DUE)
    edition(**{LISBON: AZORES})
    zone_data.tick(DUE + MINUTE)
    for minutes in (2, 60, 61, 120):
        delivery.tick(DUE + minutes * MINUTE)
    assert len(mail.outbox) == 1
    assert next_of(ada) == DUE + HOUR + 7 * DAY


def test_without_its_zone_no_letter_is_due_and_with_it_one_is_again(noted: None, ada: User, edition: Edition) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="Mars/Olympus")
    zone_data.tick(FRIDAY)
    assert next_of(ada) is None
    edition(**{"Mars/Olympus": PARIS})
    ZoneData.objects.update(version="2026e")
    zone_data.tick(FRIDAY)
    assert next_of(ada) == DUE - HOUR


def test_who_is_silent_gets_no_next_letter_by_it(noted: None, ada: User, edition: Edition) -> None:
    Silence.begin(ada.pk, Silence.Why.UNANSWERED, FRIDAY)
    edition(**{LISBON: PARIS})
    zone_data.tick(FRIDAY)
    assert (next_of(ada), standing()[0]) == (None, IANA_VERSION)


def test_a_pass_that_was_cut_off_is_gone_on_with(noted: None, edition: Edition) -> None:
    first, *rest = people(3)
    ZoneData.objects.update(towards=IANA_VERSION, reached=first.pk, moved=1)
    edition(**{LISBON: PARIS})
    zone_data.tick(FRIDAY)
    first.refresh_from_db()
    assert first.next_at == DUE
    assert set(Schedule.objects.exclude(pk=first.pk).values_list("next_at", flat=True)) == {DUE - HOUR}
    assert (standing()[0], ZoneData.objects.get().moved) == (IANA_VERSION, 1 + len(rest))


def test_one_that_was_cut_off_towards_another_edition_begins_anew(noted: None, edition: Edition) -> None:
    *_, last = people(2)
    ZoneData.objects.update(towards="2026d", reached=last.pk, moved=7)
    edition(**{LISBON: PARIS})
    zone_data.tick(FRIDAY)
    assert set(Schedule.objects.values_list("next_at", flat=True)) == {DUE - HOUR}
    assert (standing()[0], ZoneData.objects.get().moved) == (IANA_VERSION, 3)


def test_who_comes_late_to_the_same_work_changes_nothing(
    noted: None, ada: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Two passes saw the old edition; one had done all of it before the other began."""
    seen = ZoneData.objects.get()
    with caplog.at_level("INFO"):
        zone_data.tick(FRIDAY)
        zone_data._take_up(seen, FRIDAY + DAY)
    assert (standing(), ZoneData.objects.get().at) == ((IANA_VERSION, "", None), FRIDAY)
    assert len([record for record in caplog.records if record.name == zone_data.log.name]) == 1


def test_what_somebody_changes_meanwhile_is_theirs(noted: None, ada: User, edition: Edition) -> None:
    seen = Schedule.objects.select_related("owner").get()
    Schedule.objects.move(User.objects.get(pk=ada.pk), "Asia/Tokyo", FRIDAY)
    theirs = next_of(ada)
    edition(**{LISBON: PARIS})
    assert zone_data._reckon([seen], FRIDAY) == 0
    assert next_of(ada) == theirs


def test_no_more_than_a_batch_is_held_at_once(noted: None, monkeypatch: pytest.MonkeyPatch) -> None:
    people(4)
    monkeypatch.setattr(zone_data, "BATCH", 2)
    with CaptureQueriesContext(connection) as asked:
        zone_data.tick(FRIDAY)
    read = [query["sql"] for query in asked if 'FROM "reminders_schedule"' in query["sql"]]
    assert len(read) == 4
    assert all(sql.endswith("LIMIT 2") for sql in read)


def test_a_pass_takes_no_longer_than_it_may(noted: None, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone_data, "LONGEST", 0.0)
    zone_data.tick(FRIDAY)
    assert standing() == ("2026e", IANA_VERSION, None)
    monkeypatch.undo()
    zone_data.tick(FRIDAY)
    assert standing()[0] == IANA_VERSION


HELD = """
from datetime import datetime, timedelta
from accounts.models import User
from reminders.models import Schedule
for number in range(3):
    user = User(email=f"p{number}@example.com", time_zone="Europe/Lisbon", password="!")
    user.save()
    Schedule.weekly(user).change(datetime.fromisoformat("2026-11-20T12:00+00:00"), active=True)
Schedule.objects.update(next_at=datetime.fromisoformat("2026-11-22T19:00+00:00"))
"""
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.mark.services
def test_a_row_that_somebody_holds_is_waited_for_with_nothing_in_hand(
    running: Callable[..., Running], production: dict[str, str]
) -> None:
    onward = running(**production)
    onward.home.mkdir(parents=True)
    onward.manage("prepare")
    onward.manage("shell", "-v0", "-c", HELD)
    with psycopg.connect(production["DATABASE_URL"]) as other, psycopg.connect(production["DATABASE_URL"]) as eye:
        eye.autocommit = True
        other.execute("SELECT 1 FROM reminders_schedule ORDER BY id LIMIT 1 FOR UPDATE")
        command = [sys.executable, "manage.py", "tick", "--now", "2026-11-20T13:00Z"]
        clock = subprocess.Popen(command, cwd=ROOT, env=onward.environment)
        deadline = time.monotonic() + 60
        while eye.execute(WAITS).fetchone() != (1,) and time.monotonic() < deadline:
            time.sleep(0.01)
        moved = eye.execute("SELECT count(*) FROM reminders_schedule WHERE next_at = %s", [DUE]).fetchone()
        other.rollback()
        assert (moved, clock.wait(60)) == ((2,), 0)
        assert eye.execute("SELECT DISTINCT next_at FROM reminders_schedule").fetchall() == [(DUE,)]
        assert eye.execute("SELECT version, moved FROM reminders_zonedata").fetchone() == (IANA_VERSION, 3)


# Age


def test_the_pinned_edition_is_one_whose_day_we_know() -> None:
    assert IANA_VERSION in zone_data.PUBLISHED


@pytest.mark.parametrize(("days_after", "old"), [(0, False), (180, False), (181, True)])
def test_half_a_year_after_its_day_it_is_old(days_after: int, old: bool) -> None:
    assert bool(zone_data.too_old(zone_data.published() + timedelta(days=days_after))) is old


def test_of_an_edition_that_nobody_noted_the_end_of_its_year_is_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone_data, "IANA_VERSION", "2031b")
    assert zone_data.published() == date(2031, 12, 31)


def test_the_check_and_the_loop_say_so(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    with time_machine.travel(datetime(2036, 1, 1, tzinfo=UTC), tick=False):
        # What else it finds is about the settings of tests.
        call_command("check", deploy=True, fail_level="CRITICAL")
        passes.begin(datetime.now(UTC).date())
    said = f"The zone files (tzdata {IANA_VERSION}) are more than 180 days old: there may be newer ones."
    assert said in capsys.readouterr().err
    assert said in [record.getMessage() for record in caplog.records]


def test_fresh_ones_are_not_spoken_of(caplog: pytest.LogCaptureFixture) -> None:
    zone_data.warn_if_old(zone_data.published())
    assert caplog.records == []
