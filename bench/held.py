"""What processes hold in memory: their proportional set size, found by the folder of the place that they belong to."""

import re
from pathlib import Path


def held_by(home: Path | str) -> float:
    """MB, all processes of this place together. What several share is counted once."""
    found = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"ONWARD_HOME={home}\0".encode() in (process / "environ").read_bytes():
                found += int(re.findall(r"Pss:\s+(\d+)", (process / "smaps_rollup").read_text())[0])
        except (OSError, IndexError):
            continue
    return found / 1024
