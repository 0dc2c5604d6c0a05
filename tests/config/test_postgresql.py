"""What one statement may carry."""

import pytest
from django.db import connection
from django.db.models import Model
from django.db.models.deletion import Collector

from accounts.models import User
from journal.models import Entry, Evidence

# A Bind message of PostgreSQL's counts its parameters in sixteen bits; SQLite counts, too.
MOST = 65_535


@pytest.mark.parametrize("fields", [["page"], ["page", "entry"], ["a", "b", "c"], []])
def test_many_rows_are_asked_for_in_pieces(fields: list[str]) -> None:
    size = connection.ops.bulk_batch_size(fields, range(100_000))
    assert 1 <= size * max(1, len(fields)) <= MOST


def test_what_goes_with_a_hundred_thousand_entries_is_looked_for_in_pieces(ada: User) -> None:
    entries: list[Model] = [Entry(owner=ada) for _ in range(100_000)]
    keys = [Evidence._meta.get_field(name) for name in ("page", "entry")]
    pieces = Collector(using="default", origin=ada).get_del_batches(entries, keys)
    assert max(len(piece) for piece in pieces) * len(keys) <= MOST
    assert sum(len(piece) for piece in pieces) == len(entries)
