"""What stands around every page: office, functions, organisation tree, account, foot. The context processor of all templates.

It shows a reader only what his appointments open. Must not know: what the page itself shows.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.endings import acting_for, endings
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.access.readers import Reader
from yumiao.desk.units.side import side_tree
from yumiao.journal.chain import short_code
from yumiao.ui import spelling
from yumiao.ui.addresses import reverse
from yumiao.ui.frame import Frame, MenuItem, NavItem

# name of the route, label, icon, permission, beginnings of the addresses that belong to it
FUNCTIONS: Final = (
    ("home", gettext_lazy("今日"), "home", SIGNED_IN, ()),
    ("ledger", gettext_lazy("一账两单"), "list", Permission.LEDGER_READ, ("/ledger/",)),
    (
        "units",
        gettext_lazy("组织"),
        "org",
        Permission.UNIT_READ,
        ("/units/", "/posts/", "/reforms/", "/exports/terms/", "/exports/posts/"),
    ),
    (
        "people",
        gettext_lazy("人员"),
        "person",
        Permission.PERSON_READ,
        (
            "/people/",
            "/search/",
            "/changes/",
            "/transfers/",
            "/stays/",
            "/exports/people/",
            "/exports/changes/",
            "/exports/transfers/",
            "/exports/stays/",
        ),
    ),
    (
        "cases",
        gettext_lazy("发展党员"),
        "person",
        Permission.PERSON_READ,
        ("/cases/", "/casebook/", "/inquiries/", "/forms/", "/cultivation/", "/exports/cases/", "/exports/casebook/"),
    ),
    ("joint_answers", gettext_lazy("部门联审"), "list", Permission.JOINT_ANSWER, ("/joint/answers/",)),
    (
        "gates",
        gettext_lazy("公示和审查"),
        "seal",
        Permission.PERSON_READ,
        (
            "/gates/",
            "/notices/",
            "/objections/",
            "/reviews/",
            "/joint/",
            "/exports/gates/",
            "/exports/notices/",
            "/exports/objections/",
            "/exports/reviews/",
            "/exports/joint/",
        ),
    ),
    (
        "oversight",
        gettext_lazy("监督整改"),
        "eye",
        Permission.PERSON_READ,
        (
            "/oversight/",
            "/findings/",
            "/orders/",
            "/referrals/",
            "/file-audits/",
            "/recognitions/",
            "/grants/",
            "/emergencies/",
            "/handovers/",
            "/exports/grants/",
            "/exports/handovers/",
            "/exports/findings/",
            "/exports/orders/",
            "/exports/file-audits/",
        ),
    ),
    ("meetings", gettext_lazy("会议"), "calendar", Permission.MEETING_RECORD, ("/meetings/", "/exports/meetings/")),
    ("statistics", gettext_lazy("统计"), "chart", Permission.LEDGER_READ, ("/statistics/", "/exports/statistics/")),
    (
        "imports",
        gettext_lazy("导入导出"),
        "import",
        Permission.WORKBOOK_IMPORT,
        ("/import/", "/export/", "/reconciliation/"),
    ),
    ("rules", gettext_lazy("规则"), "doc", Permission.BYLAW_READ, ("/rules/",)),
    (
        "papers",
        gettext_lazy("县级文件和参数"),
        "calendar",
        Permission.BYLAW_READ,
        ("/papers/", "/settings/", "/calendar/"),
    ),
    (
        "journal",
        gettext_lazy("全程纪实"),
        "lock",
        Permission.JOURNAL_READ,
        ("/journal/", "/exports/journal/", "/exports/readings/"),
    ),
    ("accounts", gettext_lazy("账号和任职"), "person", Permission.ACCOUNT_READ, ("/accounts/", "/exports/accounts/")),
    ("handbook", gettext_lazy("使用手册"), "book", SIGNED_IN, ("/handbook/",)),
)
THEMES: Final[dict[str, Literal["", "light", "dark"]]] = {"light": "light", "dark": "dark"}
DOCK: Final = ("home", "ledger", "cases", "people")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of a signed-in reader; None for everybody else."""
    reader = getattr(request, "reader", None)
    if not isinstance(reader, Reader) or reader.account is None:
        return {"frame": None}
    return {"frame": _around(request, reader)}


def _around(request: HttpRequest, reader: Reader) -> Frame:
    path = request.path
    nav = tuple(
        NavItem(str(label), reverse(name), icon, path.startswith(begun) if begun else path == "/")
        for name, label, icon, need, begun in FUNCTIONS
        if not isinstance(need, Permission) or reader.may(need)
    )
    dock_urls = {reverse(name) for name in DOCK}
    first = reader.appointments[0] if reader.appointments else None
    name = reader.account.display_name if reader.account else ""
    may_search = reader.may(Permission.PERSON_READ) or reader.may(Permission.UNIT_READ)
    return Frame(
        office=first.unit.name if first else _("基层党组织工作台"),
        nav=nav,
        tree=side_tree(reader, *_units_named(request, reader)),
        account_label=f"{first.role.label}　{name}" if first else name,
        account_menu=(MenuItem(_("我的账号"), reverse("own_account")), MenuItem(_("退出"), reverse("logout"), "post")),
        search_url=reverse("search") if may_search else None,
        search_text=_("姓名、拼音、村名") if reader.may(Permission.PERSON_READ) else _("村名、组织代码"),
        dock=tuple(item for item in nav if item.url in dock_urls),
        foot=(
            _("统计截至 {day}").format(day=spelling.day(reader.today)),
            _("全程纪实短码 {code}").format(code=short_code(reader.head.hash)),
        ),
        notice=_notice(request, reader),
        theme=THEMES.get(request.COOKIES.get("theme", ""), ""),
    )


def _notice(request: HttpRequest, reader: Reader) -> str:
    """What a reader is to know on whatever page he works: that this is the demo, for whom he acts, and which of his appointments end soon."""
    said = [*acting_for(reader), *endings(reader)]
    if getattr(request, "is_demo", False):
        day = spelling.day(reader.today)
        said.insert(0, _("演示县：人员和单位都是虚构的，“今天”固定为 {day}。").format(day=day))
    return "".join(said)


def _units_named(request: HttpRequest, reader: Reader) -> tuple[str, str]:
    """Codes of the unit the page is about and of the one whose branch is to be open, empty where there is none."""
    match = request.resolver_match
    about = (match.kwargs.get("code") if match else None) or request.GET.get("unit", "")
    named = (about, request.GET.get("open", ""))
    current, opened = (code if code in reader.tree.by_code else "" for code in named)
    return current, opened
