"""What was taken away, collected: lessons and the lines that close a week."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from journal import takeaways
from journal.models import Lesson, Week
from journal.models.week import monday_of
from tests import make
from tests.journal.pages import text_of

pytestmark = pytest.mark.usefixtures("noon")
TODAY = make.NOON.date()


def lesson(owner: User, words: str, ago: int) -> None:
    Lesson.write(make.setback(owner, on=TODAY - timedelta(days=ago)), lesson=words)


def week(owner: User, words: str, ago: int) -> None:
    Week.take(owner, monday_of(TODAY - timedelta(days=ago)), words)


def words_of(owner: User, **at: int) -> list[str]:
    return [one.words for one in takeaways.taken(owner, **at)[0]]


def test_they_stand_together_newest_first(ada: User, bea: User) -> None:
    lesson(ada, "Ask.", 1)
    week(ada, "Small is early.", 7)
    lesson(ada, "Sleep on it.", 30)
    week(ada, "", 14)
    lesson(bea, "Bea's.", 2)
    week(bea, "Bea's week.", 7)
    assert words_of(ada) == ["Ask.", "Small is early.", "Sleep on it."]


def test_each_leads_to_where_it_was_written(ada: User, ada_client: Client) -> None:
    lesson(ada, "Ask.", 1)
    week(ada, "Small is early.", 7)
    addresses = [one.address for one in takeaways.taken(ada)[0]]
    assert [ada_client.get(address).status_code for address in addresses] == [200, 200]
    page = text_of(ada_client.get("/lessons/"))
    assert "Ask. a lesson from 19 November 2026 Small is early. from the week of 9 November 2026" in page


def test_what_was_taken_back_is_not_among_them(ada: User) -> None:
    entry = make.setback(ada)
    Lesson.write(entry, lesson="Ask.")
    entry.remove(make.NOON)
    assert words_of(ada) == []


def test_a_page_at_a_time_and_each_once(ada: User) -> None:
    for ago in range(7):
        lesson(ada, f"Lesson {ago}.", ago * 3)
        week(ada, f"Week {ago}.", ago * 7)
    everything = words_of(ada)
    assert len(everything) == 14
    pages = [takeaways.taken(ada, skip, 5) for skip in (0, 5, 10)]
    assert [one.words for page, _more in pages for one in page] == everything
    assert [more for _page, more in pages] == [True, True, False]


def test_earlier_ones_are_a_link_away(ada: User, ada_client: Client) -> None:
    for ago in range(31):
        lesson(ada, f"Lesson {ago}.", ago)
    assert 'href="?from=30#taken"' in ada_client.get("/lessons/").content.decode()
    page = text_of(ada_client.get("/lessons/?from=30"))
    assert "Lesson 30." in page
    assert "Lesson 29." not in page
    assert [ada_client.get(f"/lessons/?from={odd}").status_code for odd in ("x", "-1", "99999", "٣")] == [404] * 4


def test_one_that_does_not_open_says_so(ada: User, ada_client: Client) -> None:
    lesson(ada, "Ask.", 1)
    lesson(ada, "Sleep.", 2)
    sealed: Any = type(Lesson.objects.values_list("lesson", flat=True)[0])
    Lesson.objects.filter(entry__local_date=TODAY - timedelta(days=1)).update(lesson=sealed(b"\x01" * 60))
    assert words_of(ada) == ["", "Sleep."]
    assert "This can’t be opened; it is kept as it is. a lesson from" in text_of(ada_client.get("/lessons/"))
