"""Style sheets and scripts, put where the pages serve them from, before a server starts. Must not know: which server."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

from yumiao.config.folder import DataFolder


def collect_static(folder: DataFolder) -> None:
    """Put them into the data folder, compressed and named by their content; processes that start together take turns."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with folder.locked():
        call_command("collectstatic", interactive=False, verbosity=0)
