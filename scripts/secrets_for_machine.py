"""Writes /etc/onward for a machine without Docker, each file only if it is not there yet (docs/operating.md):

    python3 -m scripts.bootstrap scripts.secrets_for_machine https://journal.example

A role of PostgreSQL for each purpose, with a password of its own; `passwords.sql` gives them to the server.
"""

import pwd
import re
import secrets
import shutil
import sys
from pathlib import Path

from scripts.secrets_for_compose import fresh_ring

ROLES = {"database_url": "onward_app", "migrate_url": "onward_migrate", "backup_url": "onward_backup"}
URL = "postgresql://{role}:{password}@127.0.0.1:5432/onward?sslmode=disable"


def main(words: list[str]) -> None:
    if not 0 < len(words) < 4 or not words[0].startswith("https://"):
        sys.exit("It takes the public address, such as https://journal.example (and a folder, and whose it is).")
    url, place, person = [*words, *("https://", "/etc/onward", "onward")[len(words) :]]
    folder = Path(place)
    enclose(folder / "secrets", person)
    made = [name for name, text in texts(url, folder).items() if keep(folder / name, text, person)]
    print(f"Made in {folder}: {', '.join(made)}." if made else f"All of {folder} was there already.")
    if "secrets/keys.json" in made:
        print(f"Keep a copy of {folder}/secrets/keys.json away from this machine: without it nobody can open a word.")


def texts(url: str, folder: Path) -> dict[str, str]:
    redis = known(folder / "secrets/redis.conf", r"requirepass (\w+)")
    roles = {name: known(folder / "secrets" / name, r"//\w+:(\w+)@") for name in ROLES}
    return {
        "onward.env": f"ONWARD_URL={url}\nMETRICS_TOKEN={secrets.token_hex(24)}\n",
        "proxy.env": f"ONWARD_URL={url}\nONWARD_TLS=public\n",
        "secrets/secret_key": secrets.token_urlsafe(64),
        "secrets/keys.json": fresh_ring("first"),
        "secrets/redis.conf": f"requirepass {redis}\n",
        "secrets/redis_url": f"redis://:{redis}@127.0.0.1:6379/0",
        "secrets/email_url": "",
        **{f"secrets/{name}": URL.format(role=ROLES[name], password=said) for name, said in roles.items()},
        "secrets/passwords.sql": "".join(
            f"ALTER ROLE {ROLES[name]} PASSWORD '{said}';\n" for name, said in roles.items()
        ),
    }


def known(path: Path, pattern: str) -> str:
    """The password that is there already, so that a lost file can be made again; else a fresh one."""
    found = re.search(pattern, path.read_text()) if path.exists() else None
    return found[1] if found else secrets.token_hex(24)


def keep(path: Path, text: str, person: str) -> bool:
    """`person`, who runs the programs, may read it."""
    if path.exists():
        return False
    path.touch(mode=0o600)
    path.write_text(text)
    shutil.chown(path, person)
    path.chmod(0o400)
    return True


def enclose(folder: Path, person: str) -> None:
    """Their group may look into the folders, and nobody but root adds to them."""
    folder.mkdir(parents=True, exist_ok=True)
    for place in (folder, folder.parent):
        shutil.chown(place, group=pwd.getpwnam(person).pw_gid)
        place.chmod(0o750)


if __name__ == "__main__":
    main(sys.argv[1:])
