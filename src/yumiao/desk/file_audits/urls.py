"""Addresses of this room."""

from django.urls import path

from yumiao.desk.file_audits import book_views, deciding_views, views

urlpatterns = [
    path("file-audits/", views.file_audits, name="file_audits"),
    path("file-audits/new/", views.file_audit_new, name="file_audit_new"),
    path("file-audits/list.xlsx", book_views.file_audits_list, name="file_audits_list"),
    path("file-audits/upload/", book_views.file_audits_upload, name="file_audits_upload"),
    path("file-audits/<uuid:uid>/", views.file_audit, name="file_audit"),
    path("file-audits/<uuid:uid>/withdraw/", views.file_audit_withdraw, name="file_audit_withdraw"),
    path("file-audits/<uuid:uid>/finding/", views.file_audit_finding, name="file_audit_finding"),
    path("recognitions/", deciding_views.recognitions, name="recognitions"),
    path("recognitions/new/", deciding_views.recognise_many, name="recognise_many"),
    path("recognitions/<uuid:uid>/undo/", deciding_views.recognition_undo, name="recognition_undo"),
    path("recognitions/<uuid:uid>/announcement.pdf", deciding_views.recognition_pdf, name="recognition_pdf"),
    path("recognitions/<uuid:uid>/announcement.docx", deciding_views.recognition_docx, name="recognition_docx"),
    path("people/<uuid:uid>/recognise/", deciding_views.recognise, name="recognise"),
]
