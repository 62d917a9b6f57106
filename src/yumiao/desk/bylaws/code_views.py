"""The page of the code tables: national codes, labels, and the words that are taken for them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.people.codes import TABLES


@door(Permission.BYLAW_READ)
def code_tables(request: Request) -> HttpResponse:
    """Every table."""
    titles = {
        "ethnicity": (_("民族"), _("GB/T 3304 中国各民族名称和代码")),
        "education": (_("学历"), _("GB/T 4658 学历代码，按党内统计归并为七档")),
        "occupation": (_("职业"), _("本系统目录，代码自编")),
    }
    tables = [(*titles[field], field, entries) for field, entries in TABLES.items()]
    return render(request, "desk/bylaws/codes.html", {"tables": tables})
