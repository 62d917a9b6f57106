"""Addresses."""

from django.urls import path

from yumiao.ledger import issue_views, print_views, views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/workbook/", views.workbook, name="ledger_xlsx"),
    path("ledger/print/", print_views.ledger, name="ledger_pdf"),
    path("ledger/lists/<slug:name>/print/", print_views.ledger_list, name="ledger_list_pdf"),
    path("ledger/explanation/<str:code>/print/", print_views.explanation, name="explanation_pdf"),
    path("ledger/lists/<slug:name>/", views.ledger_list, name="ledger_list"),
    path("ledger/explanation/<str:code>/", views.explanation, name="explanation"),
    path("ledger/issues/", issue_views.issues, name="issues"),
    path("ledger/issues/new/", issue_views.issue_new, name="issue_new"),
    path("ledger/issues/<uuid:uid>/", issue_views.issue_page, name="issue"),
    path("ledger/issues/<uuid:uid>/workbook/", issue_views.issue_workbook, name="issue_xlsx"),
    path("ledger/issues/<uuid:uid>/print/", issue_views.issue_print, name="issue_pdf"),
    path("ledger/issues/<uuid:uid>/difference/<uuid:other>/", issue_views.issue_difference, name="issue_difference"),
]
