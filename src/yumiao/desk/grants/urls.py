"""Addresses of this room."""

from django.urls import path

from yumiao.desk.grants import grant_views, views

urlpatterns = [
    path("cases/<uuid:uid>/sections/", views.case_sections, name="case_sections"),
    path("cases/<uuid:uid>/sections/<str:section>/", views.case_section, name="case_section"),
    path("cases/<uuid:uid>/emergency/", views.case_emergency, name="case_emergency"),
    path("cases/<uuid:uid>/family/", views.case_family, name="case_family"),
    path("grants/", grant_views.grants, name="grants"),
    path("grants/new/", grant_views.grant_new, name="grant_new"),
    path("grants/<uuid:uid>/end/", grant_views.grant_end, name="grant_end"),
    path("emergencies/", grant_views.emergencies, name="emergencies"),
]
