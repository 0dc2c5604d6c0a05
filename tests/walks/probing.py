"""`python -m tests.walks.probing texts 20000`, `others`, or `secrecy sqlite SETTINGS`: figures as JSON."""

import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django


def main(what: str, *more: str) -> None:
    told = secrecy(*more) if what == "secrecy" else undone(what, *more)
    sys.stdout.write(json.dumps(told) + "\n")


def secrecy(engine: str, settings: str) -> dict[str, object]:
    from tests.walks.secrecy import walked

    with TemporaryDirectory(prefix="onward-") as folder:
        return walked(engine, Path(folder), settings, browser=True)._asdict()


def undone(what: str, *more: str) -> dict[str, object]:
    """On a database without people, which is left as it was."""
    from django.db import transaction
    from django.test.utils import setup_test_environment

    setup_test_environment()
    with transaction.atomic():
        told = texts(int(*more)) if what == "texts" else others()
        transaction.set_rollback(True)
    return told


def texts(count: int) -> dict[str, object]:
    from tests.walks.hostile import Prober, everything, journal

    prober = Prober(journal())
    tried = list(everything(count))
    prober.try_texts(tried, handful=500)
    told = prober.told
    each = {"each": len(tried), "forms": len(prober.targets), "lines": told.lines, "tried": told.tried}
    return each | {"wrong": told.wrong, "megabyte": megabyte(prober)}


def megabyte(prober: object) -> float:
    """Milliseconds until a million bytes of it are kept, the middle one of seven."""
    from tests.walks.hostile import Undone
    from tests.walks.odd_values import FORM

    body, took = b"kind=win&body=" + b"%F0%9F%8C%B1" * 262_144, []
    for _ in range(7):
        with Undone():
            begun = time.perf_counter()
            answer = prober.client.generic("POST", "/entries/", body, content_type=FORM)  # type: ignore[attr-defined]
            took.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 303
    return sorted(took)[3]


def others() -> dict[str, object]:
    from django.test import override_settings

    from tests.walks.hostile import Prober, journal
    from tests.walks.odd_values import ODD
    from tests.walks.other_kinds import OtherKinds

    # A limit would answer the most of it.
    with override_settings(ACCOUNT_RATE_LIMITS=False):
        tried = OtherKinds(Prober(journal())).every(len(ODD))
    return {"tried": tried.tried, "wrong": tried.broken}


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
