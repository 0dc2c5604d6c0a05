"""A letter to later that is closed, wherever entries are shown: its words stand nowhere, whoever wrote the page."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from journal.export import FORMATS
from journal.export.choice import WHOLE
from journal.models import Brought, Completion, Entry, Evidence, Kindness, Milestone, Revision, Step, ThenNow
from tests import make
from tests.reading import printed
from tests.walks.crawl import Page, text_of, walk

pytestmark = pytest.mark.usefixtures("noon")
ASKED, SECRET = "heliotrope", "tamarisk"
START = ["/look-back/", "/milestones/", "/steps/", "/ways/", "/later/", "/lessons/", "/weeks/"]
START += ["/entries/removed/", "/then-and-now/", "/kind-words/", "/encouragements/", "/months/2026-11/", "/help/"]


@pytest.fixture
def letter(ada: User) -> Entry:
    """Closed, and laid wherever an entry can lie, though no page offers it there."""
    goal = Milestone.keep(ada, make.NOON, title="An hour of quiet")
    step = Step.keep(goal, title="Close the door")
    written = make.letter(ada, f"{ASKED} {SECRET}", milestone=goal, themes=["quiet"])
    Revision.keep(written, {"body": f"{ASKED} {SECRET}", "deed": ""})
    Kindness.write(make.entry(ada, "Rang the bank.", themes=["quiet"]), words="Slowly is fine.")
    Evidence.lay(make.entry(ada, "Am I any good?", kind="doubt"), [written])
    Brought.lay(make.entry(ada, "On Thursday", kind="meeting"), [written])
    ThenNow.lay(make.entry(ada, "Asking is easier.", kind="then_now"), written)
    Completion.objects.create(owner=ada, step=step, outcome="tried", entry=written, local_date=make.NOON.date())
    return written


def searches(page: Page) -> set[str]:
    """Wherever a button sends what is looked for."""
    asking = [form for form in page.forms if any(field.name == "q" for field in form.fields)]
    return {place for form in asking for place, _data in form.posts(ASKED)}


def holds(answer: Any) -> bool:
    return SECRET in text_of(answer)


def test_no_page_that_a_link_leads_to_shows_a_word_of_it(letter: Entry, ada_client: Client) -> None:
    doubt, meeting = Evidence.objects.get().page_id, Brought.objects.get().page_id
    pages = [
        "/entries/",
        "/today/",
        f"/milestones/{letter.milestone_id}/",
        f"/entries/{doubt}/",
        f"/entries/{meeting}/meeting/",
    ]
    walked: set[str] = set()
    for address, answer, page in walk(ada_client, pages + START, lambda link: link.startswith(("/static/", "/acc")), 1):
        walked.add(address)
        assert not holds(answer), address
        for place in searches(page) - walked:
            walked.add(place)
            assert not holds(ada_client.post(place, {"q": ASKED})), place
    assert {*pages, "/entries/search/", f"/entries/{meeting}/brought/search/"} <= walked
    letter.later.open(make.NOON)
    assert [place for place in pages if not holds(ada_client.get(place))] == []


def test_no_page_of_its_own_shows_a_word_of_it(letter: Entry, ada_client: Client) -> None:
    own = [str(one.pattern) for one in get_resolver("journal.urls").url_patterns if "entries/<uuid:id>/" in str(one)]
    for place in own:
        assert SECRET not in text_of(ada_client.get("/" + place.replace("<uuid:id>", str(letter.pk)), follow=True))
    assert len(own) > 10
    for words, code in [({"version": "9", "body": "Otherwise."}, 409), ({"version": "1", "body": ""}, 422)]:
        answer = ada_client.post(f"/entries/{letter.pk}/", {"local_date": "2026-11-20"} | words)
        assert (answer.status_code, SECRET in text_of(answer)) == (code, False)
    letter.remove(make.NOON)
    assert SECRET not in text_of(ada_client.get("/entries/removed/"))


def test_what_is_taken_along_for_reading_says_for_which_day_it_is(letter: Entry, ada: User) -> None:
    def copy(name: str) -> str:
        made = b"".join(FORMATS[name].chunks(ada, make.NOON, WHOLE))
        if made.startswith(b"%PDF"):
            return "".join(printed(made))
        if not made.startswith(b"PK"):
            return made.decode()
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())

    assert [name for name in FORMATS if SECRET in copy(name)] == ["json"]
    assert "### A letter to later\n\nClosed. It is for 20 December 2026.\n" in copy("markdown")
    letter.later.open(make.NOON + timedelta(days=1))
    assert [name for name in FORMATS if SECRET in copy(name)] == list(FORMATS)
