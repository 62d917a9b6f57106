"""A document as a word processor's file: the same sections as on paper, every word as text."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from docx import Document

from yumiao.press.documents import Section
from yumiao.press.words import make_docx

SECTIONS = [
    Section("会议议程", paragraphs=["讨论接收预备党员", "<b>不是标记</b> & #set"]),
    Section("到会", pairs=[("应到", "16"), ("实到", "9")]),
    Section(head=("姓名", "签到"), rows=[("盘云舟", ""), ("韦春晓", "")], widths=(1, 3), notes=["以应到会人数为准"]),
]


def made(sections: list[Section]) -> Document:
    return Document(
        io.BytesIO(make_docx("会议记录", sections, unit="云岭村党支部", on=date(2026, 3, 5), note="供归档"))
    )


def test_every_word_is_there_in_order() -> None:
    said = [one.text for one in made(SECTIONS).paragraphs if one.text]
    assert said == [
        "会议记录", "云岭村党支部　　2026年3月5日", "供归档", "会议议程", "讨论接收预备党员", "<b>不是标记</b> & #set", "到会",
        "以应到会人数为准",
    ]  # fmt: skip


def test_pairs_and_rows_are_tables_with_their_widths() -> None:
    pairs, rows = made(SECTIONS).tables
    assert [[cell.text for cell in row.cells] for row in pairs.rows] == [["应到", "16"], ["实到", "9"]]
    assert [[cell.text for cell in row.cells] for row in rows.rows] == [
        ["姓名", "签到"],
        ["盘云舟", ""],
        ["韦春晓", ""],
    ]
    first, second = (cell.width for cell in rows.rows[0].cells)
    assert round(second / first) == 3


def test_what_the_format_cannot_hold_is_left_out() -> None:
    assert [one.text for one in made([Section(paragraphs=["甲\x00\x0b乙"])]).paragraphs][-1] == "甲乙"


def test_nothing_says_what_made_it() -> None:
    content = make_docx("会议记录", SECTIONS, unit="云岭村党支部", on=date(2026, 3, 5))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read("docProps/core.xml").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    assert ("2026-03-05" in core, b"python-docx" in everything) == (True, False)
