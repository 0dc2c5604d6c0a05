"""Day One’s JSON, as its exports have it (journal and media in a ZIP; text as Markdown; moments in UTC)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from journal.importing.readers import day_one
from tests.journal.importing.files import Uploaded, as_json, ids, page, pages, refused, skipped, zipped

ID = "0A1B2C3D4E5F60718293A4B5C6D7E8F9"


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "uuid": ID,
        "creationDate": "2026-03-01T05:30:00Z",
        "modifiedDate": "2026-03-02T05:30:00Z",
        "timeZone": "America\\/New_York".replace("\\", ""),
        "text": "Went for a walk.",
        "starred": False,
        "duration": 0,
    } | changes


def journal(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"metadata": {"version": "1.0"}, "entries": list(entries)}


def exported(*entries: dict[str, Any]) -> Uploaded:
    media = {"photos/9e107d9d372bb6826bd81d3542a419d6.jpeg": b"\xff\xd8\xff\xe0 no text at all"}
    mac = {"__MACOSX/._Journal.json": b"\0\5\x16\7"}
    return zipped({"Journal.json": journal(*entries), **media, **mac})


def text_of(text: str) -> str:
    return page(day_one.read, exported(entry(text=text))).text


def test_the_day_is_the_one_its_writer_saw() -> None:
    found = page(day_one.read, exported(entry(creationDate="2026-03-01T03:30:00Z")))
    assert (found.local_date, found.zone) == (date(2026, 2, 28), "America/New_York")
    assert found.at == datetime(2026, 3, 1, 3, 30, tzinfo=UTC)
    east = page(day_one.read, exported(entry(creationDate="2026-03-01T20:00:00Z", timeZone="Asia/Tokyo")))
    assert east.local_date == date(2026, 3, 2)


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "../../etc/passwd", "America", "x" * 999, 7])
def test_without_a_known_zone_the_day_is_that_of_utc(zone: Any) -> None:
    found = page(day_one.read, exported(entry(timeZone=zone, creationDate="2026-03-01T23:59:59Z")))
    assert (found.local_date, found.zone) == (date(2026, 3, 1), "")


def test_words_tags_and_what_is_not_known_here_are_kept() -> None:
    found = page(day_one.read, exported(entry(tags=["work", "Été", "work"], isPinned=True, editingTime=12.5)))
    assert (found.source_id, found.kind, found.text) == (ID, "note", "Went for a walk.")
    assert found.tags == ("work", "Été")
    assert found.meta == {
        "modifiedDate": "2026-03-02T05:30:00Z",
        "isPinned": True,
        "editingTime": 12.5,
        "duration": 0,
        "journal": "Journal",
    }


def test_photos_places_and_weather_are_named_and_not_kept() -> None:
    found = page(
        day_one.read,
        exported(
            entry(
                photos=[{"identifier": "AB", "md5": "9e107d9d372bb6826bd81d3542a419d6", "type": "jpeg"}],
                audios=[{"identifier": "CD"}],
                pdfAttachments=[{"identifier": "EF"}],
                videos=[],
                location={"latitude": 52.5, "longitude": 13.4, "placeName": "Home"},
                weather={"temperatureCelsius": 7, "windBearing": 360},
            )
        ),
    )
    assert found.left_out == ("photos", "audio", "files", "location", "weather")
    assert {"location", "weather", "photos", "videos"} & set(found.meta) == set()


def test_what_stands_in_a_text_for_something_else_goes() -> None:
    found = page(
        day_one.read,
        exported(
            entry(
                text="![](dayone-moment://AB12)\n\nA day\\.\n\n![](dayone-moment:/audio/CD)"
                "![](dayone-moment:/video/EF)![](dayone-moment:/pdfAttachment/01)"
            )
        ),
    )
    assert (found.text, found.left_out) == ("A day.", ("photos", "audio", "videos", "files"))


def test_links_into_day_one_leave_their_words() -> None:
    assert text_of("See [that day](dayone2://view?entryId=AB) and [this](dayone://x).") == "See that day and this."
    assert text_of("[out](https://example.org/a)") == "[out](https://example.org/a)"


def test_escapes_go_but_not_within_code() -> None:
    assert text_of(r"1\. It\-s \(fine\)\! \# \_a\_ C:\dir") == r"1. It-s (fine)! # _a_ C:\dir"
    assert text_of("a\\.b\n```\na\\.b\n```\n`c\\.d` e\\.f") == "a.b\n```\na\\.b\n```\n`c\\.d` e.f"


def test_a_tick_that_is_escaped_begins_no_code() -> None:
    assert text_of(r"\`a\.b\` \\`c\.d` \`\`\`e\.f\`\`\`") == r"`a.b` \`c\.d` ```e.f```"
    rich = '{"meta":{"version":1},"contents":[{"text":"`a\\\\.b`"}]}'
    assert page(day_one.read, exported(entry(richText=rich, text=""))).text == r"`a\.b`"


def test_invisible_spaces_go_and_joiners_stay() -> None:
    assert text_of("\u200bone\u200b two 👩\u200d🍳\u200c") == "one two 👩\u200d🍳\u200c"


def test_an_entry_with_rich_text_alone_has_its_words() -> None:
    rich = '{"meta":{"version":1},"contents":[{"text":"A title\\n"},{"text":"a\\\\.b"},{"embeddedObjects":[]}]}'
    plain = entry(richText=rich)
    del plain["text"]
    assert page(day_one.read, exported(plain)).text == "A title\na\\.b"
    assert "richText" not in page(day_one.read, exported(entry(richText=rich))).meta


def test_an_entry_without_a_day_or_without_words_is_said() -> None:
    rows = [entry(), entry(uuid="B", creationDate="yesterday"), entry(uuid="C", text=""), entry(uuid="D", text=7)]
    assert skipped(day_one.read, exported(*rows)) == [("2", "no_date"), ("3", "no_text"), ("4", "no_text")]


def test_each_journal_is_read_and_the_same_file_has_the_same_ids() -> None:
    file = zipped(
        {"Work.json": journal(entry()), "Home.json": journal(entry(uuid="B"), entry(uuid=""), entry(uuid=""))}
    )
    assert [one.meta["journal"] for one in pages(day_one.read, file)] == ["Work", "Home", "Home", "Home"]
    assert ids(day_one.read, file)[:2] == [ID, "B"]
    assert ids(day_one.read, file) == ids(day_one.read, file)
    assert len(set(ids(day_one.read, file))) == 4


def test_a_journal_may_come_without_its_zip() -> None:
    found = page(day_one.read, as_json(journal(entry()), "My journal.json"))
    assert (found.text, "journal" in found.meta) == ("Went for a walk.", False)


def test_what_is_no_journal_of_day_one_is_refused() -> None:
    assert refused(day_one.read, as_json({"habits": []})) == "other_format"
    assert refused(day_one.read, zipped({"photo.jpeg": b"\xff"})) == "other_format"
    assert refused(day_one.read, exported()) == "empty"
