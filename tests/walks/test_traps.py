"""What has been known to break products of this kind, each a case (the known traps of hostile input)."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Entry
from tests import make
from tests.walks.crawl import text_of
from tests.walks.odd import SHEETS
from tests.walks.odd_values import FORM

EMOJI = "🌱" * 262_144


def leaves(format: str) -> bytes:
    """A copy of what ada has, who gave her password a moment ago."""
    client = Client()
    client.post("/account/login/", {"login": "ada@example.com", "password": "a long enough secret"})
    return b"".join(client.post("/export/", {"format": format}).streaming_content)


def test_a_megabyte_of_emoji_is_kept_however_it_is_sent(ada: User, ada_client: Client) -> None:
    coded = b"kind=win&body=" + b"%F0%9F%8C%B1" * 262_144
    assert len(coded) > 3_000_000
    assert ada_client.generic("POST", "/entries/", coded, content_type=FORM).status_code == 303
    assert ada_client.post("/entries/", {"kind": "note", "body": EMOJI}).status_code == 303
    assert [entry.body == EMOJI for entry in Entry.objects.of(ada)] == [True, True]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(b"a%00b", "ab"), (b"a%01%0B%1F%7F%C2%85b", "ab"), (b"a%09b%0D%0Ac", "a\tb\nc"), (b"caf%E9", "caf\ufffd")],
    ids=["NUL", "C0 and C1", "tab and newline", "bad UTF-8"],
)
def test_what_cannot_be_seen_goes_and_the_rest_is_kept(sent: bytes, kept: str, ada: User, ada_client: Client) -> None:
    assert ada_client.generic("POST", "/entries/", b"kind=win&body=" + sent, content_type=FORM).status_code == 303
    assert [entry.body for entry in Entry.objects.of(ada)] == [kept]


def test_a_control_sign_is_not_shown_again_beside_what_was_not_taken(ada_client: Client) -> None:
    answer = ada_client.post("/entries/", {"kind": "none", "body": "Be\0gan\x07.", "themes": "ru\x1bn"})
    assert (answer.status_code, re.findall(r"[\x00-\x08\x0b-\x1f\x7f]", text_of(answer))) == (422, [])
    assert ("Began." in text_of(answer), "run" in text_of(answer)) == (True, True)


def test_our_own_megabyte_comes_back_out_of_a_spreadsheet_and_json(ada: User) -> None:
    make.entry(ada, EMOJI)
    before = csv.field_size_limit(10_000_000)
    data = leaves("csv")
    rows = list(csv.reader(io.StringIO(_first_csv(data))))
    csv.field_size_limit(before)
    assert EMOJI in rows[1]
    copy = json.loads(leaves("json"))
    assert copy["entries"][0]["body"] == EMOJI


def _first_csv(data: bytes) -> str:
    if data[:2] != b"PK":
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        [name] = [name for name in held.namelist() if "entries" in name and name.endswith(".csv")]
        return held.read(name).decode("utf-8-sig")


def test_half_a_letter_in_json_from_elsewhere_breaks_nothing(ada_client: Client) -> None:
    body = b'{"kind": "win", "body": "\\ud800"}'
    assert ada_client.generic("POST", "/entries/", body, content_type="application/json").status_code == 422


def test_no_text_runs_a_formula_or_markup_in_what_leaves(ada: User, ada_client: Client) -> None:
    texts = [*dict.fromkeys(text.strip() for text in SHEETS if text.strip()), "<svg onload=alert(1)>", "{{7*7}}"]
    for seconds, text in enumerate(texts):
        make.entry(ada, text, now=make.NOON + timedelta(seconds=seconds))
    data = leaves("csv")
    cells = [cell for row in csv.reader(io.StringIO(_first_csv(data))) for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []
    page = text_of(ada_client.get("/entries/"))
    assert ("<svg onload" in page, "{{7*7}}" in page) == (False, True)
    copy = json.loads(leaves("json"))
    assert sorted(entry["body"] for entry in copy["entries"]) == sorted(texts)


def test_words_of_either_direction_keep_it_to_themselves(ada: User, ada_client: Client) -> None:
    make.entry(ada, "\u202eabc \u2067שלום")
    page = text_of(ada_client.get("/entries/"))
    assert re.search(r'<(bdi|[a-z]+ [^>]*dir="auto")[^>]*>[^<]*\u202eabc', page)
