"""Addresses."""

from django.urls import path

from yumiao.desk.stays import correcting, search_pages, views

urlpatterns = [
    path("stays/", views.stays, name="stays"),
    path("stays/guest/", views.stay_guest, name="stay_guest"),
    path("stays/undo/<int:seq>/", correcting.stay_undo, name="stay_undo"),
    path("stays/<uuid:uid>/", views.stay, name="stay"),
    path("stays/<uuid:uid>/correct/", correcting.stay_correct, name="stay_correct"),
    path("stays/<uuid:uid>/contact/", views.stay_contact, name="stay_contact"),
    path("stays/<uuid:uid>/return/", views.stay_return, name="stay_return"),
    path("people/<uuid:uid>/stay/", views.stay_new, name="stay_new"),
    path("people/<uuid:uid>/searches/", search_pages.person_searches, name="person_searches"),
    path("people/<uuid:uid>/searches/new/", search_pages.person_search_new, name="person_search_new"),
]
