"""Files no honest office sends: each ends in a refusal that says why, quickly, and nothing else happens."""

import io
import os
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from yumiao.sheets.archive import Limits, inspect
from yumiao.sheets.reading import Unreadable, read_workbook

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def honest() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "年度"])
    book.active.append(["张安", 2026])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rebuilt(changes: dict[str, bytes]) -> bytes:
    """The honest workbook with some parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(honest())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, content in parts.items():
            new.writestr(name, content)
    return file.getvalue()


def with_rows(rows: str) -> bytes:
    return rebuilt({SHEET: f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode()})


def with_directory_entry(name: str, **fields: int) -> bytes:
    """The honest workbook whose directory lies about one part: `crc`, `size` or `flags`."""
    content = bytearray(honest())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    places = {"flags": (8, "<H"), "crc": (16, "<L"), "size": (24, "<L")}
    for field, value in fields.items():
        offset, layout = places[field]
        struct.pack_into(layout, content, entry + offset, value)
    return bytes(content)


def refusal(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        inspect(content, limits or Limits())
    return caught.value.reason


def test_an_honest_workbook_passes() -> None:
    inspect(honest(), Limits())
    inspect(rebuilt({}), Limits())


@pytest.mark.parametrize(
    "content", [b"", b"<html><table></table></html>", "姓名,年度\n张安,2026\n".encode(), b"%PDF-1.7"]
)
def test_another_file_named_xlsx_is_refused(content: bytes) -> None:
    assert (
        refusal(content) == "文件不是 .xlsx 工作簿（可能只是改了扩展名），请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    )


def test_an_old_and_an_encrypted_workbook_have_words_of_their_own() -> None:
    magic = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    assert refusal(magic) == "文件是旧的 .xls 等格式，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    locked = magic + "EncryptedPackage".encode("utf-16-le")
    assert refusal(locked) == "文件设有打开密码，请取消密码后另存为 .xlsx 再导入"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_a_workbook_with_macros_is_refused(part: str) -> None:
    assert refusal(rebuilt({part: b"x"})) == "文件带有宏，请另存为不带宏的 .xlsx 再导入"


@pytest.mark.parametrize("part", ["../../etc/cron.d/x", "/xl/x.xml", "xl\\x.xml", "C:x.xml", "XL/workbook.xml"])
def test_a_part_with_a_tricky_name_is_refused(part: str) -> None:
    assert refusal(rebuilt({part: b"x"})) == ("文件内部的部件名称不正常，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入")


def test_an_archive_without_a_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(file.getvalue()) == "文件不是 .xlsx 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"


@pytest.mark.parametrize("length", [10, 100, 1000, -30, -1])
def test_a_truncated_archive_is_refused(length: int) -> None:
    assert refusal(honest()[:length]) == "文件不完整或已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"


def test_an_encrypted_part_is_refused() -> None:
    content = with_directory_entry(SHEET, flags=1)
    assert refusal(content) == "文件内容已加密，请取消密码后另存为 .xlsx 再导入"


def test_too_many_parts_are_refused() -> None:
    limits = Limits(parts=20)
    inspect(rebuilt({f"xl/media/{number}.bin": b"" for number in range(20 - parts_of(honest()))}), limits)
    content = rebuilt({f"xl/media/{number}.bin": b"" for number in range(21 - parts_of(honest()))})
    assert refusal(content, limits).startswith("文件内部的部件超过 20 个")


def parts_of(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return len(archive.infolist())


def test_a_bomb_by_declared_size_is_refused_before_it_is_unpacked() -> None:
    assert refusal(with_directory_entry(SHEET, size=300 << 20)).startswith("解压后超过 256 MB")


def test_a_part_that_shrinks_absurdly_is_refused() -> None:
    assert "压缩比例不正常" in refusal(rebuilt({"xl/media/image1.png": bytes(9 << 20)}))


def test_a_part_that_states_a_smaller_size_than_it_has_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(honest())) as archive:
        beginning = archive.read(SHEET)[:50]
    assert "已损坏" in refusal(with_directory_entry(SHEET, size=50, crc=zlib.crc32(beginning)))
    assert "写明的大小与实际不符" in refusal(with_directory_entry(SHEET, size=50))


def test_what_unpacks_to_more_than_the_limit_is_stopped_while_unpacking() -> None:
    content = rebuilt({"xl/media/image1.bin": os.urandom(3 << 20)})
    lying = bytearray(content)
    entry = lying.rindex(b"PK\x01\x02", 0, lying.rindex(b"xl/media/image1.bin"))
    struct.pack_into("<L", lying, entry + 24, 5)
    assert refusal(bytes(lying), Limits(unpacked_bytes=1 << 20)).startswith("解压后超过 1 MB")


@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/styles.xml", "docProps/core.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'],
)
def test_a_declaration_of_types_or_entities_is_refused_in_every_part(part: str, declaration: str) -> None:
    assert refusal(rebuilt({part: f'<?xml version="1.0"?>{declaration}<x>&e;</x>'.encode()})) == (
        f"部件 {part} 含有文档类型声明，可能有害，未读取；请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    )


@pytest.mark.parametrize("before", [(1 << 20) - 5, (1 << 20) - 1, 3 << 20])
def test_a_declaration_far_into_a_part_or_across_two_pieces_is_found(before: int) -> None:
    part = b"<x>" + b" " * before + b"<!DOCTYPE x><x/>"
    assert "文档类型声明" in refusal(rebuilt({STRINGS: part}), Limits(ratio=2000))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_a_declaration_hidden_by_another_encoding_is_refused(encoding: str) -> None:
    part = "<!DOCTYPE x [<!ENTITY e 'x'>]><x/>".encode(encoding)
    assert refusal(rebuilt({STRINGS: part})).startswith(f"部件 {STRINGS} 不是 UTF-8 编码")


@pytest.mark.parametrize("reference", ["XFD1048576", "IW1", "JA1", "AAA1", "A200001", "B1048576", "ZZ9"])
def test_a_cell_far_away_is_refused_with_its_part(reference: str) -> None:
    content = with_rows(f'<row><c r="{reference}"><v>1</v></c></row>')
    assert refusal(content).startswith(f"工作表部件 {SHEET} 的内容超出 200000 行或 256 列")


def test_the_last_row_and_the_last_column_pass_the_look() -> None:
    inspect(with_rows('<row r="200000"><c r="IV200000"><v>1</v></c></row>'), Limits())


def test_a_row_far_away_is_refused_whatever_the_dimension_says() -> None:
    xml = f'<worksheet {NAMESPACE}><dimension ref="A1:B2"/><sheetData><row r="200001"/></sheetData></worksheet>'
    assert refusal(rebuilt({SHEET: xml.encode()})).startswith(f"工作表部件 {SHEET}")


def test_rows_without_numbers_are_counted() -> None:
    limits = Limits(row_limit=5)
    inspect(with_rows("<row/>" * 5), limits)
    assert refusal(with_rows("<row/>" * 6), limits).startswith(f"工作表部件 {SHEET}")


def test_rows_are_counted_once_across_pieces() -> None:
    padding = "<row><c><v>" + "9" * 1000 + "</v></c></row>"
    inspect(with_rows(padding * 3000), Limits(row_limit=3000))
    assert "3000 行" in refusal(with_rows(padding * 3001), Limits(row_limit=3000))


def three_million_rows() -> bytes:
    return with_rows("<row><c><v>1</v></c></row>" * 3_000_000)


def a_sparse_sheet_within_the_counted_limits() -> bytes:
    return with_rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="200000"><c r="IV200000"><v>1</v></c></row>')


def a_sparse_sheet_the_look_does_not_notice() -> bytes:
    return with_rows("<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")


def one_long_text_in_every_cell() -> bytes:
    cells = '<c t="s"><v>0</v></c>' * 250
    strings = f"<sst {NAMESPACE}><si><t>{'长' * 30_000}</t></si></sst>".encode()
    rows = f"<worksheet {NAMESPACE}><sheetData>{f'<row>{cells}</row>' * 200}</sheetData></worksheet>".encode()
    content_types = re.sub(
        rb"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
        b'.spreadsheetml.sharedStrings+xml"/></Types>',
        zipfile.ZipFile(io.BytesIO(honest())).read("[Content_Types].xml"),
    )
    return rebuilt({SHEET: rows, STRINGS: strings, "[Content_Types].xml": content_types})


def a_sheet_that_breaks_off() -> bytes:
    return rebuilt({SHEET: f'<worksheet {NAMESPACE}><sheetData><row r="1"><c r="A1"><v>1'.encode()})


def a_workbook_that_is_no_xml() -> bytes:
    return rebuilt({"xl/workbook.xml": b"\xff\xd8\xff"})


def a_macro_workbook() -> bytes:
    return rebuilt({"xl/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    "build",
    [
        three_million_rows,
        a_sparse_sheet_within_the_counted_limits,
        a_sparse_sheet_the_look_does_not_notice,
        one_long_text_in_every_cell,
        a_sheet_that_breaks_off,
        a_workbook_that_is_no_xml,
        a_macro_workbook,
    ],
    ids=lambda build: build.__name__,
)
def test_reading_a_hostile_file_ends_soon_in_a_refusal(tmp_path: Path, build: Callable[[], bytes]) -> None:
    (tmp_path / "a.xlsx").write_bytes(build())
    started = time.monotonic()
    with pytest.raises(Unreadable):
        read_workbook(tmp_path / "a.xlsx")
    assert time.monotonic() - started < 20


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    for path in (tmp_path, tmp_path / "none.xlsx", tmp_path / "pipe.xlsx"):
        with pytest.raises(Unreadable, match="找不到文件"):
            read_workbook(path)
