"""Addresses."""

from django.urls import path

from yumiao.desk.inquiries import views

urlpatterns = [
    path("inquiries/", views.inquiries, name="inquiries"),
    path("inquiries/new/", views.inquiry_new, name="inquiry_new"),
    path("inquiries/<uuid:uid>/", views.inquiry, name="inquiry"),
    path("inquiries/<uuid:uid>/follow/", views.inquiry_follow, name="inquiry_follow"),
    path("inquiries/<uuid:uid>/finding/", views.inquiry_finding, name="inquiry_finding"),
    path("inquiries/<uuid:uid>/letter.pdf", views.inquiry_pdf, name="inquiry_pdf"),
    path("inquiries/<uuid:uid>/letter.docx", views.inquiry_docx, name="inquiry_docx"),
]
