"""Addresses."""

from django.urls import path

from yumiao.desk.admission_forms import views

urlpatterns = [
    path("forms/", views.forms, name="forms"),
    path("forms/hand/", views.forms_hand, name="forms_hand"),
    path("forms/<uuid:uid>/", views.form_range, name="form_range"),
    path("forms/<uuid:uid>/back/", views.form_range_back, name="form_range_back"),
    path("forms/<uuid:uid>/void/", views.form_void, name="form_void"),
    path("forms/<uuid:uid>/void/<int:number>/withdraw/", views.form_void_withdraw, name="form_void_withdraw"),
]
