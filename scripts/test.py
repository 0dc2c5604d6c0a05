"""Brings what the tests need and runs all of them, once on each database: `make test`.

One pytest, two processes side by side (tests/engines.py says which test runs where), one closing line.
"""

import os
import sys
import tempfile
from contextlib import ExitStack

from scripts import services
from scripts.children import Child, end_on_signals

EACH = ["--dist=each", "--tx=popen//id=sqlite", "--tx=popen//id=postgresql"]


def main(words: list[str]) -> int:
    end_on_signals()
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="onward-"))
        environment = (
            os.environ | servers(stack) | {"CHROMIUM": services.chromium(), "COVERAGE_FILE": f"{home}/coverage"}
        )
        for name in ("DATABASE_URL", "REDIS_URL"):
            environment.pop(name, None)
        pytest = [sys.executable, "-m", "pytest", *EACH, *(words or ["tests"])]
        child = Child("pytest", *pytest, patience=60, env=environment)
        stack.callback(child.end)
        return child.process.wait()


def servers(stack: ExitStack) -> dict[str, str]:
    """What stands in the environment is used under names of our own; nothing there is ever killed or flushed."""
    postgres, redis = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    return {
        "ONWARD_TEST_POSTGRES_URL": postgres or stack.enter_context(services.postgres()).url,
        "ONWARD_TEST_REDIS_URL": redis or stack.enter_context(services.redis()).url,
        "PATH": f"{services.postgres_binaries()}{os.pathsep}{os.environ['PATH']}",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
