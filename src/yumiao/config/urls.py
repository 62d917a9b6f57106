"""Every address of the application: each room's own, one list; and the pages for what went wrong."""

from django.conf import settings
from django.urls import include, path

ROOMS = (
    "yumiao.desk.home",
    "yumiao.desk.people",
    "yumiao.desk.membership",
    "yumiao.desk.transfers",
    "yumiao.desk.stays",
    "yumiao.desk.doubles",
    "yumiao.desk.records",
    "yumiao.desk.admissible",
    "yumiao.desk.dossier",
    "yumiao.desk.meetings",
    "yumiao.desk.evidence",
    "yumiao.desk.inquiries",
    "yumiao.desk.admission_forms",
    "yumiao.desk.cultivation",
    "yumiao.desk.casebook",
    "yumiao.desk.faults",
    "yumiao.desk.gates",
    "yumiao.desk.publicity",
    "yumiao.desk.joint",
    "yumiao.desk.reviews",
    "yumiao.desk.rectification",
    "yumiao.desk.file_audits",
    "yumiao.desk.grants",
    "yumiao.desk.packages",
    "yumiao.desk.units",
    "yumiao.desk.reforms",
    "yumiao.desk.posts",
    "yumiao.desk.statistics",
    "yumiao.desk.bylaws",
    "yumiao.desk.journal",
    "yumiao.desk.imports",
    "yumiao.desk.reconciliation",
    "yumiao.desk.exports",
    "yumiao.desk.accounts",
    "yumiao.desk.handbook",
    "yumiao.desk.handover",
    "yumiao.desk.api",
    "yumiao.ledger",
    "yumiao.access",
)
urlpatterns = [path("", include(f"{room}.urls")) for room in ROOMS]
if settings.WITH_GALLERY:
    urlpatterns.append(path("gallery/", include("yumiao.config.gallery")))

handler400 = "yumiao.config.errors.bad_request"
handler403 = "yumiao.config.errors.forbidden"
handler404 = "yumiao.config.errors.not_found"
handler500 = "yumiao.config.errors.broken"
