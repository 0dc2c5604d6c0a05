"""Production from an empty folder: each service of docker-compose.yml by its very command, user, environment and health
check, and the same programs as systemd and supervisor start them. What no Docker engine is needed for.

`make walk` does the whole of docs/operating.md, From an empty machine.
"""

import configparser
import json
import os
import pwd
import re
import shlex
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from scripts import services
from scripts.children import Child
from tests.commands.carried import BIN, Machine, machine
from tests.commands.processes import eventually
from tests.running import ROOT

pytestmark = pytest.mark.services
UNITS = ROOT / "deploy" / "systemd"
RUNNING = ("web", "beat", "mail", "backup-texts", "backup-keys", "worker")


def test_every_service_runs_as_it_stands_and_says_that_it_is_well(compose: dict[str, Any]) -> None:
    with machine(compose) as here:
        bring_servers(here)
        migrated = here.start("migrate")
        assert migrated.process.wait(60) == 0, here.words()
        for name in RUNNING:
            here.start(name, *(["--port", here.ports["2525"]] if name == "mail" else []))
        here.wait_for(*RUNNING)
        assert {owner(child.process.pid) for name, child in here.children.items() if name != "migrate"} == {person()}
        assert b"onward_people 0" in figures(here)
        made = {
            part: sorted((here.folder / "backup" / part).glob(f"*/{part}/manifest.json")) for part in ("texts", "keys")
        }
        assert [len(found) for found in made.values()] == [1, 1]
        assert json.loads(made["keys"][0].read_text())["keys"] == 0
        tls_stands_before_it(here)
        as_supervisor_starts_it(here)
        a_key_is_added(here)


def bring_servers(here: Machine) -> None:
    """What the images of PostgreSQL and Redis do at their first start, with the password that is a file."""
    words = here.services["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    password, data = here.folder / "run/postgres/database_password", str(here.folder / "data")
    here.own()
    made = [str(services.postgres_binaries() / "initdb"), "-D", data, "-U", "onward", f"--pwfile={password}", *words]
    here.must([*here.begin, *made, "-N", "-E", "UTF8", "--locale=C.UTF-8"], cwd=here.folder)
    hasty = [f"-c{name}={value}" for name, value in services.HASTY.items()]
    here.start("postgres", "-D", data, "-p", here.ports["5432"], "-k", "", *hasty, cwd=here.folder)
    here.start("redis", "--port", here.ports["6379"], "--bind", "127.0.0.1", "--dir", str(here.folder / "redis"))
    here.wait_for("postgres", "redis")
    door = ["-h", "127.0.0.1", "-p", here.ports["5432"], "-U", "onward", "onward"]
    known = os.environ | {"PGPASSWORD": password.read_text()}
    here.must([str(services.postgres_binaries() / "createdb"), *door], env=known)


def figures(here: Machine) -> bytes:
    headers = {"Authorization": f"Bearer {(here.folder / 'secrets/metrics_token').read_text()}"}
    answer = urlopen(Request(f"http://127.0.0.1:{here.ports['8000']}/metrics", headers=headers))
    said: bytes = answer.read()
    return said


def tls_stands_before_it(here: Machine) -> None:
    """The image of its own that Dockerfile makes for it has the command; ports and places are those of this machine."""
    [words] = re.findall(r"^CMD (\[\"caddy\".*\])$", (ROOT / "Dockerfile").read_text(), re.M)
    own = {"/etc/caddy/Caddyfile": str(ROOT / "deploy/Caddyfile"), "caddy": services.caddy()}
    ports = {name: str(services.free_port()) for name in ("HTTP_PORT", "HTTPS_PORT", "PROXY_HEALTH_PORT")}
    address = f"https://localhost:{ports['HTTPS_PORT']}"
    kept = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(here.folder / "home"))
    told = {"ONWARD_URL": address, "ONWARD_TLS": "internal", "UPSTREAM": f"127.0.0.1:{here.ports['8000']}"}
    told = here.environment("proxy") | ports | kept | told
    check = [word.replace("/8081", f"/{ports['PROXY_HEALTH_PORT']}") for word in health_check(here, "proxy")]
    command = [*here.begin, *(own.get(word, word) for word in json.loads(words))]
    child = here.children["proxy"] = Child(
        "proxy", *command, cwd=here.folder, env=told, stdout=here.log, stderr=here.log
    )
    eventually(lambda: child.dead or not subprocess.run(check, stderr=subprocess.DEVNULL).returncode)
    assert not child.dead, here.words()
    assert owner(child.process.pid) == person()
    with urlopen(f"{address}/healthz", context=ssl._create_unverified_context()) as answer:
        assert (answer.status, answer.headers["Server"]) == (200, None)
    # What it writes by itself is not to change while the folder is handed over.
    child.end()


def health_check(here: Machine, service: str) -> list[str]:
    _kind, *words = here.services[service]["healthcheck"]["test"]
    return [str(word).replace("$$", "$") for word in words]


