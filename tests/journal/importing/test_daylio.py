"""Daylio’s CSV (newest first; a header that grows; the reader’s language in two columns) and its own backup."""

import base64
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from journal.importing.readers import daylio, daylio_backup
from tests.journal.importing.files import Uploaded, ids, numbers, page, pages, refused, skipped, text, zipped

HEAD = "full_date,date,weekday,time,mood,activities,note_title,note"
WITH_SCALES = "full_date,date,weekday,time,mood,activities,scales,note_title,note"


def csv(*rows: str, head: str = HEAD) -> Uploaded:
    return text("\ufeff" + "\n".join((head, *rows)) + "\n", "daylio_export_2026_03_02.csv")


def test_a_line_is_a_page_and_a_mood() -> None:
    file = csv('2026-03-01,"March 1",Sunday,13:48,rad,"reading | long walk","A title","Some ""words"", two\nlines"')
    found = page(daylio.read, file)
    assert (found.local_date, found.at, found.zone) == (date(2026, 3, 1), None, "")
    assert found.text == 'A title\n\nSome "words", two\nlines'
    assert (found.tags, found.meta) == (("reading", "long walk"), {"time": "13:48"})
    (mood,) = numbers(daylio.read, file)
    assert (mood.measure, mood.value, mood.level, mood.local_date) == ("Mood", "rad", 5, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("8:30 am", "08:30"),
        ("8:30 PM", "20:30"),
        ("12:05 am", "00:05"),
        ("12:05\u202fPM", "12:05"),
        ("7.15", "07:15"),
        ("0:00", "00:00"),
        ("13:00 pm", "13:00 pm"),
        ("25:10", "25:10"),
        ("abends", "abends"),
    ],
)
def test_times_of_either_clock_are_read(written: str, time: str) -> None:
    assert page(daylio.read, csv(f"2026-03-01,x,x,{written},good,,,words")).meta == {"time": time}


@pytest.mark.parametrize(("mood", "level"), [("Good", 4), ("meh", 3), ("bad", 2), ("awful", 1), ("läuft so", None)])
def test_moods_keep_the_words_of_their_writer(mood: str, level: int | None) -> None:
    (found,) = numbers(daylio.read, csv(f"2026-03-01,x,x,9:00,{mood},,,"))
    assert (found.value, found.level) == (mood, level)


def test_columns_are_known_by_their_names() -> None:
    row = "2026-03-01,x,x,9:00,good,walk,Sleep:\u00a04 | Stress: low,,words"
    file = csv(row, head=WITH_SCALES)
    assert page(daylio.read, file).text == "words"
    assert [(one.measure, one.value) for one in numbers(daylio.read, file)] == [
        ("Mood", "good"),
        ("Sleep", Decimal(4)),
        ("Stress", "low"),
    ]
    doubled = csv("2026-03-01,x,x,9:00,good,,mood: 1 | mood: 2,,", head=WITH_SCALES)
    assert len(set(ids(daylio.read, doubled))) == 3
    turned = text("NOTE,mood,Full_Date,colour\nwords,good,2026-03-01,blue\n")
    assert (page(daylio.read, turned).text, page(daylio.read, turned).meta) == ("words", {"colour": "blue"})


def test_a_line_that_a_spreadsheet_wrote_anew_is_read() -> None:
    file = text("full_date;mood;activities;note\r\n2026-03-01;good;walk;a, b\r\n", encoding="cp1252")
    assert page(daylio.read, file).text == "a, b"


def test_activities_alone_are_a_page_and_a_mood_alone_is_none() -> None:
    file = csv("2026-03-02,x,x,9:00,good,family | good meal,,", "2026-03-01,x,x,9:00,meh,,,")
    assert [(one.local_date.day, one.text) for one in pages(daylio.read, file)] == [(2, "family · good meal")]
    assert [(one.local_date.day, one.value) for one in numbers(daylio.read, file)] == [(2, "good"), (1, "meh")]


def test_a_note_in_html_is_read_as_text_and_a_plain_one_stays() -> None:
    marked = csv('2026-03-01,x,x,9:00,good,,,"<p>One &amp; <b>two</b></p><ul><li>a</li><li>b</li></ul>c<br>d"')
    assert page(daylio.read, marked).text == "One & two\n\n- a\n- b\nc\nd"
    plain = csv('2026-03-01,x,x,9:00,good,,,"1 < 2 and <3, A & B"')
    assert page(daylio.read, plain).text == "1 < 2 and <3, A & B"


def test_a_line_without_a_day_is_said_by_its_number() -> None:
    assert skipped(daylio.read, csv("2026-03-01,x,x,9:00,good,,,a", "1 March,x,x,9:00,good,,,b")) == [("3", "no_date")]


