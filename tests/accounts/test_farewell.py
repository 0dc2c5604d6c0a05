"""A place that closes: told long before, open until then, and afterwards nothing that anybody could read."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import keys, leaving, ledger, shredding
from accounts.closings import Closing, first_day
from accounts.models import DataKey, Leaving, User
from journal.models import Entry
from tests import make
from tests.walks.crawl import text_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ON = date(2027, 1, 31)
THEN = datetime(2027, 1, 31, 12, tzinfo=UTC)
Farewell = Callable[..., str]


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.ONWARD_LEDGER_FILE = tmp_path / "deleted"


@pytest.fixture
def farewell() -> Farewell:
    def run(*words: str, now: datetime = NOW) -> str:
        out = io.StringIO()
        with time_machine.travel(now, tick=False):
            call_command("farewell", *words, stdout=out)
        return out.getvalue()

    return run


def standing() -> date | None:
    closing = Closing.standing()
    return closing.on if closing else None


# Deciding


def test_it_is_asked_for_with_its_date_and_nothing_else_will_do(
    farewell: Farewell, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert farewell() == "This place stays open. `--on` a day closes it.\n"
    for typed in ("", "yes", "2027-01-30"):
        monkeypatch.setattr("builtins.input", lambda question, typed=typed: typed)
        with pytest.raises(CommandError, match="Nothing has changed"):
            farewell("--on", "2027-01-31")
    assert standing() is None
    monkeypatch.setattr("builtins.input", lambda question: "2027-01-31")
    assert farewell("--on", "2027-01-31").startswith("This place closes at 2027-01-31 12:00 UTC.")
    assert standing() == ON
    with pytest.raises(CommandError, match="Nothing has changed"):
        farewell("--never")
    monkeypatch.setattr("builtins.input", lambda question: "stay")
    assert farewell("--never").startswith("This place stays.")
    assert standing() is None


def test_a_day_that_is_less_than_thirty_days_away_is_too_soon(farewell: Farewell, ada: User) -> None:
    first = first_day(NOW)
    assert first - (NOW + timedelta(days=30)).date() == DAY
    for too_soon in (NOW.date(), first - DAY, date(2020, 1, 1)):
        with pytest.raises(CommandError, match="too soon"):
            farewell("--on", str(too_soon), "--yes")
    with pytest.raises(CommandError, match="People are here"):
        farewell("--on", str(first), "--while-empty", "--yes")
    farewell("--on", str(first), "--yes")
    assert standing() == first


def test_another_day_is_never_sooner_than_people_were_told(farewell: Farewell, ada: User) -> None:
    farewell("--on", str(ON), "--yes")
    soon = THEN - 5 * DAY
    with pytest.raises(CommandError, match="2027-01-31 is the first"):
        farewell("--on", "2027-01-30", "--yes", now=soon)
    farewell("--on", "2027-02-03", "--yes", now=soon)
    assert standing() == date(2027, 2, 3)
    farewell("--on", str(first_day(NOW)), "--yes")
    assert (standing(), Closing.objects.count()) == (first_day(NOW), 3)


def test_where_nobody_is_here_any_day_will_do(farewell: Farewell, db: None) -> None:
    with pytest.raises(CommandError, match="is over"):
        farewell("--on", "2026-11-19", "--while-empty", "--yes")
    farewell("--on", "2026-11-20", "--while-empty", "--yes", now=NOW - timedelta(hours=1))
    assert "closed at 2026-11-20" in farewell()
    for words in (("--never",), ("--on", "2027-01-31")):
        with pytest.raises(CommandError, match="nothing of it can be taken back"):
            farewell(*words, "--yes")


def test_nothing_is_decided_where_nobody_could_be_noted(farewell: Farewell, ada: User, settings: Any) -> None:
    settings.ONWARD_LEDGER_FILE.write_text("no ledger")
    with pytest.raises(CommandError, match="nothing has changed"):
        farewell("--on", str(ON), "--yes")
    assert standing() is None


# Until then


def test_the_app_says_it_by_each_readers_clock_and_nobody_begins_here(
    farewell: Farewell, ada: User, ada_client: Client, bea: User, bea_client: Client, client: Client
) -> None:
    """bea's Tokyo is nine hours ahead."""
    farewell("--on", str(ON), "--yes")
    for page in ("/today/", "/export/"):
        assert "on Sunday, 31 January 2027, at 12:00 by the clocks in Lisbon" in text_of(ada_client.get(page))
        assert "on Sunday, 31 January 2027, at 21:00 by the clocks in Tokyo" in text_of(bea_client.get(page))
    assert 'name="first_line"' not in client.get("/").content.decode()
    assert "closes on 31 January 2027" in text_of(client.get("/"))
    page = client.post("/account/signup/", {"email": "cleo@example.com", "password1": "x" * 20, "first_line": "Mine."})
    assert (page.status_code, "closes on 31 January 2027" in text_of(page)) == (403, True)
    assert "Mine." in text_of(page)
    with pytest.raises(CommandError, match="closes on 2027-01-31"):
        call_command("person", "invite")
    farewell("--never", "--yes")
    assert "closes for good" not in text_of(ada_client.get("/today/"))
    assert 'name="first_line"' in client.get("/").content.decode()


