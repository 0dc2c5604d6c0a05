"""Colours are tokens, every pair that is used can be read, and the sheets stay small."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from config import styles
from tests.house import tree

TOKENS = tree.ROOT / "static" / "css" / "tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)")


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of a colour such as #1f2b36 or #fff."""
    digits = colour.lstrip("#")
    digits = "".join(char * 2 for char in digits) if len(digits) in (3, 4) else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on(names: str, grounds: str, least: float) -> list[tuple[str, str, float]]:
    return [(name, ground, least) for name in names.split() for ground in grounds.split()]


USED = [
    *on("ink ink-soft ink-faint glaze", "page desk recess", 4.5),
    *on("on-action", "action action-hover", 4.5),
    *on("action", "page desk", 3),
    *on("gold-ink", "page desk gold-wash", 4.5),
    *on("ink ink-soft glaze", "gold-wash dusk-wash", 4.5),
    *on("clay-ink", "page desk clay-wash", 4.5),
    *on("ink ink-soft", "clay-wash", 4.5),
    *on("dusk-ink", "page desk dusk-wash", 4.5),
    *on("ink ink-soft glaze ink-faint", "glaze-wash", 4.5),
    *on("error-ink", "page desk error-wash", 4.5),
    *on("ink", "error-wash", 4.5),
    *on("edge focus", "page desk recess", 3),
    *on("focus", "gold-wash clay-wash dusk-wash glaze-wash", 3),
    *on("art-on-leaf", "art-leaf", 3),
    *on("art-ink", "page desk", 3),
    *on("dusk", "page", 3),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(theme: str) -> None:
    colours = {name: (light if theme == "light" else dark) for name, light, dark in PAIR.findall(TOKENS.read_text())}
    assert [pair for pair in USED if contrast(colours[pair[0]], colours[pair[1]]) < pair[2]] == []


@pytest.mark.parametrize("path", [path for path in tree.styles() if path != TOKENS], ids=tree.named)
def test_no_colour_is_written_outside_the_tokens(path: Path) -> None:
    """But for paper in print, which is white."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    colours = re.findall(r"(?<![\w/.-])#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text)
    assert [colour for colour in colours if not (path.name == "print.css" and colour == "#fff")] == []


@pytest.mark.parametrize("path", tree.styles(), ids=tree.named)
def test_a_stylesheet_fits_on_a_few_screens(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 150


def test_a_family_has_one_face_of_each_slant() -> None:
    """Each further one costs every size of a page a question to the system (docs/decisions/0008)."""
    faces = re.findall(r"@font-face \{(.*?)\}", (tree.ROOT / "static" / "css" / "base.css").read_text())
    slants = [(re.findall(r'font-family: "(.*?)"', face)[0], "italic" in face) for face in faces]
    assert len(slants) == len(set(slants)) == 4
    assert {family for family, _ in slants} <= set(re.findall(r'"(.*?)"', TOKENS.read_text()))


def test_two_sheets_hold_all_the_small_ones_in_the_order_of_the_layers() -> None:
    sheet, further = styles.joined(), styles.joined(styles.FURTHER)
    assert sheet.startswith("@layer reset,tokens,base,layout,components,pages,utilities;")
    assert further.startswith("@layer pages{")
    assert sorted(styles.sources() + styles.further() + styles.by_themselves()) == tree.styles()
    assert "url(../../" not in sheet + further
    assert (sheet + further).count("{") == (sheet + further).count("}")


@pytest.mark.parametrize("name", styles.SHEETS)
def test_a_sheet_loses_nothing_that_a_browser_needs(name: str) -> None:
    """Each declaration is there as often as it is written, in its order."""
    parts = re.compile(r"[{};]")
    written = "\n".join(path.read_text() for path in styles.SHEETS[name]()).replace("url(../../", "url(../")
    whole = [_bare(part) for part in parts.split(re.sub(r"/\*.*?\*/", "", written, flags=re.S))]
    sheet = [_bare(part) for part in parts.split(styles.joined(name))]
    assert [one for one in sheet if one and not one.startswith("@layer")] == [
        one for one in whole if one and not one.startswith("@layer")
    ]


def test_the_first_sheet_leaves_room_for_a_face_in_its_journey() -> None:
    """Twenty packets, 29.2 KB, are the second journey of a connection, and a page needs the upright face as well."""
    face = (tree.ROOT / "static" / "fonts" / "brygada-1918-latin-roman.woff2").read_bytes()
    sheet, further = (len(brotli.compress(styles.joined(name).encode())) for name in (styles.NAME, styles.FURTHER))
    assert sheet + len(face) <= 27_500
    assert sheet + further <= 18 * 1024


def test_the_one_script_holds_all_the_small_ones_each_with_its_names_to_itself() -> None:
    written = [path.read_text() for path in styles.scripts()]
    lines = [line.strip() for text in written for line in text.splitlines()]
    assert styles.script().splitlines() == [line for line in lines if line and not line.startswith("//")]
    assert [line for line in lines if line.count("`") % 2] == []
    assert len(written) > 1
    assert [one for one in written if not re.fullmatch(r"(//.*\n)+\(\(\) => \{\n.*\}\)\(\);\n", one, re.S)] == []


def test_what_every_page_runs_weighs_no_more_than_17_kilobytes() -> None:
    names = ("django_htmx/htmx-2.min.js", styles.SCRIPT, "js/later.js")
    scripts = [Path(str(finders.find(name))).read_bytes() for name in names]
    assert sum(len(brotli.compress(one)) for one in scripts) <= 17 * 1024


def _bare(part: str) -> str:
    return re.sub(r"\s*,\s*", ",", re.sub(r"(?<=[\w-]):\s+", ":", " ".join(part.split())))
