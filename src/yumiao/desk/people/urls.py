"""Addresses."""

from django.urls import path

from yumiao.desk.people.look_views import person_looks
from yumiao.desk.people.views import people, person, person_numbers, person_on_paper

urlpatterns = [
    path("people/", people, name="people"),
    path("people/<uuid:uid>/", person, name="person"),
    path("people/<uuid:uid>/print/", person_on_paper, name="person_pdf"),
    path("people/<uuid:uid>/looks/", person_looks, name="person_looks"),
    path("people/<uuid:uid>/numbers/", person_numbers, name="person_numbers"),
]
