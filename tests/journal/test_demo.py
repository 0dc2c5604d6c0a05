"""The accounts to look at and to measure with."""

import re
from datetime import UTC, datetime
from io import StringIO
from statistics import mean
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.days import local_date
from accounts.models import User
from accounts.scope import scope
from journal.demo import corpus, year
from journal.demo.cards import Deck, Names, words
from journal.demo.shelf import ORDER
from journal.models import (
    Acceptance,
    Answer,
    Aside,
    Chapter,
    Completion,
    Detour,
    Entry,
    GoodEnough,
    Lesson,
    LongerLook,
    Measure,
    Milestone,
    Reading,
    Standard,
    Theme,
    Week,
)
from journal.models.kinds import WRITTEN
from tests import make
from tests.house.test_words import JUST, RULE

LISTS = ["wins", "closers", "notes", "proud", "hard", "doubts", "milestones"]
LISTS += ["pages", "steps", "chapters", "measures", "kind"]
EMAIL, PASSWORD = "someone@example.com", "a long enough secret"


def texts(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [text for one in parts for text in texts(one)]


def seed(entries: int, **options: Any) -> str:
    said = StringIO()
    options = {"email": EMAIL, "password": PASSWORD, "until": make.NOON.date()} | options
    call_command("seed_demo", entries=entries, stdout=said, **options)
    return said.getvalue()


def demo() -> str:
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


# The words


@pytest.mark.parametrize("name", LISTS)
def test_no_word_of_the_demonstration_shames_and_no_slot_stays_open(name: str) -> None:
    told = texts(words(name))
    assert [text for text in told if RULE.search(text) or JUST.search(text) or "'" in text] == []
    assert {slot for text in told for slot in re.findall(r"{.*?}", text)} <= {"{who}", "{her}", "{day}"}


def test_there_are_enough_different_sentences() -> None:
    told = [text for name in LISTS for text in texts(words(name)) if text.endswith((".", "?", "。", "”"))]
    assert len(told) > 400
    assert [text for text in told if told.count(text) > 1] == []


def test_a_card_comes_back_only_when_every_other_one_was_seen() -> None:
    from random import Random

    deck = Deck("abcd", Random(1))
    dealt = [next(deck) for _ in range(8)]
    assert (sorted(dealt[:4]), dealt[:4]) == (["a", "b", "c", "d"], dealt[4:])


def test_the_same_name_stands_in_every_text_of_a_card() -> None:
    from random import Random

    one, other = Names(Random(1)).put("Told {her} it’s fine.", "Ask {her} for a walk.")
    assert one.split()[1] == other.split()[1]
    assert one.split()[1] in words("wins")["women"]


# The corpus


def test_a_corpus_has_the_size_and_the_mixture_that_is_measured_with(db: None) -> None:
    said = seed(2100)
    with scope():
        owner = User.objects.get()
        entries = list(Entry.objects.of(owner).prefetch_related("themes"))
        bodies = [entry.body for entry in entries]
    assert said == f"{EMAIL} has 2100 entries. Rare word: kingfisher. Common word: harbour.\n"
    assert len(entries) == 2100
    assert 563 <= mean(len(body.encode()) for body in bodies) <= 620
    assert sum(corpus.RARE in body for body in bodies) == 7
    assert 0.28 <= sum(corpus.COMMON in body for body in bodies) / 2100 <= 0.33
    assert {len(entry.themes.all()) for entry in entries} == {3}
    assert Theme.objects.of(owner).count() == 30
    assert {entry.kind for entry in entries} == set(Entry.Kind.values)
    assert [rows.objects.of(owner).count() > 50 for rows in (Lesson, Answer, Acceptance)] == [True] * 3
    assert (max(entry.local_date for entry in entries), len({entry.local_date for entry in entries}) > 600) == (
        make.NOON.date(),
        True,
    )


def test_every_kind_stands_among_its_newest_and_its_oldest_pages(db: None) -> None:
    seed(60)
    kinds = list(Entry.objects.of(User.objects.get()).newest_first().values_list("kind", flat=True))
    assert [set(kinds[:30]), set(kinds[-30:])] == [set(Entry.Kind.values)] * 2


def test_a_corpus_holds_what_lies_beside_its_entries_and_what_stands_by_itself(db: None) -> None:
    seed(300)
    owner = User.objects.get()
    empty = [row.__name__ for row in ORDER if not row._default_manager.filter(owner=owner).exists()]
    # What is looked at alone, and by no page that is measured.
    assert empty == ["Matter", "Aside", "Standard", "LongerLook", "Beginning", "Detour", "Asking", "Declined"]
    assert Measure.objects.of(owner).count() == 5


def test_neither_word_stands_in_the_sentences_themselves() -> None:
    told = " ".join(text for name in LISTS for text in texts(words(name))).casefold()
    assert [word in told for word in (corpus.RARE, corpus.COMMON)] == [False, False]


def test_the_same_address_number_and_day_give_the_same_journal(db: None) -> None:
    def journal(**options: Any) -> list[tuple[Any, ...]]:
        User.objects.all().delete()
        seed(60, **options)
        with scope():
            rows = Entry.objects.of(User.objects.get()).order_by("pk")
            return [(row.pk, row.kind, row.body, row.local_date, row.created_at) for row in rows]

    assert journal() == journal()
    assert {row[0] for row in journal()} & {row[0] for row in journal(email="another@example.com")} == set()


@pytest.mark.parametrize("entries", [0, 1, 3, 7, 10])
def test_a_small_corpus_is_as_small_as_that(db: None, entries: int) -> None:
    seed(entries)
    kept = Entry.objects.of(User.objects.get())
    assert kept.count() == entries
    assert sum(corpus.RARE in entry.body for entry in kept) == min(entries, 7)


def test_the_account_can_be_signed_in_to(db: None) -> None:
    seed(3)
    assert User.objects.get().check_password(PASSWORD)
    assert EmailAddress.objects.values_list("email", "verified", "primary").get() == (EMAIL, True, True)


def test_an_account_with_something_in_it_is_left_alone(ada: User) -> None:
    make.entry(ada, "Mine.")
    with pytest.raises(CommandError, match="There is an account ada@example.com already, and something is kept in it."):
        seed(5, email="Ada@example.com", password="a long enough secret")
    assert [entry.body for entry in Entry.objects.all()] == ["Mine."]


def test_an_empty_account_is_filled_for_who_knows_its_password(ada: User) -> None:
    with pytest.raises(CommandError, match="with another password"):
        seed(5, email="ada@example.com", password="not the password")
    seed(5, email="ada@example.com", password="a long enough secret")
    assert Entry.objects.of(ada).count() == 5


def test_fewer_than_none_is_refused_in_one_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="fewer than no entries"):
        seed(-1)
    assert User.objects.count() == 0


