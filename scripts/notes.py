"""What a version brings, in the words of CHANGELOG.md: `make notes VERSION=0.2.0`; without one, what comes next."""

import re
import sys

from scripts.bootstrap import ROOT

UNRELEASED = "Unreleased"


class Unknown(Exception):
    """No section has that name. The words say which there are."""


def main(words: list[str]) -> None:
    try:
        print(of(words[0] if words else UNRELEASED, (ROOT / "CHANGELOG.md").read_text()))
    except Unknown as unknown:
        sys.exit(str(unknown))


def of(version: str, changes: str) -> str:
    """The section without its heading. A tag’s `v` may stand before the number; the day behind it is not part of it."""
    found = sections(changes)
    name = version.removeprefix("v")
    if name not in found:
        raise Unknown(f"CHANGELOG.md says nothing of {version}. It knows: {', '.join(found)}.")
    return found[name]


def sections(changes: str) -> dict[str, str]:
    """Newest first, as they stand: `## 0.2.0 (2026-12-01)` is found under 0.2.0."""
    parts = re.split(r"^## (\S+).*\n", changes, flags=re.M)[1:]
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}


if __name__ == "__main__":
    main(sys.argv[1:])
