"""What docker-compose.yml promises about production, as docker-compose itself reads it."""

import re
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands

from scripts import services
from tests.running import ROOT

pytestmark = pytest.mark.services
RINGING = {"web", "worker", "beat", "mail"}
BACKUPS = {"backup-texts", "backup-keys"}
OURS = RINGING | BACKUPS | {"migrate"}
OF_ALL = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")
OF_THE_WEB = ("METRICS_TOKEN", "INBOUND_SECRET")
PASSWORDS = (*OF_ALL, *OF_THE_WEB, "POSTGRES_PASSWORD")


def test_the_services_are_these(compose: dict[str, Any]) -> None:
    found = compose["services"]
    assert set(found) == OURS | {"postgres", "redis", "mailpit", "proxy"}
    chosen = {name: service["profiles"] for name, service in found.items() if "profiles" in service}
    assert chosen == {"mail": ["mail"], "mailpit": ["dev"], "proxy": ["tls"]}
    assert {name for name in found if found[name].get("image") == "onward"} == OURS


def test_the_proxy_can_be_reached_by_everybody_and_web_and_mail_from_this_machine(compose: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert ports == {
        "web": ["127.0.0.1:8000:8000/tcp"],
        "mail": ["127.0.0.1:2525:2525/tcp"],
        "mailpit": ["127.0.0.1:8025:8025/tcp"],
        "proxy": [{"published": 80, "target": 8080}, {"published": 443, "target": 8443}],
    }
    assert compose["networks"]["inside"] == {"internal": True}
    for name in {"postgres", "redis"} | BACKUPS:
        assert list(compose["services"][name]["networks"]) == ["inside"]
    assert list(compose["services"]["proxy"]["networks"]) == ["outside"]


def test_nobody_is_root_and_nobody_can_become_it(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["user"] not in ("root", "0")
        assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"])


def test_every_service_that_stays_says_how_it_is(compose: dict[str, Any]) -> None:
    asked = {name for name, service in compose["services"].items() if service["healthcheck"]["test"] != ["NONE"]}
    assert asked == set(compose["services"]) - {"migrate"}
    for name in RINGING:
        assert compose["services"][name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }


def test_nothing_may_use_all_of_the_machine(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["mem_limit"] in ("128m", "256m", "512m", "1g")
        assert service["cpus"] <= 2 and service["pids_limit"] <= 256


def test_what_is_logged_fills_no_disk(compose: dict[str, Any]) -> None:
    said = {"driver": "json-file", "options": {"max-size": "10m", "max-file": "5"}}
    assert [name for name, service in compose["services"].items() if service.get("logging") != said] == []


def test_each_part_of_a_backup_is_made_by_somebody_who_sees_no_other(compose: dict[str, Any]) -> None:
    texts, keys = (compose["services"][f"backup-{part}"] for part in ("texts", "keys"))
    assert texts["volumes"] == ["texts:/backup/texts:rw"]
    assert keys["volumes"] == ["keys:/backup/keys:rw", "onward:/var/lib/onward:ro"]
    for part, service in (("texts", texts), ("keys", keys)):
        words = ["python", "manage.py", "backups", f"/backup/{part}", "--part", part]
        assert service["command"][:6] == words and service["healthcheck"]["test"] == ["CMD", *words, "--look"]


def test_what_comes_back_by_mail_is_taken_in_by_a_command_that_stands(compose: dict[str, Any]) -> None:
    mail = compose["services"]["mail"]
    assert mail["command"] == ["python", "manage.py", "receive_mail", "--host", "0.0.0.0"]
    assert "receive_mail" in get_commands()
    assert {name for name in mail["environment"] if name.startswith("INBOUND_")} == {
        "INBOUND_DOMAIN",
        "INBOUND_AUTHSERV",
    }


def test_the_health_check_of_mail_hears_a_greeting_and_nothing_else(compose: dict[str, Any]) -> None:
    *_, asks = compose["services"]["mail"]["healthcheck"]["test"]
    for greeting, healthy in ((b"220 in.onward.example LMTP\r\n", True), (b"421 not now\r\n", False)):
        with socket.create_server(("127.0.0.1", 0)) as door:
            script = asks.replace("2525", str(door.getsockname()[1]))
            asked = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
            with door.accept()[0] as line:
                line.sendall(greeting)
                assert (asked.wait(20) == 0) is healthy


def test_every_setting_can_be_set(compose: dict[str, Any]) -> None:
    """But those that the image decides, and those whose default is right wherever it runs."""
    documented = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/configuration.md").read_text(), flags=re.M))
    told = set(compose["services"]["web"]["environment"])
    by_the_image = {"ONWARD_HOME", "HOST", "PORT", "STATIC_ROOT"}
    as_they_are = {"ONWARD_LEDGER_FILE", "ONWARD_NOTICE_FILE", "ONWARD_FONTS", "CELERY_QUEUE", "DEBUG"}
    assert {name for name in documented if not {name, f"{name}_FILE"} & told} == by_the_image | as_they_are
    assert all(name in (ROOT / "Dockerfile").read_text() for name in by_the_image)
    for name in RINGING:
        assert "/place:ro" in [volume[-9:] for volume in compose["services"][name]["volumes"]]


def test_secrets_are_files(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        named = set(service.get("environment") or {})
        assert named & set(PASSWORDS) == set()
        kept = {secret["source"] for secret in service.get("secrets", [])}
        ours = {"secret_key", "keys", "migrate_url" if name == "migrate" else "database_url", "redis_url", "email_url"}
        others = {"postgres": {"database_password"}, "redis": {"redis_password"}, "mailpit": set(), "proxy": set()}
        others |= {"web": ours | {name.lower() for name in OF_THE_WEB}}
        others |= {"backup-texts": {"secret_key", "backup_url"}, "backup-keys": {"secret_key", "database_url"}}
        assert kept == others.get(name, ours)
    environment = compose["services"]["web"]["environment"]
    told = {name: environment[f"{name}_FILE"] for name in (*OF_ALL, *OF_THE_WEB)}
    assert told == {name: f"/run/secrets/{name.lower()}" for name in told}
    assert environment["ONWARD_KEYS_FILE"] == "/run/secrets/keys"


def test_postgresql_logs_no_values_and_redis_forgets_nothing(compose: dict[str, Any]) -> None:
    postgres, redis = (compose["services"][name] for name in ("postgres", "redis"))
    assert postgres["command"] == ["postgres", *(f"-c{name}={value}" for name, value in services.QUIET.items())]
    assert "--data-checksums" in postgres["environment"]["POSTGRES_INITDB_ARGS"]
    words = redis["command"]
    assert words[:2] == ["redis-server", "/run/secrets/redis_password"]
    assert words[words.index("--maxmemory-policy") + 1] == "noeviction"
    assert words[words.index("--appendonly") + 1] == "yes"


def test_the_secrets_are_made_once_and_fit_each_other(tmp_path: Path) -> None:
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    make = [sys.executable, "-m", "scripts.secrets_for_compose"]
    subprocess.run(make, cwd=tmp_path, check=True, capture_output=True)
    folder = tmp_path / "secrets"
    made = {path.name: path.read_text() for path in folder.iterdir()}
    password = made["redis.conf"].removeprefix("requirepass ").strip()
    assert made["redis_url"] == f"redis://:{password}@redis:6379/0"
    assert made["database_url"] == made["migrate_url"] == made["backup_url"]
    assert made["database_url"] == f"postgresql://onward:{made['database_password']}@postgres:5432/onward"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / "redis_url").unlink()
    subprocess.run(make, cwd=tmp_path, check=True, capture_output=True)
    assert {path.name: path.read_text() for path in folder.iterdir()} == made


def secrets_of(folder: Path, told: str) -> tuple[str, str, str]:
    """What `make secrets` makes of this `.env`: both secrets of the web, and what it says where it ends early."""
    (folder / "scripts").symlink_to(ROOT / "scripts")
    (folder / ".env").write_text(told)
    make = [sys.executable, "-m", "scripts.secrets_for_compose"]
    done = subprocess.run(make, cwd=folder, capture_output=True, text=True)
    paths = [folder / "secrets" / name.lower() for name in OF_THE_WEB]
    token, secret = (path.read_text() if path.exists() else "" for path in paths)
    return token, secret, done.stderr


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("METRICS_TOKEN=a token that Prometheus knows", "a token that Prometheus knows"),
        ("METRICS_TOKEN='in quotes'  # for Prometheus", "in quotes"),
        (' export METRICS_TOKEN = "in quotes # whole"', "in quotes # whole"),
        ("METRICS_TOKEN=bare#whole # for Prometheus", "bare#whole"),
        ("METRICS_TOKEN=one quote'", "one quote'"),
        ("METRICS_TOKEN=the one before\nMETRICS_TOKEN=the last", "the last"),
    ],
)
def test_what_env_told_an_earlier_version_goes_on_as_a_file(line: str, value: str, tmp_path: Path) -> None:
    said = f"PORT=8000\n# METRICS_TOKEN=none\n{line}\nINBOUND_SECRET=onward:a = b\n"
    assert secrets_of(tmp_path, said) == (value, "onward:a = b", "")


@pytest.mark.parametrize("line", ["", "METRICS_TOKEN=", "METRICS_TOKEN= # none yet"])
def test_without_such_a_line_the_token_is_a_fresh_one(line: str, tmp_path: Path) -> None:
    token, secret, _ = secrets_of(tmp_path, f"{line}\n")
    assert (len(token), secret) == (48, "")


def test_a_dollar_in_env_is_for_somebody_to_look_at(tmp_path: Path) -> None:
    said = "METRICS_TOKEN in .env has a dollar in it: write what it stands for into secrets/metrics_token yourself.\n"
    assert secrets_of(tmp_path, "METRICS_TOKEN=of ${ANOTHER}\n") == ("", "", said)
    (tmp_path / "secrets/metrics_token").write_text("written by hand, twenty and more")
    (tmp_path / "scripts").unlink()
    assert secrets_of(tmp_path, "METRICS_TOKEN=of ${ANOTHER}\n")[::2] == ("written by hand, twenty and more", "")


def test_what_an_operator_keeps_beside_the_code_comes_into_no_image_and_no_commit() -> None:
    kept = {"secrets", "place", ".env"}
    assert kept - set((ROOT / ".dockerignore").read_text().split()) == set()
    assert kept - {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()} == set()


def test_the_image_brings_back_what_its_server_takes() -> None:
    """Debian 12 has PostgreSQL 15. What 17 writes a server of 15 does not take back (config.doctor.database)."""
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.M)
    assert set(bases) == {"python:3.11-slim-bookworm", "debian:12-slim"}
    assert "image: postgres:15\n" in (ROOT / "docker-compose.yml").read_text()


def test_the_image_runs_as_somebody_with_a_health_check_and_the_locked_packages() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    last = lines[len(lines) - 1 - next(i for i, line in enumerate(reversed(lines)) if line.startswith("FROM")) :]
    assert [line for line in last if line.startswith("USER")] == ["USER onward"]
    assert [line for line in last if line.startswith("HEALTHCHECK")] != []
    # The environment has no pip, and the image gives away its own.
    assert "RUN python -m venv --without-pip /venv \\" in lines
    assert "RUN pip uninstall --yes pip setuptools wheel \\" in last
    assert "--require-hashes --no-deps --only-binary :all: -r requirements.lock" in (ROOT / "Dockerfile").read_text()
