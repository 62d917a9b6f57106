"""The pages worth looking at: name, who looks, where. Screenshots, axe and the width checks all go through this one list."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tests.browser import uploads
from tests.browser.served import Served

Address = str | Callable[[Served], str]


@dataclass(frozen=True, slots=True)
class Look:
    """A page as one account sees it; `where` is an address, or is found in the county's data. A sample shows what no real page would."""

    name: str
    account: str
    where: Address
    status: int = 200
    is_sample: bool = False

    def path(self, county: Served) -> str:
        return self.where if isinstance(self.where, str) else self.where(county)


def ask(county: Served, query: str) -> str:
    """One value out of the county's database."""
    connection = sqlite3.connect(county.folder / "yumiao.sqlite3")
    try:
        value: str = connection.execute(query).fetchone()[0]
        return value
    finally:
        connection.close()


def person(county: Served) -> str:
    """Somebody with a history: a member in a village of the demo township, admitted this year."""
    uid = ask(
        county,
        "SELECT p.uid FROM people_membership m JOIN people_person p ON p.id = m.person_id"
        " JOIN people_belonging b ON b.person_id = p.id JOIN units_unit u ON u.id = b.unit_id"
        f" WHERE u.code LIKE '{TOWNSHIP}.%' AND m.membership_on >= '2026-01-01' ORDER BY p.id LIMIT 1",
    )
    return f"/people/{uuid.UUID(uid)}/"


def account(county: Served) -> str:
    """The page of the township clerk's account."""
    uid = ask(county, f"SELECT uid FROM access_account WHERE username = '{CLERK}'")
    return f"/accounts/{uuid.UUID(uid)}/"


def setting_preview(county: Served) -> str:
    """What another age limit would do."""
    paper = ask(county, "SELECT uid FROM bylaws_countypaper ORDER BY id LIMIT 1")
    shown = ask(county, "SELECT COALESCE(MAX(entered), 0) FROM bylaws_setting WHERE key = 'young.max_age'")
    return f"/settings/young.max_age/preview/?value=33&since=2026-10-31&paper={uuid.UUID(paper)}&shown={shown}"


def issue(county: Served) -> str:
    """The latest issue of the demo township."""
    uid = ask(county, "SELECT uid FROM ledger_issue ORDER BY id DESC LIMIT 1")
    return f"/ledger/issues/{uuid.UUID(uid)}/"


def issue_difference(county: Served) -> str:
    """How the last two issues of the demo township differ."""
    uid = ask(county, "SELECT uid FROM ledger_issue ORDER BY id DESC LIMIT 1 OFFSET 1")
    return f"{issue(county)}difference/{uuid.UUID(uid)}/"


def status_changes(county: Served) -> str:
    """What can be decided of somebody with a history."""
    return f"{person(county)}changes/"


def transfer(county: Served) -> str:
    """One on its way out of the demo township."""
    uid = ask(county, "SELECT uid FROM people_transfer WHERE kind = 'inside' ORDER BY id LIMIT 1")
    return f"/transfers/{uuid.UUID(uid)}/"


def stay(county: Served) -> str:
    """A floating member of the demo township."""
    return f"/stays/{uuid.UUID(ask(county, 'SELECT uid FROM people_stay ORDER BY id LIMIT 1'))}/"


def meeting(county: Served) -> str:
    """A members' meeting of the demo township, the one with most candidates."""
    most = "SELECT meeting_id FROM meetings_motion GROUP BY meeting_id ORDER BY COUNT(*) DESC, meeting_id"
    found = (
        f"SELECT m.uid FROM meetings_meeting m JOIN units_unit u ON u.id = m.unit_id JOIN ({most}) c ON c.meeting_id = m.id"
        f" WHERE u.code LIKE '{TOWNSHIP}.%' LIMIT 1"
    )
    return f"/meetings/{uuid.UUID(ask(county, found))}/"


