import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.sealed import Sealed
from journal.forms.week import WeekForm
from journal.models import Entry, Lesson, Measure, Reading, Revision, Step, Week
from journal.models.week import iso_name, monday_named, monday_of
from tests import make
from tests.journal.pages import text_of
from tests.make import NOON

MONDAY = date(2026, 11, 16)


def proud(user: User, monday: date = MONDAY) -> list[str]:
    return [entry.body for entry in Week.proud(user, monday)]


# Names of weeks


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(9998, 12, 31)))
def test_a_week_is_found_again_by_its_name(day: date) -> None:
    assert monday_named(iso_name(monday_of(day))) == monday_of(day)


@pytest.mark.parametrize(
    "name",
    [
        "2026-W7",
        "2025-W53",
        "2026-W54",
        "2026-W00",
        "0000-W01",
        "1899-W52",
        "2026",
        "w",
        "2026-W47 ",
        "٢٠٢٦-W47",
        "2026-w47",
    ],
)
def test_what_is_no_week_has_no_monday(name: str) -> None:
    with pytest.raises(ValueError):
        monday_named(name)


def test_the_fifty_third_week_is_known_where_there_is_one() -> None:
    assert monday_named("2026-W53") == date(2026, 12, 28)


# Naming proud things


def test_proud_things_stay_in_the_order_they_were_named(ada: User) -> None:
    words = [f"Line {number}" for number in range(9)]
    Week.name_proud(ada, MONDAY, [(None, line) for line in words], NOON)
    assert proud(ada) == words


def test_a_proud_thing_gets_the_last_day_of_its_week(ada: User) -> None:
    Week.name_proud(ada, MONDAY - timedelta(days=7), [(None, "Slept.")], NOON)
    assert [entry.local_date for entry in Entry.objects.of(ada)] == [date(2026, 11, 15)]


def test_a_proud_thing_of_this_week_gets_the_day_it_is_for_its_owner(ada: User) -> None:
    ada.time_zone = "Pacific/Kiritimati"
    late = datetime(2026, 11, 20, 12, tzinfo=UTC)
    Week.name_proud(ada, MONDAY, [(None, "Slept.")], late)
    assert [entry.local_date for entry in Entry.objects.of(ada)] == [date(2026, 11, 21)]


def test_the_same_words_are_named_once_in_a_week(ada: User) -> None:
    first = Week.name_proud(ada, MONDAY, [(None, "Slept."), (None, " Slept. "), (None, "  ")], NOON)
    again = Week.name_proud(ada, MONDAY, [(uuid4(), "Slept.")], NOON)
    assert (len(first), again, proud(ada)) == (1, [], ["Slept."])


def test_the_same_words_in_another_week_are_named_again(ada: User) -> None:
    Week.name_proud(ada, MONDAY, [(None, "Slept.")], NOON)
    Week.name_proud(ada, MONDAY - timedelta(days=7), [(None, "Slept.")], NOON)
    assert (proud(ada), proud(ada, MONDAY - timedelta(days=7))) == (["Slept."], ["Slept."])


def test_an_id_is_kept_once_even_where_its_words_were_changed_since(ada: User) -> None:
    id = uuid4()
    [entry] = Week.name_proud(ada, MONDAY, [(id, "Slept.")], NOON)
    entry.change(1, body="Slept for nine hours.")
    assert Week.name_proud(ada, MONDAY, [(id, "Slept.")], NOON + timedelta(minutes=1)) == []
    assert proud(ada) == ["Slept for nine hours."]


def test_an_id_of_somebody_else_takes_nothing_from_them(ada: User, bea: User) -> None:
    hers = make.entry(bea, "Bea’s.", kind=Entry.Kind.PROUD)
    [mine] = Week.name_proud(ada, MONDAY, [(hers.pk, "Mine.")], NOON)
    assert mine.pk != hers.pk
    assert (proud(ada), proud(bea)) == (["Mine."], ["Bea’s."])


def test_the_same_line_named_many_times_at_once_is_named_once(ada: User, at_once: Callable[..., Any]) -> None:
    """Without an id, as a script or two letters would."""
    named = at_once(*[lambda: Week.name_proud(ada, MONDAY, [(None, "Slept.")], NOON)] * 8)
    assert sorted(len(entries) for entries in named) == [0] * 7 + [1]


