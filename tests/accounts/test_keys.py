"""The key ring and the data keys: made once, never made again, never printed; without them nothing is taken."""

import base64
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as kept_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import keys, ring
from accounts.models import DataKey, User
from config.celery import refuse_without_ring as refuse_worker
from journal.models import Entry, Lesson
from tests import make

WORDS = "I asked for help before the sauce split."
ONE, TWO = b"\x01" * 32, b"\x02" * 32


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    """Where the ring of this test would be: there is none yet."""
    settings.ONWARD_KEYS_FILE = tmp_path / "here" / "keys.json"
    settings.ONWARD_KEYS_FILE.parent.mkdir()
    return settings.ONWARD_KEYS_FILE


@pytest.fixture
def two(file: Path) -> Path:
    ring.write(file, "a", {"a": ONE, "b": TWO})
    return file


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("keys", *words, stdout=out, stderr=out)
    return out.getvalue()


# The file


def test_a_ring_is_written_whole_and_for_its_owner_alone(file: Path) -> None:
    ring.write(file, "a", {"a": ONE})
    assert json.loads(file.read_text()) == {"primary": "a", "keys": {"a": base64.b64encode(ONE).decode()}}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["keys.json"]


def test_a_first_ring_never_takes_the_place_of_another(two: Path) -> None:
    before = two.read_bytes()
    with pytest.raises(FileExistsError):
        ring.write(two, "c", {"c": ONE}, first=True)
    assert two.read_bytes() == before
    assert [path.name for path in two.parent.iterdir()] == ["keys.json"]


def test_whoever_comes_second_takes_the_ring_that_is_there(two: Path) -> None:
    assert ring.make(two) == "a"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"primary": "a", "keys": {}}',
        '{"primary": ["a"], "keys": {"a": "' + base64.b64encode(ONE).decode() + '"}}',
        '{"primary": "a", "keys": {"a": "AAAA"}}',
        '{"primary": "a", "keys": {"a": "not base64"}}',
        '{"primary": "b", "keys": {"a": "' + base64.b64encode(ONE).decode() + '"}}',
        '{"primary": "' + "a" * 17 + '", "keys": {"' + "a" * 17 + '": "' + base64.b64encode(ONE).decode() + '"}}',
        "\xff\xfe",
    ],
)
def test_a_file_that_is_no_ring_is_refused_in_one_line(file: Path, text: str) -> None:
    file.write_text(text, encoding="latin-1")
    with pytest.raises(ImproperlyConfigured) as caught:
        ring.read(file)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_ring_says_nothing_of_its_keys(two: Path) -> None:
    text = f"{ring.read(two)!r} {ring.read(two)}"
    assert not any(
        form in text for key in (ONE, TWO) for form in (key.hex(), base64.b64encode(key).decode(), repr(key))
    )


def test_names_go_on_where_the_alphabet_ends() -> None:
    names: list[str] = []
    for _ in range(28):
        names.append(ring.next_name(names))
    assert [name[4:] for name in names] == [*"abcdefghijklmnopqrstuvwxyz", "aa", "ab"]


# Made once


@pytest.mark.django_db
def test_the_first_start_makes_the_first_ring(file: Path) -> None:
    keys.ensure_ring()
    before = file.read_bytes()
    keys.ensure_ring()
    assert file.read_bytes() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_ring_is_made_where_something_was_ever_sealed(ada: User, file: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="the texts here need the key test-a"):
        keys.ensure_ring()
    assert not file.exists()


@pytest.mark.django_db
def test_no_ring_is_made_where_a_place_for_it_was_named(file: Path, settings: Any) -> None:
    settings.MAKES_RING = False
    with pytest.raises(ImproperlyConfigured, match="manage.py keys add"):
        keys.ensure_ring()
    assert not file.exists()


@pytest.mark.parametrize(
    ("given", "makes"),
    [
        ({}, True),
        ({"ONWARD_KEYS_FILE": "elsewhere/keys.json"}, False),
        ({"DATABASE_URL": "postgresql://u:p@localhost/onward"}, False),
    ],
)
def test_a_ring_is_ours_to_make_on_the_embedded_default_alone(
    given: dict[str, str], makes: bool, tmp_path: Path
) -> None:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ONWARD_", "DATABASE_", "DJANGO_"))
    }
    environment = kept | {"ONWARD_HOME": str(tmp_path), "SECRET_KEY": "x" * 50} | given
    code = "from config import settings; print(settings.MAKES_RING)"
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=kept_settings.BASE_DIR
    )
    assert run.stdout.strip() == str(makes)


# A person's keys


def test_everybody_has_a_key_of_their_own(ada: User, bea: User) -> None:
    wrapped = {row.owner_id: bytes(row.wrapped) for row in DataKey.objects.all()}
    assert set(wrapped) == {ada.pk, bea.pk}
    assert {len(value) for value in wrapped.values()} == {12 + 32 + 16}


