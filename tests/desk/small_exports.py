"""Addresses of the application in which a file takes eight rows, and more than three people ask for a fresh proof."""

from __future__ import annotations

from django.urls import path

from yumiao.config.urls import handler400, handler403, handler404, handler500
from yumiao.config.urls import urlpatterns as usual
from yumiao.desk.exports.going import Limits
from yumiao.desk.exports.lists import EXPORTABLE
from yumiao.desk.exports.views import export

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

SMALL = Limits(rows=8, unproven=3, printed=2)
urlpatterns = [*(path(f"exports/{kind.below}", export(kind, SMALL)) for kind in EXPORTABLE), *usual]
