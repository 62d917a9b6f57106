"""Photographs before they are sent: `ui/photos.js` alone, under the content policy of our pages, with a server that only keeps what comes."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.files.drawn import jpeg, pdf

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).resolve().parents[2] / "src" / "yumiao" / "ui" / "static" / "ui" / "photos.js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
)
FORM = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>x</title><script src="/photos.js" defer></script>
<form action="/sent" method="post" enctype="multipart/form-data" data-photos><input type="hidden" name="order">
<label>a<input type="file" name="camera" multiple></label><label>b<input type="file" name="chosen" multiple></label>
<ol data-photos-list data-word-turn="转" data-word-earlier="前移" data-word-later="后移" data-word-again="重拍" data-word-drop="删除"
data-word-page="第 # 页" data-word-busy="正在处理" data-word-sending="正在上传"></ol><p data-photos-say></p><button type="submit">放入</button></form>"""
COLOURS = {"IMG_2.jpg": (200, 0, 0), "IMG_10.jpg": (0, 160, 0), "IMG_3.jpg": (0, 0, 200)}


class Keeping(BaseHTTPRequestHandler):
    """Serves the form and the script, keeps what is sent."""

    kept: list[tuple[str, str, bytes]]

    def do_GET(self) -> None:
        is_script = self.path == "/photos.js"
        self._answer(
            SCRIPT.read_bytes() if is_script else FORM.encode(), "text/javascript" if is_script else "text/html"
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = BytesParser(policy=default).parsebytes(head + body)
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            self.kept.append((str(name), part.get_filename() or "", part.get_payload(decode=True) or b""))
        self._answer(b"<p>kept</p>", "text/html")

    def _answer(self, content: bytes, media: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: Any) -> None:
        return


@pytest.fixture
def kept() -> list[tuple[str, str, bytes]]:
    return []


@pytest.fixture
def form(browser: Browser, kept: list[tuple[str, str, bytes]]) -> Iterator[Page]:
    """The form on a phone."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Kept", (Keeping,), {"kept": kept}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    page.close()
    server.shutdown()
    server.server_close()


def chosen(names: list[str], size: tuple[int, int] = (2400, 1800)) -> list[Any]:
    return [
        {"name": name, "mimeType": "image/jpeg", "buffer": jpeg(Image.new("RGB", size, COLOURS[name]))}
        for name in names
    ]


def colours(kept: list[tuple[str, str, bytes]]) -> list[str]:
    found = [Image.open(io.BytesIO(content)) for name, _file, content in kept if name == "chosen"]
    return ["rgb"[max(range(3), key=lambda place: one.getpixel((9, 9))[place])] for one in found]


def send(page: Page) -> None:
    page.get_by_role("button", name="放入").click()
    page.get_by_text("kept").wait_for()


def test_they_stand_in_the_order_of_their_names_and_are_sent_smaller(form: Page, kept: list[Any]) -> None:
    form.locator("[name=chosen]").set_input_files(chosen(list(COLOURS)))
    form.locator("canvas").nth(2).wait_for()
    send(form)
    assert colours(kept) == ["r", "b", "g"]
    assert [content for name, _file, content in kept if name == "order"] == [b"sent"]
    pictures = [Image.open(io.BytesIO(content)) for name, _file, content in kept if name == "chosen"]
    assert [one.size for one in pictures] == [(2000, 1500)] * 3
    assert [file for name, file, _content in kept if name == "chosen"] == ["page-1.jpg", "page-2.jpg", "page-3.jpg"]


def test_they_are_moved_turned_dropped_and_taken_again(form: Page, kept: list[Any]) -> None:
    form.locator("[name=chosen]").set_input_files(chosen(["IMG_2.jpg", "IMG_3.jpg"]))
    form.locator("canvas").nth(1).wait_for()
    form.get_by_role("button", name="第 1 页 后移").click()
    form.get_by_role("button", name="第 1 页 转").click()
    with form.expect_file_chooser() as asked:
        form.get_by_role("button", name="第 2 页 重拍").click()
    asked.value.set_files(chosen(["IMG_10.jpg"]))
    form.locator("canvas").nth(1).wait_for()
    form.locator("[name=camera]").set_input_files(chosen(["IMG_2.jpg"]))
    form.get_by_role("button", name="第 3 页 删除").click()
    send(form)
    assert colours(kept) == ["b", "g"]
    pictures = [Image.open(io.BytesIO(content)) for name, _file, content in kept if name == "chosen"]
    assert [one.size for one in pictures] == [(1500, 2000), (2000, 1500)]


def test_a_pdf_is_sent_as_it_is(form: Page, kept: list[Any]) -> None:
    content = pdf("0 0 1 1 re f")
    form.locator("[name=chosen]").set_input_files([{"name": "a.pdf", "mimeType": "application/pdf", "buffer": content}])
    send(form)
    assert [one for name, _file, one in kept if name == "chosen"] == [content]
    assert [one for name, _file, one in kept if name == "order"] == [b""]
