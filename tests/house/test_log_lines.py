"""docs/operating.md explains each line that tells an operator of something wrong, and none that is gone."""

import ast
import re
from collections.abc import Iterator

from tests.house import tree

TEXT = (tree.ROOT / "docs" / "operating.md").read_text()
TABLE = TEXT.partition("## Log lines\n")[2].partition("\n## ")[0]
GRAVE = {"log.warning", "log.error", "log.exception", "log.critical"}
# Django's own, by the status of an answer.
ANSWERS = {"Not Found", "Forbidden", "Internal Server Error"}


def said() -> Iterator[str]:
    """The words of each grave line, up to the first that is filled in."""
    for path in tree.python():
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in GRAVE
                and isinstance(node.args[0], ast.Constant)
            ):
                yield re.split(r":? ?%", node.args[0].value)[0]


def test_every_grave_line_is_explained() -> None:
    lines = set(said())
    assert len(lines) > 25
    assert sorted(line for line in lines if f"`{line}" not in TABLE) == []


def test_every_line_that_is_explained_can_be_said() -> None:
    code = "\n".join(path.read_text() for path in tree.python())
    explained = [
        words for row in re.findall(r"^\| (`.+?`[^|]*) \|", TABLE, re.M) for words in re.findall(r"`(.+?)`", row)
    ]
    assert len(explained) > 30
    begun = {re.split(r" […<]", words)[0] for words in explained} - ANSWERS
    assert sorted(words for words in begun if words not in code) == []
