"""What `make audit` makes of a service’s answer. It never says that nothing is known of what it could not ask about."""

import json
from typing import Any

import pytest

from scripts import audit

SHIPPED = {"django"}
WANTED = {"django", "pytest"}
# As pip-audit 2.10 prints them.
CLEAN = {"name": "pytest", "version": "9.2.0", "vulns": []}
LEFT_OUT = {"name": "pytest", "skip_reason": "Dependency not found and could not be audited: pytest (9.2.0)"}
WEAK = {
    "name": "django",
    "version": "5.2.1",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["5.2.2", "6.0.1"], "aliases": [], "description": "…"}],
}


def verdict(*rows: dict[str, Any]) -> tuple[int, str]:
    printed = json.dumps({"dependencies": rows, "fixes": []})
    return audit.verdict(WANTED, SHIPPED, audit.answered(printed))


def test_where_each_was_asked_about_and_nothing_is_known() -> None:
    strong = {"name": "django", "version": "5.2.19", "vulns": []}
    assert verdict(strong, CLEAN) == (0, "Nothing is known against the 2 packages that were asked about.")


def test_what_is_known_is_named_with_what_mends_it_and_whether_it_is_shipped() -> None:
    assert verdict(WEAK, CLEAN) == (1, "django 5.2.1 (shipped): PYSEC-2026-1, mended in 5.2.2, 6.0.1.")


def test_who_was_left_out_is_named_beside_it() -> None:
    code, said = verdict(WEAK, LEFT_OUT)
    assert (code, said.splitlines()[1:]) == (1, ["Nobody could be asked about pytest: nothing is said about them."])


@pytest.mark.parametrize("printed", ["", json.dumps({"dependencies": [LEFT_OUT], "fixes": []})])
def test_where_nobody_answers_nothing_is_said(printed: str) -> None:
    said = "Nobody could be asked. Nothing is said about the 2 packages of requirements-dev.lock."
    assert audit.verdict(WANTED, SHIPPED, audit.answered(printed)) == (2, said)


def test_some_who_were_not_asked_about_are_no_clean_answer() -> None:
    strong = {"name": "django", "version": "5.2.19", "vulns": []}
    assert verdict(strong, LEFT_OUT)[0] == 2


def test_every_pin_of_a_lock_is_wanted_but_for_those_of_another_system() -> None:
    wanted = audit.pins("requirements.lock")
    assert {"django", "psycopg", "whitenoise"} < wanted
    assert "colorama" not in wanted
    assert wanted < audit.pins("requirements-dev.lock")
