"""What somebody notices: kept once a day, corrected in place, taken back and put back, never counted against them."""

import html
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.sealed import Sealed
from journal import pruning
from journal.models import Measure, Reading
from tests import make
from tests.journal.pages import aimed, field, text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
ID = "0b0f7a52-66a4-4b1e-8a2e-6a2f1a2b3c4d"
TODAY = make.NOON.date()
HTMX = {"HX-Request": "true"}
Kind = Measure.Kind


def noticed(owner: User, kind: str = Kind.NUMBER, name: str = "Dishes tried", **read: Any) -> Measure:
    """With `read` as {ago: value} in days."""
    measure = Measure.keep(owner, make.NOON, name=name, kind=kind)
    for ago, value in read.get("days", {}).items():
        Reading.keep(measure, make.NOON, value=str(value), local_date=TODAY - timedelta(days=ago))
    return measure


def values(measure: Measure) -> dict[date, str]:
    return {reading.local_date: reading.value for reading in measure.readings.filter(removed_at__isnull=True)}


def at(measure: Measure, *more: str) -> str:
    return "/".join([f"/measures/{measure.pk}", *more, ""])


# A measure


def test_it_is_kept_under_the_id_of_its_form_once(ada: User, ada_client: Client) -> None:
    for _ in range(2):
        answer = ada_client.post("/measures/", {"id": ID, "name": " Dishes tried ", "kind": "number"})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/measures/{ID}/")
    [kept] = Measure.objects.of(ada)
    assert (str(kept.pk), kept.name, kept.kind, kept.pinned_at) == (ID, "Dishes tried", "number", None)


def test_other_words_under_the_same_id_are_another_measure(ada: User, ada_client: Client) -> None:
    ada_client.post("/measures/", {"id": ID, "name": "Dishes tried", "kind": "number"})
    for _ in range(2):
        ada_client.post("/measures/", {"id": ID, "name": "Asked for help", "kind": "number"})
    assert sorted(kept.name for kept in Measure.objects.of(ada)) == ["Asked for help", "Dishes tried"]


@pytest.mark.parametrize(("name", "kind"), [("", "number"), ("Dishes tried", ""), ("Dishes tried", "weight")])
def test_what_is_lacking_is_said_and_the_rest_stays_in_the_form(name: str, kind: str, ada_client: Client) -> None:
    answer = ada_client.post("/measures/", {"id": ID, "name": name, "kind": kind})
    assert (answer.status_code, Measure.objects.count()) == (422, 0)
    assert field(answer, "name") == name
    said = "Give it a few words" if kind == "number" else "Say how it is noted"
    assert said in text_of(answer)


def test_it_is_yes_or_no_unless_somebody_says_otherwise(ada_client: Client) -> None:
    page = words_of(ada_client.get("/measures/"))
    assert 'value="yes_no" checked' in page
    assert page.count(" checked") == 1
    begun = ada_client.get("/measures/new/?like=time")
    assert field(begun, "name") == "Minutes at something I like doing"
    assert 'value="minutes" checked' in words_of(begun)
    assert field(ada_client.get("/measures/new/?like=weight"), "name") == ""


def test_nothing_to_begin_from_is_about_body_food_weight_or_sleep(ada_client: Client) -> None:
    page = text_of(ada_client.get("/measures/new/")).lower()
    assert [
        word for word in ("body", "food", "weight", "sleep", "target:", "goal", "eat") if word in page.split()
    ] == []


def test_it_gets_another_name_and_a_second_tab_is_told(ada: User, ada_client: Client) -> None:
    measure = noticed(ada)
    assert ada_client.post(at(measure), {"version": 1, "name": "Dishes"}).status_code == 303
    assert ada_client.post(at(measure), {"version": 1, "name": "Dishes"}).status_code == 303
    answer = ada_client.post(at(measure), {"version": 1, "name": "Plates"})
    assert (answer.status_code, field(answer, "name")) == (409, "Plates")
    assert Measure.objects.of(ada).get().name == "Dishes"
    assert ada_client.post(at(measure), {"version": 2, "name": ""}).status_code == 422


