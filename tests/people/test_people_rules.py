"""What a person's own facts must satisfy, on the edge: numbers, age at admission, confirmation, days to come."""

from datetime import date

import pytest

from yumiao.kernel.identity import check_digit, parse
from yumiao.kernel.objections import Severity
from yumiao.people.rules import Declared, future_objections, membership_objections, number_objections

FIRST = "99800119800506001"
NUMBER = parse(FIRST + check_digit(FIRST))
BORN = date(1980, 5, 6)
TODAY = date(2026, 11, 20)


def said(objections):
    return [(field, objection.rule, objection.severity) for field, objection in objections]


def of_membership(**changed):
    plain = {"born_on": BORN, "is_full": True, "membership_on": date(2015, 7, 1), "confirmed_on": date(2016, 7, 1)}
    return said(membership_objections(**plain | changed))


def test_values_that_agree_with_the_number_are_no_difference():
    declared = Declared(NUMBER, "m", BORN)
    assert declared.differences() == []
    assert declared.agreements() == ["sex", "born_on"]
    assert said(number_objections(declared)) == []


def test_what_is_not_declared_neither_agrees_nor_differs():
    declared = Declared(NUMBER, None, None)
    assert (declared.differences(), declared.agreements()) == ([], [])
    assert (declared.effective_sex, declared.effective_birth) == ("m", BORN)


def test_a_difference_blocks_without_and_warns_with_an_explanation():
    differing = date(1980, 5, 7)
    assert Declared(NUMBER, "f", differing).differences() == [("sex", "m"), ("born_on", "1980-05-06")]
    assert said(number_objections(Declared(NUMBER, "f", differing))) == [
        ("sex", "IDN-04", Severity.BLOCK),
        ("born_on", "IDN-04", Severity.BLOCK),
    ]
    assert said(number_objections(Declared(NUMBER, "f", differing, "以档案为准"))) == [
        ("sex", "IDN-04", Severity.WARN),
        ("born_on", "IDN-04", Severity.WARN),
    ]


def test_today_is_not_in_the_future_and_tomorrow_is():
    days = {"membership_on": TODAY, "confirmed_on": date(2026, 11, 21), "born_on": None}
    assert said(future_objections(TODAY, **days)) == [("confirmed_on", "DEV-21", Severity.BLOCK)]


@pytest.mark.parametrize(
    ("joined", "expected"),
    [(date(1998, 5, 5), [("membership_on", "DEV-01", Severity.BLOCK)]), (date(1998, 5, 6), [])],
)
def test_an_admission_is_possible_from_the_eighteenth_birthday(joined, expected):
    assert of_membership(membership_on=joined, confirmed_on=date(2000, 1, 1)) == expected


@pytest.mark.parametrize(
    ("confirmed", "expected"),
    [
        (date(2015, 6, 30), [("confirmed_on", "MEM-04", Severity.BLOCK)]),
        (date(2015, 7, 1), [("confirmed_on", "MEM-03", Severity.WARN)]),
        (date(2016, 6, 30), [("confirmed_on", "MEM-03", Severity.WARN)]),
        (date(2016, 7, 1), []),
    ],
)
def test_a_confirmation_comes_a_year_after_admission(confirmed, expected):
    assert of_membership(confirmed_on=confirmed) == expected


def test_category_and_confirmation_that_do_not_fit_are_a_warning():
    assert of_membership(confirmed_on=None) == [("confirmed_on", "MEM-10", Severity.WARN)]
    assert of_membership(is_full=False) == [("confirmed_on", "MEM-10", Severity.WARN)]
    assert of_membership(is_full=False, confirmed_on=None) == []


def test_what_is_not_known_is_not_judged():
    assert of_membership(born_on=None, membership_on=date(1990, 1, 1)) == []
    assert of_membership(is_full=None, confirmed_on=None) == []
