"""What `manage.py doctor` asks of this app (config.doctor)."""

from collections.abc import Iterator

from config.doctor import Finding, note, well
from journal.export import faces


def fonts() -> Iterator[Finding]:
    """For the PDF book; what cannot be drawn there says which script it is of."""
    if lacking := faces.not_drawn():
        yield note(f"The PDF book cannot draw {', '.join(lacking)} here; docs/configuration.md names the packages.")
    else:
        yield well("the PDF book can draw every script that it knows")
