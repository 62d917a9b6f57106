"""Every route of the application, found by walking the resolver, and the objects it is called with."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.urls import URLResolver

    from tests.cast import Cast
    from yumiao.access.door import Policy

NOWHERE = uuid.UUID("00000000-0000-4000-8000-000000000000")
Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Route:
    """A named address; `policy` is what its view states, None for one that states none."""

    name: str
    pattern: str
    policy: Policy | None
    takes: tuple[str, ...]


def routes() -> list[Route]:
    """All of them, by name."""
    from django.urls import get_resolver

    return sorted(_walk(get_resolver(), ""), key=lambda route: (route.name, route.pattern))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    from django.urls import URLPattern

    from yumiao.access.door import policy_of

    for one in resolver.url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield Route(one.name or pattern, pattern, policy_of(one.callback), tuple(one.pattern.converters))
        else:
            yield from _walk(one, pattern)


def _people(cast: Cast) -> dict[str, Arguments]:
    return {"A": {"uid": cast.people[1]}, "B": {"uid": cast.people[5]}, "nowhere": {"uid": NOWHERE}}


def _units(cast: Cast) -> dict[str, Arguments]:
    from tests.cast import COUNTY, FAR_VILLAGE, VILLAGE

    found = {"county": COUNTY, "A": VILLAGE, "B": FAR_VILLAGE, "nowhere": "999"}
    return {case: {"code": code} for case, code in found.items()}


def _accounts(cast: Cast) -> dict[str, Arguments]:
    found = {"A": cast.secretary_a.uid, "B": cast.secretary_b.uid, "county": cast.audit.uid, "nowhere": NOWHERE}
    return {case: {"uid": uid} for case, uid in found.items()}


def _appointments(cast: Cast) -> dict[str, Arguments]:
    """With their account; `crossed` names an appointment of somebody else."""
    from yumiao.access.models import Appointment

    ids = dict(Appointment.objects.alive().values_list("account__uid", "pk"))
    a, b = cast.secretary_a.uid, cast.secretary_b.uid
    return {
        "A": {"uid": a, "appointment": ids[a]},
        "B": {"uid": b, "appointment": ids[b]},
        "crossed": {"uid": a, "appointment": ids[b]},
        "nowhere": {"uid": NOWHERE, "appointment": ids[a]},
    }


def _entries(cast: Cast) -> dict[str, Arguments]:
    return {"first": {"seq": 1}, "nowhere": {"seq": 999_999}}


def _papers(_cast: Cast) -> dict[str, Arguments]:
    from yumiao.bylaws.models import CountyPaper

    return {"there": {"uid": CountyPaper.objects.values_list("uid", flat=True)[0]}, "nowhere": {"uid": NOWHERE}}


def _header_names(cast: Cast) -> dict[str, Arguments]:
    """Of township A, of B and of the county; made once for all that look."""
    from tests.cast import COUNTY, OTHER_TOWN, TOWN
    from yumiao.bylaws.models import HeaderName
    from yumiao.bylaws.naming import record_header_names

    units = {"A": TOWN, "B": OTHER_TOWN, "county": COUNTY}
    if not HeaderName.objects.exists():
        for case, code in units.items():
            record_header_names({"党员": {case: "name"}}, line=[cast.unit(code).id], actor=cast.operator)
    uids = dict(HeaderName.objects.values_list("header", "uid"))
    return {case: {"uid": uids.get(case, NOWHERE)} for case in (*units, "nowhere")}


def _comparisons(cast: Cast) -> dict[str, Arguments]:
    """Of township A, of B and of the county; made once for all that look."""
    from tests.cast import COUNTY, OTHER_TOWN, TOWN
    from yumiao.reconciliation.models import Comparison
    from yumiao.reconciliation.services import begin
    from yumiao.sheets.reading import Sheet, Workbook

    units = {"A": TOWN, "B": OTHER_TOWN, "county": COUNTY}
    if not Comparison.objects.exists():
        book = Workbook("名册.xlsx", b"", {"名册": Sheet("名册", ("姓名", "出生日期"), [])})
        for code in units.values():
            begin(book, "名册.xlsx", cast.unit(code), cast.tree, today=cast.today, actor=cast.operator)
    uids = dict(Comparison.objects.values_list("unit__code", "uid"))
    return {**{case: {"uid": uids[code]} for case, code in units.items()}, "nowhere": {"uid": NOWHERE}}


def _issues(cast: Cast) -> dict[str, Arguments]:
    """Of township A, of B and of the county; made once for all that look."""
    from datetime import timedelta

    from tests.cast import COUNTY, OTHER_TOWN, TOWN
    from yumiao.ledger.issuing import issue
    from yumiao.ledger.models import Issue

    if not Issue.objects.exists():
        days = (cast.today - timedelta(days=1), cast.today)
        for code, day in itertools.product((TOWN, OTHER_TOWN, COUNTY), days):
            issue(unit=cast.unit(code).id, day=day, today=cast.today, note="", actor=cast.operator)
    uids = list(Issue.objects.order_by("pk").values_list("uid", flat=True))
    pairs = {"A": uids[0:2], "B": uids[2:4], "county": uids[4:6], "nowhere": [NOWHERE, NOWHERE]}
    return {case: {"uid": one, "other": other} for case, (one, other) in pairs.items()}


def _issue(cast: Cast) -> dict[str, Arguments]:
    return {case: {"uid": pair["uid"]} for case, pair in _issues(cast).items()}


def _posts(cast: Cast) -> dict[str, Arguments]:
    """Of township A and of B; made once for all that look."""
    from datetime import date

    from tests.cast import FAR_VILLAGE, VILLAGE
    from yumiao.posts.models import Post
    from yumiao.posts.rules import How, Title
    from yumiao.posts.services import Filled, fill_post

    units = {"A": VILLAGE, "B": FAR_VILLAGE}
    if not Post.objects.exists():
        for code, place in zip(units.values(), (1, 5), strict=True):
            fill_post(
                unit=cast.unit(code),
                filled=Filled(Title.RESIDENT, cast.person(place).pk),
                how=How.SENT,
                since=date(2025, 5, 1),
                due_on=date(2027, 5, 1),
                sending_unit="县农业农村局",
                actor=cast.operator,
                today=cast.today,
            )
    uids = dict(Post.objects.values_list("unit__code", "uid"))
    return {**{case: {"uid": uids[code]} for case, code in units.items()}, "nowhere": {"uid": NOWHERE}}


def _pairs(cast: Cast) -> dict[str, Arguments]:
    """Two people of township A, two of B, one of each."""
    found = {"A": (1, 2), "B": (5, 9), "crossed": (1, 5)}
    pairs = {case: {"one": cast.people[one], "other": cast.people[other]} for case, (one, other) in found.items()}
    return pairs | {"nowhere": {"one": cast.people[1], "other": NOWHERE}}


def _merged(cast: Cast) -> dict[str, Arguments]:
    """The records that went into others, of township A and of B; made once for all that look."""
    from yumiao.desk.doubles import merging
    from yumiao.desk.doubles.sides import to_choose
    from yumiao.people.models import Merged

    if not Merged.objects.exists():
        for one, other in ((7, 8), (9, 10)):
            reader = cast.reader(cast.officer)
            pair = merging.pair_of(reader, cast.people[one], cast.people[other])
            choices = dict.fromkeys(to_choose(pair.kept, pair.gone), pair.kept.uid)
            merging.merge(reader, pair, choices, reason="核对了身份证")
    return {"A": {"uid": cast.people[8]}, "B": {"uid": cast.people[10]}, "nowhere": {"uid": NOWHERE}}


def _mergings(cast: Cast) -> dict[str, Arguments]:
    from yumiao.people.models import Merged

    _merged(cast)
    first, second = Merged.objects.order_by("pk").values_list("entered", flat=True)
    return {"A": {"seq": first}, "B": {"seq": second}, "nowhere": {"seq": 1}}


def _tokens(cast: Cast) -> dict[str, Arguments]:
    """One of the officer's; made once for all that look."""
    from datetime import timedelta

    from tests.cast import COUNTY
    from yumiao.access.models import Token
    from yumiao.access.permissions import Permission
    from yumiao.access.tokens import issue_token

    if not Token.objects.exists():
        until = cast.today + timedelta(days=30)
        own, rights = cast.reader(cast.officer), [Permission.UNIT_READ]
        issue_token(reader=own, unit=cast.unit(COUNTY), permissions=rights, name="驾驶舱", until=until)
    return {"officer": {"uid": Token.objects.get().uid}, "nowhere": {"uid": NOWHERE}}


