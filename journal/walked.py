"""Before a second milestone: what was walked already. It is looked at once, when there is one milestone and no more."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from journal.models import Completion, Entry, Milestone

MOST = 6


@dataclass(frozen=True)
class Walked:
    milestone: Milestone
    completions: list[Completion]
    wins: list[Entry]


def before_a_second(user: User) -> Walked | None:
    """Nothing before the first, nothing after the second, and nothing where nothing was walked."""
    found = list(Milestone.objects.of(user).order_by("created_at", "pk")[:2])
    if len(found) != 1:
        return None
    walked = Walked(found[0], _completions(user, found[0].pk), _wins(user, found[0].pk))
    return walked if walked.completions or walked.wins else None


def _completions(user: User, milestone_id: UUID) -> list[Completion]:
    """The latest steps that were tried or done, in the order they were."""
    kept = (
        Completion.objects.of(user)
        .filter(step__milestone_id=milestone_id, step__removal__isnull=True)
        .select_related("step")
    )
    return list(kept.order_by("-local_date", "-created_at", "pk")[:MOST])[::-1]


def _wins(user: User, milestone_id: UUID) -> list[Entry]:
    kept = Entry.objects.of(user).filter(milestone_id=milestone_id, kind=Entry.Kind.WIN)
    return list(kept.newest_first()[:MOST])[::-1]
