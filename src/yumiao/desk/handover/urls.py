"""Addresses of the hand-over sheet."""

from django.urls import path

from yumiao.desk.handover import views

urlpatterns = [
    path("handover/", views.handover, name="handover"),
    path("handover/<int:appointment>/", views.handover_of, name="handover_of"),
    path("handover/<int:appointment>/print/", views.handover_pdf, name="handover_pdf"),
    path("handover/<int:appointment>/workbook/", views.handover_xlsx, name="handover_xlsx"),
]
