"""Stands where a page is still being built."""

from django.http import HttpRequest, HttpResponse

from yumiao.access.door import door
from yumiao.access.permissions import SIGNED_IN


@door(SIGNED_IN)
def pending(request: HttpRequest, **_: object) -> HttpResponse:
    return HttpResponse("pending")
