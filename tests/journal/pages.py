"""What an answer says."""

import html
import re
from typing import Any


def words_of(answer: Any) -> str:
    """The page with its entities read."""
    return html.unescape(answer.content.decode())


def text_of(answer: Any) -> str:
    """What somebody reads: without tags, one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def field(answer: Any, name: str) -> str:
    """The value of the first input of that name."""
    tag = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', answer.content.decode())
    assert tag, name
    value = re.search(r'\bvalue="([^"]*)"', tag[0])
    return html.unescape(value[1]) if value else ""


def box(answer: Any, name: str) -> str:
    """What stands in the textarea of that name."""
    found = re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', answer.content.decode(), flags=re.S)
    assert found, name
    return html.unescape(found[1])


def aimed(answer: Any) -> list[str]:
    """The names of the fields that ask for the focus."""
    tags = re.findall(r"<(?:input|textarea)[^>]*\bautofocus\b[^>]*>", answer.content.decode())
    return [name[1] for tag in tags if (name := re.search(r'\bname="([^"]*)"', tag))]
