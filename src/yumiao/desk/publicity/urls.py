"""Addresses of this room."""

from django.urls import path

from yumiao.desk.publicity import objection_views, public_views, views

urlpatterns = [
    path("public/", public_views.public_notices, name="public_notices"),
    path("public/<uuid:uid>/", public_views.public_notice, name="public_notice"),
    path("notices/", views.notices, name="notices"),
    path("notices/new/", views.notice_new, name="notice_new"),
    path("notices/<uuid:uid>/", views.notice, name="notice"),
    path("notices/<uuid:uid>/restart/", views.notice_restart, name="notice_restart"),
    path("notices/<uuid:uid>/take-back/", views.notice_take_back, name="notice_take_back"),
    path("notices/<uuid:uid>/photo/", views.notice_photo, name="notice_photo"),
    path("notices/<uuid:uid>/photos/<int:number>/", views.notice_photo_file, name="notice_photo_file"),
    path("notices/<uuid:uid>/print/<slug:what>/", views.notice_print, name="notice_print"),
    path("objections/", objection_views.objections, name="objections"),
    path("objections/new/", objection_views.objection_new, name="objection_new"),
    path("objections/<uuid:uid>/", objection_views.objection, name="objection"),
    path("objections/<uuid:uid>/appoint/", objection_views.objection_appoint, name="objection_appoint"),
    path("objections/<uuid:uid>/conclude/", objection_views.objection_conclude, name="objection_conclude"),
    path("objections/<uuid:uid>/take-back/", objection_views.objection_take_back, name="objection_take_back"),
]
