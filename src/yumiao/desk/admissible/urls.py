"""Addresses."""

from django.urls import path

from yumiao.desk.admissible import views

urlpatterns = [
    path("cases/admissible/", views.admissible, name="admissible"),
    path("cases/admissible/people/", views.admissible_people, name="admissible_people"),
]
