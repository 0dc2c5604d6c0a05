"""How long an opened key is held."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts import keys
from accounts.models import DataKey, User
from accounts.scope import held, scope, streamed


def test_outside_a_scope_every_opening_asks_the_database(ada: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        keys.of(ada.pk)
        keys.of(ada.pk)
    assert held() is None


def test_within_a_scope_the_database_is_asked_once(ada: User, django_assert_num_queries: Any) -> None:
    with scope(), django_assert_num_queries(1):
        keys.of(ada.pk)
        with scope():
            keys.of(ada.pk)


def test_a_scope_ends_with_nothing_held(ada: User) -> None:
    with pytest.raises(RuntimeError), scope():
        keys.of(ada.pk)
        raise RuntimeError
    assert held() is None


def test_one_person_never_opens_with_the_key_of_another(ada: User, bea: User) -> None:
    with scope():
        assert keys.of(ada.pk) is not keys.of(bea.pk)
        assert set(held() or {}) == {ada.pk, bea.pk}


def test_a_destroyed_key_is_gone_at_once_in_its_own_scope_too(ada: User) -> None:
    with scope():
        keys.of(ada.pk)
        keys.destroy(ada.pk)
        with pytest.raises(keys.Locked):
            keys.of(ada.pk)


def test_a_key_destroyed_elsewhere_is_gone_with_the_next_request(ada: User) -> None:
    with scope():
        keys.of(ada.pk)
    DataKey.objects.all().delete()
    with scope(), pytest.raises(keys.Locked):
        keys.of(ada.pk)


def test_a_stream_holds_its_keys_after_the_request_and_no_longer(ada: User, django_assert_num_queries: Any) -> None:
    seen = []

    def chunks() -> Iterator[int]:
        for number in range(3):
            keys.of(ada.pk)
            seen.append(held())
            yield number

    with django_assert_num_queries(1):
        with scope():
            stream = streamed(chunks())
        assert held() is None
        assert list(stream) == [0, 1, 2]
    assert seen[0] is seen[1] is seen[2]
    assert held() is None


def test_a_stream_makes_its_first_chunk_before_it_is_asked(ada: User) -> None:
    def chunks() -> Iterator[int]:
        raise keys.Locked
        yield 1

    with pytest.raises(keys.Locked):
        streamed(chunks())


def test_a_stream_without_chunks_ends() -> None:
    assert list(streamed(number for number in ())) == []


def test_a_stream_whose_reader_goes_away_closes_what_makes_it() -> None:
    closed = []

    def chunks() -> Iterator[int]:
        try:
            yield from range(9)
        finally:
            closed.append(True)

    stream = streamed(chunks())
    next(stream)
    stream.close()
    assert closed == [True]
