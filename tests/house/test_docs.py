"""What the documents say is what the code does."""

import re

from tests.house import tree

SETTINGS = "".join((tree.ROOT / "config" / name).read_text() for name in ("settings.py", "place.py", "logs.py"))
CONFIGURATION = (tree.ROOT / "docs" / "configuration.md").read_text()


def read_by_code() -> set[str]:
    return set(re.findall(r'env\.(?:text|flag|choice|number|secret|web_address|sender|domain)\(\s*"(\w+)"', SETTINGS))


def test_every_setting_is_documented_and_the_reverse() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", CONFIGURATION, flags=re.M)) == read_by_code()


def test_every_secret_is_said_to_have_a_file_form() -> None:
    secrets = set(re.findall(r'env\.secret\("(\w+)"\)', SETTINGS))
    last = CONFIGURATION.strip().split("\n\n")[-1]
    assert secrets == {name for name in re.findall(r"`(\w+)`", last) if not name.endswith("_FILE")}


def test_no_lock_holds_an_address() -> None:
    locks = sorted(tree.ROOT.glob("requirements*.lock"))
    assert len(locks) == 3
    assert [lock.name for lock in locks if "http" in lock.read_text() or "--index" in lock.read_text()] == []


def test_every_file_that_the_documents_name_is_there() -> None:
    documents = [tree.ROOT / name for name in ("README.md", "STYLE.md", "CONTRIBUTING.md")]
    documents += sorted((tree.ROOT / "docs").rglob("*.md"))
    gone = []
    for document in documents:
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text()):
            if not (document.parent / link).exists():
                gone.append((document.name, link))
    assert gone == []


def test_the_documents_name_files_that_stand() -> None:
    """By their place in the repository; a pattern stands for at least one."""
    documents = [tree.ROOT / "CONTRIBUTING.md", tree.ROOT / "STYLE.md", *sorted((tree.ROOT / "docs").glob("*.md"))]
    roots = "|".join((*tree.APPS, "bench", "docs", "scripts", "static", "templates", "tests"))
    named = re.compile(rf"`((?:{roots})/[\w/.-]*)`")
    gone = [(path.name, name) for path in documents for name in named.findall(path.read_text())]
    assert [(document, name) for document, name in gone if not (tree.ROOT / name).exists()] == []


def test_a_test_that_is_named_stands() -> None:
    tests = "".join(path.read_text() for path in (tree.ROOT / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", (tree.ROOT / "CONTRIBUTING.md").read_text())
    assert len(named) >= 5
    assert [name for name in named if f"def {name}(" not in tests] == []
