"""Addresses."""

from django.urls import path

from yumiao.desk.dossier import begin_views, history, late, steps, turning, views

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/new/", begin_views.case_begin, name="case_begin"),
    path("cases/late/", late.cases_late, name="cases_late"),
    path("cases/late/<uuid:uid>/", late.case_late, name="case_late"),
    path("cases/<uuid:uid>/", views.case, name="case"),
    path("cases/<uuid:uid>/steps/<int:step>/", steps.case_step, name="case_step"),
    path("cases/<uuid:uid>/return/", turning.case_return, name="case_return"),
    path("cases/<uuid:uid>/rest/", turning.case_rest, name="case_rest"),
    path("cases/<uuid:uid>/exempt/", turning.case_exempt, name="case_exempt"),
    path("cases/<uuid:uid>/history/", history.case_history, name="case_history"),
    path("people/<uuid:uid>/case/", views.person_case, name="person_case"),
]
