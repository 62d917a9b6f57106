"""Addresses."""

from django.urls import path

from yumiao.desk.reconciliation import beginning, views

urlpatterns = [
    path("reconciliation/", beginning.reconciliations, name="reconciliations"),
    path("reconciliation/uploads/<uuid:uid>/", beginning.upload, name="reconciliation_upload"),
    path("reconciliation/uploads/<uuid:uid>/again/", beginning.compare_again, name="reconciliation_again"),
    path("reconciliation/uploads/<uuid:uid>/drop/", beginning.drop, name="reconciliation_drop"),
    path("reconciliation/<uuid:uid>/", views.reconciliation, name="reconciliation"),
    path("reconciliation/<uuid:uid>/row/", views.row, name="reconciliation_row"),
    path("reconciliation/<uuid:uid>/report/", views.report, name="reconciliation_report"),
    path("reconciliation/<uuid:uid>/report/print/", views.report_pdf, name="reconciliation_pdf"),
    path("reconciliation/<uuid:uid>/report/table/", views.report_xlsx, name="reconciliation_xlsx"),
]
