"""Limits: exact in one process, and the first quarter of each costs nobody a commit."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.throttle import Untold, over

NOON = 1_780_000_000 // 3600 * 3600


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 7, 19, 60])
def test_exactly_so_many_pass(most: int, db: None) -> None:
    whose = uuid4()
    assert [over("save", whose, most, 60) for _ in range(most + 3)] == [False] * most + [True] * 3


def test_each_has_a_count_of_their_own_and_each_window_another(db: None) -> None:
    ada, bea = uuid4(), uuid4()
    assert [over("save", ada, 1, 60), over("save", ada, 1, 60)] == [False, True]
    assert [over("save", bea, 1, 60), over("search", ada, 1, 60)] == [False, False]
    with time_machine.travel(NOON + 60, tick=False):
        assert over("save", ada, 1, 60) is False


def test_the_first_quarter_is_told_with_the_one_after_it() -> None:
    untold = Untold()
    assert [untold.one_more("one", 3, NOON + 60) for _ in range(6)] == [0, 0, 0, 4, 1, 1]
    assert [untold.one_more("other", 0, NOON + 60) for _ in range(2)] == [1, 1]


def test_nothing_is_asked_of_anybody_for_the_first_quarter(db: None, django_assert_num_queries: Any) -> None:
    whose = uuid4()
    with django_assert_num_queries(0):
        assert not any(over("save", whose, 60, 60) for _ in range(15))
    with CaptureQueriesContext(connection) as asked:
        assert not over("save", whose, 60, 60)
    assert len(asked) > 0


def test_two_processes_let_a_quarter_more_pass_at_most() -> None:
    """Each tells what is beyond its own quarter; what they were told together is what counts."""
    here, there, told, passed = Untold(), Untold(), 0, 0
    for process in [there] * 15 + [here] * 60:
        more = process.one_more("one", 15, NOON + 60)
        told += more
        passed += not more or told <= 60
    assert passed == 75


def test_what_is_over_is_forgotten() -> None:
    untold = Untold()
    for number in range(Untold.KEPT):
        untold.one_more(f"early {number}", 1, NOON - 1)
    untold.one_more("late", 1, NOON + 60)
    assert untold.one_more("early 1", 1, NOON + 60) == 0
    assert untold.one_more("late", 1, NOON + 60) == 2
