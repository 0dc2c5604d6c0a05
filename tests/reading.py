"""Reading a letter as its reader does."""

import re
from html.parser import HTMLParser

import pypdfium2
from django.core.mail import EmailMultiAlternatives

BLOCKS = {"p", "td", "div", "br", "h1"}


class Reader(HTMLParser):
    """What a person reads of the HTML twin, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        # What stands together, and in what.
        self.blocks = [("", "")]
        self._unread = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.links += [given["href"]] if tag == "a" and given.get("href") else []
        self._unread += tag in ("style", "title")
        self._begin(tag, "hidden" if "display:none" in (given.get("style") or "") else tag)

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in ("style", "title")
        self._begin(tag, "")

    def _begin(self, tag: str, name: str) -> None:
        if tag in BLOCKS:
            self.blocks.append((name, ""))

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words.append(data)
            name, words = self.blocks[-1]
            self.blocks[-1] = (name, words + data)

    @property
    def text(self) -> str:
        return flat(" ".join(self.words))


def flat(text: str) -> str:
    return " ".join(text.split())


def html_of(letter: EmailMultiAlternatives) -> str:
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    return str(html)


def printed(pdf: bytes) -> list[str]:
    """What stands on each page of a PDF, in the order of reading."""
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    # A word joiner keeps a page number by its line.
    return [re.sub(" *\r\n", "\n", re.sub(" ?\u2060", " ", text)) for text in texts]
