"""Keys change and nothing becomes unreadable: rotate, retire and reseal, ended anywhere and begun again."""

import io
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import keys, ring, rotation
from accounts.models import DataKey, User
from accounts.scope import scope
from journal.models import Entry, Lesson
from tests import make

ONE, TWO = b"\x01" * 32, b"\x02" * 32


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    settings.ONWARD_KEYS_FILE = tmp_path / "keys.json"
    ring.write(settings.ONWARD_KEYS_FILE, "a", {"a": ONE})
    return settings.ONWARD_KEYS_FILE


@pytest.fixture
def people(file: Path, db: None) -> list[User]:
    people = [User.objects.create_user(f"{no}@example.com", "a long enough secret") for no in range(7)]
    for person in people:
        make.entry(person, f"Line of {person.pk}.")
    return people


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("keys", *words, stdout=out, stderr=out)
    return out.getvalue()


def readable(people: list[User]) -> bool:
    return all(Entry.objects.get(owner=one).body == f"Line of {one.pk}." for one in people)


def wrappers() -> dict[str, int]:
    return keys.needed()


def key_numbers(owner: User) -> set[int]:
    """Of every sealed text of this person, the number of its key."""
    rows = [row for model, fields in rotation.sealed_models() for row in _of(model, fields, owner)]
    return {kept[1] for kept in rows if kept}


def _of(model: Any, fields: Any, owner: User) -> list[bytes]:
    rows = model._base_manager.filter(**{fields[0].owner: owner.pk})
    return [field.kept(row) for row in rows for field in fields]


# rotate


def test_every_data_key_is_wrapped_anew_and_opens_the_same_texts(people: list[User]) -> None:
    told("add")
    said = told("rotate")
    name = ring.current().primary
    assert wrappers() == {name: 7}
    assert "7 data keys wrapped anew." in said
    assert "another machine" in said
    assert readable(people)


