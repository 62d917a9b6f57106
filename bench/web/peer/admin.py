"""The peer's pages: list, change form, search, import, as declared for the admin."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from import_export import fields, resources, widgets
from import_export.admin import ImportExportModelAdmin

from bench.web.peer.models import Member, Org

NUMBER, PHONE = 18, 11


class MemberResource(resources.ModelResource):
    """The import: the organisation by its code, each row checked as the workload asks."""

    org = fields.Field("org", "org", widgets.ForeignKeyWidget(Org, "code"))

    class Meta:
        model = Member
        import_id_fields = ("no",)
        use_bulk = True
        batch_size = 1000

    def before_import_row(self, row: dict[str, object], **_: object) -> None:
        number, phone = str(row["id_no"]), str(row["phone"])
        if not row["name"] or row["sex"] not in ("男", "女") or len(number) != NUMBER or len(phone) != PHONE:
            raise ValueError(row["no"])


@admin.register(Member)
class MemberAdmin(ImportExportModelAdmin):
    """What the workload's requests ask for."""

    resource_classes = [MemberResource]
    list_display = ("no", "name", "sex", "birth", "edu", "org", "joined", "status", "phone", "points")
    list_select_related = ("org",)
    list_per_page = 50
    ordering = ("name",)
    search_fields = ("name",)
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "org__path__startswith" or super().lookup_allowed(lookup, value, request)
