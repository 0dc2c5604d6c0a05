"""Views and forms reach rows only through their owner."""

import re
from pathlib import Path

import pytest

from journal import models
from tests.house import tree

PATHS = [path for path in tree.python("journal") if {"views", "forms"} & set(path.parts)]
OWNED = rf"\b({'|'.join(models.__all__)})"


@pytest.mark.parametrize("path", PATHS, ids=tree.named)
def test_a_view_asks_only_for_the_rows_of_somebody(path: Path) -> None:
    asked = re.findall(OWNED + r"\.(?:_default_manager|_base_manager|objects)\.(\w+)", path.read_text())
    assert [pair for pair in asked if pair[1] not in ("of", "removed", "is_free")] == []
