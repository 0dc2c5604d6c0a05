"""If today is too heavy, and how words are kept: both open to everybody."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from accounts.people import read
from config.preparation import prepare
from tests.make import NOON

FILE = """
[GB]
country = "United Kingdom"
people = [{ who = "Night line, any hour", call = "+44 1632 960 001" }]

[PT]
country = "Portugal"
people = [
  { who = "In danger, or someone near you is", call = "112" },
  { who = "Linha <da noite>", call = "(+351) 555-0100" },
]

[everywhere]
people = [{ who = "The house phone", call = "555-0199" }]
"""
ODD = {
    "no file": None,
    "no TOML": "[PT",
    "nobody": "[PT]\npeople = []",
    "no people": "[PT]\ncountry = 'Portugal'",
    "no number": "[PT]\npeople = [{ who = 'Somebody' }]",
    "no digits": "[PT]\npeople = [{ who = 'Somebody', call = 'soon' }]",
    "a list of words": "[PT]\npeople = ['Somebody']",
    "no tables": "people = 3",
    "not text": b"\xff\xfe\x00",
}


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "people.toml"
    path.write_text(FILE)
    settings.ONWARD_HELP_FILE = str(path)
    return path


def calls(client: Client) -> list[str]:
    return re.findall(r'href="tel:([^"]+)"', client.get("/help/").content.decode())


def test_without_a_file_one_number_that_is_true_and_words(db: None, client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert calls(client) == ["112"]
    assert "in the European Union, from any phone" in page
    assert "You don’t need the right words. “I’m not all right” will do." in page
    assert "These numbers come from" not in page


def test_a_stranger_sees_the_people_of_the_file(house: Path, db: None, client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert calls(client) == ["5550199", "+441632960001", "112", "+3515550100"]
    assert "Linha &lt;da noite&gt;" in page
    assert "These numbers come from the people who run this place." in page


def test_those_who_are_near_come_before_those_who_are_far(house: Path, ada_client: Client, bea_client: Client) -> None:
    assert calls(ada_client) == ["5550199", "112", "+3515550100", "+441632960001"]
    assert calls(bea_client) == ["5550199", "+441632960001", "112", "+3515550100"]


def test_a_file_that_changes_is_read_anew(house: Path, db: None, client: Client) -> None:
    assert len(calls(client)) == 4
    house.write_text('[everywhere]\npeople = [{ who = "The new line", call = "555-0111" }]')
    assert calls(client) == ["5550111"]


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_an_odd_file_is_named_by_the_check_and_the_page_stands(
    odd: str | bytes | None, house: Path, db: None, client: Client
) -> None:
    house.unlink()
    if odd is not None:
        house.write_bytes(odd if isinstance(odd, bytes) else odd.encode())
    with pytest.raises(ImproperlyConfigured, match=r"^ONWARD_HELP_FILE cannot be read: [^\n]+$"):
        read(house)
    assert [error.id for error in run_checks() if error.id == "accounts.E002"] == ["accounts.E002"]
    assert calls(client) == ["112"]
    with pytest.raises(ImproperlyConfigured, match="^ONWARD_HELP_FILE"):
        prepare(NOON)


def test_how_words_are_kept_is_public_and_honest(db: None, client: Client, settings: Any) -> None:
    settings.ONWARD_OPERATOR, settings.MAKES_RING = "the Harbour Library", True
    page = client.get("/words/").content.decode()
    assert "Whoever runs the server holds its key. Here that is the Harbour Library." in page
    assert "that protects a copied database file, not a copied folder" in page
    for claim in ("end-to-end", "zero-knowledge", "even we", "HIPAA", "anonym"):
        assert claim not in page.lower()
    settings.ONWARD_OPERATOR, settings.MAKES_RING = "", False
    page = client.get("/words/").content.decode()
    assert "Harbour" not in page and "copied folder" not in page


@pytest.mark.parametrize("path", ["/words/", "/help/"])
def test_they_only_read(path: str, db: None, client: Client) -> None:
    assert [client.post(path).status_code, client.head(path).status_code] == [405, 200]