def test_copies_can_be_taken_as_often_as_one_likes(
    farewell: Farewell, ada: User, client: Client, settings: Any
) -> None:
    settings.LIMITS = {"export": (1, 3600)}
    client.post("/account/login/", {"login": ada.email, "password": "a long enough secret"})
    copies = [client.post("/export/", {"format": "json"}).status_code for _ in range(2)]
    farewell("--on", str(ON), "--yes")
    copies += [client.post("/export/", {"format": "json"}).status_code for _ in range(2)]
    assert copies == [200, 429, 200, 200]


# On the day


def test_on_the_day_everything_is_gone_and_the_first_page_says_so(
    farewell: Farewell, ada: User, bea: User, ada_client: Client, client: Client
) -> None:
    make.one_of_each(ada, "heliotrope")
    make.entry(bea, "Mine.")
    farewell("--on", str(ON), "--yes")
    shredding.tick(THEN - timedelta(seconds=1))
    assert User.objects.filter(is_active=True).count() == 2
    shredding.tick(THEN)
    left = {model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}
    whose_own = ("contenttypes.", "auth.Permission", "sites.")
    assert {name: count for name, count in left.items() if count and not name.startswith(whose_own)} == {
        "accounts.Closing": 1
    }
    assert sorted(ledger.noted([ada.pk, bea.pk])) == sorted([ada.pk, bea.pk])
    with time_machine.travel(THEN + DAY, tick=False):
        page = text_of(client.get("/"))
        assert "Onward was open here until 31 January 2027." in page
        assert "Copies in backups can be read by nobody from 7 February 2027 on." in page
        assert "Sign in" not in page
        for door in ("/account/login/", "/account/signup/"):
            assert client.get(door).headers["Location"] == "/"
        assert ada_client.get("/today/").status_code == 302
    assert "everything is gone" in farewell(now=THEN + DAY)


def test_a_pass_that_has_no_more_time_leaves_the_rest_to_the_next(ada: User, bea: User) -> None:
    """Three questions a pass: first the doors, then the keys of all, then the rows."""
    make.entry(ada)
    closing = Closing.decide(ON, NOW)
    seen = []
    while not closing.gone_at and len(seen) < 10:
        steps = iter([True] * 3)
        shredding.shred(closing, THEN, partial(next, steps, False))
        closing.refresh_from_db()
        active = User.objects.filter(is_active=True).count()
        seen.append((active, DataKey.objects.count(), User.objects.count()))
    assert seen == [(0, 0, 2), (0, 0, 0)]


def test_cut_off_between_two_people_it_takes_up_the_other(
    ada: User, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Closing.decide(ON, NOW)
    first, second = User.objects.order_by("pk")
    note = ledger.note

    def killed(owner: Any, now: datetime) -> None:
        if owner == second.pk:
            raise KeyboardInterrupt
        note(owner, now)

    monkeypatch.setattr(ledger, "note", killed)
    with pytest.raises(KeyboardInterrupt):
        shredding.tick(THEN)
    assert list(DataKey.objects.values_list("owner_id", flat=True)) == [second.pk]
    assert User.objects.count() == 2
    monkeypatch.setattr(ledger, "note", note)
    shredding.tick(THEN + DAY)
    assert (User.objects.count(), DataKey.objects.count()) == (0, 0)
    assert Closing.objects.get().gone_at == THEN + DAY
    shredding.tick(THEN + 2 * DAY)
    assert Closing.objects.get().gone_at == THEN + DAY


def test_where_nobody_can_be_noted_nothing_is_destroyed(ada: User, settings: Any) -> None:
    Closing.decide(ON, NOW)
    settings.ONWARD_LEDGER_FILE.write_text("no ledger")
    shredding.tick(THEN)
    assert (User.objects.count(), DataKey.objects.count()) == (1, 1)
    settings.ONWARD_LEDGER_FILE.unlink()
    shredding.tick(THEN)
    assert User.objects.count() == 0


def test_whoever_comes_back_with_a_backup_is_taken_out_again(ada: User, bea: User) -> None:
    Closing.decide(ON, NOW)
    shredding.tick(THEN)
    Closing.objects.all().delete()  # a backup from before it was decided
    User.objects.bulk_create([ada, bea])
    for person in (ada, bea):
        keys.create(person.pk)
    make.entry(ada)
    assert leaving.replay() == 2
    assert (User.objects.count(), Entry.objects.count()) == (0, 0)


def test_somebody_who_is_leaving_does_not_come_back_into_a_closed_place(ada: User) -> None:
    Leaving.begin(ada, THEN - DAY, at_once=False)
    Closing.decide(ON, NOW)
    with time_machine.travel(THEN, tick=False):
        client = Client()
        answer = client.post("/account/login/", {"login": ada.email, "password": "a long enough secret"})
        assert answer.headers["Location"] == "/"
