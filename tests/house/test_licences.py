"""docs/licences.md is of today, and nothing comes along under a licence that ours may not bring along."""

import json
import re

import pytest

from scripts import licences
from tests.house import tree

SHIPPED = licences.packages()
ART = sorted(path.name for path in (tree.ROOT / "static" / "img").iterdir())


def compiled(name: str) -> list[str]:
    """What the bill of materials of a package says of its inner parts, on this machine."""
    package = licences.installed(name)
    bills = [
        file for file in (package.files or [] if package else []) if re.search(r"/sboms/.*cyclonedx\.json$", str(file))
    ]
    parts = [part for bill in bills for part in json.loads(bill.read_text())["components"]]
    said = [row.get("expression") or row["license"].get("id", "") for part in parts for row in part.get("licenses", [])]
    return [" ".join(expression.split()) for expression in said]


def test_the_page_is_what_make_licences_writes() -> None:
    assert licences.PAGE.read_text() == licences.page(SHIPPED)


def test_every_package_is_under_a_licence_that_may_come_along() -> None:
    assert [(name, licence) for name, _, licence in SHIPPED if not licences.accepted(licence)] == []


def test_what_is_compiled_into_a_package_may_come_along_too() -> None:
    inner = {(package.name, licence) for package in SHIPPED for licence in compiled(package.name)}
    assert {name for name, _ in inner} == {"cryptography", "granian", "orjson", "typst"}
    assert [part for part in sorted(inner) if not licences.accepted(part[1])] == []


def test_what_was_read_by_hand_is_still_shipped() -> None:
    assert set(licences.READ) - {package.name for package in SHIPPED} == set()


@pytest.mark.parametrize("folder", ["static/fonts", "journal/export/fonts"])
def test_every_face_lies_beside_its_licence(folder: str) -> None:
    names = {path.suffix for path in (tree.ROOT / folder).iterdir()} - {".md"}
    assert ".txt" in names and names <= {".txt", ".ttf", ".woff2"}
    assert f"`{folder}/`" in licences.PAGE.read_text()
    assert f"{folder}: " in (tree.ROOT / "LICENSE").read_text()


def test_every_picture_that_is_not_ours_is_named() -> None:
    ours = "art.svg branch.svg cup.svg hero.svg letter.svg mark.svg seam.svg still.svg".split()
    ours += [f"onward-{size}.png" for size in ("192", "192-maskable", "512", "512-maskable")]
    assert sorted([*ours, "icons.svg", "LUCIDE-LICENSE.txt"]) == ART


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("MPL-2.0 AND (Apache-2.0 OR GPL-3.0-only)", True),
        ("(GPL-2.0-only OR GPL-3.0-only) AND MIT", False),
        ("MIT AND Apache-2.0 OR GPL-3.0-only", True),
        ("", False),
    ],
)
def test_of_or_one_is_enough_and_of_and_none_may_be_missing(expression: str, may: bool) -> None:
    assert licences.accepted(expression) is may


def test_a_package_that_nobody_has_read_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(licences.READ, "vine")
    with pytest.raises(SystemExit, match="vine does not say its licence plainly"):
        licences.licence("vine")
