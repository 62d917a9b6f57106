"""How an upload comes in: wholly in memory and bounded, so that no personal data in clear ever touch the disk.

It must not know what is uploaded.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from yumiao.desk.imports.store import LARGEST

HOPELESS = (
    8 * LARGEST
)  # a body that is not even read to its end; below that the browser gets to see the page that says why


class WholeInMemory(FileUploadHandler):
    """Keeps one file of at most `LARGEST` bytes; raises `RequestDataTooBig` over more, be it bytes or files."""

    is_begun = False

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        if content_length > HOPELESS:
            raise RequestDataTooBig

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.is_begun:
            raise RequestDataTooBig
        super().new_file(*args, **kwargs)
        self.is_begun = True
        self.kept = io.BytesIO()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= LARGEST:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        if self.size > LARGEST:
            raise RequestDataTooBig
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )
