"""The people of the demo county: persons with a valid identity number, a fitting name, schooling and occupation.

It must not know what a person is to the Party. Nobody is real: no area has the prefix 998 or 999, no telephone 123.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from yumiao.desk.demo.days import DEMO_DAY, age_on
from yumiao.desk.demo.names import person_name
from yumiao.desk.demo.tree import Branch

EDUCATION: Final = ("小学及以下", "初中", "高中", "中专", "大专", "本科", "研究生")
# By birth year: the first row whose year is not reached applies.
SCHOOLING: Final = (
    (1955, (55, 34, 8, 2, 1, 0, 0)),
    (1970, (24, 50, 16, 5, 4, 1, 0)),
    (1985, (7, 41, 20, 11, 14, 7, 0)),
    (9999, (1, 17, 14, 12, 31, 24, 1)),
)
OFFICE_SCHOOLING: Final = (0, 2, 6, 9, 36, 44, 3)

OCCUPATIONS: Final = {
    "村党支部": {"农牧渔民": 45, "外出务工经商人员": 27, "村（社区）干部": 13, "个体工商户": 9, "退役军人": 6},
    "社区党支部": {"个体工商户": 30, "村（社区）干部": 22, "外出务工经商人员": 20, "退役军人": 10, "其他": 18},
    "机关党支部": {"乡镇机关干部": 95, "退役军人": 3, "其他": 2},
    "学校党支部": {"教师": 97, "其他": 3},
    "医院党支部": {"医务人员": 97, "其他": 3},
    "企业党支部": {"个体工商户": 40, "外出务工经商人员": 30, "退役军人": 8, "其他": 22},
}
OLD_OCCUPATIONS: Final = {"村党支部": {"农牧渔民": 84, "离退休人员": 8, "退役军人": 6, "村（社区）干部": 2}}
RETIRED: Final = {"离退休人员": 1}

ETHNICITIES: Final = ("汉族", "瑶族", "彝族", "苗族", "壮族")
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS: Final = "10X98765432"
# Serial numbers of a day begin at one of this many places, which leaves room for 99 births of each sex in an area.
SERIALS_FROM: Final = 400


@dataclass(frozen=True, slots=True)
class Person:
    """What all sheets say of somebody."""

    number: str
    name: str
    woman: bool
    ethnicity: str
    born_on: date
    education: str
    occupation: str
    phone: str | None

    def cells(self, branch: str) -> list[object]:
        """The columns that all sheets of people begin with; `branch` is the code of the branch the person stands in."""
        sex = "女" if self.woman else "男"
        facts = [self.ethnicity, self.born_on, self.education, self.occupation]
        return [self.number, self.name, sex, *facts, branch, self.phone]


def check_character(body: str) -> str:
    """The eighteenth character for the first seventeen digits of an identity number (GB 11643-1999)."""
    return CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


class Register:
    """Enters new people; no identity number is given out twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._born: Counter[tuple[str, date, bool]] = Counter()

    def enter(self, branch: Branch, born_on: date, *, woman_in_100: int = 28) -> Person:
        """Somebody born on that day who lives or works where `branch` is."""
        rng = self._rng
        woman = rng.randrange(100) < woman_in_100
        ethnicity = branch.people if rng.random() < 0.78 else rng.choice(ETHNICITIES)
        return Person(
            number=self._number(branch.area, born_on, woman=woman),
            name=person_name(woman=woman, ethnicity=ethnicity, birth_year=born_on.year, rng=rng),
            woman=woman,
            ethnicity=ethnicity,
            born_on=born_on,
            education=self._education(branch, born_on),
            occupation=self._occupation(branch, born_on),
            phone=f"123{rng.randrange(10**8):08d}" if born_on.year > 1940 else None,
        )

    def _number(self, area: str, born_on: date, *, woman: bool) -> str:
        self._born[area, born_on, woman] += 1
        place = self._born[area, born_on, woman] + born_on.toordinal() * 37 % SERIALS_FROM
        serial = 2 * place - (0 if woman else 1)
        body = f"{area}{born_on:%Y%m%d}{serial:03d}"
        return body + check_character(body)

    def _education(self, branch: Branch, born_on: date) -> str:
        if branch.village is None and born_on.year >= 1960:
            weights = OFFICE_SCHOOLING
        else:
            weights = next(weights for year, weights in SCHOOLING if born_on.year < year)
        return self._rng.choices(EDUCATION, weights)[0]

    def _occupation(self, branch: Branch, born_on: date) -> str:
        old = age_on(born_on, DEMO_DAY) >= 60
        chances = OLD_OCCUPATIONS.get(branch.kind, RETIRED) if old else OCCUPATIONS[branch.kind]
        return self._rng.choices(tuple(chances), tuple(chances.values()))[0]
