"""A program started beside this one, that never outlives it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
AT_ONCE = 10  # seconds; who dies sooner would die again


class Child:
    """One program in a process group of its own: Ctrl-C in a terminal reaches the one who started it alone."""

    def __init__(
        self, name: str, *command: str, ends_on: int = signal.SIGTERM, patience: float = 12, **options: Any
    ) -> None:
        """`ends_on` asks it for a calm end, which may take `patience` seconds; `options` are Popen's own."""
        self.name, self.command, self.ends_on, self.patience = name, command, ends_on, patience
        self.options = options
        self.start()

    def start(self) -> None:
        self.started, self.asked = time.monotonic(), False
        self.process = subprocess.Popen(
            self.command, start_new_session=True, preexec_fn=self._end_with_parent, **self.options
        )

    @property
    def dead(self) -> bool:
        return self.process.poll() is not None

    @property
    def just_started(self) -> bool:
        return time.monotonic() - self.started < AT_ONCE

    def ask_to_end(self) -> None:
        """Once only: many programs take a second signal for impatience."""
        if not self.asked and not self.dead:
            self.process.send_signal(self.ends_on)
        self.asked = True

    def end(self) -> None:
        """Waits for a calm end, then takes down whatever is left of its group."""
        self.ask_to_end()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        self.clear()

    def clear(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _end_with_parent(self) -> None:
        """Even a parent that is killed outright leaves nothing running (Linux)."""
        if sys.platform == "linux":
            LIBC.prctl(PR_SET_PDEATHSIG, self.ends_on)


def end_on_signals() -> None:
    """Ctrl-C and SIGTERM end the program through its `finally` blocks, without a traceback."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