def test_put_away_it_keeps_all_it_has_and_leaves_today(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days={0: 3})
    measure.pin(make.NOON)
    answer = ada_client.post(at(measure, "rest"), {"resting": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/measures/")
    assert "Put away Dishes tried" in text_of(ada_client.get("/measures/"))
    assert "Dishes tried" not in text_of(ada_client.get("/today/"))
    ada_client.post(at(measure, "rest"), {"resting": "0"})
    assert "Put away" not in text_of(ada_client.get("/measures/"))
    assert values(measure) == {TODAY: "3"}


def test_letting_it_go_for_good_is_asked_first(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days={0: 3})
    assert "It goes with all its readings" in text_of(ada_client.get(at(measure, "deletion")))
    assert Measure.objects.count() == 1
    ada_client.post(at(measure, "deletion"))
    assert (Measure.objects.count(), Reading.objects.count()) == (0, 0)


def test_two_stay_on_today_at_most_and_it_is_asked_which_makes_room(ada: User, ada_client: Client) -> None:
    one, two, three = (noticed(ada, name=name) for name in ("One", "Two", "Three"))
    for measure in (one, two):
        assert ada_client.post(at(measure, "pin"), {"kept": "1"}).status_code == 303
    answer = ada_client.post(at(three, "pin"), {"kept": "1"})
    assert answer.status_code == 422
    assert "Two stay at most. Which one makes room?" in text_of(answer)
    assert sorted(re.findall(r'name="instead" value="([^"]+)"', words_of(answer))) == sorted([str(one.pk), str(two.pk)])
    ada_client.post(at(three, "pin"), {"instead": str(one.pk)})
    assert sorted(measure.name for measure in Measure.objects.of(ada).pinned()) == ["Three", "Two"]
    ada_client.post(at(two, "pin"), {"kept": "0"})
    assert [measure.name for measure in Measure.objects.of(ada).pinned()] == ["Three"]


def test_the_pin_of_somebody_else_makes_no_room(ada: User, bea: User, ada_client: Client) -> None:
    theirs = noticed(bea, name="Hers")
    theirs.pin(make.NOON)
    one, two, three = (noticed(ada, name=name) for name in ("One", "Two", "Three"))
    one.pin(make.NOON)
    two.pin(make.NOON)
    assert ada_client.post(at(three, "pin"), {"instead": str(theirs.pk)}).status_code == 422
    assert [measure.name for measure in Measure.objects.of(bea).pinned()] == ["Hers"]


# A reading


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [(Kind.NUMBER, "3", "3"), (Kind.NUMBER, " 2,50 ", "2.5"), (Kind.NUMBER, "٣", "3"), (Kind.NUMBER, "0", "0")]
    + [(Kind.NUMBER, "999999999", "999999999"), (Kind.MINUTES, "90", "90"), (Kind.MINUTES, "1:30", "90")]
    + [(Kind.YES_NO, "1", "1"), (Kind.YES_NO, "0", "0"), (Kind.SCALE, "5", "5"), (Kind.NUMBER, "007", "7")],
)
def test_what_is_typed_is_kept_as_a_plain_number(
    kind: str, typed: str, kept: str, ada: User, ada_client: Client
) -> None:
    measure = noticed(ada, kind)
    answer = ada_client.post(at(measure, "readings"), {"value": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, at(measure))
    assert values(measure) == {TODAY: kept}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(Kind.NUMBER, bad) for bad in ("", "many", "-1", "1e9", "1.2.3", "1.2345", "1000000000", "NaN", "½" * 30, ".")]
    + [(Kind.MINUTES, bad) for bad in ("1.5", "1441", "1:75", ":")]
    + [(Kind.SCALE, bad) for bad in ("0", "6", "2.5")]
    + [(Kind.YES_NO, bad) for bad in ("2", "yes")],
)
def test_what_is_no_such_number_is_said_with_the_words_still_there(
    kind: str, typed: str, ada: User, ada_client: Client
) -> None:
    measure = noticed(ada, kind)
    answer = ada_client.post(at(measure, "readings"), {"value": typed})
    assert (answer.status_code, Reading.objects.count()) == (422, 0)
    assert 'class="error"' in words_of(answer)
    if kind in (Kind.NUMBER, Kind.MINUTES):
        assert field_in(answer, "another", "value") == typed


def field_in(answer: Any, form: str, name: str) -> str:
    part = words_of(answer).split(f'class="{form}"')[1]
    tag = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', part)
    value = re.search(r'value="([^"]*)"', tag[0]) if tag else None
    return html.unescape(value[1]) if value else ""


