"""What belongs to a file from elsewhere: its pieces while it waits, and what became of each thing in it."""

import base64
from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.utils.crypto import salted_hmac

from accounts.sealed import SealedTextField
from journal.models.incoming import Import
from journal.models.owned import Owned, OwnedQuerySet


class Chunk(Owned):
    """A mebibyte of the file, or what is left at its end."""

    incoming = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="chunks")
    no = models.PositiveIntegerField()
    content = SealedTextField(label="chunk.content")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("incoming", "no", name="one_chunk_a_number")]

    @property
    def piece(self) -> bytes:
        """Raises Damaged."""
        return base64.b64decode(self.content)


class ImportedQuerySet(OwnedQuerySet):
    def standing(self) -> Self:
        """What was made of it and was not undone."""
        return self.filter(row_id__isnull=False)


class Imported(Owned):
    """One thing of a file: the row that was made of it, or why none was.

    `digest` is keyed: whoever reads the database learns nothing of the ids that other apps gave, or that two people
    brought the same file. `noun` is the name that the row's kind has in “Everything” (docs/formats.md).
    """

    incoming = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    noun = models.CharField(max_length=16, blank=True)
    row_id = models.UUIDField(null=True, blank=True, db_index=True)
    reason = models.CharField(max_length=32, blank=True)
    # JSON: where it stood in the file, what was left out, and the fields that nobody knows here, as they came.
    told = SealedTextField(label="imported.told")

    objects: ClassVar[Any] = ImportedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "imported"
        indexes = [
            models.Index(fields=["owner", "digest"], name="imported_digest"),
            models.Index(fields=["incoming", "place"], name="imported_place"),
        ]


def digest(owner: UUID, source: str, source_id: str) -> str:
    return salted_hmac("journal.imported", f"{owner}\0{source}\0{source_id}", algorithm="sha256").hexdigest()


def known(owner: UUID, digests: Iterable[str]) -> set[str]:
    """Those that were brought before, and not undone."""
    there = Imported.objects.filter(owner_id=owner, digest__in=list(digests)).standing()
    return set(there.values_list("digest", flat=True))
