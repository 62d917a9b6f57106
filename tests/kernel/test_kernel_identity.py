import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yumiao.kernel.identity import (
    IdentityNumber,
    InvalidIdentity,
    check_digit,
    from_fifteen,
    mask_identity,
    mask_phone,
    mod_11_2,
    normalise,
    parse,
    scrub,
)


def numbered(place="999101", born="19900101", serial="001"):
    first17 = f"{place}{born}{serial}"
    return first17 + check_digit(first17)


def refusal(text, **options):
    with pytest.raises(InvalidIdentity) as caught:
        parse(text, **options)
    return caught.value


@pytest.mark.parametrize(
    ("first17", "check"),
    [
        ("43112919900101001", "7"),
        ("51343419851231003", "2"),
        ("51343419920315012", "1"),
        ("43112920080630101", "X"),
        ("43112920000229002", "8"),
        ("11010519491231002", "X"),
    ],
)
def test_the_check_digit_follows_from_the_first_seventeen(first17, check):
    assert check_digit(first17) == check
    assert parse(first17 + check).number == first17 + check


@pytest.mark.parametrize(("card", "check"), [("012034007", "8"), ("001001001", "9"), ("038289999", "8")])
def test_a_card_number_has_the_same_check_character(card, check):
    assert mod_11_2(card) == check


@pytest.mark.parametrize("digits", ["", "12a", "12 3", "１２"])
def test_the_check_character_is_of_digits_only(digits):
    with pytest.raises(ValueError, match="digits only"):
        mod_11_2(digits)


def test_a_check_digit_needs_seventeen_digits():
    with pytest.raises(ValueError, match="17 digits"):
        check_digit("9981011990010100")


@pytest.mark.parametrize(("serial", "is_woman"), [("001", False), ("002", True), ("999", False), ("000", True)])
def test_an_even_serial_is_a_woman(serial, is_woman):
    number = numbered(serial=serial)
    assert parse(number) == IdentityNumber(number, date(1990, 1, 1), is_woman)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" 998101 19900101 001x ", "99810119900101001X"),
        ("998101\u300019900101\u00a0001x\n", "99810119900101001X"),
        ("９９８１０１１９９００１０１００１ｘ", "99810119900101001X"),
        ("\ufeff998101\u200b1990", "9981011990"),
        ("998101-1990", "998101-1990"),
        ("998101－1990", "998101-1990"),
        ("", ""),
    ],
)
def test_spaces_small_x_and_full_width_characters_are_normalised(written, normal):
    assert normalise(written) == normal


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "rule", "reason"),
    [
        ("99910119900101001", "IDN-01", "公民身份号码应为18位，现为17位"),
        ("", "IDN-01", "公民身份号码应为18位，现为0位"),
        ("9991011990010100A1", "IDN-01", "公民身份号码前17位应为数字，最后一位应为数字或X"),
        ("9991011990010100X1", "IDN-01", "公民身份号码前17位应为数字，最后一位应为数字或X"),
        ("99910119900101٠٠١٢", "IDN-01", "公民身份号码前17位应为数字，最后一位应为数字或X"),
        ("998101199001010010", "IDN-01", "公民身份号码校验码不符，请逐位核对"),
        ("998101-19900101-0017", "IDN-07", "号码中有连字符，请去掉后重新填写"),
        ("998101–19900101–0017", "IDN-07", "号码中有连字符，请去掉后重新填写"),
        (numbered(born="20010229"), "IDN-04", "号码中的出生日期不存在"),
        (numbered(born="19901301"), "IDN-04", "号码中的出生日期不存在"),
        (numbered(born="00000101"), "IDN-04", "号码中的出生日期不存在"),
        (numbered(born="18991231"), "IDN-03", "号码中的出生年份早于1900年，本系统不支持"),
    ],
)
def test_a_refusal_names_its_rule_and_never_the_number(text, rule, reason):
    refused = refusal(text)
    assert (refused.rule, refused.reason, str(refused), refused.offered) == (rule, reason, reason, "")


def test_somebody_may_be_born_today_but_not_tomorrow():
    number = numbered(born="20260630")
    assert parse(number, today=date(2026, 6, 30)).born_on == date(2026, 6, 30)
    refused = refusal(number, today=date(2026, 6, 29))
    assert (refused.rule, refused.reason) == ("IDN-04", "号码中的出生日期晚于2026-06-29")


def test_the_year_1900_is_the_first():
    assert parse(numbered(born="19000101")).born_on == date(1900, 1, 1)