def _account_tokens(cast: Cast) -> dict[str, Arguments]:
    """With the account; `crossed` names the token of somebody else."""
    token = _tokens(cast)["officer"]["uid"]
    own, other = cast.officer.uid, cast.secretary_a.uid
    return {
        "officer": {"uid": own, "token": token},
        "crossed": {"uid": other, "token": token},
        "nowhere": {"uid": own, "token": NOWHERE},
    }


def _delegations(cast: Cast) -> dict[str, Arguments]:
    """Of clerk A to clerk B, with A's account; made once for all that look. `crossed` names another account."""
    from datetime import timedelta

    from tests.cast import TOWN
    from yumiao.access.delegation_rules import lendable
    from yumiao.access.delegations import DELEGATION
    from yumiao.access.models import Delegation
    from yumiao.access.permissions import Role
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb

    if not Delegation.objects.exists():
        role, unit, since = Role.TOWNSHIP_CLERK, cast.unit(TOWN).id, cast.today + timedelta(days=1)
        rights = " ".join(sorted(lendable(role)))
        row = (since, since + timedelta(days=9), uuid.uuid4(), cast.clerk_a.pk, role.value, unit, cast.clerk_b.pk)
        with act(Verb.DELEGATED, actor=cast.operator) as done:
            done.insert(Delegation, DELEGATION, [(*row, rights, "培训")])
    uid, own, other = Delegation.objects.get().uid, cast.clerk_a.uid, cast.secretary_b.uid
    return {
        "A": {"uid": own, "delegation": uid},
        "crossed": {"uid": other, "delegation": uid},
        "nowhere": {"uid": own, "delegation": NOWHERE},
    }


