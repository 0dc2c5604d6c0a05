"""The words of the demonstration, and how they are dealt."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")


@cache
def words(name: str) -> dict[str, Any]:
    """What stands in journal/demo/words/<name>.toml."""
    return tomllib.loads((Path(__file__).parent / "words" / f"{name}.toml").read_text())


class Deck(Iterator[T]):
    """Cards that are dealt round and round: one comes back only when every other one was seen."""

    def __init__(self, cards: Iterable[T], random: Random) -> None:
        self.cards = list(cards)
        random.shuffle(self.cards)
        self.dealt = 0

    def __next__(self) -> T:
        card = self.cards[self.dealt % len(self.cards)]
        self.dealt += 1
        return card


class Names:
    """Puts somebody where a text says {who} or {her}, and a day where it says {day}."""

    def __init__(self, random: Random) -> None:
        known = words("wins")
        self.decks = {
            "{who}": Deck[str](known["people"], random),
            "{her}": Deck[str](known["women"], random),
            "{day}": Deck[str](known["days"], random),
        }

    def put(self, *texts: str) -> list[str]:
        """The same names in each of these texts."""
        chosen = {slot: next(deck) for slot, deck in self.decks.items() if any(slot in text for text in texts)}
        return [self._filled(text, chosen) for text in texts]

    def _filled(self, text: str, chosen: dict[str, str]) -> str:
        for slot, name in chosen.items():
            text = text.replace(slot, name)
        return text
