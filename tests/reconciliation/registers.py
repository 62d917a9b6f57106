"""Exports of the register for tests, and going through the pages of a reconciliation as a browser without script does."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING, Any

import xlsxwriter

from tests.cast import TOWN, Cast
from tests.desk.county_cells import number

if TYPE_CHECKING:
    from yumiao.reconciliation.models import Comparison

HEADERS = ("姓名", "身份证号码", "性别", "所在党支部", "人员类别", "入党时间")
BRANCHES = {
    1: "云岭村党支部", 2: "石桥村第一党支部", 3: "石桥村第二党支部", 4: "松坪社区党支部", 5: "竹溪村党支部", 6: "青石镇机关党支部",
}  # fmt: skip
Row = tuple[Any, ...]


def member(place: int, **changed: Any) -> Row:
    given = {
        "姓名": f"韦禾{chr(0x4E00 + place)}",
        "身份证号码": number(place),
        "性别": "男" if place % 2 else "女",
        "所在党支部": BRANCHES.get(place, BRANCHES[1]),
        "人员类别": "正式党员",
        "入党时间": "2005-07-01" if place == 1 else "2015-07-01",
    }
    return tuple({**given, **changed}.values())


def book(*rows: Row, headers: tuple[str, ...] = HEADERS, titles: int = 0) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Sheet1")
        for place in range(titles):
            sheet.write(place, 0, "党员名册")
        for place, row in enumerate((headers, *rows), titles):
            sheet.write_row(place, 0, row)
    return content.getvalue()


def sent(cast: Cast, who: str, content: bytes, unit: str = TOWN, name: str = "党员名册.xlsx", once: str = "") -> Any:
    """Send a file; the answer is the page that it leads to."""
    file = io.BytesIO(content)
    file.name = name
    given = {"file": file, "unit": unit, "once": once or str(uuid.uuid4())}
    return cast.client(getattr(cast, who)).post("/reconciliation/", given, follow=True)


def begun(cast: Cast, *rows: Row, who: str = "clerk_a", unit: str = TOWN) -> Comparison:
    from yumiao.reconciliation.models import Comparison

    answer = sent(cast, who, book(*rows), unit)
    made = Comparison.objects.latest("pk")
    assert answer.redirect_chain[-1][0] == f"/reconciliation/{made.uid}/", answer.content.decode()
    return made


def page(cast: Cast, address: str, who: str = "clerk_a") -> str:
    answer = cast.client(getattr(cast, who)).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())
