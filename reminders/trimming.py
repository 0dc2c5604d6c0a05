"""What a person wrote, out of a reply that carries our letter back with it.

Our own marker line says where the letter begins. Above it only what mail programs put there is taken off, from the end
upwards, so that nothing in the middle of somebody's words is mistaken for it. Where the marker is gone, the line that
names us says so, and only then what mail-parser-reply knows of the world's mail programs.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from mailparser_reply import EmailMessage
from mailparser_reply.constants import MAIL_LANGUAGES

from reminders import signatures
from reminders.replies import MARKER

# As far as the world's headers are looked for: its patterns take their time, and a long line is nobody's header.
WINDOW, LONGEST_LINE, LOOKED_AT = 400, 200, 8000  # lines, characters, characters
NEAR = 12  # lines: as far above our marker as a mail program's own words reach
HIGH = 3  # lines above the one with our name that a wrapped "On …, … wrote:" may begin in
QUOTE = re.compile(r"^[>\s|]*")
COLON = re.compile(r"[:：﹕]\W*$")
DATED = re.compile(r"\d{4}|\d[:.h٫]\s?\d\d")
LABEL = re.compile(r"^[\W_]*[^\W\d_][\w ’'.]{0,24}\s?[:：]")
# What comes after the numbered lines of a letter that can be answered by replying, as text and as HTML.
DOORS = ("Write your three here:", "Write my three")
ITEM, EMPTY_ITEM = re.compile(r"[1-9]\.\s+(?![1-9]\.)(\S.*)"), re.compile(r"[1-9]\.$")
BIDI = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def reply(text: str, ours: list[str]) -> str:
    """`ours`: in lower case, the names and addresses that stand in our letters."""
    above, below = _parted(text, ours)
    words = [signatures.without(lines) for lines in (above, _filled_in(_up_to_its_door(below)))]
    beneath = (signatures.without(lines) for lines in (_unquoted(below), _filled_in(below)))
    return "\n".join(filter(None, words)) or next(filter(None, beneath), "")


def marker(codes: tuple[str, ...]) -> re.Pattern[str]:
    return _in_all(codes, (MARKER,))


@lru_cache
def _in_all(codes: tuple[str, ...], ours: tuple[str, ...]) -> re.Pattern[str]:
    """Words of ours in every language that letters are written in, however they were wrapped and quoted since."""
    said = set(ours)
    for code in codes:
        with translation.override(code):
            said |= set(map(translation.gettext, ours))
    return re.compile("|".join(r"[\s>|*]+".join(map(re.escape, words.split())) for words in sorted(said)))


# Where the letter begins


def _parted(text: str, ours: list[str]) -> tuple[list[str], list[str]]:
    """The lines above our letter, and those from it on."""
    found = marker(tuple(dict(settings.LANGUAGES))).search(text)
    if found is None:
        lines = text.split("\n")
        begins = _introduced(lines, ours) or _known_header(lines, ours)
        return lines[:begins], lines[begins:] if begins is not None else []
    above, below = text[: found.start()].split("\n"), text[found.end() :].split("\n")
    first = max(0, len(above) - NEAR)
    begins = _introduced(above[first:], ours)
    if begins is None:
        begins = _known_header(above[first:], None)
    return above if begins is None else above[: first + begins], below


def _introduced(lines: list[str], ours: list[str]) -> int | None:
    """The line with which a mail program introduces our letter: it names us, and says when we wrote."""
    if not any(name in "\n".join(lines).lower() for name in ours):
        return None
    for index, line in enumerate(lines):
        if any(name in line.lower() for name in ours) and (start := _start_of(lines, index)) is not None:
            return start
    return None


def _start_of(lines: list[str], index: int) -> int | None:
    """Of "On …, Onward <…> wrote:", or of a block of From, Sent, To; None where the line is somebody's own."""
    near = [_bare(line) for line in lines[index : index + 4]]
    if LABEL.match(near[0]) and sum(1 for line in near if LABEL.match(line)) >= 3 and DATED.search(" ".join(near)):
        return index
    if not any(COLON.search(line) for line in near[:2]):
        return None
    # The date stands before the name, perhaps on a line of its own.
    for start in range(index, max(-1, index - HIGH - 1), -1):
        if not _bare(lines[start]):
            return None
        if DATED.search(" ".join(lines[start : index + 2])):
            return start
    return None


def _known_header(lines: list[str], ours: list[str] | None) -> int | None:
    """The line at which mail-parser-reply sees another mail begin; it has to be ours, or the last of these lines."""
    seen = [_bare(line) if len(line) <= LONGEST_LINE else "…" for line in lines[:WINDOW]]
    text = "\n".join(seen)[:LOOKED_AT]
    found = _headers().search(text)
    if found is None or not found.group().strip():
        return None
    start = text.count("\n", 0, found.start() + 1)
    if ours is None:
        return None if signatures.without_rules(seen[start + found.group().strip().count("\n") + 1 :]) else start
    return start if any(name in "\n".join(lines[start:]).lower() for name in ours) else None


@lru_cache
def _headers() -> re.Pattern[str]:
    languages = [name for name, words in MAIL_LANGUAGES.items() if "wrote_header" in words]
    pattern: re.Pattern[str] = EmailMessage(text="", languages=languages).HEADER_REGEX
    return pattern


def _bare(line: str) -> str:
    return BIDI.sub("", QUOTE.sub("", line)).strip()


# Within it, and where nothing stands above it


def _up_to_its_door(lines: list[str]) -> list[str]:
    """Of a letter the part in which its numbered lines stand."""
    door = _in_all(tuple(dict(settings.LANGUAGES)), DOORS)
    end = next((number for number, line in enumerate(lines) if door.match(_bare(line))), 0)
    return lines[:end]


def _filled_in(lines: list[str]) -> list[str]:
    """Some write on the numbered lines within the letter: as a list of its own. A blank line ends an item."""
    items: list[str] = []
    goes_on = False
    for line in map(_bare, lines):
        found = ITEM.match(line)
        goes_on = bool(found) or (goes_on and bool(line) and not EMPTY_ITEM.match(line))
        if found:
            items.append(found[1])
        elif goes_on:
            items[-1] += f" {line}"
    return [f"{number}. {item}" for number, item in enumerate(items, start=1)] if len(items) > 1 else items


def _unquoted(lines: list[str]) -> list[str]:
    """Some write below what they answer."""
    quoted = any(line.startswith(">") for line in lines)
    return [line for line in lines if not line.startswith(">")] if quoted else []
