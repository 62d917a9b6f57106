"""Forms sent with more than they ask for, with what belongs to others, and by two at once. Case numbers are those of the threat model."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from tests.abuse.whole_county import PAPER, all_objects, answering, county, undone
from tests.architecture.routes import Route
from tests.cast import FAR_VILLAGE, TOWN, VILLAGE, Cast
from yumiao.access.accounts import invite, renew_invitation
from yumiao.access.appointments import Grant, appoint
from yumiao.access.invitations import CodeSpent, accept_invitation
from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import Role
from yumiao.bylaws.models import CountyPaper, Setting
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused
from yumiao.kernel.periods import FOREVER

pytestmark = pytest.mark.db
__all__ = ["county"]

KEY = "young.max_age"
RECORD = [model for model in apps.get_models() if model._meta.app_label not in ("contenttypes", "auth")]
MEANS = {"access_loginsession", "access_ratewindow", "journal_reading"}


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything that is recorded, table by table."""
    return {
        model._meta.db_table: sorted(model._default_manager.values_list(), key=repr)
        for model in RECORD
        if model._meta.db_table not in MEANS
    }


def fields_of_every_model(cast: Cast) -> dict[str, str]:
    """Every column there is, with values that would be somebody's advantage."""
    names = {field.attname for model in RECORD for field in model._meta.concrete_fields}
    fields = dict.fromkeys(names, "1")
    return fields | {
        "id": "1", "pk": "1", "is_active": "true", "is_superuser": "true", "is_staff": "true", "password": "!",
        "person_uid": str(cast.people[5]), "actor": str(cast.officer.uid), "actor_label": "别人", "account": str(cast.officer.pk),
        "person": str(cast.people[5]), "within": "all", "today": "2000-01-01", "fresh": "1", "seq": "1",
    }  # fmt: skip


@pytest.mark.parametrize("route", answering("POST"), ids=lambda route: route.name)
def test_abuse_03_fields_that_a_form_does_not_ask_for_change_nothing(county: Cast, route: Route) -> None:
    """Only what a form asks for is left out of what is sent: nothing is done, whatever else comes along."""
    skipped = {
        "renew_invitation", "recovery_codes", "logout", "theme", "end_sessions", "journal_verify", "header_name_remove",
        "form_void_withdraw", "token_revoke", "end_delegation_for", "reconciliation_report",
        "joint_remind", "joint_rest", "seat_end", "review_open", "case_package", "grant_end",
    }  # fmt: skip
    if route.name in skipped:  # these ask for nothing but the click
        return
    asked = {
        "since",
        "until",
        "reason",
        "username",
        "display_name",
        "code",
        "text",
        "title",
        "number",
        "value",
        "unit",
        "source",
        "version",
        "note",
    }
    extra = {name: value for name, value in fields_of_every_model(county).items() if name not in asked | {"password"}}
    for arguments in all_objects(route, county).values():
        with undone():
            before = rows()
            answer = county.client(county.officer).post(reverse(route.name, kwargs=arguments), extra)
            assert (answer.status_code < 500, rows() == before) == (True, True)


def test_abuse_03_an_invitation_with_further_fields_is_the_same_invitation(county: Cast) -> None:
    fields = {"display_name": "莫新苗", "username": "moxinmiao", "unit": VILLAGE, "since": county.today.isoformat()}
    extra = {name: value for name, value in fields_of_every_model(county).items() if name not in (*fields, "until")}
    with undone():
        answer = county.client(county.clerk_a).post(reverse("invite") + "?role=branch_secretary", extra | fields)
        made = Account.objects.get(username="moxinmiao")
        post = Appointment.objects.alive().get(account=made)
        entry = Entry.objects.latest("seq")
        assert answer.status_code == 200
        assert (made.person_uid, made.has_usable_password(), made.is_active) == (None, False, True)
        assert (post.role, post.until, post.since) == ("branch_secretary", FOREVER, county.today)
        assert (entry.actor, entry.undoes, entry.reason) == (county.clerk_a.uid, None, "")


def test_abuse_03_a_role_out_of_reach_is_no_choice_however_it_is_sent(county: Cast) -> None:
    fields = {"display_name": "莫新苗", "username": "moxinmiao", "unit": TOWN, "since": county.today.isoformat()}
    with undone():
        before = rows()
        for role in ("township_clerk", "county_officer", "auditor", "security_administrator", "nobody", ""):
            browser = county.client(county.clerk_a)
            browser.post(f"{reverse('invite')}?role={role}", fields | {"role": role})
            browser.post(f"{reverse('invite')}?role=branch_secretary", fields | {"role": role})
        assert rows() == before


