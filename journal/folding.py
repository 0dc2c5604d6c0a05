"""How two spellings of one word are recognised: whatever their case, accents, vowel signs or form of alef.

Folding goes character by character, so that what is found in folded text can be pointed at in the text as it was
typed, and many texts can be looked through at once.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

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


def holding(texts: list[bytes], terms: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The places of those texts (UTF-8) that hold one of the folded `terms`, and each of these texts, folded as far as
    it takes to find them: signs that have nothing to do with them stay.

    Many at once are many times faster than one by one. Where no sign of a text folds to a letter that is looked for,
    its bytes are looked through as they are; by the first byte of such signs it is told which texts those are.
    """
    joined = BETWEEN.join(texts).lower()  # of bytes only ASCII letters are lowered
    others = set() if joined.isascii() else set(joined.translate(None, ASCII).decode())
    changed = _changed(others, set("".join(terms)))
    odd = _with_any(texts, {char.encode()[:1] for char in changed})
    yield from _holding_as_folded([(at, texts[at]) for at in sorted(odd)], changed, terms)
    written = {term.encode() for term in terms}
    if any(term in joined for term in written):
        lowered = joined.split(BETWEEN)
        if len(lowered) != len(texts):
            # One holds the sign between them: each by itself.
            lowered = [text.lower() for text in texts]
        for at in sorted(_with_any(lowered, written) - odd):
            yield at, lowered[at].decode()


def _with_any(texts: list[bytes], parts: set[bytes]) -> set[int]:
    """The places of the texts that hold any of them."""
    return {at for part in parts for at, text in enumerate(texts) if part in text}


def _holding_as_folded(
    texts: list[tuple[int, bytes]], changed: dict[str, str], terms: tuple[str, ...]
) -> Iterator[tuple[int, str]]:
    whole = _replaced(BETWEEN.join(text for _at, text in texts).lower().decode(), changed)
    if any(term in whole for term in terms):
        parts = whole.split(BETWEEN.decode())
        if len(parts) != len(texts):
            # One holds the sign between them: each by itself.
            parts = [fold(text.decode()) for _at, text in texts]
        yield from ((at, part) for (at, _), part in zip(texts, parts, strict=True) if any(t in part for t in terms))


def _changed(chars: set[str], letters: set[str]) -> dict[str, str]:
    """Those that fold to others, and to what; only those that fold to one of these letters, or to nothing."""
    folds = {char: of(char) for char in chars}
    near = {char for char, other in folds.items() if not other or not letters.isdisjoint(other)}
    return {char: folds[char] for char in near if folds[char] != char}


def _replaced(text: str, changed: dict[str, str]) -> str:
    if len(changed) > FEW:
        return text.translate({ord(char): other for char, other in changed.items()})
    for char, other in changed.items():
        text = text.replace(char, other)
    return text


def places(text: str, terms: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the folded `terms` stand in the text as it was typed: spans (first, past the last) in order, apart."""
    parts = text.lower() if text.isascii() else list(map(of, text))
    whole = "".join(parts)
    if not any(term in whole for term in terms):
        return []
    # For each folded character the place of the one it came from.
    one_to_one = text.isascii() or (len(whole) == len(text) and "" not in parts)
    source = range(len(text)) if one_to_one else [place for place, part in enumerate(parts) for _ in part]
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
