"""No printed word shames anybody (docs: STYLE.md, Words)."""

import ast
import re
from pathlib import Path

import pytest

from journal.prompts.questions import ALL
from tests.house import tree

SHAMING = r"""
fail(ed|ure|ures|ing|s)? streaks? missed overdue incomplete should nudges? baby\ steps? mistakes?
wrong\ with\ you try\ harder
lazy shame guilty? perfect(ly)? percent(ile)?s? rank(s|ed|ing)? scores? don[’']t\ break did\ (i|you)\ do\ wrong
great\ job well\ done submit invalid oops sorry unfortunately please\ try\ again must
"""
WORDS = "|".join(rf"\b{word}\b" for word in re.split(r"(?<!\\)\s+", SHAMING.strip()))
RULE = re.compile(rf"{WORDS}|[!%]|[\U0001F300-\U0001FAFF]", re.I)
JUST = re.compile(r"(^|[.?:;]\s+)just\s+(?!now\b)\w+", re.I)
# The one page that names what Onward will never do.
PROMISES = {"Count a streak."}


def printed(path: Path) -> list[str]:
    """The sentences of a template that a person can come to read."""
    text = tree.without_comments(path.read_text())
    found = re.findall(r"{%-?\s*translate\s+(?:\"([^\"]*)\"|'([^']*)')", text)
    found += re.findall(r"\b_\(\s*(?:\"([^\"]*)\"|'([^']*)')", text) if path.suffix == ".jinja" else []
    blocks = re.findall(r"{%-?\s*blocktranslate\b.*?%}(.*?){%\s*endblocktranslate\s*%}", text, flags=re.S)
    # What a variable stands for is not ours to judge; the markup of a sentence is not printed.
    clean = [re.sub(r"{{.*?}}|{%.*?%}|<[^>]*>", " ", block) for block in blocks]
    return [re.sub(r"%\(\w+\)s", " ", a or b) for a, b in found] + clean


def spoken(path: Path) -> list[str]:
    """The sentences in Python that go through gettext."""
    names = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]
    texts = [
        arg.value for call in said for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    ]
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


def test_every_question_is_among_the_sentences_that_are_read() -> None:
    read = {text for path in tree.python("journal/prompts") for text in spoken(path)}
    assert {str(words) for words in ALL.values()} - read == set()


def test_the_rule_sees_what_it_is_for() -> None:
    bad = ["You should write", "3 missed days", "Well done", "Just do it", "5-day streak", "80% there", "Great!"]
    assert shaming(bad) == bad
    assert shaming(["That will do.", "Or just write", "A bead where you wrote."]) == []
