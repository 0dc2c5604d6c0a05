"""How long a thing may grow before it wants to be two."""

import ast
from pathlib import Path
from statistics import median

import pytest

from tests.house import tree


def functions(path: Path) -> list[tuple[str, int]]:
    nodes = ast.walk(ast.parse(path.read_text()))
    defs = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(node.name, (node.end_lineno or 0) - node.lineno + 1) for node in defs]


@pytest.mark.parametrize("path", tree.python(), ids=tree.named)
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 250


@pytest.mark.parametrize("path", tree.python(), ids=tree.named)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    most = 25 if "views" in path.parts else 40
    assert [(name, lines) for name, lines in functions(path) if lines > most] == []


@pytest.mark.parametrize("path", tree.templates(), ids=tree.named)
def test_a_template_fits_on_a_page(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= (80 if "mail" not in path.parts else 120)


def test_the_median_function_is_small() -> None:
    assert median(lines for path in tree.python() for _, lines in functions(path)) <= 8
