import re

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Acceptance, Entry, Lesson
from tests import make

HTMX = {"HX-Request": "true"}


@pytest.fixture
def hard(ada: User) -> Entry:
    return make.setback(ada)


def place(entry: Entry) -> str:
    return f"/entries/{entry.pk}/acceptance/"


def ways(user: User) -> list[str]:
    return list(Acceptance.objects.of(user).values_list("way", flat=True))


@pytest.mark.parametrize(("sent", "way"), [({}, "be"), ({"way": "be"}, "be"), ({"way": "hard"}, "hard")])
def test_a_setback_is_left_be_or_only_hard(sent: dict[str, str], way: str, hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard), {"accepted": "1"} | sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/entries/{hard.pk}/")
    assert ways(hard.owner) == [way]
    assert not Entry.objects.of(hard.owner).open_setbacks().exists()


def test_said_twice_it_stands_once(hard: Entry, ada_client: Client) -> None:
    for _ in range(2):
        ada_client.post(place(hard), {"accepted": "1"})
    assert ways(hard.owner) == ["be"]


def test_without_a_way_only_hard_stays_only_hard(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard), {"accepted": "1", "way": "hard"})
    ada_client.post(place(hard), {"accepted": "1"})
    assert ways(hard.owner) == ["hard"]


def test_it_is_taken_back(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard), {"accepted": "1"})
    ada_client.post(place(hard), {"accepted": "0"})
    assert ways(hard.owner) == []
    assert list(Entry.objects.of(hard.owner).open_setbacks()) == [hard]


def test_only_hard_can_be_taken_back_on_the_page_of_the_entry(hard: Entry, ada_client: Client) -> None:
    Acceptance.accept(hard, Acceptance.Way.HARD)
    page = ada_client.get(f"/entries/{hard.pk}/").content.decode()
    assert f'action="{place(hard)}"' in page
    assert f'action="{place(hard)}"' not in ada_client.get("/entries/").content.decode()


def test_its_words_stay_as_they_were(hard: Entry, ada_client: Client) -> None:
    Lesson.write(hard, kind_words="One sauce is one sauce.")
    ada_client.post(place(hard), {"accepted": "1"})
    entry = Entry.objects.of(hard.owner).with_records().get()
    assert (entry.body, entry.version, entry.lesson.kind_words) == (hard.body, 1, "One sauce is one sauce.")


@pytest.mark.parametrize("sent", [{}, {"accepted": "yes"}, {"accepted": "1", "way": "never"}])
def test_what_cannot_be_read_changes_nothing(sent: dict[str, str], hard: Entry, ada_client: Client) -> None:
    assert ada_client.post(place(hard), sent).status_code == 422
    assert ways(hard.owner) == []


@pytest.mark.parametrize("kind", ["win", "note", "proud", "doubt"])
def test_only_a_setback_is_left_be(kind: str, ada: User, ada_client: Client) -> None:
    assert ada_client.post(place(make.entry(ada, kind=kind)), {"accepted": "1"}).status_code == 404
    assert ways(ada) == []


def test_nobody_else_accepts_it(hard: Entry, bea_client: Client) -> None:
    assert bea_client.post(place(hard), {"accepted": "1"}).status_code == 404
    assert ways(hard.owner) == []


def test_it_is_only_posted(hard: Entry, ada_client: Client) -> None:
    assert [getattr(ada_client, name)(place(hard)).status_code for name in ("get", "put", "delete")] == [405] * 3


# By htmx


def test_htmx_gets_the_entry_with_undo_in_focus(hard: Entry, ada_client: Client) -> None:
    page = ada_client.post(place(hard), {"accepted": "1"}, headers=HTMX).content.decode()
    assert "<html" not in page
    assert f'id="entry-{hard.pk}"' in page
    assert page.count("autofocus") == 1
    assert "autofocus>Undo</button>" in page
    assert '<div id="say" hx-swap-oob="innerHTML">Left be.</div>' in page


def test_a_place_that_cannot_be_read_is_none(hard: Entry, ada_client: Client) -> None:
    odd = HTMX | {"HX-Current-URL": "http://["}
    for place_of, words in (("acceptance", {"accepted": "1"}), ("deletion", {}), ("restoration", {})):
        assert ada_client.post(f"/entries/{hard.pk}/{place_of}/", words, headers=odd).status_code == 200


def test_htmx_gets_the_open_entry_back(hard: Entry, ada_client: Client) -> None:
    Acceptance.accept(hard)
    page = ada_client.post(place(hard), {"accepted": "0"}, headers=HTMX).content.decode()
    assert "Leave it be" in page
    assert '<div id="say" hx-swap-oob="innerHTML">Open again.</div>' in page


@pytest.mark.parametrize(
    ("path", "told", "whole"), [("/today/", True, False), ("/entries/", False, False), ("", False, True)]
)
def test_the_entry_comes_back_as_the_page_shows_it(
    path: str, told: bool, whole: bool, ada: User, ada_client: Client
) -> None:
    hard = make.setback(ada, "Long ago. " + "x" * 1000 + "the end.", on=make.NOON.date())
    headers = HTMX | {"HX-Current-URL": f"http://testserver{path or f'/entries/{hard.pk}/'}"}
    page = ada_client.post(place(hard), {"accepted": "1"}, headers=headers).content.decode()
    assert ("<time" in page, "the end." in page) == (told, whole)


def test_an_open_setback_waits_without_a_count(ada: User, ada_client: Client) -> None:
    """It stands in the journal like any other entry, and nothing anywhere says that one waits."""
    before = [menu_of(ada_client, path) for path in ("/today/", "/entries/", "/ways/")]
    make.setback(ada, on=make.NOON.date().replace(year=2025, day=2))
    assert [menu_of(ada_client, path) for path in ("/today/", "/entries/", "/ways/")] == before
    assert "The sauce split" not in ada_client.get("/today/").content.decode()


def menu_of(client: Client, path: str) -> str:
    head = client.get(path).content.decode().split("</header>")[0]
    return re.sub(r'value="[^"]*"', "", head.split("<body>")[1])
