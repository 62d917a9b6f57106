"""Pages of the rule book."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.bylaws.queries import settings_on, value_in_words
from yumiao.desk.bylaws.prints import Floor, rules_pdf
from yumiao.desk.bylaws.words import (
    CONFIDENCES,
    FLOOR_TITLES,
    SEVERITIES,
    Word,
    examples_of,
    in_force,
)
from yumiao.desk.rulebook import FLOORS, RULEBOOK, settings_of
from yumiao.journal.chain import short_code
from yumiao.kernel.objections import OutOfScope, Severity
from yumiao.kernel.periods import on_paper
from yumiao.press.answers import pdf
from yumiao.rulebook import Confidence, Rule
from yumiao.ui.addresses import reverse
from yumiao.ui.paging import query_with

LONGEST_QUERY = 60
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rules are asked for; what no rule could be asked for by is left out."""

    text: str
    severity: Severity | None
    confidence: Confidence | None

    @classmethod
    def of(cls, get: QueryDict) -> Self:
        return cls(
            get.get("q", "").strip()[:LONGEST_QUERY],
            _member(Severity, get.get("severity", "")),
            _member(Confidence, get.get("confidence", "")),
        )

    def fits(self, rule: Rule) -> bool:
        written = f"{rule.id} {rule.title} {rule.text} {rule.citation}".casefold()
        return (
            self.text.casefold() in written
            and self.severity in (None, rule.severity)
            and self.confidence in (None, rule.confidence)
        )

    def chips(self, get: QueryDict) -> list[tuple[Word, str]]:
        """Each condition in words with the address that takes it off."""
        said = {
            "q": self.text,
            "severity": SEVERITIES[self.severity] if self.severity else "",
            "confidence": CONFIDENCES[self.confidence] if self.confidence else "",
        }
        return [(word, query_with(get, **{name: None})) for name, word in said.items() if word]


def _member(kind: type[E], text: str) -> E | None:
    return kind(text) if text in list(kind) else None


def _floors(asked: Asked) -> list[Floor]:
    """The floors with the rules asked for, those without one left out."""
    found = ((name, FLOOR_TITLES[name], [one for one in rules if asked.fits(one)]) for name, rules in FLOORS.items())
    return [floor for floor in found if floor[2]]


@door(Permission.BYLAW_READ)
def rules(request: Request) -> HttpResponse:
    """Every rule of the house by floor, or those asked for."""
    asked = Asked.of(request.GET)
    floors = _floors(asked)
    values = {
        "asked": asked,
        "chips": asked.chips(request.GET),
        "print_url": f"{reverse('rules_pdf')}?{request.GET.urlencode()}",
        "floors": floors,
        "count": sum(len(found) for _name, _title, found in floors),
        "severities": SEVERITIES,
        "confidences": CONFIDENCES,
    }
    return render(request, "desk/bylaws/rules.html", values)


@door(Permission.BYLAW_READ)
def rules_on_paper(request: Request) -> HttpResponse:
    """The rules asked for, to print."""
    root = request.reader.tree.root
    unit, code = root.name if root else "", _("全程纪实 {code}").format(code=short_code(request.reader.head.hash))
    floors = _floors(Asked.of(request.GET))
    name = _("规则手册（{day}）.pdf").format(day=on_paper(request.today))
    return pdf(request, name, lambda: rules_pdf(floors, unit=unit, day=request.today, code=code))


@door(Permission.BYLAW_READ)
def rule(request: Request, rule_id: str) -> HttpResponse:
    """One rule with its examples and the settings that feed it."""
    try:
        found = RULEBOOK.by_id(rule_id)
    except KeyError:
        raise OutOfScope(rule_id) from None
    keys = settings_of(found)
    standing = settings_on(request.today) if keys else None
    values = {
        "rule": found,
        "severity": SEVERITIES[found.severity],
        "confidence": CONFIDENCES[found.confidence],
        "in_force": in_force(found.since, found.until),
        "examples": examples_of(found),
        "settings": [
            (key, value_in_words(key.name, standing.texts.get(key.name, key.default)), key.name in standing.texts)
            for key in keys
            if standing
        ],
    }
    return render(request, "desk/bylaws/rule.html", values)
