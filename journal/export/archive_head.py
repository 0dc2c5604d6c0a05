"""How the archive begins: its policy, its own style, script, faces and drawn signs, and what is in it."""

import base64
import hashlib
import re
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db.models import Max, Min
from django.db.models.functions import TruncMonth
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from accounts.export import person
from accounts.models import User
from journal.export.pages import Reader
from journal.export.shelves import Shelf
from journal.models import Entry

STATIC = Path(settings.BASE_DIR) / "static"
OWN = Path(settings.BASE_DIR) / "templates" / "journal" / "export" / "archive"
SIGNS = re.compile(r'<symbol id="(?:mark|kind-\w+)".*?</symbol>', re.S)
# The faces go along within the file, and with them whose they are (static/fonts/OFL.txt).
FACES = "/* Brygada 1918: Copyright 2020 The Brygada 1918 Project Authors, SIL Open Font License 1.1 */"
FACE = re.compile(r"@font-face {[^}]*}")
ADDRESS = re.compile(r"url\(\.\./(fonts/[\w-]+\.woff2)\)")


def place_of(day: date) -> str:
    return f"m-{day:%Y-%m}"


def head(reader: Reader, on_shelves: list[Shelf], today: date) -> str:
    style, script = _style(), _script()
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    begin = format_html(
        '<!DOCTYPE html>\n<html lang="{}" dir="{}"{}>\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<meta name="color-scheme" content="light dark">\n<title>Onward</title>\n'
        "<style>{}</style>\n<script>{}</script>\n</head>\n<body>\n",
        *(get_language() or "en", "rtl" if get_language_bidi() else "ltr", _look(reader.user), policy),
        *(SafeString(style), SafeString(script)),
    )
    return begin + render_to_string("journal/export/archive/head.html", _contents(reader, on_shelves, today))


def _look(user: User) -> SafeString:
    """As its owner has it here."""
    chosen = {"theme": user.theme, "face": user.face, "size": user.size}
    usual = {"theme": "auto", "face": "book", "size": "usual"}
    parts = [format_html(' data-{}="{}"', name, look) for name, look in chosen.items() if look != usual[name]]
    return SafeString("".join(parts))


def _contents(reader: Reader, on_shelves: list[Shelf], today: date) -> dict[str, object]:
    entries = reader.chosen(Entry.objects.of(reader.user))
    months = entries.annotate(month=TruncMonth("local_date")).order_by("-month").values_list("month", flat=True)
    years = groupby(months.distinct(), lambda month: month.year)
    return {
        "name": person(reader.user, reader.note)["name"],
        "made": today,
        **entries.aggregate(first=Min("local_date"), last=Max("local_date")),
        "years": [(year, [(place_of(month), date_format(month, "F Y")) for month in of]) for year, of in years],
        "shelves": [(shelf.place, shelf.title) for shelf in on_shelves],
        "lessons": entries.filter(kind=Entry.Kind.SETBACK, lesson__lesson__filled=True).exists(),
        "themes": Entry.themes.through._default_manager.filter(entry__in=entries).exists(),
        "art": _art(),
    }


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _style() -> str:
    faces = FACE.findall((STATIC / "css" / "base.css").read_text())
    within = [ADDRESS.sub(_inside, face) for face in faces]
    sheets = [path.read_text() for path in (STATIC / "css" / "tokens.css", OWN / "archive.css")]
    return f"{FACES}\n" + re.sub(r"/\*.*?\*/", "", "\n".join([*sheets, *within]), flags=re.S).strip()


def _inside(found: re.Match[str]) -> str:
    return f"url(data:font/woff2;base64,{base64.b64encode((STATIC / found[1]).read_bytes()).decode()})"


@cache
def _script() -> str:
    return (OWN / "archive.js").read_text()


@cache
def _art() -> SafeString:
    signs = "".join(SIGNS.findall((STATIC / "img" / "art.svg").read_text()))
    return format_html('<svg hidden aria-hidden="true">{}</svg>', SafeString(signs))
