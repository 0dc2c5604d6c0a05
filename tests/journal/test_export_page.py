"""The page where a copy is chosen: what it offers, what it says beforehand, and what becomes of a passphrase."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import pyzipper
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from journal.export import FORMATS, pages
from journal.export.choice import WHOLE, Choice
from journal.export.locked import locked
from journal.export.preview import Preview
from journal.models import Entry, Theme
from tests import make
from tests.journal.test_export import given_ago, unpacked

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
PASSWORD = "a long enough secret"
PHRASE = "four tangerine words – über 学"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def door(ada: User) -> Client:
    """Ada, who gave her password a moment ago."""
    client = Client()
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    return client


def page(client: Client, address: str = "/export/", **more: Any) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == 200
    return str(answer.content.decode())


def tally(text: str) -> dict[str, int]:
    found = re.findall(r"<li><span>([^<]+)</span> <span>(\d+)</span></li>", text)
    return {name: int(count) for name, count in found}


# What it says beforehand


def test_it_says_what_will_be_in_it(ada: User, ada_client: Client) -> None:
    make.one_of_each(ada, "canary")
    text = page(ada_client)
    assert "canary theme" in text
    assert text.count("canary") == 1
    said = tally(text)
    kept = json.loads(b"".join(FORMATS["json"].chunks(ada, NOW, WHOLE)))
    standing = [row for row in kept["entries"] if not row["removed_at"]]
    assert sum(said[name] for name in ("Wins", "Hard things", "Proud", "Doubts", "Notes")) == sum(
        row["kind"] in ("win", "setback", "proud", "doubt", "note") for row in standing
    )
    assert said["Measures"] == len(kept["measures"])
    assert said["Days of a measure"] == sum(not row["removed_at"] for row in kept["readings"])
    assert (said["Lessons"], said["Weeks"]) == (1, 1)
    assert "4 May 2026 – 20 November 2026" in text


def test_before_the_first_line_it_says_so(ada: User, ada_client: Client) -> None:
    assert "Nothing is written yet." in page(ada_client)


def test_it_follows_what_is_pressed(ada: User, bea: User, ada_client: Client) -> None:
    make.entry(ada, "soup", themes=["kitchen"])
    make.entry(ada, "bread", on=TODAY - timedelta(days=40))
    make.setback(ada, themes=["kitchen"])
    make.entry(bea, "sparrow")
    kitchen = Theme.objects.of(ada).get().pk
    assert tally(page(ada_client)) == {"Wins": 2, "Hard things": 1}
    assert tally(page(ada_client, f"/export/?from={TODAY}")) == {"Wins": 1, "Hard things": 1}
    assert tally(page(ada_client, f"/export/?to={TODAY - timedelta(days=1)}")) == {"Wins": 1}
    assert tally(page(ada_client, f"/export/?from={TODAY}&to=2020-01-01")) == {"Wins": 2, "Hard things": 1}
    assert tally(page(ada_client, "/export/?kind=setback")) == {"Hard things": 1}
    assert tally(page(ada_client, f"/export/?theme={kitchen}&kind=win")) == {"Wins": 1}
    assert "Nothing was kept there." in page(ada_client, "/export/?to=2001-01-01")


def test_a_swap_gets_the_preview_alone(ada: User, ada_client: Client) -> None:
    make.entry(ada, "soup")
    part = page(ada_client, f"/export/?format=csv&from={TODAY}", headers=HTMX)
    assert part.strip().startswith('<section class="preview" id="preview"')
    assert tally(part) == {"Wins": 1}
    assert "<form" not in part


def test_without_a_script_a_button_looks_first(ada: User, ada_client: Client) -> None:
    make.entry(ada, "soup", themes=["kitchen"])
    theme = Theme.objects.of(ada).get().pk
    sent = {"format": "pages", "kind": ["win"], "theme": [str(theme)], "from": str(TODAY), "look": "1"}
    answer = ada_client.post("/export/", sent | {"passphrase": PHRASE, "passphrase_again": PHRASE})
    assert answer.status_code == 303
    assert answer["Location"] == f"/export/?format=pages&kind=win&theme={theme}&from={TODAY}&look=1#preview"
    text = page(ada_client, answer["Location"].partition("#")[0])
    assert tally(text) == {"Wins": 1}
    assert re.findall(r'value="([\w-]+)" checked', text) == ["pages", "win", str(theme)]
    assert f'value="{TODAY}"' in text
    assert "tangerine" not in text
    assert "Press once more" not in text


def test_counts_out_of_sight_are_out_of_sight_here(ada: User, ada_client: Client) -> None:
    make.entry(ada, "soup")
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    text = page(ada_client)
    assert "<li><span>Wins</span></li>" in text
    assert tally(text) == {}
    assert "About" not in text


def test_a_file_of_entries_says_that_it_holds_no_more(ada: User, ada_client: Client) -> None:
    make.one_of_each(ada, "canary")
    for name in ("tables", "html", "pdf"):
        text = page(ada_client, f"/export/?format={name}")
        assert "Measures" in tally(text)
        assert "stay behind" not in text
    for name in ("csv", "day_one", "jrnl", "jrnl_text"):
        text = page(ada_client, f"/export/?format={name}")
        assert "Measures" not in tally(text)
        assert "Measures and steps stay behind" in text


@pytest.mark.parametrize(
    ("size", "said"), [(0, "1 KB"), (29_900, "29 KB"), (497_664, "486 KB"), (1_400_000, "1.3 MB"), (5 << 20, "5.0 MB")]
)
def test_a_guess_is_said_no_finer_than_it_is(size: int, said: str) -> None:
    assert Preview([], None, None, 0, 0, size, False).about == said


@pytest.mark.parametrize("name", FORMATS)
def test_about_how_much_is_about_how_much(ada: User, name: str) -> None:
    words = "The sauce split, and {} people were hungry. I stirred it again, slowly, and nobody said a word about {}. "
    for number in range(12):
        text = "".join(words.format(number * at, number + at) for at in range(6))
        make.entry(ada, text, on=TODAY - timedelta(days=number))
    made = b"".join(FORMATS[name].chunks(ada, NOW, WHOLE))
    said = Preview.of(ada, WHOLE, FORMATS[name])
    assert len(made) / 4 < said.size < len(made) * 4
    assert 5 <= said.pages <= 8


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    ada: User, ada_client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make.entry(ada, f"{number}", themes=[f"theme {number}"])
    with django_assert_num_queries(19):
        page(ada_client, "/export/?kind=win")


def test_an_odd_day_is_said_at_its_field(ada: User, door: Client) -> None:
    sent = {"format": "json", "from": "2026-13-45", "passphrase": PHRASE, "passphrase_again": PHRASE}
    for answer in (door.post("/export/", sent), door.get("/export/?from=yesterday")):
        assert (answer.status_code, answer.streaming) == (422, False)
        text = answer.content.decode()
        assert "That isn’t a day we can read." in text
        assert "tangerine" not in text
        assert "It stands here as soon as everything can be read." in text


def test_a_theme_of_somebody_else_leads_nowhere(ada: User, bea: User, door: Client) -> None:
    make.entry(bea, "sparrow", themes=["birds"])
    theirs = Theme.objects.of(bea).get().pk
    for odd in ({"theme": theirs}, {"theme": uuid4()}, {"theme": "x"}, {"kind": "secrets"}):
        assert door.get("/export/", odd).status_code == 404
        assert door.post("/export/", {"format": "json"} | odd).status_code == 404


# What was chosen


def test_the_file_holds_what_was_chosen(ada: User, door: Client) -> None:
    make.entry(ada, "soup", themes=["kitchen"])
    make.setback(ada, "spilt", themes=["kitchen"])
    make.entry(ada, "bread", on=TODAY - timedelta(days=40))
    kitchen = Theme.objects.of(ada).get().pk
    for chosen, held in [({"kind": ["win"]}, {"soup", "bread"}), ({"theme": kitchen, "kind": "win"}, {"soup"})]:
        for name in FORMATS:
            made = unpacked(b"".join(door.post("/export/", {"format": name} | chosen)))
            assert {word for word in ("soup", "spilt", "bread") if word in made} == held


def test_what_was_chosen_comes_back_with_whoever_gave_the_password(ada: User, door: Client) -> None:
    make.entry(ada, "soup", themes=["kitchen"])
    given_ago(door, 301)
    chosen = {"format": "csv", "kind": "win", "to": str(TODAY)}
    asked = door.post("/export/", chosen | {"passphrase": PHRASE, "passphrase_again": PHRASE})
    back = f"/export/?format=csv&kind=win&to={TODAY}&locked=1"
    assert asked.status_code == 303
    right = door.post(asked["Location"], {"password": PASSWORD, "next": back})
    assert right["Location"] == back
    text = page(door, back)
    assert re.findall(r'value="([\w-]+)" checked', text) == ["csv", "win"]
    assert "It is you." in text
    assert "Your passphrase was not kept meanwhile" in text
    for place in (asked["Location"], str(dict(door.session)), text):
        assert "tangerine" not in place
    assert door.post("/export/", chosen).streaming


# A passphrase


def unlocked(made: bytes, phrase: str) -> dict[str, bytes]:
    """With another program than the one that made it."""
    with pyzipper.AESZipFile(io.BytesIO(made)) as archive:
        archive.setpassword(phrase.encode())
        [info] = archive.infolist()
        assert (info.wz_aes_version, info.wz_aes_strength, info.CRC) == (2, 3, 0)
        assert archive.testzip() is None
        return {info.filename: archive.read(info)}


@pytest.mark.parametrize("name", ["json", "markdown", "csv", "jrnl_text"])
def test_a_locked_file_opens_with_its_words_alone(ada: User, door: Client, name: str) -> None:
    make.entry(ada, "canary", themes=["heliotrope"])
    sent = {"format": name, "passphrase": PHRASE, "passphrase_again": PHRASE}
    answer = door.post("/export/", sent)
    assert (answer.status_code, answer.streaming, answer["Content-Type"]) == (200, True, "application/zip")
    assert re.fullmatch(r'attachment; filename="onward-[\d-]{10}-locked\.zip"', answer["Content-Disposition"])
    made = b"".join(answer)
    assert not any(word in made for word in (b"canary", b"heliotrope", b"entries", b"2026-11.md"))
    [(inside, plain)] = unlocked(made, PHRASE).items()
    assert re.fullmatch(rf"onward-[\d-]{{10}}\.{FORMATS[name].ending}", inside)
    assert "canary" in unpacked(plain)
    with pytest.raises(RuntimeError, match="Bad password"):
        unlocked(made, PHRASE + ".")


@pytest.mark.parametrize(
    ("phrase", "again", "said"),
    [
        ("too short", "too short", "A little longer"),
        ("x" * 1001, "x" * 1001, "Longer than any program takes"),
        (PHRASE, PHRASE + "!", "These two are not the same"),
        (PHRASE, "", "These two are not the same"),
        ("", PHRASE, "These two are not the same"),
    ],
)
def test_a_passphrase_that_would_not_hold_is_said(ada: User, door: Client, phrase: str, again: str, said: str) -> None:
    answer = door.post("/export/", {"format": "json", "kind": "win", "passphrase": phrase, "passphrase_again": again})
    assert (answer.status_code, answer.streaming) == (422, False)
    text = answer.content.decode()
    assert said in text
    assert not any(words and words in text for words in (phrase, again))


def test_a_passphrase_is_noted_nowhere(ada: User, door: Client, caplog: pytest.LogCaptureFixture) -> None:
    b"".join(door.post("/export/", {"format": "json", "passphrase": PHRASE, "passphrase_again": PHRASE}))
    assert "tangerine" not in caplog.text + str(dict(door.session))


def test_a_locked_file_is_made_page_by_page() -> None:
    """It asks for the next piece only when the one before went out."""
    asked = []

    def chunks() -> Any:
        for number in range(400):
            asked.append(number)
            yield bytes(65536)

    made = locked(chunks(), "onward.zip", PHRASE, NOW)
    next(made)
    assert len(asked) < 10
    made.close()
    whole = b"".join(locked(chunks(), "onward.zip", PHRASE, NOW))
    assert [len(plain) for plain in unlocked(whole, PHRASE).values()] == [400 * 65536]


# Breaking off


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "phrase"), [*((name, "") for name in FORMATS), ("json", PHRASE), ("pages", PHRASE)])
def test_a_download_that_breaks_off_begins_again(
    ada: User, door: Client, name: str, phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        make.entry(ada, f"entry {number} {'x' * 3000}", on=date(2026, 1 + number, 1), themes=["sauces"])
    monkeypatch.setattr(pages, "PAGE", 2)
    sent = {"format": name, "passphrase": phrase, "passphrase_again": phrase}
    broken = door.post("/export/", sent)
    next(iter(broken.streaming_content))  # type: ignore[attr-defined]
    broken.close()
    assert connection.get_autocommit()
    assert not connection.in_atomic_block
    with transaction.atomic():
        make.entry(ada, "meanwhile")
    whole = b"".join(door.post("/export/", sent))
    if phrase:
        [whole] = unlocked(whole, phrase).values()
    text = unpacked(whole)
    assert all(f"entry {number} " in text for number in range(6))
    assert "meanwhile" in text
    assert Entry.objects.of(ada).count() == 7


def test_a_choice_of_nothing_is_a_whole_file(ada: User) -> None:
    make.entry(ada, "soup")
    for form in FORMATS.values():
        made = b"".join(form.chunks(ada, NOW, Choice(last=date(2001, 1, 1))))
        assert "soup" not in (unpacked(made) if made else "")
