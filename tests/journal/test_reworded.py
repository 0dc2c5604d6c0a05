"""Pages of a few texts that are written over where they stand: what they said before is kept, and found again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.sealed import Sealed
from journal.models import Chapter, HeavyPage, LongerLook, Milestone, Standard, Week
from journal.models.entry import Stale
from journal.models.week import monday_of
from tests import make
from tests.journal.pages import text_of

pytestmark = pytest.mark.usefixtures("noon")
FIRST, SECOND = "It was a slow month.", "It was a month of small steps."
MENU = "5b0f2c6e-8f2a-4d55-9a2c-0d6b8a1f2e11"
# Where it is written, one of its texts, and where its earlier words are found.
PLACES = {
    Chapter: ("/months/2026-11/", "words", "/months/2026-11/"),
    Week: ("/weeks/2026-W47/", "takeaway", "/weeks/2026-W47/"),
    HeavyPage: ("/help/mine/", "remember", "/help/mine/"),
    Standard: (f"/milestones/{MENU}/standard/", "serves", f"/milestones/{MENU}/"),
    LongerLook: (f"/milestones/{MENU}/look/", "goal", f"/milestones/{MENU}/"),
}


@pytest.fixture(autouse=True)
def menu(ada: User) -> Milestone:
    return Milestone.objects.create(pk=UUID(MENU), owner=ada, title="A supper menu", local_date=make.NOON.date())


def written(noun: Any) -> list[tuple[str, list[str]]]:
    return [(f"{one.at:%d %B}", one.texts) for one in noun.objects.get().earlier]


@pytest.mark.parametrize("noun", PLACES)
def test_what_stood_before_is_found_beneath(noun: Any, ada_client: Client, bea_client: Client) -> None:
    place, name, page = PLACES[noun]
    ada_client.post(place, {name: FIRST})
    assert "Earlier words" not in text_of(ada_client.get(page))
    for days, words in [(1, SECOND), (2, SECOND), (3, ""), (4, "At last.")]:
        with time_machine.travel(make.NOON + timedelta(days=days), tick=False):
            assert ada_client.post(place, {name: words}).status_code == 303
    assert written(noun) == [("21 November", [SECOND]), ("20 November", [FIRST])]
    shown = text_of(ada_client.get(page)).partition("Earlier words ")[2]
    assert shown.startswith(f"As it stood on 21 November 2026 {SECOND} As it stood on 20 November 2026 {FIRST}")
    assert FIRST not in text_of(bea_client.get(page))


def test_only_what_was_changed_is_kept_beside(ada: User) -> None:
    month = {"span": "month", "first": make.NOON.date().replace(day=1)}
    Chapter.write(ada, month, {"words": FIRST, "easier": "Asking."})
    Chapter.write(ada, month, {"words": SECOND, "heavy": "The heat."})
    assert written(Chapter) == [("20 November", [FIRST])]
    with pytest.raises(Stale):
        Chapter.write(ada, month, {"words": "The other tab."}, 1)
    assert written(Chapter) == [("20 November", [FIRST])]


def test_earlier_words_that_do_not_open_hold_back_no_page(ada: User, ada_client: Client) -> None:
    Week.take(ada, monday_of(make.NOON.date()), FIRST)
    Week.objects.update(wordings=Sealed(b"\x01" * 60))
    assert FIRST in text_of(ada_client.get("/weeks/2026-W47/"))
    assert ada_client.post("/weeks/2026-W47/", {"takeaway": SECOND}).status_code == 409
    assert Week.objects.get().takeaway == FIRST