def test_the_same_tap_twice_is_one_reading_and_another_tap_corrects_it(ada: User, ada_client: Client) -> None:
    measure = noticed(ada)
    for value in ("3", "3", "2"):
        ada_client.post(at(measure, "readings"), {"id": ID, "value": value})
    [reading] = Reading.objects.of(ada)
    assert (str(reading.pk), reading.value, reading.values_before) == (ID, "2", ["3"])
    # Sent once more by a browser that was closed: what was corrected stays so.
    ada_client.post(at(measure, "readings"), {"id": ID, "value": "3"})
    assert Reading.objects.get().value == "2"
    # A new press says it anew.
    ada_client.post(at(measure, "readings"), {"id": "", "value": "3"})
    assert (Reading.objects.get().value, Reading.objects.get().values_before) == ("3", ["3", "2"])


def test_an_earlier_day_is_filled_in_later(ada: User, ada_client: Client) -> None:
    measure = noticed(ada)
    ada_client.post(at(measure, "readings"), {"value": "4", "local_date": "2026-11-02"})
    reading = Reading.objects.get()
    assert (reading.local_date, reading.value, reading.zone) == (date(2026, 11, 2), "4", "Europe/Lisbon")


@pytest.mark.parametrize("day", ["2026-11-21", "1899-12-31", "yesterday"])
def test_a_day_that_is_none_keeps_the_value_in_the_form(day: str, ada: User, ada_client: Client) -> None:
    measure = noticed(ada)
    answer = ada_client.post(at(measure, "readings"), {"value": "4", "local_date": day})
    assert (answer.status_code, Reading.objects.count()) == (422, 0)
    assert field_in(answer, "another", "value") == "4"


def test_today_is_the_persons_own(bea: User, bea_client: Client) -> None:
    measure = noticed(bea)
    with time_machine.travel(make.NOON + timedelta(hours=4)):
        bea_client.post(at(measure, "readings"), {"value": "1"})
    assert values(measure) == {date(2026, 11, 21): "1"}


def test_it_is_corrected_and_moved_on_its_own_page(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days={0: 3, 1: 5})
    reading = measure.readings.get(local_date=TODAY)
    page = f"/readings/{reading.pk}/"
    assert (field(ada_client.get(page), "value"), field(ada_client.get(page), "local_date")) == ("3", "2026-11-20")
    sent = {"version": 1, "value": "2,5", "local_date": "2026-11-18"}
    for _ in range(2):
        assert ada_client.post(page, sent).headers["Location"] == at(measure)
    assert values(measure) == {TODAY - timedelta(days=1): "5", TODAY - timedelta(days=2): "2.5"}
    assert "Before that it was: 3" in text_of(ada_client.get(page))
    other = ada_client.post(page, {"version": 1, "value": "9", "local_date": "2026-11-18"})
    assert (other.status_code, field(other, "value")) == (409, "9")
    assert "Now it stands as: 2.5" in text_of(other)


def test_a_day_that_has_a_reading_takes_no_second_one(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days={0: 3, 1: 5})
    reading = measure.readings.get(local_date=TODAY)
    answer = ada_client.post(f"/readings/{reading.pk}/", {"version": 1, "value": "3", "local_date": "2026-11-19"})
    assert (answer.status_code, field(answer, "local_date")) == (422, "2026-11-19")
    assert "That day has a reading already." in text_of(answer)
    assert values(measure) == {TODAY: "3", TODAY - timedelta(days=1): "5"}


def test_what_was_taken_back_of_a_day_makes_room_and_is_not_lost(ada: User) -> None:
    measure = noticed(ada, days={0: 3, 1: 5})
    measure.readings.get(local_date=TODAY - timedelta(days=1)).remove(make.NOON)
    reading = measure.readings.get(local_date=TODAY)
    reading.change(1, value="4", local_date=TODAY - timedelta(days=1))
    [kept] = Reading.objects.of(ada)
    assert (kept.value, kept.values_before) == ("4", ["5", "3"])