def case(county: Served) -> str:
    """The case of the demo township that has come furthest of those that go on."""
    over = "SELECT case_id FROM admission_caseend UNION ALL SELECT case_id FROM admission_steprecord WHERE step >= 24"
    found = (
        "SELECT c.uid FROM admission_case c JOIN admission_steprecord t ON t.case_id = c.id"
        " JOIN people_belonging b ON b.person_id = c.person_id JOIN units_unit u ON u.id = b.unit_id"
        f" WHERE u.code LIKE '{TOWNSHIP}.%' AND c.id NOT IN ({over}) ORDER BY t.step DESC, c.id LIMIT 1"
    )
    return f"/cases/{uuid.UUID(ask(county, found))}/"


def paper(county: Served) -> str:
    """A paper of somebody in the demo township that was not taken back."""
    found = (
        "SELECT p.uid FROM admission_steppaper p JOIN admission_papercheck k ON k.paper_id = p.id"
        " JOIN admission_case c ON c.id = p.case_id JOIN people_belonging b ON b.person_id = c.person_id JOIN units_unit u ON u.id = b.unit_id"
        f" WHERE u.code LIKE '{TOWNSHIP}.%' AND p.slot <> 'A12' ORDER BY p.id LIMIT 1"
    )
    return f"/cases/papers/{uuid.UUID(ask(county, found))}/"


def papers(county: Served) -> str:
    """The papers of the case that has it."""
    uid = uuid.UUID(paper(county).split("/")[-2])
    found = (
        f"SELECT c.uid FROM admission_steppaper p JOIN admission_case c ON c.id = p.case_id WHERE p.uid = '{uid.hex}'"
    )
    return f"/cases/{uuid.UUID(ask(county, found))}/papers/"


def member(county: Served) -> uuid.UUID:
    """A member of the county."""
    asked = "SELECT p.uid FROM people_person p JOIN people_membership m ON m.person_id = p.id ORDER BY p.id LIMIT 1"
    return uuid.UUID(ask(county, asked))


def file_audit_new(county: Served) -> str:
    """Auditing the file of a member."""
    return f"/file-audits/new/?person={member(county)}"


def recognise(county: Served) -> str:
    """Deciding on his membership."""
    return f"/people/{member(county)}/recognise/"


def inquiry(county: Served) -> str:
    """The first letter of a political review."""
    return f"/inquiries/{uuid.UUID(ask(county, 'SELECT uid FROM admission_inquiry ORDER BY id LIMIT 1'))}/"


def reviewed(county: Served) -> str:
    """The case that letter is about."""
    uid = ask(
        county,
        "SELECT c.uid FROM admission_case c WHERE c.id = (SELECT case_id FROM admission_inquiry ORDER BY id LIMIT 1)",
    )
    return str(uuid.UUID(uid))


def familiar(county: Served) -> uuid.UUID:
    """The case whose family is written down."""
    return uuid.UUID(
        ask(county, "SELECT uid FROM admission_case WHERE id = (SELECT case_id FROM admission_relative LIMIT 1)")
    )


def inspected(county: Served) -> str:
    """The inspection of a branch that has activists."""
    code = ask(
        county,
        "SELECT u.code FROM admission_steprecord s JOIN admission_case c ON c.id = s.case_id"
        " JOIN people_belonging b ON b.person_id = c.person_id AND b.until = '9999-12-31'"
        " JOIN units_unit u ON u.id = b.unit_id WHERE s.step = 5"
        " AND s.case_id NOT IN (SELECT case_id FROM admission_steprecord WHERE step = 7)"
        " AND s.case_id NOT IN (SELECT case_id FROM admission_caseend) ORDER BY u.code LIMIT 1",
    )
    return f"/cultivation/inspect/{code}/"


def form_range(county: Served) -> str:
    """A range of 志愿书 numbers."""
    return f"/forms/{uuid.UUID(ask(county, 'SELECT uid FROM admission_formrange ORDER BY id LIMIT 1'))}/"


