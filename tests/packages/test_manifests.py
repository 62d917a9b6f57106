"""A package is checked by itself: a page or a paper that was changed, is missing, was added or moved is named."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from yumiao.press.bound import Bound, Part, attach, bind, digests_of
from yumiao.press.documents import Section, print_document
from yumiao.press.manifests import (
    FRONT,
    KIND,
    LIST,
    SIGNATURE,
    NoPackage,
    canonical,
    check,
    digests,
    fingerprint,
    packed,
    public_key,
    signed,
)

pytestmark = pytest.mark.db  # not for the database: Django's settings say where an office's own fonts lie

SEED = bytes(range(32))
DAY = __import__("datetime").date(2026, 10, 31)


def picture(shade: int) -> bytes:
    """A PDF of one page that is a photograph."""
    target = io.BytesIO()
    Image.linear_gradient("L").point(lambda value: (value + shade) % 256).convert("RGB").save(
        target, "PDF", resolution=60
    )
    return target.getvalue()


PAPERS = [("A01", "入党申请书", picture(10)), ("A04", "会议记录", picture(90)), ("A16", "入党志愿书", picture(200))]


def made(papers=tuple(PAPERS), seed: bytes = SEED) -> tuple[bytes, bytes]:
    """(book, archive) of these papers."""
    parts = [Part(f"{slot} {title}", content) for slot, title, content in papers]

    def front(placed, whole) -> bytes:
        rows = [(one.title, str(one.first)) for one in placed]
        return print_document(
            "手册",
            [Section(head=("题名", "页次"), rows=rows, widths=(3, 1), notes=[f"共 {whole} 页"])],
            unit="某村",
            on=DAY,
        )

    bound: Bound = bind(front, parts)
    items = [
        {
            "kind": "paper", "title": title, "slot": slot, "file": f"{at:02d}_{slot}.pdf", "sha256": hashlib.sha256(content).hexdigest(),
            "first": place.first, "count": place.count,
        }
        for at, ((slot, title, content), place) in enumerate(zip(papers, bound.placed, strict=True), 1)
    ]  # fmt: skip
    files = [
        (FRONT, bound.front),
        *((one["file"], content) for one, (_slot, _title, content) in zip(items, papers, strict=True)),
    ]
    manifest = canonical({"kind": KIND, "items": items, "pages": list(bound.digests), "files": digests(files)})
    book = attach(bound.content, [(LIST, manifest), (SIGNATURE, signed(manifest, seed))])
    return book, packed([*files, (LIST, manifest), (SIGNATURE, signed(manifest, seed))])


@functools.cache
def sample() -> tuple[bytes, bytes]:
    """(book, archive) of the three papers, made once."""
    return made()


def the_book() -> bytes:
    return sample()[0]


def the_archive() -> bytes:
    return sample()[1]


def repacked(changed=None, *, drop: str = "", add: tuple[str, bytes] | None = None) -> bytes:
    """The archive with a file changed, left out or added."""
    with zipfile.ZipFile(io.BytesIO(the_archive())) as archive:
        files = [(one, archive.read(one)) for one in archive.namelist() if one != drop]
    files = [(name, (changed or {}).get(name, content)) for name, content in files]
    return packed([*files, *([add] if add else [])])


def rebound(change) -> bytes:
    """The book after something was done to its pages."""
    with pikepdf.open(io.BytesIO(the_book())) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_a_whole_package_is_found_whole_and_made_alike_twice() -> None:
    found = [check(one, fingerprint(public_key(SEED))) for one in (the_archive(), the_book())]
    assert [(one.problems, one.pages, one.papers) for one in found] == [((), 4, 3), ((), 4, 3)]
    assert made() == sample()


def test_the_catalogue_says_on_which_page_a_paper_begins_and_every_page_bears_its_number() -> None:
    pages = PdfReader(io.BytesIO(the_book())).pages
    first = pages[0].extract_text()
    assert ["A16 入党志愿书" in first, "共 4 页" in first] == [True, True]
    assert [f"{at} / 4" in one.extract_text() for at, one in enumerate(pages, 1)] == [True] * 4


def test_saving_the_book_again_changes_nothing() -> None:
    assert check(rebound(lambda pdf: None)).problems == ()
    assert digests_of(rebound(lambda pdf: None)) == digests_of(the_book())


def swap(pdf) -> None:
    second, third = pdf.pages[1], pdf.pages[2]
    pdf.pages[1], pdf.pages[2] = third, second


def overwrite(pdf) -> None:
    pdf.pages[2].contents_add(b"q 0 0 200 200 re f Q", prepend=False)


def other_picture(pdf) -> None:
    with pikepdf.open(io.BytesIO(picture(77))) as strange:
        (image,) = strange.pages[0].obj.Resources.XObject.values()
        there = pdf.pages[3].obj.Resources.XObject
        there[next(iter(there.keys()))] = pdf.copy_foreign(image)


def stamp(pdf) -> None:
    look = pdf.make_stream(
        b"q 0 0 200 200 re f Q", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 200]
    )
    mark = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Stamp, "/Rect": [0, 0, 200, 200], "/AP": {"/N": look}}
    pdf.pages[2].obj.Annots = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(mark))])


def cut(pdf) -> None:
    pdf.pages[2].cropbox = [0, 0, 5, 5]


def script(pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def scripts_by_name(pdf) -> None:
    pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array([]))


def smuggle(pdf) -> None:
    pdf.attachments["more.txt"] = b"more"


def recolour(pdf) -> None:
    """The same bytes of the picture, to be unpacked otherwise."""
    (image,) = pdf.pages[3].obj.Resources.XObject.values()
    image.DecodeParms = pikepdf.Dictionary(ColorTransform=0)


MORE = ["手册里多出了页面以外的内容（脚本、表单、附件等）"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (script, MORE),
        (scripts_by_name, MORE),
        (smuggle, MORE),
        (recolour, ["第 4 页已被改动：A16 入党志愿书"]),
        (stamp, ["第 3 页已被改动：A04 会议记录"]),
        (cut, ["第 3 页已被改动：A04 会议记录"]),
        (lambda pdf: pdf.pages.__delitem__(1), ["缺少第 2 页：A01 入党申请书"]),
        (lambda pdf: pdf.add_blank_page(page_size=(300, 300)), ["现在的第 5 页是多出来的"]),
        (overwrite, ["第 3 页已被改动：A04 会议记录"]),
        (other_picture, ["第 4 页已被改动：A16 入党志愿书"]),
        (swap, ["页的次序与清单不符，或者有重复的页"]),
    ],
)
def test_what_was_done_to_the_book_is_named(change, said: list[str]) -> None:
    assert list(check(rebound(change)).problems) == said


def test_what_was_done_to_the_archive_is_named() -> None:
    assert list(check(repacked({"02_A04.pdf": picture(1)})).problems) == ["材料已被改动：A04 会议记录"]
    assert list(check(repacked(drop="03_A16.pdf")).problems) == ["缺少材料：A16 入党志愿书"]
    assert list(check(repacked(add=("04_A17.pdf", b"x"))).problems) == ["多出文件：04_A17.pdf"]
    assert check(repacked(drop=FRONT)).problems == (f"缺少材料：{FRONT}",)


def test_a_list_that_was_changed_is_caught_by_its_signature_and_another_key_is_told() -> None:
    with zipfile.ZipFile(io.BytesIO(the_archive())) as archive:
        said = json.loads(archive.read(LIST))
    said["items"][0]["title"] = "他人的申请书"
    found = check(repacked({LIST: canonical(said)})).problems
    assert found[0] == "签名与材料清单不符：清单已被改动"
    other = made(seed=bytes(32))[1]
    assert check(other).problems == ()
    told = check(other, fingerprint(public_key(SEED))).problems
    assert (len(told), told[0].startswith("签名的密钥是")) == (1, True)


def with_password() -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(the_book())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def with_broken_stream() -> bytes:
    """A file of the archive whose packed bytes are no packed bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(LIST, b"a" * 5000)
    content = bytearray(target.getvalue())
    start = 30 + len(LIST)
    content[start : start + 4] = b"\xff" * 4
    return bytes(content)


