"""A program started beside this one, that never outlives it."""

import ctypes
import multiprocessing.context
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
LIBC = ctypes.CDLL(None)
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
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
        self.process = self._begin()

    def _begin(self) -> "subprocess.Popen[Any] | Forked":
        return subprocess.Popen(self.command, start_new_session=True, preexec_fn=self._end_with_parent, **self.options)

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
        assert self.process.pid
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _end_with_parent(self) -> None:
        """Even a parent that is killed outright leaves nothing running (Linux)."""
        if sys.platform == "linux":
            LIBC.prctl(PR_SET_PDEATHSIG, self.ends_on)


class Fork(Child):
    """A function of this program, in a process of its own: what is loaded here is loaded there, and held once."""

    def __init__(self, name: str, goes_on: Callable[[], object], patience: float = 12) -> None:
        self.goes_on = goes_on
        super().__init__(name, patience=patience)

    def _begin(self) -> "Forked":
        """Whoever is asked to end between its birth and its first line hears of it then."""
        forked = Forked(target=self._go_on, name=self.name)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
        try:
            forked.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return forked

    def _go_on(self) -> None:
        os.setsid()
        self._end_with_parent()
        if sys.platform == "linux":
            LIBC.prctl(PR_SET_NAME, self.name.encode())  # the first 15 letters of it, for ps and top
        for number in ENDS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
        self.goes_on()


class Forked(multiprocessing.context.ForkProcess):
    """With those of Popen's verbs that a Child knows."""

    @property
    def returncode(self) -> int | None:
        return self.exitcode

    def poll(self) -> int | None:
        return self.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self.join(timeout)
        if self.exitcode is None:
            raise subprocess.TimeoutExpired(self.name, timeout or 0)
        return self.exitcode

    def send_signal(self, number: int) -> None:
        assert self.pid
        os.kill(self.pid, number)


def end_on_signals() -> None:
    """Ctrl-C and SIGTERM end the program through its `finally` blocks, without a traceback."""
    for number in ENDS:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
