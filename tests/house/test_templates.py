"""Pages hold no inline code or style, mark nothing as safe, and every form works without a script."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.utils.translation.template import templatize
from jinja2 import StrictUndefined

from tests.house import tree

FORBIDDEN = {
    "an inline style": r"\sstyle=",
    "a style block": r"<style",
    "an inline handler": r"\son[a-z]+=",
    "a script in the page": r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")",
    "a script that is evaluated": r"hx-on|js:|hx-trigger=\"[^\"]*\[",
    "something marked safe": r"\|\s*safe\b|autoescape (off|false)|mark_safe",
    "another place on the web": r"(src|href|action)=\"https?://",
}


@pytest.mark.parametrize("path", tree.pages(), ids=tree.named)
def test_a_page_holds_nothing_that_the_policy_forbids(path: Path) -> None:
    text = tree.without_comments(path.read_text())
    assert [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("path", tree.pages(), ids=tree.named)
def test_every_form_says_where_and_how_and_carries_its_token(path: Path) -> None:
    text = tree.without_comments(path.read_text())
    wrong = []
    for form in re.findall(r"<form\b.*?</form>", text, flags=re.S):
        tag = form[: form.index("</form>")].split("\n<", 1)[0]
        method = re.search(r'method="(\w+)"', tag)
        if not method or "action=" not in tag:
            wrong.append("a form without method or action")
        elif method[1] == "post" and "csrf_token" not in form and "no token:" not in path.read_text():
            wrong.append("a post without its token")
        elif "hx-get=" in tag and "csrf_token" in form and "not csrfmiddlewaretoken" not in tag:
            wrong.append("a token in an address")
    assert wrong == []


@pytest.mark.parametrize("path", tree.pages(), ids=tree.named)
def test_every_button_says_what_it_is(path: Path) -> None:
    text = tree.without_comments(path.read_text())
    assert [tag for tag in re.findall(r"<button\b[^>]*", text) if "type=" not in tag] == []


@pytest.mark.parametrize("path", tree.pages(), ids=tree.named)
def test_a_box_for_words_runs_in_the_direction_of_its_script(path: Path) -> None:
    text = re.sub(r"{%.*?%}|{{.*?}}", "", tree.without_comments(path.read_text()), flags=re.S)
    boxes = re.findall(r'<textarea\b[^>]*|<input\b[^>]*type="(?:text|search)"[^>]*', text)
    assert [box for box in boxes if "dir=" not in box] == []


@pytest.mark.parametrize("path", tree.pages(), ids=tree.named)
def test_every_printed_word_can_be_translated(path: Path) -> None:
    """Outside of translate and blocktranslate nothing but the product's name and marks is printed."""
    text = tree.without_comments(path.read_text())
    text = re.sub(r"{%-?\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}", "", text, flags=re.S)
    # The name of a layout is no word of the page.
    text = re.sub(r"{% block main_class %}.*?{% endblock %}", "", text)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
    text = re.sub(r"<!doctype[^>]*>|<[^>]*>", " ", text, flags=re.S | re.I)
    text = re.sub(r"&\w+;|Onward|JSON|CSV|Markdown|ZIP", "", text)
    assert re.findall(r"[^\W\d_]{2,}", text) == []


# Each draws a picture of numbers, or escapes every piece of a text itself (tests/journal/test_folding.py).
WRITES_HTML = {"journal/almanac.py", "journal/export/archive_head.py", "journal/marks.py", "journal/plot.py"}


def test_no_code_marks_a_text_as_safe() -> None:
    found = [tree.named(path) for path in tree.python() if re.search(r"mark_safe|\|safe|\bMarkup\(", path.read_text())]
    assert found == []
    assert {tree.named(path) for path in tree.python() if "SafeString(" in path.read_text()} == WRITES_HTML


def test_a_box_for_words_runs_as_they_do() -> None:
    boxes = [
        tag
        for path in tree.pages()
        for tag in re.findall(r'<(?:textarea|input[^>]*type="text")[^>]*', path.read_text())
    ]
    assert [tag for tag in boxes if "dir=" not in tag] == []
    assert len(boxes) > 10


def test_what_shows_an_entry_asks_for_its_text() -> None:
    """`text` has no words where a letter is closed; `body` is for what writes them, and for fields of forms."""
    pages = [(path, r"(?<!form)\.body\b") for path in tree.pages()]
    keeps = ("models", "forms", "demo")
    code = [(path, r"\w\.body\b") for path in tree.python("journal") if not set(keeps) & set(path.parts)]
    found = [tree.named(path) for path, pattern in pages + code if re.search(pattern, path.read_text())]
    assert found == []


@pytest.mark.parametrize("path", tree.compiled(), ids=tree.named)
def test_every_sentence_of_a_compiled_template_is_found_by_makemessages(path: Path) -> None:
    text = tree.without_comments(path.read_text())
    read = set(re.findall(r'_\("([^"]*)"\)', templatize(text)))
    assert set(re.findall(r'\b_\("([^"]*)"', text)) - read == set()
    assert len(re.findall(r"\b_\(", text)) == len(re.findall(r'\b_\("[^"]*"\)', text))


@pytest.mark.parametrize("path", tree.compiled(), ids=tree.named)
def test_a_compiled_template_says_nothing_outside_of_what_is_called_for_a_page(path: Path) -> None:
    """What a module says by itself is said once in the life of a process: in one language, to whoever came first."""
    text = tree.without_comments(path.read_text())
    if "{% macro" in text:
        outside = re.sub(r"{% macro .*?{% endmacro %}", "", text, flags=re.S)
        assert re.sub(r'{% from "[^"]+" import \w+ %}', "", outside).strip() == ""


def test_a_compiled_template_escapes_and_takes_no_name_that_nobody_gave() -> None:
    environment = engines["jinja2"].env
    assert (environment.autoescape, environment.undefined) == (True, StrictUndefined)
    assert environment.from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"