# The page of a week

PAGE = "/weeks/2026-W47/"


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """It is Friday 20 November 2026, noon."""
    with time_machine.travel(NOON):
        yield


def text(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


def send(client: Client, *lines: str | tuple[str, Entry], path: str = PAGE, **more: str) -> Any:
    """A line is its words, or its words and the entry that stood on it when the page was read."""
    form = dict(more)
    for number, line in enumerate(lines):
        words, entry = line if isinstance(line, tuple) else (line, None)
        form[f"proud-{number}"] = words
        if entry:
            form |= {f"proud-{number}-id": str(entry.pk), f"proud-{number}-version": str(entry.version)}
    return client.post(path, form)


def test_the_weeks_lead_to_this_one(ada_client: Client) -> None:
    answer = ada_client.get("/weeks/")
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)


def test_its_days_are_named(ada_client: Client) -> None:
    assert "Monday 16 to Sunday 22 November" in text(ada_client)
    assert "Monday 26 October to Sunday 1 November" in text(ada_client, "/weeks/2026-W44/")
    assert "Monday 29 December 2025 to Sunday 4 January 2026" in text(ada_client, "/weeks/2026-W01/")
    assert "Monday 17 to Sunday 23 November 2025" in text(ada_client, "/weeks/2025-W47/")


def test_it_leads_to_its_neighbours(ada_client: Client) -> None:
    def others(path: str) -> list[str]:
        return re.findall(r'href="(/weeks/[^"]+)"', text(ada_client, path))

    assert others(PAGE) == ["/weeks/2026-W46/"]
    assert others("/weeks/2026-W46/") == ["/weeks/2026-W45/", PAGE]
    assert others("/weeks/1900-W01/") == ["/weeks/1900-W02/"]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "name", ["2026-W48", "2025-W53", "2026-W7", "0000-W01", "9999-W52", "9999-W53", "2026-47", "now"]
)
def test_a_week_that_is_none_or_is_to_come_is_not_there(name: str, method: str, ada_client: Client, ada: User) -> None:
    assert getattr(ada_client, method)(f"/weeks/{name}/", {"proud-0": "Slept."}).status_code == 404
    assert not Entry.objects.of(ada).exists()


def test_whose_monday_it_is_already_has_the_new_week(bea_client: Client, ada_client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 16, tzinfo=UTC), tick=False):
        assert bea_client.get("/weeks/2026-W48/").status_code == 200
        assert ada_client.get("/weeks/2026-W48/").status_code == 404


def test_other_methods_are_refused(ada_client: Client) -> None:
    assert [getattr(ada_client, name)(PAGE).status_code for name in ("put", "patch", "delete")] == [405] * 3


def test_nobody_sees_the_week_of_somebody_else(ada: User, bea: User, ada_client: Client, bea_client: Client) -> None:
    send(ada_client, "Ada’s line.", takeaway="Ada’s takeaway.")
    send(bea_client, "Bea’s line.")
    assert "Ada’s" in text(ada_client)
    assert "Ada’s" not in text(bea_client)
    assert (proud(ada), proud(bea)) == (["Ada’s line."], ["Bea’s line."])


# Its lines


def test_three_lines_are_kept(ada: User, ada_client: Client) -> None:
    answer = send(ada_client, "One.", "Two.", "Three.")
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert proud(ada) == ["One.", "Two.", "Three."]
    assert {entry.local_date for entry in Week.proud(ada, MONDAY)} == {date(2026, 11, 20)}


def test_a_script_adds_what_is_new_and_replaces_nothing(ada: User, ada_client: Client) -> None:
    send(ada_client, "One.", "Two.")
    send(ada_client, "Other.", "Two.", "")
    assert proud(ada) == ["One.", "Two.", "Other."]


def test_the_page_as_it_stands_sent_again_changes_nothing(ada: User, ada_client: Client) -> None:
    """As a browser sends it, line breaks and all."""
    send(ada_client, "One.\nAnd a second line.", "Two.")
    for _ in range(2):
        first, second = Week.proud(ada, MONDAY)
        send(ada_client, (first.body.replace("\n", "\r\n"), first), (second.body, second), "")
    assert [(entry.body, entry.version) for entry in Week.proud(ada, MONDAY)] == [
        ("One.\nAnd a second line.", 1),
        ("Two.", 1),
    ]


