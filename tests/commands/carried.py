"""An empty folder that stands for a machine: the services of docker-compose.yml, each by its very command, by hand."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts import services
from scripts.children import Child
from tests.commands.processes import eventually
from tests.running import OURS, ROOT

BIN = Path(sys.executable).parent
NOBODY = "nobody"
SECRETS = {"keys": "keys.json", "redis_password": "redis.conf"}
PORTS = ("5432", "6379", "8000", "2525")
# Not root, and no right of root's but to read what lies in a folder of root's: the interpreter may.
LESS = "setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs".split()
LESS += [f"--{kind}=-all,+dac_read_search" for kind in ("inh-caps", "ambient-caps", "bounding-set")]


class Machine:
    def __init__(self, folder: Path, compose: dict[str, Any]) -> None:
        self.folder, self.services = folder, compose["services"]
        self.ports = {port: str(services.free_port()) for port in PORTS}
        self.log = open(folder / "log", "ab")  # noqa: SIM115  (for as long as the machine stands)
        self.children: dict[str, Child] = {}
        self.begin = LESS if os.geteuid() == 0 else []
        for name in ("run", "home", "redis", "backup/texts", "backup/keys", "static"):
            (folder / name).mkdir(parents=True)
        (folder / "scripts").symlink_to(ROOT / "scripts")
        self.must([sys.executable, "-m", "scripts.secrets_for_compose"], cwd=folder)
        for service in self.services:
            self.hand_out(service)

    def hand_out(self, service: str) -> None:
        """The secrets that a service is given, under the names that it is given them by, and no other."""
        (self.folder / "run" / service).mkdir()
        for secret in self.services[service].get("secrets", []):
            kept = self.folder / "secrets" / SECRETS.get(secret["source"], secret["source"])
            text = kept.read_text().replace("@postgres:", "@127.0.0.1:").replace("@redis:", "@127.0.0.1:")
            for port in PORTS:
                text = text.replace(f":{port}/", f":{self.ports[port]}/")
            (self.folder / "run" / service / secret.get("target", secret["source"])).write_text(text)

    def here(self, service: str, words: str) -> str:
        """Places and ports of the container, as they are here."""
        places = {"/run/secrets": f"run/{service}", "/var/lib/onward": "home", "/backup": "backup", "/var/tmp": "home"}
        words = re.sub("|".join(places), lambda found: str(self.folder / places[found[0]]), words)
        for port, other in self.ports.items():
            words = words.replace(f":{port}", f":{other}").replace(f"'127.0.0.1', {port}", f"'127.0.0.1', {other}")
        return words.replace("http://web:", "http://127.0.0.1:").replace("$$", "$")

    def environment(self, service: str) -> dict[str, str]:
        """What the container has, and of this machine's own nothing that Onward reads."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        told = {name: self.here(service, str(value)) for name, value in self.told(service).items()}
        path = f"{BIN}:{services.postgres_binaries()}:{os.environ['PATH']}"
        return kept | {"PORT": self.ports["8000"], "STATIC_ROOT": str(self.folder / "static"), "PATH": path} | told

    def told(self, service: str) -> dict[str, Any]:
        given = dict(self.services[service].get("environment") or {})
        more = {"INBOUND_DOMAIN": "in.onward.example", "HOSTNAME": socket.gethostname()}
        return given | more | {"ONWARD_HOME": "/var/lib/onward"}

    def start(self, service: str, *more: str, **options: Any) -> Child:
        words = [*self.begin, *(self.here(service, word) for word in self.services[service]["command"]), *more]
        options = {"cwd": ROOT, "env": self.environment(service), "stdout": self.log, "stderr": self.log} | options
        self.children[service] = Child(service, *words, patience=30, **options)
        return self.children[service]

    def is_well(self, service: str) -> bool:
        """As the container's own health check says."""
        kind, *words = self.services[service]["healthcheck"]["test"]
        words = [self.here(service, word) for word in words]
        environment = self.environment(service) | {"PGHOST": "127.0.0.1", "PGPORT": self.ports["5432"]}
        if kind == "CMD-SHELL":
            words = ["sh", "-c", words[0].replace("redis-cli", f"redis-cli -p {self.ports['6379']}")]
        asked = [*self.begin, *words]
        return not subprocess.run(asked, cwd=ROOT, env=environment, stdout=self.log, stderr=self.log).returncode

    def wait_for(self, *names: str) -> None:
        """Asks once what can be seen from outside to be up: a health check costs a start of Python."""
        for service in names:
            eventually(lambda service=service: self.children[service].dead or self.is_up(service))
            eventually(lambda service=service: self.children[service].dead or self.is_well(service))
            assert not self.children[service].dead, f"{service}: {self.words()}"

    def is_up(self, service: str) -> bool:
        port = {"web": "8000", "beat": "8000", "mail": "2525", "redis": "6379", "postgres": "5432"}.get(service)
        if port is None:
            made = self.folder / "backup" / service.removeprefix("backup-")
            return not made.is_dir() or bool(list(made.glob("*Z")))
        with socket.socket() as door:
            return door.connect_ex(("127.0.0.1", int(self.ports[port]))) == 0

    def must(self, command: list[str], **options: Any) -> None:
        done = subprocess.run(command, capture_output=True, text=True, **options)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def own(self) -> None:
        """What is here by now belongs to whoever runs the programs."""
        for path in [self.folder, *self.folder.rglob("*")] if self.begin else []:
            shutil.chown(path, NOBODY, "nogroup")

    def words(self) -> str:
        return (self.folder / "log").read_text()


@contextmanager
def machine(compose: dict[str, Any]) -> Iterator[Machine]:
    folder = Path(tempfile.mkdtemp(prefix="onward-"))
    made = Machine(folder, compose)
    try:
        yield made
    finally:
        for child in made.children.values():
            child.ask_to_end()
        for child in reversed(made.children.values()):
            child.end()
        made.log.close()
        shutil.rmtree(folder)
