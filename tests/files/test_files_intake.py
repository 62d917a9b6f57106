"""What is taken in, what is refused, and that nothing of the camera or the scanner stays."""

from __future__ import annotations

import io
import resource
import zlib
from datetime import date
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream
from PIL import Image

from tests.files.drawn import acting, camera_notes, jpeg, locked, page, pdf, photograph, png
from yumiao.files.intake import Limits, Unusable, draw, take_in
from yumiao.files.pdfs import picture

A4 = (595, 842)


def refused(*parts: bytes, **limits: Any) -> str:
    with pytest.raises(Unusable) as refusal:
        take_in(parts, limits=Limits(**limits))
    return refusal.value.reason


def shown(content: bytes, number: int) -> Image.Image:
    is_there, found = picture(content, number)
    assert is_there
    return Image.open(io.BytesIO(found))


def test_photographs_become_one_pdf_in_their_order() -> None:
    made = [jpeg(Image.new("RGB", (1200, 1600), colour)) for colour in ("red", "green", "blue")]
    taken = take_in(made)
    with pikepdf.open(io.BytesIO(taken.content)) as book:
        assert [tuple(round(float(one)) for one in sheet.mediabox[2:]) for sheet in book.pages] == [A4] * 3
    middles = [shown(taken.content, number).getpixel((600, 800)) for number in (1, 2, 3)]
    assert [max(range(3), key=lambda place: one[place]) for one in middles] == [0, 1, 2]
    assert [(one.width, one.height, one.look) for one in taken.pages] == [(1200, 1600, None)] * 3


def test_a_photograph_stands_upright_smaller_and_without_what_the_camera_wrote() -> None:
    taken = take_in([photograph(exif=camera_notes(turned=6))])
    [only] = taken.pages
    assert ((only.width, only.height), taken.taken_on) == ((1500, 2000), date(2026, 3, 2))
    found = shown(taken.content, 1)
    assert dict(found.getexif()) == {}
    assert b"Exif" not in taken.content
    assert b"NoBrand" not in taken.content


def test_a_wide_photograph_lies_on_a_lying_page() -> None:
    taken = take_in([photograph()])
    with pikepdf.open(io.BytesIO(taken.content)) as book:
        assert [round(float(one)) for one in book.pages[0].mediabox] == [0, 0, 842, 595]


def test_what_is_transparent_is_white() -> None:
    taken = take_in([png(Image.new("RGBA", (400, 400), (0, 0, 0, 0)))])
    assert shown(taken.content, 1).convert("L").getpixel((200, 200)) == 255


def test_the_same_photographs_give_the_same_document() -> None:
    made = [photograph(3), photograph(4)]
    assert take_in(made).digest == take_in(made).digest
    assert take_in(made).digest != take_in(made[::-1]).digest


def test_a_pdf_keeps_its_pages_and_nothing_else() -> None:
    scanned = jpeg(page(5), exif=camera_notes(), comment=b"NoBrandScanner")
    taken = take_in([pdf(scanned, "0 0 10 10 re f", PageMode=Name.UseNone)])
    with pikepdf.open(io.BytesIO(taken.content)) as book:
        assert len(book.pages) == 2
        assert sorted(book.Root.keys()) == ["/Pages", "/Type"]
        assert dict(book.docinfo) == {}
    assert b"NoBrand" not in _unpacked(taken.content)
    assert b"Exif" not in taken.content
    first, second = taken.pages
    assert (first.width, first.height, first.look is None) == (1240, 1754, False)
    assert (second.width, second.height, second.look) == (595, 842, None)
    assert shown(taken.content, 1).size == (1240, 1754)
    assert picture(taken.content, 2) == (False, b"")


def test_what_lies_before_and_behind_a_picture_is_gone() -> None:
    hidden = b"<script>alert(1)</script>PK\x03\x04"
    assert hidden not in take_in([photograph() + hidden]).content
    assert hidden not in take_in([pdf("0 0 1 1 re f") + hidden]).content
    assert b"comment" not in take_in([photograph(comment=b"comment")]).content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "文件是空的"),
        (b"<html><script>alert(1)</script></html>", "不是 PDF、JPEG 或者 PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "不是 PDF、JPEG 或者 PNG"),
        (b"MZ\x90\x00", "不是 PDF、JPEG 或者 PNG"),
        (b"PK\x03\x04word", "是 Word、Excel 文件或者压缩包"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "是 Word、Excel 等文件"),
        (b"GIF89a<script>", "是 GIF 图片"),
        (b"\x00\x00\x00\x18ftypheic", "是 HEIC 照片"),
        (b"RIFF....WEBP", "是 WebP 图片"),
        (b" %PDF-1.7", "不是 PDF、JPEG 或者 PNG"),
    ],
)
def test_what_is_neither_is_refused_by_what_it_holds(content: bytes, why: str) -> None:
    assert why in refused(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0<script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n<svg onload=alert(1)>",
        photograph()[:9000],
        png(page(2))[:5000],
        b"\xff\xd8\xff" + bytes(5000),
    ],
)
def test_what_only_begins_like_a_picture_is_refused(content: bytes) -> None:
    assert "第 1 张照片文件不完整或者已损坏" in refused(content)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n<script>", pdf("0 0 1 1 re f")[:200], b"%PDF-" + bytes(3000)])