def _own_delegations(cast: Cast) -> dict[str, Arguments]:
    found = _delegations(cast)
    return {case: {"delegation": found[case]["delegation"]} for case in ("A", "nowhere")}


def _sheets(cast: Cast) -> dict[str, Arguments]:
    """Hand-over sheets, by the number of an appointment."""
    there = {case: {"appointment": one["appointment"]} for case, one in _appointments(cast).items() if case in "AB"}
    return {**there, "nowhere": {"appointment": 999_999}}


def _transfers(cast: Cast) -> dict[str, Arguments]:
    """On its way from township A to B, within B, and to township A; made once for all that look."""
    from tests.cast import OTHER_TOWN, TOWN
    from yumiao.desk.membership.deciding import Who
    from yumiao.desk.transfers.acting import Destination, issue
    from yumiao.people.models import Transfer

    if not Transfer.objects.exists():
        for place, to in ((2, OTHER_TOWN), (5, OTHER_TOWN), (9, TOWN)):
            given = {"on": cast.today, "valid_days": 90, "tree": cast.tree, "today": cast.today}
            issue(cast.person(place), Destination(cast.unit(to)), who=Who(cast.operator, None), **given)
    uids = list(Transfer.objects.order_by("pk").values_list("uid", flat=True))
    return {
        case: {"uid": uid} for case, uid in zip(("A-to-B", "B", "B-to-A", "nowhere"), [*uids, NOWHERE], strict=True)
    }


def _steps(cast: Cast) -> dict[str, Arguments]:
    return {case: {**given, "step": "receive"} for case, given in _transfers(cast).items()}


