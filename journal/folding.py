"""How two spellings of one word are recognised: whatever their case, accents, vowel signs or form of alef.

Folding goes character by character, so that what is found in folded text can be pointed at in the text as it was
typed, and many texts can be folded in one sweep.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

# Letters that Unicode does not take apart, and signs that stand for others: quotes and dashes; in Arabic the alef of
# joining, the dotless and the Persian yeh, the Persian kaf, and the stroke that only lengthens a word.
ALIKE = str.maketrans({"þ": "th", "æ": "ae", "œ": "oe"}) | str.maketrans(
    "øłđðıħŧ‘’ʼ“”‐‑–\u0671\u0649\u06cc\u06a9", "olddiht'''\"\"---\u0627\u064a\u064a\u0643", "\u0640"
)
ASCII = bytes(range(128))
FEW = 64
BETWEEN = b"\0"


@lru_cache(maxsize=4096)
def of(char: str) -> str:
    """What one character is looked for as; nothing for an accent, a vowel sign, or what only shapes its neighbours."""
    parts = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in parts if not unicodedata.combining(part) and unicodedata.category(part) != "Cf")
    return kept.casefold().translate(ALIKE)


def fold(text: str) -> str:
    return "".join(map(of, text))


class Sweep:
    """Many texts (UTF-8), folded at once by what they are joined to: many times faster than one by one.

    Where `terms` are given, only as far as it takes to find those: signs that have nothing to do with them stay.
    """

    def __init__(self, texts: list[bytes], terms: Iterable[str] = ()) -> None:
        self.texts = texts
        # Of bytes only ASCII letters are lowered.
        joined = BETWEEN.join(texts).lower()
        others = set() if joined.isascii() else set(joined.translate(None, ASCII).decode())
        changed = _changed(others, set("".join(terms)))
        can_hold = not terms or changed or any(term.encode() in joined for term in terms)
        self.whole = _replaced(joined.decode(), changed) if can_hold else ""

    @cached_property
    def parts(self) -> list[str]:
        """Each text, folded."""
        parts = self.whole.split(BETWEEN.decode())
        # One that holds the sign between them: each by itself.
        return parts if len(parts) == len(self.texts) else [fold(text.decode()) for text in self.texts]


def _changed(chars: set[str], letters: set[str]) -> dict[str, str]:
    """Those that fold to others, and to what; with `letters` only those that fold to one of them, or to nothing."""
    folds = {char: of(char) for char in chars}
    near = {char for char, other in folds.items() if not letters or not other or not letters.isdisjoint(other)}
    return {char: folds[char] for char in near if folds[char] != char}


def _replaced(text: str, changed: dict[str, str]) -> str:
    if len(changed) > FEW:
        return text.translate({ord(char): other for char, other in changed.items()})
    for char, other in changed.items():
        text = text.replace(char, other)
    return text


def places(text: str, terms: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the folded `terms` stand in the text as it was typed: spans (first, past the last) in order, apart."""
    parts = [of(char) for char in text]
    whole = "".join(parts)
    # For each folded character the place of the one it came from.
    source = [place for place, part in enumerate(parts) for _ in part]
    spans: list[tuple[int, int]] = []
    for start, end in sorted(span for term in terms for span in _found(whole, term)):
        first, past = source[start], source[end - 1] + 1
        while past < len(parts) and not parts[past]:
            past += 1  # the accents that follow belong to it
        if spans and spans[-1][1] >= first:
            spans[-1] = (spans[-1][0], max(past, spans[-1][1]))
        else:
            spans.append((first, past))
    return spans


def _found(whole: str, term: str) -> Iterator[tuple[int, int]]:
    start = whole.find(term)
    while start >= 0:
        yield start, start + len(term)
        start = whole.find(term, start + 1)
