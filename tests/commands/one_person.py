"""What happens in the place of test_one_person, in one process that knows its settings: `shell -c` calls `main`."""

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import leaving
from accounts.models import User
from journal.export import FORMATS
from journal.export.choice import WHOLE
from reminders.models import Schedule
from tests import make

ADA, BEA, ZOE = "ada@example.com", "bea@example.com", "zoe@example.com"
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def main(folder: Path) -> None:
    """Prints one line of JSON."""
    for email in (ZOE, BEA, ADA):
        make.one_of_each(person(email), f"heliotrope {email[0]} \t\\ \n é")
    call_command("backup", str(folder / "day"), stdout=StringIO())
    before = whole()
    said = {"stands": restored(folder, ADA)}
    User.objects.filter(email=ADA).delete()
    bea, cleo = User.objects.get(email=BEA), person("cleo@example.com")
    for one in (bea, cleo):
        make.entry(one, "Since.", themes=["since", "two"])
    others = whole()
    call_command("backup", str(folder / "later"), stdout=StringIO())
    said |= {"nobody": restored(folder, "dora@example.com")}
    said |= {"keyless": restored(folder, ADA, keys=folder / "later/keys")}
    with changed(folder / "day/texts/manifest.json", lambda head: head | {"migrations": head["migrations"][:-1]}):
        said["version"] = restored(folder, ADA)
    with changed(settings.ONWARD_KEYS_FILE, lambda ring: {"primary": "z", "keys": {"z": "A" * 43 + "="}}):
        said["ring"] = restored(folder, ADA)
    untouched = whole() == others
    said["back"] = restored(folder, ADA.upper())
    equal = whole() == others | {ADA: before[ADA]}
    due = Schedule.weekly(User.objects.get(email=ADA)).since > timezone.now() - timedelta(minutes=5)
    leaving.erase(User.objects.get(email=ZOE).pk, timezone.now())
    said["left"] = restored(folder, ZOE)
    told = {"said": said, "untouched": untouched, "equal": equal, "anew": due, "ada": before[ADA]}
    sys.stdout.write(f"{json.dumps(told)}\n")


def person(email: str) -> User:
    user = User.objects.create_user(email, "a long enough secret", time_zone="Europe/Lisbon")
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    Schedule.weekly(user).change(timezone.now(), active=True)
    return user


def restored(folder: Path, email: str, keys: Path | None = None) -> str:
    out = StringIO()
    try:
        call_command("restore", str(folder / "day"), only=email, keys=keys, stdout=out)
    except CommandError as error:
        return str(error)
    return out.getvalue()


def whole() -> dict[str, Any]:
    """Of each person their own copy, how many rows name them, in how many tables, and what hangs on these."""
    return {user.email: [*copy_of(user), *rows_of(user)] for user in User.objects.order_by("email")}


def copy_of(user: User) -> list[str]:
    return [hashlib.sha256(b"".join(FORMATS["json"].chunks(user, LATER, WHOLE))).hexdigest()]


def rows_of(user: User) -> list[int]:
    counts = []
    for model in apps.get_models(include_auto_created=True):
        links = [field.name for field in model._meta.concrete_fields if field.related_model is User]
        if links and model.__name__ not in ("Access", "UserSession"):
            counts.append(model._base_manager.filter(**{links[0]: user.pk}).count())
    through = sum(entry.themes.count() for entry in apps.get_model("journal", "Entry")._base_manager.filter(owner=user))
    return [sum(counts), sum(map(bool, counts)), through]


@contextmanager
def changed(path: Path, change: Any) -> Iterator[None]:
    kept = path.read_text()
    path.write_text(json.dumps(change(json.loads(kept))))
    yield
    path.write_text(kept)
