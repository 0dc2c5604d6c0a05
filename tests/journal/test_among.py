"""Many ids in one parameter find what `in` finds."""

from uuid import uuid4

import pytest

from accounts.models import User
from journal.models import Entry, Theme
from tests import make


@pytest.mark.parametrize("kind", [str, lambda id: id, lambda id: id.hex])
def test_it_finds_those_and_no_others_however_ids_are_written(ada: User, bea: User, kind: type) -> None:
    wanted = [make.entry(ada, "One."), make.entry(bea, "Two.")]
    make.entry(ada, "Neither.")
    ids = [kind(entry.pk) for entry in wanted]
    assert set(Entry.objects.filter(pk__among=[*ids, kind(uuid4())])) == set(wanted)
    assert list(Entry.objects.filter(pk__among=[])) == []


def test_it_looks_at_the_column_of_a_link(ada: User) -> None:
    entry = make.entry(ada, "One.")
    entry.themes.set([Theme.named(ada, ["rest"])[0]])
    links = Entry.themes.through._default_manager
    assert links.filter(entry__pk__among=[entry.pk]).count() == 1
    assert str(links.filter(entry__pk__among=[entry.pk]).query).count("JOIN") == 0


def test_five_hundred_ids_are_one_parameter(ada: User) -> None:
    _sql, params = Entry.objects.filter(pk__among=[uuid4() for _ in range(500)]).query.sql_with_params()
    assert len(params) == 1
