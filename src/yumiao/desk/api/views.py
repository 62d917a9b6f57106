"""The page about the API for people, and its description for machines. Must not know: what an endpoint answers."""

from __future__ import annotations

from functools import cache

from django.http import HttpResponse
from django.shortcuts import render

from yumiao.access.door import Request, door
from yumiao.access.permissions import PUBLIC, SIGNED_IN
from yumiao.api.answers import json_of
from yumiao.api.openapi import description
from yumiao.desk.api.endpoints import ENDPOINTS


@door(SIGNED_IN)
def about(request: Request) -> HttpResponse:
    """What the API is, how one comes to use it, and what it offers."""
    return render(request, "desk/api/api.html", {"endpoints": ENDPOINTS, "host": request.build_absolute_uri("/api/")})


@door(PUBLIC)
def openapi(request: Request) -> HttpResponse:
    """The description in OpenAPI. It says nothing of this county, so tools may read it without a token."""
    return HttpResponse(_described(), content_type="application/json")


@cache
def _described() -> str:
    return json_of(description(ENDPOINTS))
