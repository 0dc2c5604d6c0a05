"""Rows of our own copy become the rows that they were.

An id that is free is kept; one that is taken is made anew (the same however often the file comes), and what refers to
it follows. What stands here stays as it is: the same row is passed over, and of what there can be only one, ours is
left. An entry that says something else by now comes beside it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from accounts.export import take_in
from journal.export.everything import NOUNS
from journal.importing.found import Found, Row, Skipped
from journal.importing.keeping import note, noted
from journal.importing.rows import Built, Links, Unkept, built
from journal.importing.taken import Keys, Room, other_words, room
from journal.models import Draft, Entry, Import, Imported, Matter, Theme
from journal.models.again import beside
from journal.models.owned import Owned
from journal.models.theme import folded

# A word is one word, however it is spelt.
WORDS: dict[type[Owned], str] = {Theme: "name", Matter: "text"}


class OwnRows:
    def __init__(self, incoming: Import) -> None:
        self.incoming, self.owner = incoming, incoming.owner
        # Rows of the file that stand here under another id: words are the same word, however they are spelt.
        self.same: dict[UUID, UUID] = {}

    def standing(self, batch: list[Found]) -> int:
        rows = [one for one in batch if isinstance(one, Row) and one.noun in NOUNS]
        count = 0
        for noun, group in groupby(rows, lambda row: row.noun):
            ids = [id for id in (as_id(row.told.get("id")) for row in group) if id]
            candidates = {*ids, *(self._anew(id) for id in ids)}
            count += NOUNS[noun]._base_manager.filter(owner=self.owner, pk__in=candidates).count()
        return count

    def pass_over(self, one: Found) -> None:
        if isinstance(one, Row) and one.noun in ("themes", "matters"):
            self._find_same(NOUNS[one.noun], [one])

    def keep(self, batch: list[Found], place: int, now: datetime) -> Counter[str]:
        self.counts, self.notes = Counter[str](), list[Imported]()
        placed = [(place + at, one) for at, one in enumerate(batch)]
        for noun, group in groupby(placed, lambda pair: pair[1].noun if isinstance(pair[1], Row) else ""):
            if noun in NOUNS:
                self._keep_rows(noun, [(at, one) for at, one in group if isinstance(one, Row)], now)
            else:
                for at, one in group:
                    self._keep_other(at, one, now)
        note(self.notes)
        return self.counts

    def _keep_other(self, place: int, one: Found, now: datetime) -> None:
        wanted = self.incoming.told("choices").get("settings")
        if isinstance(one, Skipped):
            self._skip(place, one.reason, where=one.where)
        elif isinstance(one, Row) and one.noun == "person":
            if wanted:
                take_in(self.owner, one.told)
        elif isinstance(one, Row) and not (wanted and self._part_takes(one, now)):
            self._skip(place, "letters_settings", where=one.noun)

    def _part_takes(self, row: Row, now: datetime) -> bool:
        """What belongs to another app."""
        return any(import_string(part)(self.owner, now, row.noun, row.told) for part in settings.EXPORT_PARTS.values())

    def _skip(self, place: int, reason: str, **told: Any) -> None:
        self.counts["skipped"] += 1
        self.notes.append(noted(self.incoming, place, reason=reason, told=told))

    # Rows of one noun

    def _keep_rows(self, noun: str, placed: list[tuple[int, Row]], now: datetime) -> None:
        model = NOUNS[noun]
        self._find_same(model, [row for _at, row in placed])
        links = self._links(model, [row for _at, row in placed])
        all_built = list(self._built(noun, placed, links, now))
        ids = self._ids(model, [old for _at, old, _one in all_built])
        keys, space = Keys(model, self.owner, [one.row for _at, _old, one in all_built]), room(model, self.owner)
        made, new = list[tuple[int, Built]](), dict[UUID, UUID]()
        for at, old, one in all_built:
            try:
                id = self._settled(ids, keys, space, old, one)
            except Unkept as error:
                self._skip(at, error.reason, where=noun)
                continue
            if id is None:
                self.counts["known"] += 1
                continue
            one.row.pk, new[old] = id, id
            keys.add(one.row)
            made.append((at, one))
        for _at, one in made:
            for name, old in one.own.items():
                setattr(one.row, name, getattr(one.row, name) or new.get(old))
        self._write(noun, model, made)

    def _built(
        self, noun: str, placed: list[tuple[int, Row]], links: Links, now: datetime
    ) -> Iterator[tuple[int, UUID, Built]]:
        for at, row in placed:
            old = as_id(row.told.get("id")) or uuid4()
            if old in self.same:
                self.counts["known"] += 1
                continue
            try:
                yield at, old, built(NOUNS[noun], row.told, self.owner, now, links)
            except Unkept as error:
                self._skip(at, error.reason, where=noun)

    def _ids(self, model: type[Owned], olds: list[UUID]) -> "Ids":
        candidates = {*olds, *(self._anew(id) for id in olds)}
        found = model._base_manager.filter(pk__in=candidates)
        return Ids({row.pk: row for row in found if row.owner_id == self.owner.pk}, {row.pk for row in found})

    def _settled(self, ids: "Ids", keys: Keys, space: Room, old: UUID, one: Built) -> UUID | None:
        """The id that the row gets; None where it stands here already. Raises Unkept."""
        anew = self._anew(old)
        if anew in ids.mine:
            return None
        if old in ids.mine and not (isinstance(one.row, Entry) and other_words(ids.mine[old], one.row)):
            return None
        if (stands := keys.stands(one.row)) is not None:
            if other_words(stands, one.row):
                raise Unkept("other_words")
            return None
        space.fit(one)
        id = old if old not in ids.taken else anew if anew not in ids.taken else uuid4()
        ids.taken.add(id)
        return id

    def _anew(self, id: UUID) -> UUID:
        return beside(id, str(self.owner.pk), "brought")

    def _write(self, noun: str, model: type[Owned], made: list[tuple[int, Built]]) -> None:
        rows = [one.row for _at, one in made]
        model._base_manager.bulk_create(rows)
        for _at, one in made:
            one.row.updated_at = one.updated_at
        if rows:
            model._base_manager.bulk_update(rows, ["updated_at"])
        for name in {name for _at, one in made for name in one.many}:
            through: Any = getattr(model, name).through
            field = model._meta.get_field(name)
            here, there = field.m2m_field_name(), field.m2m_reverse_field_name()  # type: ignore[union-attr]
            through._default_manager.bulk_create(
                through(**{f"{here}_id": one.row.pk, f"{there}_id": other})
                for _at, one in made
                for other in one.many.get(name, [])
            )
        if removals := [one.removal for _at, one in made if one.removal]:
            type(removals[0])._default_manager.bulk_create([_bound(one) for _at, one in made if one.removal])
        if model is Draft and rows:
            Draft.wait_for(self.owner)
        self.notes += [noted(self.incoming, at, noun=noun, row_id=one.row.pk, told=one.told) for at, one in made]
        self.counts["kept"] += len(made)

    # What rows refer to

    def _links(self, model: type[Owned], rows: list[Row]) -> Links:
        """(key, old id) → the id here. What is not here has none."""
        links: Links = {}
        for key, other in references(model).items():
            named = {id for row in rows for value in as_list(row.told.get(key)) if (id := as_id(value))}
            candidates = {id: (self.same.get(id), self._anew(id), id) for id in named}
            every = {id for three in candidates.values() for id in three if id}
            mine = set(other._base_manager.filter(owner=self.owner, pk__in=every).values_list("pk", flat=True))
            for old, three in candidates.items():
                if found := next((id for id in three if id in mine), None):
                    links[key, old] = found
        return links

    def _find_same(self, model: type[Owned], rows: list[Row]) -> None:
        name = WORDS.get(model)
        if name is None:
            return
        there = {folded(one.text_of(name) or ""): one.pk for one in model._base_manager.filter(owner=self.owner)}
        mine = {as_id(row.told.get("id")): row.told.get(name) for row in rows}
        for old, text in mine.items():
            if old and isinstance(text, str) and folded(text) and folded(text) in there:
                self.same[old] = there[folded(text)]


class Ids:
    def __init__(self, mine: dict[UUID, Any], taken: set[UUID]) -> None:
        self.mine, self.taken = mine, taken


def references(model: type[Owned]) -> dict[str, type[Owned]]:
    """The keys by which its rows refer to others."""
    fields = [one for one in model._meta.concrete_fields if one.is_relation and one.name != "owner"]
    found: dict[str, Any] = {one.attname: one.related_model for one in fields}
    return found | {f"{one.name.removesuffix('s')}_ids": one.related_model for one in model._meta.local_many_to_many}


def as_id(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _bound(one: Built) -> Model:
    assert one.removal is not None
    one.removal.pk = one.row.pk
    return one.removal
