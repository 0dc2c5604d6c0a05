"""Today and the Journal are whole with the sheet that they wait for: what they draw is styled there."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from config import styles
from tests.house import tree

TEMPLATES = tree.ROOT / "templates"
ROOTS = ["base.html", "journal/today/index.html", "journal/entries/index.html", "journal/entries/search.html"]
NAMED = re.compile(r'"([\w/-]+\.(?:html|jinja))')
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


@cache
def tags() -> dict[str, list[str]]:
    """The templates that each of our tags draws."""
    found: dict[str, list[str]] = {}
    for path in tree.ROOT.glob("*/templatetags/*.py"):
        for part in re.split(r"\n(?=@register)", path.read_text()):
            for name in re.findall(r"^def (\w+)", part, re.M)[:1]:
                found[name] = NAMED.findall(part)
    return found


def drawn() -> Iterator[str]:
    """Those templates, what they include and what the tags in them draw."""
    waiting, seen = list(ROOTS), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or not (TEMPLATES / name).exists():
            continue
        seen.add(name)
        text = (TEMPLATES / name).read_text()
        waiting += NAMED.findall(text)
        waiting += [of for tag in re.findall(r"\{%-?\s*(\w+)", text) for of in tags().get(tag, [])]
        yield name


def classes(paths: list[Path]) -> set[str]:
    return {name for path in paths for name in CLASS.findall(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S))}


DRAWN = sorted(drawn())


def test_it_is_known_what_is_drawn() -> None:
    assert len(DRAWN) > 60
    assert {"ui/entry.jinja", "reminders/offer/card.html", "journal/steps/card.html"} <= set(DRAWN)


@pytest.mark.parametrize("name", DRAWN)
def test_what_the_two_pages_draw_is_styled_by_the_first_sheet(name: str) -> None:
    elsewhere = classes(styles.further()) - classes(styles.sources())
    used = {word for said in re.findall(r'class="([^"]*)"', (TEMPLATES / name).read_text()) for word in said.split()}
    assert used & elsewhere == set()
