"""Addresses."""

from django.urls import path

from yumiao.desk.cultivation import helper_pages, views

urlpatterns = [
    path("cultivation/", views.inspections_due, name="inspections_due"),
    path("cultivation/inspect/<str:code>/", views.inspections_new, name="inspections_new"),
    path("cultivation/training/", views.training_new, name="training_new"),
    path("cultivation/contacts/", helper_pages.contacts, name="contacts"),
    path("cases/<uuid:uid>/helpers/", helper_pages.helpers_change, name="helpers_change"),
]
