"""Rows that were made at the same instant stand in the same order every time."""

import ast
from pathlib import Path

import pytest

from tests.house import tree

PATHS = tree.python("journal")


def _orders(path: Path) -> list[list[str]]:
    """What each `.order_by(…)` and `Meta.ordering` of a file names, as far as it is written there in words."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    asked = [node.args for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".order_by")]
    meant = [
        node.value for node in nodes if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering"
    ]
    lists = [*asked, *(value.elts for value in meant if isinstance(value, ast.List))]
    return [[one.value for one in found if isinstance(one, ast.Constant)] for found in lists]


@pytest.mark.parametrize("path", PATHS, ids=tree.named)
def test_an_instant_does_not_end_an_order(path: Path) -> None:
    assert [names for names in _orders(path) if names and names[-1].lstrip("-") == "created_at"] == []


def test_the_rule_sees_both_kinds(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text('ordering = ["on", "created_at"]\nrows.all().order_by("-created_at").first()\nrows.order_by("on")\n')
    assert sorted(_orders(bad)) == [["-created_at"], ["on"], ["on", "created_at"]]