def _stays(cast: Cast) -> dict[str, Arguments]:
    """Somebody of township A and of B who is away; made once for all that look."""
    from yumiao.desk.stays.acting import record_leave
    from yumiao.people.models import Stay
    from yumiao.people.stay_services import StayDraft

    if not Stay.objects.exists():
        for person in (cast.person(1), cast.person(5)):
            draft = StayDraft(cast.today, "外省", is_abroad=False, is_fixed=False, person=person.pk)
            record_leave(person, draft, actor=cast.operator, today=cast.today)
    uids = list(Stay.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _stay_entries(cast: Cast) -> dict[str, Arguments]:
    """The entries that recorded them."""
    from yumiao.people.models import Stay

    uids = {case: given["uid"] for case, given in _stays(cast).items()}
    seqs = dict(Stay.objects.values_list("uid", "entered"))
    return {case: {"seq": seqs.get(uid, 999999)} for case, uid in uids.items()}


def _reform_drafts(cast: Cast) -> dict[str, Arguments]:
    """Of township A, of B and of the county, each dividing a village; made once for all that look."""
    from tests.cast import COUNTY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE
    from yumiao.units import drafts
    from yumiao.units.changes import Found, Split
    from yumiao.units.models import ReformDraft

    units = {"A": (TOWN, VILLAGE), "B": (OTHER_TOWN, FAR_VILLAGE), "county": (COUNTY, VILLAGE)}
    if not ReformDraft.objects.exists():
        for top, divided in units.values():
            parent = divided.rpartition(".")[0]
            steps = [
                Found(f"{parent}.777", "岭下村党支部", "村党支部", parent),
                Split(divided, (divided, f"{parent}.777")),
            ]
            ReformDraft.objects.create(
                unit_id=cast.unit(top).id,
                title="分村方案",
                steps=drafts.written(steps),
                made_by_label="韦小禾",
                made_on=cast.today,
                changed_on=cast.today,
            )
    uids = list(ReformDraft.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip((*units, "nowhere"), [*uids, NOWHERE], strict=True)}


def _divided(cast: Cast) -> dict[str, Arguments]:
    from tests.cast import FAR_VILLAGE, VILLAGE

    found = _reform_drafts(cast)
    codes = {"A": VILLAGE, "B": FAR_VILLAGE, "county": VILLAGE, "nowhere": VILLAGE}
    return {case: {**given, "code": codes[case]} for case, given in found.items()}


def _carried_out(cast: Cast) -> dict[str, Arguments]:
    """A reform of township A and one of B; made once for all that look."""
    from tests.cast import OFFICE, OTHER_TOWN
    from yumiao.desk.reforms.doing import carry_out
    from yumiao.desk.reforms.plan import Reforming
    from yumiao.kernel.scope import EVERYTHING, Scope
    from yumiao.units.changes import Found, Rename
    from yumiao.units.models import Reform
    from yumiao.units.reforming import Paper

    if not Reform.objects.exists():
        paper = Paper("更名", "青组发〔2026〕9号", cast.today, cast.today)
        office = Found(f"{OTHER_TOWN}.900", "云溪乡机关党支部", "机关党支部", OTHER_TOWN)
        for step in (Rename(OFFICE, "青石镇新机关党支部"), office):
            scope = Scope((EVERYTHING,), cast.today)
            carry_out(Reforming((step,)), paper, actor=cast.operator, today=cast.today, scope=scope)
    first, second = Reform.objects.order_by("pk").values_list("entered", flat=True)
    return {"A": {"seq": first}, "B": {"seq": second}, "nowhere": {"seq": 1}}


def _case_steps(cast: Cast) -> dict[str, Arguments]:
    """A step that the branch records; `committee`: one that it does not; `none`: a number that is no step."""
    found = {case: {**given, "step": 2} for case, given in _cases(cast).items()}
    return {**found, "committee": {**found["A"], "step": 4}, "none": {**found["A"], "step": 99}}


def _late_entries(cast: Cast) -> dict[str, Arguments]:
    """An application of long ago in township A and one in B, each waiting for a second person; made once for all that look."""
    from datetime import timedelta

    from yumiao.admission.models import LateEntry
    from yumiao.desk.dossier.recording import Deciding, begin, ground_by

    if not LateEntry.objects.exists():
        ground_for, on = ground_by(cast.today, cast.reader(cast.officer)), cast.today - timedelta(days=90)
        for place in (31, 32):
            given = {"who": Deciding(cast.operator, None), "ground_for": ground_for, "today": cast.today}
            begin(cast.person(place), on, reason="补登", **given)
    uids = list(LateEntry.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _cases(cast: Cast) -> dict[str, Arguments]:
    """The open case of an applicant of township A and of one of B, as they were imported."""
    from yumiao.admission.models import Case

    uids = {case: Case.objects.get(person=cast.person(place)).uid for case, place in (("A", 21), ("B", 23))}
    return {**{case: {"uid": uid} for case, uid in uids.items()}, "nowhere": {"uid": NOWHERE}}


def _meetings(cast: Cast) -> dict[str, Arguments]:
    """A members' meeting of township A and one of B, on one candidate each; made once for all that look."""
    from tests.cast import FAR_VILLAGE, VILLAGE
    from yumiao.desk.meetings.places import roll
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.meetings.drafts import MeetingDraft, MotionDraft
    from yumiao.meetings.models import Meeting
    from yumiao.meetings.rules import Count
    from yumiao.meetings.services import record_meeting

    if not Meeting.objects.exists():
        for code, place in ((VILLAGE, 21), (FAR_VILLAGE, 23)):
            rows = [(one.person, one.votes, one.votes, "") for one in roll(cast.unit(code), "members", cast.today)]
            due = sum(is_due for _person, is_due, _present, _why in rows)
            motion = MotionDraft(
                kind="admission",
                title="接收预备党员",
                person=cast.person(place).pk,
                count=Count(due=due, present=due, yes=due),
                tellers="韦春晓",
            )
            draft = MeetingDraft(
                unit=cast.unit(code).id, kind="members", held_on=cast.today, place="村部", chair="李青山", recorder="韦春晓", agenda="讨论接收",
                attendance=rows, motions=[motion],
            )  # fmt: skip
            with act(Verb.MEETING_RECORDED, actor=cast.operator) as done:
                record_meeting(done, draft)
    uids = list(Meeting.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _exclusions(cast: Cast) -> dict[str, Arguments]:
    """Somebody of township A and of B who is left out of those due; made once for all that look."""
    from tests.cast import FAR_VILLAGE, VILLAGE
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.meetings.models import Exclusion
    from yumiao.meetings.services import record_exclusion

    if not Exclusion.objects.exists():
        for code, place in ((VILLAGE, 1), (FAR_VILLAGE, 5)):
            dates = dict.fromkeys(("since", "resolved_on", "approved_on"), cast.today)
            with act(Verb.EXCLUSION_RECORDED, actor=cast.operator) as done:
                person, unit = cast.person(place).pk, cast.unit(code).id
                record_exclusion(done, person=person, unit=unit, ground="ill", document="青石党〔2026〕3号", **dates)
    uids = list(Exclusion.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _joint(cast: Cast) -> dict[str, Arguments]:
    """A batch about an activist of township A and one of B; the county's reviewer answers for the court; made once for all that look."""
    from datetime import timedelta

    from tests.cultivation.held import case_of
    from yumiao.admission.models import JointReview
    from yumiao.desk.joint.acting import Sending, seat, send

    if not JointReview.objects.exists():
        on = cast.today - timedelta(days=400)
        cases = [case_of(cast, place, dict.fromkeys((1, 2, 3, 4), on)) for place in (7, 9)]
        seat(cast.reviewer.uid, "court", reader=cast.reader(cast.officer))
        send(Sending("activist", cases), reader=cast.reader(cast.officer))
    return {"there": {"uid": JointReview.objects.get().uid}, "nowhere": {"uid": NOWHERE}}


def _joint_bodies(cast: Cast) -> dict[str, Arguments]:
    from yumiao.admission.models import JointReviewBody

    _joint(cast)
    uids = dict(JointReviewBody.objects.values_list("body", "uid"))
    return {"court": {"uid": uids["court"]}, "police": {"uid": uids["police"]}, "nowhere": {"uid": NOWHERE}}


def _joint_cases(cast: Cast) -> dict[str, Arguments]:
    from yumiao.admission.models import JointReviewCase

    _joint(cast)
    uids = list(JointReviewCase.objects.order_by("position").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _seats(cast: Cast) -> dict[str, Arguments]:
    _joint(cast)
    found = {
        "there": {"uid": cast.reviewer.uid, "body": "court"},
        "other": {"uid": cast.reviewer.uid, "body": "police"},
    }
    return {**found, "nowhere": {"uid": NOWHERE, "body": "court"}}


def _scan(cast: Cast, current: Any, seed: int) -> int:
    """A scan of the village of township A."""
    from tests.cast import VILLAGE
    from tests.evidence.cases import shot
    from yumiao.files import store
    from yumiao.files.intake import take_in
    from yumiao.files.services import write_scan

    taken, uid = take_in([shot(seed)]), uuid.uuid4()
    store.put(uid, taken.content)
    return write_scan(current, uid, cast.unit(VILLAGE).id, taken, cast.today)


def _notice_photos(cast: Cast) -> dict[str, Arguments]:
    """The first photograph of each notice."""
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.publicity.models import Notice, NoticePhoto
    from yumiao.publicity.services import add_photo

    given = _notices(cast)
    if not NoticePhoto.objects.exists():
        with act(Verb.NOTICE_PHOTOGRAPHED, actor=cast.operator) as current:
            for pk in Notice.objects.order_by("pk").values_list("pk", flat=True):
                add_photo(current, pk, _scan(cast, current, pk))
    return {case: {**one, "number": 1} for case, one in given.items()}


def _order_papers(cast: Cast) -> dict[str, Arguments]:
    """The first paper handed in with each order."""
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.oversight.models import Order, OrderPaper
    from yumiao.oversight.services import add_paper

    given = _orders(cast)
    if not OrderPaper.objects.exists():
        with act(Verb.ORDER_PAPER_ADDED, actor=cast.operator) as current:
            for pk in Order.objects.order_by("pk").values_list("pk", flat=True):
                add_paper(current, pk, _scan(cast, current, pk), "补正说明")
    return {case: {**one, "number": 1} for case, one in given.items()}


def _orders(cast: Cast) -> dict[str, Arguments]:
    """An order of the county to the village of township A and one to that of B; made once for all that look."""
    from tests.cast import FAR_VILLAGE, VILLAGE
    from yumiao.desk.rectification.acting import issue
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.oversight.models import Order
    from yumiao.oversight.services import FindingDraft, record_finding

    if not Order.objects.exists():
        for unit in (cast.unit(VILLAGE), cast.unit(FAR_VILLAGE)):
            with act(Verb.FINDING_RECORDED, actor=cast.operator) as current:
                draft = FindingDraft(grade="irregular", text="没有谈话记录")
                _pk, uid = record_finding(
                    current, draft, unit=unit.id, person=None, source="review", found_on=cast.today
                )
            issue(unit, [uid], "", reader=cast.reader(cast.officer))
    uids = list(Order.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _inquiries(cast: Cast) -> dict[str, Arguments]:
    """A letter about the applicant of township A and one about that of B; made once for all that look."""
    from yumiao.admission.inquiry_services import Draft
    from yumiao.admission.models import Inquiry
    from yumiao.desk.dossier.recording import Deciding
    from yumiao.desk.inquiries.acting import send_letter
    from yumiao.kernel.periods import add_months

    if not Inquiry.objects.exists():
        cases = _cases(cast)
        for case, code in (("A", "001.001"), ("B", "001.002")):
            draft = Draft("letter", "self", "某村党支部", cast.unit(code).id, cast.today, add_months(cast.today, 1))
            send_letter(cases[case]["uid"], draft, who=Deciding(cast.operator, None), today=cast.today)
    uids = list(Inquiry.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _file_audits(cast: Cast) -> dict[str, Arguments]:
    """The audit of the file of a member of township A and of one of B; made once for all that look."""
    from yumiao.admission.audit_rules import Audited
    from yumiao.admission.models import FileAudit
    from yumiao.desk.dossier.recording import Deciding
    from yumiao.desk.file_audits.acting import Somebody, audit_files

    if not FileAudit.objects.exists():
        found, who = Audited(cast.today, "unproven", missing=("A01", "A16")), Deciding(cast.operator, None)
        for place in (2, 5):
            one = cast.person(place)
            audit_files([(Somebody(one.pk, one.uid, ""), found)], who=who, place=one.uid, today=cast.today)
    uids = list(FileAudit.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _recognitions(cast: Cast) -> dict[str, Arguments]:
    """What was decided about the same two."""
    from yumiao.admission.audit_rules import Decided
    from yumiao.admission.models import Recognition
    from yumiao.bylaws.queries import settings_on
    from yumiao.desk.dossier.recording import Deciding
    from yumiao.desk.file_audits.acting import Somebody, decide

    _file_audits(cast)
    if not Recognition.objects.exists():
        said = Decided("recognised", cast.today, "县委组织部", "青组认〔2026〕1号", "查有志愿书存根", cast.today)
        given = {"who": Deciding(cast.operator, None), "settings": settings_on(cast.today), "today": cast.today}
        for place in (2, 5):
            one = cast.person(place)
            decide([Somebody(one.pk, one.uid, "")], said, place=one.uid, **given)
    uids = list(Recognition.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _case_grants(cast: Cast) -> dict[str, Arguments]:
    """A grant about the applicant of township A and one about that of B; made once for all that look."""
    from datetime import timedelta

    from yumiao.access.models import Grant
    from yumiao.access.sections import Section
    from yumiao.desk.grants.acting import give

    if not Grant.objects.exists():
        given = {
            "purpose": "核对家庭情况",
            "last_day": cast.today + timedelta(days=30),
            "reader": cast.reader(cast.officer),
        }
        for case, taker in (("A", cast.clerk_a), ("B", cast.clerk_b)):
            give(_cases(cast)[case]["uid"], taker.uid, Section.FAMILY, **given)
    uids = list(Grant.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _case_papers(cast: Cast) -> dict[str, Arguments]:
    """A paper of the applicant of township A, a sealed one of his, and one of that of B; made once for all that look."""
    from yumiao.admission.models import StepPaper
    from yumiao.admission.paper_rules import Checked
    from yumiao.desk.dossier.recording import Deciding, read_by
    from yumiao.desk.evidence.acting import Adding, add

    cases = _cases(cast)
    if not StepPaper.objects.exists():
        for case, slot, step in (("A", "A02", 2), ("A", "A12", 10), ("B", "A02", 2)):
            read = read_by(cases[case]["uid"])
            adding, unit = Adding(slot, step, Checked("材料")), cast.tree.by_id[read.around.unit]
            add(read, adding, [_photograph()], unit=unit, who=Deciding(cast.operator, None), today=cast.today)
    uids = list(StepPaper.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "A-sealed", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _photograph() -> bytes:
    from PIL import Image

    from tests.files.drawn import jpeg

    return jpeg(Image.new("L", (300, 400), 200))


def _form_ranges(cast: Cast) -> dict[str, Arguments]:
    """Numbers of township A and of B; made once for all that look."""
    from tests.cast import OTHER_TOWN, TOWN
    from yumiao.admission.models import FormRange
    from yumiao.desk.admission_forms.acting import hand

    if not FormRange.objects.exists():
        for code, first, last in ((TOWN, "桂0101", "桂0120"), (OTHER_TOWN, "桂0201", "桂0220")):
            hand(cast.unit(code), first, last, on=cast.today, note="", actor=cast.operator, today=cast.today)
    uids = list(FormRange.objects.order_by("pk").values_list("uid", flat=True))
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), [*uids, NOWHERE], strict=True)}


def _void_forms(cast: Cast) -> dict[str, Arguments]:
    """The first number of each, void."""
    from yumiao.admission.models import FormVoid
    from yumiao.desk.admission_forms.acting import void

    found = _form_ranges(cast)
    if not FormVoid.objects.exists():
        for case, said, code in (("A", "桂0101", "001.001"), ("B", "桂0201", "001.002")):
            void(
                found[case]["uid"], said, on=cast.today, why="spoilt", reason="填写错误", unit=cast.unit(code), actor=cast.operator,
                today=cast.today,
            )  # fmt: skip
    numbers = {"A": 101, "B": 201, "nowhere": 101}
    return {case: {**given, "number": numbers[case]} for case, given in found.items()}


OF_RECONCILIATION = (
    "reconciliation", "reconciliation_row", "reconciliation_report", "reconciliation_pdf", "reconciliation_xlsx",
    "reconciliation_export",
)  # fmt: skip
OF_REFORMS = (
    "reform", "reform_step_remove", "reform_upload", "reform_preview", "reform_request", "reform_return",
    "reform_carry_out", "reform_drop",
)  # fmt: skip


def _member_of(cast: Cast, township: str) -> Any:
    """A member of a branch there who is on no transfer."""
    from yumiao.kernel.periods import FOREVER
    from yumiao.people.models import Belonging, Membership, Person, Transfer

    below = [unit.id for unit in cast.tree if cast.unit(township).subtree.covers(unit.path)]
    standing = Belonging.objects.open().filter(unit__in=below).values("person")
    members = Membership.objects.alive().filter(ended_on=FOREVER, person__in=standing).values("person")
    people = Person.objects.filter(pk__in=members).exclude(pk__in=Transfer.objects.values("person"))
    return people.order_by("-pk").first()


def _uploads(_cast: Cast) -> dict[str, Arguments]:
    return {"nowhere": {"uid": NOWHERE}}


def _named(argument: str, there: str) -> Callable[[Cast], dict[str, Arguments]]:
    return lambda _cast: {"there": {argument: there}, "nowhere": {argument: "nowhere"}}


def _notices(cast: Cast) -> dict[str, Arguments]:
    """A notice of township A and one of B; made once for all that look."""
    from tests.cast import FAR_VILLAGE, VILLAGE
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.publicity.models import Notice
    from yumiao.publicity.rules import Published, Window
    from yumiao.publicity.services import post_notice

    if not Notice.objects.exists():
        window = Window(cast.today, 5, False, cast.today.replace(year=cast.today.year + 1), "公开栏", "0000", "镇党委")
        for code, place in ((VILLAGE, 21), (FAR_VILLAGE, 23)):
            with act(Verb.NOTICE_POSTED, actor=cast.operator) as done:
                post_notice(
                    done, cast.unit(code).id, "admission", window, [(cast.person(place).pk, Published(name="某"))]
                )
    uids = [*Notice.objects.order_by("pk").values_list("uid", flat=True), NOWHERE]
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), uids, strict=True)}


def _objections(cast: Cast) -> dict[str, Arguments]:
    """An objection in township A and one in B; made once for all that look."""
    from tests.cast import FAR_VILLAGE, VILLAGE
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.publicity.models import Objection
    from yumiao.publicity.services import Told, receive

    if not Objection.objects.exists():
        for code, place in ((VILLAGE, 21), (FAR_VILLAGE, 23)):
            with act(Verb.OBJECTION_RECEIVED, actor=cast.operator) as done:
                given = {"notice": None, "channel": "letter", "on": cast.today, "told": Told("", "某事")}
                receive(done, unit=cast.unit(code).id, person=cast.person(place).pk, **given)
    uids = [*Objection.objects.order_by("pk").values_list("uid", flat=True), NOWHERE]
    return {case: {"uid": uid} for case, uid in zip(("A", "B", "nowhere"), uids, strict=True)}


# by the name of the route, else by the arguments it takes
OF_ACCOUNTS = (
    "account",
    "appoint",
    "suspend_account",
    "restore_account",
    "reset_login",
    "renew_invitation",
    "lend_for",
)
OF_UPLOADS = (
    "import", "import_check", "import_columns", "import_take", "import_drop", "import_faults",
    "reconciliation_upload", "reconciliation_again", "reconciliation_drop",
)  # fmt: skip
BY_NAME: dict[str, Callable[[Cast], dict[str, Arguments]]] = {
    **dict.fromkeys(("case", "case_return", "case_rest", "case_exempt", "case_history", "api_case"), _cases),
    "case_step": _case_steps,
    "case_late": _late_entries,
    **dict.fromkeys(OF_ACCOUNTS, _accounts),
    **dict.fromkeys(OF_UPLOADS, _uploads),
    "header_name_remove": _header_names,
    **dict.fromkeys(OF_RECONCILIATION, _comparisons),
    "paper": _papers,
    **dict.fromkeys(("transfer", "transfer_letter", "transfer_material"), _transfers),
    "transfer_step": _steps,
    **dict.fromkeys(("stay", "stay_contact", "stay_return", "stay_correct"), _stays),
    "stay_undo": _stay_entries,
    "status_change": lambda cast: {case: {**given, "change": "removed"} for case, given in _people(cast).items()},
    "token_revoke": _tokens,
    **dict.fromkeys(OF_REFORMS, _reform_drafts),
    "reform_step": lambda cast: {case: {**given, "kind": "merge"} for case, given in _reform_drafts(cast).items()},
    "reform_people": _divided,
    **dict.fromkeys(("reform_done", "reform_undo"), _carried_out),
    "post_end": _posts,
    "merged_record": _merged,
    "double_undo": _mergings,
    "ledger_list": _named("name", "warning"),
    "ledger_list_pdf": _named("name", "warning"),
    "ledger_list_export": _named("name", "warning"),
    "api_list": _named("name", "warning"),
    "chapter": _named("name", "start"),
    "handbook_picture": _named("name", "ledger"),
    **dict.fromkeys(("issue", "issue_xlsx", "issue_pdf"), _issue),
    "case_record": _cases,
    "case_faults_of": _cases,
    **dict.fromkeys(("meeting", "meeting_take_back"), _meetings),
    "meeting_print": lambda cast: {case: {**given, "what": "minutes"} for case, given in _meetings(cast).items()},
    "exclusion_end": _exclusions,
    **dict.fromkeys(("joint_review", "joint_take_back"), _joint),
    **dict.fromkeys(("joint_letter_pdf", "joint_letter_docx", "joint_reminder", "joint_remind"), _joint_bodies),
    **dict.fromkeys(("joint_paper", "joint_workbook", "joint_import", "joint_import_take"), _joint_bodies),
    **dict.fromkeys(("joint_body", "joint_rest"), _joint_bodies),
    **dict.fromkeys(("joint_case", "joint_name", "joint_conclude"), _joint_cases),
    "seat_end": _seats,
    **dict.fromkeys(("order", "order_follow", "order_extend", "order_withdraw", "order_paper"), _orders),
    **dict.fromkeys(("inquiry", "inquiry_follow", "inquiry_finding", "inquiry_pdf", "inquiry_docx"), _inquiries),
    **dict.fromkeys(("form_range", "form_range_back", "form_void"), _form_ranges),
    "form_void_withdraw": _void_forms,
    "helpers_change": _cases,
    **dict.fromkeys(("case_papers", "case_papers_missing", "api_case_papers"), _cases),
    **dict.fromkeys(("case_sections", "case_emergency", "case_family"), _cases),
    "case_section": lambda cast: {case: {**given, "section": "family"} for case, given in _cases(cast).items()},
    "grant_end": _case_grants,
    "grants": lambda cast: {"-": dict.fromkeys((), _case_grants(cast))},  # a list of nobody is no reading
    "paper_add": lambda cast: {case: {**given, "slot": "A02"} for case, given in _cases(cast).items()},
    **dict.fromkeys(("case_paper", "case_paper_file", "case_paper_check", "case_paper_withdraw"), _case_papers),
    "notice_photo_file": _notice_photos,
    "order_paper_file": _order_papers,
    "case_paper_page": lambda cast: {case: {**given, "number": 1} for case, given in _case_papers(cast).items()},
    **dict.fromkeys(("edition_introduce", "edition_move", "edition_move_export"), _named("key", "2014")),
    **dict.fromkeys(("file_audit", "file_audit_withdraw", "file_audit_finding"), _file_audits),
    **dict.fromkeys(("recognition_undo", "recognition_pdf", "recognition_docx"), _recognitions),
}
OF_REVIEWS = ("review", "review_open", "review_pdf", "review_docx")
BY_NAME |= {
    **dict.fromkeys(
        OF_REVIEWS, lambda cast: {case: {**given, "point": "village_12"} for case, given in _cases(cast).items()}
    ),
    **dict.fromkeys(("case_package", "handover_new", "handover_take_back"), _cases),
    "order_print": lambda cast: {case: {**given, "what": "notice"} for case, given in _orders(cast).items()},
    "handover_print": lambda cast: {case: {**given, "what": "pdf"} for case, given in _cases(cast).items()},
    **dict.fromkeys(("notice", "notice_restart", "notice_take_back", "notice_photo", "public_notice"), _notices),
    "notice_print": lambda cast: {case: {**given, "what": "pdf"} for case, given in _notices(cast).items()},
    **dict.fromkeys(("objection", "objection_appoint", "objection_conclude", "objection_take_back"), _objections),
    "sample": lambda _cast: {"nowhere": {"uid": NOWHERE}},
    "peer_review": _cases,
}
BY_ARGUMENTS: dict[tuple[str, ...], Callable[[Cast], dict[str, Arguments]]] = {
    (): lambda _cast: {"-": {}},
    ("uid",): _people,
    ("code",): _units,
    ("seq",): _entries,
    ("rule_id",): _named("rule_id", "WRN-01"),
    ("key",): _named("key", "young.max_age"),
    ("table",): _named("table", "members-by-age"),
    ("uid", "appointment"): _appointments,
    ("uid", "other"): _issues,
    ("one", "other"): _pairs,
    ("uid", "token"): _account_tokens,
    ("uid", "delegation"): _delegations,
    ("delegation",): _own_delegations,
    ("appointment",): _sheets,
}


def cases(route: Route, cast: Cast) -> dict[str, Arguments]:
    """What a route is called with: objects on both sides of each boundary. `KeyError` for arguments nobody has thought of."""
    found = BY_NAME.get(route.name) or BY_ARGUMENTS[route.takes]
    return found(cast)
