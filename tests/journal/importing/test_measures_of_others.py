"""Loop’s CSV (in thousandths, with marks that nobody made) and Beaver’s JSON."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from journal.importing.found import Page
from journal.importing.readers import beaver, loop
from tests.journal.importing.files import Uploaded, as_json, ids, numbers, pages, refused, skipped, text, zipped

HABITS = (
    "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,"
    "Target Value,Archived?\n"
    "001,Read: a page,YES_NO,Did you read?,,1,1,#FF8F00,,,,false\n"
    "002,Water,NUMERICAL,,,1,1,#00897B,glasses,AT_LEAST,8.0,false\n"
)


def exported(reading: str, water: str = "") -> Uploaded:
    head = "Date,Value,Notes\n"
    return zipped(
        {
            "Habits.csv": HABITS,
            "001 Read a page/Checkmarks.csv": head + reading,
            "001 Read a page/Scores.csv": "2026-03-01,0.5\n",
            "002 Water/Checkmarks.csv": head + water,
            "Checkmarks.csv": "Date,Read: a page,Water\n2026-03-01,2,7000\n",
            "Scores.csv": "Date,Read: a page,Water\n",
        }
    )


def test_what_was_ticked_by_hand_is_kept_under_the_habits_own_name() -> None:
    file = exported('2026-03-02,YES_MANUAL,"a ""good"" page"\n2026-03-01,NO,\n')
    assert [(one.measure, one.local_date, one.value, one.note, one.kind) for one in numbers(loop.read, file)] == [
        ("Read: a page", date(2026, 3, 2), Decimal(1), 'a "good" page', "yes_no"),
        ("Read: a page", date(2026, 3, 1), Decimal(0), "", "yes_no"),
    ]
    assert ids(loop.read, file) == ids(loop.read, file)


def test_what_the_app_set_by_itself_is_said_once() -> None:
    file = exported("2026-03-04,YES_AUTO,\n2026-03-03,SKIP,\n2026-03-02,UNKNOWN,\n2026-03-01,YES_MANUAL,\n")
    assert len(numbers(loop.read, file)) == 1
    assert skipped(loop.read, file) == [("Read: a page", "by_itself")]


def test_numbers_are_in_thousandths() -> None:
    file = exported("", "2026-03-04,1500,\n2026-03-03,1500.5,\n2026-03-02,0,\n2026-03-01,UNKNOWN,\n2026-02-28,x,\n")
    assert [(one.value, one.kind) for one in numbers(loop.read, file)] == [
        (Decimal("1.5"), "number"),
        (Decimal("1500.5"), "number"),
        (Decimal(0), "number"),
    ]
    assert numbers(loop.read, file)[0].meta["unit"] == "glasses"
    assert skipped(loop.read, file) == [("Water, 6", "no_value")]


def test_a_note_beside_no_mark_is_a_page() -> None:
    (found,) = pages(loop.read, exported("2026-03-01,SKIP,ill\n"))
    assert (found.text, found.tags, found.local_date) == ("ill", ("Read: a page",), date(2026, 3, 1))


def test_a_wide_file_alone_counts_in_the_old_figures() -> None:
    file = text("Date,Read: a page,Water\n2026-03-02,2,-1\n2026-03-01,0,1\n")
    found = [(one.measure, one.local_date.day, one.value) for one in numbers(loop.read, file)]
    assert found == [("Read: a page", 2, Decimal(1)), ("Read: a page", 1, Decimal(0))]
    assert skipped(loop.read, file) == [("Water", "by_itself")]


def test_a_copy_without_its_list_has_the_names_of_its_folders() -> None:
    file = zipped({"007 Yoga/Checkmarks.csv": "Date,Value\n2026-03-01,YES_MANUAL\n"})
    assert [one.measure for one in numbers(loop.read, file)] == ["Yoga"]
    assert refused(loop.read, zipped({"Habits.csv": HABITS})) == "other_format"


def habit(*records: Any, **more: Any) -> dict[str, Any]:
    return {"id": "a1", "name": "Read", "tags": ["calm"], "star": True, "records": list(records)} | more


def test_days_of_beaver_are_yes_or_no() -> None:
    records = [{"day": "2026-03-01", "done": True, "text": "ten pages"}, {"day": "2026-03-02", "done": False}]
    file = as_json({"habits": [habit(*records), habit({"day": "2026-03-01", "done": True}, id="a2")]})
    assert [(one.measure, one.local_date.day, one.value, one.note) for one in numbers(beaver.read, file)] == [
        ("Read", 1, Decimal(1), "ten pages"),
        ("Read", 2, Decimal(0), ""),
        ("Read", 1, Decimal(1), ""),
    ]
    assert [one.meta for one in numbers(beaver.read, file)] == [{"star": True}, {}, {"star": True}]
    assert len(set(ids(beaver.read, file))) == 3
    assert ids(beaver.read, file) == ids(beaver.read, file)


def test_a_day_of_beaver_with_words_alone_is_a_page() -> None:
    found = list(beaver.read(as_json({"habits": [habit({"day": "2026-03-01", "done": None, "text": "ill"})]})))
    assert [(one.text, one.tags) for one in found if isinstance(one, Page)] == [("ill", ("Read", "calm"))]


@pytest.mark.parametrize("records", [[], None, "x", [1, 2]])
def test_a_habit_without_days_is_nothing(records: Any) -> None:
    assert refused(beaver.read, as_json({"habits": [habit() | {"records": records}]})) == "empty"


def test_odd_days_of_beaver_are_said() -> None:
    rows = [habit({"day": "1 March", "done": True}), habit({"day": "2026-03-01", "done": True}, name="")]
    assert skipped(beaver.read, as_json({"habits": rows})) == [("1", "no_date"), ("2", "no_name")]
    assert refused(beaver.read, as_json({"entries": []})) == "other_format"
