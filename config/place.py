"""Settings about the place as such: who runs it, what it tells people, how much it keeps for one (config.settings)."""

from pathlib import Path

from config import env


def told(home: Path) -> tuple[str, str, str, Path, int]:
    """Who runs it; the files with people to call, with texts of the place, with a notice; from which age on."""
    return (
        env.text("ONWARD_OPERATOR"),
        env.text("ONWARD_HELP_FILE"),
        env.text("ONWARD_TEXTS"),
        Path(env.text("ONWARD_NOTICE_FILE", str(home / "notice.toml"))),
        env.number("ONWARD_MINIMUM_AGE", 0, 0, 99),
    )


def limits() -> tuple[int, int]:
    """For one account: entries, and megabytes of their texts."""
    return (
        env.number("ONWARD_MOST_ENTRIES", 200_000, 1, 1_000_000_000),
        env.number("ONWARD_MOST_MEGABYTES", 200, 1, 1_000_000),
    )
