"""Bytes of unknown encoding as text, in pieces and in lines, and text as an entry can hold it."""

import codecs
import re
from collections.abc import Iterator

from accounts.fields import CONTROLS, HALVES
from journal.importing.found import Unreadable
from journal.importing.readers.opened import File

# Characters. An entry, a line, what one row of JSON takes.
LONGEST, LINE = 1_000_000, 2_000_000
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
HEAD = 1024


def pieces(file: File) -> Iterator[str]:
    """UTF-8, UTF-16 or what Windows wrote before; raises Unreadable for what is no text."""
    encoding, errors = encoding_of(file)
    yield from _decoded(file, encoding, errors)


def begins(file: File) -> str:
    """Its first character that is no white space."""
    for piece in pieces(file):
        if found := piece.lstrip("\ufeff \t\r\n"):
            return found[0]
    return ""


def encoding_of(file: File) -> tuple[str, str]:
    """Reads all of it once. A few broken characters in UTF-8 do not make it Windows’ own."""
    head = next(file.pieces(), b"")
    encoding = next((name for mark, name in MARKS if head.startswith(mark)), "") or _unmarked(head[:HEAD])
    if _decodes(file, encoding):
        return encoding, "strict"
    if encoding == "utf-8" and not _mostly(file) and _decodes(file, "cp1252") and not _has_nul(file):
        return "cp1252", "strict"
    if encoding.startswith("utf-8") and _mostly(file):
        return encoding, "replace"
    raise Unreadable("no_text_file")


def _unmarked(head: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain letters is nothing."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) / 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _decoded(file: File, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for piece in file.pieces():
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _decodes(file: File, encoding: str) -> bool:
    try:
        for _piece in _decoded(file, encoding, "strict"):
            pass
    except UnicodeError:
        return False
    return True


def _mostly(file: File) -> bool:
    """More characters beyond ASCII that are whole than broken ones."""
    whole = broken = 0
    for piece in _decoded(file, "utf-8", "replace"):
        lost = piece.count("\ufffd")
        broken += lost
        whole += len(piece) - len(piece.encode("ascii", "ignore")) - lost
    return whole > broken


def _has_nul(file: File) -> bool:
    return any(b"\0" in piece for piece in file.pieces())


def lines(file: File) -> Iterator[str]:
    """Each with its "\\n"; whatever ends a line in the file. Raises Unreadable for a line without end."""
    held, read = "", 0
    for piece in _unbroken(pieces(file)):
        *whole, held = (held + piece).split("\n")
        read += len(whole)
        file.budget.lines.spend(file.name, read)
        # A piece is short: only what was held before it makes a line long.
        if max(len(held), len(whole[0]) if whole else 0) > LINE:
            raise Unreadable("long_line")
        for line in whole:
            yield line + "\n"
    if held:
        yield f"{held}\n"


def _unbroken(pieces: Iterator[str]) -> Iterator[str]:
    """With "\\n" for every end of a line, also where "\\r\\n" falls into two pieces."""
    waits = ""
    for piece in pieces:
        piece = waits + piece
        waits = "\r" if piece.endswith("\r") else ""
        yield piece.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
    yield "\n" if waits else ""


def whole(file: File) -> str | None:
    """One file as a text; None where it is longer than an entry can be."""
    held: list[str] = []
    length = 0
    for piece in _unbroken(pieces(file)):
        held.append(piece)
        length += len(piece)
        if length > LONGEST:
            return None
    return tidy("".join(held))


def tidy(text: str) -> str:
    """As a form would take it: no control characters, no halves of characters, no empty lines around it."""
    if text.isprintable():
        return text.rstrip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return re.sub(r"\A(?:[ \t]*\n)+", "", HALVES.sub("\ufffd", CONTROLS.sub("", text))).rstrip()
