"""Pages of other journals become entries; what they counted becomes readings (journal.importing.numbers)."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from accounts.days import is_zone, local_date, zone_of
from accounts.models import User
from journal.importing.found import Found, Number, Page, Skipped
from journal.importing.keeping import LONGEST, clean, note, noted
from journal.importing.numbers import Numbers
from journal.models import Entry, Import, Imported, Theme
from journal.models.imported import digest, known
from journal.models.kinds import WRITTEN
from journal.models.theme import folded

EARLIEST = 1900
KINDS = {*WRITTEN, Entry.Kind.ENCOURAGEMENT}


class Pages:
    def __init__(self, incoming: Import) -> None:
        self.incoming = incoming
        self.owner: User = incoming.owner
        # Which theme a word of the file goes to, by its folded spelling; "" leaves it out.
        self.tags: dict[str, str] = incoming.told("choices").get("tags", {})

    def standing(self, batch: list[Found]) -> int:
        ids = self._digests(batch)
        there = known(self.owner.pk, ids.values())
        return sum(one in there for one in ids.values())

    def pass_over(self, one: Found) -> None:
        """No page refers to another."""

    def _digests(self, batch: list[Found]) -> dict[int, str]:
        """By where it stands in the batch. A page and a number may have one id of their source."""
        source = self.incoming.source
        return {
            at: digest(self.owner.pk, source, one.source_id if isinstance(one, Page) else f"number {one.source_id}")
            for at, one in enumerate(batch)
            if isinstance(one, Page | Number)
        }

    def keep(self, batch: list[Found], place: int, now: datetime) -> Counter[str]:
        self.counts, self.now, self.notes = Counter[str](), now, list[Imported]()
        self.today = local_date(self.owner, now)
        ids = self._digests(batch)
        there = known(self.owner.pk, ids.values())
        pages: list[tuple[int, Page, str]] = []
        numbers: list[tuple[int, Number, str]] = []
        for at, one in enumerate(batch):
            where = place + at
            if isinstance(one, Skipped):
                self.skip(where, one.reason, "", where=one.where)
            elif ids.get(at) in there:
                self.counts["known"] += 1
            elif isinstance(one, Page | Number):
                there.add(ids[at])
                if reason := self._why_not(one):
                    self.skip(where, reason, ids[at], where=str(one.local_date), meta=dict(one.meta))
                elif isinstance(one, Page):
                    pages.append((where, one, ids[at]))
                else:
                    numbers.append((where, one, ids[at]))
        self._keep_pages(pages + Numbers(self, numbers).keep())
        note(self.notes)
        return self.counts

    def skip(self, place: int, reason: str, id: str, **told: Any) -> None:
        self.counts["skipped"] += 1
        self.notes.append(noted(self.incoming, place, digest=id, reason=reason[:32], told=told))

    def _why_not(self, one: Page | Number) -> str:
        if one.local_date.year < EARLIEST or one.local_date > self.today + timedelta(days=1):
            return "odd_date"
        if isinstance(one, Page):
            text = self.text_of(one)
            return "too_long" if len(text) > LONGEST else "" if text.strip() else "no_text"
        return ""

    @staticmethod
    def text_of(page: Page) -> str:
        """Words that were only chosen from a list are its words, where there are no others."""
        text = clean(page.text)
        return text if text.strip() else clean(", ".join(page.tags))

    # Pages

    def _keep_pages(self, pages: list[tuple[int, Page, str]]) -> None:
        themes = self._themes([page for _place, page, _id in pages])
        entries, links = [], []
        for place, page, id in pages:
            entry = self._entry(place, page)
            entries.append(entry)
            mine = dict.fromkeys(themes[name] for name in self._names(page) if name in themes)
            links += [Entry.themes.through(entry_id=entry.pk, theme_id=theme) for theme in mine]
            told = {"left_out": list(page.left_out), "meta": dict(page.meta)}
            self.notes.append(noted(self.incoming, place, digest=id, noun="entries", row_id=entry.pk, told=told))
        Entry.objects.bulk_create(entries)
        Entry.themes.through._default_manager.bulk_create(links)
        self.counts["kept"] += len(entries)

    def _entry(self, place: int, page: Page) -> Entry:
        zone = page.zone if is_zone(page.zone) else zone_of(self.owner).key
        return Entry(
            owner=self.owner,
            kind=page.kind if page.kind in KINDS else Entry.Kind.NOTE,
            body=self.text_of(page),
            local_date=page.local_date,
            zone=zone,
            created_at=self.at(page.at, page.local_date, place),
        )

    def at(self, at: datetime | None, day: date, place: int) -> datetime:
        """When it was written; where nobody knows, noon of its day. Never later than now: nothing is new by this."""
        noon = datetime.combine(day, time(12), zone_of(self.owner)).astimezone(UTC) + timedelta(microseconds=place)
        return min(at or noon, self.now)

    # Themes

    def _names(self, page: Page) -> Iterator[str]:
        """Folded, as the person chose."""
        for tag in page.tags:
            name = self._chosen(tag)
            if folded(name):
                yield folded(name)

    def _chosen(self, tag: str) -> str:
        tag = " ".join(clean(tag).split())[:200]
        return self.tags.get(folded(tag), tag)

    def _themes(self, pages: list[Page]) -> dict[str, Any]:
        names = [self._chosen(tag) for page in pages for tag in page.tags]
        before = set(Theme.objects.of(self.owner).values_list("pk", flat=True)) if names else set()
        themes = Theme.named(self.owner, names)
        made = [theme for theme in themes if theme.pk not in before]
        self.notes += [noted(self.incoming, 0, noun="themes", row_id=theme.pk) for theme in made]
        return {folded(theme.name): theme.pk for theme in themes}
