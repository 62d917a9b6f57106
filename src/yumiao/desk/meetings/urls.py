"""Addresses."""

from django.urls import path

from yumiao.desk.meetings import exclusion_views, new_views, views

urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/new/", new_views.meeting_new, name="meeting_new"),
    path("meetings/papers/", views.meeting_papers, name="meeting_papers"),
    path("meetings/exclusions/", exclusion_views.exclusions, name="exclusions"),
    path("meetings/exclusions/new/", exclusion_views.exclusion_new, name="exclusion_new"),
    path("meetings/exclusions/<uuid:uid>/end/", exclusion_views.exclusion_end, name="exclusion_end"),
    path("meetings/<uuid:uid>/", views.meeting, name="meeting"),
    path("meetings/<uuid:uid>/take-back/", views.meeting_take_back, name="meeting_take_back"),
    path("meetings/<uuid:uid>/print/<slug:what>/", views.meeting_print, name="meeting_print"),
]
