"""Addresses."""

from django.urls import path

from yumiao.desk.reforms import decisions, results, views

urlpatterns = [
    path("reforms/", views.reforms, name="reforms"),
    path("reforms/new/", views.new, name="reform_new"),
    path("reforms/template/", views.template, name="reform_template"),
    path("reforms/done/<int:seq>/", results.done, name="reform_done"),
    path("reforms/done/<int:seq>/undo/", results.undo, name="reform_undo"),
    path("reforms/<uuid:uid>/", views.reform, name="reform"),
    path("reforms/<uuid:uid>/steps/<str:kind>/", views.step_add, name="reform_step"),
    path("reforms/<uuid:uid>/remove/", views.step_remove, name="reform_step_remove"),
    path("reforms/<uuid:uid>/upload/", views.upload, name="reform_upload"),
    path("reforms/<uuid:uid>/people/<str:code>/", views.people, name="reform_people"),
    path("reforms/<uuid:uid>/preview/", decisions.look, name="reform_preview"),
    path("reforms/<uuid:uid>/request/", decisions.request_, name="reform_request"),
    path("reforms/<uuid:uid>/return/", decisions.return_, name="reform_return"),
    path("reforms/<uuid:uid>/carry-out/", decisions.carry_out_, name="reform_carry_out"),
    path("reforms/<uuid:uid>/drop/", decisions.drop_, name="reform_drop"),
]