def test_what_is_no_address_is_refused_in_one_sentence(db: None) -> None:
    with pytest.raises(CommandError) as error:
        call_command("seed_demo", "--email", "nobody", "--password", "a long enough secret", "--entries", "1")
    assert str(error.value) == "--email takes an address such as nadia@example.com, not 'nobody'."
    assert User.objects.count() == 0


# The lived-in year


@pytest.fixture
def nadia(db: None) -> User:
    demo()
    return User.objects.get()


def test_a_lived_in_year_has_about_nine_hundred_entries_of_every_kind(nadia: User) -> None:
    kinds = list(Entry.objects.of(nadia).values_list("kind", flat=True))
    assert 810 <= len(kinds) <= 990
    others = {"milestone", "decision", "meeting", "then_now", "encouragement", "letter"}
    assert set(kinds) == {*WRITTEN, *others}
    rows = (Lesson, Answer, Acceptance, Week, Milestone, GoodEnough, Completion, Theme)
    rows += (Aside, Chapter, Detour, LongerLook, Standard)
    least = {"Lesson": 25, "Answer": 15, "Acceptance": 4, "Week": 20, "Milestone": 4, "GoodEnough": 6, "Completion": 11}
    least |= {"Aside": 1, "Chapter": 6, "Detour": 1, "LongerLook": 1, "Standard": 1}
    counts = {row.__name__: row.objects.of(nadia).count() for row in rows}
    assert [name for name, count in least.items() if counts[name] < count] == []
    assert Milestone.objects.of(nadia).resting().count() == 2


@pytest.mark.parametrize("now", [datetime(2026, 11, 20, 7, 30, tzinfo=UTC), datetime(2028, 2, 29, 23, tzinfo=UTC)])
def test_nothing_comes_back_within_a_month_and_nothing_is_of_a_later_hour(ada: User, now: datetime) -> None:
    year.write(ada, now)
    with scope():
        kept = [(entry.body, entry.local_date) for entry in Entry.objects.of(ada).order_by("local_date")]
    seen: dict[str, Any] = {}
    for body, day in kept:
        assert not body or body not in seen or (day - seen[body]).days > 31
        seen[body] = day
    assert Entry.objects.of(ada).filter(created_at__gt=now).count() == 0
    days = sorted({day for _, day in kept})
    assert days[-1] == now.date()
    assert sum((later - day).days > 2 for day, later in zip(days, days[1:], strict=False)) >= 4


def test_asked_again_it_says_so_and_tells_the_same_way_in(db: None) -> None:
    first, again = demo(), demo()
    assert again.startswith("The account exists already.\n")
    assert first.splitlines()[1:] == again.splitlines()[1:]
    password = again.split()[-1]
    assert Client().login(email="demo@example.com", password=password)


def test_a_changed_password_is_not_told_as_the_old_one(nadia: User) -> None:
    nadia.set_password("another one entirely")
    nadia.save()
    with pytest.raises(CommandError, match="its password was changed since"):
        demo()


def test_its_pages_can_be_read(nadia: User, client_of: Any) -> None:
    client = client_of(nadia)
    reached = Milestone.objects.of(nadia).resting().first()
    pages = [
        "/today/",
        "/entries/",
        "/milestones/",
        f"/milestones/{reached.pk}/",
        f"/milestones/{reached.pk}/celebration/",
    ]
    assert [client.get(page).status_code for page in pages] == [200] * 5


def test_it_notices_two_things_of_which_one_stands_on_today(nadia: User, client_of: Any) -> None:
    assert [measure.name for measure in Measure.objects.of(nadia).pinned()] == ["Dishes tried for the fun of it"]
    page = client_of(nadia).get("/measures/").content.decode()
    assert page.count('class="spark"') == Measure.objects.of(nadia).count() == 2
    assert page.count("Most weeks, ") + page.count("Of the weeks with a reading, ") == 2
    assert Reading.objects.of(nadia).filter(local_date__gte=local_date(nadia, timezone.now())).count() == 0