def owner(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def person() -> int:
    """Somebody who is not root, wherever the tests may choose."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()


def as_supervisor_starts_it(here: Machine) -> None:
    """`deploy/onward` tells its program what docker-compose.yml tells it, from /etc/onward."""
    etc, who = here.folder / "etc", pwd.getpwuid(person()).pw_name
    make = [sys.executable, "-m", "scripts.secrets_for_machine", "https://journal.example", str(etc), who]
    here.must(make, cwd=ROOT)
    given = {path.name: path.read_text() for path in (etc / "secrets").iterdir()}
    assert given["passwords.sql"].count("PASSWORD") == 3 and "onward_backup:" in given["backup_url"]
    here.must(make, cwd=ROOT)
    assert {path.name: path.read_text() for path in (etc / "secrets").iterdir()} == given
    for name in ("secret_key", "database_url", "redis_url", "keys"):
        shutil.copy(here.folder / "run/web" / name, etc / "secrets" / {"keys": "keys.json"}.get(name, name))
    here.own()
    asked = [*here.begin, str(ROOT / "deploy/onward"), "keys", "status"]
    environment = here.environment("redis") | {"ONWARD_ETC": str(etc), "ONWARD_HOME": str(here.folder / "home")}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and f"Ring: {etc}/secrets/keys.json" in done.stdout, done.stderr


def a_key_is_added(here: Machine) -> None:
    """As docs/operating.md has it (Keys and passwords): root writes the ring, with none of root's rights."""
    text = (ROOT / "docs/operating.md").read_text().replace("\\\n", "")
    [typed] = re.findall(r"^(docker-compose run .* migrate +python manage.py keys add)$", text, re.M)
    words = shlex.split(typed)
    place = words[words.index("--volume") + 1].partition(":")[2]
    told = dict([words[words.index("-e") + 1].split("=")])
    assert told == {"ONWARD_KEYS_FILE": f"{place}/keys.json"} and words[words.index("--user") + 1] == "root"
    secrets, given = here.folder / "secrets", here.folder / "run/migrate"
    for path in [here.folder, secrets, given, *secrets.iterdir(), *given.iterdir()] if here.begin else []:
        shutil.chown(path, "root", "root")
    (here.folder / "home").chmod(0o700)
    bare = shlex.split("setpriv --inh-caps=-all --bounding-set=-all") if here.begin else []
    environment = here.environment("migrate") | {"ONWARD_KEYS_FILE": str(secrets / "keys.json")}
    here.must([*bare, *words[words.index("migrate") + 1 :]], cwd=ROOT, env=environment)
    assert len(json.loads((secrets / "keys.json").read_text())["keys"]) == 2
    (secrets / "keys.json").chmod(0o444)


def test_systemd_reads_each_unit_and_has_nothing_to_say(tmp_path: Path) -> None:
    units = tmp_path / "units"
    shutil.copytree(UNITS, units)
    for unit in units.glob("onward-*.service"):
        text = unit.read_text().replace("/opt/onward/.venv/bin", str(BIN)).replace("/opt/onward", str(ROOT))
        unit.write_text(text)
    asked = [services.systemd_analyze(), "verify", *map(str, sorted(units.glob("onward*.*[a-z]"))[1:])]
    environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{units}:/lib/systemd/system"}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_docker_the_programs_are_the_same(compose: dict[str, Any]) -> None:
    for name in RUNNING:
        words = compose["services"][name]["command"]
        loop = [word for word in words if word not in ("--loop", "--at", "03:10", "03:40", "--host", "0.0.0.0")]
        plain = shlex.join(loop).replace("/backup/", "/var/backups/onward-")
        assert unit(f"onward-{name}.service")["ExecStart"].replace("/opt/onward/.venv/bin/", "") == plain
        supervised = shlex.join(word for word in words if word not in ("--host", "0.0.0.0"))
        supervised = supervised.replace("/backup/", "/var/backups/onward-").replace("celery -A config", "celery")
        program = supervisor()[f"program:onward-{name}"]
        command = program["command"].replace("--as backup ", "")
        assert command == supervised.replace("python manage.py", "/opt/onward/deploy/onward", 1).replace(
            "celery ", "/opt/onward/deploy/onward celery ", 1
        )
        assert program["user"] == "onward"


def test_every_unit_has_its_limits_and_secrets_as_files(compose: dict[str, Any]) -> None:
    hardened = unit("onward-.service.d/hardened.conf")
    assert hardened["User"] == "onward" and hardened["ProtectSystem"] == "strict"
    assert hardened["NoNewPrivileges"] == hardened["ProtectHome"] == "yes" and hardened["CapabilityBoundingSet"] == ""
    for path in UNITS.glob("onward-*.service"):
        assert {"MemoryMax", "TasksMax", "CPUQuota"} <= set(unit(path.name))
        limit = compose["services"].get(path.stem.removeprefix("onward-"), {}).get("mem_limit")
        assert limit in (None, unit(path.name)["MemoryMax"].lower())
        named = [line.partition("=")[2] for line in path.read_text().splitlines() if line.startswith("LoadCredential")]
        assert named and all(word.partition(":")[2].startswith("/etc/onward/secrets/") for word in named)


def unit(name: str) -> dict[str, str]:
    """Its [Service]; of what stands in it several times, the last."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNITS / name)
    return dict(parser["Service"])


def supervisor() -> dict[str, dict[str, str]]:
    parser = configparser.RawConfigParser()
    parser.read(ROOT / "deploy" / "supervisor.conf")
    return {name: dict(parser[name]) for name in parser.sections()}
