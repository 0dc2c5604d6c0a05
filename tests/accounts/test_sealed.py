"""Sealed texts: what the database has, what opens, and what is never rewritten."""

import io
import json
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.utils import DatabaseError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import keys
from accounts.fields import TextField
from accounts.models import DataKey, User
from accounts.scope import scope
from accounts.sealed import Damaged, Sealed, SealedTextField, seal, unseal
from journal.models import Entry, Lesson, Theme
from tests import make

WORDS = "I asked for help before the sauce split."
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def stored(row: models.Model, column: str = "body") -> bytes:
    """What stands in the table, past every field of ours."""
    table, key = row._meta.db_table, row._meta.pk.column
    pk = row.pk if connection.vendor == "postgresql" else row.pk.hex
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {key} = %s", [pk])
        return bytes(cursor.fetchone()[0])


def store(row: models.Model, value: bytes, column: str = "body") -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**{column: Sealed(value)})


def fresh(row: models.Model) -> models.Model:
    return type(row)._base_manager.get(pk=row.pk)


@given(TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_any_text_opens_as_it_was_sealed(ada: User, text: str) -> None:
    row = uuid4()
    assert unseal(seal(text, ada.pk, "entry.body", row), ada.pk, "entry.body", row) == text


@given(TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_text_comes_back_from_the_database(ada: User, text: str) -> None:
    entry = Entry.objects.create(owner=ada, kind="note", body=text, local_date=make.NOON.date())
    assert fresh(entry).body == text


@pytest.mark.parametrize(
    "text",
    [
        "🙂" * 250_000,
        "\0",
        "=cmd|'/C calc'!A0",
        "שלום\u202e",
        "e\u0301",
        "<svg onload=alert(1)>",
        "{{ 7*7 }}",
        "\U0010ffff",
    ],
    ids=["a megabyte of emoji", "NUL", "formula", "right to left", "combining", "markup", "template", "last character"],
)
def test_hostile_text_comes_back_whole(ada: User, text: str) -> None:
    assert fresh(make.entry(ada, text)).body == text


def test_the_database_holds_no_word(ada: User) -> None:
    kept = stored(make.entry(ada, WORDS))
    assert len(kept) == len(WORDS) + 30
    assert kept[:2] == b"\x01\x01"
    assert b"sauce" not in kept


def test_the_same_text_is_sealed_differently_each_time(ada: User) -> None:
    assert stored(make.entry(ada, WORDS)) != stored(make.entry(ada, WORDS))


def test_no_text_is_an_empty_column(ada: User) -> None:
    entry = make.entry(ada, "", deed="rested")
    assert stored(entry) == b""
    assert fresh(entry).body == ""


def test_a_lone_surrogate_is_refused_without_being_quoted(ada: User) -> None:
    with pytest.raises(ValueError, match="half a character") as caught:
        make.entry(ada, "sauce \ud800")
    assert "sauce" not in repr((caught.value, caught.value.__context__, caught.value.__cause__))


def test_only_a_text_is_sealed(ada: User) -> None:
    with pytest.raises(TypeError, match="Only a text"):
        make.entry(ada, 7)


# Moved or changed


def test_a_text_moved_to_another_row_does_not_open(ada: User) -> None:
    one, other = make.entry(ada, WORDS), make.entry(ada, "Rested.")
    store(other, stored(one))
    with pytest.raises(Damaged):
        fresh(other).body  # noqa: B018


def test_a_text_moved_to_another_person_does_not_open(ada: User, bea: User) -> None:
    one, other = make.entry(ada, WORDS), make.entry(bea, "Rested.")
    store(other, stored(one))
    with pytest.raises(Damaged):
        fresh(other).body  # noqa: B018


def test_a_row_given_to_another_person_does_not_open(ada: User, bea: User) -> None:
    entry = make.entry(ada, WORDS)
    Entry.objects.filter(pk=entry.pk).update(owner=bea)
    with pytest.raises(Damaged):
        fresh(entry).body  # noqa: B018


def test_a_text_moved_to_another_field_does_not_open(ada: User) -> None:
    lesson = Lesson.objects.create(owner=ada, entry=make.setback(ada), kind_words=WORDS)
    Lesson.objects.filter(pk=lesson.pk).update(lesson=Sealed(stored(lesson, "kind_words")))
    assert fresh(lesson).kind_words == WORDS
    with pytest.raises(Damaged):
        fresh(lesson).lesson  # noqa: B018


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_a_changed_byte_does_not_open(ada: User, data: st.DataObject) -> None:
    row = uuid4()
    sealed = bytearray(seal(WORDS, ada.pk, "entry.body", row))
    at, bit = data.draw(st.integers(0, len(sealed) - 1)), data.draw(st.integers(0, 7))
    sealed[at] ^= 1 << bit
    with pytest.raises(Damaged):
        unseal(bytes(sealed), ada.pk, "entry.body", row)


@pytest.mark.parametrize("value", [b"\x01", b"\x02" + b"x" * 60, b"plain words that nobody sealed, left by hand"])
def test_bytes_of_another_form_do_not_open(ada: User, value: bytes) -> None:
    entry = make.entry(ada, WORDS)
    store(entry, value)
    with pytest.raises(Damaged):
        fresh(entry).body  # noqa: B018


def test_a_damaged_text_is_kept_bit_for_bit_when_another_field_is_saved(ada: User) -> None:
    entry = make.entry(ada, WORDS)
    whole = stored(entry)
    broken = whole[:-1] + bytes([whole[-1] ^ 1])
    store(entry, broken)
    again = fresh(entry)
    again.deed = "rested"
    again.save()
    assert stored(entry) == broken
    assert fresh(entry).deed == "rested"
    assert fresh(entry).damaged


def test_an_unread_text_is_written_back_bit_for_bit(ada: User) -> None:
    entry = make.entry(ada, WORDS)
    before = stored(entry)
    fresh(entry).save()
    read = fresh(entry)
    assert read.body == WORDS
    read.save()
    assert stored(entry) == before


def test_a_damaged_text_cannot_be_written_over(ada: User) -> None:
    entry = make.entry(ada, WORDS)
    store(entry, b"\x01" * 60)
    with pytest.raises(Damaged):
        fresh(entry).change(1, body="Something else.")
    assert stored(entry) == b"\x01" * 60


def test_a_damaged_text_is_never_offered_for_change(ada: User) -> None:
    entry = make.entry(ada, WORDS)
    store(entry, b"\x01" * 60)
    value = Entry._meta.get_field("body").value_from_object(fresh(entry))
    with pytest.raises(Damaged):
        TextField().prepare_value(value)


def test_one_damaged_entry_leaves_the_page_and_the_others_as_they_are(ada: User, ada_client: Client) -> None:
    broken, whole = make.entry(ada, WORDS), make.entry(ada, "Answered the letter.")
    store(broken, b"\x01" * 60)
    page = ada_client.get("/entries/")
    assert page.status_code == 200
    assert whole.body in page.content.decode()
    assert "This entry can’t be opened; kept as it is" in page.content.decode()


def test_a_damaged_entry_refuses_to_be_changed_and_keeps_its_bytes(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, WORDS)
    store(entry, b"\x01" * 60)
    form = {"kind": "win", "body": "Something else.", "local_date": "2026-11-20", "version": "1"}
    assert ada_client.post(f"/entries/{entry.pk}/", form).status_code == 409
    assert stored(entry) == b"\x01" * 60


# What the ORM can ask


def test_values_are_opaque(ada: User) -> None:
    make.entry(ada, WORDS)
    row = Entry.objects.values("body").get()
    assert str(row) == "{'body': [sealed]}"
    assert {f"{row['body']}", f"{row['body']!r}", "{}".format(row["body"]), str(row["body"])} == {"[sealed]"}


@pytest.mark.parametrize("value", [WORDS, Value(WORDS), F("deed")], ids=["text", "expression", "another column"])
def test_update_takes_no_text(ada: User, value: object) -> None:
    entry = make.entry(ada, WORDS)
    before = stored(entry)
    with pytest.raises(TypeError), transaction.atomic():
        Entry.objects.update(body=value)
    assert stored(entry) == before


def test_bulk_update_takes_no_text(ada: User) -> None:
    entry = make.entry(ada, WORDS)
    with pytest.raises(TypeError):
        Entry.objects.bulk_update([entry], ["body"])


def test_a_text_can_be_taken_out_by_update(ada: User) -> None:
    entry = make.entry(ada, WORDS)
    Entry.objects.update(body="")
    assert fresh(entry).body == ""


@pytest.mark.parametrize("question", ["body", "body__exact", "body__contains", "body__in", "body__gt"])
def test_a_text_cannot_be_asked_for(ada: User, question: str) -> None:
    with pytest.raises(FieldError):
        Entry.objects.filter(**{question: WORDS}).exists()


def test_only_whether_something_is_there_can_be_asked(ada: User) -> None:
    entry = make.entry(ada, "", deed="rested")
    assert list(Entry.objects.filter(deed__filled=True)) == [entry]
    assert list(Entry.objects.filter(body__filled=True)) == []
    assert list(Entry.objects.filter(body__filled=False)) == [entry]


def test_bulk_create_seals(ada: User) -> None:
    Theme.objects.bulk_create([Theme(owner=ada, name=name) for name in ("sauces", "mornings")])
    assert {theme.name for theme in Theme.objects.all()} == {"sauces", "mornings"}
    assert all(b"sauces" not in stored(theme, "name") for theme in Theme.objects.all())


def test_a_deferred_text_is_fetched_when_it_is_read(ada: User, django_assert_num_queries: object) -> None:
    make.entry(ada, WORDS)
    with scope():
        entry = Entry.objects.defer("body").get()
        with django_assert_num_queries(2):  # the column and the key
            assert entry.body == WORDS
        with django_assert_num_queries(0):
            assert entry.body == WORDS


def test_a_sealed_column_can_be_added_to_a_table_that_holds_rows(ada: User, transactional_db: None) -> None:
    theme = Theme.objects.create(owner=ada, name="sauces")
    field = SealedTextField(label="theme.hint")
    field.set_attributes_from_name("hint")
    field.model = Theme
    with connection.schema_editor() as editor:
        editor.add_field(Theme, field)
    try:
        assert stored(theme, "hint") == b""
        assert fresh(theme).name == "sauces"
    finally:
        with connection.schema_editor() as editor:
            editor.remove_field(Theme, field)


def test_the_code_before_leaves_an_added_column_empty(ada: User, transactional_db: None) -> None:
    """It knows of none while an upgrade goes on (docs/operating.md), and a default of the database fills it."""
    field = SealedTextField(label="theme.hint", db_default=b"")
    field.set_attributes_from_name("hint")
    field.model = Theme
    with connection.schema_editor() as editor:
        editor.add_field(Theme, field)
    try:
        assert stored(Theme.objects.create(owner=ada, name="sauces"), "hint") == b""
    finally:
        with connection.schema_editor() as editor:
            editor.remove_field(Theme, field)


def test_a_sealed_field_takes_a_label() -> None:
    field = SealedTextField()
    field.set_attributes_from_name("body")
    assert "accounts.E001" in [found.id for found in field.check()]


def test_no_two_fields_share_a_label() -> None:
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    labels = [field.label for field in fields if isinstance(field, SealedTextField)]
    assert len(labels) == len(set(labels)) >= 15


# dumpdata and loaddata


def dump() -> str:
    out = io.StringIO()
    call_command("dumpdata", "accounts.user", "accounts.datakey", "journal", stdout=out)
    return out.getvalue()


def test_a_dump_is_sealed_and_loads_again(ada: User, bea: User, tmp_path: object) -> None:
    make.one_of_each(ada, "canary")
    ada.name = "canary"
    ada.save()
    damaged = make.entry(bea, WORDS)
    store(damaged, b"\x01" * 60)
    text = dump()
    assert "canary" not in text
    kept = {entry.pk: (entry.kind, stored(entry)) for entry in Entry.objects.all()}
    for person in User.objects.all():
        person.delete()
    (tmp_path / "dump.json").write_text(text)
    call_command("loaddata", tmp_path / "dump.json", verbosity=0)
    assert {entry.pk: (entry.kind, stored(entry)) for entry in Entry.objects.all()} == kept
    assert User.objects.get(pk=ada.pk).name == "canary"
    assert {lesson.lesson for lesson in Lesson.objects.all()} == {"canary lesson"}
    assert fresh(damaged).damaged


def test_a_dump_is_made_without_the_keys(ada: User) -> None:
    entry = make.entry(ada, WORDS)
    DataKey.objects.all().delete()
    rows = {row["pk"]: row["fields"] for row in json.loads(dump()) if row["model"] == "journal.entry"}
    assert bytes.fromhex(rows[str(entry.pk)]["body"].removeprefix("\0sealed:")) == stored(entry)


# Without a key


def test_a_person_without_a_key_can_neither_read_nor_write(ada: User) -> None:
    entry = make.entry(ada, WORDS)
    keys.destroy(ada.pk)
    with pytest.raises(keys.Locked):
        fresh(entry).body  # noqa: B018
    with pytest.raises(keys.Locked):
        make.entry(ada, "Something new.")
    assert Entry.objects.count() == 1


def test_an_error_of_the_database_does_not_hold_the_words(ada: User) -> None:
    entry = Entry(owner=ada, kind="a kind far too long for its column", body=WORDS, local_date=None)
    with pytest.raises(DatabaseError) as caught:
        entry.save()
    assert "sauce" not in repr((str(caught.value), caught.value.args, caught.value.__cause__))
