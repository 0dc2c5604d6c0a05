"""docs/onward.schema.json says what “Everything” holds, and what it holds is what the schema says."""

import json
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest
from django.conf import settings as kept_settings

from accounts.models import User
from journal.export import FORMATS, schema
from journal.export.choice import WHOLE, Choice
from journal.export.everything import NOUNS, VERSION
from journal.models import Acceptance, Entry
from reminders.models import Discretion, Offer, ReplyConsent, Schedule, ZoneNotice
from tests import make
from tests.journal.test_export import damage

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SCHEMA = json.loads((kept_settings.BASE_DIR / "docs" / "onward.schema.json").read_text())


def told(user: User, choice: Choice = WHOLE) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(b"".join(FORMATS["json"].chunks(user, NOW, choice)))
    return made


def refused(made: dict[str, Any]) -> list[str]:
    check = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.validator}" for error in check.iter_errors(made)]


@pytest.fixture
def lived(ada: User) -> User:
    """A row of every noun, of what letters say, and one that does not open."""
    make.one_of_each(ada, "canary")
    entry = make.entry(ada, "canary, put at first")
    entry.change(1, body="canary, put otherwise")
    damage(make.entry(ada, "damaged"))
    Acceptance.objects.create(owner=ada, entry=make.setback(ada), way="hard")
    Schedule.objects.create(owner=ada, active=True, agreed_at=NOW, paused_until=NOW.date())
    Offer.objects.create(owner=ada, answer="later", at=NOW)
    ReplyConsent.objects.create(owner=ada, at=NOW)
    Discretion.objects.create(owner=ada, at=NOW)
    ZoneNotice.objects.create(owner=ada, zone="America/New_York", at=NOW)
    return ada


def test_it_is_a_schema_and_the_one_that_the_code_tells() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert schema.schema() == SCHEMA, "docs/onward.schema.json is behind: journal/export/schema.py says how to write it"
    assert set(NOUNS) < set(SCHEMA["properties"])
    assert SCHEMA["properties"]["version"] == {"const": VERSION}


def test_a_whole_copy_holds_to_it_and_it_names_every_key(lived: User) -> None:
    made = told(lived)
    assert refused(made) == []
    assert list(made) == SCHEMA["required"]
    for noun, rows in made.items():
        if isinstance(rows, list):
            assert rows, noun
            keys = SCHEMA["properties"][noun]["items"]["properties"]
            assert [set(row) ^ set(keys) for row in rows] == [set()] * len(rows)
    assert set(made["person"]) == set(SCHEMA["properties"]["person"]["properties"])


@pytest.mark.parametrize("choice", [Choice(first=NOW.date()), Choice(kinds=("setback", "lesson", "doubt"))])
def test_a_copy_of_a_part_holds_to_it_too(lived: User, choice: Choice) -> None:
    made = told(lived, choice)
    assert refused(made) == []
    assert set(made["chosen"]) == set(SCHEMA["properties"]["chosen"]["properties"])


def test_an_empty_copy_holds_to_it(ada: User) -> None:
    assert refused(told(ada)) == []


def test_what_is_not_so_is_refused(ada: User) -> None:
    entry: Entry = make.entry(ada, "soup")
    wrong: list[tuple[str, Any, str]] = [
        ("id", entry.pk.hex, "$.entries[0].id: pattern"),
        ("local_date", "20.11.2026", "$.entries[0].local_date: format"),
        ("created_at", "2026-11-20", "$.entries[0].created_at: pattern"),
        ("kind", "failure", "$.entries[0].kind: enum"),
        ("body", 5, "$.entries[0].body: type"),
        ("version", -1, "$.entries[0].version: minimum"),
    ]
    for name, value, said in wrong:
        made = told(ada)
        made["entries"][0][name] = value
        assert said in refused(made)
        del made["entries"][0][name]
        assert refused(made) == ["$.entries[0]: required"]
    assert refused(told(ada) | {"format": "other"}) == ["$.format: const"]
