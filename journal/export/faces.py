"""Which signs can be drawn here: the faces that come with Onward, and those of Noto that the machine has.

A sign that no face has would be drawn as an empty box. What stands here instead says which script it is of.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OWN = Path(__file__).parent / "fonts"
# The faces in which one looks first: emoji, Chinese, Japanese and Korean are of one face each; serifs before the rest.
FIRST = ("NotoColorEmoji", "NotoSerifCJK", "NotoSerif", "Noto")
# Signs that shape their neighbours, or nothing at all, and are never drawn.
NONE = Path()
UNSEEN = ("Cf", "Cc", "Zl", "Zp", "Zs")
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# By the first word of a sign's name in Unicode.
SCRIPTS: "dict[str, str | Promise]" = {
    "CJK": _("Chinese"),
    "IDEOGRAPHIC": _("Chinese"),
    "FULLWIDTH": _("Chinese"),
    "HIRAGANA": _("Japanese"),
    "KATAKANA": _("Japanese"),
    "HANGUL": _("Korean"),
    "ARABIC": _("Arabic"),
    "HEBREW": _("Hebrew"),
    "DEVANAGARI": _("Devanagari"),
    "THAI": _("Thai"),
}
EMOJI, OTHERS = _("emoji"), _("other signs")
KEYCAP = "\u20e3"
# What is asked to say on a page which scripts can be drawn here.
PROBES = {"ع": SCRIPTS["ARABIC"], "ש": SCRIPTS["HEBREW"]}
PROBES |= {"中": SCRIPTS["CJK"], "あ": SCRIPTS["HIRAGANA"], "한": SCRIPTS["HANGUL"], "अ": SCRIPTS["DEVANAGARI"]}
PROBES |= {"ไ": SCRIPTS["THAI"], "😀": EMOJI}


def folders() -> list[Path]:
    return [OWN, settings.ONWARD_FONTS]


@cache
def _files() -> list[Path]:
    own = sorted(OWN.glob("*-Regular.ttf"))
    found = {path.name: path for path in sorted(settings.ONWARD_FONTS.rglob("Noto*.tt[fc]"))}
    others = [path for name, path in found.items() if "-" not in name or "-Regular." in name]
    return own + sorted(others, key=lambda path: (_rank(path.name), path.name))


def _rank(name: str) -> int:
    return next(rank for rank, start in enumerate(FIRST) if name.startswith(start))


def _opened(path: Path) -> Any:
    from fontTools.ttLib import TTFont  # for books alone

    return TTFont(path, fontNumber=0, lazy=True)


@cache
def _signs(path: Path) -> frozenset[int]:
    with _opened(path) as face:
        return frozenset(face.getBestCmap() or ())


@cache
def _families(path: Path) -> tuple[str, ...]:
    with _opened(path) as face:
        name = face["name"].getDebugName(16) or face["name"].getDebugName(1)
    return (
        tuple(name.replace(" JP", f" {region}") for region in ("SC", "JP", "KR")) if name.endswith(" JP") else (name,)
    )


@cache
def _base() -> frozenset[str]:
    """Signs of the book's own face, none of which belongs to the sign before it."""
    return frozenset(
        char for char in map(chr, _signs(_files()[0])) if unicodedata.category(char)[0] != "M"
    ) | frozenset("\n\t ")


class Faces:
    """Of one book: the families that it needs, and the scripts that cannot be drawn here, each once."""

    def __init__(self) -> None:
        self.families: dict[str, None] = dict.fromkeys(_families(_files()[0]))
        self.missing: dict[str, None] = {}

    def fit(self, text: str) -> str:
        """The text, with the name of the script in place of what cannot be drawn."""
        if _base().issuperset(text):
            return text
        return "".join(self._fitted(text))

    def _fitted(self, text: str) -> Iterator[str]:
        before = ""
        for cluster in _clusters(text):
            category = unicodedata.category(cluster[0])
            name = "" if self._drawn(cluster) else _script(cluster)
            if name and name != before:
                self.missing[name] = None
                yield f"[{name}]"
            elif not name and not (before and category == "Cf"):
                yield cluster
            # What stands between two words of a script does not begin it again.
            before = name or (before if category in UNSEEN else "")

    def _drawn(self, cluster: str) -> bool:
        if _base().issuperset(cluster):
            return True
        face = _face_of(SELECTORS.sub("", cluster))
        if face is None:
            return False
        self.families |= dict.fromkeys(_families(face) if face != NONE else ())
        return True


@lru_cache(maxsize=4096)
def _face_of(cluster: str) -> Path | None:
    """The first that has all of it; NONE where nothing is to be drawn."""
    forms = {unicodedata.normalize(form, cluster) for form in ("NFC", "NFD")}
    wanted = [{ord(char) for char in form if unicodedata.category(char) not in UNSEEN} for form in forms]
    if not all(wanted):
        return NONE
    return next((path for path in _files() if any(signs <= _signs(path) for signs in wanted)), None)


def _clusters(text: str) -> Iterable[str]:
    """A sign with the marks that belong to it."""
    cluster = ""
    for char in text:
        if cluster and unicodedata.category(char)[0] != "M":
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _script(cluster: str) -> str:
    first = next((char for char in cluster if char not in _base()), cluster[0])
    if KEYCAP in cluster or first >= "\U0001f000" or "\u2600" <= first <= "\u27bf":
        return str(EMOJI)
    word = unicodedata.name(first, "").replace("-", " ").partition(" ")[0]
    if word in SCRIPTS:
        return str(SCRIPTS[word])
    return word.capitalize() if word and unicodedata.category(first)[0] in "LM" else str(OTHERS)


def drawn() -> list[str]:
    """The names of those of PROBES that can be drawn here, each once, in their order."""
    return list(dict.fromkeys(str(name) for sign, name in PROBES.items() if _face_of(sign)))


def not_drawn() -> list[str]:
    return list(dict.fromkeys(str(name) for sign, name in PROBES.items() if not _face_of(sign)))
