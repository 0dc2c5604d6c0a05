"""The order of an index, as the alphabet of a language has it."""

import unicodedata
from collections.abc import Iterator
from functools import cache

from django.utils.translation import get_language

from journal import folding

LATIN = "abcdefghijklmnopqrstuvwxyz"
# Letters that have a place of their own in a language; elsewhere they stand with the one that they are made of.
OWN = {
    "cs": "abcčdďefghijklmnňopqrřsštťuvwxyzž",
    "da": f"{LATIN}æøå",
    "es": LATIN.replace("n", "nñ"),
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "fi": f"{LATIN}åäö",
    "is": "aábdðeéfghiíjklmnoóprstuúvxyýþæö",
    "nb": f"{LATIN}æøå",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "sv": f"{LATIN}åäö",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
}
# Figures come before letters, letters of other scripts after them.
FIGURES, LETTERS, OTHERS = 0, 100, 1000


def place(word: str) -> tuple[list[int], str]:
    """What to sort by. What is no letter or figure weighs nothing, but where two words are alike else."""
    language = (get_language() or "").partition("-")[0]
    if language == "tr":
        word = word.replace("I", "ı").replace("İ", "i")
    return [number for char in unicodedata.normalize("NFC", word).lower() for number in _of(char, language)], word


@cache
def _alphabet(language: str) -> dict[str, int]:
    return {char: LETTERS + number for number, char in enumerate(OWN.get(language, LATIN))}


def _of(char: str, language: str) -> Iterator[int]:
    places = _alphabet(language)
    for part in char if char in places else folding.of(char):
        if part in places:
            yield places[part]
        elif part.isdecimal():
            yield FIGURES + int(part)
        elif part.isalpha():
            yield OTHERS + ord(part)
