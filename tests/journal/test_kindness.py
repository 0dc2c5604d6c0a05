"""And to yourself? A line of one's own beside what was done, and kind words from others."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from journal import kind_words, kindness
from journal.models import Encouragement, Entry, Kindness, Lesson, NotForMe, PutAway, Revision
from tests import make
from tests.journal.pages import text_of

pytestmark = pytest.mark.usefixtures("noon")
HTMX = {"HX-Request": "true"}
TODAY = make.NOON.date()
ASKED = "And to yourself?"
WORDS = "You are allowed to be someone who is learning."


def kept_on(user: User, *ago: int) -> None:
    for days in ago:
        make.entry(user, f"Day {days}.", on=TODAY - timedelta(days=days))


def kind(user: User, words: str = WORDS, ago: int = 30) -> Entry:
    entry = make.entry(user, f"Done {ago} days ago.", on=TODAY - timedelta(days=ago))
    Kindness.write(entry, words=words)
    return entry


def keep(client: Client, **fields: Any) -> Any:
    return client.post("/entries/", {"kind": "win", "body": "Rang the bank."} | fields)


def words_of(user: User) -> list[str]:
    return sorted(row.words for row in Kindness.objects.of(user))


def test_it_is_chosen_from_those_that_were_begun_last_of_each_sort(ada: User) -> None:
    """Not from those of the latest days: what is told of long ago today is as new."""
    for number in range(kind_words.NEWEST + 1):
        hard = make.setback(ada, "It was hard.", on=TODAY - timedelta(days=90))
        lesson = Lesson.objects.create(owner=ada, entry=hard, kind_words=f"Soft {number}.")
        beside = Kindness.objects.get(entry=kind(ada, f"Words {number}.", ago=2 + number))
        for row in (lesson, beside):
            type(row).objects.filter(pk=row.pk).update(created_at=make.NOON + timedelta(minutes=number))
    chosen = {one.words for one in kind_words.chosen(ada, TODAY, most=2 * kind_words.NEWEST)}
    assert chosen == {f"{sort} {number}." for sort in ("Soft", "Words") for number in range(1, kind_words.NEWEST + 1)}


# The line on Today


@pytest.mark.parametrize(("ago", "asked"), [((6, 3, 1), False), ((7, 3), False), ((7, 3, 1), True), ((40, 2, 1), True)])
def test_it_is_asked_after_a_first_week_with_three_kept_days(
    ago: tuple[int, ...], asked: bool, ada: User, ada_client: Client
) -> None:
    kept_on(ada, *ago)
    assert (ASKED in text_of(ada_client.get("/today/"))) == asked


def test_what_is_not_for_somebody_is_not_asked_again_until_they_say_so(
    ada: User, bea: User, ada_client: Client, bea_client: Client
) -> None:
    for person in (ada, bea):
        kept_on(person, 7, 3, 1)
    for _ in range(2):
        answer = ada_client.post("/kind-words/line/", {"offered": "0", "back": "today"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    assert [ASKED in text_of(client.get("/today/")) for client in (ada_client, bea_client)] == [False, True]
    page = text_of(ada_client.post("/kind-words/line/", {"offered": "1"}, follow=True))
    assert "Leave the line out of Today" in page
    assert ASKED in text_of(ada_client.get("/today/"))
    assert NotForMe.objects.count() == 0


def test_by_htmx_the_line_alone_goes_and_what_is_typed_stays(ada: User, ada_client: Client) -> None:
    answer = text_of(ada_client.post("/kind-words/line/", {"offered": "0", "back": "today"}, headers=HTMX))
    assert "It won’t be asked again." in answer
    assert "<form" not in answer


def test_it_is_kept_beside_what_was_done_and_sent_twice_it_is_one(ada: User, ada_client: Client) -> None:
    for _ in range(2):
        keep(ada_client, id="11111111-2222-4333-8444-555555555555", kindness=f" {WORDS} ")
    assert words_of(ada) == [WORDS]
    assert Entry.objects.of(ada).count() == 1
    assert WORDS in text_of(ada_client.get("/today/"))
    assert WORDS in text_of(ada_client.get("/entries/"))
    assert WORDS in text_of(ada_client.post("/entries/search/", {"q": "allowed someone"}))


def test_a_blank_line_keeps_no_row_and_a_refused_form_keeps_what_was_typed(ada: User, ada_client: Client) -> None:
    keep(ada_client, kindness="  ")
    assert words_of(ada) == []
    refused = keep(ada_client, body="", kindness=WORDS)
    assert refused.status_code == 422
    assert WORDS in refused.content.decode()


def test_it_goes_along_with_a_tap_and_with_something_hard(ada: User, ada_client: Client) -> None:
    keep(ada_client, body="", deed="rested", kindness="Rest is allowed.")
    keep(ada_client, kind="setback", kindness="It was a lot.")
    beside = {row.entry.kind: row.words for row in Kindness.objects.of(ada)}
    assert beside == {"win": "Rest is allowed.", "setback": "It was a lot."}


def test_it_is_changed_on_the_page_of_its_entry_and_the_earlier_words_are_kept(ada: User, ada_client: Client) -> None:
    entry = kind(ada)
    change = {"version": "1", "body": entry.body, "kindness": "Slow is fine."}
    assert ada_client.post(f"/entries/{entry.pk}/", change).status_code == 303
    assert words_of(ada) == ["Slow is fine."]
    assert [one.words for one in Revision.objects.of(ada)] == [{"words": WORDS}]
    ada_client.post(f"/entries/{entry.pk}/", {"version": "2", "body": "Other words."})
    assert words_of(ada) == ["Slow is fine."]


def test_two_tabs_lose_no_line(ada: User, ada_client: Client) -> None:
    entry = kind(ada)
    ada_client.post(f"/entries/{entry.pk}/", {"version": "1", "body": "First tab."})
    answer = ada_client.post(f"/entries/{entry.pk}/", {"version": "1", "body": "Second tab.", "kindness": "Slowly."})
    assert answer.status_code == 409
    assert 'value="Slowly."' in answer.content.decode()
    assert words_of(ada) == [WORDS]
    assert {"body": "Second tab.", "deed": "", "kindness": "Slowly."} in [one.words for one in Revision.objects.of(ada)]


# It comes back


def test_one_sentence_of_their_own_comes_back_on_today_and_says_of_when(
    ada: User, ada_client: Client, bea_client: Client
) -> None:
    kept_on(ada, 3, 2, 1)
    kind(ada, ago=190)
    page = text_of(ada_client.get("/today/"))
    assert page.count(WORDS) == 1
    assert "You said this in May." in page
    assert WORDS not in text_of(bea_client.get("/today/"))


def test_what_was_said_lately_rests_first_and_nobody_has_it_before_their_thread(ada: User, ada_client: Client) -> None:
    kind(ada, "Last week’s.", ago=7)
    kept_on(ada, 1)
    kind(ada, ago=40)
    assert WORDS in text_of(ada_client.get("/today/"))
    assert "Last week’s." not in text_of(ada_client.get("/today/"))
    Entry.objects.of(ada).filter(local_date=TODAY - timedelta(days=1)).delete()
    assert WORDS not in text_of(ada_client.get("/today/"))


def test_it_is_the_same_all_day_and_another_one_on_other_days(ada: User) -> None:
    for number in range(8):
        kind(ada, f"Sentence {number}.", ago=30 + number)
    days = [TODAY + timedelta(days=ahead) for ahead in range(12)]
    chosen = [one.words for day in days if (one := kindness.back_on(ada, day))]
    assert chosen == [one.words for day in days if (one := kindness.back_on(ada, day))]
    assert len(set(chosen)) > 3


def test_put_away_it_does_not_come_back_until_it_is_let(ada: User, bea_client: Client, ada_client: Client) -> None:
    kept_on(ada, 3, 2, 1)
    place = f"/entries/{kind(ada).pk}/put-away/"
    assert bea_client.post(place, {"away": "1", "back": "today"}).status_code == 404
    assert ada_client.post(place, {"away": "1", "back": "today"}).headers["Location"] == "/today/"
    page = text_of(ada_client.get("/today/"))
    assert (WORDS in page, "Put away. It stays where it was written." in page) == (False, True)
    answer = text_of(ada_client.post(place, {"away": "0", "back": "today"}, headers=HTMX))
    assert "It may come back." in answer
    assert PutAway.objects.count() == 0
    assert WORDS in text_of(ada_client.get("/today/"))


def test_put_away_leaves_its_place_blank_until_the_next_day(ada: User, ada_client: Client, time_machine: Any) -> None:
    kept_on(ada, 3, 2, 1)
    for ago in (40, 50):
        kind(ada, f"Sentence {ago}.", ago=ago)
    first = kindness.back_on(ada, TODAY)
    assert first and first.words in text_of(ada_client.get("/today/"))
    ada_client.post(f"/entries/{first.entry}/put-away/", {"away": "1", "back": "today"})
    assert "You said this" not in text_of(ada_client.get("/today/"))
    time_machine.move_to(make.NOON + timedelta(days=1))
    ada_client.force_login(ada)
    page = text_of(ada_client.get("/today/"))
    assert ("You said this" in page, first.words in page) == (True, False)


def test_a_line_that_was_put_away_can_be_let_back_from_its_page(ada: User, ada_client: Client) -> None:
    entry = kind(ada, WORDS, ago=60)
    ada_client.post(f"/entries/{entry.pk}/put-away/", {"away": "1"})
    assert "Let the kind words come back" in text_of(ada_client.get(f"/entries/{entry.pk}/"))


def test_whoever_never_had_the_line_is_not_asked_to_leave_it_out(ada: User, ada_client: Client) -> None:
    out, again = "Leave the line out of Today", "Let Today have the line again"

    def choices() -> list[bool]:
        page = text_of(ada_client.get("/kind-words/"))
        return [out in page, again in page]

    assert choices() == [False, False]
    for ago in (8, 2, 1):
        kind(ada, f"Day {ago}.", ago=ago)
    assert choices() == [True, False]
    ada_client.post("/kind-words/line/", {"offered": "0"})
    assert choices() == [False, True]


def test_the_page_of_kind_words_shows_them_newest_first(ada: User, ada_client: Client, bea_client: Client) -> None:
    assert "Nothing stands here yet." in text_of(ada_client.get("/kind-words/"))
    kind(ada, "The earlier one.", ago=60)
    kind(ada, "The later one.", ago=2)
    page = text_of(ada_client.get("/kind-words/"))
    assert 0 < page.index("The later one.") < page.index("The earlier one.")
    assert "one." not in text_of(bea_client.get("/kind-words/"))


def test_earlier_kind_words_lie_behind_a_link(ada: User, ada_client: Client) -> None:
    for ago in range(31):
        kind(ada, f"Sentence {ago}.", ago=ago)
    first = text_of(ada_client.get("/kind-words/"))
    assert ("Sentence 29." in first, "Sentence 30." in first, "Earlier ones" in first) == (True, False, True)
    assert 'href="?shown=60#earlier"' in ada_client.get("/kind-words/").content.decode()
    for shown, last in (("60", True), ("1", False), ("x", False), ("²", False), ("99999", False)):
        page = text_of(ada_client.get("/kind-words/", {"shown": shown}))
        assert ("Sentence 30." in page, "Earlier ones" in page) == (last, not last), shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_kind_words_asks_as_often(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    kept_on(ada, 3, 2, 1)
    for number in range(count):
        kind(ada, f"Sentence {number}.", ago=30 + number)
    ada_client.get("/today/")
    with django_assert_num_queries(7):
        ada_client.get("/kind-words/")


# Kind words from others


def test_kind_words_of_others_are_kept_once_with_who_said_them(
    ada: User, ada_client: Client, bea_client: Client
) -> None:
    fields = {"id": "11111111-2222-4333-8444-555555555555", "body": "You stayed with it.", "from_whom": "Lina"}
    for _ in range(2):
        assert ada_client.post("/encouragements/", fields).status_code == 303
    [entry] = Entry.objects.of(ada)
    assert (entry.kind, entry.body, entry.encouragement.from_whom) == ("encouragement", "You stayed with it.", "Lina")
    page = text_of(ada_client.get("/encouragements/"))
    assert page.index("Kept.") < page.index("What did they say, or write?")
    for path in ("/encouragements/", "/entries/", "/entries/?kind=encouragement", "/today/"):
        assert "You stayed with it." in text_of(ada_client.get(path))
        assert "You stayed with it." not in text_of(bea_client.get(path))
    assert "You stayed with it." in text_of(ada_client.post("/entries/search/", {"q": "lina"}))


def test_a_name_can_stay_blank_and_words_cannot(ada: User, ada_client: Client) -> None:
    ada_client.post("/encouragements/", {"body": "Good to have you."})
    assert Encouragement.objects.count() == 0
    refused = ada_client.post("/encouragements/", {"body": " ", "from_whom": "Lina"})
    assert refused.status_code == 422
    assert 'value="Lina"' in refused.content.decode()
    assert Entry.objects.of(ada).count() == 1


def test_who_said_it_is_changed_on_its_page(ada: User, ada_client: Client) -> None:
    entry = make.encouragement(ada, from_whom="Lina")
    ada_client.post(f"/entries/{entry.pk}/", {"version": "1", "from_whom": "Farid"})
    assert Encouragement.objects.of(ada).get().from_whom == "Farid"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_others_asks_as_often(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make.encouragement(ada, f"Words {number}.", "Lina")
    ada_client.get("/today/")
    with django_assert_num_queries(5):
        ada_client.get("/encouragements/")
