"""What another app counted: measures under the names they had there, and a reading a day."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from journal import amounts
from journal.importing.found import Number, Page
from journal.importing.keeping import clean, noted
from journal.models import Imported, Measure, Reading
from journal.models.imported import digest, known
from journal.models.theme import folded

if TYPE_CHECKING:
    from journal.importing.pages import Pages

Placed = tuple[int, Number, str]


class Numbers:
    """Those of one batch."""

    def __init__(self, pages: "Pages", numbers: list[Placed]) -> None:
        self.pages, self.owner = pages, pages.owner
        # Which of five a mood is nearest to, by the folded name that its writer gave it.
        self.levels: dict[str, int] = pages.incoming.told("choices").get("levels", {})
        self.numbers = [(place, self._placed(number), id) for place, number, id in numbers]

    def _placed(self, number: Number) -> Number:
        if not number.is_mood or number.level is not None:
            return number
        return replace(number, level=self.levels.get(folded(" ".join(clean(str(number.value)).split())[:200])))

    def keep(self) -> list[tuple[int, Page, str]]:
        """What was written beside a number comes back as a page."""
        if not self.numbers:
            return []
        self.measures = list(Measure.objects.of(self.owner))
        for one in self.numbers:
            self._keep_one(*one)
        notes = [(place, _note(number), self._id(number)) for place, number, _id in self.numbers if _words(number)]
        there = known(self.owner.pk, [id for _place, _page, id in notes])
        return [note for note in notes if note[2] not in there]

    def _id(self, number: Number) -> str:
        return digest(self.owner.pk, self.pages.incoming.source, f"beside {number.source_id}")

    def _keep_one(self, place: int, number: Number, id: str) -> None:
        kind, value = measured(number)
        told: dict[str, Any] = {"left_out": list(number.left_out), "meta": dict(number.meta)}
        told["level"] = number.value if isinstance(number.value, str) else ""
        day = number.local_date
        if value is None and not _words(number):
            self.pages.skip(place, "no_number", id, where=str(day), **told)
            return
        if value is None:
            return
        measure = self._measure(place, number, kind)
        stands: Reading | None = Reading.objects.of(self.owner).filter(measure=measure, local_date=day).first()
        if stands is not None and not self._is_of_this(stands):
            self.pages.skip(place, "day_taken", id, where=str(day), **told)
            return
        kept = Reading.keep(measure, self.pages.at(number.at, day, place), value=value, local_date=day)
        self.pages.notes.append(
            noted(self.pages.incoming, place, digest=id, noun="readings", row_id=kept.pk, told=told)
        )
        self.pages.counts["kept"] += 1

    def _is_of_this(self, reading: Reading) -> bool:
        """It was made of the same file: one day can have several numbers there; the earlier ones stand beneath it."""
        mine = Imported.objects.filter(incoming=self.pages.incoming, noun="readings", row_id=reading.pk)
        return any(one.row_id == reading.pk for one in self.pages.notes) or bool(mine.exists())

    def _measure(self, place: int, number: Number, kind: str) -> Measure:
        """The one of that name and kind that is there, or a new one that only notices."""
        name = " ".join(clean(number.measure).split())[:200] or "…"
        one: Measure
        for one in self.measures:
            if not one.damaged and folded(one.name) == folded(name) and one.kind == kind:
                return one
        made = Measure.keep(self.owner, self.pages.at(number.at, number.local_date, 0), name=name, kind=kind)
        self.measures.append(made)
        self.pages.notes.append(noted(self.pages.incoming, place, noun="measures", row_id=made.pk))
        return made


def measured(number: Number) -> tuple[str, str | None]:
    """Of which kind it is, and the value as it is kept; None where there is no number in it."""
    level = Decimal(number.level) if number.level is not None else None
    value = number.value if isinstance(number.value, Decimal) else level
    kind = number.kind or (Measure.Kind.SCALE if isinstance(number.value, str) else Measure.Kind.NUMBER)
    if kind not in Measure.Kind.values or value is None or not value.is_finite() or not 0 <= value <= amounts.LARGEST:
        return kind, None
    return kind, amounts.read(kind, amounts.kept(round(value, amounts.PLACES)))


def _words(number: Number) -> str:
    """What was written beside it; a level that nobody can count is kept as the word that it is."""
    level = number.value if isinstance(number.value, str) and number.level is None else ""
    lines = [f"{number.measure}: {level}" if level.strip() else "", number.note]
    return clean("\n\n".join(line for line in lines if line.strip()))


def _note(number: Number) -> Page:
    return Page(number.source_id, number.local_date, number.at, number.zone, text=_words(number))
