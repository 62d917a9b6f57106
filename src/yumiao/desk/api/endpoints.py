"""Everything the API offers, in the order in which it is described."""

from typing import Final

from yumiao.api.endpoints import Endpoint
from yumiao.desk.casebook.api import API_STEPS
from yumiao.desk.dossier.api import API_CASE, API_CASES
from yumiao.desk.evidence.api import API_CASE_PAPERS
from yumiao.desk.file_audits.api import API_FILE_AUDITS
from yumiao.desk.gates.api import API_GATES
from yumiao.desk.inquiries.api import API_INQUIRIES
from yumiao.desk.joint.api import API_JOINT_REVIEWS
from yumiao.desk.meetings.api import API_MEETINGS
from yumiao.desk.membership.api import API_CHANGES, API_MEMBERSHIP
from yumiao.desk.packages.api import API_HANDOVERS
from yumiao.desk.people.api import PEOPLE, PERSON
from yumiao.desk.posts.api import API_POSTS, API_TERMS
from yumiao.desk.publicity.api import API_NOTICES
from yumiao.desk.rectification.api import API_FINDINGS, API_ORDERS
from yumiao.desk.reforms.api import API_REFORMS, API_SUCCESSIONS
from yumiao.desk.reviews.api import API_REVIEWS
from yumiao.desk.statistics.api import STATISTICS
from yumiao.desk.stays.api import API_STAYS
from yumiao.desk.transfers.api import API_TRANSFERS
from yumiao.desk.units.api import UNIT, UNITS
from yumiao.ledger.api import LEDGER, LINES, LIST_OF, LISTS_KEPT

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    UNITS,
    UNIT,
    API_REFORMS,
    API_SUCCESSIONS,
    API_TERMS,
    API_POSTS,
    PEOPLE,
    PERSON,
    API_MEMBERSHIP,
    API_CHANGES,
    API_TRANSFERS,
    API_STAYS,
    API_MEETINGS,
    API_CASES,
    API_CASE,
    API_CASE_PAPERS,
    API_INQUIRIES,
    API_JOINT_REVIEWS,
    API_REVIEWS,
    API_NOTICES,
    API_FINDINGS,
    API_ORDERS,
    API_HANDOVERS,
    API_GATES,
    API_FILE_AUDITS,
    API_STEPS,
    LINES,
    LEDGER,
    LISTS_KEPT,
    LIST_OF,
    STATISTICS,
)
