"""A view asks for rows of somebody: whoever forgets whose they are fails here, before anybody sees them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import tree

# Found by a signed or secret word in the address, or nobody’s at all; each is a query of its own, looked at by hand.
OF_NOBODY = {"Leaving.objects.select_related", "Schedule.objects.stopped_by", "Heartbeat.objects.exists"}
# The last three belong to what was found as somebody’s.
SOMEBODY = ("request.user", "user", "owner", "schedule.owner", "entry.owner", "today.user")
PAST = ("_base_manager", "_default_manager", "raw", "cursor", "connection")
VIEWS = [path for path in tree.python() if "views" in path.parts]


def unscoped(source: str) -> list[str]:
    """Each use of a manager that does not say whose rows it wants, in its first word or as `user=` or `owner=`."""
    nodes = ast.parse(source)
    asked = {id(call.func.value): call for call in ast.walk(nodes) if isinstance(call, ast.Call) and is_method(call)}
    found = [node for node in ast.walk(nodes) if isinstance(node, ast.Attribute)]
    past = [ast.unparse(node) for node in found if node.attr in PAST]
    return past + [said for node in found if node.attr == "objects" for said in wrong(node, asked.get(id(node)))]


def is_method(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute)


def wrong(node: ast.Attribute, call: ast.Call | None) -> Iterator[str]:
    said = ast.unparse(call.func) if call else ast.unparse(node)
    if not call or (said not in OF_NOBODY and not any(whose(word) for word in words(call))):
        yield said


def words(call: ast.Call) -> list[ast.expr]:
    return call.args[:1] + [word.value for word in call.keywords if word.arg in ("user", "owner")]


def whose(word: ast.expr) -> bool:
    return ast.unparse(word) in SOMEBODY or (isinstance(word, ast.Call) and ast.unparse(word.args[-1]) in SOMEBODY)


@pytest.mark.parametrize("path", VIEWS, ids=tree.named)
def test_a_view_says_whose_rows_it_wants(path: Path) -> None:
    assert unscoped(path.read_text()) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Entry.objects.of(request.user).filter(pk=id)", []),
        ("Entry.objects.of(cast(User, request.user))", []),
        ("UserSession.objects.filter(user=request.user)", []),
        ("Entry.objects.filter(pk=id)", ["Entry.objects.filter"]),
        ("Entry.objects.all()", ["Entry.objects.all"]),
        ("get_object_or_404(Entry.objects, pk=id)", ["Entry.objects"]),
        ("Entry.objects.of(id)", ["Entry.objects.of"]),
        ("Entry._base_manager.get(pk=id)", ["Entry._base_manager"]),
        ("get_object_or_404(Entry, pk=id)", []),
    ],
)
def test_what_is_forgotten_is_found(line: str, found: list[str]) -> None:
    assert unscoped(line) == found


def test_no_view_asks_a_model_itself() -> None:
    """`get_object_or_404(Entry, …)` is `Entry.objects` by another name."""
    calls = [call for path in VIEWS for call in ast.walk(ast.parse(path.read_text())) if isinstance(call, ast.Call)]
    got = [call for call in calls if ast.unparse(call.func) in ("get_object_or_404", "get_list_or_404")]
    models = [call for call in got if isinstance(call.args[0], ast.Name) and call.args[0].id[0].isupper()]
    assert [ast.unparse(call) for call in models if not any(whose(word) for word in words(call)[1:])] == []


def test_there_are_views() -> None:
    assert len(VIEWS) > 30
