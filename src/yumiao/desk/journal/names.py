"""Names of what the journal speaks of, tables, readings, subjects, fields, verbs, actors, and what an entry touched. Must not know: sentences, templates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.models import OPERATOR
from yumiao.journal.models import Entry
from yumiao.journal.readings import What
from yumiao.journal.verbs import Verb

Data = Mapping[str, Any]
Word = str | Promise

TABLES: Final[Mapping[str, Word]] = {
    "units_unit": gettext_lazy("组织"),
    "units_unitrecord": gettext_lazy("组织的名称和类别"),
    "units_placement": gettext_lazy("组织的隶属"),
    "units_zoneplace": gettext_lazy("所属片区"),
    "units_reform": gettext_lazy("组织变更"),
    "units_succession": gettext_lazy("组织的前身和承接"),
    "access_appointment": gettext_lazy("任职"),
    "access_delegation": gettext_lazy("代办"),
    "access_token": gettext_lazy("接口令牌"),
    "bylaws_countypaper": gettext_lazy("县级文件"),
    "bylaws_setting": gettext_lazy("参数"),
    "bylaws_dayoff": gettext_lazy("放假和调休上班"),
    "bylaws_calendaryear": gettext_lazy("全年放假安排"),
    "bylaws_headername": gettext_lazy("本单位列名"),
    "people_person": gettext_lazy("人员"),
    "people_merged": gettext_lazy("合并的人员"),
    "people_keptapart": gettext_lazy("判定不是同一人"),
    "people_personrecord": gettext_lazy("人员基本情况"),
    "people_statement": gettext_lazy("与证件不一致的说明"),
    "people_personsecret": gettext_lazy("证件和电话号码（加密）"),
    "people_belonging": gettext_lazy("所在组织"),
    "people_membership": gettext_lazy("党籍"),
    "people_membershipstate": gettext_lazy("党籍状态"),
    "people_attribution": gettext_lazy("发展党员的归属"),
    "people_tie": gettext_lazy("联系人"),
    "people_statuschange": gettext_lazy("党籍变动"),
    "people_transfer": gettext_lazy("组织关系转接"),
    "people_transferstate": gettext_lazy("转接的经过"),
    "people_stay": gettext_lazy("流动党员"),
    "people_staycontact": gettext_lazy("流动党员的联系"),
    "people_contactsearch": gettext_lazy("查找联系"),
    "admission_case": gettext_lazy("发展培养"),
    "admission_caseend": gettext_lazy("发展培养的结束"),
    "admission_steprecord": gettext_lazy("发展步骤"),
    "admission_stepdetail": gettext_lazy("发展步骤的说明"),
    "admission_stepmotion": gettext_lazy("发展步骤依据的表决"),
    "admission_lateentry": gettext_lazy("待确认的补录"),
    "admission_caseedition": gettext_lazy("适用的程序版本"),
    "admission_editionuse": gettext_lazy("程序版本的启用"),
    "admission_casereturn": gettext_lazy("退回"),
    "admission_caserest": gettext_lazy("暂停办理"),
    "admission_exemption": gettext_lazy("例外批准"),
    "admission_steppaper": gettext_lazy("材料"),
    "admission_papercheck": gettext_lazy("材料核对"),
    "admission_inquiry": gettext_lazy("函调和外调"),
    "admission_inquiryevent": gettext_lazy("函调和外调的经过"),
    "admission_formrange": gettext_lazy("入党志愿书号段"),
    "admission_formuse": gettext_lazy("入党志愿书的发放"),
    "admission_formvoid": gettext_lazy("作废的入党志愿书"),
    "meetings_meeting": gettext_lazy("会议"),
    "meetings_meetingrecord": gettext_lazy("会议记录"),
    "meetings_attendance": gettext_lazy("到会情况"),
    "meetings_motion": gettext_lazy("表决事项"),
    "meetings_ballot": gettext_lazy("计票结果"),
    "meetings_namedvote": gettext_lazy("记名表决"),
    "meetings_writtenopinion": gettext_lazy("书面意见"),
    "meetings_exclusion": gettext_lazy("不计入应到会"),
    "files_scan": gettext_lazy("扫描件"),
    "files_scanpage": gettext_lazy("扫描件的页"),
    "access_grant": gettext_lazy("需要知悉的授权"),
    "admission_casegrant": gettext_lazy("授权所涉的发展培养"),
    "admission_casenotice": gettext_lazy("公示所涉的发展培养"),
    "admission_caseobjection": gettext_lazy("异议所涉的发展培养"),
    "admission_jointreview": gettext_lazy("部门联审"),
    "admission_jointreviewrecord": gettext_lazy("部门联审的发送"),
    "admission_jointreviewbody": gettext_lazy("联审的部门"),
    "admission_jointreviewcase": gettext_lazy("联审名单"),
    "admission_jointreviewanswer": gettext_lazy("联审答复"),
    "admission_jointreviewevent": gettext_lazy("联审的经过"),
    "admission_jointconclusion": gettext_lazy("联审结论"),
    "admission_bodyseat": gettext_lazy("部门联审员"),
    "admission_review": gettext_lazy("三级审查"),
    "admission_sampledcase": gettext_lazy("抽到的发展培养"),
    "admission_peeropinion": gettext_lazy("交叉互审意见"),
    "admission_casefinding": gettext_lazy("问题所涉的发展培养"),
    "admission_relative": gettext_lazy("家庭成员和主要社会关系"),
    "admission_fileaudit": gettext_lazy("旧档案审核"),
    "admission_fileauditrecord": gettext_lazy("旧档案审核结果"),
    "admission_recognition": gettext_lazy("党员身份的认定"),
    "admission_package": gettext_lazy("综合资料手册"),
    "admission_handover": gettext_lazy("档案移交"),
    "publicity_notice": gettext_lazy("公示"),
    "publicity_noticerecord": gettext_lazy("公示的期间"),
    "publicity_noticeperson": gettext_lazy("公示的人员"),
    "publicity_noticephoto": gettext_lazy("公示照片"),
    "publicity_objection": gettext_lazy("异议和举报（加密）"),
    "publicity_objectionrecord": gettext_lazy("异议和举报的受理"),
    "publicity_investigator": gettext_lazy("调查人"),
    "publicity_objectionconclusion": gettext_lazy("调查结论"),
    "oversight_finding": gettext_lazy("问题"),
    "oversight_findingrecord": gettext_lazy("问题的内容"),
    "oversight_order": gettext_lazy("限期整改通知"),
    "oversight_orderrecord": gettext_lazy("整改期限"),
    "oversight_orderfinding": gettext_lazy("整改所涉的问题"),
    "oversight_orderevent": gettext_lazy("整改的经过"),
    "oversight_orderpaper": gettext_lazy("整改材料"),
    "oversight_referral": gettext_lazy("责任追究移交"),
    "oversight_sample": gettext_lazy("抽样"),
    "talent_talent": gettext_lazy("人才库"),
    "posts_term": gettext_lazy("届期"),
    "posts_post": gettext_lazy("党内任职"),
    "ledger_quota": gettext_lazy("发展计划"),
    "ledger_issue": gettext_lazy("印发的一账两单"),
    "journal_importedrow": gettext_lazy("导入的行"),
}


def _said_of(what: What) -> str:
    return what.label


READINGS: Final[Mapping[str, Word]] = {what.value: lazy(_said_of, str)(what) for what in What}
SUBJECTS: Final[Mapping[str, Word]] = {
    "person": gettext_lazy("人员"),
    "unit": gettext_lazy("组织"),
    "county_paper": gettext_lazy("县级文件"),
    "account": gettext_lazy("账号"),
    "issue": gettext_lazy("印发的一账两单"),
}
PERSON_FIELDS: Final[Mapping[str, Word]] = {
    "name": gettext_lazy("姓名"),
    "sex": gettext_lazy("性别"),
    "born_on": gettext_lazy("出生日期"),
    "ethnicity": gettext_lazy("民族"),
    "education": gettext_lazy("学历"),
    "occupation": gettext_lazy("职业"),
    "statement": gettext_lazy("与证件不一致说明"),
    "number": gettext_lazy("公民身份号码"),
    "confirmed_on": gettext_lazy("转正日期"),
}


@dataclass(frozen=True, slots=True)
class Touched:
    """How many rows of one table an entry wrote and took back."""

    table: str
    written: int
    struck: int


def label_of(verb: str) -> str:
    """What was done, in a few words."""
    return str(Verb(verb).label) if verb in list(Verb) else _("其他")


def actor_words(label: str) -> str:
    """Who acted; the command line by its name, with the system's user."""
    is_command_line = label == OPERATOR or label.startswith(f"{OPERATOR} (")
    return _("命令行") + label.removeprefix(OPERATOR) if is_command_line else label


def reading_label(what: str) -> str:
    return str(READINGS.get(what, _("查阅")))


def subject_label(kind: str) -> str:
    return str(SUBJECTS.get(kind, _("其他事项")))


def touched(entry: Entry) -> list[Touched]:
    """What an entry wrote and took back, in the order of the tables of the house."""
    data = data_of(entry)
    written, struck = (_counts(data.get(name)) for name in ("written", "struck"))
    return [
        Touched(str(label), written.get(table, 0), struck.get(table, 0))
        for table, label in TABLES.items()
        if table in written or table in struck
    ]


def data_of(entry: Entry) -> Data:
    """What an entry says; nothing where it was altered."""
    try:
        read = json.loads(entry.data)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _counts(said: object) -> dict[str, int]:
    return {table: int(pair[0]) for table, pair in said.items()} if isinstance(said, dict) else {}