def test_a_signature_nested_without_end_is_no_signature() -> None:
    found = check(repacked({SIGNATURE: b"[" * 200_000}))
    assert found.problems[0] == "签名与材料清单不符：清单已被改动"


@pytest.mark.parametrize(
    "content",
    [
        with_password,
        with_broken_stream,
        lambda: b"",
        lambda: b"hello",
        lambda: b"PK\x03\x04broken",
        lambda: the_book()[:2000],
        lambda: the_archive()[: len(the_archive()) // 2],
        lambda: picture(3),
        lambda: packed([("a.txt", b"x")]),
        lambda: packed([(LIST, b"{}"), (SIGNATURE, b"{}")]),
        lambda: packed([(LIST, b'{"kind":"x","items":[],"pages":[]}'), (SIGNATURE, b"")]),
    ],
)
def test_what_is_no_package_is_refused_in_words(content: Callable[[], bytes]) -> None:
    with pytest.raises(NoPackage):
        check(content())


def bomb() -> bytes:
    """A page that unpacks to two gigabytes out of some megabytes."""
    packer = zlib.compressobj(1)
    zeros = bytes(1 << 20)
    packed_zeros = b"".join(packer.compress(zeros) for _ in range(2048)) + packer.flush()
    with pikepdf.open(io.BytesIO(the_book())) as pdf:
        stream = pdf.make_stream(b"")
        stream.write(packed_zeros, filter=pikepdf.Name.FlateDecode)
        pdf.pages[1].obj.Contents = stream
        target = io.BytesIO()
        pdf.save(target, compress_streams=False)
    return target.getvalue()


def test_a_book_that_unpacks_without_end_meets_the_limits(tmp_path, capsys) -> None:
    from yumiao.config.command import main

    endless = tmp_path / "手册.pdf"
    endless.write_bytes(bomb())
    assert main(["verify-dossier", str(endless)]) == 1
    assert "第 2 页已被改动：A01 入党申请书" in capsys.readouterr().out


def test_names_in_a_strange_file_steer_no_terminal(tmp_path, capsys) -> None:
    from yumiao.config.command import main

    strange = tmp_path / "资料包.zip"
    strange.write_bytes(repacked(add=("\x1b[2J\x07\u202e好.pdf", b"x")))
    assert main(["verify-dossier", str(strange)]) == 1
    said = capsys.readouterr().out
    assert [sign in said for sign in ("\x1b", "\x07", "\u202e", "多出文件：")] == [False, False, False, True]


def test_without_a_key_the_issuer_is_said_to_be_unchecked(tmp_path, capsys) -> None:
    from yumiao.config.command import main

    whole = tmp_path / "资料包.zip"
    whole.write_bytes(the_archive())
    key = fingerprint(public_key(SEED))
    assert [main(["verify-dossier", str(whole)]), main(["verify-dossier", str(whole), "--key", key])] == [0, 0]
    assert capsys.readouterr().out.count("出具单位未核对") == 1


def test_the_command_needs_no_data_folder(tmp_path, capsys) -> None:
    from yumiao.config.command import main

    whole, torn = tmp_path / "资料包.zip", tmp_path / "改动.zip"
    whole.write_bytes(the_archive())
    torn.write_bytes(repacked(drop="03_A16.pdf"))
    codes = [main(["verify-dossier", str(one)]) for one in (whole, torn, tmp_path / "没有.zip")]
    assert codes == [0, 1, 2]
    assert "缺少材料：A16 入党志愿书" in capsys.readouterr().out
