"""What a request is told by the installation: which day it is, and whether this is the demo county."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from yumiao.config import clock
from yumiao.config.folder import Profile
from yumiao.config.installation import data_folder


class InstallationMiddleware:
    """Sets `request.today` and `request.is_demo`."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        profile = data_folder().profile or Profile.REAL
        request.today = clock.today(profile)  # type: ignore[attr-defined]
        request.is_demo = profile is Profile.DEMO  # type: ignore[attr-defined]
        return self.answer(request)
