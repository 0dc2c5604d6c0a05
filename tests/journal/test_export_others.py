"""Files for other programs, field by field as those read them: Day One, jrnl, spreadsheets, note apps."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from journal.export import FORMATS, jrnl, markdown, single_pages
from journal.export.choice import WHOLE
from journal.export.day_one import escaped
from journal.export.jrnl import tag
from journal.export.leaves import RECORDS, Leaf
from journal.export.spreadsheet import safe
from journal.models import Entry, Kindness, Lesson, Theme
from tests import make

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)


def copy(user: User, name: str) -> bytes:
    return b"".join(FORMATS[name].chunks(user, NOW, WHOLE))


def files(user: User, name: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(copy(user, name))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def leaf(text: str, **more: Any) -> Leaf:
    """A note with nothing beside it, as it comes from the database."""
    row = dict.fromkeys(("acceptance__way", "later__opens_on", "later__opened_at", "then_now__old__local_date"))
    row |= {f"{name}__pk": None for name in RECORDS} | {"pk": str(uuid4()), "kind": "note", "deed": "", "body": text}
    row |= {"local_date": TODAY, "zone": "UTC", "created_at": NOW, "milestone": "", "themes": [], "evidence": []}
    return Leaf(row | {"brought": []} | more)


@pytest.fixture
def kitchen(ada: User) -> User:
    """A win with a theme, a setback with its lesson, a tap without words, one kept days later, one of the night."""
    soup = make.entry(ada, "Served *soup* (hot).\nTwice.", now=NOW, themes=["deep work"])
    soup.themes.add(*Theme.named(ada, ["soup"]))
    hard = make.setback(ada, "The sauce split.", now=NOW - timedelta(days=1), on=TODAY - timedelta(days=1))
    Lesson.objects.create(owner=ada, entry=hard, lesson="Lower heat.", kind_words="It happens.")
    make.entry(ada, "", deed="rested", now=NOW - timedelta(days=2), on=TODAY - timedelta(days=2))
    make.entry(ada, "Long ago.", kind="note", on=date(2020, 2, 29), now=NOW)
    return ada


# Day One


def day_one(user: User) -> list[dict[str, Any]]:
    made = files(user, "day_one")
    assert list(made) == ["Onward.json"]
    told = json.loads(made["Onward.json"])
    assert set(told) == {"metadata", "entries"}
    assert told["metadata"] == {"version": "1.0"}
    return list(told["entries"])


def unescaped(text: str) -> str:
    """As its readers do it."""
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!])", r"\1", text)


def test_day_one_has_each_entry_with_its_fields(kitchen: User) -> None:
    first, hard, tap, old = day_one(kitchen)
    entry = Entry.objects.of(kitchen).get(body__filled=True, kind="win")
    assert first == {
        "uuid": entry.pk.hex.upper(),
        "creationDate": "2026-11-20T12:00:00Z",
        "modifiedDate": f"{entry.updated_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "timeZone": "Europe/Lisbon",
        "isAllDay": False,
        "starred": False,
        "isPinned": False,
        "tags": ["deep work", "soup", "Something I did"],
        "text": "Served \\*soup\\* \\(hot\\)\\.\nTwice\\.",
    }
    assert re.fullmatch(r"[0-9A-F]{32}", hard["uuid"])
    assert hard["text"] == (
        "The sauce split\\.\n\n**To a friend**\n\nIt happens\\.\n\n**What is this teaching me?**\n\nLower heat\\."
    )
    assert tap["text"] == "Something I did · Rested"
    assert (old["creationDate"], old["isAllDay"], old["text"]) == ("2020-02-29T12:00:00Z", True, "Long ago\\.")


@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia", "America/New_York", "Nowhere/At_All"]
)
@pytest.mark.parametrize(
    "day", [TODAY, TODAY - timedelta(days=1), date(2011, 12, 30), date(2026, 3, 29), date(1900, 1, 1)]
)
def test_the_day_in_its_zone_is_the_day_it_was_kept_for(ada: User, zone: str, day: date) -> None:
    """Kept in the night that still belongs to yesterday, days later, or on a day that Samoa never had."""

    Entry.objects.create(owner=ada, kind="note", body="x", local_date=day, zone=zone, created_at=NOW)
    [told] = day_one(ada)
    at = datetime.strptime(told["creationDate"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert at.astimezone(ZoneInfo(told["timeZone"])).date() == day
    [page] = json.loads(copy(ada, "jrnl"))["entries"]
    assert page["date"] == str(day)


@given(TEXTS)
def test_day_one_gets_any_text_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_the_same_entry_keeps_its_id(kitchen: User) -> None:
    assert [one["uuid"] for one in day_one(kitchen)] == [one["uuid"] for one in day_one(kitchen)]
    assert len({one["uuid"] for one in day_one(kitchen)}) == 4


# jrnl


def test_jrnl_has_each_entry_with_its_fields(kitchen: User) -> None:
    told = json.loads(copy(kitchen, "jrnl"))
    assert set(told) == {"entries", "tags"}
    assert told["entries"][0] == {
        "title": "Served *soup* (hot).",
        "body": "Twice.",
        "date": "2026-11-20",
        "time": "12:00",
        "tags": ["@deep_work", "@soup", "@something_i_did"],
        "starred": False,
    }
    assert told["entries"][1]["title"] == "The sauce split."
    assert told["entries"][1]["body"] == "To a friend\n\nIt happens.\n\nWhat is this teaching me?\n\nLower heat."
    assert [one["title"] for one in told["entries"][2:]] == ["Something I did · Rested", "Long ago."]
    assert told["tags"] == {"@something_i_did": 2, "@deep_work": 1, "@soup": 1, "@something_hard": 1, "@a_note": 1}


def parsed(text: str) -> list[tuple[str, str]]:
    """As jrnl takes it in: an entry begins wherever something stands in brackets at the beginning of a line."""
    found = list(re.finditer(r"(?:^|\n)\[([^\]]+)\] ", text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    return [(one[1], text[one.end() : end].strip()) for one, end in zip(found, ends, strict=True)]


def test_jrnl_takes_each_entry_in(kitchen: User) -> None:
    assert parsed(copy(kitchen, "jrnl_text").decode()) == [
        ("2026-11-20 12:00", "Served *soup* (hot).\nTwice.\n@deep_work @soup @something_i_did"),
        (
            "2026-11-19 12:00",
            "The sauce split.\nTo a friend\n\nIt happens.\n\nWhat is this teaching me?\n\nLower heat.\n@something_hard",
        ),
        ("2026-11-18 12:00", "Something I did · Rested\n@something_i_did"),
        ("2020-02-29 12:00", "Long ago.\n@a_note"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[2020-01-01 09:00] not an entry",
        "first\n[2020-01-01 09:00] not an entry",
        "first\r[now] not an entry",
        "[over\ntwo lines] not an entry",
        "first\n[[now] ] not an entry",
    ],
)
def test_brackets_in_a_text_begin_no_entry(ada: User, text: str) -> None:
    make.entry(ada, "before")
    Entry.objects.create(owner=ada, kind="note", body=text, local_date=TODAY, created_at=NOW)
    stamps = [stamp for stamp, _words in parsed(copy(ada, "jrnl_text").decode())]
    assert stamps == ["2026-11-20 12:00"] * 2


@given(st.lists(TEXTS | TEXTS.map("[x] ".__add__) | TEXTS.map("a\n[x] ".__add__), min_size=1, max_size=3))
def test_as_many_entries_come_in_as_there_are(texts: list[str]) -> None:
    written = "".join(jrnl._text(jrnl._page(markdown.Journal(own=jrnl._plain), leaf(text))) for text in texts)
    assert len(parsed(written)) == len(texts)


def test_a_star_at_the_end_of_a_line_stays_a_star(ada: User) -> None:
    """jrnl takes one at the end of the title for its own."""
    make.entry(ada, "A night with one *\nand more")
    [page] = json.loads(copy(ada, "jrnl"))["entries"]
    assert (page["title"], page["body"]) == ("Something I did", "A night with one *\nand more")


@pytest.mark.parametrize(
    ("words", "said"),
    [("deep work", "@deep_work"), ("Über uns", "@über_uns"), ("c++/rust", "@c++/rust"), ("学び", "@学び"), ("…", "")],
)
def test_a_tag_is_one_word(words: str, said: str) -> None:
    assert tag(words) == said


# A file for each entry


def page(text: str) -> tuple[dict[str, Any], str]:
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def test_each_entry_is_a_file_with_what_names_it_above(kitchen: User) -> None:
    Kindness.write(Entry.objects.of(kitchen).get(body__filled=True, kind="win"), words="Enough for today.")
    made = {name.removeprefix("onward-2026-11-20/"): text for name, text in files(kitchen, "pages").items()}
    entry = Entry.objects.of(kitchen).get(body__filled=True, kind="win")
    head, body = page(made[f"entries/2026-11/2026-11-20-{entry.pk.hex[-12:]}.md"])
    assert head == {
        "id": str(entry.pk),
        "date": "2026-11-20",
        "written": "2026-11-20T12:00:00+00:00",
        "zone": "Europe/Lisbon",
        "kind": "win",
        "themes": ["deep work", "soup"],
        "tags": ["deep work", "soup"],
    }
    assert body == "\nServed *soup* (hot).\nTwice.\n\n**And to yourself?**\n\nEnough for today.\n"
    assert list(made)[0] == "README.md"
    folders = [name.rpartition("/")[0] for name in made if name.startswith("entries/")]
    assert folders == ["entries/2026-11"] * 3 + ["entries/2020-02"]


def test_what_else_is_known_stands_above_it_too(ada: User) -> None:
    make.one_of_each(ada, "canary")
    heads = [page(text)[0] for name, text in files(ada, "pages").items() if "/entries/" in name]
    assert len(heads) == Entry.objects.of(ada).count() == len({head["id"] for head in heads})
    hard = next(head for head in heads if head["kind"] == "setback" and head["themes"])
    assert (hard["milestone"], hard["themes"]) == ("canary title", ["canary theme"])
    assert sorted(head["opens_on"] for head in heads if "opens_on" in head) == ["2026-11-19", "2026-12-20"]
    others = [name.rpartition("/")[2] for name in files(ada, "pages") if "/entries/" not in name]
    assert others == ["README.md", "milestones.md", "steps.md", "lists.md", "weeks.md", "chapters.md", "measures.md"]


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_any_theme_and_any_text_are_read_back(text: str, themes: list[str]) -> None:
    head, body = page("".join(single_pages._page(markdown.Journal(), leaf(text, themes=themes))))
    assert (body, head["themes"], head["tags"]) == (f"\n{text}\n", themes, themes)


# A table for each noun


def tables(user: User) -> dict[str, list[dict[str, str]]]:
    made = files(user, "tables")
    assert all(text.startswith("\ufeff") for text in made.values())
    read = {name: csv.DictReader(io.StringIO(text[1:], newline="")) for name, text in made.items()}
    return {name.removeprefix("onward-2026-11-20/").removesuffix(".csv"): list(rows) for name, rows in read.items()}


def test_each_table_has_the_rows_and_columns_of_everything(ada: User) -> None:
    make.one_of_each(ada, "canary")
    whole = json.loads(copy(ada, "json"))
    made = tables(ada)
    nouns = {noun for noun, rows in whole.items() if isinstance(rows, list) and rows}
    assert set(made) == nouns | {"person"}
    for noun in nouns:
        assert [list(row) for row in made[noun]] == [list(row) for row in whole[noun]]
        assert [row.get("id") for row in made[noun]] == [row.get("id") for row in whole[noun]]
    hard = next(row for row in made["entries"] if row["body"] == "canary hard")
    assert (hard["theme_ids"], hard["local_date"], hard["removed_at"]) == (made["themes"][0]["id"], "2026-11-20", "")
    assert made["person"][0]["email"] == "ada@example.com"
    assert {row["beyond"] for row in made["steps"]} == {"0"}
    assert json.loads(made["standards"][0]["earlier"])[0]["words"] == {"serves": "canary served"}


def test_a_letter_that_is_closed_keeps_its_words_in_every_table(ada: User) -> None:
    letter = make.letter(ada, "canary for spring")
    letter.change(1, body="canary for summer")
    assert "canary" not in str(tables(ada))
    letter.remove(NOW)
    assert "canary" not in str(tables(ada))
    letter.restore()
    letter.later.open(NOW)
    assert [row["body"] for row in tables(ada)["entries"]] == ["canary for summer"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\ufeff=", "'=", "'\ufeff@", "\ufeff'-"])
def test_no_cell_is_a_formula(ada: User, first: str) -> None:
    Entry.objects.create(owner=ada, kind="note", body=f"{first}1+1", local_date=TODAY)
    for cell in (tables(ada)["entries"][0]["body"], safe(f"{first}1+1")):
        assert cell == f"'{first}1+1"
    assert safe("plain") == "plain"
    assert safe("\ufeffplain") == "\ufeffplain"
