"""The letter of a transfer on paper: stub, letter, receipt, with lines for the seal across them. Must not know: requests, rights.

The identity number, dues and telephones are left for the hand: what is printed names nobody's numbers.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.desk.people.facts import Facts
from yumiao.desk.transfers.ends import committee_of, end_names
from yumiao.kernel.ages import completed_years
from yumiao.kernel.numerals import capital
from yumiao.kernel.periods import on_paper
from yumiao.people.transfer_queries import Standing
from yumiao.press.slips import Slip, print_slips
from yumiao.units.queries import Tree

LINE: Final = "＿" * 9
SHORT: Final = "＿" * 3
SEXES: Final = {"m": "男", "f": "女"}


def letter_pdf(one: Standing, facts: Facts, tree: Tree) -> bytes:
    """The three parts on one sheet."""
    sender, receiver = (name.replace(" ", "") for name in end_names(tree, one.transfer))
    committee = committee_of(tree, tree.by_id.get(one.transfer.from_unit_id or 0))
    issuer = committee.name if committee else sender
    slips = [
        _stub(one, facts, sender, receiver),
        _letter(one, facts, sender, receiver, issuer),
        _receipt(one, facts, issuer),
    ]
    cut = _("%(letter)s　（骑缝章）") % {"letter": one.letter}
    return print_slips(_("中国共产党党员组织关系介绍信"), slips, cuts=[cut, cut], code=_code(one))


def _code(one: Standing) -> str:
    return _("纪实第 %(seq)s 条") % {"seq": one.states[0].entered}


def _member(facts: Facts, on: date) -> str:
    full = facts.membership.full_member_on if facts.membership else None
    return _("正式") if full is not None and full <= on else _("预备")


def _stub(one: Standing, facts: Facts, sender: str, receiver: str) -> Slip:
    on = one.transfer.issued_on
    said = _("%(name)s同志系中共%(kind)s党员，组织关系由%(sender)s转到%(receiver)s。") % {
        "name": facts.record.name,
        "kind": _member(facts, on),
        "sender": sender,
        "receiver": receiver,
    }
    return Slip(
        _("中国共产党党员组织关系介绍信（存根）"),
        one.letter,
        [said],
        sign=[on_paper(on)],
        foot=[_("经办人：%(line)s　　领取人：%(line)s") % {"line": LINE}],
    )


def _letter(one: Standing, facts: Facts, sender: str, receiver: str, issuer: str) -> Slip:
    on, record = one.transfer.issued_on, facts.record
    age = str(completed_years(record.born_on, on)) if record.born_on else SHORT
    said = _(
        "兹介绍%(name)s同志（%(sex)s，%(age)s 岁，%(ethnicity)s），系中共%(kind)s党员，公民身份号码%(line)s%(line)s，由%(sender)s"
        "去%(receiver)s，请转接组织关系。该同志党费已交到%(short)s年%(short)s月。"
    ) % {
        "name": record.name,
        "sex": SEXES[record.sex],
        "age": age,
        "ethnicity": record.ethnicity or SHORT,
        "kind": _member(facts, on),
        "sender": sender,
        "receiver": receiver,
        "line": LINE,
        "short": SHORT,
    }
    return Slip(
        _("中国共产党党员组织关系介绍信"),
        one.letter,
        [said, _("（有效期%(days)s天）") % {"days": capital(one.transfer.valid_days)}],
        addressed=_("%(receiver)s：") % {"receiver": receiver},
        sign=[_("%(issuer)s（盖章）") % {"issuer": issuer}, on_paper(on)],
        foot=[
            _("党员联系电话：%(line)s　　原所在基层党委联系电话：%(line)s") % {"line": LINE},
            _("原所在基层党委通讯地址：%(line)s%(line)s　　邮编：%(line)s") % {"line": LINE},
        ],
    )


def _receipt(one: Standing, facts: Facts, issuer: str) -> Slip:
    said = _("%(name)s同志的组织关系已转接到我处，介绍信%(letter)s收讫。") % {
        "name": facts.record.name,
        "letter": one.letter,
    }
    return Slip(
        _("中国共产党党员组织关系介绍信（回执）"),
        one.letter,
        [said],
        addressed=_("%(issuer)s：") % {"issuer": issuer},
        sign=[
            _("接收党组织（盖章）：%(line)s%(line)s") % {"line": LINE},
            _("%(short)s年%(short)s月%(short)s日") % {"short": SHORT},
        ],
        foot=[_("经办人：%(line)s　　联系电话：%(line)s　　请在接收后寄回原党组织。") % {"line": LINE}],
    )