def test_ended_after_any_batch_it_goes_on_where_it_was(people: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    new = keys.add()
    for batches in (1, 2):
        parts = rotation.rotate()
        for _ in range(batches):
            next(parts)
        parts.close()
    assert wrappers() == {"a": 1, new: 6}
    assert readable(people)
    assert [part.changed for part in rotation.rotate()] == [1]
    assert wrappers() == {new: 7}
    assert list(rotation.rotate()) == []


def test_a_key_that_does_not_open_stays_as_it_is_and_holds_up_nobody(people: list[User]) -> None:
    DataKey.objects.filter(owner=people[3]).update(wrapped=b"\0" * 60)
    new = keys.add()
    with pytest.raises(CommandError, match=f"person {people[3].pk}, key 1"):
        told("rotate")
    assert wrappers() == {"a": 1, new: 6}


def test_one_that_was_wrapped_meanwhile_stays_as_that_left_it(
    people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.add()
    stale = rotation._behind((UUID(int=0), 0))
    for _ in rotation.rotate():
        pass
    kept = dict(DataKey.objects.values_list("owner_id", "wrapped"))
    assert rotation._rewrap(stale).changed == 0
    assert dict(DataKey.objects.values_list("owner_id", "wrapped")) == kept


# retire


def test_a_key_goes_only_when_nothing_needs_it(people: list[User], file: Path) -> None:
    new = keys.add()
    with pytest.raises(CommandError, match="still wraps data keys \\(7\\)"):
        told("retire", "a")
    told("rotate")
    with pytest.raises(ImproperlyConfigured, match="is the primary key"):
        ring.shorten(file, new)
    told("retire", "a")
    assert set(ring.read(file).keys) == {new}
    assert readable(people)
    with pytest.raises(CommandError, match="has no key a"):
        told("retire", "a")


# reseal


def test_every_text_is_sealed_with_a_new_key_and_the_old_one_is_gone(ada: User, bea: User) -> None:
    make.one_of_each(ada, "heliotrope")
    theirs = make.entry(bea, "Mine.")
    before = {row.pk: row.body for row in Entry.objects.of(ada)}
    when = dict(Entry.objects.of(ada).values_list("pk", "updated_at"))
    assert key_numbers(ada) == {1}
    told("reseal", "--user", ada.email, "--wait", "0")
    assert key_numbers(ada) == {2}
    assert list(DataKey.objects.filter(owner=ada).values_list("no", flat=True)) == [2]
    assert {row.pk: row.body for row in Entry.objects.of(ada)} == before
    assert dict(Entry.objects.of(ada).values_list("pk", "updated_at")) == when
    assert key_numbers(bea) == {1}
    assert Entry.objects.get(pk=theirs.pk).body == "Mine."


def test_ended_after_any_batch_it_goes_on_with_the_same_key(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    for no in range(10):
        make.entry(ada, f"Line {no}.")
    parts = rotation.reseal(ada)
    next(parts)
    parts.close()
    assert key_numbers(ada) == {1, 2}
    assert sum(part.changed for part in rotation.reseal(ada)) == 7
    assert key_numbers(ada) == {2}
    assert sorted(DataKey.objects.filter(owner=ada).values_list("no", flat=True)) == [1, 2]
    assert rotation.forget(ada) == 1
    assert {row.body for row in Entry.objects.of(ada)} == {f"Line {no}." for no in range(10)}


def test_a_text_that_came_from_a_request_that_began_before_is_swept_up(ada: User) -> None:
    with scope():
        keys.of(ada.pk)  # a request holds the first key
        DataKey.objects.filter(owner=ada).update(no=1)
        keys.create(ada.pk, 2)
        late = make.entry(ada, "Written by an older key.")
    assert key_numbers(ada) == {1}
    with pytest.raises(Exception, match="still need an older key: 1"):
        rotation.forget(ada)
    assert sum(part.changed for part in rotation.sweep(ada)) == 1
    rotation.forget(ada)
    assert Entry.objects.get(pk=late.pk).body == "Written by an older key."


def test_a_damaged_text_is_never_rewritten_and_keeps_its_key(ada: User) -> None:
    hard = make.setback(ada)
    lesson = Lesson.objects.create(owner=ada, entry=hard, lesson="Ask.")
    field: Any = Lesson._meta.get_field("lesson")
    kept = bytes(field.kept(Lesson.objects.get(pk=lesson.pk)))
    broken = type(field.kept(Lesson.objects.get(pk=lesson.pk)))(kept[:-1] + bytes([kept[-1] ^ 1]))
    Lesson.objects.filter(pk=lesson.pk).update(lesson=broken)
    with pytest.raises(CommandError, match=f"lesson.lesson {lesson.pk}"):
        told("reseal", "--user", str(ada.pk), "--wait", "0")
    assert field.kept(Lesson.objects.get(pk=lesson.pk)) == broken
    assert DataKey.objects.filter(owner=ada).count() == 2
    assert Entry.objects.get(pk=hard.pk).body == hard.body


def test_large_texts_are_never_held_together(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a file that waits have a mebibyte and more each: memory is for one batch of them, however many wait."""
    monkeypatch.setattr(rotation, "AT_ONCE", 3000)
    texts = ["a" * 1000, "b" * 1000, "c" * 5000, "d" * 10, "e" * 10]
    ids = [make.entry(ada, text).pk for text in texts]
    keys.create(ada.pk, 2)
    with CaptureQueriesContext(connection) as asked:
        batches = [batch for model, batch in rotation._older(ada, 2) if model is Entry]
    sizes = {id: len(text) for id, text in zip(ids, texts, strict=True)}
    assert sorted(id for batch in batches for id in batch) == sorted(ids)
    assert all(len(batch) == 1 or sum(sizes[id] for id in batch) <= 3000 for batch in batches)
    assert len(batches) > 1
    assert sum(done.changed for done in rotation.sweep(ada)) == len(texts)
    assert sorted(Entry.objects.get(pk=id).body for id in ids) == texts
    # No text came along when its key was looked at.
    columns = [one["sql"].partition(" FROM ")[0] for one in asked if '"journal_entry"."body"' in one["sql"]]
    assert columns and not any(', "journal_entry"."body",' in told or told.endswith('."body"') for told in columns)


def test_nobody_is_said_to_be_nobody(ada: User) -> None:
    with pytest.raises(CommandError, match="There is nobody"):
        told("reseal", "--user", "nobody@example.com")
