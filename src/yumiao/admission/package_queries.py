"""Packages that were made and archives that were handed over. Reads only; must not know who looks."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from yumiao.admission.history import LAST
from yumiao.admission.models import Case, Handover, Package, StepRecord
from yumiao.journal.facts import ALIVE


def packages_of(case: int) -> list[Package]:
    """The packages of a case, the last one first."""
    return list(Package.objects.filter(case=case).order_by("-pk"))


def handover_of(case: int) -> Handover | None:
    """The handing over that stands."""
    return Handover.objects.alive().filter(case=case).order_by("-pk").first()


def archived() -> QuerySet[Case]:
    """Cases whose last step is on record."""
    return Case.objects.filter(Exists(StepRecord.objects.alive().filter(case=OuterRef("pk"), step=LAST)))


def is_handed_over() -> Exists:
    """As a condition on cases."""
    return Exists(Handover.objects.filter(case=OuterRef("pk"), struck=ALIVE))
