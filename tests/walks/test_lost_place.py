"""A hidden field that came back spoiled is told in the product's words, and the text stays in its box."""

from django.test import Client

from accounts.models import User
from tests import make
from tests.faults.strangers import CANARY, places
from tests.walks.crawl import Form, Page, shape

LOST = "The page lost its place."
WORDS = "what was written here meanwhile"
# The week takes its lines however they come: beside what stands, never in its place.
TAKES_ALL = "/weeks/*/"


def test_every_form_with_a_version_says_that_its_page_lost_its_place(ada: User, ada_client: Client) -> None:
    told: dict[str, tuple[int, bool, bool]] = {}
    for form in _with_a_version(ada, ada_client):
        data = form.filled(WORDS) | {"version": "-1"}
        answer = ada_client.post(form.action, data)
        told[shape(form.action)] = (answer.status_code, LOST in answer.text, WORDS in answer.text)
    assert len(told) > 10
    assert told.pop(TAKES_ALL) == (303, False, False)
    assert [name for name, one in told.items() if one != (422, True, True)] == []


def _with_a_version(ada: User, client: Client) -> list[Form]:
    kept = make.one_of_each(ada, CANARY)
    pages = [path for name, path, _ in places(kept) if name.startswith("journal:")]
    forms = [form for path in pages for form in Page(path, client.get(path).content.decode()).forms]
    return [form for form in forms if form.has("version") and form.has_words]
