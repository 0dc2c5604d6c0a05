"""A person's text as the book sets it: in lines, in the direction and the language of its script, with its own ink."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from journal.export.faces import Faces

STATIC = Path(settings.BASE_DIR) / "static"
LINES = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# They have no form on paper, and a page of text has no place for them.
CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
# The language of a text is known where its script has but one (as good as); else it is that of the book.
TONGUES = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u3400-\u9fff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
}
# So many signs without a space are wider than a line; here and there they may be divided.
UNBROKEN = re.compile("[!-~\xa1-\u2fff]{30,}")
TWELVE = re.compile("(.{12})(?=.)")
DIVIDE = "\u200b"
COLOUR = re.compile(r"--([\w-]+): (?:light-dark\((#\w+),|var\(--([\w-]+)\))")
SIGN = re.compile(r'<symbol id="(mark|kind-\w+)" viewBox="([\d ]+)">(.*?)</symbol>', re.S)


class Words:
    """What can be drawn of each text, and in which faces."""

    def __init__(self) -> None:
        self.faces = Faces()
        self.language = (get_language() or "en").partition("-")[0]

    def said(self, text: str) -> dict[str, Any]:
        """Lines as they were written; an empty one divides parts."""
        text = UNBROKEN.sub(divided, self.faces.fit(plain(text)))
        parts = [part.split("\n") for part in re.split(r"\n\s*\n", text.strip("\n"))]
        return {"parts": parts, "rtl": runs_from_right(text), "lang": self.tongue(text)}

    def tongue(self, text: str) -> str:
        return next((name for name, script in TONGUES.items() if script.search(text)), self.language)


def divided(found: re.Match[str]) -> str:
    return TWELVE.sub(rf"\1{DIVIDE}", found[0])


def plain(text: str) -> str:
    return CONTROLS.sub("", LINES.sub("\n", text))


def runs_from_right(text: str) -> bool:
    """As `dir="auto"` has it: by the first letter that has a direction."""
    return next((way != "L" for way in map(unicodedata.bidirectional, text) if way in ("L", "R", "AL")), False)


@cache
def ink() -> dict[str, str]:
    """The colours of the sheet by day, by the names that they have in tokens.css."""
    found = COLOUR.findall((STATIC / "css" / "tokens.css").read_text())
    named = {name: colour for name, colour, _other in found if colour}
    return named | {name: named[other] for name, _colour, other in found if other in named}


@cache
def signs() -> dict[str, str]:
    """The drawn signs, each an SVG of its own."""
    return {
        name: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{_inked(inside)}</svg>'
        for name, box, inside in SIGN.findall((STATIC / "img" / "art.svg").read_text())
    }


def _inked(drawing: str) -> str:
    drawing = re.sub(r"var\(--([\w-]+)\)", lambda found: ink()[found[1]], drawing)
    return drawing.replace("currentColor", ink()["ink"])