def test_a_line_is_changed_where_it_stands(ada: User, ada_client: Client) -> None:
    first, second = Week.name_proud(ada, MONDAY, [(None, "One."), (None, "Two.")], NOON)
    send(ada_client, ("One, and a half.", first), ("Two.", second))
    assert [(entry.pk, entry.body) for entry in Week.proud(ada, MONDAY)] == [
        (first.pk, "One, and a half."),
        (second.pk, "Two."),
    ]


def test_an_emptied_line_is_taken_back_and_can_be_put_back(ada: User, ada_client: Client) -> None:
    [first] = Week.name_proud(ada, MONDAY, [(None, "One.")], NOON)
    send(ada_client, ("  ", first))
    assert proud(ada) == []
    assert [entry.body for entry in Entry.objects.removed(ada)] == ["One."]


def test_a_line_that_moved_down_is_one_line(ada: User, ada_client: Client) -> None:
    [first] = Week.name_proud(ada, MONDAY, [(None, "One.")], NOON)
    send(ada_client, ("", first), "", "One.")
    assert proud(ada) == ["One."]


def test_two_tabs_keep_both_texts(ada: User, ada_client: Client) -> None:
    [read] = Week.name_proud(ada, MONDAY, [(None, "One.")], NOON)
    send(ada_client, ("The first tab.", read))
    send(ada_client, ("The second tab.", read))
    send(ada_client, ("The second tab.", read))
    assert proud(ada) == ["The first tab.", "The second tab."]


def test_a_line_that_was_only_read_does_not_stand_against_another_tab(ada: User, ada_client: Client) -> None:
    first, second = Week.name_proud(ada, MONDAY, [(None, "One."), (None, "Two.")], NOON)
    send(ada_client, ("One, changed.", first), ("Two.", second))
    send(ada_client, ("One.", first), ("Two, changed.", second))
    assert proud(ada) == ["One, changed.", "Two, changed."]


def test_emptying_what_was_changed_elsewhere_takes_nothing_away(ada: User, ada_client: Client) -> None:
    [read] = Week.name_proud(ada, MONDAY, [(None, "One.")], NOON)
    send(ada_client, ("One, changed.", read))
    send(ada_client, ("", read))
    assert proud(ada) == ["One, changed."]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "x", "y", "z"])), max_size=8))
def test_two_tabs_lose_no_word(writes: list[tuple[str, str]], ada: User) -> None:
    """Each tab writes over what it read at first; whatever was typed stands or is among what can be had back."""
    Entry.kept_by(ada).delete()
    [read] = Week.name_proud(ada, MONDAY, [(None, "first")], NOON)
    for tab, words in writes:
        typed = words and f"{tab} {words}"
        line = {"proud-0": typed, "proud-0-id": str(read.pk), "proud-0-version": "1"}
        form = WeekForm(line, owner=ada, monday=MONDAY)
        form.full_clean()
        form.write(NOON)
    kept = {entry.body for entry in Entry.kept_by(ada)} | {one.words["body"] for one in Revision.objects.of(ada)}
    assert kept >= {"first"} | {f"{tab} {words}" for tab, words in writes if words}


@pytest.mark.parametrize("id", ["", "not an id", "0b6f3c52-2f5b-4a6e-9c43-1c1f5a6f1d11"])
@pytest.mark.parametrize("version", ["", "one", "-1", "99999999999999999999"])
def test_words_are_never_refused_for_their_id_or_version(id: str, version: str, ada: User, ada_client: Client) -> None:
    ada_client.post(PAGE, {"proud-0": "One.", "proud-0-id": id, "proud-0-version": version})
    assert proud(ada) == ["One."]


def test_the_id_of_an_entry_of_somebody_else_changes_nothing_there(ada: User, bea: User, ada_client: Client) -> None:
    hers = make.entry(bea, "Bea’s.", kind=Entry.Kind.PROUD)
    send(ada_client, ("Mine.", hers))
    send(ada_client, ("", hers))
    assert (proud(ada), proud(bea)) == (["Mine."], ["Bea’s."])


