"""Letters to one's later self: closed until their day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from journal.models import Entry, Later
from tests import make
from tests.journal.pages import text_of

pytestmark = pytest.mark.usefixtures("noon")
TODAY = make.NOON.date()
WORDS = "Dear me, in spring."
DAY = date(2027, 5, 3)


def send(client: Client, **fields: Any) -> Any:
    return client.post("/later/", {"body": WORDS, "opens_on": DAY.isoformat()} | fields)


def kept_days(user: User) -> None:
    for days in (3, 2, 1):
        make.entry(user, f"Day {days}.", on=TODAY - timedelta(days=days))


def test_a_letter_is_kept_once_and_closed_until_its_day(ada: User, ada_client: Client) -> None:
    for _ in range(2):
        assert send(ada_client, id="11111111-2222-4333-8444-555555555555").status_code == 303
    [entry] = Entry.objects.of(ada)
    assert (entry.kind, entry.body, entry.later.opens_on, entry.later.opened_at) == ("letter", WORDS, DAY, None)
    page = text_of(ada_client.get("/later/"))
    assert "A letter to later, closed until 3 May 2027." in page
    assert page.index("Kept, and closed until 3 May 2027.") < page.index("What would you like to tell yourself?")


@pytest.mark.parametrize("day", ["", "2026-11-20", "2026-11-19", "2077-01-01", "some day"])
def test_another_day_is_asked_for_with_the_words_still_there(day: str, ada: User, ada_client: Client) -> None:
    refused = send(ada_client, opens_on=day)
    assert refused.status_code == 422
    assert WORDS in refused.content.decode()
    assert Entry.objects.of(ada).count() == 0


def test_while_it_is_closed_no_page_shows_its_words(ada: User, ada_client: Client) -> None:
    kept_days(ada)
    entry = make.letter(ada, WORDS * 60)
    places = ["/today/", "/entries/", "/entries/?kind=letter", "/later/", f"/entries/{entry.pk}/opening/"]
    assert [WORDS in text_of(ada_client.get(place)) for place in places] == [False] * 5
    assert "Closed. It is for 20 December 2026." in text_of(ada_client.get("/entries/"))
    assert "Read all of it" not in text_of(ada_client.get("/entries/"))
    assert ada_client.get(f"/entries/{entry.pk}/").headers["Location"] == f"/entries/{entry.pk}/opening/"
    assert "Closed." not in text_of(ada_client.post("/entries/search/", {"q": "dear"}))
    entry.remove(make.NOON)
    assert WORDS not in text_of(ada_client.get("/entries/removed/"))


def test_opened_it_is_an_entry_like_any_other(ada: User, ada_client: Client) -> None:
    entry = make.letter(ada, WORDS)
    asked = text_of(ada_client.get(f"/entries/{entry.pk}/opening/"))
    assert "Open it now" in asked and "Leave it closed" in asked
    for _ in range(2):
        assert ada_client.post(f"/entries/{entry.pk}/opening/").headers["Location"] == f"/entries/{entry.pk}/"
    for place in (f"/entries/{entry.pk}/", "/entries/", "/later/"):
        assert WORDS in text_of(ada_client.get(place))
    assert "me, in spring." in text_of(ada_client.post("/entries/search/", {"q": "dear"}))
    assert Later.objects.of(ada).get().opened_at == make.NOON


def test_it_opens_when_it_was_opened_first(ada: User, ada_client: Client) -> None:
    entry = make.letter(ada)
    ada_client.post(f"/entries/{entry.pk}/opening/")
    with time_machine.travel(make.NOON + timedelta(days=3), tick=False):
        ada_client.post(f"/entries/{entry.pk}/opening/")
    assert Later.objects.of(ada).get().opened_at == make.NOON


def test_on_its_day_one_line_on_today_leads_to_it_until_it_is_opened(
    ada: User, client_of: Callable[[User], Client]
) -> None:
    kept_days(ada)
    entry = make.letter(ada, WORDS, days=30)
    line = "A letter from you, written on 20 November 2026."
    for ahead, there in [(0, False), (29, False), (30, True), (90, True)]:
        with time_machine.travel(make.NOON + timedelta(days=ahead), tick=False):
            page = text_of(client_of(ada).get("/today/"))
            assert (line in page, WORDS in page) == (there, False)
    with time_machine.travel(make.NOON + timedelta(days=30), tick=False):
        ada_client = client_of(ada)
        assert "its day has come" in text_of(ada_client.get(f"/entries/{entry.pk}/opening/"))
        assert "Closed. It is for 20 December 2026. Open it" in text_of(ada_client.get("/entries/"))
        ada_client.post(f"/entries/{entry.pk}/opening/")
        assert line not in text_of(ada_client.get("/today/"))


def test_opened_letters_of_long_ago_lie_in_the_journal(ada: User, ada_client: Client) -> None:
    for number in range(21):
        letter = make.entry(ada, f"Letter {number:02}.", kind=Entry.Kind.LETTER, on=TODAY - timedelta(days=30 + number))
        Later.close(letter, TODAY - timedelta(days=1))
        if number == 19:
            Later.objects.of(ada).update(opened_at=make.NOON)
            assert "Earlier ones" not in text_of(ada_client.get("/later/"))
    letter.later.open(make.NOON)
    page = ada_client.get("/later/")
    assert ("Letter 19." in text_of(page), "Letter 20." in text_of(page)) == (True, False)
    assert 'href="/entries/?kind=letter"' in page.content.decode()


def test_a_letter_that_was_taken_back_asks_for_nothing(ada: User, ada_client: Client) -> None:
    kept_days(ada)
    make.letter(ada, days=0).remove(make.NOON)
    assert "A letter from you" not in text_of(ada_client.get("/today/"))
    assert "A letter to later, closed" not in text_of(ada_client.get("/later/"))


def test_nobody_else_opens_it_and_nothing_else_is_a_letter(ada: User, ada_client: Client, bea_client: Client) -> None:
    entry, win = make.letter(ada, WORDS), make.entry(ada)
    for method in (bea_client.get, bea_client.post):
        assert method(f"/entries/{entry.pk}/opening/").status_code == 404
    assert ada_client.post(f"/entries/{win.pk}/opening/").status_code == 404
    assert Later.objects.of(ada).get().is_closed
    assert WORDS not in text_of(bea_client.get("/later/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_letters_asks_as_often(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make.letter(ada, f"Closed {number}.")
        make.letter(ada, f"Opened {number}.").later.open(make.NOON)
    ada_client.get("/today/")
    with django_assert_num_queries(6):
        ada_client.get("/later/")
