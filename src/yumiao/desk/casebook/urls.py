"""Addresses of the path, the handbook, the record of a case, editions."""

from django.urls import path

from yumiao.desk.casebook import edition_views, views

urlpatterns = [
    path("casebook/", views.casebook, name="casebook"),
    path("casebook/print/", views.casebook_print, name="casebook_print"),
    path("casebook/handbook/", views.casebook_handbook, name="casebook_handbook"),
    path("casebook/record/<uuid:uid>/", views.case_record, name="case_record"),
    path("casebook/editions/", edition_views.editions, name="editions"),
    path("casebook/editions/<slug:key>/introduce/", edition_views.edition_introduce, name="edition_introduce"),
    path("casebook/editions/<slug:key>/move/", edition_views.edition_move, name="edition_move"),
]
