"""Digests of the pages of a PDF, over what a page shows: its streams, pictures and fonts, however the file is saved again.

Must not know: whose pages they are.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Stream

_BESIDE: Final = frozenset(
    {"/Parent", "/P", "/Dest", "/Length", "/Filter", "/DecodeParms", "/Metadata", "/StructParents", "/Tabs"}
)
_OF_A_PAGE: Final = ("/Annots", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/UserUnit", "/Group")
"""What lies over a page or cuts it off; left out of the digest where a page has none of it."""
_DEEPEST: Final = 24


def page_digest(page: Page) -> str:
    """SHA-256 (hex) of what a page shows."""
    found = hashlib.sha256()
    box = page.mediabox
    found.update(repr([round(float(one), 2) for one in box]).encode())
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    for one in streams:
        if isinstance(one, Stream):
            found.update(_bytes(one))
    _add(found, page.obj.get("/Resources"), 0, set())
    found.update(str(page.obj.get("/Rotate", 0)).encode())
    for key in _OF_A_PAGE:
        if key in page.obj:
            found.update(key.encode())
            _add(found, page.obj[key], 0, set())
    return found.hexdigest()


def _bytes(stream: Any) -> bytes:
    """What a stream holds, unpacked where it can be; a picture that stays packed with how it is to be unpacked."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        how = repr((stream.get("/Filter"), stream.get("/DecodeParms")))
        return bytes(stream.read_raw_bytes()) + how.encode()


def _add(found: Any, thing: Any, depth: int, seen: set[tuple[int, int]]) -> None:
    if depth > _DEEPEST or thing is None:
        return
    if isinstance(thing, Object) and thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    if isinstance(thing, Stream):
        found.update(hashlib.sha256(_bytes(thing)).digest())
        _entries(found, thing, depth, seen)
    elif isinstance(thing, Dictionary):
        _entries(found, thing, depth, seen)
    elif isinstance(thing, Array):
        for one in thing:
            _add(found, one, depth + 1, seen)
    elif isinstance(thing, Name | str | int | float | bool):
        found.update(str(thing).encode())
    else:
        found.update(repr(thing).encode())


def _entries(found: Any, thing: Any, depth: int, seen: set[tuple[int, int]]) -> None:
    for key in sorted(str(one) for one in thing):
        if key not in _BESIDE:
            found.update(key.encode())
            _add(found, thing[key], depth + 1, seen)
