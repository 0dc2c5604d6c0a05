"""manage.py doctor: what is well, what is worth knowing, and where to look."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts import doctor as of_accounts
from accounts.models import Closing, Leaving, User
from config import doctor
from config.doctor import LOOK, NOTE, WELL, database, place, redis
from reminders import doctor as of_reminders
from reminders import zone_data
from reminders.models import Heartbeat
from scripts import services
from tests.reminders.conftest import reach
from tests.reminders.mailserver import serving


@pytest.fixture(autouse=True)
def here(settings: Any, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    settings.ONWARD_HOME, settings.ONWARD_LEDGER_FILE = tmp_path, tmp_path / "deleted"


def verdicts(found: Any) -> list[str]:
    return [one.verdict for one in found]


def words(found: Any) -> str:
    return " ".join(one.words for one in found)


def test_it_looks_at_every_part_and_says_how_many_are_open(db: None) -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("doctor", stdout=out)
    lines = out.getvalue().splitlines()
    assert left.value.code == 1
    assert list(dict.fromkeys(line[:17].strip() for line in lines[:-2])) == list(doctor.CHECKS)
    assert lines[-1] == f"{sum(line[17:26] == LOOK for line in lines)} to look at."
    assert "could not be looked at" not in out.getvalue()


def test_where_all_is_well_its_exit_code_is_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CHECKS", {"disk": "config.doctor.place.disk"})
    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue().endswith("\nAll well.\n")


def test_a_part_that_cannot_be_looked_at_says_its_kind_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise ValueError("postgresql://onward:heliotrope@db/onward")
        yield

    monkeypatch.setattr(place, "disk", broken)
    monkeypatch.setattr(doctor, "CHECKS", {"disk": "config.doctor.place.disk"})
    assert list(doctor.examine()) == [("disk", doctor.look("This could not be looked at: ValueError."))]


@pytest.mark.parametrize(
    ("address", "verdict"),
    [("http://127.0.0.1:8000", NOTE), ("http://journal.example", LOOK), ("https://journal.example", WELL)],
)
def test_a_public_address_wants_https(address: str, verdict: str, settings: Any) -> None:
    settings.ONWARD_URL, settings.HTTPS = address, address.startswith("https")
    assert verdicts(place.https()) == [verdict]


def test_debug_is_never_for_people(settings: Any) -> None:
    settings.DEBUG = True
    assert "DEBUG is on" in words(place.settings_hold())


def test_what_others_can_read_is_named_unless_its_folder_is_shut(settings: Any, tmp_path: Path) -> None:
    settings.ONWARD_KEYS_FILE, settings.EMBEDDED = tmp_path / "ring.json", False
    settings.ONWARD_KEYS_FILE.touch(0o644)
    assert verdicts(place.folder()) == [WELL]
    tmp_path.chmod(0o755)
    assert (verdicts(place.folder()), str(settings.ONWARD_KEYS_FILE) in words(place.folder())) == ([LOOK], True)
    settings.ONWARD_KEYS_FILE.chmod(0o600)
    assert verdicts(place.folder()) == [WELL]


def test_little_room_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdicts(place.disk()) == [WELL]
    monkeypatch.setattr(place, "ROOM", 1 << 60)
    assert verdicts(place.disk()) == [LOOK]


def test_the_database_is_told_by_its_name_and_keeps_what_it_is_given(db: None) -> None:
    assert {"sqlite": "SQLite 3", "postgresql": "PostgreSQL 1"}[connection.vendor] in words(database.reached())
    assert verdicts(database.tables()) == [WELL]
    if connection.vendor == "sqlite":
        assert verdicts(database._of_sqlite()) == [WELL]
        return
    with connection.cursor() as cursor:
        shown = {}
        for name in (*database.ON, "data_checksums"):
            cursor.execute(f"SHOW {name}")
            shown[name] = cursor.fetchone()[0]
    off = [name for name, value in shown.items() if value == "off"]
    found = [one for one in database.durability() if one.verdict == LOOK]
    assert len(found) == len(off)
    assert verdicts(database.same_hour()) == [WELL]


@pytest.mark.parametrize(
    ("here", "server", "verdict"), [(15, 15, WELL), (16, 15, WELL), (17, 15, LOOK), (18, 17, WELL)]
)
def test_a_pg_restore_that_the_server_would_refuse_is_seen(here: int, server: int, verdict: str) -> None:
    assert database.compared(here, server).verdict == verdict
    assert database.compared(server - 1, server).verdict == LOOK


def test_pg_restore_is_looked_at_where_it_is(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(services.postgres_binaries()))
    assert verdicts(database.tools()) == [WELL]
    monkeypatch.setenv("PATH", "/nowhere")
    assert verdicts(database.tools()) == {"sqlite": [WELL], "postgresql": [NOTE]}[connection.vendor]


def test_the_ring_opens_or_the_missing_key_is_named(ada: User, settings: Any, tmp_path: Path) -> None:
    assert verdicts(of_accounts.ring_opens()) == [WELL, NOTE, NOTE]
    settings.ONWARD_KEYS_FILE = tmp_path / "elsewhere.json"
    assert verdicts(of_accounts.ring_opens()) == [LOOK]
    assert "Never make a new one" in words(of_accounts.ring_opens())


def test_a_ledger_that_cannot_be_read_and_somebody_who_is_not_taken_out(ada: User, settings: Any) -> None:
    assert verdicts(of_accounts.ledger_reads()) == [WELL]
    Leaving.begin(ada, timezone.now() - timedelta(hours=2), at_once=True)
    assert "1 who left" in words(of_accounts.ledger_reads())
    settings.ONWARD_LEDGER_FILE.write_text("no ledger")
    assert verdicts(of_accounts.ledger_reads()) == [LOOK]


def test_who_runs_it_and_who_is_here(ada: User, settings: Any) -> None:
    settings.ONWARD_OPERATOR, settings.ONWARD_HELP_FILE = "the Harbour Library", "/etc/people.toml"
    settings.ONWARD_TEXTS = "/etc/onward"
    assert [tuple(one) for one in of_accounts.people()] == [(WELL, "1 here; sign-up is open")]
    settings.ONWARD_TEXTS = ""
    assert "ONWARD_TEXTS" in words(of_accounts.people())


def test_a_place_that_closes_says_so_and_looks_where_rows_stay(ada: User, settings: Any) -> None:
    settings.ONWARD_OPERATOR = settings.ONWARD_HELP_FILE = settings.ONWARD_TEXTS = "told"
    closing = Closing.decide((timezone.now() + timedelta(days=40)).date(), timezone.now())
    assert "sign-up is closed This place closes at" in words(of_accounts.people())
    for hours, verdict in ((0, NOTE), (2, LOOK)):
        Closing.objects.update(closes_at=timezone.now() - timedelta(hours=hours))
        assert verdicts(of_accounts.people()) == [WELL, verdict]
    ada.delete()
    closing.refresh_from_db()
    assert "no copy in a backup opens" in words(of_accounts.people())


def test_the_cache_keeps_what_it_is_given(db: None) -> None:
    assert verdicts(redis.cache_found()) == [WELL]
    assert verdicts(redis.workers()) == [NOTE]


@pytest.mark.parametrize(
    ("ago", "verdict"),
    [(timedelta(seconds=30), WELL), (timedelta(minutes=6), LOOK), (timedelta(hours=-1), LOOK)],
)
def test_the_last_pass_says_whether_the_clock_is_alive(ago: timedelta, verdict: str, db: None) -> None:
    assert verdicts(of_reminders.passes()) == [LOOK]
    Heartbeat.objects.create(name="tick", at=timezone.now() - ago)
    assert verdicts(of_reminders.passes()) == [verdict]


def test_the_mail_server_lets_us_in_or_is_named(settings: Any) -> None:
    settings.EMAIL_URL = ""
    assert verdicts(of_reminders.mail()) == [NOTE]
    with serving() as server:
        reach(settings, server.port)
        assert verdicts(of_reminders.mail()) == [WELL, NOTE]
    reach(settings, gone := services.free_port())
    assert f"127.0.0.1:{gone}" in words(of_reminders.mail())


def test_old_zone_files_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdicts(of_reminders.zone_files()) == [WELL]
    monkeypatch.setattr(zone_data, "OLD", timedelta(days=-9000))
    assert verdicts(of_reminders.zone_files()) == [LOOK]
