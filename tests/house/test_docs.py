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


def test_the_map_names_files_that_stand() -> None:
    names = re.findall(r"`([a-z_]+/[\w/.]+\.(?:py|css|html))`", (tree.ROOT / "docs" / "map.md").read_text())
    assert [name for name in names if not (tree.ROOT / name).exists()] == []
