"""Entries as a list shows them: what one question for all sides finds is what the ORM finds by its joins."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import models

from accounts.models import User
from accounts.scope import scope
from accounts.sealed import Sealed
from journal.listed import MORE, OF_KIND, listed
from journal.models import (
    Acceptance,
    Answer,
    Decision,
    Doubt,
    Entry,
    Kindness,
    Lesson,
    Meeting,
    Milestone,
    Revisit,
    Sequel,
    ThenNow,
)
from tests import make

NOON = make.NOON
TODAY = NOON.date()
NAMES = {name: side for sides in (*OF_KIND.values(), *MORE.values()) for name, side in sides.items()}


def journal_of(owner: User, word: str) -> None:
    """An entry of each kind with all that can lie beside it, and one of each without."""
    milestone = Milestone.objects.create(owner=owner, local_date=TODAY, title=f"{word} menu")
    kinds = {kind: make.entry(owner, f"{word} {kind}", kind=kind, themes=[word, kind]) for kind in Entry.Kind.values}
    for kind in Entry.Kind.values:
        make.entry(owner, f"{word} bare {kind}", kind=kind)
    hard, doubt, decision = (kinds[kind] for kind in ("setback", "doubt", "decision"))
    Entry.objects.filter(pk__in=[hard.pk, kinds["milestone"].pk]).update(milestone=milestone)
    for noun, entry in ((Lesson, hard), (Answer, doubt), (Doubt, doubt), (Decision, decision)):
        noun.write(entry, **{name: f"{word} {name}" for name in noun.WORDS})
    Acceptance.accept(hard, "hard")
    Sequel.tell(hard, f"{word} came")
    Meeting.write(kinds["meeting"], helpful=f"{word} helpful")
    Kindness.write(kinds["win"], words=f"{word} kind")
    Revisit.ask(decision, TODAY + timedelta(days=9))
    Revisit.write(doubt, known=f"{word} known")
    ThenNow.lay(kinds["then_now"], hard)
    make.encouragement(owner, from_whom=f"{word} friend")
    make.letter(owner).later.open(NOON)
    make.letter(owner, days=40)


def columns(row: Any, only: Any = None) -> dict[str, Any] | None:
    """What was read of a row, texts as they are sealed; of another one the same columns."""
    if row is None:
        return None
    return {name: row.__dict__[name] for name in only or row.__dict__ if not name.startswith("_")}


def beside(entry: Entry, name: str) -> Any:
    return getattr(entry, name, None)


def same(ours: list[Entry], theirs: list[Entry], names: set[str]) -> None:
    assert [columns(entry, columns(other)) for entry, other in zip(ours, theirs, strict=True)] == [
        columns(other) for other in theirs
    ]
    for entry, other in zip(ours, theirs, strict=True):
        assert [(one.pk, one.owner_id, one.name) for one in entry.listed_themes] == [
            (one.pk, one.owner_id, one.name) for one in other.themes.all()
        ]
        for name in (
            "milestone",
            "kindness",
            *sorted(names & {*OF_KIND.get(entry.kind, {}), *MORE.get(entry.kind, {})}),
        ):
            one = columns(beside(entry, name))
            assert one == columns(beside(other, name), one), (entry.kind, name)
        old, theirs_old = (getattr(beside(page, "then_now"), "old", None) for page in (entry, other))
        assert columns(old) == columns(theirs_old, columns(old))
        lesson = columns(beside(old, "lesson"))
        assert lesson == columns(beside(theirs_old, "lesson"), lesson)


def joined(owner: User, *more: str) -> list[Entry]:
    return list(Entry.objects.of(owner).with_records().select_related(*more).newest_first())


@pytest.fixture
def both(ada: User, bea: User) -> User:
    journal_of(ada, "harbour")
    journal_of(bea, "heliotrope")
    return ada


def test_what_is_read_at_once_is_what_is_joined(both: User, bea: User) -> None:
    short = {name for sides in OF_KIND.values() for name in sides}
    for owner in (both, bea):
        same(listed(Entry.objects.of(owner).newest_first()), joined(owner), short)
        more = joined(owner, "doubt", "revisit")
        same(listed(Entry.objects.of(owner).newest_first(), longer=True), more, set(NAMES))


def test_what_does_not_open_is_read_as_it_is_kept(both: User) -> None:
    broken = Sealed(b"\x01\x01" + b"x" * 40)
    for noun in {side.noun for side in NAMES.values()} | {Entry}:
        noun.objects.of(both).update(**{field.attname: broken for field in noun.sealed_fields()})
    ours = listed(Entry.objects.of(both).newest_first(), longer=True)
    same(ours, joined(both, "doubt", "revisit"), set(NAMES))
    assert {entry.damaged for entry in ours} == {True}
    assert {beside(entry, "lesson").damaged for entry in ours if beside(entry, "lesson")} == {True}


def test_an_old_page_that_was_taken_back_is_not_shown(both: User) -> None:
    new = Entry.objects.of(both).get(then_now__isnull=False)
    new.then_now.old.remove(NOON)
    (page,) = listed(Entry.objects.of(both).filter(pk=new.pk))
    assert (page.then_now.old_id, page.then_now.old) == (new.then_now.old_id, None)


@pytest.mark.parametrize("many", [1, 3])
def test_two_questions_whatever_is_there(many: int, both: User, django_assert_num_queries: Any) -> None:
    for _ in range(many):
        ThenNow.lay(make.entry(both, "Easier.", kind="then_now"), Entry.objects.of(both).filter(kind="doubt")[0])
    with scope(), django_assert_num_queries(3):  # the key is asked for, too
        for entry in listed(Entry.objects.of(both).newest_first()):
            assert entry.milestone_id is None or entry.milestone.title
            rows = [beside(entry, name) for name in ("kindness", *OF_KIND.get(entry.kind, {}))]
            old = getattr(beside(entry, "then_now"), "old", None) if entry.kind == "then_now" else None
            rows += [old, beside(old, "lesson")]
            assert not any(row.damaged for row in rows if row)
    with django_assert_num_queries(1):
        assert listed(Entry.objects.of(both).filter(pk=uuid4())) == []


def test_what_was_not_read_is_fetched_when_somebody_asks(both: User, django_assert_num_queries: Any) -> None:
    hard = next(entry for entry in listed(Entry.objects.of(both)) if beside(entry, "lesson"))
    kept = Lesson.objects.of(both).get()
    assert hard.lesson.get_deferred_fields() == {"created_at", "updated_at", "version"}
    with django_assert_num_queries(1):
        assert hard.lesson.version == kept.version
    assert isinstance(hard.lesson, models.Model) and hard.lesson == kept