def test_a_wrapped_key_opens_only_for_its_owner_number_and_master_key(two: Path) -> None:
    owner, kept = uuid4(), ring.read(two)
    name, wrapped = kept.wrap(owner, 1, b"\x09" * 32)
    assert kept.open(owner, 1, name, wrapped) == b"\x09" * 32
    for foreign in ((uuid4(), 1, name), (owner, 2, name), (owner, 1, "b")):
        with pytest.raises(keys.Locked):
            kept.open(*foreign, wrapped)


def test_a_person_and_their_key_stand_or_fall_together(ada: User) -> None:
    with pytest.raises(Exception, match="(?i)unique"):
        User.objects.create_user(ada.email, "another secret")
    assert DataKey.objects.count() == 1


def test_nobody_is_taken_in_without_a_ring(db: None, file: Path) -> None:
    with pytest.raises(keys.Locked):
        User.objects.create_user("new@example.com", "a long enough secret")
    assert User.objects.count() == 0


def test_the_newest_key_seals_and_every_older_one_opens(ada: User) -> None:
    old = make.entry(ada, WORDS)
    keys.create(ada.pk, 2)
    new = make.entry(ada, "Rested.")
    rows = dict(Entry.objects.values_list("pk", "body"))
    assert (rows[old.pk][1], rows[new.pk][1]) == (1, 2)
    assert Entry.objects.get(pk=old.pk).body == WORDS


def test_a_deleted_person_takes_the_key_along(ada: User, bea: User) -> None:
    ada.delete()
    assert list(DataKey.objects.values_list("owner_id", flat=True)) == [bea.pk]


def test_a_key_added_to_the_file_is_known_without_a_restart(ada: User, two: Path) -> None:
    user = User.objects.create_user("new@example.com", "a long enough secret")
    ring.write(two, "b", {"a": ONE, "b": TWO})
    later = User.objects.create_user("later@example.com", "a long enough secret")
    assert [person.data_keys.get().kek_id for person in (user, later)] == ["a", "b"]


# Serving refuses


@pytest.fixture(params=["missing", "lacks", "another"])
def wrong(request: pytest.FixtureRequest, ada: User, bea: User, file: Path) -> Iterator[str]:
    """A ring that cannot open what the database holds."""
    if request.param != "missing":
        name = {"lacks": "another-a", "another": "test-a"}[request.param]
        ring.write(file, name, {name: ONE})
    yield request.param


def refuse_web() -> None:
    sys.modules.pop("config.wsgi", None)
    import config.wsgi  # noqa: F401


