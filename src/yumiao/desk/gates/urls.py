"""Addresses of this room."""

from django.urls import path

from yumiao.desk.gates import views

urlpatterns = [
    path("gates/", views.gates, name="gates"),
    path("gates/cases/", views.gate_cases, name="gate_cases"),
]
