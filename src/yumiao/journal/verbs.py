"""The closed list of what can be done to the record. A verb is added here when a service needs it."""

from enum import StrEnum


class Verb(StrEnum):
    """What an entry says was done."""

    PREPARED = "prepared"
    COUNTY_FOUNDED = "county_founded"
    WORKBOOK_IMPORTED = "workbook_imported"
    IMPORT_UNDONE = "import_undone"
    PAPER_RECORDED = "paper_recorded"
    SETTING_CHANGED = "setting_changed"
    DAYS_OFF_RECORDED = "days_off_recorded"
    DAYS_OFF_REMOVED = "days_off_removed"
    ACCOUNT_INVITED = "account_invited"
    APPOINTMENT_GRANTED = "appointment_granted"
    APPOINTMENT_ENDED = "appointment_ended"
    DELEGATED = "delegated"
    DELEGATION_ENDED = "delegation_ended"
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_RESTORED = "account_restored"
    LOGIN_RESET = "login_reset"
    INVITATION_ACCEPTED = "invitation_accepted"
    TOKEN_ISSUED = "token_issued"  # noqa: S105 a verb, no secret
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    ISSUED = "issued"
    RESTORED = "restored"
    HEADERS_NAMED = "headers_named"
    HEADER_NAME_REMOVED = "header_name_removed"
    TERM_ELECTED = "term_elected"
    ELECTION_POSTPONED = "election_postponed"
    POST_FILLED = "post_filled"
    POST_ENDED = "post_ended"
    POSTS_UNDONE = "posts_undone"
    PERSON_CORRECTED = "person_corrected"
    PEOPLE_MERGED = "people_merged"
    PEOPLE_KEPT_APART = "people_kept_apart"
    SAMENESS_TAKEN_BACK = "sameness_taken_back"
    STATUS_CHANGED = "status_changed"
    CHANGE_UNDONE = "change_undone"
    TRANSFER_ISSUED = "transfer_issued"
    TRANSFER_RECEIVED = "transfer_received"
    TRANSFER_RETURNED = "transfer_returned"
    TRANSFER_REFUSED = "transfer_refused"
    TRANSFER_WITHDRAWN = "transfer_withdrawn"
    STAY_RECORDED = "stay_recorded"
    STAY_CONTACTED = "stay_contacted"
    STAY_ENDED = "stay_ended"
    STAY_CORRECTED = "stay_corrected"
    CONTACT_SEARCHED = "contact_searched"
    REFORM_REQUESTED = "reform_requested"
    REFORM_RETURNED = "reform_returned"
    REFORM_CARRIED_OUT = "reform_carried_out"
    REFORM_TAKEN_BACK = "reform_taken_back"
    RECONCILIATION_BEGUN = "reconciliation_begun"
    RECONCILIATION_CLOSED = "reconciliation_closed"
    CASE_OPENED = "case_opened"
    STEP_RECORDED = "step_recorded"
    STEP_PROPOSED = "step_proposed"
    STEP_CONFIRMED = "step_confirmed"
    STEP_REFUSED = "step_refused"
    CASE_RETURNED = "case_returned"
    CASE_RESTED = "case_rested"
    CASE_RESUMED = "case_resumed"
    EXEMPTION_GRANTED = "exemption_granted"
    EXEMPTION_WITHDRAWN = "exemption_withdrawn"
    EDITION_INTRODUCED = "edition_introduced"
    CASES_MOVED = "cases_moved"
    HELPERS_CHANGED = "helpers_changed"
    TRAINING_RECORDED = "training_recorded"
    INSPECTIONS_RECORDED = "inspections_recorded"
    MEETING_RECORDED = "meeting_recorded"
    MEETING_TAKEN_BACK = "meeting_taken_back"
    EXCLUSION_RECORDED = "exclusion_recorded"
    EXCLUSION_ENDED = "exclusion_ended"
    PAPER_ADDED = "paper_added"
    PAPER_SUPPLEMENTED = "paper_supplemented"
    PAPER_CHECKED = "paper_checked"
    PAPER_WITHDRAWN = "paper_withdrawn"
    INQUIRY_SENT = "inquiry_sent"
    INQUIRY_FOLLOWED = "inquiry_followed"
    FORMS_HANDED = "forms_handed"
    FORMS_TAKEN_BACK = "forms_taken_back"
    FORM_VOIDED = "form_voided"
    FORM_VOID_WITHDRAWN = "form_void_withdrawn"
    NOTICE_POSTED = "notice_posted"
    NOTICE_RESTARTED = "notice_restarted"
    NOTICE_TAKEN_BACK = "notice_taken_back"
    NOTICE_PHOTOGRAPHED = "notice_photographed"
    OBJECTION_RECEIVED = "objection_received"
    INVESTIGATOR_NAMED = "investigator_named"
    OBJECTION_CONCLUDED = "objection_concluded"
    OBJECTION_TAKEN_BACK = "objection_taken_back"
    JOINT_REVIEW_SENT = "joint_review_sent"
    JOINT_REVIEW_TAKEN_BACK = "joint_review_taken_back"
    JOINT_REVIEW_ANSWERED = "joint_review_answered"
    JOINT_REVIEW_FOLLOWED = "joint_review_followed"
    JOINT_REVIEW_CONCLUDED = "joint_review_concluded"
    SEAT_GIVEN = "seat_given"
    SEAT_ENDED = "seat_ended"
    CASE_REVIEWED = "case_reviewed"
    SAMPLE_DRAWN = "sample_drawn"
    PEER_OPINION_GIVEN = "peer_opinion_given"
    FINDING_RECORDED = "finding_recorded"
    FINDING_TAKEN_BACK = "finding_taken_back"
    ORDER_ISSUED = "order_issued"
    ORDER_EXTENDED = "order_extended"
    ORDER_FOLLOWED = "order_followed"
    ORDER_TAKEN_BACK = "order_taken_back"
    ORDER_PAPER_ADDED = "order_paper_added"
    REFERRED = "referred"
    REFERRAL_CLOSED = "referral_closed"
    FILE_AUDITED = "file_audited"
    FILE_AUDIT_TAKEN_BACK = "file_audit_taken_back"
    MEMBERSHIP_RECOGNISED = "membership_recognised"
    ADMISSION_NOT_RECOGNISED = "admission_not_recognised"
    SECTION_GRANTED = "section_granted"
    SECTION_GRANT_ENDED = "section_grant_ended"
    SECTION_OPENED_IN_EMERGENCY = "section_opened_in_emergency"
    RELATIVES_RECORDED = "relatives_recorded"
    PACKAGE_MADE = "package_made"
    FILE_HANDED_OVER = "file_handed_over"
    HANDOVER_TAKEN_BACK = "handover_taken_back"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Verb.PREPARED: "建立数据",
    Verb.COUNTY_FOUNDED: "建立县级组织",
    Verb.WORKBOOK_IMPORTED: "导入工作簿",
    Verb.IMPORT_UNDONE: "撤销导入",
    Verb.PAPER_RECORDED: "登记县级文件",
    Verb.SETTING_CHANGED: "调整参数",
    Verb.DAYS_OFF_RECORDED: "登记放假安排",
    Verb.DAYS_OFF_REMOVED: "删去本县放假安排",
    Verb.ACCOUNT_INVITED: "邀请开户",
    Verb.APPOINTMENT_GRANTED: "授予任职",
    Verb.APPOINTMENT_ENDED: "结束任职",
    Verb.DELEGATED: "委托代办",
    Verb.DELEGATION_ENDED: "收回代办",
    Verb.ACCOUNT_SUSPENDED: "停用账号",
    Verb.ACCOUNT_RESTORED: "启用账号",
    Verb.LOGIN_RESET: "发出登录码",
    Verb.INVITATION_ACCEPTED: "凭码设定密码",
    Verb.TOKEN_ISSUED: "签发接口令牌",
    Verb.TOKEN_REVOKED: "撤销接口令牌",
    Verb.ISSUED: "印发一账两单",
    Verb.RESTORED: "从备份恢复",
    Verb.HEADERS_NAMED: "登记本单位列名",
    Verb.HEADER_NAME_REMOVED: "删去本单位列名",
    Verb.TERM_ELECTED: "登记换届",
    Verb.ELECTION_POSTPONED: "登记延期换届",
    Verb.POST_FILLED: "登记任职",
    Verb.POST_ENDED: "登记免职",
    Verb.POSTS_UNDONE: "撤销任职登记",
    Verb.PERSON_CORRECTED: "更正人员基本情况",
    Verb.PEOPLE_MERGED: "合并重复人员",
    Verb.PEOPLE_KEPT_APART: "判定不是同一人",
    Verb.SAMENESS_TAKEN_BACK: "撤销重复人员的判定",
    Verb.STATUS_CHANGED: "办理党籍变动",
    Verb.CHANGE_UNDONE: "撤销变动登记",
    Verb.TRANSFER_ISSUED: "转出组织关系",
    Verb.TRANSFER_RECEIVED: "接收组织关系",
    Verb.TRANSFER_RETURNED: "登记介绍信回执",
    Verb.TRANSFER_REFUSED: "退回介绍信",
    Verb.TRANSFER_WITHDRAWN: "作废介绍信",
    Verb.STAY_RECORDED: "登记流动党员",
    Verb.STAY_CONTACTED: "登记流动党员联系",
    Verb.STAY_ENDED: "流动党员返回",
    Verb.STAY_CORRECTED: "更正流动党员登记",
    Verb.CONTACT_SEARCHED: "登记查找联系",
    Verb.REFORM_REQUESTED: "上报组织变更方案",
    Verb.REFORM_RETURNED: "退回组织变更方案",
    Verb.REFORM_CARRIED_OUT: "实施组织变更",
    Verb.REFORM_TAKEN_BACK: "撤销组织变更",
    Verb.RECONCILIATION_BEGUN: "与全国系统对账",
    Verb.RECONCILIATION_CLOSED: "办结对账",
    Verb.CASE_OPENED: "开始发展培养",
    Verb.STEP_RECORDED: "登记发展步骤",
    Verb.STEP_PROPOSED: "提交补录",
    Verb.STEP_CONFIRMED: "确认补录",
    Verb.STEP_REFUSED: "退回补录",
    Verb.CASE_RETURNED: "退回到以前步骤",
    Verb.CASE_RESTED: "暂停办理",
    Verb.CASE_RESUMED: "恢复办理",
    Verb.EXEMPTION_GRANTED: "批准例外",
    Verb.EXEMPTION_WITHDRAWN: "收回例外",
    Verb.EDITION_INTRODUCED: "启用程序版本",
    Verb.CASES_MOVED: "转换程序版本",
    Verb.HELPERS_CHANGED: "更换联系人、介绍人",
    Verb.TRAINING_RECORDED: "登记集中培训",
    Verb.INSPECTIONS_RECORDED: "登记培养教育考察",
    Verb.MEETING_RECORDED: "登记会议",
    Verb.MEETING_TAKEN_BACK: "收回会议登记",
    Verb.EXCLUSION_RECORDED: "登记不计入应到会",
    Verb.EXCLUSION_ENDED: "结束不计入应到会",
    Verb.PAPER_ADDED: "放入材料",
    Verb.PAPER_SUPPLEMENTED: "补充材料",
    Verb.PAPER_CHECKED: "核对材料",
    Verb.PAPER_WITHDRAWN: "收回材料",
    Verb.INQUIRY_SENT: "发出函调、外调",
    Verb.INQUIRY_FOLLOWED: "登记函调、外调经过",
    Verb.FORMS_HANDED: "发放志愿书号段",
    Verb.FORMS_TAKEN_BACK: "收回志愿书号段",
    Verb.FORM_VOIDED: "作废志愿书",
    Verb.FORM_VOID_WITHDRAWN: "撤销志愿书作废",
    Verb.NOTICE_POSTED: "发布公示",
    Verb.NOTICE_RESTARTED: "重新公示",
    Verb.NOTICE_TAKEN_BACK: "收回公示登记",
    Verb.NOTICE_PHOTOGRAPHED: "放入公示照片",
    Verb.OBJECTION_RECEIVED: "受理异议、举报",
    Verb.INVESTIGATOR_NAMED: "指定调查人",
    Verb.OBJECTION_CONCLUDED: "作出调查结论",
    Verb.OBJECTION_TAKEN_BACK: "收回异议登记",
    Verb.JOINT_REVIEW_SENT: "发送部门联审",
    Verb.JOINT_REVIEW_TAKEN_BACK: "收回部门联审",
    Verb.JOINT_REVIEW_ANSWERED: "答复部门联审",
    Verb.JOINT_REVIEW_FOLLOWED: "登记联审催办、导出和收回",
    Verb.JOINT_REVIEW_CONCLUDED: "作出联审结论",
    Verb.SEAT_GIVEN: "指定部门联审员",
    Verb.SEAT_ENDED: "结束部门联审员",
    Verb.CASE_REVIEWED: "审查档案",
    Verb.SAMPLE_DRAWN: "抽取审查样本",
    Verb.PEER_OPINION_GIVEN: "交叉互审意见",
    Verb.FINDING_RECORDED: "登记问题",
    Verb.FINDING_TAKEN_BACK: "收回问题登记",
    Verb.ORDER_ISSUED: "发出限期整改通知",
    Verb.ORDER_EXTENDED: "延长整改期限",
    Verb.ORDER_FOLLOWED: "登记整改经过",
    Verb.ORDER_TAKEN_BACK: "收回整改通知",
    Verb.ORDER_PAPER_ADDED: "放入整改材料",
    Verb.REFERRED: "移交责任追究",
    Verb.REFERRAL_CLOSED: "登记责任追究结果",
    Verb.FILE_AUDITED: "审核旧档案",
    Verb.FILE_AUDIT_TAKEN_BACK: "收回旧档案审核",
    Verb.MEMBERSHIP_RECOGNISED: "认定党员身份",
    Verb.ADMISSION_NOT_RECOGNISED: "不予承认党员身份",
    Verb.SECTION_GRANTED: "授权阅看",
    Verb.SECTION_GRANT_ENDED: "收回阅看授权",
    Verb.SECTION_OPENED_IN_EMERGENCY: "紧急阅看",
    Verb.RELATIVES_RECORDED: "登记家庭成员和社会关系",
    Verb.PACKAGE_MADE: "装订综合资料手册",
    Verb.FILE_HANDED_OVER: "移交档案",
    Verb.HANDOVER_TAKEN_BACK: "收回移交登记",
}
