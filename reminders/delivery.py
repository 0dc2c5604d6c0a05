from datetime import datetime


def tick(now: datetime) -> None:
    """One pass over the letters at the instant `now` (UTC)."""
