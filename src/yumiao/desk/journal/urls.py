"""Addresses of the journal."""

from django.urls import path

from yumiao.desk.journal import views

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/readings/", views.readings, name="readings"),
    path("journal/verify/", views.verify, name="verify"),
    path("journal/<int:seq>/", views.entry, name="entry"),
]
