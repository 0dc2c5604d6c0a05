"""Questions that are written once, and what replaced counting in the ORM: the same answers as the ORM's own."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.template.defaultfilters import truncatechars
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.prepared import prepared
from journal import almanac, back_index
from journal.dealt import thrown
from journal.look_back import BEFORE, LookBack
from journal.marks import shortened
from journal.models import Entry, Lesson, Theme
from tests import make

TODAY = make.NOON.date()
DAY = timedelta(days=1)


@prepared
def within(user: User, first: date, last: date, kind: str) -> Any:
    return Entry.objects.of(user).within(first, last).filter(kind=kind).select_related("lesson").newest_first()


@prepared
def ends(user: User, day: date) -> Any:
    kept = Entry.objects.of(user).filter(local_date__lte=day).values_list("local_date", "created_at", "pk")
    return [kept.order_by("local_date")[:1], kept.order_by("-local_date")[:2]]


@prepared
def the_day_after(user: User, day: date) -> Any:
    return Entry.objects.of(user).filter(local_date=day + DAY)


@prepared
def by_setting(user: User) -> Any:
    return Entry.objects.coming_back(user, user.only_good_days_back)


def hard_with(owner: User, lesson: str, on: date, *themes: str) -> Entry:
    hard = make.setback(owner, f"Hard on {on}.", on=on, themes=themes)
    Lesson.write(hard, lesson=lesson)
    return hard


def test_each_person_and_each_day_gets_their_own_answer(ada: User, bea: User) -> None:
    ours = [hard_with(ada, "Ask early.", TODAY - DAY * ago) for ago in (1, 2, 3)]
    make.entry(ada, "A win.", on=TODAY - DAY)
    theirs = make.setback(bea, "Not mine.", on=TODAY - DAY)
    found = within(ada, TODAY - 2 * DAY, TODAY, "setback")
    assert [(entry, entry.body, entry.lesson.lesson) for entry in found] == [
        (entry, entry.body, "Ask early.") for entry in ours[:2]
    ]
    assert within(bea, TODAY - 2 * DAY, TODAY, "setback") == [theirs]
    assert not hasattr(within(bea, TODAY - 2 * DAY, TODAY, "setback")[0], "lesson")
    assert [entry.body for entry in within(ada, TODAY - 2 * DAY, TODAY, "win")] == ["A win."]
    assert within(ada, TODAY, TODAY, "setback") == []


def test_a_setting_of_the_person_cannot_be_written_into_a_question(ada: User) -> None:
    with pytest.raises(User.DoesNotExist):
        by_setting(ada)


def test_an_instance_is_whole_and_can_be_changed(ada: User) -> None:
    kept = make.setback(ada, "As it was.", on=TODAY)
    found = within(ada, TODAY, TODAY, "setback")[0]
    fields = [field.attname for field in Entry._meta.concrete_fields]
    stands = Entry.objects.get(pk=kept.pk)
    assert {name: getattr(found, name) for name in fields} == {name: getattr(stands, name) for name in fields}
    found.change(found.version, body="As it is.")
    assert [one.body for one in within(ada, TODAY, TODAY, "setback")] == ["As it is."]


def test_several_are_asked_at_once(ada: User, bea: User, django_assert_num_queries: Any) -> None:
    kept = [make.entry(ada, "A line.", on=TODAY - DAY * ago) for ago in (0, 1, 2, 3)]
    make.entry(bea, "Not mine.", on=TODAY - 9 * DAY)
    with django_assert_num_queries(1):
        found = ends(ada, TODAY - DAY)
    assert sorted(found) == sorted((one.local_date, one.created_at, one.pk) for one in (kept[3], kept[1], kept[2]))


def test_a_question_that_computes_with_what_it_is_given_is_refused(ada: User) -> None:
    with pytest.raises(ValueError, match="not in the question"):
        the_day_after(ada, TODAY)


def test_the_days_of_the_almanac_are_those_that_the_timeline_holds(ada: User, bea: User) -> None:
    for ago in (0, 0, 3, 5):
        make.entry(ada, "A win.", on=TODAY - DAY * ago)
    make.entry(ada, "Proud of it.", kind=Entry.Kind.PROUD, on=TODAY - 3 * DAY)
    make.entry(ada, "Proud of it.", kind=Entry.Kind.PROUD, on=TODAY - 4 * DAY)
    hard_with(ada, "Ask early.", TODAY - 4 * DAY)
    make.setback(ada, "Open still.", on=TODAY - 5 * DAY)
    hard_with(ada, "Taken back.", TODAY - 5 * DAY).remove(make.NOON)
    make.entry(ada, "Taken back.", on=TODAY - 6 * DAY).remove(make.NOON)
    hard_with(bea, "Not mine.", TODAY - 5 * DAY)
    marks = {0: ("leaf", 2), 3: ("clay", 2), 4: ("gold", 2), 5: ("leaf", 2)}
    held = almanac.held(ada, TODAY - 9 * DAY, TODAY)
    assert held == {TODAY - DAY * ago: mark for ago, mark in marks.items()}
    assert almanac.held(ada, TODAY - 3 * DAY, TODAY - DAY) == {TODAY - 3 * DAY: ("clay", 2)}


@pytest.mark.parametrize("every", [False, True])
def test_one_from_before_is_the_next_of_all_kinds_that_come_back(every: bool, ada: User, bea: User) -> None:
    User.objects.filter(pk=ada.pk).update(only_good_days_back=not every)
    user = User.objects.get(pk=ada.pk)
    kinds = [Entry.Kind.WIN, Entry.Kind.NOTE, Entry.Kind.PROUD, Entry.Kind.SETBACK, Entry.Kind.DOUBT]
    for ago in range(31, 61):
        kind = kinds[ago % len(kinds)]
        entry = make.entry(ada, f"{kind} {ago}.", kind=kind, on=TODAY - DAY * ago)
        if kind == Entry.Kind.SETBACK and ago % 2:
            Lesson.write(entry, lesson="Ask early.")
    make.entry(ada, "", deed=Entry.Deed.BEGAN, on=TODAY - 35 * DAY)
    make.entry(bea, "Not mine.", on=TODAY - 40 * DAY)
    kinds_shown = set()
    for later in range(20):
        back = LookBack(user, make.NOON + DAY * later)
        assert back.good_one == expected(user, back)
        kinds_shown.add(back.good_one.kind)  # type: ignore[union-attr]
    assert kinds_shown == {Entry.Kind.WIN, Entry.Kind.PROUD, Entry.Kind.SETBACK}


def expected(user: User, back: LookBack) -> Entry | None:
    """As the timeline has it: the first from the day that is thrown on, else the newest."""
    last = back.today - BEFORE
    good = Entry.objects.coming_back(user, user.only_good_days_back).filter(
        not_again__isnull=True, local_date__lte=last
    )
    good = good.exclude(body__filled=False)
    start = back.began + DAY * thrown((last - back.began).days + 1, by=back.today)  # type: ignore[operator]
    onwards = good.filter(local_date__gte=start).order_by("local_date", "created_at", "id")
    found: Entry | None = onwards.first() or good.newest_first().first()
    return found


def test_a_theme_that_was_rare_of_late_has_its_days_and_one_with_many_has_none(ada: User, bea: User) -> None:
    """There are more lessons than are looked through."""
    for ago in range(200, 210):
        hard_with(ada, "Long ago.", TODAY - DAY * ago, "often once")
    for ago in (211, 212):
        hard_with(ada, "Long ago.", TODAY - DAY * ago, "seldom")
    make.entry(ada, "No lesson.", on=TODAY, themes=["never"])
    hard_with(bea, "Not mine.", TODAY - 3 * DAY, "seldom")
    words = [f"word {number}" for number in range(20)]
    themes = Theme.named(ada, words)
    lessons = [hard_with(ada, "Of late.", TODAY - DAY * (ago % 99)) for ago in range(back_index.LATEST)]
    links = Entry.themes.through
    links.objects.bulk_create(links(entry=one, theme=theme) for one in lessons for theme in themes)
    found = {line.name: [day for day, _entry in line.days] for line in back_index.lines(ada)}
    assert found == dict.fromkeys(["often once", *words], []) | {"seldom": [TODAY - 212 * DAY, TODAY - 211 * DAY]}


def test_lessons_without_a_word_hide_no_older_ones_that_have_one(ada: User) -> None:
    for ago in range(200, 210):
        hard_with(ada, "Long ago.", TODAY - DAY * ago, "often once")
    hard_with(ada, "Long ago.", TODAY - DAY * 211, "seldom")
    for ago in range(back_index.LATEST):
        hard_with(ada, "Of late.", TODAY - DAY * (ago % 99))
    found = {line.name: [day for day, _entry in line.days] for line in back_index.lines(ada)}
    assert found == {"often once": [], "seldom": [TODAY - 211 * DAY]}


@given(st.text(st.sampled_from("ab é́̂\u200dﬁ\U0001f469")), st.integers(1, 12))
def test_a_text_is_shortened_as_django_shortens_it(text: str, most: int) -> None:
    assert shortened(text, most) == truncatechars(text, most)
