"""The documents' pictures: each is named, says in words what it shows, is small, and is made by `make screenshots`."""

import re

from tests.house import tree

FOLDER = tree.ROOT / "docs" / "pictures"
DOCUMENTS = [tree.ROOT / "README.md", *sorted((tree.ROOT / "docs").rglob("*.md"))]
KB = 1024


def named() -> list[tuple[str, str]]:
    """Of every document: what a picture shows in words, and the file, from the top of the repository."""
    return [
        (words, tree.named((document.parent / path).resolve()))
        for document in DOCUMENTS
        for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", document.read_text())
    ]


def test_every_picture_is_named_once_and_every_name_is_a_picture() -> None:
    assert sorted(path for _, path in named()) == sorted(tree.named(path) for path in FOLDER.iterdir())


def test_who_does_not_see_them_reads_what_they_show() -> None:
    assert [path for words, path in named() if len(words.split()) < 10] == []


def test_they_are_quick_to_load() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert [name for name, size in sizes.items() if size > 150 * KB] == []
    assert sum(sizes.values()) <= 800 * KB


def test_each_is_made_by_the_command() -> None:
    made = re.findall(r'(?:Picture|_keep)\("([\w-]+)"', (tree.ROOT / "scripts" / "screenshots.py").read_text())
    assert sorted(f"{name}.png" for name in made) == sorted(path.name for path in FOLDER.iterdir())
