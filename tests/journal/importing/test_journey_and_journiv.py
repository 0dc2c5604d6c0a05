"""Journey (a JSON for each entry, HTML, the largest number for “nothing”); Journiv (by journals, later by moments)."""

import json
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from journal.importing.readers import journey, journiv
from tests.journal.importing.files import Uploaded, ids, numbers, page, pages, refused, skipped, zipped

NOTHING = 1.7976931348623157e308


def entry(**changes: Any) -> dict[str, Any]:
    """30 June 2026, 23:30 in Singapore, which is 15:30 by UTC."""
    return {
        "id": "1782833400000-3fe2ac",
        "date_modified": 1782833500000,
        "date_journal": 1782833400000,
        "timezone": "Asia/Singapore",
        "text": "<p>First line</p><p>Second &amp; <i>last</i></p>",
        "preview_text": "First line",
        "type": "html",
        "mood": 3,
        "lat": NOTHING,
        "lon": NOTHING,
        "address": "",
        "label": "",
        "folder": "",
        "sentiment": 0.75,
        "favourite": False,
        "music_title": "",
        "music_artist": "",
        "photos": [],
        "weather": {"id": -1, "degree_c": NOTHING, "description": "", "icon": "", "place": ""},
        "tags": [],
    } | changes


def exported(*entries: dict[str, Any]) -> Uploaded:
    media = {"1782833400000-3fe2ac-9xq1.jpg": b"\xff\xd8"}
    return zipped({f"{number}-{one['id']}.json": one for number, one in enumerate(entries)} | media)


def test_an_entry_of_journey_has_its_writers_day() -> None:
    found = page(journey.read, exported(entry()))
    assert (found.source_id, found.text) == ("1782833400000-3fe2ac", "First line\n\nSecond & last")
    assert (found.local_date, found.zone) == (date(2026, 6, 30), "Asia/Singapore")
    assert found.at == datetime(2026, 6, 30, 15, 30, tzinfo=UTC)
    assert page(journey.read, exported(entry(timezone="", date_journal=1782864000000))).local_date == date(2026, 7, 1)


def test_a_moment_may_be_written_out() -> None:
    told = entry(dateOfJournal="2026-06-30T15:30:00.000Z")
    del told["date_journal"]
    assert page(journey.read, exported(told)).local_date == date(2026, 6, 30)


def test_the_largest_number_is_nowhere() -> None:
    assert page(journey.read, exported(entry())).left_out == ()
    somewhere = entry(lat=1.29, lon=103.85, weather={"id": 3, "degree_c": 31.0, "description": "Rain"})
    found = page(journey.read, exported(somewhere))
    assert (found.left_out, {"lat", "lon", "weather"} & set(found.meta)) == (("location", "weather"), set())


def test_what_is_not_known_here_is_kept_of_journey() -> None:
    found = page(journey.read, exported(entry(tags=["sea"], favourite=True, music_title="A song")))
    assert found.tags == ("sea",)
    meta = {"mood": 3, "sentiment": 0.75, "favourite": True, "music_title": "A song", "date_modified": 1782833500000}
    assert found.meta == meta


def test_recordings_stand_among_the_photos() -> None:
    found = page(journey.read, exported(entry(photos=["a-b.jpg", "a-c.M4A", "a-d.mp4"])))
    assert found.left_out == ("photos", "audio", "videos")


@pytest.mark.parametrize("kind", ["", "markdown", None])
def test_a_text_that_is_no_html_stays_as_it_is(kind: Any) -> None:
    assert page(journey.read, exported(entry(type=kind, text="1 <p> 2 &amp; 3"))).text == "1 <p> 2 &amp; 3"


def test_thousands_of_entries_are_thousands_of_files() -> None:
    file = exported(*(entry(id=f"{at}") for at in range(1500)))
    assert len(pages(journey.read, file)) == 1500
    assert ids(journey.read, file) == ids(journey.read, file)


def test_what_cannot_be_kept_of_journey_is_said() -> None:
    rows = [entry(date_journal=None), entry(id="b", date_journal=1e300), entry(id="c", text="<p> </p>"), {"id": "x"}]
    reasons = ["no_date", "no_date", "no_text", "no_entry"]
    assert skipped(journey.read, exported(*rows)) == [(str(at), one) for at, one in enumerate(reasons, 1)]
    assert refused(journey.read, zipped({"a.jpg": b"\xff"})) == "other_format"


# Journiv


