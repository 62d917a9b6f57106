"""The encrypted workbook for a body without access: written with a password that is shown once, opened safely when it comes back.

Must not know: requests, who may.
"""

from __future__ import annotations

import io
import secrets
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from msoffcrypto.format.ooxml import OOXMLFile
from xlsxwriter import Workbook as Book

from yumiao.desk.joint.locked import CONTENT_BYTES
from yumiao.desk.joint.signing import ANSWER, HEADER, WORDS, Line, Returned, code_of, compared, is_ours, manifest_of
from yumiao.files.limits import framed, unframed
from yumiao.sheets.columns import as_text
from yumiao.sheets.limited import BrokeOff, TookTooLong, answer_of
from yumiao.sheets.reading import Unreadable, Workbook, read_content
from yumiao.sheets.saving import new_book

TITLE, MANIFEST, NOTE = "联审名单", "校验", "填写说明"
_CHILD: Final = "import sys; sys.path.insert(0, sys.argv[1]); from yumiao.desk.joint.locked import main; main()"
_SOURCE: Final = str(Path(__file__).parents[3])
_SECONDS: Final = 25.0
_SIGNS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_WIDTHS: Final = (6, 28, 12, 6, 22, 30, 18, 40, 20)
_OPEN_COLUMNS: Final = 6  # from here on the body writes
_GUIDE: Final = (
    "只填“答复”“情况说明”“文号”三列。“答复”从下拉列表中选择；有不良记录的，写明情况和文号。",
    "不要改动、增加、删除名单的行；可以调整先后次序。没有查清的先空着，再次交回时补填。",
    "填好后保存，保留打开密码，交回县委组织部。名单只用于本次联审，用后及时删除。",
)
_WHY: Final = {
    "open": "文件没有打开密码，不是发出的加密工作簿。请部门在原工作簿上填写，保留密码。",
    "password": "密码不对。请核对大小写和横线，或者重新导出、另行告知密码。",
    "format": "文件不是加密的 .xlsx 工作簿，或者已经损坏。",
}


def new_password() -> str:
    """`ABCD-EFGH-JKMN-PQRS`: without signs that are taken for one another."""
    return "-".join("".join(secrets.choice(_SIGNS) for _place in range(4)) for _group in range(4))


def written(batch: uuid.UUID, body: uuid.UUID, lines: Sequence[Line], password: str) -> bytes:
    """The encrypted workbook with the list of a body."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "list.xlsx"
        with new_book(target) as book:
            _fill(book, batch, body, lines)
        out = io.BytesIO()
        with target.open("rb") as plain:
            OOXMLFile(plain).encrypt(password, out)
    return out.getvalue()


def _fill(book: Book, batch: uuid.UUID, body: uuid.UUID, lines: Sequence[Line]) -> None:
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#F2F2F2"})
    shut, free = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "locked": False})
    sheet = book.add_worksheet(TITLE)
    for place, (words, width) in enumerate(zip(HEADER, _WIDTHS, strict=True)):
        sheet.write_string(0, place, words, head)
        sheet.set_column(place, place, width)
    for number, line in enumerate(lines, start=1):
        said = (str(line.position), code_of(body, line), line.name, line.sex, line.number, line.home)
        for place, words in enumerate((*said, "", "", "")):
            sheet.write_string(number, place, words, free if place >= _OPEN_COLUMNS else shut)
    sheet.data_validation(1, ANSWER, max(len(lines), 1), ANSWER, {"validate": "list", "source": list(WORDS)})
    sheet.freeze_panes(1, 3)
    guide = book.add_worksheet(NOTE)
    for number, words in enumerate(_GUIDE):
        guide.write_string(number, 0, words)
    hidden = book.add_worksheet(MANIFEST)
    for place, words in enumerate(manifest_of(batch, body, lines)):
        hidden.write_string(0, place, words)
    hidden.very_hidden()


def taken_in(
    content: bytes, password: str, *, batch: uuid.UUID, body: uuid.UUID, uids: Mapping[int, uuid.UUID]
) -> Returned:  # fmt: skip
    """What came back in a workbook, compared with the list (uids by position). Raises `Unreadable` with a reason."""
    book = read_content(_plain(content, password), "list.xlsx")
    manifest = book.sheets.get(MANIFEST)
    if manifest is None or TITLE not in book.sheets:
        raise Unreadable("文件不是联审的工作簿：缺少名单或者校验表。")
    if not is_ours(manifest.header[:4], batch, body):
        raise Unreadable("这不是本批次发给该部门的工作簿，或者校验表被改动。请核对批次和部门。")
    return compared(_rows(book), uids, body)


def _rows(book: Workbook) -> list[tuple[int, list[str]]]:
    sheet = book.sheets[TITLE]
    if sheet.header[: len(HEADER)] != HEADER:
        raise Unreadable("名单的列名被改动。请部门在原工作簿上重新填写。")
    return [(number, [as_text(cell) for cell in cells[: len(HEADER)]]) for number, cells in sheet.rows]


def _plain(content: bytes, password: str) -> bytes:
    """The workbook without its password, opened in a child that may take only so much memory and time."""
    if len(content) > CONTENT_BYTES:
        raise Unreadable(f"文件超过 {CONTENT_BYTES >> 20} MB。")
    try:
        told = answer_of(["-c", _CHILD, _SOURCE], framed({"password": password}, [content]), seconds=_SECONDS)
    except (TookTooLong, BrokeOff):
        raise Unreadable("文件打不开：内容过大或者已经损坏。请部门重新保存后交回。") from None
    said, parts = unframed(told)
    if said["why"]:
        raise Unreadable(_WHY[said["why"]])
    return parts[0]
