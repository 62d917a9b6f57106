"""What can be missing or at odds in a person's record, and whom it concerns, as a condition of the list of people.

Must not know: who reads, how people are found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from yumiao.people.codes import LISTS


class Gap(StrEnum):
    """One kind of thing to mend; the value stands in addresses."""

    NO_NUMBER = "no_number"
    FORMER_ONLY = "former_only"
    DIFFERS = "differs"
    NO_BIRTH = "no_birth"
    NO_ETHNICITY = "no_ethnicity"
    NO_EDUCATION = "no_education"
    NO_OCCUPATION = "no_occupation"
    ODD_ETHNICITY = "odd_ethnicity"
    ODD_EDUCATION = "odd_education"
    ODD_OCCUPATION = "odd_occupation"
    NO_CONFIRMATION = "no_confirmation"
    ALSO_CULTIVATED = "also_cultivated"
    ALSO_TALENT = "also_talent"

    @property
    def label(self) -> str:
        return {
            "no_number": _("没有公民身份号码"),
            "former_only": _("只有 15 位旧号码"),
            "differs": _("性别、出生日期与号码不一致"),
            "no_birth": _("没有出生日期"),
            "no_ethnicity": _("没有民族"),
            "no_education": _("没有学历"),
            "no_occupation": _("没有职业"),
            "odd_ethnicity": _("民族不在代码表"),
            "odd_education": _("学历不在代码表"),
            "odd_occupation": _("职业不在代码表"),
            "no_confirmation": _("正式党员没有转正日期"),
            "also_cultivated": _("已是党员，培养没有结束"),
            "also_talent": _("已是党员，仍在人才库"),
        }[self.value]

    @property
    def field(self) -> str:
        """The field of the form of correction in which it is mended; empty where that form does not mend it."""
        return {
            "no_number": "number",
            "former_only": "number",
            "differs": "explanation",
            "no_birth": "born_on",
            "no_confirmation": "confirmed_on",
            "also_cultivated": "",
            "also_talent": "",
        }.get(self.value, self.value.partition("_")[2])

    @property
    def mending(self) -> str:
        """What to do about it."""
        if self in (Gap.NO_NUMBER, Gap.FORMER_ONLY):
            return _("核对身份证，在人员页“更正基本情况”填写 18 位号码。")
        if self is Gap.NO_CONFIRMATION:
            return _("核对入党志愿书，在人员页“更正基本情况”填写转正日期。")
        if self in (Gap.ALSO_CULTIVATED, Gap.ALSO_TALENT):
            return _("核对后把入党情况填入党员表导入，系统随即结束培养并移出人才库。")
        if self is Gap.DIFFERS:
            return _("核对档案和身份证，有误的在人员页更正；无误的保留说明。")
        return _("核对档案，在人员页“更正基本情况”。")


_HELD: Final = "EXISTS (SELECT 1 FROM people_personsecret y WHERE y.person_id = b.person_id AND y.kind = '{kind}' AND {{alive(y)}})"
_IDENTITY, _FORMER = _HELD.format(kind="identity"), _HELD.format(kind="former")
# Terms of SQL as `list.sql` has them: b is who stands there, r the record.
TERMS: Final[Mapping[Gap, str]] = {
    Gap.NO_NUMBER: f"NOT {_IDENTITY} AND NOT {_FORMER}",
    Gap.FORMER_ONLY: f"NOT {_IDENTITY} AND {_FORMER}",
    Gap.DIFFERS: "EXISTS (SELECT 1 FROM people_statement y WHERE y.person_id = b.person_id AND {alive(y)})",
    Gap.NO_BIRTH: "r.birth_number IS NULL",
    Gap.NO_ETHNICITY: "r.ethnicity = ''",
    Gap.NO_EDUCATION: "r.education = ''",
    Gap.NO_OCCUPATION: "r.occupation = ''",
    Gap.ODD_ETHNICITY: "r.ethnicity <> '' AND r.ethnicity NOT IN {ethnicity}",
    Gap.ODD_EDUCATION: "r.education <> '' AND r.education NOT IN {education}",
    Gap.ODD_OCCUPATION: "r.occupation <> '' AND r.occupation NOT IN {occupation}",
    Gap.NO_CONFIRMATION: "EXISTS (SELECT 1 FROM people_membership y WHERE y.person_id = b.person_id AND y.membership_on <= %(day)s"
    " AND y.ended_on > %(day)s AND y.full_member_on <= %(day)s AND y.confirmation_stated_on IS NULL AND {alive(y)})",
    Gap.ALSO_CULTIVATED: "EXISTS ({case}) AND EXISTS ({member})",
    Gap.ALSO_TALENT: "EXISTS ({talent}) AND EXISTS ({member})",
}


def gaps_in(said: Mapping[str, str], *, has_birth: bool, numbers: Collection[str]) -> list[Gap]:
    """What one record lacks; `said` are its texts by field, `numbers` the kinds of numbers there are. What is at odds is no part of it."""
    found = []
    if "identity" not in numbers:
        found.append(Gap.FORMER_ONLY if "former" in numbers else Gap.NO_NUMBER)
    if not has_birth:
        found.append(Gap.NO_BIRTH)
    for field, words in LISTS.items():
        if not said[field]:
            found.append(Gap(f"no_{field}"))
        elif said[field] not in words.values():
            found.append(Gap(f"odd_{field}"))
    return found


def listed(field: str) -> str:
    """The labels of a code table as a list of SQL; they are constants of the house, none holds a quotation mark."""
    labels = dict.fromkeys(LISTS[field].values())
    return f"({', '.join(repr(label) for label in labels)})"
