"""How much machine so many people need, reckoned from what was measured: `python -m bench.sizing` prints the table of
docs/operating.md. Change a figure here to one of your own and print it anew.
"""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Use:
    """How people use it: assumptions, on the side of too much."""

    open_a_day: float = 0.3  # of all people
    pages: int = 12  # each time, with what is kept
    busiest_hour: float = 0.15  # of a day's pages
    entries_a_year: int = 500
    letters_at_once: float = 0.25  # of all people, within the busiest hour of the week


@dataclass(frozen=True)
class Measured:
    """On two cores; where each comes from stands in docs/operating.md."""

    page: float = 0.025  # s of a processor, the database's part included: 0.020 of W8, and room
    of_it_database: float = 0.3
    letter: float = 0.0015  # s of a processor, half of it the database's (W10)
    entry: int = 2_600  # bytes in PostgreSQL: 1,860 with all that lies beside it when just made, and room for changes
    delivery: int = 445  # bytes, indexes included (W9), one a week for 400 days
    process: int = 70  # MB of a web process, what processes share divided by them (W11)
    connection_of_sender: float = 12.0  # letters a second of one connection at 20 ms to the mail server (W10n)
    full: float = 0.5  # of a core, in the busiest hour


@dataclass(frozen=True)
class Need:
    pages: float  # a second, in the busiest hour
    web_cores: int
    web_processes: int
    database_cores: int
    letters: float  # a second
    senders: int
    gigabytes: int  # of the first year


def need(people: int, use: Use = Use(), measured: Measured = Measured()) -> Need:  # noqa: B008  (frozen)
    """A web process answers on one core at a time, so there are as many as cores, and never fewer than two."""
    pages = people * use.open_a_day * use.pages * use.busiest_hour / 3600
    letters = people * use.letters_at_once / 3600
    seconds = pages * measured.page
    web = ceil(seconds * (1 - measured.of_it_database) / measured.full)
    database = ceil((seconds * measured.of_it_database + letters * measured.letter / 2) / measured.full)
    rows = people * (use.entries_a_year * measured.entry + 57 * measured.delivery)
    senders = ceil(letters / measured.connection_of_sender)
    return Need(pages, web, max(2, web), database, letters, senders, ceil(rows / 10**9))


HEAD = "people", "pages a second", "web cores", "web processes", "database cores", "letters a second", "senders"


def table() -> str:
    """For docs/operating.md."""
    lines = [f"| {' | '.join([*HEAD, 'rows of a year'])} |", "|---" * 8 + "|"]
    for people in (10, 10_000, 1_000_000, 100_000_000):
        found = need(people)
        counts = [found.web_cores, found.web_processes, found.database_cores]
        cells = [f"{people:,}", _rate(found.pages), *(f"{one:,}" for one in counts), _rate(found.letters)]
        lines.append(f"| {' | '.join([*cells, f'{found.senders:,}', f'{found.gigabytes:,} GB'])} |")
    return "\n".join(lines)


def _rate(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


if __name__ == "__main__":
    print(table())
