"""Three pages for a session: what somebody brings, whole, on paper; where it does not fit, it is said."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Access, User
from journal import session_pages
from journal.export import faces
from journal.models import Brought, Entry, Lesson, Meeting
from tests import make
from tests.reading import printed


@pytest.fixture(autouse=True)
def own_faces(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.ONWARD_FONTS = tmp_path  # type: ignore[attr-defined]
    for kept in (faces._files, faces._face_of):
        kept.cache_clear()
    yield
    for kept in (faces._files, faces._face_of):
        kept.cache_clear()


def before_we_meet(owner: User, *brought: Entry) -> Entry:
    page = make.entry(owner, "Thursday, the plan.", kind=Entry.Kind.MEETING, on=date(2026, 11, 5))
    Meeting.objects.create(owner=owner, entry=page, helpful="Go slowly.")
    Brought.lay(page, brought)
    return page


def ask(client: Client, page: Entry, **more: str) -> bytes:
    answer = client.post(reverse("journal:entries.meeting.pages", args=[page.pk]), more)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store, private"
    return bytes(answer.content)


def test_what_is_brought_stands_there_whole(ada: User, bea: User, ada_client: Client) -> None:
    hard = make.setback(ada, "The sauce split.", on=date(2026, 10, 3))
    Lesson.objects.create(owner=ada, entry=hard, lesson="Warm the plate first.")
    page = before_we_meet(ada, hard, make.entry(ada, "Asked for help.", on=date(2026, 11, 2)))
    make.entry(ada, "At home.")
    before_we_meet(bea, make.entry(bea, "Of bea."))
    assert printed(ask(ada_client, page)) == [
        "Before we meet\n5 November 2026\nThursday, the plan.\nWhat would make it helpful?\nGo slowly.\nTo bring\n"
        "Monday 2 November 2026\nSomething I did\nAsked for help.\nSaturday 3 October 2026\n"
        "A setback, and its lesson\nThe sauce split.\nWhat is this teaching me?\nWarm the plate first.\n1 / 1"
    ]


def test_its_owner_sees_that_it_was_taken(ada: User, ada_client: Client) -> None:
    page = before_we_meet(ada, make.entry(ada, "Asked for help."))
    ask(ada_client, page)
    assert list(Access.objects.filter(what=Access.What.EXPORT).values_list("owner", "more")) == [
        (ada.pk, "three pages")
    ]


def test_smaller_letters_are_tried_first(ada: User, ada_client: Client) -> None:
    words = "word " * 1900
    page = before_we_meet(ada, make.entry(ada, words))
    pdf = printed(ask(ada_client, page))
    assert (len(pdf), " ".join(pdf).split().count("word")) == (3, 1900)
    assert len(printed(session_pages.made(page, make.NOON, whole=True))) > 3


def test_what_does_not_fit_is_said_and_nothing_is_cut(ada: User, ada_client: Client) -> None:
    page = before_we_meet(ada, make.entry(ada, "word " * 4000))
    answer = ada_client.post(reverse("journal:entries.meeting.pages", args=[page.pk]))
    text = answer.content.decode()
    assert (answer.status_code, "takes more than three pages" in text, 'name="whole"' in text) == (422, True, True)
    pdf = printed(ask(ada_client, page, whole="1"))
    assert (len(pdf) > 3, " ".join(pdf).split().count("word")) == (True, 4000)


def test_a_visit_leads_to_the_page(ada: User, ada_client: Client) -> None:
    page = before_we_meet(ada)
    answer = ada_client.get(reverse("journal:entries.meeting.pages", args=[page.pk]))
    assert (answer.status_code, answer["Location"]) == (303, reverse("journal:entries.meeting", args=[page.pk]))


def test_nothing_brought_is_one_page(ada: User, ada_client: Client) -> None:
    assert printed(ask(ada_client, before_we_meet(ada))) == [
        "Before we meet\n5 November 2026\nThursday, the plan.\nWhat would make it helpful?\nGo slowly.\n1 / 1"
    ]


def test_somebody_elses_page_is_not_there(ada: User, bea: User, ada_client: Client) -> None:
    page = before_we_meet(bea)
    assert ada_client.post(reverse("journal:entries.meeting.pages", args=[page.pk])).status_code == 404