def test_the_same_file_has_the_same_ids_and_twice_the_same_line_is_two() -> None:
    file = csv("2026-03-01,x,x,9:00,good,,,a", "2026-03-01,x,x,9:00,good,,,a")
    assert ids(daylio.read, file) == ids(daylio.read, file)
    assert len(set(ids(daylio.read, file))) == 4


def test_another_csv_is_refused_and_a_quote_without_end_swallows_nothing() -> None:
    assert refused(daylio.read, text("entryDate,entryContent\n2026-03-01,a\n")) == "other_format"
    assert refused(daylio.read, csv('2026-03-01,x,x,9:00,good,,,"a', "2026-03-02,x,x,9:00,good,,,b")) == "damaged"


# Its own backup


def entry(**changes: Any) -> dict[str, Any]:
    """The first of March 2026, 22:30 in Berlin: its month counts from nothing."""
    moment = {"datetime": 1772400600000, "year": 2026, "month": 2, "day": 1, "hour": 22, "minute": 30}
    rest = {"timeZoneOffset": 3600000, "mood": 1, "tags": [1, 2], "assets": [], "note": "", "note_title": ""}
    return {"id": 7} | moment | rest | changes


def moods() -> list[dict[str, Any]]:
    names = ["", "fine", "", "", ""]
    numbered = enumerate(names, 1)
    return [
        {"id": id, "custom_name": name, "mood_group_id": id, "predefined_name_id": id, "icon_id": id, "state": 0}
        for id, name in numbered
    ] + [{"id": 12, "custom_name": "storm-tossed", "mood_group_id": 4, "predefined_name_id": -1, "icon_id": 9}]


def backup(*entries: dict[str, Any], width: int = 76, **more: Any) -> Uploaded:
    told = {"version": 15, "dayEntries": list(entries), "customMoods": moods(), "prefs": [{"key": "x"}]}
    told |= {"tags": [{"id": 1, "name": "walk"}, {"id": 2, "name": "family"}], "goalEntries": []} | more
    coded = base64.b64encode(json.dumps(told).encode())
    lines = b"\r\n".join(coded[at : at + width] for at in range(0, len(coded), width))
    return zipped({"backup.daylio": lines, "assets/photos/2026/3/ab12": b"\xff\xd8"}, "backup_2026.daylio")


def test_a_backup_counts_its_months_from_nothing() -> None:
    found = page(daylio_backup.read, backup(entry(note="<p>Long</p><p>day</p>", note_title="Sunday")))
    assert (found.local_date, found.at) == (date(2026, 3, 1), datetime(2026, 3, 1, 21, 30, tzinfo=UTC))
    assert (found.text, found.tags) == ("Sunday\n\nLong\n\nday", ("walk", "family"))
    new_year = page(daylio_backup.read, backup(entry(month=0, day=31)))
    assert new_year.local_date == date(2026, 1, 31)


def test_moods_of_a_backup_have_their_names_and_levels() -> None:
    file = backup(*(entry(id=id, mood=id, tags=[]) for id in (1, 2, 5, 12, 99)))
    found = [(one.value, one.level) for one in numbers(daylio_backup.read, file)]
    assert found == [("rad", 5), ("fine", 4), ("awful", 1), ("storm-tossed", 2)]


def test_photos_and_goals_of_a_backup_are_named() -> None:
    file = backup(entry(assets=[3]), goals=[{"goal_id": 1}], goalEntries=[{"id": 1, "goalId": 1}])
    assert page(daylio_backup.read, file).left_out == ("photos",)
    assert skipped(daylio_backup.read, file) == [("Goals", "goals")]


@pytest.mark.parametrize("width", [76, 1_000_000, 77, 3])
def test_base64_is_read_whatever_its_lines_are(width: int) -> None:
    assert page(daylio_backup.read, backup(entry(note="Ä 👩‍🍳"), width=width)).text == "Ä 👩‍🍳"


def test_a_day_that_no_calendar_has_is_said() -> None:
    file = backup(entry(month=12), entry(id=8, month=1, day=30), entry(id=9, year="2026"), entry(id=10))
    assert skipped(daylio_backup.read, file) == [("1", "no_date"), ("2", "no_date"), ("3", "no_date")]


def test_what_is_no_backup_is_refused() -> None:
    assert refused(daylio_backup.read, zipped({"backup.daylio": "not base64, no"})) == "damaged"
    assert refused(daylio_backup.read, zipped({"backup.daylio": base64.b64encode(b'{"version":1}')})) == "other_format"
    assert refused(daylio_backup.read, zipped({"entries.json": "{}"})) == "other_format"
    assert refused(daylio_backup.read, backup()) == "empty"
