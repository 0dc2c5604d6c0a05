"""Every command that a document names stands, takes the words that it is named with, and is run somewhere."""

import re
import shlex
import subprocess
import sys
from functools import cache

import pytest
from django.core.management import CommandParser, get_commands, load_command_class

from tests.commands.documented import BY_HAND, ELSEWHERE, HERE
from tests.running import ROOT

DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "STYLE.md")]
DOCUMENTS += sorted((ROOT / "docs").glob("*.md"))
FIRST = re.compile(r"^(?:\w+=\S+ )*((?:make|celery|python3? -m) [a-zA-Z-].*|make)$")
MANAGE = re.compile(r"(?:^|[\s/])(manage\.py [a-z].*)$")
# What stands for a word of the reader’s own.
OWN = {
    "ADDRESS": "ada@example.com",
    "DATE": "2026-12-06",
    "DIR": "/backup/today",
    "ID": "7",
    "INSTANT": "2026-11-22T18:00:00Z",
    "NAME": "first",
}
ROWS = [*HERE, *BY_HAND, *(name for rows in ELSEWHERE.values() for name in rows)]


def commands(text: str) -> list[list[str]]:
    """What a reader can type, word by word: from code in a line, in a block, or set in."""
    spans = re.sub(r"```.*?```", "", text, flags=re.S)
    lines = [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", spans)]
    for block in [*re.findall(r"```[^\n]*\n(.*?)```", text, re.S), *re.findall(r"^ {4}.*$", spans, re.M)]:
        lines += block.replace("\\\n", " ").splitlines()
    parts = [part.strip() for line in lines for part in re.split(r"&&|[;|]", line.split(" #")[0])]
    found = [FIRST.search(part) or MANAGE.search(part) for part in parts]
    return [shlex.split(match[1]) for match in found if match]


def named() -> list[tuple[str, list[str]]]:
    """Each once, with the document that names it."""
    seen = {shlex.join(words): (path.name, words) for path in DOCUMENTS for words in commands(path.read_text())}
    return list(seen.values())


@cache
def parser(command: str) -> CommandParser:
    return load_command_class(get_commands()[command], command).create_parser("manage.py", command)


def row(words: list[str]) -> str:
    """The name that it has in the table: the program, what it is to do, and a verb where there are some."""
    program, *more = words
    if program == "celery":
        return f"celery {next(word for word in more if word in ('beat', 'worker'))}"
    if program.startswith("python"):
        return f"python -m {more[1]}"
    if program == "manage.py" and more[0] in get_commands():
        verbs = [action.choices for action in parser(more[0])._actions if action.dest == "verb"]
        return " ".join([program, *more[: 2 if verbs and verbs[0] else 1]])
    return " ".join(words[:2])


@pytest.mark.parametrize(("document", "words"), named(), ids=lambda said: shlex.join(said) if said else "")
def test_a_command_of_a_document_has_a_row(document: str, words: list[str]) -> None:
    assert row(words) in ROWS


def asked(words: list[str]) -> list[str]:
    """With words of one’s own in their places: a day may be $day, a word in brackets may be left out."""
    bare = [word for word in words if not word.startswith("[")]
    return [re.sub(r"\$\w+", "today", OWN.get(word, word)) for word in bare]


@pytest.mark.parametrize("words", [words for _, words in named() if words[0] == "manage.py"], ids=shlex.join)
def test_a_command_takes_the_words_that_it_is_named_with(words: list[str]) -> None:
    """One that stands by its name alone is spoken of, not typed."""
    if shlex.join(words) != row(words):
        parser(words[1]).parse_args(asked(words[2:]))


def test_make_takes_what_it_is_named_with() -> None:
    targets = {word for _, words in named() if words[0] == "make" for word in words[1:] if "=" not in word}
    done = subprocess.run(["make", "--dry-run", *sorted(targets)], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", HERE)
def test_what_ends_by_itself_is_run(name: str) -> None:
    """In this environment, so that none is made beside it."""
    more, code, begins = HERE[name]
    here = [f"{variable}={sys.executable} -m" for variable in ("ONWARD", "ONWARD_DEV")]
    words = ["make", "--no-print-directory", *name.split()[1:], *more.split(), *here]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, (done.stdout + done.stderr)[: len(begins)]) == (code, begins)


def test_the_tests_of_the_table_stand() -> None:
    gone = [
        (path, test)
        for path, rows in ELSEWHERE.items()
        for test in rows.values()
        if not re.search(rf"^def {test}\(", (ROOT / path).read_text(), re.M)
    ]
    assert gone == []


def test_a_command_is_found_wherever_it_stands() -> None:
    text = "As `manage.py keys\nverify --all`, and:\n\n```sh\nday=$(date) && X=1 make demo | cat  # make tea\n```\n\n"
    text += "    python -m scripts.notes 1.0\n\n`make`, `make_of_each`, `makefile` and `the make of it`"
    assert commands(text) == [
        ["manage.py", "keys", "verify", "--all"],
        ["make"],
        ["make", "demo"],
        ["python", "-m", "scripts.notes", "1.0"],
    ]
