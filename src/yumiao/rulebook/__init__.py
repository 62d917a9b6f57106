"""Rules as objects: text, article, dates in force and examples that run; `render` prints them as docs/rules.md.

Must not know: Django, the database, or what any single rule says; each app declares its own.
"""

from yumiao.rulebook.document import render
from yumiao.rulebook.rules import Confidence, Rule, Rulebook, examples_that_disagree

__all__ = ["Confidence", "Rule", "Rulebook", "examples_that_disagree", "render"]
