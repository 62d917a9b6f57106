"""How many findings of a case are not yet put right. Must not know: orders' terms, who reads."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef

from yumiao.admission.models import CaseFinding
from yumiao.oversight.models import FindingRecord
from yumiao.oversight.queries import put_right


def open_findings_of(cases: Collection[int]) -> dict[int, int]:
    """By case how many of its findings stand and are not accepted as put right; cases without any are left out. One statement."""
    stands = FindingRecord.objects.alive().filter(finding=OuterRef("finding"))
    done = put_right().filter(finding=OuterRef("finding"))
    rows = CaseFinding.objects.filter(Exists(stands), ~Exists(done), case__in=list(cases))
    return dict(rows.values_list("case").annotate(count=Count("pk")))
