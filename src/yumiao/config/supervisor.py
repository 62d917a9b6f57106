"""What stands above the pages: gunicorn and nothing else, so that it weighs little. `yumiao serve` becomes it once everything is checked.

Each worker loads Django for itself. Must not know: settings, what is served.
"""

from __future__ import annotations

import gc
import sys
from typing import Any

from gunicorn.app.base import BaseApplication


def _settle(_worker: object) -> None:
    """What was loaded lives as long as the process, and what is remembered nearly so: the collector need not look at it at every page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads; one worker is enough for a county, and keeps its figures in memory once."""

    def __init__(self, host: str, port: str, workers: str, threads: str, tmp: str) -> None:
        self.chosen = {
            "bind": f"{host}:{port}",
            "workers": int(workers),
            "threads": int(threads),
            "worker_tmp_dir": tmp,
        }
        super().__init__()

    def load_config(self) -> None:
        always: dict[str, Any] = {
            "worker_class": "gthread",
            "proc_name": "yumiao",
            "timeout": 60,
            "graceful_timeout": 20,
            "umask": 0o077,
            "limit_request_line": 4094,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "error",  # its warnings repeat what somebody sent
            "control_socket_disable": True,
            "post_worker_init": _settle,
        }
        for name, value in {**always, **self.chosen}.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        import django

        django.setup()
        from django.core.wsgi import get_wsgi_application

        from yumiao.config.commands.serve_command import sign_lastingly

        sign_lastingly()
        return get_wsgi_application()


if __name__ == "__main__":
    Server(*sys.argv[1:]).run()
