"""Writes the files that docker-compose.yml hands to its services, each only if it is not there yet: `make secrets`.

The folder is closed to other people of this machine. The files in it are readable, because the services of a container
run under numbers that nobody here has.
"""

import base64
import json
import re
import secrets
import sys
from pathlib import Path

FOLDER = Path("secrets")


def main() -> None:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    made = [name for name, text in texts().items() if keep(FOLDER / name, text)]
    print(f"Made in {FOLDER}/: {', '.join(made)}." if made else f"All of {FOLDER}/ was there already.")
    if "keys.json" in made:
        print("Keep a copy of secrets/keys.json away from this machine: without it nobody can open what is written.")


def texts() -> dict[str, str]:
    database, redis = known("database_password", secrets.token_hex(24)), known("redis.conf", secrets.token_hex(24))
    url = f"postgresql://onward:{database}@postgres:5432/onward"
    return {
        "secret_key": secrets.token_urlsafe(64),
        "keys.json": fresh_ring("first"),
        "database_password": database,
        "database_url": url,
        "migrate_url": url,
        "backup_url": url,
        "redis.conf": f"requirepass {redis}\n",
        "redis_url": f"redis://:{redis}@redis:6379/0",
        "email_url": "",
        "metrics_token": of_env("METRICS_TOKEN") or secrets.token_hex(24),
        "inbound_secret": of_env("INBOUND_SECRET"),
    }


def known(name: str, fresh: str) -> str:
    """The password that is there already, so that a lost address file can be made again."""
    path = FOLDER / name
    return path.read_text().removeprefix("requirepass ").strip() if path.exists() else fresh


def of_env(name: str) -> str:
    """What an earlier version was told by a line of .env; empty where there is none, or a file already. Ends all
    of it where the value has a dollar, which Compose may have read as the name of another one.
    """
    if (FOLDER / name.lower()).exists() or not Path(".env").exists():
        return ""
    lines = Path(".env").read_text().splitlines()
    told = [found[1] for line in lines if (found := re.fullmatch(rf"\s*(?:export\s+)?{name}\s*=\s*(.*)", line))]
    value = unquoted(told[-1]) if told else ""
    if "$" in value:
        sys.exit(f"{name} in .env has a dollar in it: write what it stands for into {FOLDER}/{name.lower()} yourself.")
    return value


def unquoted(value: str) -> str:
    """Without a pair of quotes, and without a comment behind it."""
    quoted = re.fullmatch(r"""(['"])(.*)\1(?:\s+#.*)?\s*""", value)
    return quoted[2] if quoted else re.sub(r"(^|\s+)#.*", "", value).strip()


def fresh_ring(name: str) -> str:
    """A master-key ring of one key, as accounts.keys reads it."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return json.dumps({"primary": name, "keys": {name: key}})


def keep(path: Path, text: str) -> bool:
    if path.exists():
        return False
    path.write_text(text)
    path.chmod(0o444)
    return True


if __name__ == "__main__":
    main()
