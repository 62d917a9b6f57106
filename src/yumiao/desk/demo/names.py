"""Names of the demo county: places as in southern hills, people of five nationalities in three generations.

It must not know where a name is used.
"""

from random import Random
from typing import Final

COUNTY: Final = "青岚"
ZONES: Final = ("城关", "东岭", "西溪", "南河", "北山", "云顶", "青江", "石门", "花垌")
STREETS: Final = ("东门", "西门", "南门", "北门", "文昌", "新城", "迎春", "河滨", "学府", "朝阳", "和平", "桥头")

_PLACE_FIRST: Final = "青白石云龙金竹双新松梅茶桃柳清枫桂银玉凤虎鹤雁莲荷杉樟榕大长高平上下东西南北红黄花麻沙铁盘古鹿鹅"
_PLACE_SECOND: Final = "溪岭塘桥源湾坪冲坝寨坳田洞江泉潭洲谷坡井岩滩"
_PLACE_THIRD: Final = "头口边背尾坊庄屋园角"

_SURNAMES: Final = {
    "汉族": "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓"
    "许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金单查仇解",
    "瑶族": "盘盘盘赵赵邓邓冯奉奉蒲雷李黄郑周胡唐沈包",
    "壮族": "韦韦韦覃覃黄黄农莫蓝陆梁罗卢闭岑",
    "苗族": "龙龙石石吴吴麻廖杨欧滕向潘陶熊",
    "彝族": "李罗杨安禄普龙毕王阿",
}
_TWO_CHARACTER_SURNAMES: Final = ("欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟")
_YI_CLANS: Final = ("阿侯", "吉克", "沙马", "的日", "阿尔", "海来", "勒伍", "吉木", "曲比", "马海", "俄木", "瓦扎")
_YI_GIVEN: Final = {
    True: ("阿依", "阿呷", "伍呷", "史洛", "拉则木", "依果", "乌嘎", "日洛", "尔西", "古者莫"),
    False: ("木果", "尔古", "日哈", "史布", "拉铁", "木呷", "伍各", "阿木", "子哈", "约古"),
}
_YAO_GIVEN: Final = {True: ("阿兰", "妹莲", "三妹", "金凤"), False: ("法旺", "才坤", "古王", "进财")}

# By generation (born before 1960, before 1985, later) and whether a woman.
_FIRST_GIVEN: Final = {
    (0, True): "秀桂玉春淑凤兰菊素翠金月",
    (0, False): "德福国建志光文长仁昌永世",
    (1, True): "丽红艳燕海小晓春美雪冬敏",
    (1, False): "建志国永海文小卫少立新学",
    (2, True): "欣雨思梦佳雅梓若诗婉静晓",
    (2, False): "浩子俊宇文嘉泽天一梓思明",
}
_SECOND_GIVEN: Final = {
    (0, True): "英珍兰芝莲香娥华芳云梅姣",
    (0, False): "生发贵清才和义林茂胜保山",
    (1, True): "萍霞芳琴娟玲梅芬华艳珍丽",
    (1, False): "军华平强明林辉勇成斌东忠",
    (2, True): "怡涵彤萱婷妍雯琪瑶颖宁菲",
    (2, False): "然轩宇杰涛博航凯宸阳鑫源",
}
_RARE_GIVEN: Final = ("𠮷", "㛃", "喆", "䶮", "犇", "堃", "翀", "𬱖", "㮾", "昱𤩽")


class PlaceNames:
    """Deals out place names, none of them twice; names for so many townships are kept aside."""

    def __init__(self, townships: int, rng: Random) -> None:
        self._rng = rng
        self._short = [first + second for first in _PLACE_FIRST for second in _PLACE_SECOND]
        self._long = [short + third for short in self._short for third in _PLACE_THIRD]
        rng.shuffle(self._short)
        rng.shuffle(self._long)
        self._townships = [self._short.pop() for _ in range(townships)]
        self._streets = list(reversed(STREETS))

    def township(self) -> str:
        """A name of two characters."""
        return self._townships.pop()

    def village(self) -> str:
        """A name of two characters, or of three now and then."""
        return self._short.pop() if self._short and self._rng.random() < 0.7 else self._long.pop()

    def community(self) -> str:
        """The name of a street of the county town while there is one, then names like a village's."""
        return self._streets.pop() if self._streets else self.village()


def person_name(*, woman: bool, ethnicity: str, birth_year: int, rng: Random) -> str:
    """A name that fits the person's generation, sex and nationality."""
    chance = rng.random()
    if ethnicity == "彝族" and chance < 0.6:
        return f"{rng.choice(_YI_CLANS)}·{rng.choice(_YI_GIVEN[woman])}"
    if ethnicity == "瑶族" and chance < 0.02:
        return f"盘·{rng.choice(_YAO_GIVEN[woman])}"
    if ethnicity == "汉族" and chance < 0.015:
        surname = rng.choice(_TWO_CHARACTER_SURNAMES)
    else:
        surname = rng.choice(_SURNAMES[ethnicity])
    return surname + _given_name(woman=woman, birth_year=birth_year, rng=rng)


def _given_name(*, woman: bool, birth_year: int, rng: Random) -> str:
    generation = (birth_year >= 1960) + (birth_year >= 1985)
    chance = rng.random()
    if chance < 0.004:
        return rng.choice(_RARE_GIVEN)
    second = rng.choice(_SECOND_GIVEN[generation, woman])
    return second if chance < 0.16 else rng.choice(_FIRST_GIVEN[generation, woman]) + second
