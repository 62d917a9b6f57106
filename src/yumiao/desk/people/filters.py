"""Which people a list shows, as the address of the list says it; every number that counts people links to its rows by `filter_url`.

What an address says wrongly narrows nothing; `misread` says what that was. Must not know: who reads, how people are found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Final, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yumiao.desk.people.gaps import Gap
from yumiao.people.codes import EDUCATIONS, JUNIOR_OR_BELOW
from yumiao.people.names import is_number, plain
from yumiao.ui.addresses import reverse

SCHOOLINGS: Final = tuple(dict.fromkeys(EDUCATIONS.values()))
JUNIOR, UNLISTED, UNSAID = "junior", "unlisted", "none"  # of `schooling`, beside the labels themselves
UNKNOWN = "unknown"  # of `age`: no birth date is known
_AGE = re.compile(r"([1-9][0-9]?|1[0-4][0-9])?-([1-9][0-9]?|1[0-4][0-9])?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CODE_LENGTH = 60


class Kind(StrEnum):
    """Who is listed. Those in cultivation count as the ledger counts them: an activist is an applicant too, a target both.

    PENDING: the branch meeting has passed, the committee has not approved yet.
    """

    EVERYBODY = ""
    MEMBER = "member"
    FULL = "full"
    PROBATIONER = "probationer"
    APPLICANT = "applicant"
    ACTIVIST = "activist"
    TARGET = "target"
    PENDING = "pending"
    TALENT = "talent"

    @property
    def label(self) -> str:
        return {
            "": _("全部人员"),
            "member": _("党员"),
            "full": _("正式党员"),
            "probationer": _("预备党员"),
            "applicant": _("入党申请人"),
            "activist": _("入党积极分子"),
            "target": _("发展对象"),
            "pending": _("待审批"),
            "talent": _("人才库"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Filter:
    """The conditions of a list; an empty one is not asked.

    `age` is a band in completed years today, both ends included: `-25`, `26-35`, `76-`, or `unknown`. `schooling` is a label of
    `people.codes`, or `junior` (junior school or below), `unlisted`, `none`. `admitted` is a year: admitted then and counted for
    the unit, wherever the person stands today. `young` is the county's age limit: of today, or with `admitted` of the day of admission.
    `gap`: who has something to mend of that kind. `rural`, with `admitted` only: admissions that count for villages and communities, as the lines count them.
    """

    unit: str = ""
    kind: Kind = Kind.EVERYBODY
    sex: str = ""
    age: str = ""
    schooling: str = ""
    admitted: int | None = None
    young: bool = False
    rural: bool = False
    q: str = ""
    gap: Gap | None = None

    @classmethod
    def parsed(cls, said: Mapping[str, str]) -> Self:
        """What the parameters of an address say."""
        year = said.get("admitted", "")
        schooling, q = said.get("schooling", ""), said.get("q", "")
        return cls(
            unit=_shown(said.get("unit", "")),
            kind=Kind(said["kind"]) if said.get("kind") in set(Kind) else Kind.EVERYBODY,
            sex=said["sex"] if said.get("sex") in ("m", "f") else "",
            age=said["age"] if _is_band(said.get("age", "")) else "",
            schooling=schooling if schooling in (*SCHOOLINGS, JUNIOR, UNLISTED, UNSAID) else "",
            admitted=int(year) if _YEAR.fullmatch(year) else None,
            young=said.get("young") == "1",
            rural=said.get("rural") == "1" and _YEAR.fullmatch(year) is not None,
            q="" if is_number(q) else plain(q),
            gap=Gap(said["gap"]) if said.get("gap") in set(Gap) else None,
        )

    @property
    def ages(self) -> tuple[int | None, int | None]:
        """(least, greatest) age of the band; None for an open end."""
        found = _AGE.fullmatch(self.age)
        return (int(found[1]) if found[1] else None, int(found[2]) if found[2] else None) if found else (None, None)

    @property
    def query(self) -> str:
        """The conditions as the part of an address after `?`; empty without any."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: int(value) if value is True else value for name, value in said.items() if value})

    @property
    def url(self) -> str:
        """The first page of the list."""
        return f"{reverse('people')}?{self.query}" if self.query else reverse("people")

    def chips(self, unit_name: str) -> list[tuple[str, str]]:
        """(words, address without it) of every condition; `unit_name` is that of `unit`."""
        words = {
            "unit": _("%(unit)s及以下") % {"unit": unit_name},
            "kind": self.kind.label,
            "sex": {"m": _("男"), "f": _("女")}.get(self.sex, ""),
            "age": age_label(self.age),
            "schooling": schooling_label(self.schooling),
            "admitted": _("%(year)s年入党") % {"year": self.admitted},
            "young": _("入党时年轻") if self.admitted else _("年轻"),
            "rural": _("由村（社区）发展"),
            "q": (_("姓名拼音或首字母“%(name)s”") if self.q.isascii() else _("姓名含“%(name)s”")) % {"name": self.q},
            "gap": self.gap.label if self.gap else "",
        }
        blank = Filter()
        asked = [name for name in words if getattr(self, name) != getattr(blank, name)]
        return [(words[name], replace(self, **{name: getattr(blank, name)}).url) for name in asked]


def misread(said: Mapping[str, str]) -> list[str]:
    """The conditions that an address names with a value that no list has, in the words of the form; a number instead of a name is told elsewhere."""
    read, blank = Filter.parsed(said), Filter()
    words = {
        "unit": _("组织"),
        "kind": _("类别"),
        "sex": _("性别"),
        "age": _("年龄"),
        "schooling": _("学历"),
        "admitted": _("入党年度"),
    }
    return [words[name] for name in words if said.get(name) and getattr(read, name) == getattr(blank, name)]


def filter_url(
    *,
    unit: str = "",
    kind: Kind = Kind.EVERYBODY,
    sex: str = "",
    age: str = "",
    schooling: str = "",
    admitted: int | None = None,
    young: bool = False,
    rural: bool = False,
    q: str = "",
    gap: Gap | None = None,
) -> str:
    """The address of the list of people to whom all of this applies; see `Filter`."""
    return Filter(unit, kind, sex, age, schooling, admitted, young, rural, q, gap).url


def age_label(age: str) -> str:
    """`35 周岁及以下`, `26 至 35 周岁`, `76 周岁及以上`, and words for an unknown age."""
    least, _dash, most = age.partition("-")
    if age == UNKNOWN:
        return _("出生日期不详")
    if not least:
        return _("%(most)s 周岁及以下") % {"most": most}
    if not most:
        return _("%(least)s 周岁及以上") % {"least": least}
    return _("%(least)s 至 %(most)s 周岁") % {"least": least, "most": most}


def schooling_label(schooling: str) -> str:
    """A label of the list as it is, words for the other values."""
    others = {
        JUNIOR: "、".join(JUNIOR_OR_BELOW),
        UNLISTED: _("学历不在目录内"),
        UNSAID: _("学历未填"),
    }
    return others.get(schooling, schooling)


def _is_band(age: str) -> bool:
    found = _AGE.fullmatch(age)
    return age == UNKNOWN or (found is not None and age != "-")


def _shown(code: str) -> str:
    return code if code.isprintable() and len(code) <= _CODE_LENGTH else ""
