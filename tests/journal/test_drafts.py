"""What was typed and not kept comes back into its form, and goes when the form is kept."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Draft, Entry
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
