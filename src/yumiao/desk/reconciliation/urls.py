"""Addresses."""

from django.urls import path

from yumiao.desk.reconciliation import views

urlpatterns = [
    path("reconciliation/", views.reconciliations, name="reconciliations"),
    path("reconciliation/<uuid:uid>/", views.reconciliation, name="reconciliation"),
    path("reconciliation/<uuid:uid>/row/", views.row, name="reconciliation_row"),
    path("reconciliation/<uuid:uid>/report/", views.report, name="reconciliation_report"),
    path("reconciliation/<uuid:uid>/report/print/", views.report_pdf, name="reconciliation_pdf"),
    path("reconciliation/<uuid:uid>/report/table/", views.report_xlsx, name="reconciliation_xlsx"),
]
