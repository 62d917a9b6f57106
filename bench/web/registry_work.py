"""`python -m bench.web.registry_work`: what finding people and doubles costs over the county there is.

Prints processor seconds as JSON; of several words the one that takes longest counts.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date

RUNS = 7
WORDS = {
    "name": ("王伟", "李秀英", "张建国"),
    "pinyin": ("wangwei", "lixiuying", "zhangjianguo"),
    "initials": ("wjg", "lxy", "zwh"),
    "surname": ("王", "wang", "吕", "zeng"),
    "letter": ("w", "l", "e"),
}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()
    from yumiao.people.candidates import doubles, everybody
    from yumiao.people.models import Person

    found = {name: max(_usual_cost(_search(word)) for word in words) for name, words in WORDS.items()}
    found["doubles"] = _cost(lambda: doubles(everybody()))
    print(json.dumps(found | {"people": Person.objects.count()}))


def _usual_cost(work: Callable[[], object]) -> float:
    return statistics.median(_cost(work) for _run in range(RUNS))


def _cost(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _search(word: str) -> Callable[[], Sequence[object]]:
    """A page of the list and its number, over the whole county, as a search asks for them."""
    from yumiao.bylaws.queries import settings_on
    from yumiao.desk.people import listing
    from yumiao.desk.people.conditions import conditions
    from yumiao.desk.people.filters import Filter
    from yumiao.kernel.scope import Scope
    from yumiao.units.queries import standing

    day, tree = date(2026, 11, 22), standing()
    assert tree.root is not None
    scope, settings = Scope((tree.root.subtree,), day), settings_on(day)

    def found() -> Sequence[object]:
        asked = conditions(Filter(q=word), scope, settings)
        return listing.page(asked), listing.number_of(asked, most=listing.MOST_FOUND)

    return found


if __name__ == "__main__":
    main()
