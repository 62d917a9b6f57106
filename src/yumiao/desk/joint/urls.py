"""Addresses of this room."""

from django.urls import path

from yumiao.desk.joint import answer_views, batch_views, body_views, case_views, import_views, seat_views

urlpatterns = [
    path("joint/", batch_views.joint_reviews, name="joint_reviews"),
    path("joint/new/", batch_views.joint_review_new, name="joint_review_new"),
    path("joint/seats/", seat_views.seats, name="seats"),
    path("joint/seats/<uuid:uid>/<slug:body>/end/", seat_views.seat_end, name="seat_end"),
    path("joint/answers/", answer_views.joint_answers, name="joint_answers"),
    path("joint/answers/<uuid:uid>/", answer_views.joint_body, name="joint_body"),
    path("joint/answers/<uuid:uid>/rest/", answer_views.joint_rest, name="joint_rest"),
    path("joint/bodies/<uuid:uid>/letter.pdf", body_views.joint_letter_pdf, name="joint_letter_pdf"),
    path("joint/bodies/<uuid:uid>/letter.docx", body_views.joint_letter_docx, name="joint_letter_docx"),
    path("joint/bodies/<uuid:uid>/reminder.pdf", body_views.joint_reminder, name="joint_reminder"),
    path("joint/bodies/<uuid:uid>/remind/", batch_views.joint_remind, name="joint_remind"),
    path("joint/bodies/<uuid:uid>/paper/", body_views.joint_paper, name="joint_paper"),
    path("joint/bodies/<uuid:uid>/workbook/", body_views.joint_workbook, name="joint_workbook"),
    path("joint/bodies/<uuid:uid>/import/", import_views.joint_import, name="joint_import"),
    path("joint/bodies/<uuid:uid>/import/take/", import_views.joint_import_take, name="joint_import_take"),
    path("joint/cases/<uuid:uid>/", case_views.joint_case, name="joint_case"),
    path("joint/cases/<uuid:uid>/name/", case_views.joint_name, name="joint_name"),
    path("joint/cases/<uuid:uid>/conclude/", case_views.joint_conclude, name="joint_conclude"),
    path("joint/<uuid:uid>/", batch_views.joint_review, name="joint_review"),
    path("joint/<uuid:uid>/back/", batch_views.joint_take_back, name="joint_take_back"),
]
