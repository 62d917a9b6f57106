"""Introducing an edition and moving open cases: rules, preview and outcome, pages, who may."""

from __future__ import annotations

import random
import re
import uuid
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cast import COUNTY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.gates.opened import open_gates
from yumiao.admission.case_files import read_cases
from yumiao.admission.edition_moves import Effect, standing
from yumiao.admission.edition_services import in_use, introduce, introduced_by, offered, uses
from yumiao.admission.editions import EDITION_2014, EDITIONS, EXAMPLE
from yumiao.admission.models import Case, CaseEdition, EditionUse, StepRecord
from yumiao.admission.path import Edition, Terms
from yumiao.admission.services import STEP
from yumiao.admission.step_services import CASE
from yumiao.bylaws.services import record_paper
from yumiao.desk.casebook import moving
from yumiao.desk.casebook.moving import Which, carry_out, counts_by_edition, figures, moves_to
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.editions_in_use import edition_on
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.dossier.recording import Deciding
from yumiao.desk.journal.names import data_of
from yumiao.desk.journal.words import said as words_of
from yumiao.journal.acts import act, last
from yumiao.journal.bulk import new_ids
from yumiao.journal.models import Entry, Reading
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Refused
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope

pytestmark = pytest.mark.db
__all__ = ["cast"]
TRIAL = Edition(
    key="trial", title="修订版", document="中办发〔2026〕1号", since=date(2026, 1, 1), stages=EDITION_2014.stages, steps=EDITION_2014.steps,
    slots=EDITION_2014.slots, terms=Terms(fewest_inspections=3, activist_months=18, training_days=5),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _released(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that knows a further edition."""
    monkeypatch.setitem(EDITIONS, TRIAL.key, TRIAL)  # type: ignore[arg-type]


def paper(cast: Cast, **more: Any) -> uuid.UUID:
    given = {
        "number": "县组发〔2026〕9号",
        "issuing_body": "县委组织部",
        "title": "关于启用修订版的通知",
        "in_force_from": date(2026, 1, 1),
    }
    return record_paper(**(given | more), actor=cast.operator)


def introduced(cast: Cast, edition: Edition = TRIAL, **more: Any) -> None:
    given = {
        "since": cast.today,
        "paper": None,
        "reason": "国家修订",
        "actor": cast.operator,
        "today": cast.today,
        "is_demo": False,
    }
    if "paper" not in more:
        more["paper"] = paper(cast)
    introduce(edition, **(given | more))


def refused_by(cast: Cast, edition: Edition = TRIAL, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        introduced(cast, edition, **more)
    return [one.rule for one in refused.value.objections]


def scope(cast: Cast, code: str = COUNTY) -> Scope:
    return Scope((cast.unit(code).subtree,), cast.today)


def moved(
    cast: Cast, edition: Edition = TRIAL, *, code: str = COUNTY, which: Which = Which.ALL, **more: Any
) -> tuple[int, ...]:
    at = scope(cast, code)
    given: dict[str, Any] = {
        "which": which, "chosen": (), "shown": figures(moves_to(edition, at, cast.tree, head=last(), own=None)), "reason": "按修订版办理",
        "scope": at, "unit": None, "tree": cast.tree, "who": Deciding(cast.operator, None), "is_demo": False,
    }  # fmt: skip
    return carry_out(edition, **(given | more))


def editions_of(cast: Cast) -> dict[int, str]:
    rows = read_cases(list(Case.objects.values_list("pk", flat=True)))
    return {case: read.file.path.key for case, read in rows.items()}


def lived(cast: Cast, chance: random.Random, count: int = 40) -> None:
    """Random cases: how far they came and when is chance."""
    people = [cast.person(place).pk for place in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 31, 32)]
    steps = [1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
    with act(Verb.CASE_OPENED, actor=cast.operator) as done:
        ids = new_ids(Case, count)
        done.insert(Case, CASE, [(one, uuid.uuid4(), chance.choice(people), "entered") for one in ids])
        rows = []
        for one in ids:
            day, seen = cast.today - timedelta(days=chance.randint(30, 1500)), 0
            for step in steps[: chance.randint(1, len(steps))]:
                seen = seen + 1 if step == 6 else 0
                rows.append((one, step, max(seen, 1), day))
                day = min(day + timedelta(days=chance.randint(0, 200)), cast.today)
        done.insert(StepRecord, STEP, rows)


def test_new_cases_begin_under_the_edition_introduced_and_those_under_way_stay(cast: Cast) -> None:
    before = editions_of(cast)
    assert (in_use(cast.today), set(before.values())) == ("2014", {"2014"})
    introduced(cast)
    assert (in_use(cast.today), edition_on(cast.today), in_use(cast.today - timedelta(days=1))) == (
        "trial",
        "trial",
        "2014",
    )
    assert editions_of(cast) == before
    who = Deciding(cast.actor(cast.secretary_a), None)
    ground_for = recording.ground_by(cast.today, cast.reader(cast.secretary_a))
    case = recording.begin(cast.person(31), cast.today, who=who, ground_for=ground_for, today=cast.today)
    assert recording.read_by(case).file.path is TRIAL


def test_what_an_edition_needs_to_be_introduced_is_asked_all_at_once(cast: Cast) -> None:
    assert refused_by(cast, paper=None) == ["EDT-01"]
    assert refused_by(cast, paper=uuid.uuid4()) == ["EDT-01"]
    over = paper(cast, number="旧1号", in_force_until=cast.today)
    assert refused_by(cast, paper=over) == ["EDT-01"]
    assert refused_by(cast, paper=over, since=date(2025, 12, 31)) == ["EDT-01", "EDT-02", "EDT-04"]
    good = paper(cast)
    assert refused_by(cast, paper=good, reason=" ") == ["EDT-04"]
    assert refused_by(cast, EDITION_2014, paper=good) == ["EDT-04"]
    assert not EditionUse.objects.exists()


def test_an_example_is_introduced_in_the_demo_county_alone(cast: Cast) -> None:
    good = paper(cast)
    assert refused_by(cast, EXAMPLE, paper=good) == ["EDT-03"]
    introduced(cast, EXAMPLE, paper=good, is_demo=True)
    assert in_use(cast.today) == EXAMPLE.key
    assert [EXAMPLE in offered(is_demo=demo) for demo in (False, True)] == [False, True]


def test_introductions_follow_one_another_without_gap_or_overlap(cast: Cast) -> None:
    good, later = paper(cast), cast.today + timedelta(days=60)
    introduced(cast, paper=good)
    introduced(cast, EDITION_2014, paper=good, since=later)
    introduced(cast, EXAMPLE, paper=good, since=cast.today + timedelta(days=30), is_demo=True)
    spans = [(one.since, one.until, one.edition) for one in reversed(uses())]
    assert spans == [
        (cast.today, cast.today + timedelta(days=30), "trial"),
        (cast.today + timedelta(days=30), later, EXAMPLE.key),
        (later, FOREVER, "2014"),
    ]
    assert introduced_by(cast.today) == {"2014", "trial"}
    assert introduced_by(later) == {"2014", "trial", EXAMPLE.key}


def test_one_introduced_today_is_corrected_on_the_same_day(cast: Cast) -> None:
    good = paper(cast)
    introduced(cast, paper=good)
    introduced(cast, EDITION_2014, paper=good)
    assert [(one.since, one.edition) for one in uses()] == [(cast.today, "2014")]


def test_the_counts_after_a_move_are_those_of_its_preview(cast: Cast) -> None:
    """On random cases: everybody stands where the preview said, and going back restores everything."""
    lived(cast, random.Random(26))
    for uid in Case.objects.filter(steps__step=6).values_list("uid", flat=True).distinct():
        open_gates(cast, uid, ["rounds"])  # else step 7 is shut under either edition
    introduced(cast)
    at, head = scope(cast), last()
    preview = moves_to(TRIAL, at, cast.tree, head=head, own=None)
    assert len(preview) == 43
    assert {one.move.effect for one in preview} >= {Effect.BLOCKED, Effect.LATER, Effect.SAME}
    assert moved(cast) == figures(preview)
    ground = ground_of(TRIAL, cast.today, last())
    for case, read in read_cases([one.case for one in preview]).items():
        expected = next(one for one in preview if one.case == case)
        assert (read.file.path, standing(read.file, ground)) == (TRIAL, expected.move.after)
    assert moves_to(TRIAL, at, cast.tree, head=last(), own=None) == []
    back = moves_to(EDITION_2014, at, cast.tree, head=last(), own=None)
    assert {one.case: one.move.after for one in back} == {one.case: one.move.before for one in preview}
    moved(cast, EDITION_2014)
    assert set(editions_of(cast).values()) == {"2014"}
    assert counts_by_edition(at) == {"2014": 43}


def test_a_move_says_in_its_entry_how_many_and_nobody_by_name(cast: Cast) -> None:
    introduced(cast)
    moved(cast)
    entry = Entry.objects.latest("seq")
    data = data_of(entry)
    assert (entry.verb, entry.reason, data["edition"], data["cases"]) == ("cases_moved", "按修订版办理", "trial", 3)
    assert sum(data[one.value] for one in Effect) == 3
    assert words_of(entry, cast.tree) == f"3 件转换到修订版，其中 {data['blocked']} 件的下一步变为不能办理"


def test_only_some_are_moved_where_only_some_are_wanted(cast: Cast) -> None:
    introduced(cast)
    chosen = next(one.uid for one in moves_to(TRIAL, scope(cast), cast.tree, head=last(), own=None))
    moved(cast, which=Which.CHOSEN, chosen=[chosen])
    assert list(CaseEdition.objects.alive().values_list("case__uid", "edition")) == [(chosen, "trial")]
    same = [
        one for one in moves_to(TRIAL, scope(cast), cast.tree, head=last(), own=None) if one.move.effect is Effect.SAME
    ]
    if same:
        moved(cast, which=Which.SAME)
    assert counts_by_edition(scope(cast))["trial"] == 1 + len(same)


def test_a_township_is_moved_by_itself(cast: Cast) -> None:
    introduced(cast)
    moved(cast, code=TOWN)
    assert counts_by_edition(scope(cast, TOWN)) == {"2014": 0, "trial": 2}
    assert counts_by_edition(scope(cast, OTHER_TOWN)) == {"2014": 1}


def test_what_stands_against_a_move_is_said_and_nothing_is_written(cast: Cast) -> None:
    def refused(**more: Any) -> list[str]:
        with pytest.raises(Refused) as found:
            moved(cast, **more)
        return [one.rule for one in found.value.objections]

    assert refused() == ["EDT-05"]
    introduced(cast)
    assert refused(reason=" ") == ["EDT-05"]
    assert refused(which=Which.CHOSEN) == ["EDT-05"]
    assert refused(shown=(9, 9, 9, 9, 9)) == ["EDT-06"]
    assert refused(edition=EXAMPLE) == ["EDT-03", "EDT-05"]
    assert not CaseEdition.objects.filter(edition="trial").exists()


def test_nobody_moves_his_own_case(cast: Cast) -> None:
    own = cast.person(21).uid
    everybody = moves_to(TRIAL, scope(cast), cast.tree, head=last(), own=None)
    others = moves_to(TRIAL, scope(cast), cast.tree, head=last(), own=own)
    assert {one.person for one in everybody} - {one.person for one in others} == {own}


def page(cast: Cast, who: str, address: str, status: int = 200) -> str:
    answer = cast.client(cast.accounts[who]).get(address)
    assert answer.status_code == status
    return unescape(re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]))


def test_the_page_of_editions_tells_each_reader_his_own_numbers(cast: Cast) -> None:
    introduced(cast)
    moved(cast, code=TOWN)
    counts = {}
    for who in ("officer", "clerk_a", "clerk_b"):
        rows = cast.client(cast.accounts[who]).get("/casebook/editions/").content.decode()
        cells = re.findall(r'data-l="正在办理（件）">(?:<a [^>]*>)?(\d+)', rows)
        counts[who] = [int(one) for one in cells]
    assert counts == {"officer": [1, 2], "clerk_a": [0, 2], "clerk_b": [1, 0]}
    assert "转换到此版本" in page(cast, "officer", "/casebook/editions/")
    assert "转换到此版本" not in page(cast, "clerk_a", "/casebook/editions/")


@pytest.mark.parametrize("address", ["/casebook/editions/trial/introduce/", "/casebook/editions/trial/move/"])
@pytest.mark.parametrize("who", ["clerk_a", "secretary_a", "auditor", "member", "assistant", "system"])
def test_only_the_county_introduces_and_moves(cast: Cast, who: str, address: str) -> None:
    client = cast.client(cast.accounts[who])
    assert (client.get(address).status_code, client.post(address, {}).status_code) == (403, 403)


@pytest.mark.parametrize("key", ["none", EXAMPLE.key])
def test_an_edition_that_is_none_or_an_example_has_no_page(cast: Cast, key: str) -> None:
    client = cast.client(cast.officer)
    addresses = (f"/casebook/?edition={key}", f"/casebook/editions/{key}/introduce/", f"/casebook/editions/{key}/move/")
    assert [client.get(one).status_code for one in addresses] == [404, 404, 404]


def test_an_edition_is_introduced_through_its_page_once(cast: Cast) -> None:
    client, address = cast.client(cast.officer), "/casebook/editions/trial/introduce/"
    assert "还没有登记县级文件" in client.get(address).content.decode()
    given = {"since": cast.today.isoformat(), "paper": paper(cast), "reason": "国家修订", "once": uuid.uuid4()}
    wrong = client.post(address, given | {"since": (cast.today - timedelta(days=1)).isoformat()})
    assert (wrong.status_code, "EDT-04" in wrong.content.decode()) == (409, True)
    assert client.post(address, given | {"paper": ""}).status_code == 422
    assert [client.post(address, given).status_code for _ in range(2)] == [302, 302]
    assert [one.edition for one in uses()] == ["trial"]
    assert "县组发〔2026〕9号" in page(cast, "officer", "/casebook/editions/")


def test_cases_are_moved_through_the_preview_and_only_as_it_was_shown(cast: Cast) -> None:
    client, address = cast.client(cast.officer), "/casebook/editions/trial/move/"
    assert "还没有启用" in client.get(address).content.decode()
    introduced(cast)
    shown = re.search(r'name="shown" value="([\d,]+)"', client.get(address).content.decode())
    assert shown is not None
    given = {"which": "all", "reason": "按修订版办理", "shown": shown[1], "once": uuid.uuid4()}
    stale = client.post(address, given | {"shown": "1,1,1,1,1"})
    assert (stale.status_code, "EDT-06" in stale.content.decode()) == (409, True)
    assert [
        client.post(address, given | bad).status_code for bad in ({"shown": "x"}, {"which": "x"}, {"reason": ""})
    ] == [422] * 3
    assert [client.post(address, given).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(verb="cases_moved").count() == 1
    assert "没有要转换的" in page(cast, "officer", address)


def test_a_preview_is_on_record_and_goes_out_as_a_list(cast: Cast) -> None:
    introduced(cast)
    client = cast.client(cast.officer)
    client.get(f"/casebook/editions/trial/move/?unit={TOWN}")
    seen = Reading.objects.latest("id")
    assert (seen.what, seen.subject, seen.count) == ("page", cast.unit(TOWN).uid, 2)
    answer = client.post(f"/exports/casebook/editions/trial/?unit={TOWN}", {"usual": "meeting"})
    assert answer.status_code == 200, answer.content.decode()
    sheet = load_workbook(BytesIO(b"".join(answer) if answer.streaming else answer.content)).active
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert said.count(EDITION_2014.title) == 2
    assert client.get(f"/casebook/editions/trial/move/?unit={VILLAGE}").status_code == 200
    assert client.get("/casebook/editions/trial/move/?unit=999").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_as_many_queries_for_one_case_as_for_three(
    cast: Cast, count: int, django_assert_num_queries: Any, database_vendor: str
) -> None:
    introduced(cast)
    unit = FAR_VILLAGE if count == 1 else COUNTY
    client = cast.client(cast.officer)
    client.get("/casebook/")
    with django_assert_num_queries(12 + (database_vendor == "postgresql")):
        answer = client.get(f"/casebook/editions/trial/move/?unit={unit}")
    assert answer.content.decode().count('name="case"') == count


@pytest.mark.parametrize("count", [1, 2])
def test_the_page_of_editions_takes_as_many_queries_for_one_use_as_for_two(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    good = paper(cast)
    introduced(cast, paper=good)
    if count == 2:
        introduced(cast, EDITION_2014, paper=good, since=cast.today + timedelta(days=30))
    client = cast.client(cast.officer)
    client.get("/casebook/")
    with django_assert_num_queries(7):
        client.get("/casebook/editions/")


def test_the_units_of_a_preview_are_those_next_below_with_their_own_numbers(cast: Cast) -> None:
    introduced(cast)
    moves = moves_to(TRIAL, scope(cast), cast.tree, head=last(), own=None)
    by_unit = [(unit.code, sum(counts.values())) for unit, counts in moving.by_unit(moves, cast.tree, None)]
    assert by_unit == [(TOWN, 2), (OTHER_TOWN, 1)]
