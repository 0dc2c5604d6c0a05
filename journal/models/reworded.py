"""Texts that are written over where they stand, and what they said before: nothing that was written is lost by that."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from journal.models.entry import Stale


@dataclass(frozen=True)
class Wording:
    """How it stood at that time, those of its texts that were changed later."""

    at: datetime
    texts: list[str]


class Reworded:
    """For a noun with a field `wordings` of its own: JSON, the oldest first, each `at` a time with the `words`."""

    WORDS: ClassVar[tuple[str, ...]] = ()
    if TYPE_CHECKING:
        wordings: Any
        damaged: bool
        version: int
        updated_at: datetime
        save: Any
        text_of: Callable[[str], str | None]

    def reword(self, words: dict[str, str], version: int | None, **also: Any) -> None:
        """Writes these of its texts and leaves the others alone, `also` what goes with a change; of a row that is held.

        The same words change nothing. Raises Stale where another version than the one that was read stands by now, or
        where a text here cannot be opened; then nothing is changed.
        """
        if self.damaged:
            raise Stale
        before = {name: getattr(self, name) for name, text in words.items() if text != getattr(self, name)}
        if not before:
            return
        if version is not None and version != self.version:
            raise Stale
        if lost := {name: text for name, text in before.items() if text}:
            told = [*self._wordings(), {"at": self.updated_at.isoformat(), "words": lost}]
            self.wordings = json.dumps(told, ensure_ascii=False)
        for name, value in (words | also).items():
            setattr(self, name, value)
        self.version += 1
        self.save()

    @property
    def earlier(self) -> list[Wording]:
        """The latest first; none where they do not open."""
        told = self._wordings() if self.text_of("wordings") else []
        return [Wording(datetime.fromisoformat(one["at"]), list(one["words"].values())) for one in reversed(told)]

    def _wordings(self) -> list[dict[str, Any]]:
        return list(json.loads(self.wordings or "[]"))
