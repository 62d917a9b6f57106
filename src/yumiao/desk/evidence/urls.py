"""Addresses."""

from django.urls import path

from yumiao.desk.evidence import serving, views

urlpatterns = [
    path("cases/papers/twice/", views.case_papers_twice, name="case_papers_twice"),
    path("cases/papers/<uuid:uid>/", views.case_paper, name="case_paper"),
    path("cases/papers/<uuid:uid>/file/", serving.case_paper_file, name="case_paper_file"),
    path("cases/papers/<uuid:uid>/pages/<int:number>/", serving.case_paper_page, name="case_paper_page"),
    path("cases/papers/<uuid:uid>/check/", views.case_paper_check, name="case_paper_check"),
    path("cases/papers/<uuid:uid>/withdraw/", views.case_paper_withdraw, name="case_paper_withdraw"),
    path("cases/<uuid:uid>/papers/", views.case_papers, name="case_papers"),
    path("cases/<uuid:uid>/papers/missing/", views.case_papers_missing, name="case_papers_missing"),
    path("cases/<uuid:uid>/papers/<slug:slot>/add/", views.paper_add, name="paper_add"),
]
