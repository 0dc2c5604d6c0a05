"""A folder of Markdown with front matter, plain text with days, and what Dabble Me sends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from journal.importing.readers import dabble_me, front_matter, markdown, plain_text
from tests.journal.importing.files import Uploaded, as_json, ids, page, pages, refused, skipped, text, zipped


def md(content: str, name: str = "notes/a page.md") -> Uploaded:
    return zipped({name: content})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("title: A day", {"title": "A day"}),
        ('title: "A: \\"day\\" # \\u00e4"', {"title": 'A: "day" # ä'}),
        ("title: 'It''s # one'", {"title": "It's # one"}),
        ("title: A day # a remark", {"title": "A day"}),
        ("title: C# and 10:30", {"title": "C# and 10:30"}),
        ("Tags: [a, 'b, c', \"d\"]", {"tags": ["a", "b, c", "d"]}),
        ("tags:\n  - a\n  - b: c\n- d", {"tags": ["a", "b: c", "d"]}),
        ("tags: []", {"tags": []}),
        ("about: |\n  one\n\n  two\nnext: x", {"about": "one\n\ntwo", "next": "x"}),
        ("about: >-\n  one\n  two", {"about": "one two"}),
        ("place:\n  lat: 1\n  lon: 2", {"place": "lat: 1\n  lon: 2"}),
        ("a: &x [1]\nb: *x", {"a": "&x [1]", "b": "*x"}),
        ("date created: 2026-03-01", {"date created": "2026-03-01"}),
        ("empty:", {"empty": ""}),
        ("# only a remark", {}),
    ],
)
def test_front_matter_is_read_as_people_write_it(written: str, read: dict[str, Any]) -> None:
    found, body = front_matter.split(f"---\n{written}\n---\nbody\n")
    assert found == read
    assert body.endswith("body\n")


def test_what_is_no_front_matter_stays_a_text() -> None:
    for written in ("---\nno end", "--- \nno keys here\n---\nbody", "a: b\n", "----\na: b\n---\n"):
        assert front_matter.split(written) == ({}, written)


def test_a_page_has_its_day_title_tags_and_all_the_rest() -> None:
    file = md(
        "---\ntitle: A walk\ndate: 2026-03-01T23:30:00+01:00\ntags: [sea, '#cold']\nweather: grey\n---\n\nWords.\n"
    )
    found = page(markdown.read, file)
    assert (found.local_date, found.text, found.tags) == (date(2026, 3, 1), "A walk\n\nWords.", ("sea", "cold"))
    assert found.at == datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert found.meta == {"weather": "grey", "folder": "notes"}


def test_a_day_may_stand_in_the_name_and_the_rest_of_it_is_the_title() -> None:
    for name, title in (
        ("2026-03-01.md", ""),
        ("2026_03_01 A walk.md", "A walk\n\n"),
        ("x/20260301-walk.md", "walk\n\n"),
    ):
        found = page(markdown.read, md("Words.\n", name))
        assert (found.local_date, found.text) == (date(2026, 3, 1), f"{title}Words.")
    assert page(markdown.read, md("# A walk\n\nWords.\n", "2026-03-01 A walk.md")).text == "# A walk\n\nWords."


def test_a_kind_that_we_have_is_kept() -> None:
    kinds = [
        page(markdown.read, md(f"---\ndate: 2026-03-01\nkind: {kind}\n---\nx\n")).kind for kind in ("win", "letter")
    ]
    assert kinds == ["win", "note"]


def test_pictures_stay_in_the_text_and_are_named() -> None:
    found = page(markdown.read, md("One ![a](b.png) two ![[c.jpg]]\n", "2026-03-01.md"))
    assert (found.text, found.left_out) == ("One ![a](b.png) two ![[c.jpg]]", ("photos",))


def test_files_without_a_day_and_other_files_are_said() -> None:
    file = zipped({"a.md": "words", "2026-03-01.md": "x", "c.docx": b"PK", "d.png": b"\x89PNG", "2026-03-02.md": " \n"})
    assert skipped(markdown.read, file) == [("a.md", "no_date"), ("2026-03-02.md", "no_text"), ("c.docx", "other_file")]
    assert ids(markdown.read, file) == ids(markdown.read, file)
    assert refused(markdown.read, zipped({"c.docx": b"PK"})) == "other_format"


def test_a_file_of_many_days_is_many_pages() -> None:
    found = pages(
        markdown.read, md("# 2026-03-01\n\nOne\n\n## 2026-03-02, Monday 9:30 pm\nTwo\n2026-03-03 is no heading")
    )
    assert [(one.local_date.day, one.text) for one in found] == [(1, "One"), (2, "Two\n2026-03-03 is no heading")]


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-01",
        "# 2026-03-01",
        "[2026-03-01]",
        "**2026-03-01**",
        "=== 2026-03-01 ===",
        "2026-03-01:",
        "2026-03-01 So.",
    ],
)
def test_a_line_that_is_a_day_begins_an_entry(line: str) -> None:
    found = page(plain_text.read, text(f"{line}\n\nWords,\nand more.\n"))
    assert (found.local_date, found.text) == (date(2026, 3, 1), "Words,\nand more.")


def test_text_before_the_first_day_is_of_the_day_in_the_name() -> None:
    content = "Before\n2026-03-02\nAfter"
    assert [one.local_date.day for one in pages(plain_text.read, text(content, "journal 2026-03-01.txt"))] == [1, 2]
    assert skipped(plain_text.read, text(content, "journal.txt")) == [("1", "no_date")]
    assert skipped(plain_text.read, text("Words alone", "journal.txt")) == [("journal.txt", "no_date")]
    assert page(plain_text.read, text("Words alone", "2026-03-01.txt")).text == "Words alone"


def test_days_that_no_calendar_has_are_words() -> None:
    found = page(plain_text.read, text("2026-03-01\nOne\n2026-02-30\n9999-99-99\n"))
    assert found.text == "One\n2026-02-30\n9999-99-99"


# Dabble Me, and what it took in itself


def test_a_body_of_dabble_me_is_html() -> None:
    body = "<p>One &amp; <a href='https://example.org/x'>two</a></p><hr><div>Three</div><img src=x>"
    found = page(
        dabble_me.read, as_json([{"date": "2026-03-01T00:00:00.000Z", "body": body, "image": "https://cdn/x"}])
    )
    assert (found.local_date, found.text) == (date(2026, 3, 1), "One & two (https://example.org/x)\n\nThree")
    assert (found.left_out, found.meta) == (("photos",), {})
    lenient = [
        page(dabble_me.read, as_json([{"date": day, "body": "x"}])).local_date.day
        for day in ("2026-03-01 00:00 UTC", "2026-3-1")
    ]
    assert lenient == [1, 1]


def test_text_of_dabble_me_and_ohlife_begins_with_its_days() -> None:
    for head in ("## ", ""):
        file = text(f"{head}2026-03-01\n\nOne, on 2026-03-05\n\n{head}2026-03-02\n\nTwo\n")
        assert [(one.local_date.day, one.text) for one in pages(dabble_me.read, file)] == [
            (1, "One, on 2026-03-05"),
            (2, "Two"),
        ]
    assert refused(dabble_me.read, text("Nothing of that kind")) == "no_days"


def test_trailmix_and_ahhlife_are_read_too() -> None:
    assert page(dabble_me.read, as_json([{"body": "x", "date": "2026-03-01"}])).local_date == date(2026, 3, 1)
    months = {"Mar-2026": {"-Kx1": {"content": "a", "timestamp": 1772400600000}}, "Apr-2026": {}}
    found = page(dabble_me.read, as_json(months))
    assert (found.source_id, found.local_date, found.text) == ("Mar-2026/-Kx1", date(2026, 3, 1), "a")


def test_what_is_no_entry_of_dabble_me_is_said() -> None:
    rows: list[Any] = [{"date": "x", "body": "a"}, {"date": "2026-03-01", "body": "<p></p>"}, {"other": 1}, 7]
    found = skipped(dabble_me.read, as_json(rows))
    assert found == [("1", "no_date"), ("2", "no_text"), ("3", "no_entry"), ("4", "no_entry")]
    assert refused(dabble_me.read, as_json([])) == "empty"
