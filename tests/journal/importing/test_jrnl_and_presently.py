"""jrnl’s JSON and text, and Presently’s CSV."""

from datetime import date
from typing import Any

import pytest

from journal.importing.readers import jrnl, presently
from tests.journal.importing.files import Uploaded, as_json, ids, page, pages, refused, skipped, text


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "title": "A walk with @anna.",
        "body": "It rained.\nWe laughed.",
        "date": "2026-03-01",
        "time": "09:30",
        "tags": ["@anna"],
        "starred": True,
    } | changes


def test_an_entry_of_jrnl_has_no_zone_and_keeps_its_time() -> None:
    found = page(jrnl.read, as_json({"tags": {"@anna": 1}, "entries": [entry()]}))
    assert (found.local_date, found.at, found.zone) == (date(2026, 3, 1), None, "")
    assert found.text == "A walk with @anna.\nIt rained.\nWe laughed."
    assert (found.tags, found.meta) == (("anna",), {"time": "09:30", "starred": True})


def test_ids_of_jrnl_are_its_own_where_it_has_some() -> None:
    file = as_json({"tags": {}, "entries": [entry(uuid="ab"), entry(), entry()]})
    assert ids(jrnl.read, file)[0] == "ab"
    assert ids(jrnl.read, file) == ids(jrnl.read, file)
    assert len(set(ids(jrnl.read, file))) == 3


def test_a_day_that_cannot_be_read_is_said() -> None:
    rows = [entry(date="2026-02-30"), entry(date=None), entry(date="0001-01-01"), entry(), entry(title="", body="")]
    found = skipped(jrnl.read, as_json({"tags": {}, "entries": rows}))
    assert found == [("1", "no_date"), ("2", "no_date"), ("3", "no_date"), ("5", "no_text")]


def test_text_of_jrnl_begins_an_entry_with_each_day() -> None:
    file = text(
        "[2026-03-01 09:30] A walk with @anna. *\nIt rained.\n\nWe laughed (write to a@b.org).\n\n"
        "[2026-03-02 12:05:59 PM] Only a title\n[not a day] is text\n"
    )
    first, second = pages(jrnl.read, file)
    assert first.text == "A walk with @anna.\nIt rained.\n\nWe laughed (write to a@b.org)."
    assert (first.local_date, first.tags) == (date(2026, 3, 1), ("anna",))
    assert first.meta == {"time": "09:30", "starred": True}
    assert (second.text, second.meta) == ("Only a title\n[not a day] is text", {"time": "12:05:59 PM"})
    assert ids(jrnl.read, file) == ids(jrnl.read, file)


def test_text_before_the_first_day_is_said_and_text_without_one_refused() -> None:
    assert skipped(jrnl.read, text("Hello\n[2026-03-01] A day\n[2026-03-02]\n")) == [("1", "no_date"), ("3", "no_text")]
    assert refused(jrnl.read, text("Hello\nthere\n")) == "other_format"
    assert refused(jrnl.read, as_json({"habits": []})) == "other_format"


def csv(*rows: str, ends: str = "\n") -> str:
    return ends.join(("entryDate,entryContent", *rows)) + ends


def test_a_day_of_presently_is_a_page() -> None:
    file = text(csv('2026-03-02,"My ""team"", and\n\ntea"', "2026-03-01,Sun"))
    assert [(one.local_date, one.text) for one in pages(presently.read, file)] == [
        (date(2026, 3, 2), 'My "team", and\n\ntea'),
        (date(2026, 3, 1), "Sun"),
    ]
    assert ids(presently.read, file) == ids(presently.read, file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_and_end_of_line_is_read(encoding: str, ends: str) -> None:
    file = text(csv('2026-03-02,"Café – crème,' + ends + 'naïve"', ends=ends), encoding=encoding)
    assert page(presently.read, file).text == "Café – crème,\nnaïve"


def test_one_broken_letter_costs_that_letter_alone() -> None:
    data = csv("2026-03-01,Café", "2026-03-02,naïve and 👩‍🍳").encode().replace(b"na\xc3\xafve", b"na\xc3ve")
    file = Uploaded(data)
    assert [one.text for one in pages(presently.read, file)] == ["Café", "na\ufffdve and 👩‍🍳"]


def test_invisible_signs_and_half_letters_go() -> None:
    assert page(presently.read, text(csv("2026-03-01,a\0b\x07c\x1b[0m"))).text == "abc[0m"


def test_lines_of_presently_that_cannot_be_kept_are_said_by_number() -> None:
    file = text(csv("today,a", '2026-03-01,""', "2026-03-02,b", '2026-03-02,"b",c'))
    assert skipped(presently.read, file) == [("2", "no_date"), ("3", "no_text")]
    assert [one.meta for one in pages(presently.read, file)] == [{}, {"column 3": "c"}]
    assert len(set(ids(presently.read, file))) == 2


def test_a_file_of_another_kind_is_refused() -> None:
    assert refused(presently.read, text("full_date,mood\n2026-03-01,good\n")) == "other_format"
    assert refused(presently.read, text(csv())) == "empty"
    assert refused(presently.read, text("")) == "empty"
