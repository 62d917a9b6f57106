"""Errors: the cells of a workbook whose formula failed (#REF!, #N/A …); the fast reader would give them as blank.

Must not know what the cells hold. Runs in the child only, after the archive was looked at.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from yumiao.sheets.archive import column_number

_ERROR_MARKS = (b' t="e"', b" t='e'")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c(?=[^<>]*\st=["']e["'])[^<>]*?\sr=["']([A-Za-z]{1,3})(\d{1,7})["'][^<>]*>""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
# A cell's value follows its formula, which Excel bounds.
_FORMULA_LENGTH = 9_000


def error_cells(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """By the title of the sheet: row as Excel counts and column from 0, with the error the cell shows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = set(archive.namelist())
        found = {}
        for title, part in _sheet_parts(archive):
            if part in parts:
                xml = archive.read(part)
                if any(mark in xml for mark in _ERROR_MARKS):
                    found[title] = dict(_errors(xml))
        return found


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    # Declarations of types and entities, which could harm here, do not get past `archive.inspect`.
    try:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in workbook.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            identifier = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            yield sheet.get("name", ""), posixpath.join("/xl", targets.get(identifier, "")).lstrip("/")


def _errors(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in _ERROR_CELL.finditer(xml):
        value = _VALUE.search(xml, cell.end(), cell.end() + _FORMULA_LENGTH)
        yield (int(cell[2]), column_number(cell[1].upper()) - 1), value[1].decode() if value else "#ERROR!"
