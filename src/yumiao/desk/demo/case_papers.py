"""Papers of some demo cases: pages drawn here, each a little different, with invented content in the fonts that come along.

Must not know: which cases these are.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from yumiao.admission.editions import edition_of
from yumiao.admission.paper_rules import Checked
from yumiao.admission.paper_services import put_in
from yumiao.desk.demo.case_facts import Way
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.files import store
from yumiao.files.intake import Page, Taken
from yumiao.files.limits import Limits
from yumiao.files.photographs import bound
from yumiao.files.services import write_scan
from yumiao.journal.acts import Act
from yumiao.kernel.periods import on_paper
from yumiao.press.glyphs import FONTS

SIZE: Final = (744, 1052)
SLOTS: Final = (("A01", 1), ("A02", 2), ("A04", 3), ("A06", 5), ("A07", 6), ("A16", 14), ("A17", 15))
TWICE, TWICE_AT = "A06", 4
FEW: Final = 4  # slots of most cases: the others lack them
BODIES: Final = {
    "A01": "敬爱的党组织：我志愿加入中国共产党。这些年我在村里种植中草药，看到党员带头修路、引水、办合作社，深受教育，愿意在党组织的培养下为乡亲们做事。",
    "A02": "谈话人介绍了党的性质、宗旨和发展党员的程序，了解了本人的家庭情况、现实表现和入党动机。本人表示愿意接受组织的培养和考察。",
    "A04": "会议听取了党员推荐和群团组织推优的情况，经讨论，同意列为入党积极分子，报乡镇党委备案。",
    "A06": "经支部委员会研究，指定两名正式党员为培养联系人，每季度谈话一次，每半年写出考察意见。",
    "A07": "本期能够参加党课学习，参加防汛和森林防火值守，邻里关系和睦，完成了交办的工作。",
    "A16": "我志愿加入中国共产党，拥护党的纲领，遵守党的章程，履行党员义务，执行党的决定。",
    "A17": "支部大会对本人逐项讨论，采取无记名投票方式表决，计票结果当场宣布，表决通过。",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: its heading, its text, its date, and where it is slightly turned as a photograph is."""

    title: str
    text: str
    on: date
    turn: int


def write_papers(act: Act, ways: Sequence[Way], name_of: Mapping[int, str]) -> int:
    """Papers for these cases, of two in three only a few; one in nine cannot be read, one page was used twice. Returns how many there are."""
    count = 0
    kept: Drawn | None = None
    for place, way in enumerate(ways):
        for slot, step in _slots_of(way, place):
            on = next(one.on for one in way.steps if one.step == step)
            title = edition_of("").slots[slot].title
            page = Drawn(title, f"{name_of.get(way.person, '')}\n{BODIES[slot]}", on, count)
            if slot == TWICE and place == 1:
                kept = page
            elif slot == TWICE and place == TWICE_AT and kept is not None:
                page = kept
            count += 1
            _write(act, way, slot, step, page, is_legible=count % 9 != 8)
    return count


def _slots_of(way: Way, place: int) -> Iterator[tuple[str, int]]:
    held = {one.step for one in way.steps}
    wanted = SLOTS if place % 3 == 0 else SLOTS[:FEW]
    yield from ((slot, step) for slot, step in wanted if step in held)


def _write(act: Act, way: Way, slot: str, step: int, page: Drawn, *, is_legible: bool) -> None:
    uid, taken = uuid.uuid4(), _taken(page)
    store.put(uid, taken.content)
    scan = write_scan(act, uid, way.unit, taken, DEMO_DAY)
    checked = Checked(
        title=page.title, dated_on=page.on, is_signed=True, is_stamped=is_legible, is_dated=True, is_legible=is_legible, is_of_person=True
    )  # fmt: skip
    put_in(act, case=way.case, step=step, occurrence=1, slot=slot, scan=scan, checked=checked, supplements=None)


def _taken(page: Drawn) -> Taken:
    said, content = bound([drawn(page)], Limits())
    pages = tuple(Page(bytes.fromhex(one["digest"]), one["look"], one["width"], one["height"]) for one in said["pages"])
    return Taken(content, pages, page.on)


def drawn(page: Drawn) -> bytes:
    """The page as a photograph."""
    sheet, chance = Image.new("L", SIZE, 250 - page.turn % 14), Random(page.turn)
    pen = ImageDraw.Draw(sheet)
    for _shade in range(7):  # light falls on every photograph otherwise
        left, top = chance.randrange(-100, SIZE[0] - 100), chance.randrange(-100, SIZE[1] - 100)
        right, low = left + chance.randrange(150, 500), top + chance.randrange(150, 600)
        pen.rectangle((left, top, right, low), fill=chance.randrange(175, 252))
    sheet = sheet.resize((93, 131)).filter(ImageFilter.GaussianBlur(5)).resize(SIZE, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(sheet)
    heading, body = (ImageFont.truetype(str(_font()), size) for size in (34, 24))
    pen.text((SIZE[0] // 2, 110 + 3 * (page.turn % 11)), page.title[:18], font=heading, fill=20, anchor="mm")
    y = 190 + 5 * (page.turn % 17)
    for line in page.text.split("\n"):
        for start in range(0, len(line), 25):
            pen.text((70, y), line[start : start + 25], font=body, fill=45)
            y += 44
    for rule in range(3 + page.turn % 7):
        pen.line(
            (70, y + 40 * rule, SIZE[0] - 60 - 31 * ((page.turn + rule) % 9), y + 40 * rule),
            fill=150,
            width=1 + rule % 3,
        )
    pen.text((430, 930), f"签名　{on_paper(page.on)}", font=body, fill=40)
    x = 440 + 23 * (page.turn % 8)
    pen.ellipse((x, 800, x + 120, 920), outline=110, width=5)
    turned = sheet.rotate((page.turn % 5 - 2) * 0.4, fillcolor=235, resample=Image.Resampling.BILINEAR)
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=70)
    return out.getvalue()


def _font() -> Path:
    return min(path for path in FONTS.iterdir() if path.suffix in (".otf", ".ttf", ".ttc"))
