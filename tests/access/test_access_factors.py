"""One-time codes and recovery codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.access.doors import code_at, enrolled

pytestmark = pytest.mark.db
NOW = datetime(2026, 11, 25, 9, 0, 15, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.fixture
def clerk():
    from yumiao.access.models import Account

    return Account.objects.create(username="wei-xiaohe", display_name="韦小禾", password="!")


def test_codes_are_those_of_rfc_6238():
    import base64

    from yumiao.access.factors import _totp

    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [_totp(secret).generate(at).decode() for at in (59, 1111111109, 20000000000)] == [
        "287082",
        "081804",
        "353130",
    ]


def test_nothing_counts_before_the_first_code_was_given(clerk):
    from yumiao.access import factors

    factors.begin(clerk)
    secret = factors.unconfirmed_secret(clerk)
    assert not factors.is_enrolled(clerk)
    with pytest.raises(factors.WrongCode):
        factors.verify(clerk, code_at(secret, NOW), now=NOW)


def test_the_first_code_enrols_and_gives_ten_recovery_codes(clerk):
    from yumiao.access import factors

    factors.begin(clerk)
    codes = factors.confirm(clerk, code_at(factors.unconfirmed_secret(clerk), NOW), now=NOW)
    assert (factors.is_enrolled(clerk), len(set(codes)), factors.recovery_codes_left(clerk)) == (True, 10, 10)
    assert factors.unconfirmed_secret(clerk) is None


def test_a_new_sign_in_before_enrolment_voids_the_secret_shown_before(clerk):
    from yumiao.access import factors

    factors.begin(clerk)
    before = factors.unconfirmed_secret(clerk)
    factors.begin(clerk)
    assert factors.unconfirmed_secret(clerk) != before


def test_a_confirmed_secret_is_not_replaced(clerk):
    from yumiao.access import factors
    from yumiao.access.models import SecondFactor

    enrolled(clerk, NOW)
    kept = bytes(SecondFactor.objects.get().cell)
    factors.begin(clerk)
    assert bytes(SecondFactor.objects.get().cell) == kept


@pytest.mark.parametrize("steps, is_taken", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(clerk, steps, is_taken):
    from yumiao.access import factors

    secret, later = enrolled(clerk, NOW), NOW + 10 * STEP
    try:
        factors.verify(clerk, code_at(secret, later + steps * STEP), now=later)
        taken = True
    except factors.WrongCode:
        taken = False
    assert taken == is_taken


def test_the_code_that_enrolled_cannot_sign_in(clerk):
    from yumiao.access import factors

    secret = enrolled(clerk, NOW)
    with pytest.raises(factors.WrongCode):
        factors.verify(clerk, code_at(secret, NOW), now=NOW)


def test_an_older_code_is_refused_after_a_newer_one(clerk):
    from yumiao.access import factors

    secret, later = enrolled(clerk, NOW), NOW + 10 * STEP
    factors.verify(clerk, code_at(secret, later + STEP), now=later)
    with pytest.raises(factors.WrongCode):
        factors.verify(clerk, code_at(secret, later), now=later)


@pytest.mark.parametrize("typed", ["{0}{1}", " {0} {1} ", "wide"])
def test_a_code_is_known_with_spaces_and_in_wide_digits(clerk, typed):
    from yumiao.access import factors

    secret, later = enrolled(clerk, NOW), NOW + 10 * STEP
    code = code_at(secret, later)
    wide = code.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789"})
    factors.verify(clerk, wide if typed == "wide" else typed.format(code[:3], code[3:]), now=later)
    with pytest.raises(factors.WrongCode):
        factors.verify(clerk, code, now=later)


def test_a_recovery_code_counts_once_whatever_its_case_and_dashes(clerk):
    from yumiao.access import factors

    enrolled(clerk, NOW)
    code = factors.renew_recovery_codes(clerk)[0]
    factors.verify(clerk, f" {code.lower().replace('-', ' ')} ", now=NOW)
    assert factors.recovery_codes_left(clerk) == 9
    with pytest.raises(factors.WrongCode):
        factors.verify(clerk, code, now=NOW)


def test_renewing_voids_the_earlier_recovery_codes(clerk):
    from yumiao.access import factors

    enrolled(clerk, NOW)
    before = factors.renew_recovery_codes(clerk)[0]
    factors.renew_recovery_codes(clerk)
    with pytest.raises(factors.WrongCode):
        factors.verify(clerk, before, now=NOW)


def test_neither_secret_nor_recovery_code_lies_open_in_the_database(clerk):
    from yumiao.access import factors
    from yumiao.access.models import RecoveryCode, SecondFactor

    secret = enrolled(clerk, NOW)
    code = factors.renew_recovery_codes(clerk)[0]
    kept = b"".join(bytes(one) for one in RecoveryCode.objects.values_list("keyed", flat=True))
    assert secret.encode() not in bytes(SecondFactor.objects.get().cell)
    assert code.replace("-", "").encode() not in kept


def test_a_secret_moved_to_another_account_does_not_open(clerk):
    from yumiao.access import factors
    from yumiao.access.models import Account, SecondFactor
    from yumiao.vault.cells import Unsealable

    enrolled(clerk, NOW)
    other = Account.objects.create(username="lu-yuanfan", display_name="陆远帆", password="!")
    SecondFactor.objects.update(account=other)
    with pytest.raises(Unsealable):
        factors.verify(other, "000000", now=NOW)


def test_the_picture_names_the_account_and_the_issuer(clerk):
    from yumiao.access import factors

    address = factors.address(clerk, "A" * 32)
    assert address == (
        "otpauth://totp/%E8%82%B2%E8%8B%97:wei-xiaohe?digits=6&secret="
        + "A" * 32
        + "&algorithm=SHA1&issuer=%E8%82%B2%E8%8B%97&period=30"
    )