def test_abuse_03_a_paper_nobody_registered_changes_no_setting(county: Cast) -> None:
    browser = county.client(county.officer)
    sent = {
        "value": "40",
        "since": county.today.isoformat(),
        "reason": "县委常委会决定",
        "shown": "0",
        "deed": "submit",
    }
    with undone():
        before = rows()
        for paper in ("", str(uuid.uuid4()), "1", str(county.people[1])):
            assert browser.post(reverse("setting_change", args=[KEY]), sent | {"paper": paper}).status_code == 422
        assert rows() == before


def test_abuse_40_who_cannot_give_every_post_of_an_account_gets_no_code_for_it(county: Cast) -> None:
    """A clerk who opened an account and kept its code does not become an officer when the account becomes one."""
    with undone():
        clerk, today = county.actor(county.clerk_a), county.today
        here = Grant(Role.BRANCH_SECRETARY, county.unit(VILLAGE), today)
        made = invite(username="moxinmiao", display_name="莫新苗", grant=here, actor=clerk, today=today)
        higher = Grant(Role.COUNTY_OFFICER, county.unit("001"), today)
        appoint(account=made.account, grant=higher, actor=county.actor(county.security), today=today)
        with pytest.raises(CodeSpent):
            accept_invitation(code=made.code, password="四月的稻田里有三只白鹭")
        with pytest.raises(Refused):
            renew_invitation(account=made.account, actor=clerk, today=today)
        again = renew_invitation(account=made.account, actor=county.actor(county.security), today=today)
        assert accept_invitation(code=again, password="四月的稻田里有三只白鹭") == made.account


def test_abuse_47_of_two_who_change_one_setting_the_later_sees_both(county: Cast) -> None:
    first, second = county.client(county.officer), county.client(county.officer)
    with undone():
        paper = str(CountyPaper.objects.get(number=PAPER).uid)
        since = (county.today + timedelta(days=1)).isoformat()
        sent = {"since": since, "paper": paper, "reason": "县委常委会决定", "shown": "0", "deed": "submit"}
        address = reverse("setting_change", args=[KEY])
        won = first.post(address, sent | {"value": "36", "once": str(uuid.uuid4())})
        lost = second.post(address, sent | {"value": "38", "once": str(uuid.uuid4())})
        looked = second.post(address, sent | {"value": "38", "deed": "preview"})
        text = lost.content.decode()
        assert (won.status_code, lost.status_code, looked.status_code) == (302, 409, 409)
        assert ("36" in text, "38" in text) == (True, True)
        assert list(Setting.objects.alive().filter(key=KEY).values_list("value", flat=True)) == ["36"]


def test_abuse_34_one_form_sent_twice_is_one_act_whatever_it_says_the_second_time(county: Cast) -> None:
    mark = str(uuid.uuid4())
    fields = {"display_name": "莫新苗", "unit": VILLAGE, "since": county.today.isoformat(), "once": mark}
    with undone():
        before = Entry.objects.count()
        for name in ("moxinmiao", "moxinmiao", "another"):
            county.client(county.clerk_a).post(
                reverse("invite") + "?role=branch_secretary", fields | {"username": name}
            )
        assert (Entry.objects.count() - before, Account.objects.filter(username="another").count()) == (1, 0)


def test_abuse_37_a_file_sent_to_a_page_that_takes_none_is_not_even_kept(county: Cast, tmp_path, settings) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    big = io.BytesIO(b"x" * 4_000_000)
    big.name = "a.bin"
    for who, name in ((None, "login"), (county.clerk_a, "own_password"), (county.officer, "export")):
        big.seek(0)
        with undone():
            answer = county.client(who, raise_request_exception=False).post(reverse(name), {"file": big})
        assert (name, answer.status_code, list(tmp_path.iterdir())) == (name, 413, [])


def test_abuse_37_of_several_files_in_one_form_none_is_taken(county: Cast) -> None:
    files = [io.BytesIO(b"PK") for _ in range(3)]
    for file in files:
        file.name = "a.xlsx"
    with undone():
        answer = county.client(county.officer, raise_request_exception=False).post("/import/", {"file": files})
    assert answer.status_code == 413


def test_abuse_03_an_appointment_of_another_township_is_no_end_of_ones_own(county: Cast) -> None:
    with undone():
        before = rows()
        for row in Appointment.objects.alive():
            given = {"uid": county.secretary_a.uid, "appointment": row.pk}
            if row.account_id != county.secretary_a.pk:
                answer = county.client(county.clerk_a).post(
                    reverse("end_appointment", kwargs=given), {"until": county.today.isoformat()}
                )
                assert answer.status_code == 404
        assert (rows() == before, FAR_VILLAGE in county.tree.by_code) == (True, True)
