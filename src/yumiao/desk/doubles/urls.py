"""Addresses."""

from django.urls import path

from yumiao.desk.doubles.views import apart, double, double_undo, doubles, merged_record

urlpatterns = [
    path("people/doubles/", doubles, name="doubles"),
    path("people/doubles/<uuid:one>/<uuid:other>/", double, name="double"),
    path("people/doubles/<uuid:one>/<uuid:other>/apart/", apart, name="double_apart"),
    path("people/doubles/undo/<int:seq>/", double_undo, name="double_undo"),
    path("people/doubles/merged/<uuid:uid>/", merged_record, name="merged_record"),
]