def test_taken_back_it_can_be_put_back_for_thirty_days(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days={0: 3})
    reading = measure.readings.get()
    answer = ada_client.post(f"/readings/{reading.pk}/deletion/")
    assert (answer.status_code, answer.headers["Location"]) == (303, at(measure))
    assert values(measure) == {}
    assert "Taken back For thirty days each of these can be put back." in text_of(ada_client.get(at(measure)))
    pruning.tick(make.NOON + timedelta(days=30))
    ada_client.post(f"/readings/{reading.pk}/restoration/")
    assert values(measure) == {TODAY: "3"}
    ada_client.post(f"/readings/{reading.pk}/deletion/")
    pruning.tick(make.NOON + timedelta(days=30, seconds=1))
    assert Reading.objects.count() == 0


def test_a_new_reading_of_that_day_stands_in_its_place(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days={0: 3})
    measure.readings.get().remove(make.NOON)
    ada_client.post(at(measure, "readings"), {"value": "4"})
    reading = Reading.objects.get()
    assert (reading.value, reading.removed_at, reading.values_before) == ("4", None, ["3"])


def test_what_cannot_be_opened_is_kept_as_it_is(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days={0: 3, 1: 2})
    reading = measure.readings.get(local_date=TODAY)
    unopened = Sealed(b"\x01\x01" + bytes(40))
    Reading.objects.filter(pk=reading.pk).update(value=unopened)
    Measure.objects.filter(pk=measure.pk).update(name=unopened)
    page = text_of(ada_client.get(at(measure)))
    assert "This can’t be opened; kept as it is." in page
    assert "Friday 20 November can’t be opened" in page
    assert text_of(ada_client.get(f"/readings/{reading.pk}/")).count("can’t be opened") == 2
    assert ada_client.post(at(measure, "readings"), {"value": "4"}).status_code == 422
    assert ada_client.post(f"/readings/{reading.pk}/", {"value": "4", "version": 1}).status_code == 422
    assert Reading.objects.get(pk=reading.pk).sealed_bytes("value") == bytes(unopened)
    assert "This can’t be opened" in text_of(ada_client.get("/measures/"))
    renamed = ada_client.post(at(measure), {"version": 1, "name": "Dishes"})
    assert (renamed.status_code, field(renamed, "name")) == (422, "Dishes")
    other = measure.readings.get(local_date=TODAY - timedelta(days=1))
    moved = ada_client.post(f"/readings/{other.pk}/", {"value": "2", "version": 1, "local_date": "2026-11-20"})
    assert moved.status_code == 422
    reading.remove(make.NOON)
    moved = ada_client.post(f"/readings/{other.pk}/", {"value": "2", "version": 1, "local_date": "2026-11-20"})
    assert (moved.status_code, Reading.objects.count()) == (422, 2)


# On Today


def test_a_tap_on_today_keeps_the_day_and_can_be_undone(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, Kind.SCALE)
    assert "To notice" not in text_of(ada_client.get("/today/"))
    measure.pin(make.NOON)
    assert "To notice Dishes tried" in text_of(ada_client.get("/today/"))
    answer = ada_client.post(at(measure, "readings"), {"id": ID, "value": "4", "back": "today"})
    assert answer.headers["Location"] == "/today/"
    assert "Kept for today. Change Undo" in text_of(ada_client.get("/today/"))
    assert ada_client.post(f"/readings/{ID}/deletion/", {"back": "today"}).headers["Location"] == "/today/"
    assert "Kept for today." not in text_of(ada_client.get("/today/"))


def test_by_htmx_only_that_part_comes_back_and_it_is_said(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, Kind.SCALE)
    measure.pin(make.NOON)
    tapped = ada_client.post(at(measure, "readings"), {"id": ID, "value": "4", "back": "today"}, headers=HTMX)
    page = words_of(tapped)
    assert ("<html" in page, page.count('id="noticing"')) == (False, 1)
    assert '<div id="say" hx-swap-oob="innerHTML">Kept.</div>' in page
    undone = ada_client.post(f"/readings/{ID}/deletion/", {"back": "today"}, headers=HTMX)
    assert '<div id="say" hx-swap-oob="innerHTML">Taken back.</div>' in words_of(undone)
    beyond = ada_client.post(at(measure, "readings"), {"value": "6", "back": "today"}, headers=HTMX)
    assert (beyond.status_code, "A number from one to five goes here." in words_of(beyond)) == (422, True)
    beside = ada_client.post(at(measure, "readings"), {"value": "6"}, headers=HTMX)
    assert (beside.status_code, words_of(beside).count('id="measured"'), "<html" in words_of(beside)) == (422, 1, False)
    number = noticed(ada, Kind.NUMBER, "Calls")
    assert aimed(ada_client.post(at(number, "readings"), {"value": "some"}, headers=HTMX)) == ["value"]
    kept = ada_client.post(at(measure, "readings"), {"value": "5"}, headers=HTMX)
    assert words_of(kept).count('id="measured"') == 1
    assert 'value="5" aria-pressed="true"' in words_of(kept)


