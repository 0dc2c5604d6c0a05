"""A file on its way in: nothing of it lies readable on a disk, and only one address takes any."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile, StopFutureHandlers
from django.http import HttpRequest
from django.test import Client, RequestFactory

from accounts.models import User
from config.uploads import MOST, PIECE, Held, Pieces
from journal.models import Chunk, Entry, Import
from tests.walks.canary import looks_of as forms_of

CANARY = "heliotrope tamarisk 7f3a91"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17])
def test_pieces_come_out_as_they_went_in(size: int) -> None:
    pieces, content = Pieces(), bytes(number % 251 for number in range(size))
    for at in range(0, size, 64 * 1024):
        pieces.add(content[at : at + 64 * 1024])
    found = list(pieces)
    assert b"".join(found) == content == b"".join(pieces)
    assert {len(piece) for piece in found[:-1]} <= {PIECE}
    pieces.forget()
    assert list(pieces) == []


def test_what_waits_on_disk_is_sealed() -> None:
    pieces = Pieces()
    pieces.add(CANARY.encode() * (PIECE // 10))
    assert pieces.disk is not None
    pieces.disk.flush()
    pieces.disk.seek(0)
    assert CANARY.encode() not in pieces.disk.read()
    pieces.forget()


def test_of_a_file_that_is_too_large_only_its_size_is_kept(db: None, ada: User) -> None:
    request: Any = RequestFactory().post("/import/")
    request.user = ada
    held = Held(request)
    with pytest.raises(StopFutureHandlers):
        held.new_file("file", "x.json", "application/json", 0)
    held.receive_data_chunk(b"x" * PIECE, 0)
    held.receive_data_chunk(b"x" * PIECE, MOST - 1)
    file = held.file_complete(MOST + PIECE - 1)
    assert (file.size, list(file.chunks())) == (MOST + PIECE - 1, [])


def test_another_address_takes_no_file(ada_client: Client) -> None:
    file = SimpleUploadedFile("x.txt", CANARY.encode() * PIECE)
    answer = ada_client.post("/entries/", {"kind": "win", "body": "Words.", "file": file})
    assert (answer.status_code, [row.body for row in Entry.objects.all()]) == (303, ["Words."])


def test_a_stranger_s_file_is_read_and_forgotten(db: None, client: Client) -> None:
    answer = client.post("/import/", {"source": "text", "file": SimpleUploadedFile("x.txt", b"2026-01-01\nx")})
    assert (answer.status_code, Import.objects.count()) == (302, 0)


def test_nothing_of_a_file_lies_readable_in_a_folder_or_a_row(ada_client: Client, folder: Path) -> None:
    content = b"2026-01-01\n" + f"{CANARY}\n".encode() * 100_000
    answer = ada_client.post("/import/", {"source": "text", "file": SimpleUploadedFile(f"{CANARY}.txt", content)})
    assert answer.status_code == 303
    assert list(folder.iterdir()) == []
    raw = [bytes(value) for value in Chunk.objects.values_list("content", flat=True)]
    raw += [bytes(value) for row in Import.objects.values_list("name", "summary") for value in row]
    assert len(raw) > 4
    assert [form for form in forms_of(CANARY) for value in raw if form in value] == []


def test_a_file_larger_than_another_app_s_may_be_says_so(ada_client: Client) -> None:
    file = SimpleUploadedFile("x.txt", b"2026-01-01\n" + b"x" * 20 * PIECE)
    answer = ada_client.post("/import/", {"source": "text", "file": file})
    assert (answer.status_code, Import.objects.count()) == (422, 0)
    assert "The most is 20 MB." in answer.content.decode()


def test_a_handler_without_a_request_takes_nothing() -> None:
    held = Held(HttpRequest())
    held.request = None
    with pytest.raises(SkipFile):
        held.new_file("file", "x", "text/plain", 0)