def by_journals(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    library = [{"title": "Mine", "color": "#3B82F6", "icon": None, "entries": list(entries)}]
    return {"export_version": "1.0", "app_version": "0.1", "user_email": "x@example.org", "journals": library} | more


def old_entry(**changes: Any) -> dict[str, Any]:
    return {
        "title": "A title",
        "content": "Words",
        "entry_date": "2026-02-28",
        "entry_datetime_utc": "2026-03-01T03:30:00Z",
        "entry_timezone": "America/New_York",
        "is_pinned": True,
        "tags": ["walk"],
        "mood_log": {"mood_name": "calm", "logged_date": "2026-02-28"},
        "media": [{"filename": "a.jpg", "media_type": "image"}, {"filename": "a.m4a", "media_type": "audio"}],
        "prompt_text": "What was good?",
        "location_json": {"name": "Home"},
        "weather_json": None,
        "word_count": 1,
    } | changes


def moment(**changes: Any) -> dict[str, Any]:
    """As newer ones have it: what was written is an entry within the moment."""
    delta = {"ops": [{"insert": "First"}, {"insert": "\n", "attributes": {"header": 1}}, {"insert": {"image": "x"}}]}
    return {
        "logged_at_utc": "2026-03-01T03:30:00+00:00",
        "logged_date_tz": "2026-02-28",
        "logged_timezone": "America/New_York",
        "note": "A short note",
        "tags": ["walk"],
        "primary_mood_name": "calm",
        "mood_activity": [{"mood_name": "calm", "activity_name": None}, {"activity_name": "tea"}],
        "media": [],
        "entry": {"title": "A title", "content_delta": delta, "content_plain_text": "First", "external_id": "e"},
        "external_id": "m1",
    } | changes


@pytest.mark.parametrize("name", ["data.json", "journiv.json", "export/data.json"])
def test_an_entry_of_a_journal_of_journiv(name: str) -> None:
    moods = [{"name": "Calm", "category": "positive", "score": 4}]
    file = zipped({name: by_journals(old_entry(), mood_definitions=moods), "media/a.jpg": b"\xff"})
    found = page(journiv.read, file)
    assert (found.local_date, found.zone, found.text) == (date(2026, 2, 28), "America/New_York", "A title\n\nWords")
    assert found.at == datetime(2026, 3, 1, 3, 30, tzinfo=UTC)
    assert (found.tags, found.left_out) == (("walk",), ("location", "photos", "audio"))
    assert found.meta == {"is_pinned": True, "prompt_text": "What was good?", "journal": "Mine"}
    (mood,) = numbers(journiv.read, file)
    assert (mood.value, mood.level, mood.local_date) == ("calm", 4, date(2026, 2, 28))


def test_a_moment_of_journiv_has_a_note_and_an_entry() -> None:
    file = zipped({"data.json": {"export_version": "1.5", "journals": [], "moments": [moment()]}})
    found = page(journiv.read, file)
    assert (found.source_id, found.text) == ("m1", "A short note\n\nA title\n\nFirst")
    assert (found.tags, found.left_out) == (("walk", "tea"), ("photos",))
    assert [(one.value, one.level) for one in numbers(journiv.read, file)] == [("calm", None)]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Plain *words*", "Plain *words*"),
        (json.dumps({"ops": [{"insert": "One\n"}, {"insert": "two\n", "attributes": {"bold": True}}]}), "One\ntwo"),
        ('{"ops": "none"}', '{"ops": "none"}'),
        ("{no json", "{no json"),
        ("[" * 5000, "[" * 5000),
    ],
)
def test_what_was_written_may_be_a_delta(content: str, text: str) -> None:
    file = zipped({"data.json": by_journals(old_entry(title=None, content=content))})
    assert page(journiv.read, file).text == text


def test_a_journal_of_many_megabytes_is_read_entry_by_entry() -> None:
    rows = [old_entry(content=Random(at).randbytes(1500).hex()) for at in range(1000)]
    assert len(pages(journiv.read, zipped({"data.json": by_journals(*rows)}))) == 1000


def test_goals_of_journiv_are_said_and_other_files_refused() -> None:
    file = zipped({"data.json": by_journals(old_entry(), goals=[{"title": "Run"}], goal_logs=[])})
    assert skipped(journiv.read, file) == [("Goals", "goals")]
    assert skipped(
        journiv.read, zipped({"data.json": by_journals(old_entry(entry_date="", entry_datetime_utc=""))})
    ) == [("1", "no_date")]
    assert refused(journiv.read, zipped({"data.json": {"habits": []}})) == "other_format"
    assert refused(journiv.read, zipped({"other.json": by_journals(old_entry())})) == "other_format"
