"""Asking the API as a machine does: with a token and without a session."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client


@dataclass(frozen=True)
class Machine:
    """A program with a token; without one it has none to show."""

    client: Client
    secret: str = ""

    def ask(self, address: str, *, method: str = "GET", **headers: str) -> HttpResponse:
        shown = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        found: HttpResponse = self.client.generic(method, address, headers=shown | headers)  # type: ignore[arg-type]
        return found

    def get(self, address: str) -> dict[str, Any]:
        """The document of an answer that must be one."""
        answer = self.ask(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), answer.content.decode()
        found: dict[str, Any] = json.loads(answer.content)
        return found

    def items(self, address: str) -> list[dict[str, Any]]:
        """The rows of every page."""
        found: list[dict[str, Any]] = []
        onward: str | None = address
        while onward:
            page = self.get(onward)
            found += page["items"]
            onward = page["next"]
        return found

    def problem(self, address: str, *, method: str = "GET") -> tuple[int, str, dict[str, Any]]:
        """(status, kind, whole document) of an answer that must be a problem."""
        answer = self.ask(address, method=method)
        assert answer["Content-Type"].startswith("application/problem+json"), answer.content.decode()
        said: dict[str, Any] = json.loads(answer.content)
        assert said["status"] == answer.status_code
        return answer.status_code, said["type"].rpartition("#")[2], said