def test_an_entry_of_another_kind_is_not_written_over(ada: User, ada_client: Client) -> None:
    win = make.entry(ada)
    send(ada_client, ("Proud of it.", win))
    assert (Entry.objects.of(ada).get(pk=win.pk).body, proud(ada)) == (win.body, ["Proud of it."])


def test_the_fourth_stands_beneath(ada: User, ada_client: Client) -> None:
    send(ada_client, "One.", "Two.", "Three.")
    send(ada_client, "Four.")
    page = text(ada_client)
    assert re.findall(r"<textarea[^>]*name=\"proud-\d\"[^>]*>\s*([^<]*)</textarea>", page) == ["One.", "Two.", "Three."]
    assert page.index("Three.") < page.index("Four.")


def test_each_proud_thing_opens_a_blossom_and_none_is_drawn_for_what_is_missing(ada: User, ada_client: Client) -> None:
    for count in range(5):
        assert len(set(re.findall(r"#bloom-(\d)", text(ada_client)))) == min(count, 3)
        send(ada_client, f"Line {count}.")


def test_a_week_that_is_over_shows_what_was_written_and_folds_the_rest(ada: User, ada_client: Client) -> None:
    past = "/weeks/2026-W46/"
    send(ada_client, "One.", "Two.", path=past)
    lines, fold = text(ada_client, past).split('<details class="more">')
    assert re.findall(r'name="(proud-\d)"', lines) == ["proud-0", "proud-1"]
    assert re.findall(r'name="(proud-\d)"', fold) == ["proud-2"]
    assert {entry.local_date for entry in Week.proud(ada, MONDAY - timedelta(days=7))} == {date(2026, 11, 15)}


# One tap, from what was kept


def offered(client: Client, path: str = PAGE) -> list[str]:
    return re.findall(r'name="candidate".*?<bdi>(.*?)</bdi>', text(client, path))


