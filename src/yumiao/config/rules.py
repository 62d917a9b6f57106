"""The rulebook of the whole house, in the order of its floors. No Django here: the pages about rules are generated from it."""

from yumiao.admission import rules as admission
from yumiao.bylaws import rules as bylaws
from yumiao.desk.workbook import rules as workbook
from yumiao.ledger import rules as ledger
from yumiao.people import rules as people
from yumiao.rulebook import Rulebook
from yumiao.talent import rules as talent
from yumiao.units import rules as units

RULEBOOK = Rulebook(
    (
        *units.RULES,
        *people.RULES,
        *admission.RULES,
        *talent.RULES,
        *ledger.RULES,
        *bylaws.RULES,
        *workbook.RULES,
    )
)
