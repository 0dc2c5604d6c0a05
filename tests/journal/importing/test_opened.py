"""What is uploaded is opened without trust: each odd file has its reason, and none is unpacked beyond its caps."""

import gzip
import io
import json
import zipfile
from typing import Any

import pytest

from journal.importing.found import Page, Unreadable
from journal.importing.readers import day_one, daylio, jrnl, markdown, presently
from journal.importing.readers.opened import FREE, MIB, RATIO, opened
from tests.journal.importing.files import Uploaded, link, page, pages, refused, skipped, text, zip_of, zipped

JOURNAL = json.dumps({"entries": [{"uuid": "A", "creationDate": "2026-03-01T05:30:00Z", "text": "words"}]})
CSV = "entryDate,entryContent\n2026-03-01,words\n"


def upload(data: bytes) -> Uploaded:
    return Uploaded(data, "a file.zip")


def locked() -> bytes:
    """The mark that says that a passphrase is wanted, in the list and at the file."""
    data = bytearray(zip_of({"Journal.json": JOURNAL.encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("Journal.json", JOURNAL)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("Journal.json", JOURNAL)
    return held.getvalue()


def packed(method: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("Journal.json", JOURNAL)
    return held.getvalue()


def lying() -> bytes:
    """The list says ten bytes, the file has a hundred thousand."""
    data = bytearray(zip_of({"Journal.json": b"[" * 100_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../Journal.json", "odd_names"),
        ("a/../../Journal.json", "odd_names"),
        ("/etc/Journal.json", "odd_names"),
        ("C:\\Journal.json", "odd_names"),
        ("..\\Journal.json", "odd_names"),
        ("Journal.zip", "nested"),
        ("inner/Journal.tar.gz", "nested"),
        ("..Journal.json", ""),
        ("a/b/Jou..rnal.json", ""),
        ("Tagebuch – März.json", ""),
    ],
)
def test_names_within_a_zip(name: str, reason: str) -> None:
    assert refused(day_one.read, zipped({name: JOURNAL})) == reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (gzip.compress(JOURNAL.encode()), "packed_otherwise"),
        (b"7z\xbc\xaf\x27\x1c" + b"0" * 99, "packed_otherwise"),
        (b"Rar!\x1a\x07\x01\x00" + b"0" * 99, "packed_otherwise"),
        (packed(zipfile.ZIP_BZIP2), "packed_otherwise"),
        (packed(zipfile.ZIP_LZMA), "packed_otherwise"),
        (link("Journal.json", "/etc/passwd"), "odd_names"),
        (locked(), "locked"),
        (twice(), "twice"),
        (lying(), "damaged"),
        (zip_of({"Journal.json": JOURNAL.encode()})[:-30], "damaged"),
        (zip_of({"Journal.json": JOURNAL.encode()})[:60], "damaged"),
        (zip_of({"Journal.json": JOURNAL.encode()})[40:], "no_text_file"),
        (zip_of({}), "other_format"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 9, "no_text_file"),
        (JOURNAL.encode()[:-9], "damaged"),
        (JOURNAL.encode() + b"{}", "damaged"),
        (b'{"entries": [{"text": "a"} {"text": "b"}]}', "damaged"),
        (b'{"entries": [1, 2' + b" " * 99 + b"wrong]}", "damaged"),
        (b"[" * 200_000, "too_deep"),
        (b'{"entries": [' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"]}", "too_deep"),
        (b'{"entries": [' + b'{"a":' * 100 + b"1" + b"}" * 100 + b"]}", "too_deep"),
        (b'{"entries": ["' + b"a" * (2 * MIB) + b'"]}', "long_line"),
    ],
)
def test_odd_files_have_their_reasons(data: bytes, reason: str) -> None:
    assert refused(day_one.read, upload(data)) == reason


def test_an_upload_has_its_largest_size() -> None:
    class Large(Uploaded):
        @property
        def size(self) -> int:
            return 20 * MIB + 1

    assert refused(day_one.read, Large(JOURNAL.encode())) == "too_large"


def test_a_bomb_is_left_while_it_unpacks() -> None:
    bomb = zipped({"Journal.json": b"[" + b" " * (RATIO * MIB)})
    assert bomb.size < MIB
    assert refused(day_one.read, bomb) == "unpacks_too_large"
    many = zipped({f"{number}.json": b" " * (FREE // 4) for number in range(9)})
    assert refused(jrnl.read, many) in {"unpacks_too_large", "other_format"}
    with opened(many) as folder, pytest.raises(Unreadable, match="unpacks_too_large"):
        [list(file.pieces()) for file in folder.files(".json")]


def test_small_files_may_be_as_repetitive_as_they_like() -> None:
    rows = "".join(f"2026-03-{day:02},the same\n" for day in range(1, 31)) * 300
    assert len(pages(presently.read, zipped({"a.csv": f"entryDate,entryContent\n{rows}"}))) == 9000


def test_photos_are_listed_and_never_unpacked() -> None:
    data = bytearray(zip_of({"Journal.json": JOURNAL.encode(), "photos/a.jpeg": b"picture " * 99}))
    at = data.index(b"photos/a.jpeg") + len("photos/a.jpeg")
    data[at : at + 9] = b"\xff" * 9
    assert page(day_one.read, upload(bytes(data))).text == "words"


def test_files_that_a_reader_asks_for_have_their_number() -> None:
    most = {f"{number}.json": JOURNAL for number in range(100)}
    photos = {f"photos/{number}.jpeg": b"" for number in range(500)}
    assert len(pages(day_one.read, zipped(most | photos))) == 100
    assert refused(day_one.read, zipped(most | {"another.json": JOURNAL})) == "too_many_files"
    names = {f"{number:0200}.jpeg": b"" for number in range(10_000)}
    assert refused(day_one.read, zipped(names)) == "too_many_files"


def test_rows_have_their_number() -> None:
    rows = "2026-03-01,a\n" * 10_000
    assert len(pages(presently.read, text(f"entryDate,entryContent\n{rows}"))) == 10_000
    assert refused(presently.read, text(f"entryDate,entryContent\n{rows}2026-03-01,a\n")) == "too_many_rows"


def test_what_systems_add_is_passed_over() -> None:
    odd = {"__MACOSX/._a.csv": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1Bud1", "x/Thumbs.db": b"\xd0\xcf"}
    assert page(presently.read, zipped({"a.csv": CSV} | odd)).text == "words"


def test_a_line_without_end_is_left() -> None:
    assert refused(presently.read, zipped({"a.csv": CSV + "2026-03-02," + "a" * (3 * MIB)})) in {
        "long_line",
        "unpacks_too_large",
    }
    assert refused(presently.read, text(CSV + "2026-03-02," + "a" * (3 * MIB))) == "long_line"
    assert skipped(presently.read, text(CSV + "2026-03-02," + "a" * 1_000_001)) == [("2", "too_long")]


@pytest.mark.parametrize(
    ("written", "meta"),
    [
        ("1" * 5000, "1" * 5000),
        ("-" + "9" * 30, "-" + "9" * 30),
        ("12", 12),
        ("1e999", None),
        ("NaN", None),
        ("-Infinity", None),
        ('"\\ud800x"', "\ufffdx"),
        ('"\\ud83d\\ude00"', "😀"),
        ('{"\\udfff": ["\\ud800"]}', {"\ufffd": ["\ufffd"]}),
        ('"a\\u0000b"', "a\0b"),
    ],
)
def test_odd_values_of_json(written: str, meta: Any) -> None:
    file = text(JOURNAL.replace('"uuid"', f'"odd": {written}, "uuid"'))
    found = page(day_one.read, file)
    assert (found.text, found.meta.get("odd")) == ("words", meta)
    json.dumps(found.meta, ensure_ascii=False).encode()


def test_half_a_letter_in_a_text_becomes_a_sign_for_it() -> None:
    assert page(day_one.read, text(JOURNAL.replace("words", "a\\ud800b\\u0000c"))).text == "a\ufffdbc"


@pytest.mark.parametrize("size", [7, 64, 1000, 65536, 65537, 200_000])
def test_rows_are_read_wherever_a_piece_of_the_file_ends(size: int) -> None:
    rows = [
        {"uuid": f"{at}", "creationDate": "2026-03-01T05:30:00Z", "text": "ä" * size, "n": 10**at} for at in range(9)
    ]
    found = pages(day_one.read, text(json.dumps({"entries": rows, "metadata": {"version": "1.0"}}, ensure_ascii=False)))
    assert [(one.text, one.meta["n"]) for one in found] == [("ä" * size, 10**at) for at in range(9)]


def test_every_source_takes_a_file_that_came_alone_whatever_its_name() -> None:
    assert page(presently.read, text(CSV, "download (3)")).text == "words"
    assert page(day_one.read, text(JOURNAL, "Journal.json.txt")).text == "words"
    assert refused(daylio.read, zipped({"a.txt": "x"})) == "other_format"
    assert isinstance(next(markdown.read(text("# 2026-03-01\n\nwords", "x"))), Page)
