"""Faces that are cut once more keep each letter and its width."""

from pathlib import Path
from typing import Any

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
    if "ext" not in name:
        assert {ord(sign) for sign in "Onward’s “é” — ½ & ß 0123456789"} <= has


def test_heavier_letters_are_there_still() -> None:
    face: Any = TTFont(faces.SERVED / NAMES[0])
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in face["fvar"].axes] == [("wght", 400, 600)]
    assert len(face["gvar"].variations["n"]) > 0
