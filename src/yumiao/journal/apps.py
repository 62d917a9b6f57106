"""Re-makes what Django cannot declare, after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "yumiao.journal"

    def ready(self) -> None:
        post_migrate.connect(install_triggers, sender=self)


def install_triggers(using: str = "default", **_: Any) -> None:
    """SQLite drops triggers whenever Django rebuilds a table, so they are made anew each time."""
    from yumiao.journal.triggers import install

    install(using)
