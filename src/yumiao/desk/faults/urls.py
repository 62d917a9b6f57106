"""Addresses."""

from django.urls import path

from yumiao.desk.faults import views

urlpatterns = [
    path("cases/faults/", views.case_faults, name="case_faults"),
    path("cases/<uuid:uid>/faults/", views.case_faults_of, name="case_faults_of"),
]
