"""The text of a mail that was written as HTML: lines as they were seen, quotes behind ">" as in a plain one.

Read by one pattern that never looks at a character twice. The standard library's parser goes back to where an odd "<"
stood, again and again: a quarter of a megabyte of "<!--" keeps it busy for minutes.
"""

import re
from html import unescape

# A mail's words stand at its start; what a program writes behind this many characters is its own.
LONGEST = 256 * 1024
TOKEN = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)([^<>]*+)>|<[!?/][^<>]*+>|([^<]++|<)")
UNSEEN = {"script", "style", "head", "title", "template", "noscript", "object", "svg"}
BLOCKS = set(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
SPACE = re.compile(r"[ \t\n\r\f]+")
HIDDEN = re.compile(r"display\s*:\s*none", re.I)
DEEPEST = 9


def lines(html: str) -> str:
    reader = Reader()
    for closes, name, attributes, data in TOKEN.findall(_without_comments(html[:LONGEST])):
        if name:
            reader.tag(name.lower(), attributes, bool(closes))
        elif data:
            reader.data(data)
    reader.end_line()
    return "\n".join(reader.lines)


def _without_comments(html: str) -> str:
    first, *others = html.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


class Reader:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        # The number of the last item in each list that is open; None for one without numbers.
        self._lists: list[int | None] = []
        # The element that is not seen, and how many of its name are open within it.
        self._unseen, self._within = "", 0

    def data(self, words: str) -> None:
        if not self._unseen:
            self._line.append(unescape(words))

    def tag(self, name: str, attributes: str, closes: bool) -> None:
        if self._unseen:
            self._within += 0 if name != self._unseen else -1 if closes else 1
            self._unseen = self._unseen if self._within else ""
        elif name == "br":
            self._break()
        elif closes and name in BLOCKS:
            self._close(name)
        elif not closes and (name in UNSEEN or (name in BLOCKS | {"span"} and HIDDEN.search(attributes))):
            self._unseen, self._within = name, 1
        elif not closes and name in BLOCKS:
            self._open(name)

    def end_line(self) -> None:
        """Of a block: one that is blank by then is none."""
        if SPACE.sub("", "".join(self._line)):
            self._break()
        self._line = []

    def _break(self) -> None:
        # A no-break space is what a program writes for the second of two spaces.
        words = SPACE.sub(" ", "".join(self._line)).strip(" ").replace("\xa0", " ")
        self.lines.append("> " * min(self._quotes, DEEPEST) + words)
        self._line = []

    def _open(self, name: str) -> None:
        self.end_line()
        if name == "blockquote":
            self._quotes += 1
        elif name in ("ol", "ul"):
            self._lists.append(0 if name == "ol" else None)
        elif name == "li":
            self._line.append(self._mark())

    def _close(self, name: str) -> None:
        self.end_line()
        if name == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif name in ("ol", "ul") and self._lists:
            self._lists.pop()

    def _mark(self) -> str:
        """How the item's place in its list is written where there are only lines."""
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number + 1}. "
