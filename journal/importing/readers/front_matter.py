"""The lines between two --- above a Markdown text: as much of YAML as people write there, and nothing that unfolds."""

import json
import re

Value = str | list[str]
FENCE = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
KEY = re.compile(r"([^\s:#'\"\[\]{},][^:\n]{0,99}?)[ \t]*:(?:[ \t]+(.*))?$")
LONGEST = 64 * 1024


def split(text: str) -> tuple[dict[str, Value], str]:
    """Keys in lower case with their values, and what stands below. What is not understood is a text as it stands."""
    found = FENCE.match(text) if text.startswith("---") else None
    if not found or len(found[1]) > LONGEST:
        return {}, text
    read = _read(found[1].splitlines())
    return (read, text[found.end() :]) if read else ({}, text)


def _read(lines: list[str]) -> dict[str, Value]:
    """A key begins at the margin; what is indented under it, or begins with "- ", belongs to it."""
    keys: list[tuple[str, str, list[str]]] = []
    for line in lines:
        key = KEY.match(line)
        if key:
            keys.append((key[1].strip().casefold(), (key[2] or "").strip(), []))
        elif keys and (line.startswith((" ", "\t", "-")) or not line.strip()):
            keys[-1][2].append(line)
    return {name: _value(value, below) for name, value, below in keys}


def _value(value: str, below: list[str]) -> Value:
    under = [line for line in below if line.strip()]
    if value[:1] in ("|", ">"):
        return (" " if value[0] == ">" else "\n").join(line.strip() for line in below).strip()
    if value.startswith("[") and value.endswith("]"):
        return [_plain(one) for one in _between_commas(value[1:-1]) if one.strip()]
    if not value and under and all(line.strip().startswith("- ") for line in under):
        return [_plain(line.strip()[2:]) for line in under]
    return _plain(value) if not under else "\n".join([value, *under]).strip()


def _between_commas(text: str) -> list[str]:
    """Commas within quotes are letters."""
    return re.findall(r"\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^,]+)\s*(?:,|$)", text)


def _plain(value: str) -> str:
    value = value.strip()
    if value.startswith('"') and value.endswith('"') and len(value) > 1:
        try:
            return str(json.loads(value, strict=False))
        except (ValueError, RecursionError):
            return value[1:-1]
    if value.startswith("'") and value.endswith("'") and len(value) > 1:
        return value[1:-1].replace("''", "'")
    return re.split(r"[ \t]#", value, maxsplit=1)[0].strip()
