"""docs/operating.md, From an empty machine, as it stands there: its words, typed into a fresh Debian in a folder.

`make walk`, as root, in about ten minutes; FOLDER=… where a bare Debian (debootstrap --variant=minbase) lies already.
Under supervisor, for there systemd is not the first process. Docker's way needs Docker: docs/operating.md says how.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import debian
from scripts.children import Child, end_on_signals
from tests.faults.client import Client
from tests.running import ROOT

PORTS = (80, 443, 5432, 6379, 8000)
NAME = "journal.example"
TRUSTED = "/srv/trusted.pem"  # not where Debian keeps its own, which it makes anew
PROGRAMS = ("onward-web", "onward-worker", "onward-beat", "redis", "postgresql", "proxy")
# What a machine has and a folder lacks: its own processes, a few devices, a door for processes to speak through.
UP = """
set -e
mount --bind {root} {root}
mount -t proc proc {root}/proc
mount -t tmpfs dev {root}/dev
for name in null zero random urandom tty full; do touch {root}/dev/$name; mount --bind /dev/$name {root}/dev/$name; done
mkdir {root}/dev/shm {root}/dev/pts
mount -t tmpfs -o mode=1777 shm {root}/dev/shm
ln -s /proc/self/fd {root}/dev/fd
exec chroot {root} sleep 100000
"""


def main(words: list[str]) -> int:
    end_on_signals()
    if os.geteuid() != 0:
        sys.exit("A walk makes a machine in a folder, so it takes root.")
    if taken := [port for port in PORTS if not is_free(port)]:
        sys.exit(f"The machine in the folder has the ports of this one, and somebody is at {taken}.")
    with tempfile.TemporaryDirectory(prefix="onward-walk-", dir="/var/tmp") as folder:
        root = Path(words[0]) if words else bare(Path(folder) / "root")
        with Machine.up(root) as machine:
            walk(machine)
    return 0


def is_free(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) != 0


def bare(root: Path) -> Path:
    if not shutil.which("debootstrap"):
        debian.bring("debootstrap")
    subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(root)], check=True, stdout=subprocess.DEVNULL)
    return root


class Machine:
    def __init__(self, root: Path, first: int) -> None:
        self.root, self.first = root, first

    @classmethod
    @contextmanager
    def up(cls, root: Path) -> Iterator["Machine"]:
        """With this one's network; all that runs in it ends with it."""
        enter = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", UP.format(root=root)]
        outer = Child("machine", *enter)
        try:
            yield cls(root, first_of(outer.process.pid))
        finally:
            outer.clear()

    def types(self, words: str) -> str:
        """In one shell, in the folder of Onward once it is there; the first thing that goes wrong ends the walk."""
        kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        kept |= {"PIP_CERT": TRUSTED} if "PIP_CERT" in kept else {}
        told = [f"{name}={value}" for name, value in kept.items()]
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        enter = [
            "nsenter",
            f"--target={self.first}",
            "--mount",
            "--pid",
            "--root",
            "--wdns=/",
            "env",
            "-i",
            path,
            *told,
        ]
        shell = [
            "HOME=/root",
            "DEBIAN_FRONTEND=noninteractive",
            "sh",
            "-ec",
            f"cd /opt/onward 2>/dev/null || cd /\n{words}",
        ]
        done = subprocess.run([*enter, *shell], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{words}\n… ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return done.stdout


def first_of(outer: int) -> int:
    """The first process of the machine, when its own root stands."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        asked = subprocess.run(["pgrep", "-P", str(outer), "-x", "sleep"], capture_output=True, text=True)
        if asked.stdout.strip():
            return int(asked.stdout)
        time.sleep(0.1)
    sys.exit("The machine in the folder does not start: it takes the right to mount.")


def walk(machine: Machine) -> None:
    lend(machine.root)
    installed, served, _, supervised, looked = blocks()
    for name, words in (("installed", installed), ("database and Redis", served), ("supervisor", supervised)):
        begun = time.monotonic()
        machine.types(words)
        if name == "installed":
            machine.types("sed -i s/ONWARD_TLS=public/ONWARD_TLS=internal/ /etc/onward/proxy.env")
        tell(name, f"{time.monotonic() - begun:.0f} s")
    client = Client(NAME, machine.root / "var/lib/caddy/caddy/pki/authorities/local/root.crt")
    client.wait()
    begun = time.monotonic()
    well(machine)
    tell("all of it at work", f"{time.monotonic() - begun:.0f} s")
    said = machine.types(looked.replace("person add", "person add --print"))
    password = re.findall(r"once: (\S+)", said)[0]
    for what, said in client.look(f"you@{NAME}", password, token(machine.root)).items():
        tell(what, said)
    for program in PROGRAMS:
        tell(f"{program} killed", kill(machine, client, program))
    for part in ("texts", "keys"):
        machine.types(f"deploy/onward backups /var/backups/onward-{part} --part {part} --look")
        tell(f"backup of {part}", "of today")


def well(machine: Machine) -> None:
    """When the worker has come up and beat's first pass is over: a person who types is slower than that. What the
    doctor says then is asked once more, as it stands in the text.
    """
    deadline = time.monotonic() + 180
    while " to look at." in machine.types("deploy/onward doctor || true") and time.monotonic() < deadline:
        time.sleep(2)


def blocks() -> list[str]:
    """What is typed: each ```sh of the section, with this commit in the place of ADDRESS."""
    text = (ROOT / "docs/operating.md").read_text().partition("### With systemd, or with supervisor")[2]
    found = re.findall(r"```sh\n(.*?)```", text.partition("### What is left")[0], flags=re.S)
    # `status` ends with 3 where a program is not meant to run: mail.
    here = {"ADDRESS": "/srv/onward.git", "supervisorctl status": "supervisorctl status || true"}
    for typed, instead in here.items():
        found = [block.replace(typed, instead) for block in found]
    return found


def lend(root: Path) -> None:
    """This commit, to be cloned; this machine's names of servers, and what it trusts (as PIP_CERT says)."""
    shutil.rmtree(root / "srv/onward.git", ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", "--bare", str(ROOT), str(root / "srv/onward.git")], check=True)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    if trusted := os.environ.get("PIP_CERT"):
        shutil.copy(trusted, root / TRUSTED.lstrip("/"))


def token(root: Path) -> str:
    return re.findall(r"METRICS_TOKEN=(\w+)", (root / "etc/onward/onward.env").read_text())[0]


def kill(machine: Machine, client: Client, program: str) -> str:
    """As the power would; supervisor starts it again, and then pages answer as before."""
    before = machine.types(f"supervisorctl pid {program}").strip()
    machine.types(f"kill -9 {before}")
    client.wait()
    deadline = time.monotonic() + 30
    while (now := machine.types(f"supervisorctl pid {program}").strip()) in (
        before,
        "0",
    ) and time.monotonic() < deadline:
        time.sleep(0.5)
    return "again there" if now not in (before, "0") else sys.exit(f"{program} stays away.")


def tell(what: str, said: object) -> None:
    print(f"{what:<24} {said}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
