"""Faces that are cut once more keep each letter and its width."""

from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from fontTools.ttLib import TTFont

from scripts import faces

NAMES = [f"brygada-1918-latin{range}-{slant}.woff2" for range in ("", "-ext") for slant in ("roman", "italic")]


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faces")
    faces.main(faces.SERVED, folder)
    return folder


def widths(path: Path) -> dict[int, int]:
    face: Any = TTFont(path)
    return {sign: face["hmtx"][glyph][0] for sign, glyph in face.getBestCmap().items()}


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_is_as_wide_as_before(name: str, cut: Path) -> None:
    assert widths(cut / name) == widths(faces.SERVED / name)
    assert abs((cut / name).stat().st_size - (faces.SERVED / name).stat().st_size) < 500


@pytest.mark.parametrize("name", NAMES)
def test_a_face_has_signs_of_its_range_alone(name: str) -> None:
    has, may = set(widths(faces.SERVED / name)), set(faces.signs(name))
    assert has - may == set()
    assert len(has) > 100
    # Letters that the faces of the direction have not either.
    assert {chr(sign) for sign in may - has if category(chr(sign)).startswith("L")} - set("ĲĳŉſȘșȚț") == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_face_says_whose_it_is(name: str) -> None:
    assert "The Brygada 1918 Project Authors" in str(TTFont(faces.SERVED / name)["name"].getDebugName(0))


def test_a_face_that_no_rule_names_is_not_cut(tmp_path: Path) -> None:
    (tmp_path / "other.woff2").write_bytes((faces.SERVED / NAMES[0]).read_bytes())
    with pytest.raises(ValueError, match="other.woff2"):
        faces.main(tmp_path, tmp_path)


def test_heavier_letters_are_there_still() -> None:
    face: Any = TTFont(faces.SERVED / NAMES[0])
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in face["fvar"].axes] == [("wght", 400, 600)]
    assert len(face["gvar"].variations["n"]) > 0
