"""What somebody typed, out of the mail that came back: exactly that, whichever program wrote it."""

import string
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reminders import mime, reading, things
from tests.reminders.programs import LANGUAGES, OURS, PROGRAMS, US, Language, Letter, Reply, _plain

THREE = ["Rang my sister back.", "Let Karim plate the last forty, and said so.", "Went to bed at eleven."]
SIGNATURE = "Ada Example\nEine Straße 1, 12345 Berlin"


@pytest.fixture(autouse=True)
def known(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = US
    settings.INBOUND_DOMAIN = "in.onward.example"
    settings.ONWARD_URL = "https://onward.example"


def things_of(reply: Reply) -> list[str]:
    return reading.things_in(mime.read(reply.bytes(("From", "ada@example.com"), ("Subject", "Re: Three things"))))


def plain(words: str) -> list[str]:
    return things_of(_plain(words, ""))


@pytest.mark.parametrize("signature", ["", SIGNATURE], ids=["bare", "signed"])
@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_three_lines_are_three_things(program: Callable[..., Reply], language: Language, signature: str) -> None:
    if signature and program.__name__ in ("apple", "outlook", "outlook_mobile"):
        # These sign without a sign: nobody can tell the end of the words from the signature.
        signature = ""
    assert things_of(program(THREE, language, signature)) == THREE


# Any words


def is_own(line: str) -> bool:
    """Not what a program draws, and not a mark of a list: those are taken off where nobody could tell."""
    visible = any(char.isalnum() for char in line)
    return visible and line == line.strip() and not things.NUMBER.match(line) and not things.BULLET.match(line)


LINE = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\xa0"), min_size=1, max_size=200)
SPOKEN = st.text(string.ascii_letters + "     ,.’", min_size=60, max_size=400).map(str.strip)
TYPED = st.lists((LINE | SPOKEN).map(str.strip).filter(is_own), min_size=3, max_size=3)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
@example(typed=["> and then I quoted myself", "From: my sister", "On Sunday she wrote: well done"])
@example(typed=["Wrote to them at 10:30:", "Sent: two letters", "To: my aunt"])
def test_any_three_lines_come_back_equal(program: Callable[..., Reply], language: Language, typed: list[str]) -> None:
    assert things_of(program(typed, language)) == typed


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists((LINE | SPOKEN).map(str.strip).filter(lambda line: line and line == line.strip()), min_size=3, max_size=3))
@example(typed=["1. first", "- second", "Sent from my iPhone"])
def test_any_three_numbered_things_come_back_equal(program: Callable[..., Reply], typed: list[str]) -> None:
    numbered = [f"{number}. {line}" for number, line in enumerate(typed, 1)]
    assert things_of(program(numbered, LANGUAGES["English"])) == typed
