"""My page for heavy days: written on a good one, opened first behind “If today is too heavy”."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from journal.models import HeavyPage, Kindness
from tests import make
from tests.journal.pages import box, text_of

pytestmark = pytest.mark.usefixtures("noon")
LINES = {
    "helps": "The bench by the harbour.",
    "whom": "Lina, +351 555 0100, any hour",
    "remember": "I have had mornings since.",
}
PEOPLE = "A person can help now"


def write(client: Client, **fields: Any) -> Any:
    return client.post("/help/mine/", LINES | fields)


def test_three_lines_are_kept_once_and_can_be_changed(ada: User, ada_client: Client) -> None:
    for _ in range(2):
        answer = write(ada_client)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/help/")
    write(ada_client, helps="Tea.", version="2")
    page = HeavyPage.objects.of(ada).get()
    assert (page.helps, page.whom, page.remember, page.version) == ("Tea.", LINES["whom"], LINES["remember"], 3)
    assert box(ada_client.get("/help/mine/"), "helps") == "Tea."


def test_only_what_is_sent_is_written(ada: User, ada_client: Client) -> None:
    write(ada_client)
    ada_client.post("/help/mine/", {"helps": "Tea."})
    assert HeavyPage.objects.of(ada).get().whom == LINES["whom"]


def test_their_own_lines_come_first_then_kind_words_then_people(ada: User, ada_client: Client) -> None:
    write(ada_client)
    Kindness.write(make.entry(ada, on=make.NOON.date() - timedelta(days=200)), words="You are allowed to learn.")
    make.encouragement(ada, "You stayed with it.", "Lina")
    page = text_of(ada_client.get("/help/"))
    order = [LINES["helps"], LINES["remember"], "You are allowed to learn.", "You stayed with it.", PEOPLE]
    assert sorted(order, key=page.index) == order
    assert "You wrote these on 20 November." in page
    assert "You said this in May." in page
    assert "Kept in November." in page


def test_before_the_lines_exist_people_come_first(ada: User, ada_client: Client) -> None:
    make.encouragement(ada, "You stayed with it.")
    page = text_of(ada_client.get("/help/"))
    assert 0 < page.index(PEOPLE) < page.index("You stayed with it.") < page.index("On a good day")
    ada_client.post("/help/mine/", {"helps": " "})
    assert "You wrote these" not in text_of(ada_client.get("/help/"))


def test_a_stranger_and_somebody_else_see_people_and_nothing_of_it(
    ada: User, ada_client: Client, bea_client: Client
) -> None:
    write(ada_client)
    make.encouragement(ada, "You stayed with it.")
    for client in (Client(), bea_client):
        page = text_of(client.get("/help/"))
        assert PEOPLE in page
        assert [words in page for words in (*LINES.values(), "You stayed with it.")] == [False] * 4
    assert "good day" not in text_of(Client().get("/help/"))


def test_it_asks_nothing(ada: User, ada_client: Client) -> None:
    write(ada_client)
    page = ada_client.get("/help/").content.decode()
    assert "<textarea" not in page and "<input" not in page


def test_what_is_private_is_kept_in_no_cache(ada: User, ada_client: Client) -> None:
    assert "no-store" in ada_client.get("/help/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("whom", "dials"),
    [
        ("Lina, +351 555 0100, any hour", ["+3515550100"]),
        ("Lina (0351) 555-0100\nFarid 0170/1234567", ["03515550100", "01701234567"]),
        ("Since 2026-11-20, house 12, from 9 to 17", []),
        ("Lina knows the number", []),
    ],
)
def test_a_number_becomes_a_button(whom: str, dials: list[str], ada: User) -> None:
    assert [dial for _shown, dial in HeavyPage.write(ada, make.NOON, whom=whom).calls] == dials


def test_two_tabs_lose_nothing(ada: User, ada_client: Client) -> None:
    write(ada_client, version="1")
    answer = write(ada_client, helps="The other tab.", version="1")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The other tab." in page and LINES["helps"] in page
    assert HeavyPage.objects.of(ada).get().helps == LINES["helps"]


def test_what_does_not_open_is_said_and_kept_as_it_is(ada: User, ada_client: Client) -> None:
    write(ada_client)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_heavypage SET helps = whom")
    page = text_of(ada_client.get("/help/"))
    assert "can’t be opened" in page and LINES["remember"] in page and PEOPLE in page
    assert ada_client.get("/help/mine/").status_code == 200
    refused = write(ada_client, helps="New words.")
    assert refused.status_code == 409
    assert "New words." in refused.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_heavy_day_asks_as_often(count: int, ada: User, ada_client: Client, django_assert_num_queries: Any) -> None:
    write(ada_client)
    for number in range(count):
        entry = make.entry(ada, on=make.NOON.date() - timedelta(days=20 + number))
        Kindness.write(entry, words=f"Sentence {number}.")
        make.encouragement(ada, f"Words {number}.", "Lina")
    ada_client.get("/today/")
    with django_assert_num_queries(7):
        ada_client.get("/help/")
