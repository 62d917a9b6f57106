"""The real server in a process of its own, and a real Chromium before it. Shared by the browser stories and the screenshots.

Must not know what is looked at. Nothing but this machine is reached.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

COMMAND = [sys.executable, "-m", "yumiao.config.command"]
START = 60  # seconds until the first page, on a busy machine
SIGNING_KEY = "of these counties alone, so that a story may age a session"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--font-render-hinting=none",
)  # fmt: skip


class NoChromium(Exception):
    """There is no Chromium on this machine."""


@dataclass(frozen=True, slots=True)
class Served:
    """A county and the address of its pages."""

    folder: Path
    url: str

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def cut_off(self, *beside: str) -> None:
        """As a power cut does: end the server with its workers at once, and our programs that were started with one of these words."""
        while (found := _working(str(self.port), *beside)) or _listens(self.port):
            for process in found:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.05)

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one command of `yumiao` on the same county."""
        return subprocess.run(
            [*COMMAND, *map(str, words)], env=environment(self.folder), capture_output=True, text=True, check=False
        )

    def run_python(self, program: str) -> int:
        """Run a program beside the server, on the same county; its exit code."""
        around = environment(self.folder) | {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local"}
        return subprocess.run([sys.executable, "-c", program], env=around, check=False).returncode


def environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"YUMIAO_DATA": str(folder), "YUMIAO_SECRET_KEY": SIGNING_KEY, "PYTHONDONTWRITEBYTECODE": "1"}


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _working(*words: str) -> list[int]:
    """Our processes with one of these among the words they were started with."""
    wanted, found = {word.encode() for word in words}, []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            said = (process / "cmdline").read_bytes().split(b"\0")
            if wanted & set(said) and any(word.startswith(b"yumiao.") for word in said):
                found.append(int(process.name))
    return found


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[Served]:
    """Serve the county in `folder`, which is there already, on that port or a free one."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    with open(folder.with_suffix(".log"), "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)], env=environment(folder), stdout=log, stderr=subprocess.STDOUT
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process, log)
            yield Served(folder, url)
        finally:
            process.terminate()
            process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes], log: IO[str]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped: {Path(log.name).read_text(encoding='utf-8')}")
        try:
            with urlopen(f"{url}/login/", timeout=5):  # noqa: S310 an address of our own
                return
        except OSError:  # refused, or not answered in time
            time.sleep(0.1)
    raise RuntimeError("the server gave no page")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Raises `NoChromium`."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise NoChromium("Chromium is not installed (Debian: apt install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
