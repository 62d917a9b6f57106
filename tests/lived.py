"""A county in which something happened: `lived(cast)` reforms, elects, transfers, sends away and suspends, each by its own page or service."""

from __future__ import annotations

from typing import Any

from tests.cast import COUNTY, FAR_VILLAGE, OTHER_FAR_VILLAGE, OTHER_TOWN, VILLAGE, Cast
from tests.desk.county_cells import County, member
from yumiao.desk.reforms.doing import carry_out
from yumiao.desk.reforms.plan import Reforming
from yumiao.desk.workbook.importing import import_workbook
from yumiao.kernel.periods import add_months
from yumiao.kernel.scope import Scope
from yumiao.people.models import PersonRecord
from yumiao.units.changes import Merge, Rename, Step
from yumiao.units.reforming import Paper

PAPER = "青岚组发〔2026〕12号"


def reform(cast: Cast, *steps: Step, title: str = "合村") -> int:
    """Carried out by the county; the number of its entry."""
    paper = Paper(title, PAPER, cast.today, cast.today)
    scope = Scope((cast.unit(COUNTY).subtree,), cast.today)
    return carry_out(Reforming(steps, {}), paper, actor=cast.operator, today=cast.today, scope=scope).seq


def merge_villages(cast: Cast) -> int:
    """The two villages of township B become the first of them."""
    return reform(cast, Merge((FAR_VILLAGE, OTHER_FAR_VILLAGE), FAR_VILLAGE))


def rename_village(cast: Cast) -> int:
    return reform(cast, Rename(VILLAGE, "云岭新村党支部"), title="更名")


def name(cast: Cast, place: int) -> str:
    return PersonRecord.objects.open().get(person=cast.person(place)).name


def post(cast: Cast, part: str, where: str, **fields: Any) -> None:
    answer = cast.client(getattr(cast, part)).post(where, fields)
    assert answer.status_code == 302, answer.content.decode()


def elect(cast: Cast, on: str = "2023-03-05") -> None:
    """Member 1 is the secretary of the village in township A."""
    where = f"/units/{VILLAGE}/posts/election/"
    post(cast, "clerk_a", where, elected_on=on, secretary=name(cast, 1), document="青组批〔2023〕1号")


def transfer(cast: Cast, place: int = 8) -> None:
    """A letter from township A to township B, not taken in."""
    where = f"/people/{cast.people[place]}/transfer/"
    post(cast, "clerk_a", where, to=OTHER_TOWN, on=cast.today.isoformat(), valid_days="90")


def leave(cast: Cast, place: int) -> None:
    """Somebody of township A works elsewhere."""
    contact = str(cast.person(1 if place != 1 else 7).pk)
    since = add_months(cast.today, -1).isoformat()
    post(cast, "secretary_a", f"/people/{cast.people[place]}/stay/", since=since, place="外省务工", contact=contact)


def correct_in_term(cast: Cast, place: int) -> None:
    """Somebody of township A is told to mend his ways within a time."""
    given = {
        "reason": "经支部大会讨论",
        "document": "青石党发〔2026〕9号",
        "deed": "submit",
        "on": cast.today.isoformat(),
    }
    post(cast, "clerk_a", f"/people/{cast.people[place]}/changes/correction_in_term/", **given, months="6")


def enter_twice(cast: Cast) -> None:
    """Member 2 once more, under another number, in the village of township A, with no word of his schooling."""
    county = County().only("党员")
    county["党员"][:] = [member(12) | {"姓名": name(cast, 2), "所在党支部代码": VILLAGE, "学历": ""}]
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert result.written, result.checked.faults


def meet(cast: Cast) -> None:
    """The members of the village in township A met and resolved something."""
    from yumiao.desk.meetings.places import roll
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb
    from yumiao.meetings.drafts import MeetingDraft, MotionDraft
    from yumiao.meetings.rules import Count
    from yumiao.meetings.services import record_meeting

    unit = cast.unit(VILLAGE)
    rows = [(one.person, one.votes, one.votes, "") for one in roll(unit, "members", cast.today)]
    due = sum(is_due for _person, is_due, _present, _why in rows)
    motion = MotionDraft(
        kind="ordinary", title="通过工作计划", is_secret=False, count=Count(due=due, present=due, yes=due)
    )
    given = {"place": "村部", "chair": "李青山", "recorder": "韦春晓", "agenda": "讨论工作计划"}
    draft = MeetingDraft(unit=unit.id, kind="members", held_on=cast.today, attendance=rows, motions=[motion], **given)
    with act(Verb.MEETING_RECORDED, actor=cast.operator) as done:
        record_meeting(done, draft)


def inquire(cast: Cast, place: int = 21) -> None:
    """A letter of the political review about an applicant of township A."""
    from yumiao.admission.models import Case

    case = Case.objects.get(person=cast.person(place)).uid
    given = {"kind": "letter", "about": "self", "addressee": "某村党支部", "sent_on": cast.today.isoformat()}
    post(cast, "clerk_a", f"/inquiries/new/?case={case}", **given)


def lived(cast: Cast) -> None:
    """One of each."""
    merge_villages(cast)
    meet(cast)
    elect(cast)
    transfer(cast)
    leave(cast, 8)
    correct_in_term(cast, 1)
    inquire(cast)