def double(county: Served) -> str:
    """Somebody of the demo township who was entered twice, side by side."""
    twice = (
        "SELECT r.person_id FROM people_personrecord r WHERE r.person_id NOT IN (SELECT person_id FROM people_personsecret)"
        " ORDER BY r.person_id LIMIT 1"
    )
    other = ask(county, f"SELECT uid FROM people_person WHERE id = ({twice})")
    one = ask(
        county,
        "SELECT p.uid FROM people_personrecord a JOIN people_personrecord b ON a.name = b.name AND a.born_on = b.born_on"
        f" JOIN people_person p ON p.id = a.person_id WHERE b.person_id = ({twice}) AND a.person_id <> b.person_id",
    )
    return f"/people/doubles/{uuid.UUID(one)}/{uuid.UUID(other)}/"


def reform(county: Served) -> str:
    """The merger that the demo township has asked for."""
    return f"/reforms/{uuid.UUID(ask(county, 'SELECT uid FROM units_reformdraft ORDER BY id LIMIT 1'))}/"


def reform_split(county: Served) -> str:
    """The draft that divides a village."""
    return f"/reforms/{uuid.UUID(ask(county, 'SELECT uid FROM units_reformdraft ORDER BY id DESC LIMIT 1'))}/"


def reform_done(county: Served) -> str:
    """The last reform that was carried out."""
    return f"/reforms/done/{ask(county, 'SELECT MAX(entered) FROM units_reform')}/"


def reconciliation(county: Served) -> str:
    """The demo township's, half ticked off."""
    return f"/reconciliation/{uuid.UUID(ask(county, 'SELECT uid FROM reconciliation_comparison ORDER BY id LIMIT 1'))}/"


def reconciliation_row(county: Served, deed: str = "register") -> str:
    """A difference that was ticked off so."""
    key = ask(county, f"SELECT key FROM reconciliation_tick WHERE deed = '{deed}' ORDER BY id LIMIT 1")
    return f"{reconciliation(county)}row/?row={key}"


def change_undo(county: Served) -> str:
    """Taking back the last change of somebody's membership."""
    return f"/changes/{ask(county, 'SELECT MAX(entered) FROM people_statuschange')}/undo/"


def post_end(county: Served) -> str:
    """The end of a post in the demo village."""
    uid = ask(
        county,
        "SELECT p.uid FROM posts_post p JOIN units_unit u ON u.id = p.unit_id"
        f" WHERE u.code = '{VILLAGE}' AND p.until > '2026-10-31' ORDER BY p.id LIMIT 1",
    )
    return f"/posts/{uuid.UUID(uid)}/end/"


def delegation_end(county: Served) -> str:
    """Taking back what the township's clerk lent."""
    uid = ask(county, "SELECT uid FROM access_delegation ORDER BY until DESC LIMIT 1")
    return f"/account/delegations/{uuid.UUID(uid)}/end/"


def handover_of_another(county: Served) -> str:
    """The hand-over sheet of the township's clerk, as the county sees it."""
    appointment = ask(
        county,
        "SELECT p.id FROM access_appointment p JOIN access_account a ON a.id = p.account_id"
        f" WHERE a.username = '{CLERK}' ORDER BY p.id LIMIT 1",
    )
    return f"/handover/{appointment}/"


def first(address: str, query: str) -> Callable[[Served], str]:
    """The address of the first uid that the query finds, put where `{}` stands; what else it finds stands behind."""

    def found(county: Served) -> str:
        connection = sqlite3.connect(county.folder / "yumiao.sqlite3")
        try:
            uid, *rest = connection.execute(query).fetchone()
        finally:
            connection.close()
        return address.format(uuid.UUID(uid), *rest)

    return found


