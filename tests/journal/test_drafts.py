"""What was typed and not kept comes back into its form, and goes when the form is kept."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Draft, Entry, Matter, Measure, Milestone, Standard, Step, Treat
from journal.models.draft import Mark
from tests import make
from tests.journal.pages import box, text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
WORDS = "Wrote to the landlord. 🌿"


def mark_of(answer: Any, form: str) -> str:
    """The mark of the form of that name on a page."""
    marks = [unescape(one) for one in re.findall(r'name="draft" value="([^"]*)"', answer.content.decode())]
    [found] = [one for one in marks if one.split(" ")[2] == form]
    return found


def typed(client: Client, place: str = "/today/", form: str = "capture.body", **fields: Any) -> Any:
    """Two seconds after somebody typed: what the script sends."""
    mark = mark_of(client.get(place), form)
    return client.post("/drafts/", {"draft": mark} | fields)


def test_what_was_typed_stands_in_its_form_again(ada: User, ada_client: Client) -> None:
    answer = typed(ada_client, kind="setback", body=WORDS)
    [draft] = Draft.objects.of(ada)
    assert (answer.status_code, answer.content.decode()) == (200, str(draft.mark))
    page = ada_client.get("/today/")
    assert box(page, "body") == WORDS
    assert 'value="setback" checked' in words_of(page) and 'value="win" checked' not in words_of(page)
    assert "This is what you were writing on 20 November, 12:00. It isn’t kept yet." in text_of(page)
    assert mark_of(page, "capture.body") == str(draft.mark)
    assert Entry.objects.of(ada).count() == 0


def test_what_was_begun_as_something_else_than_a_link_asks_for_waits_beside_it(ada: User, ada_client: Client) -> None:
    typed(ada_client, kind="win", body=WORDS)
    page = ada_client.get("/today/?kind=setback")
    assert (box(page, "body"), 'value="setback" checked' in words_of(page)) == ("", True)
    assert "Something is waiting here that isn’t kept yet" in text_of(page)
    assert mark_of(page, "capture.body") != str(Draft.objects.of(ada).get().mark)
    assert box(ada_client.get("/today/?kind=win"), "body") == WORDS


def test_a_form_that_is_kept_takes_its_draft_with_it(ada: User, ada_client: Client) -> None:
    typed(ada_client, kind="win", body=WORDS)
    mark = mark_of(ada_client.get("/today/"), "capture.body")
    answer = ada_client.post("/entries/", {"draft": mark, "kind": "win", "body": WORDS + " And sent it."})
    assert (answer.status_code, Draft.objects.count()) == (303, 0)
    assert "isn’t kept yet" not in text_of(ada_client.get("/today/"))


def test_nobody_else_is_offered_it(ada: User, bea: User, ada_client: Client, bea_client: Client) -> None:
    typed(ada_client, kind="win", body=WORDS)
    bea.has_drafts = True
    bea.save()
    assert WORDS not in words_of(bea_client.get("/today/"))
    assert WORDS not in words_of(bea_client.get("/drafts/"))
    [draft] = Draft.objects.of(ada)
    assert bea_client.post("/drafts/", {"draft": str(draft.mark), "kind": "win", "body": "Bea’s."}).status_code == 200
    draft.refresh_from_db()
    assert (draft.owner, draft.texts) == (ada, [WORDS])
    assert [one.texts for one in Draft.objects.of(bea)] == [["Bea’s."]]


# What could not be taken


def posted(client: Client, place: str, form: str, **fields: Any) -> Any:
    """The form of that name on a page, sent as a browser would."""
    mark = Mark.read(mark_of(client.get(place), form))
    assert mark
    return client.post(mark.action, {"draft": str(mark)} | fields)


def test_a_form_that_is_not_taken_becomes_a_draft(ada: User, ada_client: Client) -> None:
    """Without a script: the page shows it again, and so does any device."""
    long_ago = "1890-01-01"
    answer = posted(ada_client, "/today/", "capture.body", kind="win", body=WORDS, local_date=long_ago)
    assert (answer.status_code, box(answer, "body")) == (422, WORDS)
    [draft] = Draft.objects.of(ada)
    assert (draft.place, draft.texts) == ("/today/", [WORDS])
    assert mark_of(answer, "capture.body") == str(draft.mark)
    assert box(ada_client.get("/today/"), "body") == WORDS


def two_tabs(noun: str, ada: User) -> tuple[str, str, str, Callable[[], Any]]:
    """(page, form, field, what another tab does) for something that is written over where it stands."""
    now = make.NOON
    if noun == "milestone":
        one = Milestone.keep(ada, now, title="As both read it.")
        return f"/milestones/{one.pk}/", "reword.title", "title", lambda: one.change(1, now, title="The other tab’s.")
    if noun == "standard":
        goal = Milestone.keep(ada, now, title="Goal")
        other = {"serves": "The other tab’s."}
        return (
            f"/milestones/{goal.pk}/",
            "boxes.serves",
            "serves",
            lambda: Standard.write(ada, {"milestone": goal}, other),
        )
    if noun == "step":
        step = Step.keep_alone(ada, now, title="As both read it.")
        return (
            f"/steps/{step.pk}/",
            "own-step.title",
            "title",
            lambda: step.change(1, title="The other tab’s.", beyond=False),
        )
    if noun == "measure":
        measure = Measure.keep(ada, now, name="As both read it.", kind="number")
        return f"/measures/{measure.pk}/", "reword.name", "name", lambda: measure.change(1, name="The other tab’s.")
    line = {"treat": Treat, "matter": Matter}[noun].add(ada, text="As both read it.")
    return f"/{noun}s/{line.pk}/", "own-step.text", "text", lambda: line.change(1, text="The other tab’s.")


NOUNS = {"milestone": 1, "standard": 0, "step": 1, "measure": 1, "treat": 1, "matter": 1}


@pytest.mark.parametrize(("noun", "version"), NOUNS.items())
def test_the_loser_of_two_tabs_is_shown_and_stays_as_a_draft(
    noun: str, version: int, ada: User, ada_client: Client
) -> None:
    place, form, name, other = two_tabs(noun, ada)
    page = ada_client.get(place)
    mark = Mark.read(mark_of(page, form))
    assert mark
    other()
    mine = {"draft": str(mark), name: "This tab’s.", "version": version}
    answer = ada_client.post(mark.action, mine)
    assert answer.status_code == 409
    assert "The other tab’s." in words_of(answer) and "This tab’s." in words_of(answer)
    assert [draft.texts for draft in Draft.objects.of(ada)] == [["This tab’s."]]


def test_the_loser_of_an_entry_is_sealed_beside_it_and_leaves_no_draft(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, "As both read it.")
    page = ada_client.get(f"/entries/{entry.pk}/")
    mark = mark_of(page, "fields.body")
    entry.change(1, body="The other tab’s.")
    answer = ada_client.post(f"/entries/{entry.pk}/", {"draft": mark, "version": 1, "body": "This tab’s."})
    assert (answer.status_code, Draft.objects.count()) == (409, 0)
    assert "This tab’s." in [one.words["body"] for one in entry.revisions.all()]


# Two devices


def test_two_devices_that_go_on_with_one_draft_keep_both(ada: User, ada_client: Client) -> None:
    begun = typed(ada_client, kind="win", body="Begun.").content.decode()
    first = ada_client.post("/drafts/", {"draft": begun, "body": "Begun. The phone went on."})
    second = ada_client.post("/drafts/", {"draft": begun, "body": "Begun. The laptop went on."})
    assert first.content != second.content
    assert {text for draft in Draft.objects.of(ada) for text in draft.texts} == {
        "Begun. The phone went on.",
        "Begun. The laptop went on.",
    }
    assert "Something else is waiting here, too" in text_of(ada_client.get("/today/"))


def test_what_another_device_wrote_on_is_not_thrown_away_with_what_was_kept(ada: User, ada_client: Client) -> None:
    begun = typed(ada_client, kind="win", body="Begun.").content.decode()
    ada_client.post("/drafts/", {"draft": begun, "body": "Begun. The phone went on."})
    ada_client.post("/entries/", {"draft": begun, "kind": "win", "body": "Begun. The laptop kept it."})
    assert [draft.texts for draft in Draft.objects.of(ada)] == [["Begun. The phone went on."]]


# Bounds


def test_a_form_that_is_refused_because_nothing_stands_in_it_leaves_no_draft(ada: User, ada_client: Client) -> None:
    mark = mark_of(ada_client.get("/today/"), "capture.body")
    answer = ada_client.post("/entries/", {"draft": mark, "kind": "win", "body": "  "})
    assert (answer.status_code, mark_of(answer, "capture.body"), Draft.objects.count()) == (422, mark, 0)


def test_an_odd_mark_is_refused(ada: User, ada_client: Client) -> None:
    id = "7b0c2a0e-5f0e-4a52-8f5e-1d2c3b4a5960"
    for odd in ("", id, f"{id} x a.b /today/ /today/", f"{id} 0 a.b /today/ https://elsewhere.example/"):
        assert ada_client.post("/drafts/", {"draft": odd, "body": WORDS}).status_code == 422
    for odd in ("/nowhere/", "/account/login/", "//elsewhere.example/", "javascript:x"):
        assert ada_client.post("/drafts/", {"draft": f"{id} 0 a.b /today/ {odd}", "body": WORDS}).status_code == 422
    assert Draft.objects.count() == 0


def test_no_more_are_held_than_fit(ada: User, ada_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Draft, "MOST", 1)
    monkeypatch.setattr(Draft, "LARGEST", 1000)
    assert typed(ada_client, body="One.").status_code == 200
    assert typed(ada_client, "/later/", "fields.body", body="Another one.").status_code == 413
    [draft] = Draft.objects.of(ada)
    assert ada_client.post("/drafts/", {"draft": str(draft.mark), "body": "x" * 2000}).status_code == 413
    assert [one.texts for one in Draft.objects.of(ada)] == [["One."]]


def test_what_was_emptied_by_hand_is_put_away_and_not_lost(ada: User, ada_client: Client) -> None:
    mark = typed(ada_client, body=WORDS).content.decode()
    assert ada_client.post("/drafts/", {"draft": mark, "body": " "}).status_code == 204
    assert box(ada_client.get("/today/"), "body") == ""
    [draft] = Draft.objects.removed(ada)
    assert draft.texts == [WORDS]


def test_it_goes_when_its_time_is_over(ada: User) -> None:
    left, away = make.draft(ada), make.draft(ada, "Put away.")
    away.remove(make.NOON)
    for days, gone in ((29, []), (31, [away.pk]), (91, [away.pk, left.pk])):
        over = Draft.objects.over(make.NOON + timedelta(days=days))
        assert sorted(over.values_list("pk", flat=True)) == sorted(gone)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_looks_once_for_what_waits_and_only_where_something_may(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    ada_client.get("/later/")
    with django_assert_num_queries(4):
        ada_client.get("/later/")
    for _number in range(count):
        make.draft(ada)
    with django_assert_num_queries(6):  # the drafts, and the key that opens one
        assert "isn’t kept yet" in text_of(ada_client.get("/later/"))
