"""One-time codes: said once, used once, for a week; and what a reset takes away, and when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.cast import PASSWORD, VILLAGE, Cast, cast
from yumiao.access import limiter
from yumiao.access.accounts import Invited, invite, renew_invitation, reset_login, restore, suspend
from yumiao.access.appointments import Grant
from yumiao.access.invitations import ALPHABET, CodeSpent, accept_invitation, invited
from yumiao.access.models import Account, Invitation, LoginSession, RecoveryCode, SecondFactor
from yumiao.access.permissions import Role
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused

pytestmark = pytest.mark.db
__all__ = ["cast"]


@pytest.fixture
def new(cast: Cast) -> Invited:
    """A secretary whom clerk A has just invited."""
    return invite(
        username="moxinmiao",
        display_name="莫新苗",
        grant=Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today),
        actor=cast.actor(cast.clerk_a),
        today=cast.today,
    )


def opened(account: Account) -> Account:
    account.refresh_from_db()
    return account


def with_factor(account: Account) -> None:
    """As somebody who has signed in with a second factor and holds a recovery code."""
    SecondFactor.objects.create(account=account, cell=b"sealed", key_version=1)
    RecoveryCode.objects.create(account=account, keyed=b"k" * 32)


def means_left(account: Account) -> list[int]:
    return [model.objects.filter(account=account).count() for model in (LoginSession, SecondFactor, RecoveryCode)]


def test_a_code_has_ten_letters_or_digits_that_look_like_nothing_else(new: Invited) -> None:
    assert re.fullmatch(f"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", new.code)
    assert set("ILO01") & set(ALPHABET) == set()


def test_the_code_itself_is_kept_nowhere(new: Invited) -> None:
    code = new.code.replace("-", "")
    entry = Entry.objects.latest("seq")
    row = Invitation.objects.get(account=new.account)
    assert (code in entry.data, code.encode() in bytes(row.keyed), len(bytes(row.keyed))) == (False, False, 32)


def test_an_invitation_is_one_entry_with_account_and_post(cast: Cast, new: Invited) -> None:
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor, entry.subject) == ("account_invited", cast.clerk_a.uid, new.account.uid)
    assert ("莫新苗" in entry.data, VILLAGE in entry.data) == (False, True)


def test_a_refused_invitation_leaves_no_account_and_no_entry(cast: Cast) -> None:
    before = (Account.objects.count(), Entry.objects.count(), Invitation.objects.count())
    with pytest.raises(Refused) as refused:
        invite(
            username="Clerk_A",
            display_name="莫新苗",
            grant=Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today),
            actor=cast.actor(cast.clerk_a),
            today=cast.today,
        )
    assert [one.rule for one in refused.value.objections] == ["ACC-09"]
    assert (Account.objects.count(), Entry.objects.count(), Invitation.objects.count()) == before


def _wide(code: str) -> str:
    """As an input method gives it that is set to full width."""
    return "".join(chr(ord(one) + 0xFEE0) for one in code)


@pytest.mark.parametrize("spelled", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} ", _wide])
def test_a_code_is_known_however_it_is_typed(new: Invited, spelled) -> None:
    assert invited(spelled(new.code)).account == new.account


def test_a_code_sets_the_password_once(new: Invited) -> None:
    accept_invitation(code=new.code, password=PASSWORD)
    assert opened(new.account).check_password(PASSWORD)
    with pytest.raises(CodeSpent):
        accept_invitation(code=new.code, password=PASSWORD + "!")
    assert Entry.objects.latest("seq").verb == "invitation_accepted"


@pytest.mark.parametrize("late, is_spent", [(timedelta(minutes=-1), False), (timedelta(seconds=1), True)])
def test_a_code_lasts_seven_days(new: Invited, late: timedelta, is_spent: bool) -> None:
    row = Invitation.objects.get(account=new.account)
    assert abs(row.expires_at - row.made_at - timedelta(days=7)) < timedelta(seconds=1)
    Invitation.objects.filter(pk=row.pk).update(expires_at=datetime.now(UTC) - late)
    try:
        invited(new.code)
        assert not is_spent
    except CodeSpent:
        assert is_spent


def test_a_new_code_ends_the_one_before(cast: Cast, new: Invited) -> None:
    again = renew_invitation(account=new.account, actor=cast.actor(cast.clerk_a), today=cast.today)
    with pytest.raises(CodeSpent):
        invited(new.code)
    assert invited(again).account == new.account


def test_a_code_is_renewed_only_by_who_may_appoint_there(cast: Cast, new: Invited) -> None:
    with pytest.raises(Refused):
        renew_invitation(account=new.account, actor=cast.actor(cast.clerk_b), today=cast.today)
    assert invited(new.code).account == new.account


def test_after_a_reset_password_and_factor_count_until_the_code_is_used(cast: Cast, new: Invited) -> None:
    accept_invitation(code=new.code, password=PASSWORD)
    with_factor(new.account)
    code = reset_login(account=opened(new.account), reason="手机丢失", actor=cast.actor(cast.system))
    assert (opened(new.account).check_password(PASSWORD), means_left(new.account)) == (True, [0, 1, 1])
    cast.client(new.account)
    accept_invitation(code=code, password="青石溪畔又一年")
    assert (opened(new.account).check_password(PASSWORD), means_left(new.account)) == (False, [0, 0, 0])


def test_a_reset_of_a_suspended_account_ends_password_and_factor_at_once(cast: Cast, new: Invited) -> None:
    accept_invitation(code=new.code, password=PASSWORD)
    with_factor(new.account)
    suspend(account=opened(new.account), reason="离岗", actor=cast.actor(cast.system))
    code = reset_login(account=opened(new.account), reason="离岗", actor=cast.actor(cast.system))
    assert (opened(new.account).has_usable_password(), means_left(new.account)) == (False, [0, 0, 0])
    with pytest.raises(CodeSpent):
        invited(code)
    restore(account=opened(new.account), reason="返岗", actor=cast.actor(cast.system))
    assert (invited(code).account, invited(code).kind) == (new.account, "reset")


def test_a_reset_of_a_suspended_account_says_reset_code_and_when_it_can_be_used(cast: Cast, new: Invited) -> None:
    accept_invitation(code=new.code, password=PASSWORD)
    suspend(account=opened(new.account), reason="离岗", actor=cast.actor(cast.system))
    address, system = {"uid": new.account.uid}, cast.client(cast.system)
    text = system.post(reverse("reset_login", kwargs=address), {"reason": "离岗"}).content.decode()
    assert ("<h1>重置码：" in text, "启用账号之后才能使用" in text) == (True, True)
    again = system.post(reverse("reset_login", kwargs=address), {"reason": "没有记下"}).content.decode()
    assert "<h1>重置码：" in again
    shown = system.get(reverse("account", kwargs=address)).content.decode()
    assert "<dt>重置码</dt>" in shown


def page(cast: Cast, **sent: str):
    return cast.client(None).post(reverse("invitation"), sent)


def test_the_page_says_a_name_only_after_the_right_code(cast: Cast, new: Invited) -> None:
    wrong, right = (page(cast, code=code).content.decode() for code in ("ABCDE-ABCDE", new.code))
    assert ("莫新苗" in wrong, "莫新苗" in right) == (False, True)


def test_a_weak_password_is_refused_and_the_code_still_counts(cast: Cast, new: Invited) -> None:
    answer = page(cast, code=new.code, password="moxinmiao1", again="moxinmiao1")
    assert (answer.status_code, opened(new.account).has_usable_password()) == (200, False)
    assert invited(new.code).account == new.account


def test_the_page_leads_on_to_the_login(cast: Cast, new: Invited) -> None:
    answer = page(cast, code=new.code, password=PASSWORD, again=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("login"))
    assert opened(new.account).check_password(PASSWORD)


def test_codes_are_not_guessed_at_will(cast: Cast, new: Invited) -> None:
    answers = [page(cast, code="ABCDE-ABCDE").status_code for _ in range(limiter.INVITATION.most + 1)]
    assert answers == [200] * limiter.INVITATION.most + [429]
    assert page(cast, code=new.code).status_code == 429