RUNNING = "SELECT n.uid FROM publicity_notice n JOIN publicity_noticerecord r ON r.notice_id = n.id ORDER BY r.posted_on DESC, n.id LIMIT 1"
OBJECTION = "SELECT uid FROM publicity_objection ORDER BY id LIMIT 1 OFFSET {}"
BATCH = "SELECT v.uid FROM admission_jointreview v JOIN admission_jointreviewrecord r ON r.review_id = v.id ORDER BY r.sent_on DESC, v.id DESC LIMIT 1"
POLICE = "SELECT uid FROM admission_jointreviewbody WHERE body = 'police' ORDER BY id DESC LIMIT 1"
ADVERSE = (
    "SELECT c.uid FROM admission_jointreviewcase c JOIN admission_jointreviewanswer a ON a.review_case_id = c.id"
    " WHERE a.answer = 'adverse_record' ORDER BY a.id LIMIT 1"
)
AT_POINT = (
    "SELECT c.uid, r.point FROM admission_review r JOIN admission_case c ON c.id = r.case_id JOIN people_belonging b ON b.person_id = c.person_id"
    " JOIN units_unit u ON u.id = b.unit_id WHERE u.code LIKE '001.032.%' AND r.point = '{}' ORDER BY r.id LIMIT 1"
)
ORDER = "SELECT o.uid FROM oversight_order o JOIN units_unit u ON u.id = o.unit_id WHERE u.code = '001.032'"
SAMPLE = "SELECT uid FROM oversight_sample WHERE kind = 'peer_review'"
PEER = (
    "SELECT c.uid FROM admission_sampledcase s JOIN admission_case c ON c.id = s.case_id JOIN access_account a ON a.id = s.account_id"
    " WHERE a.username = 'ganshi' ORDER BY s.id LIMIT 1"
)
GRAVE = "SELECT f.uid FROM oversight_finding f JOIN oversight_findingrecord r ON r.finding_id = f.id WHERE r.grade = 'principle' ORDER BY f.id"
REFERRAL = "SELECT uid FROM oversight_referral WHERE closed_on IS NULL AND struck > 9e18"
AUDIT = "SELECT uid FROM people_person WHERE id IN (SELECT person_id FROM admission_fileaudit) ORDER BY id LIMIT 1"
FILE_AUDIT = "SELECT uid FROM admission_fileaudit ORDER BY id LIMIT 1"
GRANT = "SELECT uid FROM access_grant ORDER BY id LIMIT 1"
HANDED = "SELECT c.uid FROM admission_handover h JOIN admission_case c ON c.id = h.case_id"
TOWNSHIP = "001.032"
VILLAGE = "001.032.006"
OFFICER, CLERK, SECRETARY = "xianwei", "ganshi", "shuji"
PAGES = [
    Look("login", "", "/login/"),
    Look("home-county", OFFICER, "/"),
    Look("home-township", CLERK, "/"),
    Look("home-branch", SECRETARY, "/"),
    Look("home-reviewer", "lianshen", "/"),
    Look("home-assisting", "bangfu", "/"),
    Look("home-member", "dangyuan", "/"),
    Look("home-auditor", "jiancha", "/"),
    Look("home-system", "xitong", "/"),
    Look("casebook", CLERK, "/casebook/"),
    Look("case-faults", OFFICER, "/cases/faults/"),
    Look("cases", CLERK, "/cases/"),
    Look("cases-overdue", OFFICER, "/cases/?state=overdue"),
    Look("case", CLERK, case),
    Look("case-secretary", SECRETARY, "/cases/"),
    Look("case-begin", SECRETARY, "/cases/new/"),
    Look("case-step", CLERK, lambda county: case(county) + "steps/4/"),
    Look("case-late", CLERK, "/cases/late/"),
    Look("case-return", CLERK, lambda county: case(county) + "return/"),
    Look("case-rest", CLERK, lambda county: case(county) + "rest/"),
    Look("case-exempt", CLERK, lambda county: case(county) + "exempt/"),
    Look("case-history", CLERK, lambda county: case(county) + "history/"),
    Look("case-papers", CLERK, papers),
    Look("paper-add", CLERK, lambda county: papers(county) + "A08/add/"),
    Look("case-paper", CLERK, paper),
    Look("case-papers-twice", OFFICER, "/cases/papers/twice/"),
    Look("editions", OFFICER, "/casebook/editions/"),
    Look("edition-introduce", OFFICER, "/casebook/editions/example-2026/introduce/"),
    Look("edition-move", OFFICER, "/casebook/editions/example-2026/move/?unit=001.031"),
    Look("units", OFFICER, "/units/"),
    Look("units-open", OFFICER, f"/units/?open={TOWNSHIP}"),
    Look("unit-township", OFFICER, f"/units/{TOWNSHIP}/"),
    Look("unit-village", CLERK, f"/units/{VILLAGE}/"),
    Look("terms", OFFICER, "/posts/terms/?state=soon"),
    Look("posts", CLERK, "/posts/"),
    Look("unit-posts", CLERK, f"/units/{VILLAGE}/posts/"),
    Look("election", CLERK, f"/units/{VILLAGE}/posts/election/"),
    Look("post-new", CLERK, f"/units/{VILLAGE}/posts/new/"),
    Look("postponement", CLERK, f"/units/{VILLAGE}/posts/postpone/"),
    Look("post-end", CLERK, post_end),
    Look("posts-undo", CLERK, f"/units/{VILLAGE}/posts/undo/"),
    Look("reforms", OFFICER, "/reforms/"),
    Look("reform-new", CLERK, "/reforms/new/"),
    Look("reform", CLERK, reform),
    Look("reform-step", OFFICER, lambda county: reform(county) + "steps/merge/"),
    Look("reform-split", OFFICER, lambda county: reform(county) + "steps/split/"),
    Look("reform-preview", OFFICER, lambda county: reform(county) + "preview/"),
    Look("reform-people", OFFICER, lambda county: reform_split(county) + "people/001.031.003/"),
    Look("reform-done", OFFICER, reform_done),
    Look("reform-undo", OFFICER, lambda county: reform_done(county) + "undo/"),
    Look("unit-ended", OFFICER, "/units/001.801/"),
    Look("people", CLERK, "/people/"),
    Look("people-filtered", OFFICER, f"/people/?unit={TOWNSHIP}&kind=member&sex=f"),
    Look("people-none", CLERK, "/people/?q=阿"),
    Look("person", CLERK, person),
    Look("person-looks", OFFICER, lambda county: person(county) + "looks/"),
    Look("person-numbers", CLERK, lambda county: person(county) + "numbers/"),
    Look("status-changes", CLERK, status_changes),
    Look("status-change", CLERK, lambda county: status_changes(county) + "deceased/"),
    Look("changes", OFFICER, "/changes/"),
    Look("change-undo", OFFICER, change_undo),
    Look("transfers", CLERK, "/transfers/?state=leaving"),
    Look("transfer", OFFICER, transfer),
    Look("transfer-step", OFFICER, lambda county: transfer(county) + "receive/"),
    Look("transfer-issue", CLERK, lambda county: person(county) + "transfer/"),
    Look("transfer-in", CLERK, "/transfers/in/"),
    Look("admissible", OFFICER, "/cases/admissible/"),
    Look("admissible-township", CLERK, "/cases/admissible/"),
    Look("admissible-people", CLERK, "/cases/admissible/people/?standing=can"),
    Look("stays", CLERK, "/stays/"),
    Look("stay", CLERK, stay),
    Look("stay-new", CLERK, lambda county: person(county) + "stay/"),
    Look("stay-guest", SECRETARY, "/stays/guest/"),
    Look("stays-due", CLERK, "/stays/?due=1"),
    Look("stay-correct", CLERK, lambda county: stay(county) + "correct/"),
    Look("meetings", CLERK, "/meetings/"),
    Look("meeting", CLERK, meeting),
    Look("meeting-take-back", CLERK, lambda county: meeting(county) + "take-back/"),
    Look("meeting-new", SECRETARY, "/meetings/new/"),
    Look("meeting-papers", CLERK, "/meetings/papers/"),
    Look("exclusions", CLERK, "/meetings/exclusions/"),
    Look("exclusion-new", SECRETARY, "/meetings/exclusions/new/"),
    Look("exclusion-unit", CLERK, "/meetings/exclusions/new/"),
    Look("searches", CLERK, lambda county: person(county) + "searches/"),
    Look("file-audits", OFFICER, "/file-audits/"),
    Look("file-audit-new", OFFICER, file_audit_new),
    Look("file-audit", OFFICER, first("/file-audits/{}/", FILE_AUDIT)),
    Look("person-audited", OFFICER, first("/people/{}/", AUDIT)),
    Look("recognitions", OFFICER, "/recognitions/"),
    Look("recognise", OFFICER, recognise),
    Look("recognise-many", OFFICER, "/recognitions/new/"),
    Look("joint-reviews", OFFICER, "/joint/"),
    Look("joint-review-new", OFFICER, "/joint/new/"),
    Look("joint-review", OFFICER, first("/joint/{}/", BATCH)),
    Look("joint-case", CLERK, first("/joint/cases/{}/", ADVERSE)),
    Look("joint-answers", "lianshen", "/joint/answers/"),
    Look("joint-body", "lianshen", first("/joint/answers/{}/", POLICE)),
    Look("joint-import", OFFICER, first("/joint/bodies/{}/import/", POLICE)),
    Look("seats", OFFICER, "/joint/seats/"),
    Look("notices", OFFICER, "/notices/"),
    Look("notice-new", SECRETARY, "/notices/new/"),
    Look("notice", CLERK, first("/notices/{}/", RUNNING)),
    Look("public-notices", "", "/public/"),
    Look("public-notice", "", first("/public/{}/", RUNNING)),
    Look("objections", CLERK, "/objections/"),
    Look("objection", CLERK, first("/objections/{}/", OBJECTION.format(0))),
    Look("gates", OFFICER, "/gates/"),
    Look("gates-township", CLERK, "/gates/"),
    Look("gate-cases", CLERK, "/gates/cases/?gate=observation&state=held_up"),
    Look("handovers", CLERK, "/handovers/"),
    Look("package-handed", CLERK, first("/cases/{}/package/", HANDED)),
    Look("case-package", CLERK, lambda county: f"/cases/{familiar(county)}/package/"),
    Look("reviews", OFFICER, "/reviews/"),
    Look("reviews-township", CLERK, "/reviews/"),
    Look("reviews-village", SECRETARY, "/reviews/"),
    Look("review", CLERK, first("/reviews/{}/{}/", AT_POINT.format("township_13"))),
    Look("review-county", OFFICER, first("/reviews/{}/{}/", AT_POINT.format("county_17"))),
    Look("samples", OFFICER, "/reviews/samples/"),
    Look("sample", OFFICER, first("/reviews/samples/{}/", SAMPLE)),
    Look("peer-review", CLERK, first("/reviews/peers/{}/", PEER)),
    Look("sample-new", OFFICER, "/reviews/samples/new/"),
    Look("peer-new", OFFICER, "/reviews/peers/new/"),
    Look("peer-reviews", CLERK, "/reviews/peers/"),
    Look("grants", OFFICER, "/grants/"),
    Look("case-section", CLERK, lambda county: f"/cases/{familiar(county)}/sections/family/"),
    Look("emergencies", OFFICER, "/emergencies/"),
    Look("grant-new", OFFICER, lambda county: f"/grants/new/?case={reviewed(county)}"),
    Look("case-sections", OFFICER, lambda county: f"/cases/{reviewed(county)}/sections/"),
    Look("case-emergency", OFFICER, lambda county: f"/cases/{reviewed(county)}/emergency/"),
    Look("case-family", CLERK, lambda county: f"/cases/{familiar(county)}/family/"),
    Look("findings", OFFICER, "/findings/"),
    Look("orders", OFFICER, "/orders/"),
    Look("order-new", OFFICER, f"/orders/new/?unit={TOWNSHIP}"),
    Look("order", CLERK, first("/orders/{}/", ORDER)),
    Look("order-county", OFFICER, first("/orders/{}/", ORDER)),
    Look("oversight", OFFICER, "/oversight/"),
    Look("oversight-township", CLERK, "/oversight/"),
    Look("oversight-cases", OFFICER, "/oversight/cases/?what=returned"),
    Look("referrals", OFFICER, "/referrals/"),
    Look("referral-close", OFFICER, first("/referrals/{}/close/", REFERRAL)),
    Look("inquiries", OFFICER, "/inquiries/"),
    Look("inquiry", OFFICER, inquiry),
    Look("inquiry-new", OFFICER, lambda county: f"/inquiries/new/?case={reviewed(county)}"),
    Look("forms", OFFICER, "/forms/"),
    Look("forms-hand", OFFICER, "/forms/hand/"),
    Look("form-range", OFFICER, form_range),
    Look("form-range-back", OFFICER, lambda county: form_range(county) + "back/"),
    Look("inspections-due", CLERK, "/cultivation/"),
    Look("inspections-new", OFFICER, inspected),
    Look("training-new", CLERK, "/cultivation/training/"),
    Look("contacts", CLERK, "/cultivation/contacts/"),
    Look("helpers-change", OFFICER, lambda county: f"/cases/{reviewed(county)}/helpers/"),
    Look("person-correct", CLERK, lambda county: person(county) + "correct/"),
    Look("gaps", CLERK, "/people/gaps/"),
    Look("gaps-county", OFFICER, "/people/gaps/"),
    Look("people-to-mend", CLERK, "/people/?gap=no_education"),
    Look("doubles", CLERK, "/people/doubles/"),
    Look("double", CLERK, double),
    Look("double-apart", CLERK, lambda county: double(county) + "apart/"),
    Look("codes", CLERK, "/rules/codes/"),
    Look("search", OFFICER, "/search/?q=云"),
    Look("ledger", OFFICER, "/ledger/"),
    Look("ledger-open", OFFICER, f"/ledger/?open={TOWNSHIP}"),
    Look("ledger-township", CLERK, "/ledger/"),
    Look("issues", OFFICER, "/ledger/issues/"),
    Look("issue-new", OFFICER, "/ledger/issues/new/"),
    Look("issue", OFFICER, issue),
    Look("issue-difference", CLERK, issue_difference),
    Look("list-warning", OFFICER, "/ledger/lists/warning/"),
    Look("list-bottom", OFFICER, "/ledger/lists/bottom/"),
    Look("list-clocks", OFFICER, "/ledger/lists/clocks/"),
    Look("explanation-village", CLERK, f"/ledger/explanation/{VILLAGE}/"),
    Look("explanation-township", OFFICER, f"/ledger/explanation/{TOWNSHIP}/"),
    Look("statistics", OFFICER, "/statistics/?by=age"),
    Look("statistics-balance", CLERK, "/statistics/?of=balance"),
    Look("statistics-people", CLERK, "/statistics/people/?by=education&column=college"),
    Look("statistics-units", CLERK, "/statistics/units/?column=branch"),
    Look("rules", OFFICER, "/rules/"),
    Look("rule", OFFICER, "/rules/WRN-02/"),
    Look("papers", OFFICER, "/papers/"),
    Look("paper-new", OFFICER, "/papers/new/"),
    Look("settings", OFFICER, "/settings/"),
    Look("setting", OFFICER, "/settings/young.max_age/"),
    Look("setting-change", OFFICER, "/settings/young.max_age/change/"),
    Look("setting-preview", OFFICER, setting_preview),
    Look("calendar", OFFICER, "/calendar/"),
    Look("calendar-lacking", OFFICER, "/calendar/?year=2027"),
    Look("days-off", OFFICER, "/calendar/days/"),
    Look("days-off-remove", OFFICER, "/calendar/days/remove/?first=2026-08-06&last=2026-08-07"),
    Look("journal", OFFICER, "/journal/"),
    Look("entry", OFFICER, "/journal/2/"),
    Look("readings", "shenji", "/journal/readings/"),
    Look("verify", "shenji", "/journal/verify/"),
    Look("imports", OFFICER, "/import/"),
    Look("import-templates", OFFICER, "/import/templates/"),
    Look("import-filled", OFFICER, "/import/templates/filled/"),
    Look("reconciliations", CLERK, "/reconciliation/"),
    Look("reconciliation", CLERK, reconciliation),
    Look("reconciliation-still", CLERK, lambda county: reconciliation(county) + "?state=still"),
    Look("reconciliation-people", CLERK, lambda county: reconciliation(county) + "?kind=compared"),
    Look("reconciliation-row", CLERK, reconciliation_row),
    Look("reconciliation-row-still", CLERK, lambda county: reconciliation_row(county, "here")),
    Look("reconciliation-report", CLERK, lambda county: reconciliation(county) + "report/"),
    Look("reconciliation-running", CLERK, lambda county: uploads.comparing(county, CLERK)),
    Look("reconciliation-stopped", CLERK, lambda county: uploads.stopped(county, CLERK)),
    Look("header-names", CLERK, "/import/headers/"),
    Look("import-preview", CLERK, lambda county: uploads.preview(county, CLERK)),
    Look("import-running", CLERK, lambda county: uploads.running(county, CLERK)),
    Look("import-result", OFFICER, "/import/2/"),
    Look("import-rows", OFFICER, "/import/2/rows/"),
    Look("import-undo", OFFICER, "/import/2/undo/"),
    Look("export", OFFICER, "/export/"),
    Look("people-export", CLERK, f"/exports/people/?unit={VILLAGE}&kind=member"),
    Look("people-print", OFFICER, f"/exports/people/?unit={VILLAGE}&kind=member&file=pdf"),
    Look("readings-export", "shenji", "/exports/readings/"),
    Look("own-account", OFFICER, "/account/"),
    Look("own-password", OFFICER, "/account/password/"),
    Look("tokens", OFFICER, "/account/tokens/"),
    Look("token-new", OFFICER, "/account/tokens/new/"),
    Look("home-standing-in", "linzhen", "/"),
    Look("delegations", CLERK, "/account/delegations/"),
    Look("delegation-new", CLERK, "/account/delegations/new/"),
    Look("delegation-end", CLERK, delegation_end),
    Look("delegation-for", OFFICER, lambda county: account(county) + "delegations/new/"),
    Look("handover", CLERK, "/handover/"),
    Look("handover-of", OFFICER, handover_of_another),
    Look("accounts", OFFICER, "/accounts/"),
    Look("account", OFFICER, account),
    Look("invite", OFFICER, "/accounts/invite/"),
    Look("invite-clerk", OFFICER, "/accounts/invite/?role=township_clerk"),
    Look("invitation", "", "/invitation/"),
    Look("handbook", CLERK, "/handbook/"),
    Look("chapter", CLERK, "/handbook/start/"),
    Look("chapter-permissions", "anquan", "/handbook/permissions/"),
    Look("api", OFFICER, "/api/"),
    Look("confirm", OFFICER, "/confirm/?next=/export/"),
    Look("not-found", OFFICER, "/nowhere/", 404),
    Look("not-allowed", SECRETARY, "/import/", 403),
    Look("gallery", "", "/gallery/", is_sample=True),
]
