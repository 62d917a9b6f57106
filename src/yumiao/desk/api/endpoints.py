"""Everything the API offers, in the order in which it is described."""

from typing import Final

from yumiao.api.endpoints import Endpoint
from yumiao.desk.people.api import PEOPLE, PERSON
from yumiao.desk.statistics.api import STATISTICS
from yumiao.desk.units.api import UNIT, UNITS
from yumiao.ledger.api import LEDGER, LINES, LIST_OF, LISTS_KEPT

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    UNITS,
    UNIT,
    PEOPLE,
    PERSON,
    LINES,
    LEDGER,
    LISTS_KEPT,
    LIST_OF,
    STATISTICS,
)
