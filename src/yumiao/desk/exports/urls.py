"""Addresses: one for every list that goes out."""

from django.urls import path

from yumiao.desk.exports.lists import EXPORTABLE
from yumiao.desk.exports.views import export

urlpatterns = [path(f"exports/{kind.below}", export(kind), name=kind.name) for kind in EXPORTABLE]
