"""HTML of other journals as plain text.

Python’s own parser takes quadratic time on some broken pages; this takes as long as the text is.
"""

import html
import re
from collections.abc import Iterator

# Neither quotes nor a second "<" lead it astray, so that no text takes longer than its length.
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b([^<>]*)>|<![^<>]*>")
BLOCKS = set("p div h1 h2 h3 h4 h5 h6 ul ol blockquote pre table tr section article header footer figure dl".split())
UNSEEN = {"script", "style", "head", "title"}
PICTURES = {"img": "photos", "picture": "photos", "video": "videos", "audio": "audio", "iframe": "files"}
LINK = re.compile(r"""\bhref\s*=\s*["']?(https?://[^\s"'<>]+)""", re.I)
# A figure that is longer than any character has is no character.
ENDLESS = re.compile(r"&#(?=\w{9})")
MARKED = re.compile(
    r"<(?:br|p|div|ul|ol|li|b|i|u|strong|em|span|h[1-6])\b[^<>]*>|&(?:amp|lt|gt|quot|nbsp|#\d{1,6});", re.I
)


def looks_marked(text: str) -> bool:
    """True where a note that may be either is HTML."""
    return bool(MARKED.search(text))


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """The words, and what of it cannot be kept."""
    told = Told()
    end = 0
    for tag in TAG.finditer(text):
        told.words(text[end : tag.start()])
        end = tag.end()
        if tag[2]:
            told.tag(tag[2].lower(), closes=bool(tag[1]), rest=tag[3])
    told.words(text[end:])
    return told.text(), tuple(dict.fromkeys(told.left_out))


class Told:
    """What has been read so far. `unseen`: within which tag nothing is shown, and what stands there."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.left_out: list[str] = []
        self.links: list[str] = []
        self.unseen = ""
        self.hidden: list[str] = []

    def words(self, text: str) -> None:
        if text:
            (self.hidden if self.unseen else self.parts).append(
                re.sub(r"[ \t\n\f]+", " ", html.unescape(ENDLESS.sub("&amp;#", text)))
            )

    def tag(self, name: str, *, closes: bool, rest: str) -> None:
        if name in UNSEEN:
            self.unseen = "" if closes else name
            self.hidden.clear()
        elif name in BLOCKS:
            self.parts.append("\n\n" if name in ("p", "blockquote", "hr") else "\n")
        elif name == "hr":
            self.parts.append("\n\n")
        elif name == "br":
            self.parts.append("\n")
        elif name == "li":
            self.parts.append("" if closes else "\n- ")
        elif name == "a":
            self._link(closes, rest)
        elif name in PICTURES and not closes:
            self.left_out.append(PICTURES[name])

    def _link(self, closes: bool, rest: str) -> None:
        """The address stands behind its words, unless it is its words."""
        if not closes:
            found = LINK.search(rest)
            self.links.append(html.unescape(found[1][:2000]) if found else "")
            self.parts.append("")
        elif self.links and (address := self.links.pop()) and address not in "".join(self.parts[-3:]):
            self.parts.append(f" ({address})")

    def text(self) -> str:
        """What was hidden to the end, since nothing closed it, is words after all."""
        lines = "".join(self.parts + self.hidden).split("\n")
        return "\n".join(_spaced([line.strip(" ") for line in lines])).strip()


def _spaced(lines: list[str]) -> Iterator[str]:
    """At most one empty line between two."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
