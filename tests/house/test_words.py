"""No printed word shames anybody (docs: STYLE.md, Words)."""

import ast
import re
from pathlib import Path

import pytest

from tests.house import tree

SHAMING = r"""\bfail(ed|ure|ures|ing|s)?\b|\bstreaks?\b|\bmissed\b|\boverdue\b|\bincomplete\b|\bshould\b|\bnudges?\b|\bbaby steps?\b
|\bmistakes?\b|\bwrong with you\b|\btry harder\b|\blazy\b|\bshame\b|\bguilty?\b|\bperfect(ly)?\b|\bpercent(ile)?s?\b|\brank(s|ed|ing)?\b
|\bscores?\b|\bdon[’']t break\b|\bdid i do wrong\b|\bdid you do wrong\b|\bwe missed you\b|\bgreat job\b|\bwell done\b|\bsubmit\b|\binvalid\b
|\boops\b|\bsorry\b|\bunfortunately\b|\bplease try again\b|\bmust\b|[!%]|[\U0001F300-\U0001FAFF]"""
RULE = re.compile(SHAMING.replace("\n", ""), re.I)
JUST = re.compile(r"(^|[.?:;]\s+)just\s+\w+", re.I)
# The one page that names what Onward will never do.
PROMISES = {"Count a streak."}


def printed(path: Path) -> list[str]:
    """The sentences of a template that a person can come to read."""
    text = tree.without_comments(path.read_text())
    found = re.findall(r"{%-?\s*translate\s+(?:\"([^\"]*)\"|'([^']*)')", text)
    blocks = re.findall(r"{%-?\s*blocktranslate\b.*?%}(.*?){%\s*endblocktranslate\s*%}", text, flags=re.S)
    # What a variable stands for is not ours to judge; the markup of a sentence is not printed.
    clean = [re.sub(r"{{.*?}}|{%.*?%}|<[^>]*>", " ", block) for block in blocks]
    return [a or b for a, b in found] + clean


def spoken(path: Path) -> list[str]:
    """The sentences in Python that go through gettext."""
    names = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]
    texts = [arg.value for call in said for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return [re.sub(r"%\(\w+\)[sd]", " ", text) for text in texts]


def shaming(sentences: list[str]) -> list[str]:
    return [text for text in sentences if text not in PROMISES and (RULE.search(text) or JUST.search(text))]


@pytest.mark.parametrize("path", tree.templates(), ids=tree.named)
def test_no_page_or_letter_shames(path: Path) -> None:
    assert shaming(printed(path)) == []


@pytest.mark.parametrize("path", tree.python(), ids=tree.named)
def test_no_sentence_in_the_code_shames(path: Path) -> None:
    assert shaming(spoken(path)) == []


@pytest.mark.parametrize("path", sorted((tree.ROOT / "templates").rglob("*.txt")), ids=tree.named)
def test_no_plain_letter_shames(path: Path) -> None:
    assert shaming([re.sub(r"{{.*?}}|{%.*?%}", " ", line) for line in path.read_text().splitlines()]) == []


def test_the_rule_sees_what_it_is_for() -> None:
    bad = ["You should write", "3 missed days", "Well done", "Just do it", "5-day streak", "80% there", "Great!"]
    assert shaming(bad) == bad
    assert shaming(["That will do.", "Or just write", "A bead where you wrote."]) == []
