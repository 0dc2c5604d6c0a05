"""One text, and the things it names: numbered items, bullets, paragraphs or lines.

However many there are, none is lost: up to ten stand by themselves, and what comes after joins the last. What stands
before a list belongs to its first item, what comes after it to its last. Without a list, up to three lines are as many
things; of more lines, each paragraph is one, or, where there is only one paragraph, each line.
"""

import re
from collections.abc import Callable

MOST = 10
MOST_LINES = 2000  # looked at one by one; what comes after them stays one piece
THREE = 3
NUMBER = re.compile(
    r"^[\s(\[*\u200e\u200f\u202a-\u202e\u2066-\u2069]*(?:(\d{1,2})\s?[.):،）．]|(\d{1,2})\s?[-–]|(\d)\ufe0f?\u20e3|([①-⑩]))(?:\s+|$)"
)
BULLET = re.compile(r"^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*[-*•–—·‣◦▪●](?:\s+|$)")
# A mail program that wraps does so at about so many characters.
WRAPPED_FROM, WRAPPED_TO = 55, 80
Mark = Callable[[str, int], int | None]


def named(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.split("\n", MOST_LINES)]
    found = _listed(lines, _number) or _listed(lines, _bullet) or _unlisted(lines)
    found = [thing for thing in found if thing]
    return found[: MOST - 1] + ["\n".join(found[MOST - 1 :])] if len(found) > MOST else found


def _number(line: str, count: int) -> int | None:
    """Where the words of the next item begin; None where the line begins none. 3 comes after 2 alone."""
    match = NUMBER.match(line)
    if not match:
        return None
    digits = match[1] or match[2] or match[3]
    number = int(digits) if digits else ord(match[4]) - ord("①") + 1
    return match.end() if number == count + 1 else None


def _bullet(line: str, count: int) -> int | None:
    match = BULLET.match(line)
    return match.end() if match else None


def _listed(lines: list[str], mark: Mark) -> list[str]:
    """Lines of one item are one line again, but for its paragraphs."""
    items: list[list[str]] = [[]]
    for line in lines:
        begins = mark(line, len(items) - 1)
        if begins is None:
            items[-1].append(line)
        else:
            items.append([line[begins:]])
    before, *found = [_joined(item) for item in items]
    # One line with a dash is no list where words stand before it, or where it may be so many degrees below zero.
    alone = len(found) == 1 and (before or found[0][:1].isdigit())
    if not found or alone:
        return []
    return ["\n".join(filter(None, (before, found[0]))), *found[1:]]


def _joined(lines: list[str]) -> str:
    return "\n\n".join(" ".join(line.strip() for line in part) for part in _paragraphs(lines))


def _unlisted(lines: list[str]) -> list[str]:
    written = [line.strip() for line in lines if line.strip()]
    if len(written) <= THREE:
        return written
    parts = _paragraphs(lines)
    if len(parts) > 1:
        return ["\n".join(part).strip() for part in parts]
    return [" ".join(written)] if _is_wrapped(written) else written


def _is_wrapped(lines: list[str]) -> bool:
    return all(WRAPPED_FROM <= len(line) <= WRAPPED_TO for line in lines[:-1])


def _paragraphs(lines: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]
