"""How photographs and PDF files come in: wholly in memory and bounded, so that nothing of an interrupted upload is ever on the disk.

Must not know: what is on them, whose papers they are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from yumiao.files.limits import Limits, Unusable

LIMITS: Final = Limits()
HOPELESS: Final = 3 * LIMITS.total_bytes
"""A body that is not even read to its end; below that the browser gets to see the page that says why."""
_DIGITS = re.compile(r"(\d+)")


class Kept(InMemoryUploadedFile):
    """A file as it came; of one that is too large nothing is kept but that it was."""

    is_too_large = False


class ManyInMemory(FileUploadHandler):
    """Keeps files in memory, each and all together no larger than the limits; what is beyond is read past and marked."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.total = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        if content_length > HOPELESS:
            raise RequestDataTooBig

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.size = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        self.total += len(raw_data)
        if self.size <= LIMITS.file_bytes and self.total <= LIMITS.total_bytes:
            self.kept.write(raw_data)
        else:
            self.kept = io.BytesIO()

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self.kept.seek(0)
        found = Kept(self.kept, self.field_name, self.file_name or "", self.content_type, file_size, self.charset)
        found.is_too_large = self.kept.getbuffer().nbytes != self.size
        return found


def parts_of(sent: Sequence[UploadedFile[Any]], *, is_ordered: bool) -> list[bytes]:
    """The files in their order: as sent where people ordered them, else by their names as people read them. Raises `Unusable`."""
    files = list(sent) if is_ordered else sorted(sent, key=lambda one: _in_order(one.name or ""))
    for number, one in enumerate(files, start=1):
        if getattr(one, "is_too_large", False):
            raise Unusable(
                _("第 %(number)s 个文件超过 %(each)s MB，或者合起来超过 %(all)s MB。请降低分辨率后重拍，或者分开放入")
                % {"number": number, "each": LIMITS.file_bytes >> 20, "all": LIMITS.total_bytes >> 20}
            )
    return [one.read() for one in files]


def _in_order(name: str) -> list[tuple[int, str]]:
    """`IMG_9` before `IMG_10`."""
    return [(int(part), "") if part.isdecimal() else (-1, part.lower()) for part in _DIGITS.split(name)]


def refused_by(form: forms.Form, field: str, keep: Callable[[], object]) -> HTTPStatus | None:
    """Do `keep`; None where it was done, else what to answer: what is wrong with the file, or that the disk is full, stands at the field."""
    try:
        keep()
    except Unusable as unusable:
        form.add_error(field, unusable.reason + "。" + _("没有放入。"))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    except OSError:
        form.add_error(field, _("服务器磁盘空间不足，没有放入。请联系系统管理员腾出空间后再试。"))
        return HTTPStatus.INSUFFICIENT_STORAGE
    return None
