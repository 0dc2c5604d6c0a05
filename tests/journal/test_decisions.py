"""Something to decide: one sentence, then four small pages, each of which may be the last."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from journal import takeaways
from journal.models import Decision, Entry, Revision, Revisit
from tests import make
from tests.journal.pages import box, text_of

pytestmark = pytest.mark.usefixtures("noon")
WHAT = "Whether I take the night shifts."
SAID = {
    "options": "All, half, none.",
    "want": "Breakfast with the children.",
    "in_the_way": "One takes what is offered.",
    "whom": "Lena.",
    "decided": "Half of them.",
    "about_deciding": "I knew before I asked.",
}
STEPS = ["options", "want", "way", "decided"]


@pytest.fixture
def entry(ada: User) -> Entry:
    return make.entry(ada, WHAT, kind=Entry.Kind.DECISION)


def place(entry: Entry, step: str = "") -> str:
    return f"/entries/{entry.pk}/decision/" + (f"?step={step}" if step else "")


def said(entry: Entry) -> dict[str, str]:
    row = Decision.objects.of(entry.owner).get(entry=entry)
    return {name: getattr(row, name) for name in Decision.WORDS}


# Beginning


def test_it_begins_with_one_sentence(ada: User, ada_client: Client) -> None:
    form = {"id": str(uuid4()), "body": WHAT}
    answers = [ada_client.post("/decisions/new/", form) for _ in range(2)]
    [entry] = Entry.objects.of(ada)
    assert (entry.kind, entry.body) == ("decision", WHAT)
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, place(entry))] * 2


def test_it_may_end_there(ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/decisions/new/", {"body": WHAT, "do": "enough"})
    assert answer["Location"] == f"/entries/{Entry.objects.of(ada).get().pk}/"
    assert not Decision.objects.of(ada).exists()


def test_without_a_word_nothing_is_kept(ada: User, ada_client: Client) -> None:
    page = ada_client.post("/decisions/new/", {"body": " "})
    assert (page.status_code, "One word is enough." in text_of(page)) == (422, True)
    assert not Entry.objects.of(ada).exists()


# Page by page


def test_each_page_leads_to_the_next_and_the_last_to_what_was_kept(entry: Entry, ada_client: Client) -> None:
    led = []
    for step, names in zip(
        STEPS, (["options"], ["want"], ["in_the_way", "whom"], ["decided", "about_deciding"]), strict=True
    ):
        led.append(ada_client.post(place(entry, step), {name: SAID[name] for name in names})["Location"])
    assert led == [place(entry, "want"), place(entry, "way"), place(entry, "decided"), f"/entries/{entry.pk}/"]
    assert said(entry) == SAID
    page = text_of(ada_client.get(f"/entries/{entry.pk}/"))
    assert [words in page for words in (WHAT, *SAID.values())] == [True] * 7


@pytest.mark.parametrize("step", STEPS)
def test_good_enough_for_today_keeps_and_ends_it(step: str, entry: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(entry, step), {"want": SAID["want"], "do": "enough"})
    assert (answer.status_code, answer["Location"]) == (303, f"/entries/{entry.pk}/")
    assert said(entry)["want"] == SAID["want"]


def test_going_back_keeps_what_was_typed(entry: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(entry, "want"), {"want": SAID["want"], "do": "back"})
    assert answer["Location"] == place(entry, "options")
    assert box(ada_client.get(place(entry, "want")), "want") == SAID["want"]


def test_it_goes_on_where_nothing_stands_yet(entry: Entry, ada_client: Client) -> None:
    def asks() -> str:
        return str(ada_client.get(place(entry)).context["question"].name)

    assert asks() == "options"
    Decision.write(entry, options="Two.", in_the_way="Time.")
    assert asks() == "want"
    Decision.write(entry, want="Rest.", decided="Not yet.")
    assert asks() == "decided"


def test_what_is_written_over_stays_among_the_earlier_words(entry: Entry, ada_client: Client) -> None:
    for words in ("Half of them.", "None."):
        ada_client.post(place(entry, "decided"), {"decided": words})
    assert said(entry)["decided"] == "None."
    assert [one.words for one in Revision.objects.of(entry.owner)] == [{"decided": "Half of them."}]


def test_a_day_to_be_asked_is_named_on_the_last_page(entry: Entry, ada_client: Client) -> None:
    day = make.NOON.date() + timedelta(days=90)
    ada_client.post(place(entry, "decided"), {"decided": "Half.", "on": day.isoformat()})
    assert [row.on for row in Revisit.objects.of(entry.owner)] == [day]
    odd = ada_client.post(place(entry, "decided"), {"decided": "None.", "on": "2026-01-01"})
    assert (odd.status_code, box(odd, "decided")) == (422, "None.")
    Revisit.write(entry, known="That it was long.")
    assert 'name="on"' not in ada_client.get(place(entry, "decided")).content.decode()
    assert ada_client.post(place(entry, "decided"), {"decided": "None.", "on": "2026-01-01"}).status_code == 303


def test_a_page_that_is_none_is_404(entry: Entry, ada_client: Client) -> None:
    assert ada_client.get(place(entry, "verdict")).status_code == 404


# Found again


def test_the_journal_tells_it_in_a_few_lines_and_search_knows_all(entry: Entry, ada_client: Client) -> None:
    Decision.write(entry, **SAID)
    page = text_of(ada_client.get("/entries/", {"kind": "decision"}))
    assert [words in page for words in (WHAT, SAID["decided"], SAID["options"])] == [True, True, False]
    for word in ("shifts", "breakfast", "lena", "offered", "knew"):
        assert "One decision" in text_of(ada_client.post("/entries/search/", {"q": word, "kind": "decision"})), word


def test_what_deciding_taught_is_taken_along(entry: Entry, bea: User) -> None:
    Decision.write(entry, decided="Half.")
    Decision.write(make.entry(bea, WHAT, kind="decision"), about_deciding="Of bea.")
    gone = make.entry(entry.owner, WHAT, kind="decision")
    Decision.write(gone, about_deciding="Taken back.")
    gone.remove(make.NOON)
    assert takeaways.taken(entry.owner) == ([], False)
    Decision.write(entry, about_deciding=SAID["about_deciding"])
    assert [one.words for one in takeaways.taken(entry.owner)[0]] == [SAID["about_deciding"]]


@pytest.mark.parametrize("kind", ["win", "setback", "doubt", "meeting"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_else_is_decided(kind: str, method: str, ada: User, ada_client: Client) -> None:
    assert getattr(ada_client, method)(place(make.entry(ada, kind=kind)), SAID).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_decides_it(method: str, entry: Entry, bea_client: Client) -> None:
    answer = getattr(bea_client, method)(place(entry), SAID)
    assert (answer.status_code, WHAT in text_of(answer)) == (404, False)
    assert not Decision.objects.of(entry.owner).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_its_pages_cost_the_same_however_much_there_is(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    entries = [make.entry(ada, f"{WHAT} {number}", kind=Entry.Kind.DECISION) for number in range(rows)]
    for one in entries:
        Decision.write(one, **SAID)
        Revisit.ask(one, make.NOON.date())
    ada_client.get("/today/")
    with django_assert_num_queries(4):
        ada_client.get(place(entries[0]))
    with django_assert_num_queries(6):
        ada_client.get("/entries/")
