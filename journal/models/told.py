"""What an entry is by now, and how a page tells it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.sealed import Damaged
from journal.models.kinds import DEEDS, Kind

if TYPE_CHECKING:
    from journal.models import Answer, Decision, Later, Lesson, Meeting

# As much of a text as stands among others; the rest is on the entry's own page.
OPENING = 1000


class Told:
    if TYPE_CHECKING:
        pk: UUID
        kind: str
        body: str
        deed: str
        damaged: bool
        lesson: Lesson
        answer: Answer
        decision: Decision
        meeting: Meeting
        later: Later

    @property
    def deed_name(self) -> str:
        return str(DEEDS.get(self.deed, self.deed))

    @property
    def is_wordless(self) -> bool:
        """Kept with one tap."""
        return not self.damaged and bool(self.deed) and not self.body

    @property
    def has_lesson(self) -> bool:
        """A setback with its lesson. One that does not open is there all the same."""
        try:
            return self.kind == Kind.SETBACK and hasattr(self, "lesson") and bool(self.lesson.lesson)
        except Damaged:
            return True

    @property
    def has_answer(self) -> bool:
        try:
            return self.kind == Kind.DOUBT and hasattr(self, "answer") and bool(self.answer.answer)
        except Damaged:
            return True

    @property
    def is_open(self) -> bool:
        """A hard thing that nothing more was said about. It may stay so for ever."""
        return self.kind == Kind.SETBACK and not self.has_lesson and not hasattr(self, "acceptance")

    @property
    def is_closed(self) -> bool:
        """A letter to later that waits for its day."""
        return self.kind == Kind.LETTER and hasattr(self, "later") and self.later.is_closed

    @property
    def called(self) -> str:
        if self.has_lesson:
            return _("A setback, and its lesson")
        if self.has_answer:
            return _("A doubt, and its answer")
        return str(Kind(self.kind).label)

    @property
    def sign(self) -> str:
        """Its drawn sign, by name."""
        return "kind-lesson" if self.has_lesson else f"kind-{self.kind}"

    @property
    def text(self) -> str:
        """Its own words, for whoever shows them: a letter that is closed has none. What writes them has `body`."""
        return "" if self.is_closed else self.body

    @property
    def opening(self) -> str:
        return self.text[:OPENING]

    @property
    def is_long(self) -> bool:
        return any(len(text) > OPENING for text in self._texts())

    def _texts(self) -> Iterator[str]:
        """What a page shows of it; what does not open is left out."""
        if not self.damaged:
            yield self.text
        if self.kind == Kind.SETBACK and hasattr(self, "lesson") and not self.lesson.damaged:
            yield from (self.lesson.lesson, self.lesson.kind_words)
        if self.has_answer and not self.answer.damaged:
            yield self.answer.answer
        if self.kind == Kind.DECISION and hasattr(self, "decision") and not self.decision.damaged:
            yield self.decision.decided
        if self.kind == Kind.MEETING and hasattr(self, "meeting") and not self.meeting.damaged:
            yield from (self.meeting.helpful, self.meeting.takeaway)

    @property
    def incident(self) -> str:
        """What a person can name to whoever runs this place; it says nothing of the words."""
        return str(self.pk)[:8]