def test_a_fifteen_digit_number_is_refused_with_its_new_form_offered():
    refused = refusal("431129 670401 001")
    assert refused.rule == "IDN-03"
    assert refused.offered == "43112919670401001X"
    assert str(refused) == "15位旧号码不再受理，请填写18位号码（按旧号码推算为431129********001X，请核对）"


def test_a_fifteen_digit_number_with_an_impossible_date_offers_nothing():
    refused = refusal("998101670231001")
    assert (refused.rule, refused.offered) == ("IDN-04", "")


def test_only_fifteen_digits_grow_to_eighteen():
    assert from_fifteen("431129670401001") == "43112919670401001X"
    with pytest.raises(InvalidIdentity) as caught:
        from_fifteen("99810167040100")
    assert (caught.value.rule, str(caught.value)) == ("IDN-03", "旧号码应为15位数字")


def test_the_repr_of_a_number_does_not_show_it():
    number = numbered()
    assert number not in repr(parse(number))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 999))
def test_every_number_built_by_the_rule_is_read_back(born_on, serial):
    number = numbered(born=f"{born_on:%Y%m%d}", serial=f"{serial:03}")
    assert parse(number) == IdentityNumber(number, born_on, serial % 2 == 0)


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(position, shift):
    number = numbered()
    wrong = number[:position] + str((int(number[position]) + shift) % 10) + number[position + 1 :]
    assert refusal(wrong).rule in {"IDN-01", "IDN-03", "IDN-04"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("998101199001010017", "998101********0017"),
        ("９９８１０１１９９００１０１００１ｘ", "998101********001X"),
        ("998101670401001", "998101*****1001"),
        ("99810167040100", "**************"),
        ("", ""),
    ],
)
def test_an_identity_number_is_masked(text, masked):
    assert mask_identity(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [("12345678901", "123****8901"), ("123 4567 8901", "123****8901"), ("1234567890", "**********"), ("", "")],
)
def test_a_telephone_number_is_masked(text, masked):
    assert mask_phone(text) == masked


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("号码998101199001010017有误", "号码998101********0017有误"),
        ("号码99810119670401001x有误", "号码998101********001X有误"),
        ("号码９９８１０１１９９００１０１００１７。", "号码998101********0017。"),
        ("998101 19900101 0017", "998101********0017"),
        ("998101-1990-01-01-0017", "998101********0017"),
        ("998101　19900101—001 X", "998101********001X"),
        ("旧号998101670401001", "旧号998101*****1001"),
        ("电话123-4567-8901。", "电话123****8901。"),
        ("1234567890X", "123****890X"),
        ("12345678901 12345678902", "*" * 22),
        ("12345678901\n12345678902", "123****8901\n123****8902"),
        ("12345678901、12345678902", "123****8901、123****8902"),
        ("+86 12345678901", "+" + "*" * 13),
    ],
)
def test_what_could_be_a_number_is_masked_in_free_text(text, scrubbed):
    assert scrub(text) == scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第12行",
        "20240305",
        "2024-03-05",
        "2024/03/05",
        "2024年3月5日",
        "2024-03-05 2024-03-06",
        "20240305-20250305",
        "2024-3-5 - 2024-3-6",
        "2024-03-05 14:30:00",
        "001.007.012",
        "1234567890",
        "1:3、3/4、27.59%",
    ],
)
def test_dates_codes_and_short_numbers_stay_in_free_text(text):
    assert scrub(text) == text


@given(
    st.dates(date(1930, 1, 1), date(2015, 12, 31)),
    st.integers(0, 999),
    st.lists(st.sampled_from(["", "", " ", "-", "\u3000", " - "]), min_size=17, max_size=17),
    st.text(alphabet="号码，。（ab", max_size=5),
)
@example(date(1990, 1, 1), 1, [""] * 17, "")
@example(date(1990, 1, 7), 1, ["-"] * 17, "a")
def test_a_split_number_never_survives_scrubbing(born_on, serial, gaps, around):
    number = numbered(born=f"{born_on:%Y%m%d}", serial=f"{serial:03}")
    split = "".join(digit + gap for digit, gap in zip(number, [*gaps, ""], strict=True))
    assert scrub(f"{around}{split}{around}") == f"{around}{mask_identity(number)}{around}"


@given(st.text(alphabet="0123456789０９xX -\u3000\n年.", max_size=60))
def test_no_eleven_unbroken_digits_survive_scrubbing(text):
    assert re.search(r"[0-9０-９]{11}", scrub(text)) is None
