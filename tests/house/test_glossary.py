"""docs/glossary.md: every name is where it says, and no model of ours is missing."""

import re
from functools import reduce
from importlib import import_module

from django.apps import apps

from tests.house import tree

TEXT = (tree.ROOT / "docs" / "glossary.md").read_text()
ROWS: list[tuple[str, str]] = re.findall(r"^\|[^|]*\| `([\w.]+)` \| `([\w/]+\.py)` \|[^|]*\|$", TEXT, re.M)
MODELS = [model for app in ("accounts", "journal", "reminders") for model in apps.get_app_config(app).get_models()]


def stands(name: str, path: str) -> bool:
    """Where it is made, not only brought in."""
    found = import_module(path.removesuffix(".py").replace("/", "."))
    try:
        thing = reduce(getattr, name.split("."), found)
    except AttributeError:
        return False
    return getattr(thing, "__module__", found.__name__) == found.__name__


def test_every_row_is_read() -> None:
    heads = TEXT.count("|---|---|---|---|")
    assert len(ROWS) == len(re.findall(r"^\|", TEXT, re.M)) - 2 * heads


def test_every_name_is_where_it_says() -> None:
    assert [(name, path) for name, path in ROWS if not stands(name, path)] == []


def test_every_model_stands_in_it_once() -> None:
    models = {(model.__name__, f"{model.__module__.replace('.', '/')}.py") for model in MODELS}
    assert models - set(ROWS) == set()
    assert len(ROWS) == len(set(ROWS))
