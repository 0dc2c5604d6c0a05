"""A sentence of its own through every form, file, letter, reply and error is found nowhere outside: not in a database,
its journal or log, the broker, a log, a mail, a process, a browser. With sealing off the same search finds it.

The same on both databases in Chromium as well: `make soak ONLY=secrecy`.
"""

from pathlib import Path

import pytest

from tests.walks.canary import BEGINS, WORD, Canaries, is_in, looks_of
from tests.walks.crawl import Field, Form
from tests.walks.secrecy import walked


@pytest.mark.services
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_no_word_is_readable_outside(engine: str, tmp_path: Path) -> None:
    found = walked(engine, tmp_path)
    assert sorted(set(found.hits)) == []
    assert (found.sentences >= 75, found.places > 1000) == (True, True), found


@pytest.mark.services
def test_with_sealing_off_the_search_finds_it(tmp_path: Path) -> None:
    found = walked("sqlite", tmp_path, "tests.walks.unsealed")
    assert {"file onward.sqlite3", "dumpdata"} <= set(found.hits)


@pytest.mark.parametrize("word", [BEGINS, WORD])
def test_every_coding_of_the_words_is_seen_within_other_bytes(word: str) -> None:
    assert len(looks_of(word)) > 10
    assert [look for look in looks_of(word) if not is_in(b"\x00x" + look + b"x\x00")] == []
    assert not is_in("Heliotropes and a tamarisk in blue and white")


def test_each_field_of_each_form_has_a_sentence_of_its_own() -> None:
    words, form = Canaries(), Form("post", "/entries/")
    said = [words(form, Field(name, "text")) for name in ("body", "themes", "body")]
    assert (said[0] != said[1], said[0] == said[2], words.places) == (
        True,
        True,
        {"/entries/ body": 0, "/entries/ themes": 1},
    )
