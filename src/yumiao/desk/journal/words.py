"""Entries in words: what was done, to how much, never to whom; one sentence a verb. Must not know: requests, templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission, Role
from yumiao.bylaws.keys import KEYS
from yumiao.bylaws.queries import value_in_words
from yumiao.desk.journal.case_words import CASE_SAYING
from yumiao.desk.journal.names import (
    PERSON_FIELDS,
    READINGS,
    TABLES,
    Data,
    Touched,
    Word,
    actor_words,
    data_of,
    label_of,
    reading_label,
    subject_label,
    touched,
)
from yumiao.desk.workbook.checking import column_label
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import on_paper
from yumiao.people.status import CHANGES
from yumiao.posts.rules import Title
from yumiao.ui.spelling import CHINA
from yumiao.units.queries import Tree

__all__ = [
    "READINGS",
    "TABLES",
    "Touched",
    "actor_words",
    "label_of",
    "place_of",
    "reading_label",
    "said",
    "subject_label",
    "touched",
]

SHOWN_DAYS: Final = 3
SHEETS: Final = ("组织", "党员", "发展培养", "人才库", "发展计划", "任职", "流动党员")  # in the order of the workbook
OUTCOMES: Final[Mapping[str, Word]] = {
    "new": gettext_lazy("新增"),
    "changed": gettext_lazy("变更"),
    "refused": gettext_lazy("退回"),
}
_PROFILES: Final[Mapping[str, Word]] = {"demo": gettext_lazy("演示县"), "real": gettext_lazy("正式数据")}


def said(entry: Entry, tree: Tree) -> str:
    """What an entry did, in one line: counts, days and values, no names of people. `tree`: that of today, for names of units."""
    data = data_of(entry)
    try:
        return _SAYING[Verb(entry.verb)](entry, data, tree)
    except (KeyError, TypeError, ValueError):
        return ""  # an altered entry; the proof says so


def _day(text: object) -> str:
    return on_paper(date.fromisoformat(str(text)))


def place_of(sheet: str) -> int:
    """Where a sheet stands in the workbook; one of another name at the end."""
    return SHEETS.index(sheet) if sheet in SHEETS else len(SHEETS)


def _prepared(_entry: Entry, data: Data, _tree: Tree) -> str:
    return str(_PROFILES[data["profile"]])


def _imported(_entry: Entry, data: Data, _tree: Tree) -> str:
    sheets = []
    for title, counts in sorted(data["sheets"].items(), key=lambda sheet: place_of(sheet[0])):
        parts = [f"{word} {counts[name]}" for name, word in OUTCOMES.items() if counts.get(name)]
        if parts:
            sheets.append(f"{title}{'、'.join(parts)}")
    return _("文件“%(file)s”：%(sheets)s") % {"file": data["file"], "sheets": "；".join(sheets)}


def _undone(entry: Entry, data: Data, _tree: Tree) -> str:
    return _("第 %(seq)s 条的导入，文件“%(file)s”") % {"seq": entry.undoes, "file": data["file"]}


def _paper(_entry: Entry, data: Data, _tree: Tree) -> str:
    words = {"body": data["issuing_body"], "number": data["number"], "day": _day(data["in_force_from"])}
    return _("%(body)s %(number)s，自%(day)s起施行") % words


def _setting(_entry: Entry, data: Data, _tree: Tree) -> str:
    key = data["key"]
    words = {
        "title": KEYS[key].title,
        "before": value_in_words(key, data["before"]),
        "after": value_in_words(key, data["value"]),
        "day": _day(data["since"]),
        "paper": data["paper"],
    }
    return _("%(title)s：%(before)s → %(after)s，自%(day)s起，依据 %(paper)s") % words


def _days_off(_entry: Entry, data: Data, _tree: Tree) -> str:
    days = data["days"]
    named = "、".join(
        f"{_day(day)}{_('上班') if is_working else _('放假')}（{name}）" for day, is_working, name in days[:SHOWN_DAYS]
    )
    more = _("等 %(count)s 天") % {"count": len(days)} if len(days) > SHOWN_DAYS else ""
    whole = _("%(year)s年全年安排：") % {"year": data["whole_year"]} if data.get("whole_year") else ""
    return f"{whole}{named}{more}"


def _unit(data: Data, tree: Tree) -> str:
    unit = tree.by_code.get(data["unit"])
    return tree.label(unit) if unit else _("组织代码 %(code)s") % {"code": data["unit"]}


def _appointment(_entry: Entry, data: Data, tree: Tree) -> str:
    words = {
        "role": Role(data["role"]).label,
        "unit": _unit(data, tree),
        "day": _day(data["since"]),
    }
    term = _("%(role)s，%(unit)s，自%(day)s起") % words
    return term + (_("至%(day)s") % {"day": _day(data["until"])} if data.get("until") else "")


def _delegation(entry: Entry, data: Data, tree: Tree) -> str:
    said = _appointment(entry, data, tree)
    return _("%(said)s，代办人登录名 %(delegate)s") % {"said": said, "delegate": data["delegate"]}


def _token(_entry: Entry, data: Data, tree: Tree) -> str:
    said = _("“%(name)s”") % {"name": data["token"]}
    if "unit" not in data:
        return said
    rights = _("、").join(Permission(one).label for one in data["permissions"].split())
    where = _unit(data, tree)
    return _("%(said)s，%(where)s：%(rights)s，%(day)s失效") % {
        "said": said,
        "where": where,
        "rights": rights,
        "day": _day(data["until"]),
    }


def _issued(_entry: Entry, data: Data, tree: Tree) -> str:
    words = {
        "unit": _unit(data, tree),
        "year": data["year"],
        "number": data["number"],
        "day": _day(data["day"]),
    }
    return _("%(unit)s %(year)s年第%(number)s期，统计截至%(day)s") % words


def _restored(_entry: Entry, data: Data, _tree: Tree) -> str:
    made_at = datetime.fromisoformat(data["made_at"]).astimezone(CHINA)
    words = {"day": on_paper(made_at.date()), "time": f"{made_at:%H:%M}", "digest": data["digest"][:12].upper()}
    return _("%(day)s %(time)s 的备份，摘要 %(digest)s") % words


def _header_names(_entry: Entry, data: Data, _tree: Tree) -> str:
    names = [
        _("%(form)s“%(header)s”按“%(column)s”读取")
        % {"form": form, "header": header, "column": column_label(form, key)}
        if key
        else _("%(form)s“%(header)s”不导入") % {"form": form, "header": header}
        for form, header, key in data["names"]
    ]
    return "；".join(names)


def _posts(_entry: Entry, data: Data, tree: Tree) -> str:
    said = [_unit(data, tree), *([Title(data["title"]).label] if "title" in data else [])]
    said += [_("%(count)s 个职务") % {"count": data["count"]}] if data["count"] > 1 else []
    said.append(_day(data["on"]))
    said += [_("%(day)s届满") % {"day": _day(data["due_on"])}] if "due_on" in data else []
    said += [data["document"]] if data["document"] else []
    return "，".join(said)


def _posts_undone(entry: Entry, data: Data, tree: Tree) -> str:
    words = {
        "unit": _unit(data, tree),
        "seq": entry.undoes,
        "what": Verb(data["verb"]).label,
    }
    return _("%(unit)s，第 %(seq)s 条的%(what)s") % words


def _founded(_entry: Entry, data: Data, _tree: Tree) -> str:
    return _("%(name)s，组织代码 %(code)s") % {"name": data["name"], "code": data["code"]}


def _reform(_entry: Entry, data: Data, tree: Tree) -> str:
    parts = [_("依据 %(document)s") % {"document": data["document"]}] if data.get("document") else []
    if "effective_on" in data:
        parts.append(_("自%(day)s起") % {"day": _day(data["effective_on"])})
    for key, word in (
        ("ended", _("撤销 %(count)s 个")),
        ("founded", _("新设 %(count)s 个")),
        ("changed", _("调整 %(count)s 个")),
    ):
        if data.get(key):
            parts.append(word % {"count": len(data[key])})
    if "title" in data:
        parts.insert(0, _("“%(title)s”") % {"title": data["title"]})
    if data.get("people"):
        parts.append(_("涉及 %(count)s 人") % {"count": data["people"]})
    return _("，").join(parts)


def _status_changed(_entry: Entry, data: Data, _tree: Tree) -> str:
    words = {"change": CHANGES[data["change"]].title, "day": _day(data["on"]), "article": data["article"]}
    said = _("%(change)s，%(day)s，依据%(article)s") % words
    return said + (_("，决定文号 %(document)s") % {"document": data["document"]} if data.get("document") else "")


def _change_undone(entry: Entry, data: Data, _tree: Tree) -> str:
    return _("第 %(seq)s 条“%(verb)s”") % {"seq": entry.undoes, "verb": label_of(data["verb"])}


def _transfer(_entry: Entry, data: Data, _tree: Tree) -> str:
    return _("%(letter)s，%(day)s") % {"letter": data["letter"], "day": _day(data["on"])}


def _corrected(_entry: Entry, data: Data, _tree: Tree) -> str:
    return _("更正%(fields)s") % {"fields": _("、").join(str(PERSON_FIELDS[key]) for key in data["fields"])}


def _taken_apart(_entry: Entry, data: Data, _tree: Tree) -> str:
    return _("第 %(seq)s 条的判定") % {"seq": data["decision"]}


def _reconciled(_entry: Entry, data: Data, tree: Tree) -> str:
    return _("%(unit)s，名册 %(register)s 人，未处理 %(open)s 项") % {**data, "unit": _unit(data, tree)}


def _nothing_more(_entry: Entry, _data: Data, _tree: Tree) -> str:
    return ""


_SAYING: Final[Mapping[Verb, Callable[[Entry, Data, Tree], str]]] = {
    Verb.PREPARED: _prepared,
    Verb.COUNTY_FOUNDED: _founded,
    Verb.WORKBOOK_IMPORTED: _imported,
    Verb.IMPORT_UNDONE: _undone,
    Verb.PAPER_RECORDED: _paper,
    Verb.SETTING_CHANGED: _setting,
    Verb.DAYS_OFF_RECORDED: _days_off,
    Verb.DAYS_OFF_REMOVED: _days_off,
    Verb.REFORM_REQUESTED: _reform,
    Verb.REFORM_RETURNED: _reform,
    Verb.REFORM_CARRIED_OUT: _reform,
    Verb.REFORM_TAKEN_BACK: _reform,
    Verb.RECONCILIATION_BEGUN: _reconciled,
    Verb.RECONCILIATION_CLOSED: _reconciled,
    Verb.ACCOUNT_INVITED: _appointment,
    Verb.APPOINTMENT_GRANTED: _appointment,
    Verb.APPOINTMENT_ENDED: _appointment,
    Verb.DELEGATED: _delegation,
    Verb.DELEGATION_ENDED: _delegation,
    Verb.ACCOUNT_SUSPENDED: _nothing_more,
    Verb.ACCOUNT_RESTORED: _nothing_more,
    Verb.LOGIN_RESET: _nothing_more,
    Verb.INVITATION_ACCEPTED: _nothing_more,
    Verb.TOKEN_ISSUED: _token,
    Verb.TOKEN_REVOKED: _token,
    Verb.ISSUED: _issued,
    Verb.RESTORED: _restored,
    Verb.HEADERS_NAMED: _header_names,
    Verb.HEADER_NAME_REMOVED: _header_names,
    Verb.TERM_ELECTED: _posts,
    Verb.ELECTION_POSTPONED: _posts,
    Verb.POST_FILLED: _posts,
    Verb.POST_ENDED: _posts,
    Verb.POSTS_UNDONE: _posts_undone,
    Verb.PERSON_CORRECTED: _corrected,
    Verb.PEOPLE_MERGED: _nothing_more,
    Verb.PEOPLE_KEPT_APART: _nothing_more,
    Verb.SAMENESS_TAKEN_BACK: _taken_apart,
    Verb.STATUS_CHANGED: _status_changed,
    Verb.CHANGE_UNDONE: _change_undone,
    Verb.TRANSFER_ISSUED: _transfer,
    Verb.TRANSFER_RECEIVED: _transfer,
    Verb.TRANSFER_RETURNED: _transfer,
    Verb.TRANSFER_REFUSED: _transfer,
    Verb.TRANSFER_WITHDRAWN: _transfer,
    Verb.STAY_RECORDED: _nothing_more,
    Verb.STAY_CONTACTED: _nothing_more,
    Verb.STAY_ENDED: _nothing_more,
    Verb.STAY_CORRECTED: _nothing_more,
    Verb.CONTACT_SEARCHED: _nothing_more,
    **CASE_SAYING,
}
