"""Release notes are the words of CHANGELOG.md."""

import re

import pytest

from scripts import notes
from tests.running import ROOT

CHANGES = """# Changes

## Unreleased
- A page can be turned.

## 0.2.0 (2026-12-01)
- A line of two
  lines.
- Another.

## 0.1.0 (2026-11-01)
- The first.
"""


@pytest.mark.parametrize("version", ["0.2.0", "v0.2.0"])
def test_a_version_brings_what_stands_under_its_name(version: str) -> None:
    assert notes.of(version, CHANGES) == "- A line of two\n  lines.\n- Another."


def test_what_has_no_version_yet_and_the_oldest_are_whole() -> None:
    assert notes.of("Unreleased", CHANGES) == "- A page can be turned."
    assert notes.of("0.1.0", CHANGES) == "- The first."


def test_a_version_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(notes.Unknown) as error:
        notes.of("0.3.0", CHANGES)
    assert str(error.value) == "CHANGELOG.md says nothing of 0.3.0. It knows: Unreleased, 0.2.0, 0.1.0."


def test_our_own_changes_begin_with_what_comes_next_and_every_line_is_one_of_a_list() -> None:
    found = notes.sections((ROOT / "CHANGELOG.md").read_text())
    assert next(iter(found)) == notes.UNRELEASED
    odd = [line for text in found.values() for line in text.splitlines() if not re.match(r"- \S|  \S", line)]
    assert odd == []
