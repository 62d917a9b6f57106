"""Pages of the office's own names of columns: which hold, and taking one away. They are chosen in the wizard."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.bylaws.models import HeaderName
from yumiao.bylaws.naming import remove_header_name
from yumiao.desk.imports.queries import own_names_seen
from yumiao.desk.imports.showing import Part
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import OutOfScope

SHOWN = 50


@door(Permission.WORKBOOK_IMPORT)
def header_names(request: Request) -> HttpResponse:
    """The own names at the reader's units, and those that come to him from above."""
    part = Part.of(own_names_seen(request.reader), request.GET, "page", SHOWN)
    return render(request, "desk/imports/headers.html", {"names": part})


@door(Permission.WORKBOOK_IMPORT, methods=("POST",))
def remove(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take one away."""
    row = HeaderName.objects.filter(uid=uid).first()
    if row is None:
        raise OutOfScope
    admit(request.reader.tree.by_id.get(row.unit_id), request.reader, Permission.WORKBOOK_IMPORT)
    try:
        remove_header_name(uid, actor=request.reader.actor, once=parsed_once(request))
    except AlreadyDone:
        return redirect("header_names")
    messages.success(request, _("已删去列名“%(header)s”。以后导入不再这样读取。") % {"header": row.header})
    return redirect("header_names")
