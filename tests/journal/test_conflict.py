"""Two tabs, one entry: both texts are kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from journal.models import Entry
from journal.models.revision import Revision
from tests import make
from tests.journal.pages import box, field, text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")


def address(entry: Entry) -> str:
    return f"/entries/{entry.pk}/"


def ever_written(entry: Entry) -> set[str]:
    """Every text that this entry still holds."""
    stands = Entry.objects.get(pk=entry.pk)
    return {stands.body, *(revision.words["body"] for revision in stands.revisions.all())}


def test_the_second_tab_is_shown_both_texts_and_nothing_is_lost(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, "As both read it.")
    ada_client.post(address(entry), {"version": 1, "body": "The first tab’s."})
    answer = ada_client.post(address(entry), {"version": 1, "body": "The second tab’s.", "themes": "bank"})
    assert answer.status_code == 409
    assert "What stands now" in text_of(answer)
    assert "The first tab’s." in text_of(answer)
    assert (box(answer, "body"), field(answer, "version"), field(answer, "themes")) == (
        "The second tab’s.",
        "2",
        "bank",
    )
    assert ever_written(entry) == {"As both read it.", "The first tab’s.", "The second tab’s."}


def test_what_did_not_come_to_stand_is_sealed_at_once(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, "As both read it.")
    entry.change(1, body="The first tab’s.")
    ada_client.post(address(entry), {"version": 1, "body": "heliotrope"})
    revision = entry.revisions.get(of_version=Revision.NEVER_STOOD)
    assert revision.words == {"body": "heliotrope", "deed": ""}
    assert b"heliotrope" not in revision.sealed_bytes("content")
    said = text_of(ada_client.get(address(entry)))
    assert "Written in another tab, 20 November 2026, 12:00 heliotrope" in said


def test_keeping_mine_then_makes_it_stand(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, "As both read it.")
    entry.change(1, body="The first tab’s.")
    answer = ada_client.post(address(entry), {"version": 1, "body": "Mine."})
    again = {"version": field(answer, "version"), "body": box(answer, "body") + " And more."}
    assert ada_client.post(address(entry), again).status_code == 303
    assert Entry.objects.get(pk=entry.pk).body == "Mine. And more."
    assert ever_written(entry) == {"As both read it.", "The first tab’s.", "Mine.", "Mine. And more."}


def test_the_same_change_twice_is_no_conflict(ada: User, ada_client: Client) -> None:
    """A double click."""
    entry = make.entry(ada, "Before.")
    words = {"version": 1, "body": "After.", "themes": "Bank, post", "local_date": "2026-11-19"}
    assert [ada_client.post(address(entry), words).status_code for _ in range(2)] == [303, 303]
    assert (Entry.objects.get(pk=entry.pk).version, entry.revisions.count()) == (2, 1)


def test_the_same_conflict_twice_is_kept_once(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, "As both read it.")
    entry.change(1, body="The first tab’s.")
    for _ in range(2):
        assert ada_client.post(address(entry), {"version": 1, "body": "Mine."}).status_code == 409
    assert entry.revisions.count() == 2


def test_a_version_from_nowhere_never_stands_for_the_first_words(ada: User, ada_client: Client) -> None:
    """A form of before with the first words still finds its entry."""
    entry = make.entry(ada, "First words.")
    ada_client.post(address(entry), {"version": 7, "body": "From nowhere."})
    entry.change(1, body="Second words.")
    assert Entry.keep(ada, make.NOON, id=entry.pk, kind="win", body="First words.") == entry
    assert Entry.objects.count() == 1


def test_the_same_words_on_another_day_are_a_conflict(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, "Before.")
    entry.change(1, body="After.")
    answer = ada_client.post(address(entry), {"version": 1, "body": "After.", "local_date": "2026-11-01"})
    assert (answer.status_code, field(answer, "local_date")) == (409, "2026-11-01")


def test_two_changes_at_the_same_moment_keep_both(
    ada: User, ada_client: Client, at_once: Callable[..., list[Any]]
) -> None:
    entry = make.entry(ada, "Before.")

    def job(body: str) -> Callable[[], tuple[int, set[str]]]:
        def change() -> tuple[int, set[str]]:
            client = Client()
            client.cookies = ada_client.cookies
            return client.post(address(entry), {"version": 1, "body": body}).status_code, {body}

        return change

    bodies = [f"Words {number}." for number in range(8)]
    answers = at_once(*map(job, bodies), lambda: None)[:-1]
    assert sorted(status for status, _ in answers) == [303, *[409] * 7]


# Two editors in any order: (who, whether they look again first, what they write)
STEPS = st.lists(
    st.tuples(st.sampled_from("ab"), st.booleans(), st.text("xyz é\n", min_size=1, max_size=12)), max_size=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STEPS)
def test_whatever_the_order_no_character_is_lost(
    ada: User, ada_client: Client, steps: list[tuple[str, bool, str]]
) -> None:
    entry = make.entry(ada, "Before.")
    seen, written = {"a": "1", "b": "1"}, {"Before."}
    for who, looks, text in steps:
        if looks:
            seen[who] = field(ada_client.get(address(entry)), "version")
        answer = ada_client.post(address(entry), {"version": seen[who], "body": text})
        if answer.status_code == 422:
            assert not text.strip()
            continue
        written.add(text)
        assert box(answer, "body") == text if answer.status_code == 409 else answer.status_code == 303
    assert ever_written(entry) == written
    entry.delete()


def test_somebody_else_is_shown_neither(ada: User, bea_client: Client) -> None:
    entry = make.entry(ada, "As both read it.")
    entry.change(1, body="The first tab’s.")
    answer = bea_client.post(address(entry), {"version": 1, "body": "Bea’s."})
    assert answer.status_code == 404
    assert "tab’s" not in words_of(answer)
    assert ever_written(entry) == {"As both read it.", "The first tab’s."}