# Counts out of sight


def test_no_figure_is_left_where_counts_are_out_of_sight(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    measure = noticed(ada, days={7 * week + day: 61 + week for week in range(5) for day in (0, 1)})
    measure.pin(make.NOON)
    totals = {str(number) for week in range(5) for number in (61 + week, 2 * (61 + week), 61 + week + 61 + week)}
    for address in ("/measures/", at(measure), "/today/"):
        words = text_of(ada_client.get(address))
        assert not totals & set(words.split()), address
        assert not re.search(r"\w+ this week\.|Most weeks", words), address
    page = words_of(ada_client.get(at(measure)))
    assert 'class="line"' in page
    assert "Week by week, as a line; a gap in it is a rest." in page
    assert "aria-pressed" not in page
    assert [row in text_of(ada_client.get(at(measure))) for row in ("still going on", "lower", "the first")] == [
        True
    ] * 3


def test_the_same_page_says_every_figure_to_who_wants_them(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days={7 * week: 61 + week for week in range(5)})
    page = text_of(ada_client.get(at(measure)))
    assert "61 this week. Most weeks, between 62 and 64." in page
    assert "Week by week: between 61 and 65; this week so far, 61." in words_of(ada_client.get(at(measure)))
    assert "16 November 2026 61 so far" in page
    assert "65 in one week" in page


# Reading on


def test_more_readings_lie_behind_earlier(ada: User, ada_client: Client) -> None:
    measure = noticed(ada, days=dict.fromkeys(range(16), 7))
    first = words_of(ada_client.get(at(measure)))
    assert first.count('href="/readings/') == 14
    assert "?before=2026-11-07" in first
    second = words_of(ada_client.get(f"{at(measure)}?before=2026-11-07"))
    assert (second.count('href="/readings/'), "Thursday 5 November" in second) == (2, True)
    assert ada_client.get(f"{at(measure)}?before=nonsense").status_code == 200


def test_bea_sees_and_does_nothing_of_ada(ada: User, bea: User, bea_client: Client) -> None:
    measure = noticed(ada, name="heliotrope", days={0: 3})
    reading = measure.readings.get()
    posts = [at(measure, *more) for more in ((), ("readings",), ("pin",), ("rest",), ("deletion",))]
    posts += [f"/readings/{reading.pk}/", f"/readings/{reading.pk}/deletion/", f"/readings/{reading.pk}/restoration/"]
    sent = {"value": "1", "name": "mine", "kept": "1", "resting": "1", "version": "1", "id": str(reading.pk)}
    assert {bea_client.post(address, sent).status_code for address in posts} == {404}
    assert "heliotrope" not in text_of(bea_client.get("/measures/"))
    own = noticed(bea)
    bea_client.post(at(own, "readings"), sent)
    assert values(measure) == {TODAY: "3"}
    assert values(own) == {TODAY: "1"}
    assert Reading.objects.of(bea).get().pk != reading.pk


@pytest.mark.parametrize(("address", "asked"), [("/measures/", 6), ("one", 7), ("/today/", 13)])
def test_pages_ask_as_much_for_three_as_for_one(address: str, asked: int, ada: User, ada_client: Client) -> None:
    ada_client.get("/measures/")
    counted = []
    for number in range(3):
        measure = noticed(ada, name=f"M{number}", days=dict.fromkeys(range(5 * (number + 1)), 4))
        if number < 2:
            measure.pin(make.NOON)
        with CaptureQueriesContext(connection) as queries:
            ada_client.get(at(measure) if address == "one" else address)
        counted.append(len(queries))
    assert counted == [asked] * 3


def test_the_value_is_exact(ada: User) -> None:
    measure = noticed(ada, days={1: "0.1", 2: "0.2"})
    assert sum(Decimal(value) for value in values(measure).values()) == Decimal("0.3")
