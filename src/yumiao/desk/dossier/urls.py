"""Addresses."""

from django.urls import path

from yumiao.desk.dossier import late, views

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/late/", late.cases_late, name="cases_late"),
    path("cases/late/<uuid:uid>/", late.case_late, name="case_late"),
    path("cases/<uuid:uid>/", views.case, name="case"),
    path("people/<uuid:uid>/case/", views.person_case, name="person_case"),
]