@pytest.mark.parametrize("start", [refuse_web, refuse_worker], ids=["web", "worker"])
def test_web_and_worker_refuse_with_one_line_that_names_the_key(wrong: str, start: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        start()
    assert str(caught.value).startswith("Onward cannot start: ")
    assert "test-a" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_tick_refuses_with_one_line_that_names_the_key(wrong: str) -> None:
    with pytest.raises(CommandError, match="test-a"):
        call_command("tick")


@pytest.mark.django_db
def test_nothing_serves_where_a_ring_is_still_to_be_made(file: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="manage.py keys add"):
        keys.refuse_without_ring()


def test_the_right_ring_serves(ada: User) -> None:
    keys.refuse_without_ring()
    refuse_worker()


def test_one_damaged_data_key_stops_nobody_else(ada: User, bea: User) -> None:
    DataKey.objects.filter(owner=ada).update(wrapped=b"\x00" * 60)
    keys.refuse_without_ring()


# A person whose key is missing


@pytest.fixture
def locked(ada: User) -> User:
    make.entry(ada, WORDS)
    DataKey.objects.filter(owner=ada).update(kek_id="lost")
    return ada


def test_who_is_locked_out_reads_that_nothing_is_lost(locked: User, ada_client: Client) -> None:
    page = ada_client.get("/entries/")
    assert page.status_code == 503
    assert "Nothing is lost" in page.content.decode()


def test_what_a_locked_person_writes_is_not_taken_in_plain(locked: User, ada_client: Client) -> None:
    answer = ada_client.post("/entries/", {"kind": "win", "body": "Something new."})
    assert answer.status_code == 503
    assert "Something new.</textarea>" in answer.content.decode()
    assert Entry.objects.count() == 1


def test_everybody_else_goes_on(locked: User, bea: User, bea_client: Client) -> None:
    assert bea_client.post("/entries/", {"kind": "win", "body": "Something new."}).status_code == 303
    assert "Something new." in bea_client.get("/entries/").content.decode()


def test_the_words_are_back_with_the_key(locked: User, ada_client: Client) -> None:
    DataKey.objects.update(kek_id="test-a")
    assert WORDS in ada_client.get("/entries/").content.decode()


def test_a_ring_that_went_away_locks_and_does_not_break(ada: User, ada_client: Client, file: Path) -> None:
    make_before = Entry.objects.count()
    answer = ada_client.post("/entries/", {"kind": "win", "body": "Something new."})
    assert (answer.status_code, Entry.objects.count()) == (503, make_before)


# manage.py keys


def test_status_shows_the_ring_and_whom_it_serves_and_asks_for_a_copy(ada: User, bea: User) -> None:
    lines = told("status").splitlines()
    assert lines[0] == f"Ring: {kept_settings.ONWARD_KEYS_FILE}"
    assert lines[1] == "  test-a: primary, 2 data keys"
    assert lines[2].startswith("Keep a copy of the ring, as it stands now, on another machine")


def test_status_says_which_key_is_missing(ada: User, two: Path) -> None:
    with pytest.raises(CommandError, match="The key ring lacks test-a"):
        told("status")


def test_status_says_that_others_can_read_the_ring(two: Path, db: None) -> None:
    two.chmod(0o640)
    assert "chmod 600" in told("status")


def test_add_makes_the_first_ring_where_nothing_was_sealed(file: Path, db: None, settings: Any) -> None:
    settings.MAKES_RING = False
    told("add")
    user = User.objects.create_user("new@example.com", "a long enough secret")
    assert user.data_keys.get().kek_id == ring.read(file).primary


def test_add_makes_no_ring_beside_texts_that_need_another(ada: User, file: Path) -> None:
    with pytest.raises(CommandError, match="test-a"):
        told("add")
    assert not file.exists()


def test_an_added_key_serves_new_people_and_the_old_one_its_own(two: Path, db: None) -> None:
    old = User.objects.create_user("old@example.com", "a long enough secret")
    entry = make.entry(old, WORDS)
    told("add")
    new = User.objects.create_user("new@example.com", "a long enough secret")
    kept = ring.read(two)
    assert set(kept.keys) == {"a", "b", kept.primary}
    assert [person.data_keys.get().kek_id for person in (old, new)] == ["a", kept.primary]
    assert Entry.objects.get(pk=entry.pk).body == WORDS


def test_add_never_takes_a_name_that_a_data_key_still_needs(ada: User, two: Path) -> None:
    name = ring.next_name()
    DataKey.objects.update(kek_id=name)
    told("add")
    assert name not in ring.read(two).keys


def test_a_ring_that_cannot_be_written_is_said_in_one_line(
    two: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **options: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ring, "write", full)
    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        told("add")


def test_verify_opens_one_text_a_person(ada: User, bea: User) -> None:
    make.one_of_each(ada, "canary")
    make.entry(bea, "canary")
    assert told("verify") == "Opened: 2 people, 2 data keys, 2 texts (one text a person).\n"


def test_verify_all_opens_every_text_of_every_model(ada: User) -> None:
    entry = make.setback(ada, WORDS, deed="opened_up", themes=["sauces"])
    Lesson.objects.create(owner=ada, entry=entry, kind_words="So would I.", lesson="Ask sooner.")
    ada.name = "Ada"
    ada.save()
    assert told("verify", "--all") == "Opened: 1 person, 1 data key, 6 texts (every text).\n"


def test_verify_names_a_damaged_row_by_its_id_alone_and_fails(ada: User) -> None:
    damaged = make.entry(ada, WORDS)
    make.entry(ada, "Rested.")
    Entry.objects.filter(pk=damaged.pk).update(body=type(Entry.objects.values_list("body", flat=True)[0])(b"\x01" * 60))
    out = io.StringIO()
    with pytest.raises(CommandError, match="Damaged: 1 text"):
        call_command("keys", "verify", "--all", stdout=out, stderr=out)
    assert f"damaged: entry.body {damaged.pk}." in out.getvalue()
    assert "Opened: 1 person, 1 data key, 1 text (every text)." in out.getvalue()


def test_verify_names_a_locked_person_and_goes_on_with_the_others(locked: User, bea: User) -> None:
    make.entry(bea, WORDS)
    out = io.StringIO()
    with pytest.raises(CommandError, match="Locked: 1 person"):
        call_command("keys", "verify", stdout=out, stderr=out)
    assert f"locked: person {locked.pk}. The key ring lacks lost." in out.getvalue()
    assert "Opened: 1 person, 1 data key, 1 text" in out.getvalue()


def test_verify_reads_in_batches(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.opening.BATCH", 2)
    for number in range(5):
        make.entry(ada, f"{number}")
    assert told("verify", "--all") == "Opened: 1 person, 1 data key, 5 texts (every text).\n"


def test_no_verb_prints_a_key(two: Path, db: None) -> None:
    User.objects.create_user("new@example.com", "a long enough secret")
    text = told("status") + told("add") + told("status") + told("verify", "--all")
    material = json.loads(two.read_text())["keys"].values()
    assert len(material) == 3
    assert not any(key in text or base64.b64decode(key).hex() in text for key in material)