def test_what_only_begins_like_a_pdf_is_refused(content: bytes) -> None:
    assert "PDF 文件不完整或者已损坏" in refused(content)


def _script(book: pikepdf.Pdf) -> Any:
    return Dictionary(JavaScript=Dictionary(Names=["x", acting(S=Name.JavaScript, JS="app.alert(1)")]))


def _attached(book: pikepdf.Pdf) -> Any:
    kept = Stream(book, b"MZ", Type=Name.EmbeddedFile)
    return Dictionary(EmbeddedFiles=Dictionary(Names=["x", Dictionary(Type=Name.Filespec, EF=Dictionary(F=kept))]))


@pytest.mark.parametrize(
    "root",
    [
        {"OpenAction": acting(S=Name.JavaScript, JS="app.alert(1)")},
        {"OpenAction": acting(S=Name.Launch, F="cmd.exe")},
        {"OpenAction": acting(S=Name.SubmitForm, F="http://x")},
        {"OpenAction": acting(S=Name.GoToR, F="other.pdf")},
        {"AA": Dictionary(WC=acting(S=Name.Named))},
        {"Names": _script},
        {"Names": _attached},
        {"AcroForm": Dictionary(Fields=[], XFA="<xdp/>")},
    ],
)
def test_a_pdf_that_could_act_is_refused(root: dict[str, Any]) -> None:
    assert "可能有害，没有收下" in refused(pdf("0 0 1 1 re f", **root))


def test_where_a_pdf_opens_and_where_its_links_lead_is_dropped() -> None:
    taken = take_in([pdf("0 0 1 1 re f", OpenAction=acting(S=Name.GoTo, D=[0, Name.Fit]))])
    assert b"OpenAction" not in _unpacked(taken.content)


def test_a_pdf_behind_a_password_is_refused() -> None:
    assert "密码" in refused(locked(pdf("0 0 1 1 re f")))


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked() -> None:
    bomb = png(Image.new("1", (20_000, 20_000)))
    assert len(bomb) < 200_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "第 2 张照片像素太多，超过 4000 万" in refused(photograph(), bomb)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 2
    assert "超过 4000 万" in refused(png(Image.new("1", (7000, 7000))))


def test_a_stream_that_unpacks_without_end_meets_the_limits() -> None:
    packed = zlib.compress(bytes(400 << 20), 9)

    def bomb(book: pikepdf.Pdf) -> Any:
        return book.make_indirect(Stream(book, packed, Filter=Name.FlateDecode, Type=Name.ObjStm, N=1, First=4))

    content = pdf("0 0 1 1 re f", Bomb=bomb)
    assert len(content) < 1 << 20
    assert len(take_in([content]).content) < 1 << 20


def test_what_is_too_much_says_which_and_how_much() -> None:
    small = photograph(width=400, height=300)
    assert refused(small, bytes(3), small).startswith("第 2 个文件")
    assert (
        refused(small, photograph(), file_bytes=len(small)) == "第 2 个文件超过 0 MB，请降低分辨率后重拍，或者分开放入"
    )
    assert refused(*[small] * 61) == "一次最多 60 张照片，这次有 61 张，请分开放入"
    assert refused(small, small, total_bytes=len(small)).startswith("这些照片合起来超过")
    assert refused(*["0 0 1 1 re f" and pdf("0 0 1 1 re f")] * 2).startswith("一次只能放入一个 PDF")
    assert refused(pdf(*["0 0 1 1 re f"] * 4), pdf_pages=3).startswith("PDF 有 4 页，最多 3 页")
    assert refused() == "没有选择文件，请拍照或者选择文件"


def test_a_child_that_takes_too_long_is_stopped() -> None:
    assert refused(photograph(), seconds=0.05) == "处理超过时限，请减少照片或者页数，分开放入"
    assert "处理时中断" in refused(photograph(), memory_bytes=80 << 20)


def test_a_scan_that_is_no_jpeg_is_drawn() -> None:
    out = io.BytesIO()
    page(8).convert("1").save(out, "PDF")
    taken = take_in([out.getvalue()])
    assert taken.pages[0].look is not None
    assert picture(taken.content, 1) == (False, b"")
    drawn = Image.open(io.BytesIO(draw(taken.content, 1)))
    assert (drawn.format, drawn.size) == ("JPEG", (1240, 1754))
    with pytest.raises(Unusable):
        draw(take_in([pdf("0 0 1 1 re f")]).content, 1)


def test_twenty_photographs_become_twenty_pages() -> None:
    made = [photograph(seed) for seed in range(20)]
    assert len(take_in(made).pages) == 20


def _unpacked(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as book:
        book.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, qdf=True)
    return out.getvalue()
