"""Addresses of this room."""

from django.urls import path

from yumiao.desk.packages import views

urlpatterns = [
    path("cases/<uuid:uid>/package/", views.case_package, name="case_package"),
    path("handovers/", views.handovers, name="handovers"),
    path("cases/<uuid:uid>/handover/", views.handover_new, name="handover_new"),
    path("cases/<uuid:uid>/handover/take-back/", views.handover_take_back, name="handover_take_back"),
    path("cases/<uuid:uid>/handover/<slug:what>/", views.handover_print, name="handover_print"),
]
