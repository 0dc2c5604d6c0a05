"""The id of a form that was used again for other words."""

from uuid import UUID

from django.utils.crypto import salted_hmac


def beside(id: UUID, *words: str) -> UUID:
    """The id that other words get beside one that is taken: the same however often they are sent.

    Keyed, because an id stands open in the database and says nothing about words there.
    """
    said = "\0".join((str(id), *words))
    return UUID(bytes=salted_hmac("journal.step.beside", said, algorithm="sha256").digest()[:16], version=4)
