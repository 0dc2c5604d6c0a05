"""Leaving: asked twice, undone for seven days, and then nothing that anybody could read, from no backup either."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts import keys, leaving, ledger
from accounts.models import DataKey, Leaving, User
from config import passes
from journal.models import Entry
from reminders import delivery, tokens
from reminders.models import Delivery, Schedule
from tests import make
from tests.walks.crawl import text_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
SAID = {"when": "week", "password": "a long enough secret", "word": "leave"}
ADDRESS = "/settings/leaving/"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.ONWARD_LEDGER_FILE = tmp_path / "deleted"


def sign_in(email: str = "ada@example.com") -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/account/login/", {"login": email, "password": "a long enough secret"})


def test_it_is_closed_at_once_everywhere(ada: User, ada_client: Client, client: Client) -> None:
    make.entry(ada)
    elsewhere, _ = sign_in()
    assert elsewhere.get("/today/").status_code == 200
    answer = ada_client.post(ADDRESS, SAID)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/left/")
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert [one.get("/today/").status_code for one in (ada_client, elsewhere)] == [302, 302]
    assert "for seven days" in text_of(ada_client.get("/left/"))
    assert Entry.objects.of(ada).count() == 1


def test_one_press_brings_it_back(ada: User, ada_client: Client) -> None:
    kept = make.entry(ada, "The kettle is on.")
    with time_machine.travel(NOW, tick=False):
        ada_client.post(ADDRESS, SAID)
    with time_machine.travel(NOW + timedelta(days=6, hours=23), tick=False):
        client, page = sign_in()
        assert page.status_code == 200
        assert "Until 27 November 2026" in text_of(page)
        assert client.get("/today/").status_code == 302
        assert client.post(f"{ADDRESS}return/").headers["Location"] == "/today/"
        assert "Welcome back" in text_of(client.get("/today/"))
        assert "The kettle is on." in text_of(client.get(f"/entries/{kept.pk}/"))
    assert not Leaving.objects.exists()


def test_words_that_come_with_the_sign_in_come_along(ada: User, ada_client: Client) -> None:
    ada_client.post(ADDRESS, SAID)
    client = Client()
    door = {"login": ada.email, "password": "a long enough secret", "again": "/entries/", "again.body": "Still here."}
    page = client.post("/account/login/", door)
    assert "Still here." in text_of(page)
    back = client.post(f"{ADDRESS}return/", {"again": "/entries/", "again.body": "Still here."})
    assert "Still here." in text_of(back)
    assert "Still here." not in str(dict(client.session))


def test_words_that_come_too_late_for_the_way_back_are_shown_once_more(ada: User, ada_client: Client) -> None:
    ada_client.post(ADDRESS, SAID)
    answer = Client().post(f"{ADDRESS}return/", {"again": "/entries/", "again.body": "Still here."})
    assert (answer.status_code, "Still here." in text_of(answer)) == (403, True)


def test_the_way_back_asks_for_a_password_of_a_moment_ago(ada: User, ada_client: Client, bea_client: Client) -> None:
    ada_client.post(ADDRESS, SAID)
    for stranger in (Client(), bea_client, ada_client):
        assert stranger.post(f"{ADDRESS}return/").headers["Location"] == "/account/login/"
    client, _ = sign_in()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11), tick=False):
        assert client.post(f"{ADDRESS}return/").headers["Location"] == "/account/login/"
    assert Leaving.objects.get().owner == ada


def test_after_seven_days_everything_is_gone_and_nobody_elses_row_is(
    ada: User, bea: User, ada_client: Client, client: Client
) -> None:
    make.one_of_each(ada, "heliotrope")
    theirs = make.entry(bea, "Mine.")
    with time_machine.travel(NOW, tick=False):
        ada_client.post(ADDRESS, SAID)
    passes.run(NOW + WEEK - timedelta(minutes=1))
    assert User.objects.count() == 2
    passes.run(NOW + WEEK)
    assert list(User.objects.all()) == [bea]
    assert list(DataKey.objects.values_list("owner_id", flat=True)) == [bea.pk]
    assert list(Entry.objects.all()) == [theirs]
    assert list(ledger.noted([ada.pk, bea.pk])) == [ada.pk]
    _, answer = sign_in()
    assert "don’t open a journal together" in text_of(answer)


def test_no_table_holds_a_row_of_whoever_left(ada: User) -> None:
    """Found by looking at every table, so that a new one cannot be forgotten."""
    from django.apps import apps

    make.one_of_each(ada, "heliotrope")
    Schedule.weekly(ada).change(NOW, active=True)
    delivery.tick(datetime(2026, 11, 22, 18, tzinfo=UTC))
    assert Delivery.objects.of(ada).exists()
    Leaving.begin(ada, NOW, at_once=True)
    leaving.tick(NOW)
    left = {model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}
    whose_own = ("contenttypes.", "auth.Permission", "sites.", "reminders.Heartbeat", "reminders.ZoneData", "sessions.")
    assert {name: count for name, count in left.items() if count and not name.startswith(whose_own)} == {}


def test_now_means_that_the_key_is_gone_before_the_page_is_there(ada: User, ada_client: Client) -> None:
    kept = make.entry(ada, "Gone.")
    assert ada_client.post(ADDRESS, SAID | {"when": "now"}).headers["Location"] == "/left/?now"
    assert not DataKey.objects.filter(owner=ada).exists()
    with pytest.raises(keys.Locked):
        _ = Entry.objects.get(pk=kept.pk).body
    assert list(ledger.noted([ada.pk])) == [ada.pk]
    assert sign_in()[1].headers["Location"] == "/left/?now"
    leaving.tick(datetime.now(UTC))
    assert not User.objects.filter(pk=ada.pk).exists()


def test_now_after_a_week_was_asked_is_sooner_and_a_week_after_now_is_not_later(ada: User) -> None:
    assert Leaving.begin(ada, NOW, at_once=False).goes_at == NOW + WEEK
    assert Leaving.begin(ada, NOW + timedelta(days=1), at_once=False).goes_at == NOW + WEEK
    assert Leaving.begin(ada, NOW + timedelta(days=2), at_once=True).goes_at == NOW + timedelta(days=2)


def test_letters_and_links_stop_at_once_and_go_on_after_a_return(ada: User, ada_client: Client, client: Client) -> None:
    Schedule.weekly(ada).change(NOW, active=True)
    token, link = tokens.new_link(ada, "weekly", NOW, monday=NOW.date())
    link.save(force_insert=True)
    sunday = datetime(2026, 11, 22, 18, tzinfo=UTC)
    with time_machine.travel(NOW, tick=False):
        ada_client.post(ADDRESS, SAID)
        mail.outbox.clear()
        delivery.tick(sunday)
        assert mail.outbox == []
        assert client.post(f"/w/{token}/", {"proud-0": "Too late."}).status_code == 404
    Leaving.objects.get().come_back(NOW)
    delivery.tick(sunday + WEEK)
    assert [one.to for one in mail.outbox] == [[ada.email]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"password": "another long secret"}, "That isn’t the password this journal has now."),
        ({"password": ""}, "A password goes here."),
        ({"word": "stay"}, "The word is “leave”."),
        ({"word": ""}, "The word goes here"),
        ({"when": "never"}, "One of these, please."),
    ],
)
def test_without_word_and_password_nothing_happens(
    given: dict[str, str], said: str, ada: User, ada_client: Client
) -> None:
    answer = ada_client.post(ADDRESS, SAID | given)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "a long enough secret" not in text_of(answer)
    ada.refresh_from_db()
    assert ada.is_active
    assert not Leaving.objects.exists()


@pytest.mark.parametrize("word", ["leave", "Leave", " leave ", "“leave”"])
def test_the_word_is_taken_as_people_type_it(word: str, ada: User, ada_client: Client) -> None:
    assert ada_client.post(ADDRESS, SAID | {"word": word}).status_code == 303


def test_where_leaving_cannot_be_noted_nothing_has_changed(ada: User, ada_client: Client, settings: Any) -> None:
    Path(settings.ONWARD_LEDGER_FILE).write_text("something else\n")
    answer = ada_client.post(ADDRESS, SAID | {"when": "now"})
    assert answer.status_code == 503
    assert "nothing has changed" in text_of(answer)
    assert ada_client.get("/today/").status_code == 200
    assert DataKey.objects.filter(owner=ada).exists()
    assert not Leaving.objects.exists()


def test_now_whose_commit_fails_notes_nobody(
    transactional_db: None, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> None:
        raise OperationalError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "_commit", failing)
        with pytest.raises(OperationalError):
            leaving.begin(ada, NOW, at_once=True)
    ada.refresh_from_db()
    assert ada.is_active
    assert DataKey.objects.filter(owner=ada).exists()
    assert list(ledger.noted([ada.pk])) == []
    assert leaving.replay() == 0


def test_now_that_could_not_be_noted_after_all_is_noted_by_the_next_pass(
    ada: User, bea: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """The disk may be full by then, though the file could be opened."""

    def full(owner: Any, now: datetime) -> None:
        raise OSError("no space")

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "note", full)
        leaving.begin(ada, NOW, at_once=True)
    assert not DataKey.objects.filter(owner=ada).exists()
    assert list(ledger.noted([ada.pk])) == []
    passes.run(NOW)
    assert list(User.objects.all()) == [bea]
    assert list(ledger.noted([ada.pk, bea.pk])) == [ada.pk]


def test_one_that_cannot_be_noted_holds_up_nobody(ada: User, bea: User, settings: Any) -> None:
    Leaving.begin(ada, NOW, at_once=True)
    Path(settings.ONWARD_LEDGER_FILE).write_text("something else\n")
    passes.run(NOW)
    assert User.objects.filter(pk=ada.pk).exists()
    Path(settings.ONWARD_LEDGER_FILE).unlink()
    passes.run(NOW)
    assert list(User.objects.all()) == [bea]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_mail_says_what_was_done_and_how_to_undo_it(at_once: bool, ada: User, ada_client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        ada_client.post(ADDRESS, SAID | {"when": "now" if at_once else "week"})
    [message] = mail.outbox
    assert message.to == [ada.email]
    body = " ".join(str(message.body).split())
    assert ("27 November 2026" in body, "/account/login/" in body) == (not at_once, not at_once)
    assert ("for good" in body) is True


# The ledger


def test_who_comes_back_with_a_backup_is_taken_out_again(ada: User, bea: User) -> None:
    make.entry(ada)
    make.entry(bea)
    ledger.note(ada.pk, NOW)
    passes.begin(NOW.date())
    assert list(User.objects.all()) == [bea]
    assert set(Entry.objects.values_list("owner_id", flat=True)) == {bea.pk}
    assert leaving.replay() == 0


def test_it_names_nobody_and_is_its_owners_alone(ada: User, settings: Any) -> None:
    ledger.note(ada.pk, NOW)
    path = Path(settings.ONWARD_LEDGER_FILE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert not {ada.email, str(ada.pk), ada.pk.hex} & set(path.read_text().split())
    assert [line.split()[0] for line in path.read_text().splitlines()] == ["onward-deleted-1", "2026-11-20"]


@pytest.mark.parametrize("cut", ["2026-11-2", "2026-11-20", "2026-11-20 ", "2026-11-20 3fa9"])
def test_a_line_that_was_cut_off_costs_no_other(cut: str, ada: User, bea: User, settings: Any) -> None:
    ledger.note(ada.pk, NOW)
    with open(settings.ONWARD_LEDGER_FILE, "a") as file:
        file.write(cut)
    assert list(ledger.noted([ada.pk, bea.pk])) == [ada.pk]
    ledger.note(bea.pk, NOW)
    assert list(ledger.noted([ada.pk, bea.pk])) == [ada.pk, bea.pk]


@given(st.lists(st.uuids(), max_size=20, unique=True), st.lists(st.uuids(), max_size=20, unique=True))
def test_exactly_who_was_noted_is_found(left: list[Any], stayed: list[Any]) -> None:
    import tempfile

    from django.test import override_settings

    stayed = [one for one in stayed if one not in left]
    with tempfile.TemporaryDirectory() as folder, override_settings(ONWARD_LEDGER_FILE=Path(folder) / "deleted"):
        assert list(ledger.noted(stayed)) == []
        for one in left:
            ledger.note(one, NOW)
        assert list(ledger.noted(left + stayed)) == left


def test_many_processes_may_note_at_once(settings: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    people = [uuid4() for _ in range(50)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: ledger.note(one, NOW), people))
    assert list(ledger.noted(people)) == people
    assert Path(settings.ONWARD_LEDGER_FILE).read_text().count("onward-deleted-1") == 1
