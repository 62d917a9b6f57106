"""Addresses."""

from django.urls import path

from yumiao.desk.stays import views

urlpatterns = [
    path("stays/", views.stays, name="stays"),
    path("stays/guest/", views.stay_guest, name="stay_guest"),
    path("stays/<uuid:uid>/", views.stay, name="stay"),
    path("stays/<uuid:uid>/contact/", views.stay_contact, name="stay_contact"),
    path("stays/<uuid:uid>/return/", views.stay_return, name="stay_return"),
    path("people/<uuid:uid>/stay/", views.stay_new, name="stay_new"),
]
