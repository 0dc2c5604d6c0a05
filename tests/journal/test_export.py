"""Taking everything along: who may, when, and in what form."""

import base64
import csv
import io
import json
import logging
import re
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings as kept_settings
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import DataKey, User
from accounts.scope import scope
from journal.export import FORMATS, pages
from journal.export.choice import WHOLE, Choice
from journal.export.everything import NOUNS
from journal.export.markdown import quoted
from journal.export.spreadsheet import safe
from journal.models import (
    Acceptance,
    Chunk,
    Completion,
    Decision,
    Entry,
    Import,
    Imported,
    Lesson,
    Removal,
    Revision,
    Step,
    Theme,
)
from journal.models.owned import Owned
from journal.models.removal import Removable
from journal.models.telling import Telling
from reminders.models import Discretion, Offer, Schedule, ZoneNotice
from tests import make, reading

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PASSWORD = "a long enough secret"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@pytest.fixture
def door(ada: User) -> Client:
    """Ada, who gave her password a moment ago."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def given_ago(client: Client, seconds: int) -> None:
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - seconds}]
    session.save()


def copy(user: User, name: str, choice: Choice = WHOLE) -> bytes:
    return b"".join(FORMATS[name].chunks(user, NOW, choice))


def unpacked(made: bytes) -> str:
    """All the text of a file, or of those in a ZIP."""
    if made.startswith(b"%PDF"):
        return "\n".join(reading.printed(made))
    if not made.startswith(b"PK"):
        return made.decode()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def everything(user: User) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(copy(user, "json"))
    return told


def rows(user: User) -> list[dict[str, str]]:
    text = copy(user, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def folder(user: User) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(copy(user, "markdown"))) as archive:
        assert archive.testzip() is None
        return {name.removeprefix("onward-2026-11-20/"): archive.read(name).decode() for name in archive.namelist()}


def damage(row: Owned, name: str = "body") -> bytes:
    sealed = type(type(row)._base_manager.values_list(name, flat=True).get(pk=row.pk))
    type(row)._base_manager.filter(pk=row.pk).update(**{name: sealed(b"\x01" * 60)})
    return b"\x01" * 60


# The door


def test_the_choices_are_the_files_that_there_are(ada_client: Client) -> None:
    page = ada_client.get("/export/").content.decode()
    assert re.findall(r'name="format" value="(\w+)"', page) == list(FORMATS)
    assert list(FORMATS) == [
        "json",
        "markdown",
        "pages",
        "html",
        "pdf",
        "csv",
        "tables",
        "day_one",
        "jrnl",
        "jrnl_text",
    ]
    assert re.findall(r'value="(\w+)" checked', page) == ["json"]


def test_the_page_about_privacy_has_the_same_choices(ada_client: Client) -> None:
    page = ada_client.get(reverse("accounts:privacy")).content.decode()
    assert re.findall(r'name="format" value="(\w+)"', page) == list(FORMATS)
    assert 'action="/export/"' in page


@pytest.mark.parametrize("name", ["", "exe", "JSON", "../json"])
def test_another_kind_of_file_is_422(door: Client, name: str) -> None:
    answer = door.post("/export/", {"format": name})
    assert (answer.status_code, answer.streaming) == (422, False)
    assert "There is no file of that kind" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "file", "media"),
    [
        ("json", "json", "application/json"),
        ("markdown", "zip", "application/zip"),
        ("pages", "zip", "application/zip"),
        ("html", "html", "text/html; charset=utf-8"),
        ("pdf", "pdf", "application/pdf"),
        ("csv", "csv", "text/csv; charset=utf-8"),
        ("tables", "zip", "application/zip"),
        ("day_one", "zip", "application/zip"),
        ("jrnl", "json", "application/json"),
        ("jrnl_text", "txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_streams_under_a_name_that_says_nothing(
    door: Client, ada: User, name: str, file: str, media: str
) -> None:
    make.entry(ada, "canary")
    answer = door.post("/export/", {"format": name}, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.streaming, answer["Content-Type"]) == (200, True, media)
    assert re.fullmatch(rf'attachment; filename="onward-\d{{4}}-\d\d-\d\d\.{file}"', answer["Content-Disposition"])
    assert answer["Cache-Control"] == "no-store, private"
    assert "Content-Encoding" not in answer
    assert len(b"".join(answer)) > 40


def test_a_visit_takes_nothing(door: Client) -> None:
    for answer in (door.get("/export/?format=json"), door.head("/export/"), door.put("/export/")):
        assert not answer.streaming


def test_who_gave_the_password_long_ago_gives_it_once_more(door: Client, ada: User) -> None:
    make.entry(ada, "canary")
    given_ago(door, 301)
    asked = door.post("/export/", {"format": "csv"})
    assert (asked.status_code, asked.streaming) == (303, False)
    assert asked["Location"] == "/account/reauthenticate/?next=%2Fexport%2F%3Fformat%3Dcsv"
    assert "canary" not in str(dict(door.session))
    wrong = door.post(asked["Location"], {"password": "not it", "next": "/export/?format=csv"})
    assert wrong.status_code == 422
    assert door.post("/export/", {"format": "csv"}).status_code == 303
    right = door.post(asked["Location"], {"password": PASSWORD, "next": "/export/?format=csv"})
    assert (right.status_code, right["Location"]) == (302, "/export/?format=csv")
    page = door.get(right["Location"]).content.decode()
    assert re.findall(r'value="(\w+)" checked', page) == ["csv"]
    assert "It is you." in page
    assert b"canary" in b"".join(door.post("/export/", {"format": "csv"}))


def test_a_password_of_a_moment_ago_is_enough(door: Client) -> None:
    given_ago(door, 290)
    assert door.post("/export/", {"format": "json"}).streaming


def test_a_session_without_a_password_is_asked_for_one(ada_client: Client) -> None:
    assert ada_client.post("/export/", {"format": "json"}).status_code == 303


def test_the_password_of_another_person_is_not_enough(door: Client, bea: User) -> None:
    session = door.session
    session["account_authentication_methods_user"] = str(bea.pk)
    session.save()
    assert door.post("/export/", {"format": "json"}).status_code == 303


def test_a_time_that_is_still_to_come_is_not_enough(door: Client) -> None:
    given_ago(door, -3600)
    assert door.post("/export/", {"format": "json"}).status_code == 303


def test_who_signed_up_a_moment_ago_is_not_asked(db: None, client: Client) -> None:
    form = {"email": "new@example.com", "password1": PASSWORD, "first_line": "Began anyway."}
    client.post(reverse("account_signup"), form)
    assert b"Began anyway." in b"".join(client.post("/export/", {"format": "json"}))


def test_a_stranger_is_led_to_the_door(client: Client, db: None) -> None:
    answer = client.post("/export/", {"format": "json"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_an_export_is_noted_without_a_word_of_it(door: Client, ada: User, caplog: pytest.LogCaptureFixture) -> None:
    make.entry(ada, "canary")
    with caplog.at_level(logging.INFO):
        b"".join(door.post("/export/", {"format": "csv"}))
    assert f"export of {ada.pk} as csv" in caplog.text
    assert "canary" not in caplog.text
    assert ada.email not in caplog.text


@pytest.mark.parametrize("name", FORMATS)
def test_who_is_locked_out_gets_a_page_and_not_half_a_file(door: Client, ada: User, name: str) -> None:
    make.entry(ada, "canary")
    make.entry(ada, "canary", themes=["sauces"])
    DataKey.objects.update(kek_id="lost")
    answer = door.post("/export/", {"format": name})
    assert (answer.status_code, answer.streaming) == (503, False)
    assert "Nothing is lost" in answer.content.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_nobody_elses_words_are_in_it(ada: User, bea: User, name: str) -> None:
    ids = make.one_of_each(ada, "canary")
    make.one_of_each(bea, "sparrow")
    text = unpacked(copy(bea, name))
    assert "sparrow" in text
    assert "canary" not in text
    assert not any(id in text or id.replace("-", "").upper() in text for id in ids.values() if len(id) == 36)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_journal_is_a_whole_file(ada: User, name: str) -> None:
    # jrnl reads an empty file as an empty journal.
    assert copy(ada, name) or name == "jrnl_text"
    assert [told for noun, told in everything(ada).items() if isinstance(told, list) and told] == []
    assert rows(ada) == []
    assert list(folder(ada)) == ["README.md"]


# Everything, as JSON


@pytest.fixture
def lived(ada: User) -> User:
    """A row of every noun."""
    ids = make.one_of_each(ada, "canary")
    entry = make.entry(ada, "canary, put at first")
    entry.change(1, body="canary, put otherwise")
    entry.remove(NOW)
    step = Step.objects.get(pk=ids["steps"])
    Completion.objects.create(owner=ada, step=step, outcome="tried", local_date=NOW.date(), zone="Europe/Lisbon")
    Acceptance.objects.create(owner=ada, entry=make.setback(ada, "It rained on the picnic."), way="hard")
    Schedule.objects.create(owner=ada, active=True)
    Offer.objects.create(owner=ada, answer="later", at=NOW)
    Discretion.objects.create(owner=ada, at=NOW)
    ZoneNotice.objects.create(owner=ada, zone="America/New_York", at=NOW)
    ada.name = "Ada"
    ada.save()
    return ada


def test_everything_is_in_it_as_it_is_kept(lived: User) -> None:
    told = everything(lived)
    assert (told["format"], told["version"], told["exported_at"]) == ("onward", 2, "2026-11-20T12:00:00+00:00")
    for noun, model in NOUNS.items():
        kept = {str(row.pk): row for row in model._base_manager.filter(owner=lived)}
        assert [row["id"] for row in told[noun]] == [str(row.pk) for row in sorted(kept.values(), key=order)]
        for row in told[noun]:
            for field in kept[row["id"]]._meta.concrete_fields:
                if field.attname in row and field.attname != "id":
                    assert row[field.attname] == plain(getattr(kept[row["id"]], field.attname)), field
    assert told["unopened"] == []


def order(row: Any) -> tuple[datetime, UUID]:
    return row.created_at, row.pk


def plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value) if isinstance(value, UUID) else value


def test_every_noun_and_every_column_is_in_it(lived: User) -> None:
    told = everything(lived)
    owned = [model for model in apps.get_models() if issubclass(model, Owned)]
    # A file that is on its way in is no part of a journal.
    assert set(owned) - {Chunk, Import, Imported} == set(NOUNS.values())
    for noun, model in NOUNS.items():
        assert told[noun], noun
        columns = {field.attname for field in model._meta.concrete_fields} - {"owner_id"}
        links = {f"{field.name.removesuffix('s')}_ids" for field in model._meta.local_many_to_many}
        extra = {"revisions": {"words"}, "unproven": {"lines"}, "drafts": {"fields"}}.get(noun, set())
        extra |= {"removed_at"} if issubclass(model, Removable) or noun == "unproven" else set()
        extra |= {"earlier"} if "wordings" in columns else set()
        assert set(told[noun][0]) == (columns | links | extra) - {"content", "wordings"}


def test_every_id_it_names_is_in_it(lived: User) -> None:
    told = everything(lived)
    ids = {row["id"] for noun in NOUNS for row in told[noun]}
    named = {
        value for noun in NOUNS for row in told[noun] for key, value in row.items() if key.endswith("_id") and value
    }
    named |= {id for row in told["entries"] for id in row["theme_ids"]}
    assert named
    assert named <= ids


def test_every_key_that_holds_an_id_says_so(lived: User) -> None:
    def walk(value: Any, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, held in value.items():
                yield from walk(held, name)
        elif isinstance(value, list):
            for held in value:
                yield from walk(held, key)
        elif isinstance(value, str) and re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
            yield key

    assert {key for key in walk(everything(lived)) if not re.fullmatch(r"id|.*_ids?", key)} == set()


def test_what_was_taken_back_is_in_it_and_marked(lived: User) -> None:
    taken_back = {str(removal.pk): removal.at.isoformat() for removal in Removal.objects.all()}
    assert NOW.isoformat() in taken_back.values()
    told = {row["id"]: row["removed_at"] for row in everything(lived)["entries"]}
    assert told == {str(entry.pk): taken_back.get(str(entry.pk)) for entry in Entry.objects.all()}


def test_earlier_wordings_are_in_it(lived: User) -> None:
    [revision] = everything(lived)["revisions"]
    assert (revision["words"], revision["of_version"]) == ({"body": "canary, put at first", "deed": ""}, 1)
    [standard] = everything(lived)["standards"]
    assert [one["words"] for one in standard["earlier"]] == [{"serves": "canary served"}]
    assert datetime.fromisoformat(standard["earlier"][0]["at"]).tzinfo is not None
    assert [row["earlier"] for row in everything(lived)["chapters"]] == [[], []]


def test_the_person_and_their_settings_are_in_it_and_no_secret(lived: User) -> None:
    told = everything(lived)
    assert told["person"] == {
        "name": "Ada",
        "email": "ada@example.com",
        "joined_at": lived.joined_at.isoformat(),
        "time_zone": "Europe/Lisbon",
        "day_starts_at": 0,
        "language": "en",
        "theme": "auto",
        "face": "book",
        "size": "usual",
        "enough": "enough",
        "counts_hidden": False,
        "only_good_days_back": True,
        "find_by_key": True,
        "hide_by_key": True,
    }
    secret = {"id", "password", "last_login", "is_active", "has_drafts"}
    assert {field.attname for field in User._meta.concrete_fields} - secret == set(told["person"])
    text = copy(lived, "json").decode()
    assert not any(word in text for word in (lived.password, "stop_token", Schedule.objects.get().stop_token))


def test_the_letters_are_in_it(lived: User) -> None:
    told = everything(lived)
    rule = {
        "kind": "weekly",
        "weekday": 6,
        "local_time": "18:00:00",
        "active": True,
        "agreed_at": None,
        "paused_until": None,
    }
    assert told["schedules"] == [{"id": str(Schedule.objects.get().pk)} | rule]
    assert told["offers"] == [{"kind": "weekly", "answer": "later", "at": NOW.isoformat(), "times": 1}]
    assert told["discretions"] == [{"at": NOW.isoformat()}]
    assert told["zone_notices"] == [{"zone": "America/New_York", "at": NOW.isoformat()}]


def test_every_key_is_documented(lived: User) -> None:
    page = (kept_settings.BASE_DIR / "docs" / "formats.md").read_text()
    make.entry(lived, "will be damaged")
    damage(Entry.objects.latest("created_at"))
    told = everything(lived)
    keys = set(told) | set(told["person"])
    keys |= {key for rows_of in told.values() if isinstance(rows_of, list) for row in rows_of for key in row}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


@given(st.lists(TEXTS, min_size=1, max_size=4))
@QUIET
def test_any_text_comes_out_of_the_json_as_it_was_kept(ada: User, texts: list[str]) -> None:
    with scope():
        Entry.objects.all().delete()
        for text in texts:
            Entry.objects.create(owner=ada, kind="note", body=text, deed=text, local_date=NOW.date())
        told = everything(ada)["entries"]
    assert sorted((row["body"], row["deed"]) for row in told) == sorted((text, text) for text in texts)


# For spreadsheets


def test_a_spreadsheet_has_a_row_an_entry(lived: User) -> None:
    told = rows(lived)
    columns = "date kind deed text kind_words lesson answer themes milestone told_myself too_much put_right"
    columns += " goal reality options way_forward came_of_it whose fear guard still_true want in_the_way whom"
    columns += " decided about_deciding known helpful takeaway from_whom acceptance opens_on beside"
    assert {tuple(row) for row in told} == {tuple(columns.split())}
    assert [written(row) for row in told if row["kind"] == "setback" and row["lesson"]] == [
        {
            "date": "2026-11-20",
            "kind": "setback",
            "text": "canary hard",
            "kind_words": "canary kind",
            "lesson": "canary lesson",
            "themes": "canary theme",
            "milestone": "canary title",
            "came_of_it": "canary came of it",
        }
        | {name: f"canary {name}" for name in Lesson.LONGER}
    ]
    assert [row["answer"] for row in told if row["kind"] == "doubt"] == ["canary answer", ""]
    assert "canary, put otherwise" not in {row["text"] for row in told}


def written(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if cell}


def test_what_lies_beside_an_entry_stands_in_its_row(lived: User) -> None:
    told = {row.pop("text", ""): row for row in map(written, rows(lived)) if row.pop("date")}

    def canaries(*names: str) -> dict[str, str]:
        return {name: f"canary {name}" for name in names}

    answered = {"answer": "canary answer", "still_true": "canary true", "beside": "2026-11-20", "whose": "home"}
    met = {"takeaway": "canary away", "beside": "2026-11-20"}
    assert told["canary doubt"] == {"kind": "doubt"} | canaries("fear", "guard") | answered
    assert told["canary to decide"] == {"kind": "decision"} | canaries("known", *Decision.WORDS)
    assert told["canary meeting"] == {"kind": "meeting"} | canaries("helpful") | met
    assert told["canary easier"] == {"kind": "then_now", "beside": "2026-05-04"}
    assert told["canary said"] == {"kind": "encouragement", "from_whom": "canary friend"}
    assert told["canary done"] == {"kind": "win", "kind_words": "canary to myself"}
    assert told["canary opened"] == {"kind": "letter", "opens_on": "2026-11-19"}
    assert {"kind": "letter", "opens_on": "2026-12-20"} in told.values()
    assert told["It rained on the picnic."] == {"kind": "setback", "acceptance": "hard"}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1", "''=1"),
        ("’twas", "’twas"),
        ("'twas", "'twas"),
        ("1 = 1", "1 = 1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert safe(text) == cell


@given(st.lists(TEXTS | TEXTS.map("=".__add__) | TEXTS.map("'".__add__), min_size=1, max_size=4))
@QUIET
def test_any_text_comes_out_of_the_spreadsheet_as_it_was_kept(ada: User, texts: list[str]) -> None:
    with scope():
        Entry.objects.all().delete()
        for text in texts:
            Entry.objects.create(owner=ada, kind="note", body=text, local_date=NOW.date())
        told = [re.sub(r"^'(?='*[=+\-@\t\r])", "", row["text"]) for row in rows(ada)]
    assert sorted(told) == sorted(texts)


def test_a_megabyte_is_one_cell(ada: User) -> None:
    make.entry(ada, "🙂" * 250_000)
    before = csv.field_size_limit(10_000_000)
    try:
        assert [len(row["text"]) for row in rows(ada)] == [250_000]
    finally:
        csv.field_size_limit(before)


# Plain text


def test_a_month_is_a_file_that_reads_like_the_journal(lived: User) -> None:
    make.entry(lived, "The last of October.", on=NOW.date() - timedelta(days=21), deed="rested")
    files = folder(lived)
    months = ["2026-11.md", "2026-10.md", "2026-05.md"]
    others = ["milestones.md", "steps.md", "lists.md", "weeks.md", "chapters.md", "measures.md"]
    assert list(files) == ["README.md", *months, *others]
    assert files["2026-10.md"] == (
        '---\ntitle: "October 2026"\nmonth: "2026-10"\n---\n\n'
        "## 2026-10-30 · Friday\n\n### Something I did · Rested\n\nThe last of October.\n"
    )
    assert (
        "\n### A setback, and its lesson\n\ncanary hard\n\n**To a friend**\n\ncanary kind\n\n"
        "**What is this teaching me?**\n\ncanary lesson\n\n**What did I tell myself?**\n\ncanary told_myself\n\n"
    ) in files["2026-11.md"]
    assert (
        "**One small thing, and when**\n\ncanary way_forward\n\n**What came of it**\n\ncanary came of it\n\n"
        "Milestone: canary title\n\nThemes: canary theme\n"
    ) in files["2026-11.md"]
    assert "It rained on the picnic.\n\nIt was only hard.\n" in files["2026-11.md"]
    assert "put otherwise" not in files["2026-11.md"]
    assert (
        "## canary title\n\ncanary why\n\n**Good enough looks like…**\n\n20 November 2026: canary enough"
        in files["milestones.md"]
    )
    assert "canary enough (Why it grew: canary reason)\n" in files["milestones.md"]
    assert "- [x] canary step · I tried\n" in files["milestones.md"]
    assert "- [ ] canary way\n" in files["milestones.md"]
    assert "Ways tried before:\n\n- [ ] canary left\n" in files["milestones.md"]
    assert "**Where does it stop?**\n\ncanary stops\n" in files["milestones.md"]
    assert "**One small thing, and when**\n\ncanary way_forward\n" in files["milestones.md"]
    assert files["chapters.md"].startswith(
        '---\ntitle: "In my own words"\n---\n\n## November 2026\n\ncanary month words\n'
    )
    assert (
        "\n## 2026\n\ncanary year words\n\n**What got a little easier?**\n\ncanary year easier\n"
        in files["chapters.md"]
    )
    assert "(2026-W47)\n\ncanary takeaway\n\n**One small step**\n\n- [ ] canary small\n" in files["weeks.md"]
    assert "- [x] canary tried · I tried · 20 November 2026 (canary permission)\n" in files["steps.md"]
    assert "- [ ] canary smaller\n" in files["steps.md"]
    assert "## What matters to me\n\n- canary matter\n" in files["lists.md"]
    assert "## What does me good\n\n- canary treat\n- canary treat in the drawer\n" in files["lists.md"]
    assert "## canary measure\n\nA number\n\n- 2026-11-20: 40\n- 2026-11-13: 41\n" in files["measures.md"]
    assert "2026-10-23" not in files["measures.md"]


@given(st.lists(TEXTS, min_size=1, max_size=4))
@QUIET
def test_any_text_stands_in_its_month_as_it_was_written(ada: User, texts: list[str]) -> None:
    with scope():
        Entry.objects.all().delete()
        for text in texts:
            Entry.objects.create(owner=ada, kind="note", body=text, local_date=NOW.date())
        month = folder(ada)["2026-11.md"]
    assert all(text in month for text in texts)


@given(TEXTS)
def test_front_matter_is_one_line_whatever_is_in_it(text: str) -> None:
    line = quoted(text)
    assert json.loads(line) == text
    assert len(line.splitlines()) == 1


def test_what_lies_beside_a_page_is_told_with_it(lived: User) -> None:
    november = folder(lived)["2026-11.md"]
    told = (
        "**Whose sentence is this?**\n\nhome\n\n**If it went wrong, what do I fear would follow?**\n\ncanary fear\n",
        "What speaks against it, from your own pages: 2026-11-20\n",
        "canary to decide\n\n**What could I do?**\n\ncanary options\n",
        "**What did this teach me about deciding?**\n\ncanary about_deciding\n",
        "**What I knew later**\n\ncanary known\n",
        "**What are you taking away?**\n\ncanary away\n\nTo bring: 2026-11-20\n",
        "canary easier\n\nBeside the page of 2026-05-04\n",
    )
    assert [words in november for words in told] == [True] * len(told)


# What cannot be opened


def test_a_damaged_text_is_taken_along_as_bytes(lived: User) -> None:
    entry, lesson = Entry.objects.get(kind="setback", lesson__isnull=False), Lesson.objects.get()
    theme, revision = Theme.objects.get(), Revision.objects.get()
    bytes_of = {
        ("entries", str(entry.pk), "body"): damage(entry),
        ("lessons", str(lesson.pk), "lesson"): damage(lesson, "lesson"),
        ("themes", str(theme.pk), "name"): damage(theme, "name"),
        ("revisions", str(revision.pk), "content"): damage(revision, "content"),
        ("person", str(lived.pk), "name"): b"\x01" * 60,
    }
    sealed = type(User.objects.values_list("name", flat=True).get())
    User.objects.update(name=sealed(b"\x01" * 60))
    lived.refresh_from_db(fields=["email"])
    told = everything(User.objects.get())
    assert {
        (row["noun"], row["id"], row["field"]): base64.b64decode(row["sealed"]) for row in told["unopened"]
    } == bytes_of
    assert [row["body"] for row in told["entries"] if row["id"] == str(entry.pk)] == [None]
    assert (told["lessons"][0]["lesson"], told["lessons"][0]["kind_words"]) == (None, "canary kind")
    assert (told["revisions"][0]["words"], told["person"]["name"]) == (None, None)


def test_files_for_reading_say_what_could_not_be_opened(lived: User) -> None:
    damage(Lesson.objects.get(), "lesson")
    damage(Entry.objects.get(kind="note"))
    said = "This can’t be opened; it is kept as it is."
    assert [row["text"] for row in rows(lived) if row["kind"] == "note"] == [said]
    assert [row["lesson"] for row in rows(lived) if row["lesson"]] == [said]
    files = folder(lived)
    assert f"### A note\n\n{said}\n" in files["2026-11.md"]
    assert {(row["noun"], row["field"]) for row in json.loads(files["unopened.json"])} == {
        ("lessons", "lesson"),
        ("entries", "body"),
    }


# Page by page

QUERIES = {
    "json": 78,
    "markdown": 29,
    "pages": 29,
    "html": 35,
    "pdf": 31,
    "csv": 6,
    "tables": 79,
    "day_one": 6,
    "jrnl": 6,
    "jrnl_text": 6,
}


def test_every_kind_of_file_has_its_number_of_queries() -> None:
    assert list(QUERIES) == list(FORMATS)


@pytest.mark.parametrize(("name", "queries"), QUERIES.items())
@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    ada: User, name: str, queries: int, count: int, django_assert_num_queries: Any
) -> None:
    goal = make.one_of_each(ada, "canary")["milestones"]
    Entry.objects.all().delete()
    for number in range(count):
        make.entry(ada, f"{number}", themes=["sauces", f"{number}"], milestone_id=goal)
    with scope(), django_assert_num_queries(queries):
        copy(ada, name)


@pytest.mark.parametrize("name", FORMATS)
def test_pages_follow_each_other_without_a_gap(ada: User, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with scope():
        for number in range(7):
            make.entry(ada, f"entry {number}", on=NOW.date() - timedelta(days=number), themes=["sauces"])
        whole = copy(ada, name)
        monkeypatch.setattr(pages, "PAGE", 3)
        assert unpacked(copy(ada, name)) == unpacked(whole)


def test_no_more_than_a_page_is_held(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages.PAGE <= 1000
    monkeypatch.setattr(pages, "PAGE", 2)
    for number in range(5):
        make.entry(ada, f"{number}")
    reader = pages.Reader(ada, WHOLE)
    assert [
        len(page)
        for page in reader.pages("entries", Entry.objects.of(ada).newest_first(), Entry.objects.order_by(), "body")
    ] == [2, 2, 1]


def test_what_changes_meanwhile_comes_once_or_is_gone(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 1)
    moved, gone, kept = [make.entry(ada, word, now=NOW + timedelta(minutes=at)) for at, word in enumerate("abc")]
    reader = pages.Reader(ada, WHOLE)
    told = reader.pages("entries", Entry.objects.of(ada).newest_first(), Entry.objects.order_by(), "body")
    first = next(told)
    Entry.objects.filter(pk=moved.pk).update(local_date=NOW.date() + timedelta(days=9))
    gone.delete()
    make.entry(ada, "meanwhile")
    assert [row["body"] for page in (first, *told) for row in page] == ["c", "a"]


def test_rows_of_somebody_else_are_passed_over(ada: User, bea: User) -> None:
    make.entry(ada, "canary")
    make.entry(bea, "sparrow")
    told = Telling(Entry.objects.order_by("created_at"), bea, "body", "milestone_id").rows()
    assert [row["body"] for row, _unopened in told] == ["sparrow"]


def test_kind_words_and_letters_are_told_with_their_day(lived: User) -> None:
    november = folder(lived)["2026-11.md"]
    told = (
        "canary done\n\n**And to yourself?**\n\ncanary to myself\n",
        "canary said\n\n**From whom**\n\ncanary friend\n",
        "### A letter to later\n\nClosed. It is for 20 December 2026.\n",
        "canary opened\n\nFor 19 November 2026\n",
    )
    assert [words in november for words in told] == [True] * len(told)
    assert [row["kind_words"] for row in rows(lived) if row["text"] == "canary done"] == ["canary to myself"]
