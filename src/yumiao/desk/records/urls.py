"""Addresses."""

from django.urls import path

from yumiao.desk.records.views import gaps, person_correct

urlpatterns = [
    path("people/gaps/", gaps, name="gaps"),
    path("people/<uuid:uid>/correct/", person_correct, name="person_correct"),
]
