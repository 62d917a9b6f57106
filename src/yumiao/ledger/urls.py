"""Addresses."""

from django.urls import path

from yumiao.ledger import views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/workbook/", views.workbook, name="ledger_xlsx"),
    path("ledger/lists/<slug:name>/", views.ledger_list, name="ledger_list"),
    path("ledger/explanation/<str:code>/", views.explanation, name="explanation"),
]