def test_the_wins_and_lessons_of_the_week_are_offered(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Opened the letter.")
    make.entry(ada, "", deed="asked_for_help", now=NOON + timedelta(minutes=1))
    Lesson.write(make.setback(ada, now=NOON + timedelta(minutes=2)), lesson="Ask for a hand.")
    make.setback(ada, "Only hard.")
    make.entry(ada, "A note.", kind=Entry.Kind.NOTE)
    make.entry(ada, "Another week.", on=date(2026, 11, 15))
    assert offered(ada_client) == ["Ask for a hand.", "Asked for help", "Opened the letter."]


def test_one_tap_names_it(ada: User, ada_client: Client) -> None:
    win = make.entry(ada, "Opened the letter.")
    for _ in range(2):
        assert send(ada_client, "Typed beside it.", candidate=str(win.pk)).status_code == 303
    assert sorted(proud(ada)) == ["Opened the letter.", "Typed beside it."]
    assert offered(ada_client) == []


def test_a_long_win_is_named_whole(ada: User, ada_client: Client) -> None:
    win = make.entry(ada, "x" * 5000)
    send(ada_client, candidate=str(win.pk))
    assert proud(ada) == ["x" * 5000]


def test_where_three_are_named_nothing_more_is_offered(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    send(ada_client, "One.", "Two.", "Three.")
    assert offered(ada_client) == []


def test_what_cannot_be_taken_along_is_not_there_and_the_lines_are_kept(
    ada: User, bea: User, ada_client: Client
) -> None:
    others = [make.entry(bea), make.setback(ada), make.entry(ada, "Long ago.", on=date(2026, 1, 1))]
    for number, id in enumerate([*(str(one.pk) for one in others), "no id", ""]):
        assert send(ada_client, f"Line {number}.", candidate=id).status_code == 404
    assert proud(ada) == [f"Line {number}." for number in range(5)]


# By htmx


def test_htmx_gets_the_branch_with_the_new_blossom_and_the_next_line_in_focus(ada_client: Client) -> None:
    form = {"proud-0": "One.", "proud-1": ""}
    page = ada_client.post(PAGE, form, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert re.findall(r'#bloom-(\d)" class="new"', page) == ["1"]
    assert re.findall(r'<textarea[^>]*name="(proud-\d)"[^>]*autofocus', page) == ["proud-1"]
    assert '<div id="say" hx-swap-oob="innerHTML">Kept.</div>' in page


def test_when_no_line_is_left_the_heading_has_the_focus(ada_client: Client) -> None:
    form = {f"proud-{number}": f"Line {number}." for number in range(3)}
    page = ada_client.post(PAGE, form, headers={"HX-Request": "true"}).content.decode()
    assert re.findall(r"<(\w+)[^>]*autofocus", page) == ["h2"]


# A longer look


def test_a_longer_look_comes_with_the_second_week(ada: User, ada_client: Client) -> None:
    send(ada_client, "One.")
    assert "A longer look" not in text(ada_client)
    send(ada_client, "Before.", path="/weeks/2026-W46/")
    assert "A longer look" in text(ada_client)


def test_a_takeaway_is_kept_and_lies_open(ada: User, ada_client: Client) -> None:
    assert send(ada_client, takeaway="Ask on Fridays.").status_code == 303
    assert Week.objects.of(ada).get().takeaway == "Ask on Fridays."
    page = text(ada_client)
    assert "Ask on Fridays." in page
    assert '<details class="more longer" id="longer" open>' in page


def test_nothing_taken_makes_no_row(ada: User, ada_client: Client) -> None:
    send(ada_client, "One.", takeaway=" ")
    assert not Week.objects.of(ada).exists()


def test_the_page_says_that_it_was_kept(ada: User, ada_client: Client) -> None:
    send(ada_client, takeaway="Ask on Fridays.")
    assert text(ada_client).count("Kept.") == 1
    assert "Kept." not in text(ada_client)


def test_lines_without_a_takeaway_leave_it_alone(ada: User, ada_client: Client) -> None:
    send(ada_client, takeaway="Ask on Fridays.")
    send(ada_client, "One.")
    assert Week.objects.of(ada).get().takeaway == "Ask on Fridays."


def test_two_tabs_show_both_takeaways(ada: User, ada_client: Client) -> None:
    Week.take(ada, MONDAY, "Read.")
    version = str(Week.objects.of(ada).get().version)
    send(ada_client, takeaway="The first tab.", version=version)
    answer = send(ada_client, "A line.", takeaway="The second tab.", version=version)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The first tab." in page
    assert "The second tab." in page
    assert Week.objects.of(ada).get().takeaway == "The first tab."
    assert proud(ada) == ["A line."]
    assert "A line.</textarea>" in page


def test_the_lessons_of_the_week_are_listed(ada: User, ada_client: Client) -> None:
    Week.take(ada, MONDAY, "Ask.")
    Lesson.write(make.setback(ada), lesson="Ask for a hand.")
    Lesson.write(make.setback(ada, on=date(2026, 11, 1)), lesson="Another week’s.")
    page = text(ada_client)
    assert "Ask for a hand." in page
    assert "Another week’s." not in page


def noticed(owner: User, name: str, *days: date) -> Measure:
    at = NOON + timedelta(seconds=Measure.objects.count())
    measure = Measure.keep(owner, at, name=name, kind=Measure.Kind.YES_NO)
    for day in days:
        Reading.keep(measure, NOON, value="1", local_date=day)
    return measure


def shapes(client: Client, path: str = PAGE) -> str:
    return text_of(client.get(path)).partition("Shapes ")[2].partition(" One small step")[0]


def test_the_shapes_of_the_week_are_drawn_as_they_were_then(ada: User, bea: User, ada_client: Client) -> None:
    mondays = [MONDAY - timedelta(weeks=number) for number in range(5)]
    noticed(ada, "Home by eleven", *mondays, MONDAY + timedelta(days=1))
    noticed(ada, "A week ago", mondays[1])
    noticed(ada, "Put away", MONDAY).put_away(NOON)
    noticed(bea, "Heliotrope", MONDAY)
    for monday in mondays[:2]:
        Week.take(ada, monday, "Ask.")
    assert shapes(ada_client) == "Home by eleven Two this week. Most weeks, one."
    before = shapes(ada_client, "/weeks/2026-W46/")
    assert before == "Home by eleven One this week. A week ago One this week. It is drawn from the fourth reading on."


def test_a_week_without_a_reading_has_no_shapes(ada: User, ada_client: Client) -> None:
    noticed(ada, "Home by eleven", MONDAY - timedelta(days=1))
    Week.take(ada, MONDAY, "Ask.")
    assert shapes(ada_client) == ""


# How much is asked of the database


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_look_costs_the_same_however_many_shapes_there_are(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    Week.take(ada, MONDAY, "Ask.")
    for number in range(count):
        noticed(ada, f"Measure {number}", MONDAY)
    ada_client.get("/ways/")
    with django_assert_num_queries(7):
        ada_client.get(PAGE)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_there_is(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make.entry(ada, f"Win {number}")
        Lesson.write(make.setback(ada, f"Hard {number}"), lesson=f"Lesson {number}")
    Week.name_proud(ada, MONDAY, [(None, f"Line {number}") for number in range(count)], NOON)
    ada_client.get("/ways/")
    with django_assert_num_queries(6):
        ada_client.get(PAGE)


def test_a_proud_thing_that_cannot_be_opened_stands_beneath_and_stays(ada: User, ada_client: Client) -> None:
    first, second = Week.name_proud(ada, MONDAY, [(None, "One."), (None, "Two.")], NOON)
    broken = Sealed(b"\x01\x01" + b"x" * 40)
    Entry.objects.filter(pk=first.pk).update(body=broken)
    page = text(ada_client)
    assert "it is kept as it is" in page
    assert re.findall(r"<textarea[^>]*name=\"proud-\d\"[^>]*>\s*([^<]*)</textarea>", page) == ["Two.", "", ""]
    send(ada_client, ("Written over.", first), ("Two.", second))
    assert bytes(Entry.objects.filter(pk=first.pk).values_list("body", flat=True).get()) == bytes(broken)
    assert [entry.body for entry in Week.proud(ada, MONDAY) if not entry.damaged] == ["Two.", "Written over."]


# One small step


def test_one_small_step_is_chosen_once_and_stands_there(ada: User, ada_client: Client, noon: None) -> None:
    make.entry(ada, "Named before.", kind=Entry.Kind.PROUD, on=MONDAY - timedelta(days=3))
    id = str(uuid4())
    for _ in range(2):
        ada_client.post("/weeks/2026-W47/", {"step": "Ring the dentist", "step-id": id, "takeaway": "", "version": ""})
    assert [(str(step.pk), step.title, step.milestone) for step in Step.objects.of(ada)] == [
        (id, "Ring the dentist", None)
    ]
    page = text_of(ada_client.get("/weeks/2026-W47/"))
    assert "One small step Ring the dentist It waits on Today." in page
    Step.objects.of(ada).get().complete("tried", NOON)
    page = ada_client.get("/weeks/2026-W47/")
    assert "One small step Ring the dentist I tried · 20 November" in text_of(page)
    assert ('id="longer" open>' in page.content.decode(), 'name="step"' in page.content.decode()) == (True, False)


def test_a_step_and_a_takeaway_in_one_press_are_both_kept(ada: User, ada_client: Client, noon: None) -> None:
    ada_client.post("/weeks/2026-W47/", {"step": "Ring the dentist", "takeaway": "Ask sooner.", "version": ""})
    week = Week.objects.of(ada).get()
    assert (week.takeaway, week.step.title) == ("Ask sooner.", "Ring the dentist")


def test_where_the_takeaway_was_changed_elsewhere_the_step_is_kept(ada: User, ada_client: Client, noon: None) -> None:
    Week.take(ada, MONDAY, "First.")
    Week.take(ada, MONDAY, "Second.")
    version = Week.objects.get().version - 1
    answer = ada_client.post("/weeks/2026-W47/", {"step": "Ring", "takeaway": "Third.", "version": str(version)})
    assert (answer.status_code, Week.objects.get().step.title) == (409, "Ring")
    assert "Third.</textarea>" in answer.content.decode()


def test_a_step_that_is_gone_takes_no_week_with_it(ada: User) -> None:
    Week.choose(ada, MONDAY, make.NOON, "Ring the dentist").delete()
    assert Week.objects.of(ada).get().step is None


def test_nobody_chooses_a_step_of_somebody_else(ada: User, bea: User, bea_client: Client, noon: None) -> None:
    hers = Week.choose(ada, MONDAY, make.NOON, "Ring the dentist")
    bea_client.post("/weeks/2026-W47/", {"step": "Mine", "step-id": str(hers.pk)})
    assert [(week.owner, week.step.title) for week in Week.objects.order_by("owner__email")] == [
        (ada, "Ring the dentist"),
        (bea, "Mine"),
    ]
