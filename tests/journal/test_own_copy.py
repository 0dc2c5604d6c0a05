"""Our own copy comes back as it went: exported, everything gone, brought in again."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import time, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings as kept_settings
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import DataKey, User
from accounts.scope import scope
from config import passes
from config.uploads import PIECE
from journal.export import FORMATS
from journal.export.choice import WHOLE
from journal.export.everything import NOUNS
from journal.importing import work
from journal.importing.found import Row
from journal.importing.own import OwnRows
from journal.models import (
    Acceptance,
    Completion,
    Draft,
    Entry,
    Import,
    Imported,
    Kindness,
    Lesson,
    Milestone,
    Revision,
    Step,
    Theme,
    Week,
)
from reminders.bringing import take_in
from reminders.models import Delivery, Discretion, Schedule
from reminders.quiet import THREE
from tests import make

NOW = make.NOON


@pytest.fixture(autouse=True)
def on_friday() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def lived(ada: User) -> User:
    """A row of every noun."""
    ids = make.one_of_each(ada, "canary")
    entry = make.entry(ada, "canary, put at first")
    entry.change(1, body="canary, put otherwise")
    entry.remove(NOW)
    Completion.objects.create(
        owner=ada, step=Step.objects.get(pk=ids["steps"]), outcome="tried", local_date=NOW.date(), zone="Europe/Lisbon"
    )
    Acceptance.objects.create(owner=ada, entry=make.setback(ada, "It rained on the picnic."), way="hard")
    return ada


def copy(user: User) -> bytes:
    return b"".join(FORMATS["json"].chunks(user, NOW, WHOLE))


def told(user: User) -> dict[str, Any]:
    everything: dict[str, Any] = json.loads(copy(user))
    return {noun: everything[noun] for noun in NOUNS}


def bring(user: User, content: bytes, **choices: Any) -> Import:
    pieces = [content[at : at + PIECE] for at in range(0, len(content), PIECE)]
    incoming = Import.take_in(user, NOW, source="onward", name="onward.json", pieces=pieces)
    work.tick(NOW)
    incoming.refresh_from_db()
    if incoming.state == "ready":
        incoming.approve(NOW, choices)
        work.tick(NOW)
        incoming.refresh_from_db()
    return incoming


def forget(user: User) -> None:
    for model in reversed(NOUNS.values()):
        model._base_manager.filter(owner=user).delete()


def without_ids(told: dict[str, Any]) -> dict[str, Any]:
    """Each id as what its row says, so that two copies can be compared; but for `version`."""

    def says(row: dict[str, Any]) -> str:
        return str({key: value for key, value in row.items() if not re.search("id$|ids$|version", key)})

    places = {row["id"]: f"{noun} {says(row)}" for noun, rows in told.items() for row in rows}

    def plain(key: str, value: Any) -> Any:
        if key.endswith("_ids"):
            return sorted(places[one] for one in value)
        return places.get(value, value) if key == "id" or key.endswith("_id") else value

    return {
        noun: sorted(str({key: plain(key, value) for key, value in row.items() if key != "version"}) for row in rows)
        for noun, rows in told.items()
    }


def test_everything_comes_back_with_its_ids_where_they_are_free(lived: User) -> None:
    before, whole = told(lived), copy(lived)
    assert all(before.values())
    forget(lived)
    incoming = bring(lived, whole)
    assert (incoming.state, incoming.known, incoming.skipped) == ("kept", 0, 0)
    assert told(lived) == before


def test_another_person_gets_everything_under_other_ids(lived: User, bea: User) -> None:
    incoming = bring(bea, copy(lived))
    assert (incoming.state, incoming.known, incoming.skipped) == ("kept", 0, 0)
    assert without_ids(told(bea)) == without_ids(told(lived))
    mine = {row["id"] for rows in told(lived).values() for row in rows}
    assert not mine & {row["id"] for rows in told(bea).values() for row in rows}


def test_into_the_same_journal_it_adds_nothing(lived: User) -> None:
    before = told(lived)
    incoming = bring(lived, copy(lived))
    assert (incoming.kept, incoming.skipped, incoming.known) == (0, 0, sum(map(len, before.values())))
    assert told(lived) == before


def test_the_same_file_twice_adds_nothing_for_somebody_else(lived: User, bea: User) -> None:
    whole = copy(lived)
    bring(bea, whole)
    before = told(bea)
    assert bring(bea, whole).kept == 0
    assert told(bea) == before


def test_undone_it_leaves_nothing_behind(lived: User, bea: User) -> None:
    make.entry(bea, "Mine.")
    before = told(bea)
    incoming = bring(bea, copy(lived))
    incoming.undo(NOW)
    work.tick(NOW)
    incoming.refresh_from_db()
    assert (incoming.state, told(bea)) == ("undone", before)


def test_what_is_told_with_an_entry_stays_where_it_stays_and_goes_where_it_goes(
    ada: User, bea: User, on_friday: Any
) -> None:
    for words in ("It rained.", "It poured.", "It hailed."):
        hard = make.setback(ada, words)
        Acceptance.objects.create(owner=ada, entry=hard, way="hard")
        Kindness.write(hard, words=f"{words} You came all the same.")
    incoming = bring(bea, copy(ada))
    on_friday.shift(60)
    there = {entry.body: entry for entry in Entry.objects.of(bea)}
    there["It rained."].change(1, body="It only rained.")
    Kindness.write(there["It poured."], words="And poured.")
    incoming.undo(NOW)
    work.tick(NOW)
    stays = {"It only rained.": "It rained. You came all the same.", "It poured.": "And poured."}
    assert {entry.body: entry.kindness.words for entry in Entry.objects.of(bea)} == stays
    assert {row.entry.body for row in Acceptance.objects.of(bea)} == set(stays)


def test_an_entry_that_says_something_else_by_now_is_kept_beside_it(ada: User) -> None:
    entry = make.setback(ada, "As it was.")
    Lesson.write(entry, lesson="What it taught.")
    whole = copy(ada)
    entry.change(1, body="As it is.")
    Lesson.objects.all().delete()
    incoming = bring(ada, whole)
    assert incoming.kept == 2
    assert {row.body: Lesson.objects.filter(entry=row).count() for row in Entry.objects.of(ada)} == {
        "As it is.": 0,
        "As it was.": 1,
    }


def test_a_theme_spelt_differently_is_the_one_that_is_here(ada: User, bea: User) -> None:
    make.entry(ada, "One.", themes=["Crème"])
    mine = make.entry(bea, "Two.", themes=["creme"])
    bring(bea, copy(ada))
    assert [theme.name for theme in Theme.objects.of(bea)] == ["creme"]
    assert Entry.themes.through.objects.filter(theme=mine.themes.get()).count() == 2


def test_a_week_that_says_something_else_stays_and_is_told(ada: User, bea: User) -> None:
    monday = NOW.date() - timedelta(days=4)
    Week.take(ada, monday, "Theirs.")
    Week.take(bea, monday, "Mine.")
    incoming = bring(bea, copy(ada))
    assert [week.takeaway for week in Week.objects.of(bea)] == ["Mine."]
    assert [row.reason for row in Imported.objects.of(bea)] == ["other_words"]
    assert incoming.skipped == 1


def test_settings_come_along_where_they_are_asked_for(ada: User, bea: User) -> None:
    ada.name, ada.face, ada.day_starts_at = "Ada", "plain", 4
    ada.save()
    bring(bea, copy(ada))
    assert User.objects.get(pk=bea.pk).face == "book"
    bring(bea, copy(ada), settings=True)
    came = User.objects.get(pk=bea.pk)
    assert (came.name, came.face, came.day_starts_at, came.email, came.time_zone) == (
        "Ada",
        "plain",
        4,
        "bea@example.com",
        "Asia/Tokyo",
    )


def test_the_day_of_letters_comes_along_and_they_stay_off_until_a_yes(ada: User, bea: User) -> None:
    Schedule(owner=ada).change(NOW, weekday=2, local_time=time(7, 30), active=True)
    Schedule(owner=ada, kind="daily").change(NOW, local_time=time(21), active=True)
    Schedule(owner=bea, kind="daily").change(NOW, local_time=time(6), active=True)
    Discretion.objects.create(owner=ada, at=NOW)
    bring(bea, copy(ada))
    assert [one.kind for one in Schedule.objects.of(bea)] == ["daily"]
    incoming = bring(bea, copy(ada), settings=True)
    rules = [(one.kind, one.weekday, one.local_time, one.active) for one in Schedule.objects.of(bea).order_by("-kind")]
    assert rules == [("weekly", 2, time(7, 30), False), ("daily", None, time(6), True)]
    weekly = Schedule.objects.of(bea).get(kind="weekly")
    assert (weekly.agreed_at, weekly.next_at, Discretion.of(bea)) == (None, None, True)
    left = [row.told for row in Imported.objects.filter(incoming=incoming, reason="letters_settings")]
    assert [json.loads(one)["where"] for one in left] == ["schedules"]


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "hourly", "weekday": 1, "local_time": "08:00:00"},
        {"kind": "weekly", "weekday": 7, "local_time": "08:00:00"},
        {"kind": "weekly", "weekday": True, "local_time": "08:00:00"},
        {"kind": "weekly", "weekday": 1, "local_time": "25:00"},
        {"kind": "weekly", "weekday": 1, "local_time": "03:00:00"},
        {"kind": "weekly", "weekday": 1},
        {"kind": ["weekly"], "weekday": 1, "local_time": "08:00:00"},
        {},
    ],
)
def test_a_rule_that_does_not_hold_brings_no_letter(bea: User, row: dict[str, Any]) -> None:
    assert not take_in(bea, NOW, "schedules", row)
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "damaged"),
        (b"[]", "other_format"),
        (b'"onward"', "other_format"),
        (b'{"format": "another", "version": 1}', "other_format"),
        (b'{"format": "onward", "version": 3, "themes": [{}]}', "newer"),
        (b'{"format": "onward", "version": "2", "themes": []}', "damaged"),
        (b'{"format": "onward", "version": 2, "themes": [{"name": "cut o', "damaged"),
        (b'{"format": "onward", "version": 2} trailing', "damaged"),
        (b'{"format": "onward", "version": 2, "person": {"name": NaN}}', "damaged"),
        (b'{"format": "onward", "version": 2, "entries": [{}], "themes": [{}]}', "other_order"),
        (b'{"format": "onward", "version": 2, "themes": [' + b"[" * 100_000, "damaged"),
        (b"\xff\xfe{\x00", "damaged"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_what_is_no_copy_of_ours_says_so(ada: User, content: bytes, reason: str) -> None:
    incoming = bring(ada, content)
    assert (incoming.state, incoming.reason) == ("failed", reason)
    assert {noun: model._base_manager.count() for noun, model in NOUNS.items() if model._base_manager.count()} == {}


def test_rows_that_do_not_hold_are_told_and_the_others_are_kept(ada: User) -> None:
    rows = [
        {"id": "x", "kind": "win", "body": "No id.", "local_date": "2026-11-01"},
        {"id": str(UUID(int=7)), "kind": "feast", "body": "No such kind.", "local_date": "2026-11-01"},
        {"id": str(UUID(int=8)), "kind": "win", "body": "No day.", "local_date": "soon"},
        {"id": str(UUID(int=9)), "kind": "win", "body": 7, "local_date": "2026-11-01", "version": -3, "zone": "Moon"},
        {"id": str(UUID(int=10)), "kind": "win", "body": "\ud800 half\0", "local_date": "2026-11-02"},
    ]
    lessons = [{"id": str(UUID(int=11)), "entry_id": str(UUID(int=8)), "lesson": "Of nothing."}]
    whole = json.dumps({"format": "onward", "version": 1, "entries": rows, "lessons": lessons}).encode()
    incoming = bring(ada, whole)
    assert sorted((row.body, row.zone, row.version) for row in Entry.objects.of(ada)) == [
        ("", "Europe/Lisbon", 1),
        ("? half", "Europe/Lisbon", 1),
        ("No id.", "Europe/Lisbon", 1),
    ]
    assert sorted(Imported.objects.exclude(reason="").values_list("place", "reason")) == [
        (2, "odd_word"),
        (3, "no_date"),
        (6, "nothing_there"),
    ]
    assert (incoming.kept, incoming.skipped) == (3, 3)


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59"]
)
def test_an_instant_at_the_end_of_the_calendar_is_none(at: str, ada: User, ada_client: Client, bea: User) -> None:
    """PostgreSQL would keep it and never give it back: the pages of whoever brings it fell over it, and everybody's
    letters."""
    for user in (ada, bea):
        Schedule.weekly(user).change(NOW, active=True)
    Schedule.objects.update(unanswered=THREE)
    row = {"id": str(UUID(int=5)), "kind": "win", "body": "I rested.", "local_date": "2026-11-02", "zone": "UTC"}
    row |= dict.fromkeys(("created_at", "updated_at", "removed_at"), at)
    kept = bring(ada, json.dumps({"format": "onward", "version": 2, "entries": [row]}).encode())
    assert (kept.state, kept.kept) == ("kept", 1)
    assert [entry.created_at.date() for entry in Entry.objects.of(ada)] == [NOW.date()]
    assert [ada_client.get(page).status_code for page in ("/today/", "/entries/")] == [200, 200]
    passes.run(NOW + timedelta(days=7))
    assert {one.owner for one in Delivery.objects.all()} == {ada, bea}


ROW = {"id": str(UUID(int=5)), "kind": "win", "body": "I rested.", "local_date": "2026-11-02", "zone": "UTC"}


@pytest.mark.parametrize("words", [None, "x", [], [["a", 1]], {"body": 5}, {"body": None}, {"deed": {"a": "b"}}])
def test_earlier_words_of_another_shape_stay_behind(words: Any, ada: User, ada_client: Client) -> None:
    """None is what a copy has for words that could not be opened where it was made."""
    revision = {"id": str(UUID(int=6)), "entry_id": ROW["id"], "of_version": 1, "words": words}
    replies = {"id": str(UUID(int=7)), "monday": "2026-11-16", "lines": words}
    whole = {"format": "onward", "version": 2, "entries": [ROW], "revisions": [revision], "unproven": [replies]}
    kept = bring(ada, json.dumps(whole).encode())
    assert (kept.state, kept.kept, Revision.objects.count()) == ("kept", 2 if words == [] else 1, 0)
    assert ada_client.get(f"/entries/{ROW['id']}/").status_code == 200
    answer = ada_client.post("/entries/", {"id": ROW["id"], "kind": "win", "body": "I slept."})
    assert answer.status_code == 303


def test_signs_that_no_database_takes_keep_nothing_else_away(ada: User) -> None:
    draft = {"id": str(UUID(int=6)), "place": "/today/\0", "form": "capture.body\ud800", "action": "/entries/"}
    draft |= {"fields": [["body", "half \ud800."]]}
    kept = bring(ada, json.dumps({"format": "onward", "version": 2, "entries": [ROW], "drafts": [draft]}).encode())
    assert (kept.state, kept.kept) == ("kept", 2)
    assert [(one.place, one.texts) for one in Draft.objects.of(ada)] == [("/today/", ["half ?."])]


@pytest.mark.parametrize("value", ["1e999999999999", "1E-999999999999", "9" * 5000, "NaN", "-5", "Infinity"])
def test_a_number_that_no_form_takes_is_none(value: str, ada: User, ada_client: Client) -> None:
    """Written out, it would be longer than a machine has room for."""
    measure = {"id": str(UUID(int=6)), "name": "Pages", "kind": "number"}
    reading = {"measure_id": measure["id"], "local_date": "2026-11-02", "zone": "UTC"}
    readings = [reading | {"value": value}, reading | {"value": "3", "local_date": "2026-11-03"}]
    whole = {"format": "onward", "version": 2, "measures": [measure], "readings": readings}
    assert bring(ada, json.dumps(whole).encode()).kept == 3
    for page in ("/measures/", f"/measures/{measure['id']}/", "/weeks/2026-W45/"):
        assert ada_client.get(page).status_code == 200


@pytest.mark.parametrize("piece", [b"[],", b"1,", b"{},", b'{"a":[]},'])
def test_a_file_of_crumbs_is_put_down_soon(piece: bytes, ada: User) -> None:
    """None of them is a row of ours, and each would be looked at while letters wait."""
    whole = b'{"format": "onward", "version": 2, "entries": [' + piece * 400_000 + b"{}]}"
    begun = monotonic()
    assert bring(ada, whole).reason == "damaged"
    assert monotonic() - begun < 10


def test_a_text_without_end_is_put_down_before_it_is_whole(ada: User) -> None:
    whole = b'{"format": "onward", "version": 2, "entries": [{"body": "' + b'\\"' * (9 * PIECE) + b'"}]}'
    assert bring(ada, whole).reason == "long_line"


def test_a_key_that_is_away_leaves_the_file_waiting_and_the_passes_going(ada: User) -> None:
    Import.take_in(ada, NOW, source="onward", name="onward.json", pieces=[copy(ada)])
    key = DataKey.objects.get(owner=ada)
    wrapped = bytes(key.wrapped)
    DataKey.objects.update(wrapped=bytes(len(wrapped)))
    passes.run(NOW)
    assert [one.state for one in Import.objects.all()] == ["reading"]
    DataKey.objects.update(wrapped=wrapped)
    passes.run(NOW + timedelta(minutes=3))
    assert [one.state for one in Import.objects.all()] == ["ready"]


def test_settings_that_come_along_write_over_nothing_else(ada: User) -> None:
    """Somebody closes the journal, or gives it another password, while their file is being kept."""
    incoming = Import.take_in(ada, NOW, source="onward", name="onward.json", pieces=[b"{}"])
    incoming.approved_at, incoming.choices = NOW, json.dumps({"settings": True})
    incoming.save()
    keeper = OwnRows(Import.objects.select_related("owner").get())
    ada.set_password("quite another secret")
    ada.is_active = False
    ada.save()
    keeper.keep([Row("person", {"theme": "dark", "time_zone": "Asia/Tokyo", "name": "Ada"})], 0, NOW)
    ada = User.objects.get()
    assert (ada.theme, ada.name, ada.is_active, ada.time_zone) == ("dark", "Ada", False, "Europe/Lisbon")
    assert ada.check_password("quite another secret")


def test_an_older_copy_comes_in_as_far_as_it_goes(ada: User) -> None:
    goal, entry = str(UUID(int=1)), str(UUID(int=2))
    whole = {
        "format": "onward",
        "version": 1,
        "person": {"name": "Ada"},
        "milestones": [{"id": goal, "title": "Exhibit", "why": "", "local_date": "2026-01-02", "zone": "UTC"}],
        "steps": [{"id": str(UUID(int=3)), "milestone_id": goal, "title": "Frame one", "position": 2, "beyond": True}],
        "entries": [
            {"id": entry, "kind": "setback", "body": "It rained.", "local_date": "2026-01-03", "theme_ids": []}
        ],
        "revisions": [{"id": str(UUID(int=4)), "entry_id": entry, "of_version": 1, "words": {"body": "It poured."}}],
    }
    assert bring(ada, json.dumps(whole).encode()).skipped == 0
    assert [(row.title, row.zone) for row in Milestone.objects.of(ada)] == [("Exhibit", "UTC")]
    assert [(row.title, row.position, row.beyond, row.milestone.title) for row in Step.objects.of(ada)] == [
        ("Frame one", 2, True, "Exhibit")
    ]
    assert [row.words for row in Revision.objects.of(ada)] == [{"body": "It poured."}]


def test_rows_of_a_size_beyond_one_batch_come_whole(ada: User, bea: User) -> None:
    with scope():
        for number in range(work.LOOK + 7):
            make.entry(ada, f"{number}", on=NOW.date() - timedelta(days=number), themes=[f"theme {number % 3}"])
    incoming = bring(bea, copy(ada))
    assert (incoming.kept, incoming.total) == (work.LOOK + 7 + 3, work.LOOK + 7 + 3 + 1)
    assert without_ids(told(bea)) == without_ids(told(ada))


# Any text

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=60)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_any_text_comes_back_as_it_was_kept(ada: User, texts: list[str], names: list[str]) -> None:
    with scope():
        forget(ada)
        for text in texts:
            Lesson.write(make.setback(ada, text, themes=names), lesson=text, kind_words=text)
        before, whole = told(ada), copy(ada)
        forget(ada)
        incoming = bring(ada, whole)
        assert (incoming.state, incoming.known, incoming.skipped) == ("kept", 0, 0)
        assert told(ada) == before


def test_what_one_database_wrote_the_other_takes(bea: User) -> None:
    """Written by `manage.py` on SQLite, whichever database this process has."""
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"ONWARD_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        environment |= {"ONWARD_KEYS_FILE": ""}
        run = {"env": environment, "cwd": kept_settings.BASE_DIR, "check": True, "capture_output": True}
        subprocess.run([sys.executable, "manage.py", "prepare"], **run)
        whole = subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", WRITES], **run).stdout
    incoming = bring(bea, whole)
    assert (incoming.state, incoming.known, incoming.skipped) == ("kept", 0, 0)
    file = json.loads(whole)
    assert without_ids(told(bea)) == without_ids({noun: file[noun] for noun in NOUNS})


WRITES = """
import sys
from journal.export import FORMATS
from journal.export.choice import WHOLE
from tests import make
ada = make.ada()
make.one_of_each(ada, "\\u05e9\\u05dc\\u05d5\\u05dd \\U0001f9f5")
sys.stdout.buffer.write(b"".join(FORMATS["json"].chunks(ada, make.NOON, WHOLE)))
"""
